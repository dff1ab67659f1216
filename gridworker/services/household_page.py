"""One household as its page shows it: who lives there, what is open, what happened; numbers masked until asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gridworker.domain import ids, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states, residence, visit_rhythm
from gridworker.domain.text.address import format_address
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, asking, kinds, naming, own_fields, proposals
from gridworker.services.asking import ToAsk
from gridworker.services.naming import address_of, display_value
from gridworker.services.proposals import Raised
from gridworker.services.showing import age
from gridworker.services.telling import by_deed
from gridworker.services.workspace import Workspace
from gridworker.store import derive, lists, queries, waiting
from gridworker.store.history import history
from gridworker.store.rows import Row

VISIT: Final = "visit"
NEED: Final = "need"
CLOSED: Final = "closed"
STEP: Final = "step"
CHANGE: Final = "change"
_OWNED: Final = ("household", "resident")


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the household; the phone is masked. `left` says that he moved out or died."""

    id: Id
    name: str
    relation: str
    age: int | None
    tags: str
    phone: str
    left: str = ""


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that is not settled."""

    id: Id
    kind: str
    content: str
    number: str
    state: str
    due_on: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: ISO time, sort (VISIT …), code for its looks, words, text, who, which need."""

    at: str
    sort: str
    code: str
    words: tuple[str, ...]
    body: str = ""
    who: str = ""
    need: Id | None = None
    own: Id | None = None
    """The visit or step itself where the person here may correct it."""


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """Everything the page shows of a household."""

    id: Id
    head: str
    address: str
    short_address: str
    level: str
    cycle_days: int
    tags: tuple[str, ...]
    housing: str
    phone: str
    note: str
    own: tuple[tuple[str, str], ...]
    """Heading and words of the fields that people added."""
    undecided: int
    """Fields that wait for a person's choice."""
    parts: int
    """Records that were joined to this one household, itself included."""
    members: tuple[Member, ...]
    """Those who left come last."""
    needs: tuple[OpenNeed, ...]
    events: tuple[Event, ...]
    asks: tuple[ToAsk, ...] = ()
    """What forms lacked, to be asked at the next visit."""
    proposals: tuple[Raised, ...] = ()
    """What they proposed, to be told what became of it."""


def read(workspace: Workspace, household: Id) -> HouseholdPage:
    """The page of a household, by what it is called since it was joined. Raises UserError for one that is not here."""
    household = derive.name_of(workspace.connection, household)
    row = workspace.row("household", household)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这一户。"), _("请回到住户列表重新选。"))
    residents = queries.of_household(workspace.connection, "resident", household)
    needs = queries.of_household(workspace.connection, "need", household, "due_on, id")
    level = row.plain("care_level") or visit_rhythm.ORDINARY
    return HouseholdPage(
        id=household,
        head=display_value(row, "head"),
        address=format_address(address_of(row)),
        short_address=format_address(address_of(row), short=True),
        level=level,
        cycle_days=visit_rhythm.cycle_days(level, row.plain("housing")),
        tags=tuple(naming.word("household_tags", code) for code in values.split_multi(row.plain("tags"))),
        housing=display_value(row, "housing"),
        phone=masked(row, "phone"),
        note=display_value(row, "note"),
        own=own_fields.facts(row),
        undecided=undecided(workspace, household),
        parts=len(derive.members_of(workspace.connection, household)),
        members=_members(workspace, residents),
        needs=tuple(open_need(workspace, one) for one in needs if need_states.is_open(one.values)),
        events=_events(workspace, row, residents, needs),
        asks=asking.of_household(workspace, row, [one for one in residents if not residence.has_left(one.values)]),
        proposals=proposals.of_household(workspace, household),
    )


def undecided(workspace: Workspace, record: Id) -> int:
    """How many fields of a record wait for a person's choice."""
    return len(waiting.waiting(workspace.connection, record))


def masked(row: Row, name: str) -> str:
    """A personal value as it stands on a page before somebody asks for it in full."""
    return naming.masked(ledger(row.ledger).by_name[name], row.values.get(name))


def reveal(workspace: Workspace, ledger_name: str, id: Id, name: str) -> str:
    """A value in full; looking is logged."""
    row = workspace.row(ledger_name, id)
    note_reveal(workspace, ledger_name, id, name)
    return display_value(row, name) if row else ""


def note_reveal(workspace: Workspace, ledger_name: str, id: Id, name: str) -> None:
    """Log that somebody looked at a masked value in full."""
    access.note(workspace, "reveal", f"{ledger_name}/{ids.to_text(id)}/{name}")


def _members(workspace: Workspace, residents: list[Row]) -> tuple[Member, ...]:
    return tuple(sorted((_member(workspace, one) for one in residents), key=lambda one: bool(one.left)))


