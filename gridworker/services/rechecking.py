"""核实: records that are unusual, a random sample of visits, and what came of looking at them once more."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gridworker.domain.ids import Id, hashed_id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.ledgers.recheck import DRAWN, RESULTS, SIGNS
from gridworker.domain.rules.need_states import ENDED
from gridworker.domain.rules.sampling import sample
from gridworker.domain.text.address import format_address
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.reports import signals
from gridworker.reports.signals import NeedSeen, Signal, VisitSeen
from gridworker.services import collect, facts, records, undoing
from gridworker.services.naming import address_of, display_value
from gridworker.services.period import Period
from gridworker.services.roster import Names
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

BACK: Final = timedelta(weeks=4)
"""How far signals look back."""
_VISIT: Final = ("household", "worker", "visited_at", "mode", "content")
_UNCHANGED: Final = SIGNS[-1]


@dataclass(frozen=True, slots=True)
class Asked:
    """One record to be looked at: why, what it is, what was found, and what its worker says."""

    reason: str
    """DRAWN, or a sign."""
    ledger: str
    record: Id
    title: str
    grid: str
    worker: str
    words: tuple[str, ...]
    """Why it is asked about, in neutral words."""
    household: Id
    seed: str = ""
    result: str = ""
    checked_on: str = ""
    note: str = ""
    explained: str = ""

    @property
    def id(self) -> Id:
        """The 核实 record: the same on every machine, so that both sides speak of one."""
        return hashed_id("recheck", self.reason, to_text(self.record), self.seed)


def unusual(workspace: Workspace, grid: str = "") -> list[Asked]:
    """Records of the last weeks with a signal, by grid and day; of the own grid at a worker's."""
    first = workspace.today - BACK
    found = signals.of_visits(_visits_seen(workspace, first)) + signals.of_needs(
        _needs_seen(workspace, first), workspace.today
    )
    lines = _Reader(workspace).lines(_together(found))
    lines += _unchanged(workspace) if workspace.is_township else []
    return sorted((one for one in lines if grid in {"", one.grid}), key=lambda one: (one.grid, one.title, one.reason))


def draw(workspace: Workspace, seed: str, period: Period, count: int, grid: str = "") -> list[Asked]:
    """A random sample of a period's visits, of one grid or all: the same wherever these visits are known."""
    if not seed.strip():
        raise UserError("required", _("写一个抽样种子，如 2026-W48。"), _("两边写同样的种子，抽到同样的走访。"), "seed")
    days = ("visited_at", period.first.isoformat(), period.last.isoformat())
    homes = _grids_of_homes(workspace)
    codes = {row.id: str(row.plain("code") or "") for row in queries.every(workspace.connection, "grid")}
    ids = [
        id
        for id, household in queries.plain_between(workspace.connection, "visit", ("household",), *days)
        if not grid or codes.get(homes.get(household, 0)) == grid
    ]
    drawn = [((DRAWN, "visit", id), ()) for id in sample(seed, ids, count)]
    return _Reader(workspace, seed.strip()).lines(drawn)


def grid_codes(workspace: Workspace) -> list[str]:
    """The grids that a sample may be drawn from."""
    return [str(row.plain("code") or "") for row in queries.every(workspace.connection, "grid", "code")]


def record(workspace: Workspace, one: Asked, given: Mapping[str, object]) -> Done:
    """Write down what was found (township), or what there is to say (worker). Raises UserError."""
    told = {name: value for name, value in given.items() if value}
    if workspace.is_township:
        if not told.get("result"):
            raise UserError("required", _("选一个核实结果。"), _("没有保存。"), "result")
        told |= {"checked_on": workspace.today.isoformat(), "checked_by": workspace.store.author}
    elif not told.get("explained"):
        raise UserError("required", _("写一句情况说明。"), _("没有保存。"), "explained")
    fresh = {"reason": one.reason, one.ledger: to_text(one.record), "seed": one.seed or None}
    if one.ledger != "grid" and (grid := _grid_id_of(workspace, one)):
        fresh["grid"] = to_text(grid)
    is_known = workspace.row("recheck", one.id) is not None
    patch = records.understand(workspace, ledger("recheck"), told if is_known else fresh | told, [], 1)
    return undoing.write(workspace, "recheck", Change(ledger("recheck"), patch, one.id))


def counts(workspace: Workspace, first: date, last: date, *, drawn: bool = True) -> dict[str, int]:
    """How many visits drawn at random (or records asked about) were checked in a period, by result."""
    days = ("checked_on", first.isoformat(), last.isoformat())
    found = queries.plain_between(workspace.connection, "recheck", ("reason", "result"), *days)
    told = Counter(result for _id, reason, result in found if (reason == DRAWN) == drawn)
    return {result: told[result] for result in RESULTS}


def _together(found: Iterable[Signal]) -> list[tuple[tuple[str, str, Id], tuple[str, ...]]]:
    """One line per record and sign, with all its reasons."""
    words: dict[tuple[str, str, Id], list[str]] = {}
    for one in found:
        words.setdefault((one.sign, one.ledger, one.record), []).append(_words(one))
    return [(key, tuple(dict.fromkeys(some))) for key, some in words.items()]


