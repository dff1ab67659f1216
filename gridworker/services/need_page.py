"""One need as its page shows it, and what a person does there: take a step, move it on, close it, call back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain import codes, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states
from gridworker.domain.rules.need_states import CLOSED, IN_PROGRESS, LEFT_OUT, REGISTERED, REPORTED, WRITTEN_OFF
from gridworker.domain.text.address import format_address
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults, kinds, records, undoing
from gridworker.services.household_page import masked, undecided, worker_name
from gridworker.services.naming import address_of, display_value
from gridworker.services.telling import by_deed
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.deeds import Deed
from gridworker.store.door import Change
from gridworker.store.history import Said, history
from gridworker.store.rows import Row

REPLY_FIELDS: Final = ("reply", "assigned_to", "review", "review_note", "due_on")
"""What the township says, or what may be filled in for it in a workbook."""
_SHOWN_FACTS: Final = ("unit", "place")
_EVENT_FIELDS: Final = {"status", "result", "closed_on", "reply", "review", "assigned_to", "due_on", "called_back_on"}
_ASIDE: Final = {"review_note", "moved_reason", "result_note", "satisfaction", "grid", "number", "household", "visit"}


@dataclass(frozen=True, slots=True)
class Reply:
    """The township's word; `unconfirmed` when a workbook said it and no township store has seen it yet."""

    text: str
    assigned_to: str
    review: str
    review_note: str
    who: str
    at: str
    unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Materials:
    """Papers asked for and those there."""

    needed: tuple[str, ...]
    there: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Papers still to bring."""
        return tuple(one for one in self.needed if one not in self.there)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: ISO time, sort (registered, step, planned, moved, reply, called, changed), words, text."""

    at: str
    sort: str
    words: tuple[str, ...]
    body: str = ""
    who: str = ""
    step: Id | None = None


@dataclass(frozen=True, slots=True)
class NeedPage:
    """Everything the page shows of a need."""

    id: Id
    number: str
    kind: str
    kind_code: str
    content: str
    urgency: str
    confidential: bool
    status: str
    state: str
    household: Id | None
    who: str
    where: str
    phone: str
    registered_at: str
    source: str
    due_on: str
    overdue: bool
    path: tuple[str, ...]
    place: int
    facts: tuple[tuple[str, str], ...]
    materials: Materials | None
    reply: Reply | None
    events: tuple[Event, ...]
    moves: tuple[str, ...]
    undecided: int
    """Fields that two sides changed, waiting for a choice."""


def read(workspace: Workspace, need: Id) -> NeedPage:
    """The page of a need. Raises UserError for one that is not here."""
    row = _row(workspace, need)
    home = workspace.row("household", row.plain("household")) if isinstance(row.plain("household"), int) else None
    said = history(workspace.connection, need)
    path, place = path_of(row, workspace.today)
    return NeedPage(
        id=need,
        number=display_value(row, "number"),
        kind=kinds.label(str(row.plain("kind") or "")),
        kind_code=str(row.plain("kind") or ""),
        content=display_value(row, "content"),
        urgency=str(row.plain("urgency") or ""),
        confidential=bool(row.plain("confidential")),
        status=display_value(row, "status"),
        state=need_states.computed_state(row.values, workspace.today),
        household=home.id if home else None,
        who=display_value(row, "raised_by") or (display_value(home, "head") if home else ""),
        where=format_address(address_of(home)) if home else display_value(row, "place"),
        phone=masked(row, "phone"),
        registered_at=str(row.plain("registered_at") or ""),
        source=display_value(row, "source"),
        due_on=str(row.plain("due_on") or ""),
        overdue=need_states.is_overdue(row.values, workspace.today),
        path=path,
        place=place,
        facts=_facts(row),
        materials=_materials(row),
        reply=_reply(workspace, row, said),
        events=_events(workspace, row, said),
        moves=need_states.allowed_moves(row.plain("status"), workspace.store.role),
        undecided=undecided(workspace, need),
    )


def _row(workspace: Workspace, need: Id) -> Row:
    row = workspace.row("need", need)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这件诉求。"), _("请回到诉求列表重新选。"))
    return row


