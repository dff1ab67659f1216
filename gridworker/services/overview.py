"""汇总: a week's numbers by grid, community or kind with their totals, and what each kind had the week before."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridworker.domain.calendar import Week
from gridworker.reports import statistics
from gridworker.reports.statistics import Facts, Figure
from gridworker.services import collect, facts, figures, spans
from gridworker.services.figures import Line
from gridworker.services.hand_in_states import MISSING, NONE, SAME, WAITING
from gridworker.services.workspace import Workspace
from gridworker.store import queries

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

    def figure(self, line: Line, name: str) -> Figure | None:
        """A number of a line; None where the grid's workbook is missing: unknown is not nought."""
        return None if self.by == "grid" and line.key in self.missing else line.measures.get(name)


def read(workspace: Workspace, week: Week, by: str) -> Overview:
    """Everything the page shows for a week."""
    found = facts.gather(workspace, week.first_day, week.last_day, look_back=figures.NONE)
    last = week.shifted(-1)
    before = figures.lines_of(workspace, Facts(last.first_day, last.last_day, needs=found.needs), "kind")
    base = figures.lines_of(workspace, found, "grid")
    lines = base if by == "grid" else figures.lines_of(workspace, _spanning(workspace, found, by), by)
    kinds = lines if by == "kind" else figures.lines_of(workspace, found, "kind")
    missing, grids = _missing(workspace, week)
    return Overview(
        week, by, tuple(lines), total(base), _kinds(kinds, before), missing,
        grids - len(missing), grids, trend(workspace, week, needs=found.needs),
    )  # fmt: skip


def _spanning(workspace: Workspace, found: Facts, by: str) -> Facts:
    if by not in spans.SPANS:
        return found
    return facts.gather(workspace, spans.begin(found.last, by), found.last, look_back=figures.NONE)


def total(lines: list[Line]) -> dict[str, Figure]:
    """Sums of numerators and denominators; a rate of sums, never a sum of rates."""
    found: dict[str, Figure] = {}
    for line in lines:
        for name, one in line.measures.items():
            sum_ = found.get(name, Figure(0, None if one.denominator is None else 0))
            below = None if one.denominator is None else (sum_.denominator or 0) + one.denominator
            found[name] = Figure(sum_.numerator + one.numerator, below)
    return found


def _kinds(now: list[Line], before: list[Line]) -> tuple[KindCount, ...]:
    last = {line.key: line.measures["new"].numerator for line in before}
    counts = [KindCount(line.label, line.measures["new"].numerator, last.get(line.key, 0)) for line in now]
    return tuple(sorted((one for one in counts if one.new or one.before), key=lambda one: (-one.new, one.label)))


def _missing(workspace: Workspace, week: Week) -> tuple[frozenset[str], int]:
    table = collect.overview(workspace)
    if not any(line.cells for line in table.lines) or week not in table.weeks:
        return frozenset(), len(table.lines)
    place = table.weeks.index(week)
    lacking = {MISSING, WAITING, SAME, NONE}
    return frozenset(line.code for line in table.lines if line.cells[place].state in lacking), len(table.lines)


def trend(workspace: Workspace, last: Week, count: int = 13, needs: Sequence[statistics.Need] | None = None) -> Trend:
    """The needs of the last weeks; all are read once, unless they are at hand."""
    needs = needs if needs is not None else facts.needs_of(queries.every(workspace.connection, "need"))
    weeks = tuple(last.shifted(-back) for back in range(count - 1, -1, -1))
    stocks = [statistics.stock(needs, week.first_day, week.last_day, workspace.today) for week in weeks]
    return Trend(
        weeks,
        tuple(len(one.new) for one in stocks),
        tuple(len(one.closed) for one in stocks),
        tuple(len(one.open) for one in stocks),
    )
