"""Rows of the store as the plain facts that reports count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import escalation
from gridworker.domain.rules.escalation import Passed
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.reports.statistics import Facts, Household, Need, Visit
from gridworker.services import due, escalating
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

LOOK_BACK = timedelta(weeks=8)
"""Visits before the period that the trend shows."""
_VISIT: Final = ("household", "worker", "visited_at", "outcome")
_NEED: Final = (
    "grid", "worker", "kind", "registered_at", "closed_on", "due_on", "called_back_on", "satisfaction", "status",
    "reply", "assigned_to", "review",
)  # fmt: skip


def gather(
    workspace: Workspace, first: date, last: date, grid: Id | None = None, look_back: timedelta = LOOK_BACK
) -> Facts:
    """The facts of a period, of all grids here or of one; visits also of so many days before it."""
    needs = [one for one in every_need(workspace) if grid is None or one.grid == grid]
    return Facts(first, last, *visiting(workspace, first, last, grid, look_back), needs)


def visiting(
    workspace: Workspace, first: date, last: date, grid: Id | None = None, look_back: timedelta = timedelta(0)
) -> tuple[list[Household], list[Visit]]:
    """The households of a period and the visits to them."""
    households = households_at(workspace, first, grid)
    homes = {one.id for one in households}
    return households, [one for one in _visits(workspace, first - look_back, last) if one.household in homes]


def households_at(workspace: Workspace, first: date, grid: Id | None = None) -> list[Household]:
    """The households of all grids here or of one, with the day each fell due before a period began."""
    due_on = due.rhythm(workspace, first - timedelta(days=1)).due_on
    return [
        Household(id, its_grid, level or "normal", due_on.get(id))
        for id, its_grid, level in queries.plain_columns(workspace.connection, "household", ("grid", "care_level"))
        if grid is None or its_grid == grid
    ]


def _visits(workspace: Workspace, first: date, last: date) -> list[Visit]:
    days = ("visited_at", first.isoformat(), last.isoformat())
    found = queries.plain_between(workspace.connection, "visit", _VISIT, *days)
    return [
        Visit(household, worker, date.fromisoformat(str(at)[:10]), outcome or "", id)
        for id, household, worker, at, outcome in found
        if at
    ]


def every_need(workspace: Workspace) -> list[Need]:
    """All needs here that count."""
    return _counting(queries.plain_columns(workspace.connection, "need", _NEED), escalating.by_need(workspace))


def needs_of(rows: Iterable[Row]) -> list[Need]:
    """Needs that count, with their days; their level by their own word alone."""
    return _counting(((row.id, *map(row.plain, _NEED)) for row in rows), {})


def _counting(found: Iterable[tuple[Any, ...]], passed: Mapping[Id, Sequence[Passed]]) -> list[Need]:
    return [
        Need(
            id, grid, worker, kind or "", registered, _day(closed), _day(due), _day(called), satisfaction or "",
            escalation.level(passed.get(id, ()), status, *said),
        )
        for id, grid, worker, kind, begun, closed, due, called, satisfaction, status, *said in found
        if status not in LEFT_OUT and (registered := _day(begun))
    ]  # fmt: skip


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def day_of(row: Row, name: str) -> date | None:
    """The day of a date or time field."""
    return _day(row.plain(name))
