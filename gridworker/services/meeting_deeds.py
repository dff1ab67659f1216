"""What is done in a meeting, each deed saved at once: topics taken up, people signed in, said, voted, resolved."""

from collections.abc import Mapping
from typing import Final

from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import PUT_OFF
from gridworker.domain.values import join_multi, split_multi
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import defaults, editing, meetings, proposals, undoing
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store.door import Change
from gridworker.store.rows import Row

MODES: Final = ("举手", "投票", "线上")
_OTHER: Final = "N99"
_KEPT: Final = ("grid", "title", "content", "raised_by", "raised_on", "household", "visit", "need", "due_on")
"""Fields of a topic that was put off and comes up again."""


def begin(workspace: Workspace, meeting: Id) -> Done | None:
    """A meeting that somebody writes down is going on; one that is over stays over."""
    row = meetings.meeting_row(workspace, meeting)
    if row.plain("state") in {meetings.HELD, "进行中"}:
        return None
    patch: dict[str, Value] = {"state": "进行中"}
    if not row.plain("held_at"):
        patch["held_at"] = workspace.now.isoformat(timespec="minutes")
    return undoing.write(workspace, "set", Change(ledger("meeting"), patch, meeting))


def finish(workspace: Workspace, meeting: Id) -> Done:
    """The meeting is over."""
    return undoing.write(workspace, "set", Change(ledger("meeting"), {"state": meetings.HELD}, meeting))


def take_up(workspace: Workspace, meeting: Id, topic: Id) -> Done:
    """Put a waiting topic on the agenda; one that was put off comes up again beside what was said then."""
    row = proposals.topic_row(workspace, topic)
    patch: dict[str, Value] = {"meeting": meeting, "place": _next_place(workspace, meeting), "state": "列入议程"}
    if row.plain("decision") != PUT_OFF:
        return undoing.write(workspace, "set", Change(ledger("topic"), patch, topic))
    again: dict[str, Value] = {name: row.values.get(name) for name in _KEPT}
    return undoing.write(workspace, "add", Change(ledger("topic"), {**again, **patch, "continues": topic}))


def raise_topic(workspace: Workspace, meeting: Id, title: str, raised_by: str = "") -> Done:
    """A topic that comes up in the meeting itself."""
    if not title.strip():
        raise UserError("no_title", _("写一句议题"), _("没有保存。"), "title")
    row = meetings.meeting_row(workspace, meeting)
    given: dict[str, Value] = {
        "grid": row.plain("grid"), "title": title.strip(), "raised_by": raised_by.strip() or None,
        "meeting": meeting, "place": _next_place(workspace, meeting),
    }  # fmt: skip
    return undoing.write(workspace, "add", Change(ledger("topic"), defaults.fill(workspace, ledger("topic"), given)))


def sign_in(workspace: Workspace, id: Id, name: str, of: str = "meeting", role: str = meetings.TOOK_PART) -> Done:
    """Somebody is there, at a meeting or an activity; a resident known by that name alone brings home and age too."""
    row, name = meetings.gathering(workspace, of, id), name.strip()
    here = meetings.signed_in(workspace, row)
    if not name or any(one.plain("name") == name for one in here):
        words = _("{name}已经签到").format(name=name) if name else _("写一个名字")
        raise UserError("signed_in", words, _("同名的请在名字后加门牌。"), "name")
    resident = meetings.resident_named(workspace, name)
    raised = of == "meeting" and any(one.raised_by == name for one in meetings.agenda(workspace, row))
    roles = join_multi(ledger("participant").by_name["role"], [meetings.TOOK_PART, role, *["发起"][: int(raised)]])
    patch: dict[str, Value] = {"grid": row.plain("grid"), of: id, "name": name, "role": roles}
    patch |= {"age_group": meetings.group_of(workspace, resident)}
    if resident:
        patch |= {"resident": resident.id, "household": resident.plain("household")}
    return undoing.write(
        workspace, "add", Change(ledger("participant"), patch), *_present(row, len(here), len(here) + 1)
    )


def sign_out(workspace: Workspace, id: Id, person: Id, of: str = "meeting") -> Done:
    """Somebody was signed in by mistake."""
    row = meetings.gathering(workspace, of, id)
    count = len(meetings.signed_in(workspace, row))
    return undoing.write(
        workspace, "delete", Change(ledger("participant"), {DELETED: True}, person), *_present(row, count, count - 1)
    )


def count_present(workspace: Workspace, meeting: Id, present: int) -> Done:
    """How many are there, signed in or not. Raises UserError for more than were invited."""
    return _save(workspace, "meeting", meeting, {"present": present})


