"""Facts week by week or month by month: every span is counted anew, nothing is summed from smaller ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.i18n import _
from gridworker.reports.statistics import Facts
from gridworker.services import facts
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace

SPANS: Final = ("week", "month")
WEEKS, MONTHS = 13, 12
"""How far the page looks back."""
_DAY: Final = timedelta(days=1)

Span = tuple[str, str, date, date]


def parts(workspace: Workspace, found: Facts, by: str) -> list[tuple[str, str, Facts]]:
    """The facts of each span of a period; the first and the last span end where the period does."""
    told = _weeks(found.first, found.last) if by == "week" else _months(found.first, found.last)
    return [
        (key, label, Facts(first, last, facts.households_at(workspace, first), found.visits, found.needs))
        for key, label, first, last in told
    ]


def begin(last: date, by: str) -> date:
    """The first day of as many spans as the page shows, up to a day."""
    if by == "week":
        return week_of(last).shifted(1 - WEEKS).first_day
    months = last.year * 12 + last.month - MONTHS
    return date(months // 12, months % 12 + 1, 1)


def period_of(week: Week, by: str, key: str) -> Period:
    """The days that a line of the page is about: those of the week, or of its own span up to the week's end."""
    if by not in SPANS:
        return Period.of_week(week)
    told = _weeks if by == "week" else _months
    own = (one for one in told(begin(week.last_day, by), week.last_day) if one[0] == key)
    return Period(*next(own)[2:])


def _weeks(first: date, last: date) -> Iterator[Span]:
    week = week_of(first)
    while week.first_day <= last:
        yield str(week), week.label, max(first, week.first_day), min(last, week.last_day)
        week = week.shifted(1)


def _months(first: date, last: date) -> Iterator[Span]:
    day = first
    while day <= last:
        after = (day.replace(day=1) + 31 * _DAY).replace(day=1)
        label = _("{year}年{month}月").format(year=day.year, month=day.month)
        yield f"{day:%Y-%m}", label, day, min(last, after - _DAY)
        day = after
