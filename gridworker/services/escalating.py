"""上报 (网格→社区→乡镇→县): a need is passed upwards with a paper and a limit, and answered; where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import escalation
from gridworker.domain.rules.escalation import GOING_ON, GRID, TOWN, VILLAGE, Passed, Standing, Word
from gridworker.domain.rules.need_states import IN_PROGRESS, PLANNED, REGISTERED, REPORTED, is_open
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults, merged_needs, undoing
from gridworker.services.answering import accepted, answered
from gridworker.services.naming import display_value
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

ANSWERS: Final = escalation.OUTCOMES
_USUAL: Final = timedelta(days=7)
_WAITING: Final = f"answered_on is null and (outcome is null or outcome = '{GOING_ON}')"
_PASSED: Final = ("need", "from_level", "to_level", "sent_on", "outcome", "answered_on")
_WORD: Final = ("status", "reply", "assigned_to", "review")


@dataclass(frozen=True, slots=True)
class Escalated:
    """One step upwards as a need shows it; `late` while its limit has passed without an answer."""

    id: Id
    need: Id
    content: str
    """What the need is about."""
    from_level: str
    to_level: str
    receiver: str
    sent_on: str
    paper_no: str
    due_on: str
    asked: str
    answer: str
    answered_on: str
    outcome: str
    waits: bool
    late: bool

    @property
    def to(self) -> str:
        """Level and unit in words."""
        return " ".join(filter(None, (_(self.to_level), self.receiver)))


def escalate(workspace: Workspace, need: Id, given: Mapping[str, object]) -> Done:
    """Pass a need to `to_level` (the township where none is named). Raises UserError with what is missing."""
    row = _need(workspace, need)
    if not is_open(row.values):
        raise UserError("not_open", _("这件已经办结，不用再报。"), _("要接着办的，先改为办理中。"), "to_level")
    now = standing_of(workspace, row)
    open_levels = escalation.above(now.level, workspace.store.role)
    told: dict[str, object] = {"to_level": TOWN, **given}
    if told["to_level"] not in open_levels:
        choices = _("、").join(map(_, open_levels)) or _("没有可报的上级")
        words = _("这件在{level}，可以报给：{choices}").format(level=_(now.level), choices=choices)
        raise UserError("not_allowed", words, _("没有保存。"), "to_level")
    patch: dict[str, object] = {
        "need": to_text(need), "from_level": now.level, "sender": _unit(workspace, row, now.level),
        "receiver": _unit(workspace, row, str(told["to_level"])), "sent_on": workspace.today.isoformat(),
        **{name: value for name, value in told.items() if value},
    }  # fmt: skip
    changes = [accepted(workspace, "escalation", 0, patch)]
    moved = _moved(workspace, row, str(told["to_level"]))
    if moved:
        changes.append(Change(ledger("need"), moved, need))
    return undoing.write(workspace, "escalate", *changes)


def answer(workspace: Workspace, passed: Id, given: Mapping[str, object]) -> Done:
    """Write down what the upper level said. Raises UserError with what is missing, at its field."""
    change = answered(workspace, "escalation", passed, given, _("选一个上报结果"))
    return undoing.write(workspace, "answer", change, *_back_from_town(workspace, passed, given))


def choices(workspace: Workspace, need: Id) -> tuple[str, ...]:
    """The levels the person here may pass a need on to."""
    return escalation.above(standing_of(workspace, _need(workspace, need)).level, workspace.store.role)


def usual_limit(workspace: Workspace, need: Id) -> str:
    """A day within the need's own limit, a week ahead at most."""
    usual = (workspace.today + _USUAL).isoformat()
    limit = str(_need(workspace, need).plain("due_on") or "")
    return min(limit, usual) if limit > workspace.today.isoformat() else usual


def of_need(workspace: Workspace, need: Id) -> tuple[Escalated, ...]:
    """The steps upwards of a need and of those merged into it, the first first."""
    rows = _rows_of(workspace, need)
    return tuple(_escalated(workspace, row, row is rows[-1]) for row in rows)


def standing_of(workspace: Workspace, row: Row) -> Standing:
    """At which level a need stands, and since when."""
    return standing_by([_step(one) for one in _rows_of(workspace, row.id)], row)


def standing_by(passed: Sequence[Passed], row: Row) -> Standing:
    """At which level a need stands whose steps are at hand."""
    return escalation.standing(passed, Word.of(*map(row.plain, _WORD)))


def by_need(workspace: Workspace) -> dict[Id, list[Passed]]:
    """The steps upwards of every need that was passed on, those of merged ones with the one that goes on."""
    passed: dict[Id, list[Passed]] = {}
    every = list(queries.plain_columns(workspace.connection, "escalation", _PASSED))
    meant = _Meant(workspace, numbers=any(isinstance(need, str) for _id, need, *_told in every))
    for _id, need, *told in every:
        passed.setdefault(meant.of(need), []).append(_passed(*told))
    return passed


