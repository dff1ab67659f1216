"""汇总: a week's numbers by grid, community or kind with their totals, and what each kind had the week before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.domain.codes import code_list
from gridworker.reports import statistics
from gridworker.reports.statistics import Facts, Figure
from gridworker.services import collect, facts, figures, spans
from gridworker.services.figures import Line
from gridworker.services.hand_in_states import MISSING, NONE, SAME, WAITING
from gridworker.services.naming import word
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace

__all__ = ["Figure", "KindCount", "Overview", "Trend", "read", "total", "trend"]


@dataclass(frozen=True, slots=True)
class KindCount:
    """New needs of a kind in a week, and in the week before."""

    label: str
    new: int
    before: int


@dataclass(frozen=True, slots=True)
class Trend:
    """Needs week by week, oldest first: new, closed, open at the week's end."""

    weeks: tuple[Week, ...]
    new: tuple[int, ...]
    closed: tuple[int, ...]
    open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page's numbers; `missing` are the codes of grids whose workbook of this week is not here."""

    week: Week
    by: str
    lines: tuple[Line, ...]
    total: dict[str, Figure]
    kinds: tuple[KindCount, ...]
    missing: frozenset[str]
    handed_in: int
    grids: int
    trend: Trend
    unknown: frozenset[str] = frozenset()
    """Keys of weeks or months of which nothing came."""

    def figure(self, line: Line, name: str) -> Figure | None:
        """A number of a line; None where the grid's workbook is missing: unknown is not nought."""
        is_missing = self.by == "grid" and line.key in self.missing
        return None if is_missing or line.key in self.unknown else line.measures.get(name)


def read(workspace: Workspace, week: Week, by: str) -> Overview:
    """Everything the page shows for a week."""
    needs, days = facts.every_need(workspace), (week.first_day, week.last_day)
    base = figures.lines(workspace, *days, "grid", needs)
    shown = spans.shown(week, by) if by in spans.SPANS else Period(*days)
    lines = base if by == "grid" else figures.lines(workspace, shown.first, shown.last, by, needs)
    missing, grids = _missing(workspace, week)
    return Overview(
        week, by, tuple(lines), total(base) | _days(workspace, week, needs), _kinds(needs, week), missing,
        grids - len(missing), grids, trend(workspace, week, needs=needs),
    )  # fmt: skip


def total(lines: list[Line]) -> dict[str, Figure]:
    """Sums of numerators and denominators; a rate of sums, never a sum of rates. Medians have none."""
    found: dict[str, Figure] = {}
    for line in lines:
        for name, one in line.measures.items():
            if isinstance(one, statistics.Days):
                continue
            sum_ = found.get(name, Figure(0, None if one.denominator is None else 0))
            below = None if one.denominator is None else (sum_.denominator or 0) + one.denominator
            found[name] = Figure(sum_.numerator + one.numerator, below)
    return found


def _days(workspace: Workspace, week: Week, needs: Sequence[statistics.Need]) -> dict[str, Figure]:
    """The median of all grids together, counted anew."""
    grids = {id for scope in figures.scopes(workspace, "all") for id in scope.grids}
    own = Facts(week.first_day, week.last_day, needs=[one for one in needs if one.grid in grids])
    return {"days": statistics.need_measures(own, workspace.today)["days"]} if grids else {}


def _kinds(needs: Sequence[statistics.Need], week: Week) -> tuple[KindCount, ...]:
    """Kinds with new needs in the week or the one before, most first."""
    begun, middle, ended = week.shifted(-1).first_day, week.first_day, week.last_day
    recent = [one for one in needs if begun <= one.registered <= ended]
    now, before = (
        Counter(one.kind for one in recent if (one.registered >= middle) is is_now) for is_now in (True, False)
    )
    codes = [code for code in code_list("need_kind").codes() if now[code] or before[code]]
    some = [KindCount(word("need_kind", code), now[code], before[code]) for code in codes]
    return tuple(sorted(some, key=lambda one: (-one.new, one.label)))


def with_unknown(workspace: Workspace, found: Overview) -> Overview:
    """The same, with the weeks or months of which no workbook came and nothing is known otherwise."""
    if found.by not in spans.SPANS or not found.lines:
        return found
    first = week_of(spans.shown(found.week, found.by).first)
    table = collect.overview(workspace, (week_of(workspace.today).first_day - first.first_day).days // 7 + 1)
    came = {
        week
        for place, week in enumerate(table.weeks)
        if any(line.cells[place].state not in _LACKING for line in table.lines)
    }
    unknown = [
        line.key
        for line in found.lines
        if not any(line.measures[name].numerator for name in _HAPPENED)
        and came.isdisjoint(_weeks_of(spans.period_of(found.week, found.by, line.key)))
    ]
    return replace(found, unknown=frozenset(unknown))


def _weeks_of(period: Period) -> list[Week]:
    week, found = week_of(period.first), []
    while week.first_day <= period.last:
        found.append(week)
        week = week.shifted(1)
    return found


_LACKING: Final = frozenset({MISSING, WAITING, SAME, NONE})
_HAPPENED: Final = ("visits", "new", "closed")


def _missing(workspace: Workspace, week: Week) -> tuple[frozenset[str], int]:
    table = collect.overview(workspace)
    if not any(line.cells for line in table.lines) or week not in table.weeks:
        return frozenset(), len(table.lines)
    place = table.weeks.index(week)
    return frozenset(line.code for line in table.lines if line.cells[place].state in _LACKING), len(table.lines)


def trend(workspace: Workspace, last: Week, count: int = 13, needs: Sequence[statistics.Need] | None = None) -> Trend:
    """The needs of the last weeks; all are read once, unless they are at hand."""
    needs = needs if needs is not None else facts.every_need(workspace)
    weeks = tuple(last.shifted(-back) for back in range(count - 1, -1, -1))
    told = statistics.flow(needs, [(week.first_day, week.last_day) for week in weeks])
    new, closed, still = zip(*told, strict=True)
    return Trend(weeks, new, closed, still)
