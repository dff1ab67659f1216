"""The log of a need: promised steps, then what was done, moved, answered, newest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.need_states import ENDED
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import escalating, naming
from gridworker.services.escalating import Escalated
from gridworker.services.household_page import own, worker_name
from gridworker.services.naming import display_value
from gridworker.services.telling import by_deed
from gridworker.services.workspace import Workspace
from gridworker.store import lists
from gridworker.store.deeds import Deed
from gridworker.store.history import Said
from gridworker.store.rows import Row

_EVENT_FIELDS: Final = {"status", "result", "closed_on", "reply", "review", "assigned_to", "due_on", "called_back_on"}
_ASIDE: Final = {
    "review_note", "moved_reason", "result_note", "satisfaction", "merged_into", "grid", "number", "household", "visit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log: ISO time, sort (registered, step, planned, passed, moved, reply, called …), words, text."""

    at: str
    sort: str
    words: tuple[str, ...]
    body: str = ""
    who: str = ""
    step: Id | None = None
    own: Id | None = None
    """The step where the person here may correct it."""


def events(workspace: Workspace, row: Row, said: list[Said]) -> tuple[Event, ...]:
    """Promised steps first, the next one on top, then what happened, newest first."""
    steps = lists.steps_of(workspace.connection, [row.id])
    planned = [_planned(workspace, one) for one in steps if not one.plain("done_on")]
    done = [_done(workspace, one) for one in steps if one.plain("done_on")]
    who = worker_name(workspace, row)
    first = Event(
        str(row.plain("registered_at") or ""), "registered", (_("登记"), display_value(row, "source")), "", who
    )
    passed = [event for one in escalating.of_need(workspace, row.id) for event in _passed(one)]
    log = [first, *done, *passed, *_moves_said(workspace, said)][::-1]  # of one moment, the last said stands on top
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
        own(workspace, row),
    )


def _done(workspace: Workspace, row: Row) -> Event:
    words = (display_value(row, "mode") or _("办理"), display_value(row, "outcome"))
    at, body, who = str(row.plain("done_on")), display_value(row, "content"), worker_name(workspace, row)
    return Event(at, "step", words, body, who, row.id, own(workspace, row))


def _passed(one: Escalated) -> Iterator[Event]:
    """A step upwards, and what came back."""
    head = _("上报{level}").format(level=_(one.to_level))
    yield Event(one.sent_on, "passed", (head, one.receiver, one.paper_no), one.asked)
    if one.answer or one.outcome:
        words = (_("{level}答复").format(level=_(one.to_level)), _(one.outcome))
        yield Event(one.answered_on or one.sent_on, "reply", words, one.answer)


def _moves_said(workspace: Workspace, said: list[Said]) -> Iterator[Event]:
    """What the history of the need itself tells, apart from its registration: one deed at a time."""
    now: dict[str, Value] = {}
    for place, (deed, patch) in enumerate(by_deed(ledger("need"), said)):
        if place:
            new = {name: value for name, value in patch.items() if value != now.get(name)}
            yield from _told(workspace, new, now, deed)
        now |= patch


def reopenings(said: list[Said]) -> int:
    """How often a need was settled and then taken up again, by a dissatisfied person or the township."""
    patches = (patch for _deed, patch in by_deed(ledger("need"), said))
    states = [str(patch["status"]) for patch in patches if patch.get("status")]
    return sum(old in ENDED and new not in ENDED for old, new in pairwise(states))


def _told(workspace: Workspace, new: Mapping[str, Value], before: Mapping[str, Value], deed: Deed) -> Iterator[Event]:
    """The lines of one deed: the township's word, the move, the due date, the call-back, whatever else changed."""
    of = ledger("need")
    at, who = deed.at, deed.author
    told = _EVENT_FIELDS | _ASIDE
    if any(new.get(name) for name in ("reply", "review", "assigned_to")):
        assigned = _("交办 {unit}").format(unit=_text(new, "assigned_to")) if new.get("assigned_to") else ""
        words = (_("乡镇答复") if new.get("reply") else _("乡镇审核"), _text(new, "review"), assigned)
        body = " ".join(part for part in (_text(new, "reply"), _text(new, "review_note")) if part)
        yield Event(at, "reply", tuple(word for word in words if word), body, who)
    yield from _moved(workspace, new, before, deed)
    if new.get("due_on") and before.get("due_on"):
        moved = _("{old} 改为 {new}").format(old=before["due_on"], new=_text(new, "due_on"))
        yield Event(at, "moved", (_("办理时限"), moved), _text(new, "moved_reason"), who)
    if new.get("called_back_on") or new.get("satisfaction"):
        yield Event(at, "called", (_("回访"), _text(new, "satisfaction")), _added_note(new, before), who)
        told |= {"note"} if _added_note(new, before) else set()
    others = [name for name in new if of.field(name) and name not in told]
    if others:
        yield Event(at, "changed", (_("资料改动"),), "\n".join(_altered(of, name, before, new) for name in others), who)


def _moved(workspace: Workspace, new: Mapping[str, Value], before: Mapping[str, Value], deed: Deed) -> Iterator[Event]:
    """Another state, with its reason, the need it went into, or the state it had; a return that it answers."""
    answered = before.get("review") == "returned" and "review" in new and not new["review"]
    words = (
        _text(new, "status"),
        _text(new, "result") if new.get("status") else "",
        _("退回后再报") if answered else "",
    )
    target = new.get("merged_into")
    into = naming.title(workspace, ledger("need"), target) if isinstance(target, int) else ""
    body = _text(new, "result_note") or _text(new, "moved_reason") or into
    if new.get("status") or answered:
        former = _("原为 {state}").format(state=_text(before, "status")) if new.get("status") else ""
        yield Event(deed.at, "moved", tuple(word for word in words if word), body or former, deed.author)


def _added_note(new: Mapping[str, Value], before: Mapping[str, Value]) -> str:
    """What a call-back wrote below the note that was there; empty where the note was changed otherwise."""
    note, former = _text(new, "note"), _text(before, "note")
    return note.removeprefix(former).strip() if note.startswith(former) else ""


def _text(values: Mapping[str, Value], name: str) -> str:
    return naming.said(ledger("need").by_name[name], values.get(name))


def _altered(of: Ledger, name: str, before: Mapping[str, Value], new: Mapping[str, Value]) -> str:
    one = of.field(name)
    old, now = (naming.told(one, some.get(name)) if one else "" for some in (before, new))
    return _("{label}：{old} → {new}").format(label=naming.label_of(of, name), old=old, new=now)
