"""Working days and weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.calendar import (
    Week,
    add_working_days,
    is_working_day,
    load_holidays,
    parse_week,
    table_is_stale,
    week_of,
    week_range,
    working_days_between,
)

TABLE = load_holidays()
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
        (date(2026, 10, 10), True),
        (date(2026, 10, 1), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 16), False),
        (date(2026, 9, 20), True),
        (date(2027, 10, 1), True),
    ],
)
def test_days_off_and_days_worked_in_exchange(day, works):
    assert is_working_day(day, TABLE) is works


def test_the_shipped_table_is_sound():
    assert not TABLE.holidays & TABLE.workdays
    assert all(day.isoweekday() > 5 for day in TABLE.workdays)
    assert max(TABLE.holidays | TABLE.workdays) <= TABLE.until
    assert {day.year for day in TABLE.holidays} == {2024, 2025, 2026}


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 11, 25), 3, date(2026, 11, 30)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 10, 8), 2, date(2026, 10, 10)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 10, 8), -1, date(2026, 9, 30)),
    ],
)
def test_deadlines_count_working_days(start, n, end):
    assert add_working_days(start, n, TABLE) == end


@given(DAYS, st.integers(1, 60))
def test_counting_back_what_was_added(start, n):
    end = add_working_days(start, n, TABLE)
    assert is_working_day(end, TABLE)
    assert working_days_between(start, end, TABLE) == n


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2026, 11, 25), date(2026, 11, 20), TABLE) == 0


def test_the_table_ends():
    assert not table_is_stale(date(2026, 12, 31))
    assert table_is_stale(date(2027, 1, 1), TABLE)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 25), "2026-W48"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2023, 1, 1), "2022-W52"),
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
    ],
)
def test_weeks_at_the_edges_of_a_year(day, text):
    assert str(week_of(day)) == text
    assert parse_week(text).first_day <= day <= parse_week(text).last_day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-200, 200))
def test_weeks_hold_their_days(day, weeks):
    week = week_of(day)
    first, last = week_range(week)
    assert first <= day <= last
    assert (first.isoweekday(), last - first) == (1, timedelta(days=6))
    assert parse_week(str(week)) == week
    assert week.shifted(weeks).shifted(-weeks) == week
    assert (week.shifted(weeks) > week) is (weeks > 0)


def test_a_week_is_shown_by_its_number():
    assert Week(2026, 47).label == "第47周"
    assert parse_week(" 2026-w47 ") == Week(2026, 47)
    assert week_range(Week(2026, 47)) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize("text", ["", "2026-47", "2026-W54", "2025-W53", "2026-W00", "0000-W01", "第47周"])
def test_what_is_no_week(text):
    with pytest.raises(ValueError, match=r"(?i)week|year"):
        parse_week(text)
