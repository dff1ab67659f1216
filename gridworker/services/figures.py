"""The numbers of field.md §9.6 by grid, worker, community, kind, week or month."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, TypeVar, cast

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.rules.visit_counts import Every, whole
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.reports.statistics import Days, Facts, Figure, visit_counts
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
    if isinstance(figure, Days):
        return f"{label} {figure.value if figure.value is not None else '—'}"
    if figure.denominator is None:
        return f"{label} {figure.numerator}"
    rate = f"{figure.value:.1%}" if figure.value is not None else "—"
    return f"{label} {figure.numerator}/{figure.denominator} {rate}"


NO_GRID: Final = "—"
"""Key of the line of records that name no grid of the roster."""
MEASURES = {
    "coverage": "走访覆盖", "due_visits": "应访完成", "red_met": "红户见面", "not_met": "未见面", "refused": "拒访",
    "visits": "走访次数", "opening": "期初", "new": "新增", "closed": "办结", "open": "未办结", "closing": "办结率",
    "closing_cumulative": "累计办结率", "timeliness": "及时率", "overdue": "超期", "days": "办理天数",
    "callback": "回访率", "in_grid": "网格内办结", "in_village": "小事不出村", "in_town": "大事不出镇",
    "satisfaction": "满意率",
}  # fmt: skip


def table(workspace: Workspace, period: Period, by: str) -> Table:
    """The numbers of a period, one line per key, the keys in their own order."""
    return Table(period, by, lines(workspace, period.first, period.last, by))


def lines(
    workspace: Workspace,
    first: date,
    last: date,
    by: str,
    needs: Sequence[statistics.Need] | None = None,
    *,
    visits: bool = True,
) -> list[Line]:
    """One line per key; needs that are at hand are not read again, visits only counted where they are asked for."""
    found = Facts(first, last, needs=facts.every_need(workspace) if needs is None else needs)
    if by in spans.SPANS:
        return _spans(workspace, found, by, visits=visits)
    visits = visits and by != "kind"
    if visits and whole(first, last) is None:
        found.households, found.visits = facts.visiting(workspace, first, last)
    counted = _counting(workspace, first, last) if visits else lambda _part: {}
    return [_line(workspace, one.scope, one.facts, counted(one)) for one in _parts(workspace, found, by)]


def _counting(workspace: Workspace, first: date, last: date) -> "Callable[[Part], dict[str, Figure]]":
    """How the visits of a part are counted: by the sums that are kept, or from its facts."""
    every = whole(first, last)
    if every is None:
        return lambda part: visit_counts(part.facts).measures()
    sums = Counted(workspace, every, first)
    return lambda part: sums.of(part.scope.grids, part.scope.worker).measures()


def _spans(workspace: Workspace, found: Facts, by: str, *, visits: bool) -> list[Line]:
    """Each span by itself; one that is cut off by the period's ends is counted visit by visit."""
    told = spans.split(found.first, found.last, by)
    entire = [first for _key, _label, first, last in told if visits and whole(first, last) == by]
    sums = by_first(workspace, cast(Every, by), entire) if visits else {}
    made = []
    for key, label, first, last in told:
        part = Facts(first, last, needs=found.needs)
        if visits and first not in sums:
            part.households, part.visits = facts.visiting(workspace, first, last)
        counted = (sums.get(first) or visit_counts(part)).measures() if visits else {}
        made.append(_line(workspace, Scope(key, label), part, counted))
    return made


def _line(workspace: Workspace, scope: "Scope", found: Facts, visits: dict[str, Figure]) -> Line:
    return Line(scope.key, scope.label, visits | statistics.need_measures(found, workspace.today))


