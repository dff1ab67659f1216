"""Working days by the table of public holidays, and ISO weeks."""

import datetime
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from gridworker.i18n import _
from gridworker.paths import json_resource

_ONE_DAY: Final = datetime.timedelta(days=1)
_WEEK: Final = re.compile(r"(?P<year>[0-9]{4})-?W(?P<number>[0-9]{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Holidays:
    """The published arrangement of days off; beyond `until` Monday to Friday are taken for working days.

    One table is the same as another only if it is that very one: what is remembered about it is found at once.
    """

    holidays: frozenset[datetime.date]
    """Days off, weekends within a holiday included."""
    workdays: frozenset[datetime.date]
    """Saturdays and Sundays worked in exchange."""
    until: datetime.date
    """Last day the table speaks about."""


@cache
def load_holidays() -> Holidays:
    """The table shipped with the program."""
    table = json_resource("codes", "holidays.json")
    return Holidays(_days(table["holidays"]), _days(table["workdays"]), datetime.date.fromisoformat(table["until"]))


def _days(texts: list[str]) -> frozenset[datetime.date]:
    return frozenset(map(datetime.date.fromisoformat, texts))


def is_working_day(day: datetime.date, holidays: Holidays) -> bool:
    """Whether offices work on this day."""
    return day in holidays.workdays or (day.isoweekday() <= 5 and day not in holidays.holidays)


def add_working_days(start: datetime.date, n: int, holidays: Holidays) -> datetime.date:
    """The n-th working day after the start, which does not count itself; before it for a negative n."""
    day, step = start, _ONE_DAY if n > 0 else -_ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def working_days_between(start: datetime.date, end: datetime.date, holidays: Holidays) -> int:
    """Working days after the start up to and with the end; 0 if the end is not later."""
    return max(0, _working_days_until(end, holidays) - _working_days_until(start, holidays))


@lru_cache(maxsize=4096)  # thousands of needs share the days of some years
def _working_days_until(day: datetime.date, holidays: Holidays) -> int:
    """Working days since the first Monday of the calendar: weekdays, without those off and with weekends worked."""
    off, worked = _exceptions(holidays)
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5) - bisect_right(off, day) + bisect_right(worked, day)


@cache
def _exceptions(holidays: Holidays) -> tuple[list[datetime.date], list[datetime.date]]:
    """Weekdays that are off, and days of weekends that are worked, in order."""
    off = sorted(day for day in holidays.holidays - holidays.workdays if day.isoweekday() <= 5)
    return off, sorted(day for day in holidays.workdays if day.isoweekday() > 5)


def table_is_stale(day: datetime.date, holidays: Holidays | None = None) -> bool:
    """Whether a day lies beyond the table, so that 节假日表待更新 has to be said."""
    return day > (holidays or load_holidays()).until


class Week(NamedTuple):
    """An ISO week: Monday to Sunday, in the year that holds its Thursday. Its text is 2026-W47."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @property
    def first_day(self) -> datetime.date:
        """Its Monday."""
        return datetime.date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> datetime.date:
        """Its Sunday."""
        return self.first_day + 6 * _ONE_DAY

    @property
    def label(self) -> str:
        """第47周."""
        return _("第{number}周").format(number=self.number)

    def shifted(self, weeks: int) -> "Week":
        """The week so many weeks later, or earlier for a negative number."""
        return week_of(self.first_day + 7 * weeks * _ONE_DAY)


def week_of(day: datetime.date) -> Week:
    """The week that a day belongs to."""
    year, number, _weekday = day.isocalendar()
    return Week(year, number)


def parse_week(text: str) -> Week:
    """The week that 2026-W47 names. Raises ValueError for other text and for a week that the year does not have."""
    found = _WEEK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a week: {text!r}")
    return week_of(datetime.date.fromisocalendar(int(found["year"]), int(found["number"]), 1))


def week_range(week: Week) -> tuple[datetime.date, datetime.date]:
    """First and last day of a week."""
    return week.first_day, week.last_day
