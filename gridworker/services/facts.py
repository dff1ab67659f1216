"""Rows of the store as the plain facts that reports count."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import escalation
from gridworker.domain.rules.escalation import Passed
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.reports.statistics import Facts, Figure, Household, Need, Visit
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


def of_grids(workspace: Workspace, first: date, last: date, grids: Iterable[Id]) -> tuple[list[Household], list[Visit]]:
    """The households of some grids and the visits of a period to them; nothing else is read."""
    homes = [id for grid in grids for id in queries.ids_where(workspace.connection, "household", "grid is ?", [grid])]
    return _households(workspace, first, homes), _visits_to(workspace, first, last, homes)


def walked_by(
    workspace: Workspace, first: date, last: date, worker: Id, grids: Iterable[Id]
) -> tuple[list[Household], list[Visit]]:
    """The visits of a worker in a period, and the households of the worker's grids and of those visits."""
    visits = [one for one in _visits(workspace, first, last) if one.worker == worker]
    own = [id for grid in grids for id in queries.ids_where(workspace.connection, "household", "grid is ?", [grid])]
    homes = _households(workspace, first, dict.fromkeys([*own, *(one.household for one in visits if one.household)]))
    known = {one.id for one in homes}
    return homes, [one for one in visits if one.household in known]


def households_at(workspace: Workspace, first: date, grid: Id | None = None) -> list[Household]:
    """The households of all grids here or of one, with the day each fell due before a period began."""
    return [one for one in _households(workspace, first) if grid is None or one.grid == grid]


def _households(workspace: Workspace, first: date, wanted: Iterable[Id] | None = None) -> list[Household]:
    homes = None if wanted is None else list(wanted)
    due_on = due.rhythm(workspace, first - timedelta(days=1), homes).due_on
    found = queries.plain_of(workspace.connection, "household", ("grid", "care_level"), homes)
    return [Household(id, grid, level or "normal", due_on.get(id)) for id, grid, level in found]


def _visits(workspace: Workspace, first: date, last: date) -> list[Visit]:
    days = ("visited_at", first.isoformat(), last.isoformat())
    return _dated(queries.plain_between(workspace.connection, "visit", _VISIT, *days))


def _visits_to(workspace: Workspace, first: date, last: date, homes: Sequence[Id]) -> list[Visit]:
    days = (first.isoformat(), last.isoformat())
    return _dated(queries.visits_to(workspace.connection, _VISIT, homes, *days))


def _dated(found: Iterable[tuple[Any, ...]]) -> list[Visit]:
    return [
        Visit(household, worker, date.fromisoformat(str(at)[:10]), outcome or "", id)
        for id, household, worker, at, outcome in found
        if at
    ]


def every_need(workspace: Workspace, where: str = "1", values: Sequence[object] = ()) -> list[Need]:
    """The needs here that count, all or those that a condition of ours names."""
    found = queries.plain_columns(workspace.connection, "need", _NEED, where, values)
    return _counting(found, escalating.by_need(workspace))


def known_by(workspace: Workspace, last: date) -> dict[Id | None, Figure]:
    """Of the needs that count and were registered by a day, how many had left the stock by then, by grid."""
    day = (last + timedelta(days=1)).isoformat()
    told = queries.known_before(workspace.connection, day, LEFT_OUT)
    found = {grid: Figure(settled, known) for grid, settled, known, _other in told}
    if any(other for *_plain, other in told):
        for one in every_need(workspace, "_state is not null and registered_at < ?", [day]):
            before = found.get(one.grid, Figure(0, 0))
            is_settled = one.ended is not None and one.ended <= last
            found[one.grid] = Figure(before.numerator + is_settled, (before.denominator or 0) + 1)
    return found


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


_date = lru_cache(8192)(date.fromisoformat)  # hundreds of thousands of needs share the days of some years


def _day(value: object) -> date | None:
    return _date(str(value)[:10]) if value else None


def day_of(row: Row, name: str) -> date | None:
    """The day of a date or time field."""
    return _day(row.plain(name))