@dataclass(frozen=True, slots=True)
class Scope:
    """What a line is about: some grids, a worker and the grids walked, or a kind of needs."""

    key: str
    label: str
    grids: frozenset[Id] = frozenset()
    worker: Id | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The facts of a scope."""

    scope: Scope
    facts: Facts


def scopes(workspace: Workspace, by: str) -> list[Scope]:
    """The lines there may be, in their order; `all` is everything on the roster in one."""
    return {
        "grid": _by_grid, "worker": _by_worker, "community": _by_community, "kind": _by_kind, "all": _all,
    }[by](workspace)  # fmt: skip


def _parts(workspace: Workspace, found: Facts, by: str) -> list[Part]:
    """The facts of each line; of kinds only those that there are needs of."""
    split = _Split(found)
    made = [Part(scope, split.of(scope)) for scope in scopes(workspace, by)]
    return [one for one in made if by != "kind" or one.facts.needs]


class _Split:
    """Facts put into heaps, each when it is first wanted: by grid, a visit's that of its household, worker or kind."""

    def __init__(self, found: Facts) -> None:
        self.found = found
        self.homes = {one.id: one for one in found.households}

    @cached_property
    def by_grid(self) -> tuple[dict[object, list[Any]], ...]:
        """Households, visits and needs."""
        visits = _heaps(self.found.visits, self._grid_of)
        return _heaps(self.found.households, _GRID), visits, _heaps(self.found.needs, _GRID)

    @cached_property
    def by_worker(self) -> tuple[dict[object, list[Any]], ...]:
        """Visits and needs."""
        return _heaps(self.found.visits, _WORKER), _heaps(self.found.needs, _WORKER)

    @cached_property
    def by_kind(self) -> dict[object, list[Any]]:
        """Needs."""
        return _heaps(self.found.needs, lambda one: one.kind)

    def _grid_of(self, visit: statistics.Visit) -> object:
        home = self.homes.get(visit.household or 0)
        return home.grid if home else None

    def of(self, scope: Scope) -> Facts:
        """The part of a scope."""
        if scope.kind:
            return self._facts([], [], self.by_kind.get(scope.kind, []))
        if scope.worker:
            return self._of_worker(scope.worker, scope.grids)
        return self._facts(*([one for grid in scope.grids for one in heap.get(grid, ())] for heap in self.by_grid))

    def _of_worker(self, worker: Id, grids: Set[Id]) -> Facts:
        """The part of a worker: households of the grids, and those visited elsewhere."""
        visits, needs = (heap.get(worker, []) for heap in self.by_worker)
        own = [one for grid in grids for one in self.by_grid[0].get(grid, ())]
        visited = {id: self.homes[id] for visit in visits if (id := visit.household or 0) in self.homes}
        elsewhere = [one for one in visited.values() if one.grid not in grids]
        return self._facts([*own, *elsewhere], visits, needs)

    def _facts(self, households: list[Any], visits: list[Any], needs: list[Any]) -> Facts:
        return Facts(self.found.first, self.found.last, households, visits, needs)


One = TypeVar("One")
_GRID, _WORKER = attrgetter("grid"), attrgetter("worker")


def _heaps(some: Iterable[One], key: Callable[[One], object]) -> dict[object, list[One]]:
    found: dict[object, list[One]] = {}
    for one in some:
        found.setdefault(key(one), []).append(one)
    return found


def _by_grid(workspace: Workspace) -> list[Scope]:
    named = [Scope(_key(row), row.plain("name") or "", frozenset({row.id})) for row in _grids(workspace)]
    return [*named, *_rest(workspace)]


def _by_community(workspace: Workspace) -> list[Scope]:
    grids: dict[str, set[Id]] = {}
    for row in _grids(workspace):
        grids.setdefault(row.plain("community") or _("（未写社区）"), set()).add(row.id)
    return [*(Scope(name, name, frozenset(some)) for name, some in grids.items()), *_rest(workspace)]


def _by_worker(workspace: Workspace) -> list[Scope]:
    ids = {row.plain("code"): row.id for row in _grids(workspace)}
    made = []
    for row in queries.every(workspace.connection, "worker", "code"):
        own = frozenset(ids[code] for code in roster.split_codes(row) if code in ids)
        made.append(Scope(_key(row), row.plain("name") or "", own, row.id))
    return made


def _by_kind(_workspace: Workspace) -> list[Scope]:
    return [Scope(code, word("need_kind", code), kind=code) for code in code_list("need_kind").codes()]


def _all(workspace: Workspace) -> list[Scope]:
    return [Scope("", _("合计"), frozenset(id for scope in _by_grid(workspace) for id in scope.grids))]


def _rest(workspace: Workspace) -> list[Scope]:
    """What names no grid of the roster, in one line, if there is any: it counts too."""
    known = {row.id for row in _grids(workspace)}
    other = [one for one in queries.grids_named(workspace.connection) if one not in known]
    return [Scope(NO_GRID, _("（未写网格）"), frozenset([0, *other]))] if other else []


def _key(row: Row) -> str:
    return row.plain("code") or to_text(row.id)


def _grids(workspace: Workspace) -> list[Row]:
    return queries.every(workspace.connection, "grid", "code")