def say(workspace: Workspace, topic: Id, line: str) -> Done:
    """A line of the minutes: who says what, at this minute; who signed in by that name has spoken."""
    row = proposals.topic_row(workspace, topic)
    said = f"{workspace.now:%H:%M} {' '.join(line.split())}"
    minutes = "\n".join(filter(None, (str(row.plain("minutes") or ""), said)))
    speaker = line.replace(":", "：").partition("：")[0].strip()
    spoken = [one for one in _here(workspace, row) if one.plain("name") == speaker]
    return undoing.write(
        workspace, "set", Change(ledger("topic"), {"minutes": minutes}, topic), *_with_role(spoken, "发言")
    )


def vote(workspace: Workspace, topic: Id, mode: str, votes: Mapping[str, int | None], decision: str) -> Done:
    """What was voted and so decided. Raises UserError while the votes are not those present, each of whom has voted."""
    state = "收集" if decision == PUT_OFF else "已表决"
    saved = _save(workspace, "topic", topic, {**votes, "vote_mode": mode, "decision": decision, "state": state})
    is_counted = any(isinstance(one, int) for one in votes.values())
    voted = _with_role(_here(workspace, proposals.topic_row(workspace, topic)), "表决") if is_counted else []
    return undoing.together(saved, undoing.write(workspace, "set", *voted)) if voted else saved


def resolve(workspace: Workspace, topic: Id, text: str) -> Done:
    """The words of the resolution."""
    return _save(workspace, "topic", topic, {"resolution": text.strip()})


def give(workspace: Workspace, topic: Id, content: str, responsible: str, due_on: str) -> Done:
    """A task: a need of the core ledger bound to the topic, with a step that 今日 reminds of."""
    row = proposals.topic_row(workspace, topic)
    for text, words in ((content, _("写一句任务")), (due_on, _("写上完成日期，如 12-05"))):
        if not text.strip():
            raise UserError("task_unfit", words, _("没有保存。"))
    if due_on < workspace.today.isoformat():
        raise UserError("task_unfit", _("完成日期早于今天，请改晚一些"), _("没有保存。"))
    need, name = random_id(), responsible.strip()
    step: dict[str, Value] = {
        "need": need,
        "due_on": due_on,
        "content": _("：").join(filter(None, (name, content.strip()))),
    }
    steps = [Change(ledger("need"), _task(workspace, row, content.strip(), name, due_on), need)]
    steps.append(Change(ledger("followup"), defaults.fill(workspace, ledger("followup"), step), random_id()))
    if row.plain("state") != "实施中":
        steps.append(Change(ledger("topic"), {"state": "实施中"}, topic))
    return undoing.write(workspace, "need", *steps)


def _task(workspace: Workspace, topic: Row, content: str, responsible: str, due_on: str) -> dict[str, Value]:
    """What a task is as a need: of the kind and household of who raised the topic."""
    heard = topic.plain("need")
    known = workspace.row("need", heard) if isinstance(heard, int) else None
    home = topic.plain("household")
    given: dict[str, Value] = {
        "grid": topic.plain("grid"), "source": "议事会", "content": content, "topic": topic.id, "due_on": due_on,
        "kind": known.plain("kind") if known else _OTHER, "raised_by": topic.plain("raised_by"),
        "responsible": responsible or None, "household": home if isinstance(home, int) else None,
    }  # fmt: skip
    given = {name: value for name, value in given.items() if value is not None}
    return defaults.fill(workspace, ledger("need"), given)


def _here(workspace: Workspace, topic: Row) -> list[Row]:
    """Who signed in to the meeting of a topic."""
    meeting = topic.plain("meeting")
    return meetings.signed_in(workspace, meetings.meeting_row(workspace, meeting)) if isinstance(meeting, int) else []


def _with_role(people: list[Row], role: str) -> list[Change]:
    """What they did besides what is known of them."""
    of = ledger("participant")
    roles = {one.id: split_multi(one.plain("role")) for one in people}
    return [
        Change(of, {"role": join_multi(of.by_name["role"], [*known, role])}, id)
        for id, known in roles.items() if role not in known
    ]  # fmt: skip


def _save(workspace: Workspace, name: str, id: Id, given: Mapping[str, object]) -> Done:
    found = editing.save(workspace, name, id, given)
    if isinstance(found, Done):
        return found
    field, sentence = next(iter(found.items()))
    raise UserError("cannot_save", sentence, _("没有保存。"), field)


def _present(meeting: Row, before: int, after: int) -> list[Change]:
    """The number present at a meeting goes with the names, unless somebody counted more people than signed in."""
    if meeting.ledger != "meeting":
        return []
    present = meeting.plain("present")
    if isinstance(present, int) and present != before and present >= after:
        return []
    return [Change(ledger("meeting"), {"present": after, "invited": meeting.values.get("invited")}, meeting.id)]


def _next_place(workspace: Workspace, meeting: Id) -> int:
    return len(meetings.agenda(workspace, meetings.meeting_row(workspace, meeting))) + 1
