"""Dates and times of cells."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.text.dates import DateContext, parse_date, parse_time
from gridworker.domain.text.parsed import Parsed

NOVEMBER = DateContext(2026, 11, date(2026, 11, 20))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_canonical_days_read_as_themselves(day):
    text = day.isoformat()
    assert parse_date(text) == parse_time(text) == parse_date(day) == Parsed(text)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)))
def test_canonical_times_read_as_themselves(moment):
    text = moment.isoformat(timespec="minutes")
    assert parse_time(text) == Parsed(text)
    assert parse_date(text) == Parsed(text[:10])


@given(st.dates(date(1954, 10, 3), date(2100, 12, 31)), st.integers(0, 1439))
def test_serials_of_spreadsheets(day, minute):
    serial = (day - date(1899, 12, 30)).days
    moment = datetime.combine(day, time()) + timedelta(minutes=minute)
    expected = moment.isoformat(timespec="minutes") if minute else day.isoformat()
    assert parse_time(serial + minute / 1440) == parse_time(moment) == Parsed(expected)
    assert parse_date(str(serial)) == Parsed(day.isoformat())


@given(DAYS.filter(lambda day: day.year > 1999))
def test_all_styles_of_a_day(day):
    year, month, number = day.year, day.month, day.day
    styles = [f"{year}.{month}.{number}", f"{year}/{month}/{number}", f"{year}年{month}月{number}日", f"{day:%Y%m%d}"]
    for style in [
        *styles,
        f"{year} 年 {month} 月 {number} 号",
        f"{year}年{month}.{number}",
        f"{year}—{month}—{number}",
    ]:
        assert parse_date(style) == Parsed(day.isoformat())


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026.11.3", 3),
        ("２０２６．１１．３", 3),
        ("2026年11月3日（周二）", 3),
        ("2026-11-03 星期二", 3),
        (20261103, 3),
        ("20261103", 3),
        ("二〇二六年十一月三日", 3),
        ("二○二六年十一月二十三日", 23),
        ("十一月廿三日", 23),
        ("2026\\11\\3", 3),
        ("2026 11 3", 3),
        ("11月1号", 1),
        ("11.16", 16),
        ("11-16", 16),
        ("11/16", 16),
        ("11。20", 20),
        ("11.30", 30),
        ("11.3", 3),
        (11.25, 25),
        ("26.11.3", 3),
        ("26年11月3日", 3),
        ("2026.11.3.", 3),
        (" 2026-11-3 ", 3),
        ("2026年11月3日上午", 3),
        ("46329", 3),
    ],
)
def test_days_of_november(raw, day):
    assert parse_date(raw, NOVEMBER) == Parsed(f"2026-11-{day:02d}")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("2026-11-03 20:30", "T20:30"),
        ("2026-11-03T20:30:59", "T20:30"),
        ("11月3日晚上8点半", "T20:30"),
        ("2026.11.3 下午3:05", "T15:05"),
        ("2026-11-03 8:30 PM", "T20:30"),
        ("11.3 上午9点", "T09:00"),
        ("11月3日中午12点", "T12:00"),
        ("11月3日凌晨12点", "T00:00"),
        ("2026-11-03 12:30am", "T00:30"),
        ("11月3日八点三刻", "T08:45"),
        ("11.3 8点一刻", "T08:15"),
        ("11.3 9时5分", "T09:05"),
        ("11月3日中午1点", "T13:00"),
        ("11.3 夜里11点", "T23:00"),
        ("11.3 夜里2点", "T02:00"),
        ("2026/11/3 周二 9:05", "T09:05"),
        (46329.854166667, "T20:30"),
        (datetime(2026, 11, 3, 20, 29, 59, 999_000), "T20:30"),
        ("2026-11-03 00:00", "T00:00"),
        (datetime(2026, 11, 3), ""),
        (date(2026, 11, 3), ""),
        ("11月3日上午", ""),
        ("2026-11-03 00:00:00", ""),
        ("2026/11/3 0:00:00", ""),
    ],
)
def test_times_of_a_day(raw, text):
    assert parse_time(raw, NOVEMBER) == Parsed(f"2026-11-03{text}")
    assert parse_date(raw, NOVEMBER) == Parsed("2026-11-03")


@pytest.mark.parametrize("raw", ["11.3 25:00", "11月3日晚上12点", "11.3 8:75"])
def test_an_impossible_hour_leaves_the_day(raw):
    assert parse_time(raw, NOVEMBER) == Parsed("2026-11-03", "partial")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("11.2-11.8", "11-02"),
        ("11.2—8", "11-02"),
        ("2026-11-02-11-08", "11-02"),
        ("11月2日至8日", "11-02"),
        ("2026年11月16日至22日", "11-16"),
        ("5.12-5.1x", "05-12"),
        ("2026-11-02~2026-11-08", "11-02"),
        ("11.2 - 11.8", "11-02"),
        ("11月2日到11月8日", "11-02"),
        ("11.3 9:00-10:30", "11-03"),
    ],
)
def test_of_a_range_the_first_day_counts(raw, day):
    assert parse_date(raw, NOVEMBER) == Parsed(f"2026-{day}", "range")


@pytest.mark.parametrize("raw", ["11.3、11.10", "11.3，11.10", "11月3日、5日", "11.3 11.10", "2026.11.3/2026.11.10"])
def test_of_several_days_the_first_counts(raw):
    assert parse_date(raw, NOVEMBER) == Parsed("2026-11-03", "multiple")


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (11.1, "2026-11-01"),
        (11.2, "2026-11-02"),
        (11.3, "2026-11-03"),
        ("11/3/2026", "2026-11-03"),
        ("11.3.26", "2011-03-26"),
        ("11月20日前", "2026-11-20"),
        ("2026.11.3（补录）", "2026-11-03"),
        ("12月30日", "2025-12-30"),
    ],
)
def test_what_reads_two_ways_is_marked(raw, day):
    assert parse_date(raw, NOVEMBER) == Parsed(day, "ambiguous")


@pytest.mark.parametrize(
    ("raw", "day"), [(2.3, "2026-02-03"), (11.4, "2026-11-04"), ("11/11/2026", "2026-11-11"), ("90.5.31", "1990-05-31")]
)
def test_what_reads_one_way_is_not(raw, day):
    assert parse_date(raw, NOVEMBER) == Parsed(day)


@pytest.mark.parametrize(
    "raw",
    [
        "3日",
        "昨天",
        "前天",
        "周一",
        "星期三",
        "2026年11月",
        "2026-11",
        "2026.10",
        2026.1,
        2026.11,
        202611,
        "202611",
        2026,
        "11月上旬",
        "2026年第45周",
        "11月",
        "农历九月初三",
        "农历九月",
        "腊月二十",
        "初三",
        "上午9点",
        "8:30",
        time(8, 30),
        "二十三日",
    ],
)
def test_what_is_not_a_whole_date(raw):
    assert parse_date(raw, NOVEMBER) == parse_time(raw, NOVEMBER) == Parsed(None, "partial")


@pytest.mark.parametrize(
    "raw",
    [
        "11.31",
        "2026.2.30",
        "2026-02-30",
        "13.5",
        13.5,
        "2062-01-01",
        "abc",
        "1.2.3",
        "2026-11-03x",
        "已办",
        True,
        math.inf,
        1e300,
        3,
        1120,
        "1800-01-01",
        datetime(1899, 12, 31),
        timedelta(hours=1),
        "20261331",
        261103,
        "2026-11-03 9:00 张三",
        "11月31日",
    ],
)
def test_what_is_no_date(raw):
    assert parse_date(raw, NOVEMBER) == parse_time(raw, NOVEMBER) == Parsed(None, "invalid")


@pytest.mark.parametrize("raw", [None, "", "无", "—", "/", "待定", math.nan])
def test_blank(raw):
    assert parse_date(raw) == parse_time(raw) == Parsed(None)


def test_a_year_is_never_invented():
    assert parse_date("11月3日") == Parsed(None, "partial")
    assert parse_date(11.25) == Parsed(None, "partial")


def test_a_missing_year_is_that_of_the_report_or_the_one_before():
    assert parse_date("11.3", DateContext(year=2025)) == Parsed("2025-11-03")
    assert parse_date("12.31", DateContext(year=2025)) == Parsed("2025-12-31")
    assert parse_date("12.30", DateContext(until=date(2026, 11, 30))) == Parsed("2026-12-30")
    assert parse_date("12.30", DateContext(2027, 1)) == Parsed("2026-12-30", "ambiguous")
    assert parse_date("1.31", DateContext(2027, 12)) == Parsed("2027-01-31")


def test_two_digits_of_a_year_lie_before_the_near_future():
    assert parse_date("36.1.20", NOVEMBER) == Parsed("2036-01-20")
    assert parse_date("37.1.20", NOVEMBER) == Parsed("1937-01-20")
    assert parse_date("51.1.20") == Parsed("1951-01-20")
