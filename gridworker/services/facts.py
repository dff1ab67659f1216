"""Rows of the store as the plain facts that reports count."""

from collections.abc import Iterable
from datetime import date, timedelta

from gridworker.domain.ids import Id
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.reports.statistics import Facts, Household, Need, Visit
from gridworker.services import due
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

LOOK_BACK = timedelta(weeks=8)
"""Visits before the period that the trend shows."""


def gather(workspace: Workspace, first: date, last: date, grid: Id | None = None) -> Facts:
    """The facts of a period, of all grids here or of one."""
    households = _households(workspace, first, grid)
    homes = {one.id for one in households}
    visits = [one for one in _visits(workspace, first - LOOK_BACK, last) if one.household in homes]
    needs = [one for one in needs_of(queries.every(workspace.connection, "need")) if grid is None or one.grid == grid]
    return Facts(first, last, households, visits, needs)


def _households(workspace: Workspace, first: date, grid: Id | None) -> list[Household]:
    due_on = due.rhythm(workspace, first - timedelta(days=1)).due_on
    return [
        Household(row.id, row.plain("grid"), row.plain("care_level") or "normal", due_on.get(row.id))
        for row in queries.every(workspace.connection, "household")
        if grid is None or row.plain("grid") == grid
    ]


def _visits(workspace: Workspace, first: date, last: date) -> list[Visit]:
    rows = queries.between(workspace.connection, "visit", "visited_at", first.isoformat(), last.isoformat())
    return [
        Visit(row.plain("household"), row.plain("worker"), day, row.plain("outcome") or "")
        for row in rows
        if (day := day_of(row, "visited_at"))
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
