"""Rows of the store as the plain facts that reports count."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.reports.statistics import Facts, Household, Need, Visit
from gridworker.services import due
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

LOOK_BACK = timedelta(weeks=8)
"""Visits before the period that the trend shows."""
_VISIT: Final = ("household", "worker", "visited_at", "outcome")
_NEED: Final = (
    "grid", "worker", "kind", "registered_at", "closed_on", "due_on", "called_back_on", "satisfaction", "status",
)  # fmt: skip


def gather(
    workspace: Workspace, first: date, last: date, grid: Id | None = None, look_back: timedelta = LOOK_BACK
) -> Facts:
    """The facts of a period, of all grids here or of one; visits also of so many days before it."""
    households = households_at(workspace, first, grid)
    homes = {one.id for one in households}
    visits = [one for one in _visits(workspace, first - look_back, last) if one.household in homes]
    every = queries.every(workspace.connection, "need", only=_NEED)
    needs = [one for one in needs_of(every) if grid is None or one.grid == grid]
    return Facts(first, last, households, visits, needs)


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


def needs_of(rows: Iterable[Row]) -> list[Need]:
    """Needs that count, with their days."""
    return [
        Need(
            row.id, row.plain("grid"), row.plain("worker"), row.plain("kind") or "", registered,
            day_of(row, "closed_on"), day_of(row, "due_on"), day_of(row, "called_back_on"),
            row.plain("satisfaction") or "",
        )
        for row in rows
        if row.plain("status") not in LEFT_OUT and (registered := day_of(row, "registered_at"))
    ]  # fmt: skip


def day_of(row: Row, name: str) -> date | None:
    """The day of a date or time field."""
    value = row.plain(name)
    return date.fromisoformat(str(value)[:10]) if value else None
