"""The date field of the window."""

from datetime import date, datetime

import pytest

from gridworker.domain.text.typed_dates import parse_typed_date

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", (11, 25)),
        ("昨天", (11, 24)),
        ("前天", (11, 23)),
        ("大前天", (11, 22)),
        ("明天", (11, 26)),
        ("后天", (11, 27)),
        ("-2", (11, 23)),
        ("－2", (11, 23)),
        ("+7", (12, 2)),
        ("1120", (11, 20)),
        ("１１２０", (11, 20)),
        ("11-20", (11, 20)),
        ("11.20", (11, 20)),
        ("11。20", (11, 20)),
        ("11/20", (11, 20)),
        ("11月20日", (11, 20)),
        ("2026-11-20", (11, 20)),
        ("20261120", (11, 20)),
        ("261120", (11, 20)),
        ("26.11.20", (11, 20)),
        ("周三", (11, 25)),
        ("周日", (11, 29)),
        ("星期一", (11, 23)),
        ("上周五", (11, 20)),
        ("下周一", (11, 30)),
        ("下个周一", (11, 30)),
        ("12.30", (12, 30)),
        (" 昨天 ", (11, 24)),
        ("昨", (11, 24)),
        ("today", (11, 25)),
        ("Tomorrow", (11, 26)),
        ("yesterday", (11, 24)),
    ],
)
def test_days(text, day):
    assert parse_typed_date(text, TODAY) == date(2026, *day)


@pytest.mark.parametrize(
    ("text", "day", "hour", "minute"),
    [
        ("今天 14:02", 25, 14, 2),
        ("today 14:02", 25, 14, 2),
        ("今天下午3点", 25, 15, 0),
        ("昨晚8点半", 24, 20, 30),
        ("1120 9:30", 20, 9, 30),
        ("14:02", 25, 14, 2),
        ("-2 9:00", 23, 9, 0),
        ("周一 8点", 23, 8, 0),
        ("2026-11-20 14:02", 20, 14, 2),
        ("今天 14：02", 25, 14, 2),
    ],
)
def test_days_with_a_time(text, day, hour, minute):
    assert parse_typed_date(text, TODAY) == datetime(2026, 11, day, hour, minute)


def test_a_day_without_a_year_is_the_nearest():
    assert parse_typed_date("1.5", TODAY) == date(2027, 1, 5)
    assert parse_typed_date("12.30", date(2027, 1, 4)) == date(2026, 12, 30)
    assert parse_typed_date("2.29", date(2027, 12, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "周",
        "1340",
        "2.29",
        "2026年11月",
        "今天25:00",
        "今天张三",
        "11.31",
        "2026-02-30",
        "今天上午",
        "14:02走访",
        "3",
    ],
)
def test_what_cannot_be_read(text):
    assert parse_typed_date(text, TODAY) is None