def waiting(workspace: Workspace, until: date) -> list[Escalated]:
    """Steps upwards of open needs whose limit comes by then and that nobody answered, the longest waiting first."""
    where = f"{_WAITING} and due_on is not null and due_on <= ?"
    rows = queries.where(workspace.connection, "escalation", where, [until.isoformat()], "due_on, id")
    meant = _Meant(workspace, numbers=any(isinstance(row.plain("need"), str) for row in rows))
    needs = queries.by_ids(workspace.connection, "need", {meant.of(row.plain("need")) for row in rows})
    steps = (one for id, row in needs.items() if is_open(row.values) for one in of_need(workspace, id))
    due = (one for one in steps if one.waits and one.due_on and one.due_on <= until.isoformat())
    return sorted(due, key=lambda one: (one.due_on, one.id))


class _Meant:
    """Which need is meant: the one that goes on where it was merged, the one of that number where a sheet wrote it."""

    def __init__(self, workspace: Workspace, *, numbers: bool) -> None:
        connection = workspace.connection
        self._into = dict(queries.plain_columns(connection, "need", ("merged_into",), "merged_into is not null"))
        named = queries.plain_columns(connection, "need", ("number",), "number is not null") if numbers else ()
        self._named = {number: id for id, number in named}

    def of(self, need: object) -> Id:
        """The need; 0 for one that is not here."""
        id = need if isinstance(need, int) else self._named.get(need, 0)
        seen = {id}
        while isinstance(into := self._into.get(id), int) and into not in seen:
            seen.add(into)
            id = into
        return id


def _passed(from_level: object, to_level: object, sent_on: object, outcome: object, answered_on: object) -> Passed:
    return Passed(*(str(one or "") for one in (from_level, to_level, sent_on, outcome, answered_on)))


def _rows_of(workspace: Workspace, need: Id) -> Sequence[Row]:
    if not queries.count(workspace.connection, "escalation"):
        return ()
    needs = merged_needs.meant(workspace, need)
    where = f"need in ({','.join('?' * len(needs))})"
    rows = queries.where(workspace.connection, "escalation", where, needs)
    return sorted(rows, key=lambda row: (*escalation.order(_step(row)), row.id))


def _step(row: Row) -> Passed:
    return _passed(*map(row.plain, _PASSED[1:]))


def _escalated(workspace: Workspace, row: Row, is_last: bool) -> Escalated:
    """Only the last step is waited for: a level that passed the need on has given its answer by that."""
    due_on, need = str(row.plain("due_on") or ""), row.plain("need")
    of = workspace.row("need", need) if isinstance(need, int) else None
    waits = is_last and not row.plain("answered_on") and row.plain("outcome") in {None, GOING_ON}
    if of and row.plain("to_level") == TOWN:  # the township's own word is its answer
        waits = waits and not (of.plain("reply") or of.plain("review"))
    return Escalated(
        row.id, merged_needs.going_on(workspace, need) if isinstance(need, int) else 0,
        display_value(of, "content") if of else "", str(row.plain("from_level") or ""),
        str(row.plain("to_level") or ""), display_value(row, "receiver"), str(row.plain("sent_on") or ""),
        display_value(row, "paper_no"), due_on, display_value(row, "asked"), display_value(row, "answer"),
        str(row.plain("answered_on") or ""), str(row.plain("outcome") or ""), waits,
        waits and bool(due_on) and due_on < workspace.today.isoformat(),
    )  # fmt: skip


def _back_from_town(workspace: Workspace, passed: Id, told: Mapping[str, object]) -> list[Change]:
    """A need the township gave back is reported no more."""
    step = workspace.row("escalation", passed)
    if step is None or told.get("outcome") != escalation.BACK or step.plain("to_level") != TOWN:
        return []
    needs = queries.by_ids(workspace.connection, "need", [_Meant(workspace, numbers=True).of(step.plain("need"))])
    return [
        Change(ledger("need"), defaults.complete_move(workspace, row, {"status": IN_PROGRESS}), id)
        for id, row in needs.items()
        if row.plain("status") == REPORTED
    ]


def _moved(workspace: Workspace, row: Row, to_level: str) -> dict[str, Value]:
    """What a need becomes when it goes upwards: reported from the township on, being handled at the community."""
    status = row.plain("status")
    if escalation.rank(to_level) >= escalation.rank(TOWN):
        known = status in {REGISTERED, IN_PROGRESS, PLANNED}
        return defaults.complete_move(workspace, row, {"status": REPORTED}) if known else {}
    return defaults.complete_move(workspace, row, {"status": IN_PROGRESS}) if status == REGISTERED else {}


def _unit(workspace: Workspace, row: Row, level: str) -> str:
    """Who a level is for a need, as far as the roster says: its grid, its community, its township."""
    grid = workspace.row("grid", row.plain("grid")) if isinstance(row.plain("grid"), int) else None
    names = {GRID: "code", VILLAGE: "community", TOWN: "township"}
    return str(grid.plain(names[level]) or "") if grid and level in names else ""


def _need(workspace: Workspace, need: Id) -> Row:
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件诉求。"), _("请回到诉求列表重新选。"))
    return row