def path_of(row: Row, today: date) -> tuple[tuple[str, ...], int]:
    """The usual way in words, and the place reached on it; what was voided or merged has no way."""
    status = row.plain("status")
    if status in LEFT_OUT:
        return (), 0
    back = _("已回访") if row.plain("called_back_on") else _("待回访")
    words = (_("已登记"), _("办理中"), _("已上报"), _("已答复"), back, _("已销号"))
    places = {REGISTERED: 0, IN_PROGRESS: 1, REPORTED: 2, CLOSED: 4, WRITTEN_OFF: 5}
    place = places.get(str(status), 1)
    replied = place in {1, 2} and row.plain("reply") and row.plain("review") != "returned"
    return words, 3 if replied else place


def _facts(row: Row) -> tuple[tuple[str, str], ...]:
    """Label and value of what the kind adds, and who handles it, as far as known."""
    of = ledger("need")
    block = next((name for name, kind in of.blocks.items() if kind == row.plain("kind")), None)
    names = [one.name for one in of.fields if one.block == block and block and one.name != "materials"]
    return tuple(
        (_(of.by_name[name].label), text) for name in (*names, *_SHOWN_FACTS) if (text := display_value(row, name))
    )


def needed_materials(kind: str, given: Mapping[str, object]) -> tuple[str, ...]:
    """The papers a need asks for, by its matter, school stage and registration."""
    sources = {"N03": ("matter",), "N02": ("stage", "registration")}.get(kind, ())
    return tuple(
        dict.fromkeys(paper for name in sources for paper in codes.materials(name, str(given.get(name) or "")))
    )


def _materials(row: Row) -> Materials | None:
    needed = needed_materials(str(row.plain("kind") or ""), row.values)
    there = tuple(values.split_multi(row.plain("materials")))
    return Materials(needed, there) if needed else None


def _reply(workspace: Workspace, row: Row, said: list[Said]) -> Reply | None:
    if not any(row.plain(name) for name in REPLY_FIELDS if name != "due_on"):
        return None
    of = ledger("need")
    groups = {of.group_of(name) for name in REPLY_FIELDS}
    marks = queries.marks(workspace.connection, row.id)
    source = next((one for one in reversed(said) if one.counts and set(one.patch) & {"reply", "review"}), None)
    return Reply(
        display_value(row, "reply"), display_value(row, "assigned_to"), display_value(row, "review"),
        display_value(row, "review_note"),
        source.deed.author if source else "", source.deed.at if source else "",
        any(unconfirmed and group in groups for _record, group, _l, _c, _i, unconfirmed, _p in marks),
    )  # fmt: skip


def _events(workspace: Workspace, row: Row, said: list[Said]) -> tuple[Event, ...]:
    """Promised steps first, the next one on top, then what happened, newest first."""
    steps = lists.steps_of(workspace.connection, [row.id])
    planned = [_planned(workspace, one) for one in steps if not one.plain("done_on")]
    done = [_done(workspace, one) for one in steps if one.plain("done_on")]
    who = worker_name(workspace, row)
    first = Event(
        str(row.plain("registered_at") or ""), "registered", (_("登记"), display_value(row, "source")), "", who
    )
    log = [first, *done, *_moves_said(said)]
    return (*planned, *sorted(log, key=lambda one: (one.at[:10], one.sort != "registered", one.at), reverse=True))


def _planned(workspace: Workspace, row: Row) -> Event:
    words = (display_value(row, "mode"),)
    return Event(
        str(row.plain("due_on") or ""),
        "planned",
        words,
        display_value(row, "content"),
        worker_name(workspace, row),
        row.id,
    )


def _done(workspace: Workspace, row: Row) -> Event:
    words = (display_value(row, "mode") or _("办理"), display_value(row, "outcome"))
    return Event(
        str(row.plain("done_on")), "step", words, display_value(row, "content"), worker_name(workspace, row), row.id
    )


def _moves_said(said: list[Said]) -> Iterator[Event]:
    """What the history of the need itself tells, apart from its registration: one deed at a time."""
    now: dict[str, Value] = {}
    for place, (deed, patch) in enumerate(by_deed(ledger("need"), said)):
        if place:
            new = {name: value for name, value in patch.items() if value != now.get(name)}
            yield from _told(new, now, deed)
        now |= patch


