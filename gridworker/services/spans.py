"""Weeks and months as lines of a table: every span is counted by itself, nothing is summed from smaller ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.i18n import _
from gridworker.services.period import Period

SPANS: Final = ("week", "month")
WEEKS, MONTHS = 13, 12
"""How far the page looks back."""
_DAY: Final = timedelta(days=1)

Span = tuple[str, str, date, date]


def split(first: date, last: date, by: str) -> list[Span]:
    """Key, name, first and last day of each span of a period; the first and the last span end where the period does."""
    return list(_weeks(first, last) if by == "week" else _months(first, last))


def shown(week: Week, by: str) -> Period:
    """The days of as many whole spans as the page shows up to a week; the month goes on beyond the week."""
    if by == "week":
        return Period(week.shifted(1 - WEEKS).first_day, week.last_day)
    last = week.last_day
    months = last.year * 12 + last.month - MONTHS
    return Period(date(months // 12, months % 12 + 1, 1), _month_end(last))


def period_of(week: Week, by: str, key: str) -> Period:
    """The days that a line of the page is about: those of the week, or of its own span."""
    if by not in SPANS:
        return Period.of_week(week)
    whole = shown(week, by)
    own = (one for one in split(whole.first, whole.last, by) if one[0] == key)
    return Period(*next(own)[2:])


def _month_end(day: date) -> date:
    return (day.replace(day=1) + 31 * _DAY).replace(day=1) - _DAY


def _weeks(first: date, last: date) -> Iterator[Span]:
    week = week_of(first)
    while week.first_day <= last:
        yield str(week), week.label, max(first, week.first_day), min(last, week.last_day)
        week = week.shifted(1)


def _months(first: date, last: date) -> Iterator[Span]:
    day = first
    while day <= last:
        end = _month_end(day)
        label = _("{year}年{month}月").format(year=day.year, month=day.month)
        yield f"{day:%Y-%m}", label, day, min(last, end)
        day = end + _DAY