def _words(one: Signal) -> str:
    if one.sign == signals.SAME_TEXT:
        return _("走访内容在 {count} 户一字不差").format(count=one.number)
    if one.sign == signals.TIMES and one.other:
        return _("与另一栋楼的上门走访只隔 {minutes} 分钟").format(minutes=one.number)
    if one.sign == signals.TIMES:
        return _("{hour} 点上门").format(hour=one.number)
    if one.sign == signals.NO_STEP:
        return _("登记 {days} 天后办结，没有办理记录").format(days=one.number)
    return _("办结 {days} 天，还没有回访").format(days=one.number)


def _visits_seen(workspace: Workspace, first: date) -> list[VisitSeen]:
    days = ("visited_at", first.isoformat(), workspace.today.isoformat())
    some = list(queries.plain_between(workspace.connection, "visit", _VISIT, *days))
    places = {
        id: f"{estate or ''}/{building or ''}"
        for id, estate, building in queries.plain_columns(workspace.connection, "household", ("estate", "building"))
    }
    return [
        VisitSeen(id, worker, home, places.get(home, ""), str(at or ""), mode == "home", str(content or ""))
        for id, home, worker, at, mode, content in some
        if isinstance(home, int)
    ]


def _needs_seen(workspace: Workspace, first: date) -> list[NeedSeen]:
    where = f"closed_on >= ? and status in ({','.join('?' * len(ENDED))})"
    rows = queries.where(workspace.connection, "need", where, [first.isoformat(), *sorted(ENDED)])
    steps = Counter(row.plain("need") for row in queries.of_needs(workspace.connection, [row.id for row in rows]))
    return [
        NeedSeen(row.id, begun, ended, facts.day_of(row, "called_back_on"), steps[row.id])
        for row in rows
        if (begun := facts.day_of(row, "registered_at")) and (ended := facts.day_of(row, "closed_on"))
    ]


def _unchanged(workspace: Workspace) -> list[Asked]:
    """Grids whose last workbooks brought nothing new."""
    known = _known(workspace)
    found = []
    for line, row in zip(
        collect.overview(workspace).lines, queries.every(workspace.connection, "grid", "code"), strict=True
    ):
        if line.same_weeks:
            words = (_("连续 {count} 周的周报没有变化").format(count=line.same_weeks),)
            one = Asked(_UNCHANGED, "grid", row.id, line.name, line.code, line.worker, words, 0)
            found.append(_with_result(one, known))
    return found


def _grids_of_homes(workspace: Workspace) -> dict[object, Id]:
    return dict(queries.plain_columns(workspace.connection, "household", ("grid",)))


def _grid_id_of(workspace: Workspace, one: Asked) -> Id:
    rows = queries.every(workspace.connection, "grid")
    return next((row.id for row in rows if row.plain("code") == one.grid), 0)


def _known(workspace: Workspace) -> dict[Id, Row]:
    return {row.id: row for row in queries.every(workspace.connection, "recheck")}


def _with_result(one: Asked, known: Mapping[Id, Row]) -> Asked:
    row = known.get(one.id)
    if row is None:
        return one
    return Asked(
        one.reason, one.ledger, one.record, one.title, one.grid, one.worker, one.words, one.household, one.seed,
        str(row.plain("result") or ""), str(row.plain("checked_on") or ""), display_value(row, "note"),
        display_value(row, "explained"),
    )  # fmt: skip


class _Reader:
    """Records as they are called, with what is known of their 核实."""

    def __init__(self, workspace: Workspace, seed: str = "") -> None:
        self._workspace, self._seed = workspace, seed
        self._names = Names(workspace)
        self._known = _known(workspace)

    def lines(self, wanted: Sequence[tuple[tuple[str, str, Id], tuple[str, ...]]]) -> list[Asked]:
        """A line for each, in the order given."""
        connection = self._workspace.connection
        visits = queries.by_ids(connection, "visit", {id for (_sign, of, id), _words in wanted if of == "visit"})
        needs = queries.by_ids(connection, "need", {id for (_sign, of, id), _words in wanted if of == "need"})
        homes = queries.by_ids(
            connection, "household", {row.plain("household") for row in (*visits.values(), *needs.values())} - {None}
        )
        made = []
        for (sign, of, id), words in wanted:
            row = (visits if of == "visit" else needs).get(id)
            if row is not None:
                made.append(self._line(sign, row, homes.get(row.plain("household") or 0), words))
        return made

    def _line(self, sign: str, row: Row, home: Row | None, words: tuple[str, ...]) -> Asked:
        if row.ledger == "visit":
            place = f"{format_address(address_of(home))} {display_value(home, 'head')}" if home else ""
            title = f"{display_value(row, 'visited_at')} {place}".strip()
        else:
            title = f"{display_value(row, 'number')} {display_value(row, 'content')}".strip()
        grid = self._names.grid(home if row.ledger == "visit" and home else row)
        one = Asked(
            sign, row.ledger, row.id, title, grid, self._names.worker(row), words, home.id if home else 0, self._seed
            if sign == DRAWN else "",
        )  # fmt: skip
        return _with_result(one, self._known)