def _told(new: Mapping[str, Value], before: Mapping[str, Value], deed: Deed) -> Iterator[Event]:
    of = ledger("need")
    at, who = deed.at, deed.author

    def text(name: str) -> str:
        return values.display(of.by_name[name], new.get(name))

    if any(new.get(name) for name in ("reply", "review", "assigned_to")):
        assigned = _("交办 {unit}").format(unit=text("assigned_to")) if new.get("assigned_to") else ""
        words = (_("乡镇答复") if new.get("reply") else _("乡镇审核"), text("review"), assigned)
        body = " ".join(part for part in (text("reply"), text("review_note")) if part)
        yield Event(at, "reply", tuple(word for word in words if word), body, who)
    if new.get("status"):
        old = values.display(of.by_name["status"], before.get("status"))
        moved_to = tuple(word for word in (text("status"), text("result")) if word)
        body = text("result_note") or text("moved_reason") or _("原为 {state}").format(state=old)
        yield Event(at, "moved", moved_to, body, who)
    if new.get("due_on") and before.get("due_on"):
        moved = _("{old} 改为 {new}").format(old=before["due_on"], new=text("due_on"))
        yield Event(at, "moved", (_("办理时限"), moved), text("moved_reason"), who)
    if new.get("called_back_on"):
        yield Event(at, "called", (_("回访"), text("satisfaction")), "", who)
    others = [name for name in new if name in of.by_name and name not in _EVENT_FIELDS | _ASIDE]
    if others:
        yield Event(at, "changed", (_("资料改动"),), "\n".join(_altered(of, name, before, new) for name in others), who)


def _altered(of: Ledger, name: str, before: Mapping[str, Value], new: Mapping[str, Value]) -> str:
    one = of.by_name[name]
    old, now = (values.display(one, some.get(name)) or _("空") for some in (before, new))
    return _("{label}：{old} → {new}").format(label=_(one.label), old=old, new=now)


def take_step(workspace: Workspace, need: Id, given: Mapping[str, object], planned: Id = 0) -> Done:
    """A step taken (`mode`, `content`, `outcome`, `done_on`), and the next one promised (`next_on`, `next`).

    `planned` names a promised step that this one fulfils. The first step taken moves a registered need on.
    """
    row = _row(workspace, need)
    of = ledger("followup")
    said = {name: value for name, value in given.items() if name in of.by_name}
    changes = []
    if said.get("content"):
        said.setdefault("done_on", workspace.today.isoformat())
        changes.append(_step_change(workspace, need, said, planned))
    if given.get("next_on"):
        following = {"due_on": given["next_on"], "content": given.get("next")}
        changes.append(_step_change(workspace, need, following))
    if not said.get("content"):
        raise UserError("required", _("写一句办理措施。"), _("没有保存。"))
    if given.get("next") and not given.get("next_on"):
        raise UserError("required", _("接着办要有日期，如 明天、1127。"), _("没有保存。"))
    if row.plain("status") == REGISTERED:
        changes.append(Change(ledger("need"), {"status": IN_PROGRESS, "result": None, "closed_on": None}, need))
    return undoing.write(workspace, "step", *changes)


def _step_change(workspace: Workspace, need: Id, given: Mapping[str, object], known: Id = 0) -> Change:
    of = ledger("followup")
    patch = records.understand(workspace, of, given, [], 1)
    return Change(of, patch if known else defaults.fill(workspace, of, {"need": need, **patch}), known)


def change(workspace: Workspace, need: Id, given: Mapping[str, object]) -> Done:
    """Change a need, by the rules of its moves. Raises UserError with what is missing."""
    row = _row(workspace, need)
    of = ledger("need")
    patch = defaults.complete_move(workspace, row, records.understand(workspace, of, given, [], 1))
    new = {**row.values, **patch}
    found = need_states.check_move(row.values, new, workspace.store.role)
    found += need_states.check_extension(row.values, new, workspace.store.role)
    if found:
        raise UserError(found[0].code, found[0].message, found[0].hint)
    return undoing.write(workspace, "set", Change(of, patch, need))


def call_back(workspace: Workspace, need: Id, satisfaction: str, note: str = "") -> Done:
    """The person was asked today; who is dissatisfied has the need taken up again."""
    patch: dict[str, object] = {"called_back_on": workspace.today.isoformat(), "satisfaction": satisfaction}
    if satisfaction == need_states.DISSATISFIED:
        patch |= need_states.reopened() | {"called_back_on": None}
    if note:
        patch["note"] = note
    return change(workspace, need, patch)
