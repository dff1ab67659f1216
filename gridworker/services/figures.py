"""The numbers of field.md §9.6 by grid, worker, community or kind."""

from collections.abc import Callable
from dataclasses import dataclass

from gridworker.domain.codes import code_list
from gridworker.domain.ids import to_text
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.reports.statistics import Facts, Figure
from gridworker.services import facts
from gridworker.services.naming import word
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries


@dataclass(frozen=True, slots=True)
class Line:
    """The numbers of one grid, worker, community or kind."""

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
    found = facts.gather(workspace, period.first, period.last)
    parts = {"grid": _by_grid, "worker": _by_worker, "community": _by_community, "kind": _by_kind}[by](workspace, found)
    lines = [Line(key, label, _measures(part, workspace, by)) for key, label, part in parts]
    return Table(period, by, lines)


def _measures(part: Facts, workspace: Workspace, by: str) -> dict[str, Figure]:
    return (
        statistics.need_measures(part, workspace.today) if by == "kind" else statistics.measures(part, workspace.today)
    )


Part = tuple[str, str, Facts]


def _split(found: Facts, grids: set[int]) -> Facts:
    homes = {one.id for one in found.households if one.grid in grids}
    return found.of(
        households=lambda one: one.grid in grids,
        visits=lambda one: one.household in homes,
        needs=lambda one: one.grid in grids,
    )


def _by_grid(workspace: Workspace, found: Facts) -> list[Part]:
    rows = queries.every(workspace.connection, "grid", "code")
    return [(row.plain("code") or to_text(row.id), row.plain("name") or "", _split(found, {row.id})) for row in rows]


def _by_community(workspace: Workspace, found: Facts) -> list[Part]:
    grids: dict[str, set[int]] = {}
    for row in queries.every(workspace.connection, "grid", "code"):
        grids.setdefault(row.plain("community") or _("（未写社区）"), set()).add(row.id)
    return [(name, name, _split(found, some)) for name, some in grids.items()]


def _by_worker(workspace: Workspace, found: Facts) -> list[Part]:
    parts = []
    for row in queries.every(workspace.connection, "worker", "code"):
        mine = _is(row.id)
        homes = {visit.household for visit in found.visits if mine(visit)}
        grids = set(str(row.plain("grids") or "").split("、"))
        own = {one.id for one in queries.every(workspace.connection, "grid") if one.plain("code") in grids}
        part = found.of(households=_in(own, homes), visits=mine, needs=mine)
        parts.append((row.plain("code") or to_text(row.id), row.plain("name") or "", part))
    return parts


def _is(worker: int) -> Callable[[statistics.Visit | statistics.Need], bool]:
    return lambda one: one.worker == worker


def _in(grids: set[int], homes: set[int | None]) -> Callable[[statistics.Household], bool]:
    """A worker's households: those of the grids, and those visited elsewhere."""
    return lambda one: one.grid in grids or one.id in homes


def _by_kind(_workspace: Workspace, found: Facts) -> list[Part]:
    names = code_list("need_kind")
    return [
        (code, word("need_kind", code), found.of(households=_none, visits=_none, needs=_of_kind(code)))
        for code in names.codes()
        if any(need.kind == code for need in found.needs)
    ]


def _none(_one: object) -> bool:
    return False


def _of_kind(code: str) -> Callable[[statistics.Need], bool]:
    return lambda one: one.kind == code
