"""转办: a need goes to who can settle it, with a limit; the answer comes back to the need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import service_for
from gridworker.domain.rules.escalation import GOING_ON
from gridworker.domain.rules.need_states import IN_PROGRESS, REGISTERED, is_open
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import merged_needs, naming, undoing
from gridworker.services.answering import accepted, answered
from gridworker.services.naming import display_value
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

TO: Final = ("paired_unit", "organisation", "cadre", "facility")
"""Fields of a referral that name who gets it, each like the ledger it refers to."""
_USUAL: Final = timedelta(days=7)
_WAITING: Final = f"answered_on is null and (outcome is null or outcome = '{GOING_ON}')"
LATE: Final = f"select need from referral where {_WAITING} and due_on < :today and (_deleted is null or _deleted = 0)"
"""The needs whose answer is past its limit."""


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral as the need shows it; `late` while its limit has passed without an answer."""

    id: Id
    need: Id
    receiver: str
    unit: str
    """The unit in words where `receiver` is one of its people."""
    services: str
    asked: str
    content: str
    """What the need is about."""
    sent_on: str
    due_on: str
    answer: str
    answered_on: str
    outcome: str
    waits: bool
    late: bool


def refer(workspace: Workspace, need: Id, given: Mapping[str, object]) -> Done:
    """Hand a need on: `to` is `ledger/id` of who offers something, or `receiver` a unit in words.

    A need that was only registered is being handled from now on. Raises UserError with what is missing, at its field.
    """
    row = _need(workspace, need)
    told = {name: value for name, value in given.items() if name != "to"} | _whom(workspace, str(given.get("to") or ""))
    patch: dict[str, object] = {"need": to_text(need), "sent_on": workspace.today.isoformat(), **told}
    changes = [accepted(workspace, "referral", 0, patch)]
    if row.plain("status") == REGISTERED:
        changes.append(Change(ledger("need"), {"status": IN_PROGRESS, "result": None, "closed_on": None}, need))
    return undoing.write(workspace, "refer", *changes)


def answer(workspace: Workspace, referral: Id, given: Mapping[str, object]) -> Done:
    """Write down what came back. Raises UserError with what is missing, at its field."""
    return undoing.write(workspace, "answer", answered(workspace, "referral", referral, given, _("选一个转办结果")))


def proposed(workspace: Workspace, need: Id) -> dict[str, str]:
    """What a new referral starts from: the service its kind asks for, and a day within the need's own limit."""
    row = _need(workspace, need)
    usual = (workspace.today + _USUAL).isoformat()
    limit = str(row.plain("due_on") or "")
    due_on = min(limit, usual) if limit > workspace.today.isoformat() else usual
    return {"services": service_for(str(row.plain("kind") or "")), "due_on": due_on}


def of_need(workspace: Workspace, need: Id) -> tuple[Referred, ...]:
    """The referrals of a need and of those merged into it, the latest first."""
    needs = merged_needs.meant(workspace, need)
    marks = ",".join("?" * len(needs))
    rows = queries.where(workspace.connection, "referral", f"need in ({marks})", needs, "sent_on desc, id desc")
    return tuple(_referred(workspace, row) for row in rows)


def waiting(workspace: Workspace, until: date) -> list[Referred]:
    """Referrals of open needs whose limit comes by then and that nobody answered, the longest waiting first."""
    where = f"{_WAITING} and due_on is not null and due_on <= ?"
    rows = queries.where(workspace.connection, "referral", where, [until.isoformat()], "due_on, id")
    found = (_referred(workspace, row) for row in rows)
    return [one for one in found if (need := workspace.row("need", one.need)) and is_open(need.values)]


def unanswered(workspace: Workspace, needs: Sequence[Id]) -> list[Referred]:
    """The referrals of some needs that nobody answered yet, the first due first."""
    if not queries.count(workspace.connection, "referral"):
        return []
    marks = ",".join("?" * len(needs))
    where = f"{_WAITING} and need in ({marks})"
    rows = queries.where(workspace.connection, "referral", where, needs, "due_on is null, due_on, id")
    return [_referred(workspace, row) for row in rows]


def receiver(workspace: Workspace, row: Row) -> str:
    """Who has a referral: the name of a record, else the unit in words."""
    for name in TO:
        id = row.plain(name)
        if isinstance(id, int):
            other = workspace.row(name, id)
            return display_value(other, "name") if other else to_text(id)
        if isinstance(id, str):
            return id
    return display_value(row, "receiver")


def _referred(workspace: Workspace, row: Row) -> Referred:
    due_on = str(row.plain("due_on") or "")
    waits = not row.plain("answered_on") and row.plain("outcome") in {None, GOING_ON}
    need = row.plain("need")
    of = workspace.row("need", need) if isinstance(need, int) else None
    return Referred(
        row.id, merged_needs.going_on(workspace, need) if isinstance(need, int) else 0, receiver(workspace, row),
        display_value(row, "receiver"), display_value(row, "services"),
        display_value(row, "asked"), display_value(of, "content") if of else "",
        str(row.plain("sent_on") or ""), due_on, display_value(row, "answer"),
        str(row.plain("answered_on") or ""), display_value(row, "outcome"), waits,
        waits and bool(due_on) and due_on < workspace.today.isoformat(),
    )  # fmt: skip


def _whom(workspace: Workspace, to: str) -> dict[str, object]:
    """The fields that name somebody who offers something; a cadre's slip goes to the unit he is of."""
    name, _slash, text = to.partition("/")
    if name not in TO:
        return {}
    row = workspace.row(name, from_text(text))
    unit = row.plain("paired_unit") if row and name == "cadre" else None
    if isinstance(unit, int):
        return {name: text, "receiver": naming.title(workspace, ledger("paired_unit"), unit)}
    return {name: text, "receiver": display_value(row, "name")} if row and name != "cadre" else {name: text}


def _need(workspace: Workspace, need: Id) -> Row:
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件诉求。"), _("请回到诉求列表重新选。"))
    return row