def _member(workspace: Workspace, row: Row) -> Member:
    return Member(
        row.id,
        display_value(row, "name"),
        display_value(row, "relation"),
        age(row.plain("birth"), workspace.today),
        display_value(row, "care_tags"),
        masked(row, "phone"),
        display_value(row, "residence") if residence.has_left(row.values) else "",
    )


def open_need(workspace: Workspace, row: Row) -> OpenNeed:
    """A need as a line among others."""
    return OpenNeed(
        row.id,
        kinds.label(str(row.plain("kind") or "")),
        display_value(row, "content"),
        display_value(row, "number"),
        need_states.computed_state(row.values, workspace.today),
        str(row.plain("due_on") or ""),
    )


def _events(workspace: Workspace, home: Row, residents: list[Row], needs: list[Row]) -> tuple[Event, ...]:
    """Newest first."""
    found = [event_of_visit(workspace, row) for row in queries.of_household(workspace.connection, "visit", home.id)]
    for need in needs:
        found += events_of_need(workspace, need)
    by_need = {need.id: need for need in needs}
    steps = lists.steps_of(workspace.connection, list(by_need))
    found += [_step(workspace, row, by_need[row.plain("need")]) for row in steps if row.plain("done_on")]
    for row in (home, *residents):
        found += changes_of(workspace, row)
    return tuple(sorted(found, key=lambda one: (one.at[:10], one.sort != CHANGE, one.at), reverse=True))


def event_of_visit(workspace: Workspace, row: Row) -> Event:
    """A visit as a timeline tells it."""
    words = (display_value(row, "mode"), display_value(row, "outcome"))
    code = str(row.plain("outcome") if row.plain("mode") == "home" else row.plain("mode"))
    topics = display_value(row, "publicity")
    body = display_value(row, "content") or (topics and _("宣传：{topics}").format(topics=topics))
    at, who = str(row.plain("visited_at")), worker_name(workspace, row)
    return Event(at, VISIT, code, words, body, who, own=own(workspace, row))


def events_of_need(workspace: Workspace, row: Row) -> Iterator[Event]:
    """A need registered and settled."""
    kind, content, who = (
        kinds.label(str(row.plain("kind") or "")),
        display_value(row, "content"),
        worker_name(workspace, row),
    )
    yield Event(str(row.plain("registered_at") or ""), NEED, "", (_("登记诉求"), kind), content, who, row.id)
    if row.plain("closed_on"):
        words = (_("诉求办结"), display_value(row, "result"))
        body = display_value(row, "result_note") or content
        yield Event(str(row.plain("closed_on")), CLOSED, "", words, body, "", row.id)


def _step(workspace: Workspace, row: Row, need: Row) -> Event:
    words = (display_value(row, "mode") or _("办理"), display_value(row, "outcome"))
    body = display_value(row, "content") or display_value(need, "content")
    at, who = str(row.plain("done_on")), worker_name(workspace, row)
    return Event(at, STEP, "", words, body, who, need.id, own(workspace, row))


def own(workspace: Workspace, row: Row) -> Id | None:
    """The record if it is the work of the person here, who may correct it."""
    return row.id if workspace.worker is not None and row.plain("worker") == workspace.worker else None


def worker_name(workspace: Workspace, row: Row) -> str:
    """Who did it: the worker a record names."""
    value = row.plain("worker")
    return naming.title(workspace, ledger("worker"), value) if isinstance(value, int) else str(value or "")


def changes_of(workspace: Workspace, row: Row) -> Iterator[Event]:
    """What was altered after the record was made: old → new of each field, numbers masked."""
    now: dict[str, Value] = {}
    for place, (deed, patch) in enumerate(by_deed(ledger(row.ledger), history(workspace.connection, row.id))):
        if place and (body := _altered(workspace, row, now, patch)):
            whom = display_value(row, "name") if row.ledger == "resident" else ""
            yield Event(deed.at, CHANGE, row.ledger, (_("资料改动"), whom), body, deed.author)
        now |= patch


def _altered(workspace: Workspace, row: Row, before: Mapping[str, Value], patch: Mapping[str, Value]) -> str:
    of = ledger(row.ledger)
    parts = []
    for name, value in patch.items():
        one = of.field(name)
        if one is None or value == before.get(name):
            continue
        old, new = (_place(workspace, one, some) for some in (before.get(name), value))
        if old == new:  # two records that were joined meanwhile
            continue
        parts.append(_("{label}：{old} → {new}").format(label=_(one.label), old=old, new=new))
    return "\n".join(parts)


def _place(workspace: Workspace, one: Field, value: Value) -> str:
    """A value in words; a reference by the title of what it means now."""
    if one.kind is not Kind.REF or not isinstance(value, int):
        return naming.told(one, value)
    return naming.title(workspace, ledger(one.of), derive.name_of(workspace.connection, value))
