"""One need as its page shows it, and what a person does there: take a step, move it on, close it, call back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain import codes, values
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import escalation, need_states
from gridworker.domain.rules.escalation import Standing
from gridworker.domain.rules.need_states import CLOSED, IN_PROGRESS, LEFT_OUT, REGISTERED, REPORTED, WRITTEN_OFF
from gridworker.domain.text.address import format_address
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults, escalating, kinds, need_community, need_log, own_fields, records, undoing
from gridworker.services.household_page import masked, undecided
from gridworker.services.naming import address_of, display_value, title_of_row
from gridworker.services.need_community import Around
from gridworker.services.need_log import Event
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.history import Said, history
from gridworker.store.rows import Row

REPLY_FIELDS: Final = ("reply", "assigned_to", "review", "review_note", "due_on")
"""What the township says, or what may be filled in for it in a workbook."""
_SHOWN_FACTS: Final = ("unit", "place")


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
    reopened: int
    """How often it was settled and taken up again."""
    undecided: int
    """Fields that two sides changed, waiting for a choice."""
    around: Around
    standing: Standing
    """At which level it is, and since when."""
    upwards: tuple[str, ...]
    """The levels the person here may pass it on to."""


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
        status=str(row.plain("status") or ""),
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
        facts=_facts(row) + _merged_into(workspace, row),
        materials=_materials(row),
        reply=_reply(workspace, row, said),
        events=need_log.events(workspace, row, said),
        moves=need_states.allowed_moves(row.plain("status"), workspace.store.role),
        reopened=need_log.reopenings(said),
        undecided=undecided(workspace, need),
        around=need_community.around(workspace, row),
        standing=(standing := escalating.standing_of(workspace, row)),
        upwards=escalation.above(standing.level, workspace.store.role),
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
    block = of.block_of(row.plain("kind"))
    names = [one.name for one in of.fields if one.block == block and block and one.name != "materials"]
    shown = ((name, display_value(row, name)) for name in (*names, *_SHOWN_FACTS))
    return (*((_(of.by_name[name].label), text) for name, text in shown if text), *own_fields.facts(row))


def _merged_into(workspace: Workspace, row: Row) -> tuple[tuple[str, str], ...]:
    """The need that a merged one went into."""
    other = workspace.row("need", row.plain("merged_into")) if row.plain("merged_into") else None
    return ((_("并入诉求"), title_of_row(other)),) if other else ()


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


def take_step(workspace: Workspace, need: Id, given: Mapping[str, object], planned: Id = 0) -> Done:
    """A step taken (`mode`, `content`, `outcome`, `done_on`), and the next one promised (`next_on`, `next`).

    `planned` names a promised step that this one fulfils. The first step taken moves a registered need on, and a
    returned one back to work.
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
        raise UserError("required", _("写一句办理措施。"), _("没有保存。"), "content")
    if given.get("next") and not given.get("next_on"):
        raise UserError("required", _("接着办要有日期，如 明天、1127。"), _("没有保存。"), "next_on")
    returned = need_states.computed_state(row.values, workspace.today) == need_states.RETURNED
    if returned or row.plain("status") == REGISTERED:
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
        raise UserError(found[0].code, found[0].message, found[0].hint, found[0].field)
    return undoing.write(workspace, "set", Change(of, patch, need))


def put_off(workspace: Workspace, need: Id, given: Mapping[str, object]) -> Done:
    """Give a need a later due date (延期) with its reason. Raises UserError with what is missing, at its field."""
    before = str(_row(workspace, need).plain("due_on") or "")
    due_on = str(given.get("due_on") or "")
    unsaved = _("没有保存。")
    if due_on <= before:
        raise UserError("not_later", _("新时限要晚于原来的 {day}。").format(day=before), unsaved, "due_on")
    if due_on < workspace.today.isoformat():
        raise UserError("not_later", _("新时限已经过了，请改成今天或以后。"), unsaved, "due_on")
    if not given.get("moved_reason"):
        raise UserError("reason_missing", _("延期要写明理由。"), unsaved, "moved_reason")
    return change(workspace, need, given)


def call_back(workspace: Workspace, need: Id, satisfaction: str, note: str = "") -> Done:
    """The person was asked today; who is dissatisfied has the need taken up again."""
    patch: dict[str, object] = {"called_back_on": workspace.today.isoformat(), "satisfaction": satisfaction}
    if satisfaction == need_states.DISSATISFIED:
        patch |= need_states.reopened() | {"called_back_on": None}
    if note:
        before = display_value(_row(workspace, need), "note")
        patch["note"] = "\n".join(filter(None, (before, note)))
    return change(workspace, need, patch)
