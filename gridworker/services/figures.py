"""The numbers of field.md §9.6 by grid, worker, community, kind, week or month."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.rules.visit_counts import Every, whole
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.reports.statistics import Facts, Figure, visit_counts
from gridworker.services import facts, roster, spans
from gridworker.services.counted import Counted, by_first
from gridworker.services.naming import word
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row


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
    "in_grid": "网格内办结", "in_village": "小事不出村", "in_town": "大事不出镇", "satisfaction": "满意率",
}  # fmt: skip


def table(workspace: Workspace, period: Period, by: str) -> Table:
    """The numbers of a period, one line per key, the keys in their own order."""
    return Table(period, by, lines(workspace, period.first, period.last, by))


def lines(
    workspace: Workspace, first: date, last: date, by: str, needs: Sequence[statistics.Need] | None = None
) -> list[Line]:
    """One line per key; needs that are at hand are not read again."""
    found = Facts(first, last, needs=facts.every_need(workspace) if needs is None else needs)
    if by == "kind":
        return [_line(workspace, part, {}) for part in parts(workspace, found, by)]
    if by in spans.SPANS:
        return _spans(workspace, found, by)
    every = whole(first, last)
    if every is None:
        found.households, found.visits = facts.visiting(workspace, first, last)
        return [_line(workspace, one, visit_counts(one.facts).measures()) for one in parts(workspace, found, by)]
    sums = Counted(workspace, every, first)
    return [_line(workspace, one, sums.of(one.grids, one.worker).measures()) for one in parts(workspace, found, by)]


def _spans(workspace: Workspace, found: Facts, by: str) -> list[Line]:
    """Each span by itself; one that is cut off by the period's ends is counted visit by visit."""
    told = spans.split(found.first, found.last, by)
    entire = [first for _key, _label, first, last in told if whole(first, last) == by]
    sums = by_first(workspace, cast(Every, by), entire)
    made = []
    for key, label, first, last in told:
        part = Facts(first, last, needs=found.needs)
        if first not in sums:
            part.households, part.visits = facts.visiting(workspace, first, last)
        measured = sums[first] if first in sums else visit_counts(part)
        made.append(_line(workspace, Part(key, label, part), measured.measures()))
    return made


def _line(workspace: Workspace, part: "Part", visits: dict[str, Figure]) -> Line:
    return Line(part.key, part.label, visits | statistics.need_measures(part.facts, workspace.today))


@dataclass(frozen=True, slots=True)
class Part:
    """What a line counts: the facts of some grids, or of a worker and the grids walked."""

    key: str
    label: str
    facts: Facts
    grids: frozenset[Id] = frozenset()
    worker: Id | None = None


def parts(workspace: Workspace, found: Facts, by: str) -> list[Part]:
    """The facts of each line: its key, its name, what it counts."""
    return {"grid": _by_grid, "worker": _by_worker, "community": _by_community, "kind": _by_kind}[by](workspace, found)


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

    def of_grids(self, grids: Set[Id]) -> Facts:
        """The part of some grids."""
        heaps = (self.households, self.visits, self.needs)
        return self._facts(*([one for grid in grids for one in heap.get(grid, ())] for heap in heaps))

    def of_worker(self, worker: Id, grids: Set[Id]) -> Facts:
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
    split = _Split(found)
    return [
        Part(_key(row), row.plain("name") or "", split.of_grids({row.id}), frozenset({row.id}))
        for row in _grids(workspace)
    ]


def _by_community(workspace: Workspace, found: Facts) -> list[Part]:
    grids: dict[str, set[Id]] = {}
    for row in _grids(workspace):
        grids.setdefault(row.plain("community") or _("（未写社区）"), set()).add(row.id)
    split = _Split(found)
    return [Part(name, name, split.of_grids(some), frozenset(some)) for name, some in grids.items()]


def _by_worker(workspace: Workspace, found: Facts) -> list[Part]:
    split = _Split(found)
    ids = {row.plain("code"): row.id for row in _grids(workspace)}
    made = []
    for row in queries.every(workspace.connection, "worker", "code"):
        own = frozenset(ids[code] for code in roster.split_codes(row) if code in ids)
        made.append(Part(_key(row), row.plain("name") or "", split.of_worker(row.id, own), own, row.id))
    return made


def _key(row: Row) -> str:
    return row.plain("code") or to_text(row.id)


def _grids(workspace: Workspace) -> list[Row]:
    return queries.every(workspace.connection, "grid", "code")


def _by_kind(_workspace: Workspace, found: Facts) -> list[Part]:
    needs = _heaps(found.needs, lambda one: one.kind)
    return [
        Part(code, word("need_kind", code), Facts(found.first, found.last, needs=needs[code]))
        for code in code_list("need_kind").codes()
        if code in needs
    ]
