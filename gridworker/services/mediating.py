"""调解: disputes as people settle them: who stands against whom, sessions, the agreement, whether it was kept."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states
from gridworker.domain.rules.community import DISPUTES
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import kinds, merged_needs, naming, undoing
from gridworker.services.naming import display_value
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

AGREED: Final = "达成协议"
SIDES: Final = ("甲方", "乙方")
_CALL_BACK: Final = f"outcome = '{AGREED}' and called_back_on is null and due_on is not null and due_on <= ?"
_FIRST_OPEN: Final = "closed_on is not null, registered_at desc, id desc"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute in the list: what it is about, who against whom, how far its mediation has come."""

    need: Id
    content: str
    kind: str
    number: str
    sides: str
    stage: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Party:
    """One who stands in a dispute; `phone` is masked."""

    id: Id
    side: str
    name: str
    phone: str
    where: str


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting about it; `owed` when what was agreed is due and nobody has asked whether it was kept."""

    id: Id
    held_at: str
    place: str
    mediator: str
    witness: str
    content: str
    outcome: str
    is_agreed: bool
    agreement: str
    confirmed: bool
    due_on: str
    called_back_on: str
    owed: bool


@dataclass(frozen=True, slots=True)
class Mediation:
    """Everything the page shows of a dispute."""

    dispute: Dispute
    where: str
    state: str
    status: str
    due_on: str
    facts: tuple[tuple[str, str], ...]
    parties: tuple[Party, ...]
    sessions: tuple[Session, ...]
    path: tuple[str, ...]
    place: int


def disputes(workspace: Workspace) -> list[Dispute]:
    """All disputes, open ones first; what was voided or merged is none of its own."""
    marks = ",".join("?" * len(DISPUTES))
    rows = queries.where(workspace.connection, "need", f"kind in ({marks})", DISPUTES, _FIRST_OPEN)
    some = [row for row in rows if row.plain("status") not in LEFT_OUT]
    parties, sessions = (_by_need(workspace, name) for name in ("party", "mediation"))
    return [_dispute(row, parties.get(row.id, []), sessions.get(row.id, [])) for row in some]


def read(workspace: Workspace, need: Id) -> Mediation:
    """The page of a dispute. Raises UserError for one that is not here."""
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件纠纷。"), _("请回到列表重新选。"))
    parties = parties_of(workspace, need)
    sessions = records_of(workspace, "mediation", need)
    told = tuple(_session(one, workspace.today) for one in sessions)
    path, place = _way(row, told)
    of = ledger("need")
    facts = [(_(one.label), display_value(row, one.name)) for one in of.fields if one.block == "dispute"]
    return Mediation(
        _dispute(row, parties, sessions), naming.home_of(workspace, need) or display_value(row, "place"),
        need_states.computed_state(row.values, workspace.today), str(row.plain("status") or ""),
        str(row.plain("due_on") or ""), tuple((name, text) for name, text in facts if text),
        tuple(map(_party, parties)), told, path, place,
    )  # fmt: skip


def call_back(workspace: Workspace, session: Id) -> Done:
    """Somebody asked today whether the agreement of a session is kept."""
    patch = {"called_back_on": workspace.today.isoformat()}
    return undoing.write(workspace, "set", Change(ledger("mediation"), patch, session))


def owed(workspace: Workspace, until: date) -> list[tuple[Id, Session]]:
    """Agreements that are due by then and were not asked about, each with its dispute, the oldest first."""
    rows = queries.where(workspace.connection, "mediation", _CALL_BACK, [until.isoformat()], "due_on, id")
    needs = ((merged_needs.going_on(workspace, row.plain("need") or 0), row) for row in rows)
    return [(need, _session(row, until)) for need, row in needs if workspace.row("need", need)]


def _dispute(row: Row, parties: list[Row], sessions: list[Row]) -> Dispute:
    one, other = (_("、").join(_names(parties, side)) for side in SIDES)
    sides = _("{one} 与 {other}").format(one=one, other=other) if one and other else one or other
    latest = max(sessions, key=lambda one: str(one.plain("held_at") or ""), default=None)
    words = _("调解 {count} 次").format(count=len(sessions)) if sessions else _("还没调解")
    outcome = display_value(latest, "outcome") if latest else ""
    return Dispute(
        row.id, display_value(row, "content"), kinds.short(str(row.plain("kind") or "")),
        display_value(row, "number"), sides, outcome or words,
        need_states.is_open(row.values),
    )  # fmt: skip


def _names(parties: list[Row], side: str) -> list[str]:
    return [display_value(one, "name") for one in parties if one.plain("side") == side]


def _party(row: Row) -> Party:
    field = ledger("party").by_name["phone"]
    told = (display_value(row, name) for name in ("address", "workplace"))
    phone = naming.masked(field, row.plain("phone"))
    return Party(row.id, display_value(row, "side"), display_value(row, "name"), phone, " · ".join(filter(None, told)))


def _session(row: Row, today: date) -> Session:
    due_on, back = str(row.plain("due_on") or ""), str(row.plain("called_back_on") or "")
    is_agreed = row.plain("outcome") == AGREED
    return Session(
        row.id, str(row.plain("held_at") or ""), display_value(row, "place"), display_value(row, "mediator"),
        display_value(row, "witness"), display_value(row, "content"), display_value(row, "outcome"), is_agreed,
        display_value(row, "agreement"), bool(row.plain("confirmed")), due_on, back,
        is_agreed and not back and bool(due_on) and due_on <= today.isoformat(),
    )  # fmt: skip


def _way(row: Row, sessions: tuple[Session, ...]) -> tuple[tuple[str, ...], int]:
    """The usual way of a dispute in words, and the place reached on it."""
    words = (_("已登记"), _("调解中"), _("达成协议"), _("已回访"), _("已办结"))
    agreed = [one for one in sessions if one.is_agreed]
    if not need_states.is_open(row.values):
        return words, len(words) - 1
    if agreed:
        return words, 3 if any(one.called_back_on for one in agreed) else 2
    return words, 1 if sessions else 0


def _by_need(workspace: Workspace, name: str) -> dict[Id, list[Row]]:
    found: dict[Id, list[Row]] = {}
    for row in queries.every(workspace.connection, name):
        need = row.plain("need")
        if isinstance(need, int):
            found.setdefault(need, []).append(row)
    return found


def parties_of(workspace: Workspace, need: Id) -> list[Row]:
    """Who stands in a dispute, 甲方 first."""
    return sorted(records_of(workspace, "party", need), key=lambda one: (one.plain("side") not in SIDES[:1], one.id))


def records_of(workspace: Workspace, name: str, need: Id) -> list[Row]:
    """Parties or sessions of a dispute and of those merged into it; of sessions the latest first."""
    order = "held_at desc, id desc" if name == "mediation" else "id"
    needs = merged_needs.meant(workspace, need)
    marks = ",".join("?" * len(needs))
    return queries.where(workspace.connection, name, f"need in ({marks})", needs, order)
