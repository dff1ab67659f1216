"""What the community did in a time, in the lines of the weekly 汇总: disputes, referrals, meetings, activities."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules.community import PASSED
from gridworker.exchange.model import Measure
from gridworker.services.mediating import AGREED
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_DAYS: Final[Mapping[str, str]] = {
    "screening": "held_on", "mediation": "held_at", "referral": "sent_on", "meeting": "held_at", "activity": "held_at",
}  # fmt: skip
_YOUNGER: Final = ("children", "youths", "adults")


def measures(workspace: Workspace, first: date, last: date, grids: Collection[Id] = ()) -> list[Measure]:
    """Counts above what they are of; nothing where the community did nothing. `grids`: of these alone."""
    found = {name: _held(workspace, name, first, last, grids) for name in _DAYS}
    held = {row.id for row in found["meeting"]}
    voted = [row for row in queries.every(workspace.connection, "topic") if row.plain("meeting") in held]
    voted = [row for row in voted if row.plain("decision")]
    came = sum(_number(row, (*_YOUNGER, "elders")) for row in found["activity"])
    told = [
        Measure("化解 / 排查发现（起）", _sum(found["screening"], "settled"), _sum(found["screening"], "found")),
        Measure("达成协议 / 调解（次）", _count(found["mediation"], "outcome", AGREED), len(found["mediation"])),
        Measure(
            "已答复 / 转办（件）",
            sum(bool(row.plain("answered_on")) for row in found["referral"]),
            len(found["referral"]),
        ),
        Measure("通过 / 议事会表决（项）", _count(voted, "decision", PASSED), len(voted)),
        Measure("六十岁以下 / 活动参加（人次）", sum(_number(row, _YOUNGER) for row in found["activity"]), came),
    ]
    return told if any(found.values()) else []


def _held(workspace: Workspace, name: str, first: date, last: date, grids: Collection[Id]) -> list[Row]:
    rows = queries.between(workspace.connection, name, _DAYS[name], first.isoformat(), last.isoformat())
    return [row for row in rows if not grids or _grid(workspace, row) in grids]


def _grid(workspace: Workspace, row: Row) -> object:
    """Its own, or that of the need it hangs on."""
    need = row.plain("need")
    of = workspace.row("need", need) if row.plain("grid") is None and isinstance(need, int) else row
    return of.plain("grid") if of else None


def _sum(rows: Sequence[Row], name: str) -> int:
    return sum(_number(row, (name,)) for row in rows)


def _number(row: Row, names: Sequence[str]) -> int:
    return sum(int(row.plain(name) or 0) for name in names)


def _count(rows: Sequence[Row], name: str, value: str) -> int:
    return sum(row.plain(name) == value for row in rows)
