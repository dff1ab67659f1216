"""The numbers of field.md §9.6 by grid, worker, community, kind, week or month."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.reports.statistics import Facts, Figure
from gridworker.services import facts, roster, spans
from gridworker.services.naming import word
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one grid, worker, community, kind, week or month."""

    key: str
    label: str
    measures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """All lines of a period."""

    period: Period
    by: str
    lines_: list[Line]

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        rows = [
            {"key": one.key, "label": one.label, "measures": {name: it.as_json() for name, it in one.measures.items()}}
            for one in self.lines_
        ]
        return {"from": self.period.first.isoformat(), "to": self.period.last.isoformat(), "by": self.by, "rows": rows}

    def lines(self) -> list[str]:
        """The table for people; no ranking."""
        return [
            f"{one.label}　" + " · ".join(_told(name, it) for name, it in one.measures.items()) for one in self.lines_
        ]


def _told(name: str, figure: Figure) -> str:
    label = _(MEASURES[name])
    if figure.denominator is None:
        return f"{label} {figure.numerator}"
    rate = f"{figure.value:.1%}" if figure.value is not None else "—"
    return f"{label} {figure.numerator}/{figure.denominator} {rate}"


MEASURES = {
    "coverage": "走访覆盖", "due_visits": "应访完成", "red_met": "红户见面", "not_met": "未见面", "refused": "拒访",
    "visits": "走访次数", "opening": "期初", "new": "新增", "closed": "办结", "open": "未办结", "closing": "办结率",
    "closing_cumulative": "累计办结率", "timeliness": "及时率", "overdue": "超期", "callback": "回访率",
    "satisfaction": "满意率",
}  # fmt: skip


def table(workspace: Workspace, period: Period, by: str) -> Table:
    """The numbers of a period, one line per key, the keys in their own order."""
    return Table(
        period, by, lines_of(workspace, facts.gather(workspace, period.first, period.last, look_back=NONE), by)
    )


def lines_of(workspace: Workspace, found: Facts, by: str) -> list[Line]:
    """The numbers of facts at hand, one line per key."""
    return [Line(key, label, _measures(part, workspace, by)) for key, label, part in parts(workspace, found, by)]


def parts(workspace: Workspace, found: Facts, by: str) -> "list[Part]":
    """The facts of each line: its key, its name, what it counts."""
    if by in spans.SPANS:
        return spans.parts(workspace, found, by)
    return {"grid": _by_grid, "worker": _by_worker, "community": _by_community, "kind": _by_kind}[by](workspace, found)


def _measures(part: Facts, workspace: Workspace, by: str) -> dict[str, Figure]:
    return (
        statistics.need_measures(part, workspace.today) if by == "kind" else statistics.measures(part, workspace.today)
    )


Part = tuple[str, str, Facts]


class _Split:
    """Facts put into heaps once: by grid, where a visit belongs to its household's, or by worker."""

    def __init__(self, found: Facts) -> None:
        self.found = found
        self.homes = {one.id: one for one in found.households}
        self.households = _heaps(found.households, lambda one: one.grid)
        self.needs = _heaps(found.needs, lambda one: one.grid)
        self.visits = _heaps(found.visits, self._grid_of)
        self.needs_of_worker = _heaps(found.needs, lambda one: one.worker)
        self.visits_of_worker = _heaps(found.visits, lambda one: one.worker)

    def _grid_of(self, visit: statistics.Visit) -> object:
        home = self.homes.get(visit.household or 0)
        return home.grid if home else None

    def of_grids(self, grids: set[int]) -> Facts:
        """The part of some grids."""
        heaps = (self.households, self.visits, self.needs)
        return self._facts(*([one for grid in grids for one in heap.get(grid, ())] for heap in heaps))

    def of_worker(self, worker: int, grids: set[int]) -> Facts:
        """The part of a worker: households of the grids, and those visited elsewhere."""
        visits = self.visits_of_worker.get(worker, [])
        own = [one for grid in grids for one in self.households.get(grid, ())]
        visited = {id: self.homes[id] for visit in visits if (id := visit.household or 0) in self.homes}
        elsewhere = [one for one in visited.values() if one.grid not in grids]
        return self._facts([*own, *elsewhere], visits, self.needs_of_worker.get(worker, []))

    def _facts(self, households: list[Any], visits: list[Any], needs: list[Any]) -> Facts:
        return Facts(self.found.first, self.found.last, households, visits, needs)


One = TypeVar("One")


def _heaps(some: Iterable[One], key: Callable[[One], object]) -> dict[object, list[One]]:
    found: dict[object, list[One]] = {}
    for one in some:
        found.setdefault(key(one), []).append(one)
    return found


def _by_grid(workspace: Workspace, found: Facts) -> list[Part]:
    rows, split = queries.every(workspace.connection, "grid", "code"), _Split(found)
    return [(row.plain("code") or to_text(row.id), row.plain("name") or "", split.of_grids({row.id})) for row in rows]


def _by_community(workspace: Workspace, found: Facts) -> list[Part]:
    grids: dict[str, set[int]] = {}
    for row in queries.every(workspace.connection, "grid", "code"):
        grids.setdefault(row.plain("community") or _("（未写社区）"), set()).add(row.id)
    split = _Split(found)
    return [(name, name, split.of_grids(some)) for name, some in grids.items()]


def _by_worker(workspace: Workspace, found: Facts) -> list[Part]:
    split = _Split(found)
    ids = {row.plain("code"): row.id for row in queries.every(workspace.connection, "grid")}
    return [
        (row.plain("code") or to_text(row.id), row.plain("name") or "", split.of_worker(row.id, _own(row, ids)))
        for row in queries.every(workspace.connection, "worker", "code")
    ]


def _own(worker: Row, ids: Mapping[object, Id]) -> set[Id]:
    return {ids[code] for code in roster.split_codes(worker) if code in ids}


def _by_kind(_workspace: Workspace, found: Facts) -> list[Part]:
    needs = _heaps(found.needs, lambda one: one.kind)
    return [
        (code, word("need_kind", code), Facts(found.first, found.last, needs=needs[code]))
        for code in code_list("need_kind").codes()
        if code in needs
    ]
