"""议事会 as it is held: agenda, who is there, minutes, votes, resolutions and tasks, and what the last one left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import community
from gridworker.domain.values import split_multi
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import named_refs, proposals
from gridworker.services.naming import display_value
from gridworker.services.proposals import Task
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

VOTES: Final = ("in_favour", "against", "abstained")
HELD: Final = "已召开"
TOOK_PART: Final = "参加"
_EXPECTED: Final = 60
"""Names offered for signing in."""


@dataclass(frozen=True, slots=True)
class Item:
    """A topic on the agenda with what was said, voted, decided and given to do."""

    id: Id
    title: str
    raised_by: str
    source: str
    minutes: tuple[str, ...]
    vote_mode: str
    votes: tuple[int | None, ...]
    decision: str
    resolution: str
    tasks: tuple[Task, ...]
    unbalanced: str
    """What to say when the votes are not those present; empty otherwise."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is there, or may be expected: `about` says why."""

    name: str
    about: str = ""
    id: Id = 0
    """Of who signed in."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Everything the page shows of a meeting."""

    id: Id
    name: str
    held_at: str
    place: str
    host: str
    recorder: str
    state: str
    invited: int | None
    present: int | None
    people: tuple[Person, ...]
    ages: tuple[tuple[str, int], ...]
    agenda: tuple[Item, ...]
    left: tuple[Task, ...]
    """What the last meeting gave somebody to do."""
    public_from: str
    public_until: str


def read(workspace: Workspace, meeting: Id) -> Meeting:
    """The page of a meeting. Raises UserError for one that is not here."""
    row = meeting_row(workspace, meeting)
    people = signed_in(workspace, row)
    names = persons(people)
    told = partial(display_value, row)
    return Meeting(
        row.id, told("name"), str(row.plain("held_at") or ""), told("place"), told("host"), told("recorder"),
        str(row.plain("state") or ""), _number(row, "invited"), _number(row, "present"), names, ages(people),
        agenda(workspace, row), _left(workspace, row),
        str(row.plain("public_from") or ""), str(row.plain("public_until") or ""),
    )  # fmt: skip


def latest(workspace: Workspace) -> Id:
    """The meeting held last, or the one to come; 0 for none."""
    rows = queries.every(workspace.connection, "meeting", "held_at is null, held_at desc, id desc", ("name",))
    return rows[0].id if rows else 0


def meeting_row(workspace: Workspace, meeting: Id) -> Row:
    """The meeting. Raises UserError for one that is not here."""
    return gathering(workspace, "meeting", meeting)


def gathering(workspace: Workspace, of: str, id: Id) -> Row:
    """A meeting or an activity. Raises UserError for one that is not here."""
    row = workspace.row(of, id)
    if row is None or row.deleted:
        told = _("找不到这次会议。") if of == "meeting" else _("找不到这次活动。")
        raise UserError("unknown_record", told, _("请回到列表重新选。"))
    return row


def agenda(workspace: Workspace, meeting: Row) -> tuple[Item, ...]:
    """The topics of a meeting in the order of its agenda."""
    rows = _of(workspace, "topic", meeting, "place is null, place, id")
    tasks = proposals.tasks_of(workspace, [one.id for one in rows])
    return tuple(_item(workspace, one, tasks[one.id], _number(meeting, "present")) for one in rows)


def signed_in(workspace: Workspace, gathering: Row) -> list[Row]:
    """Who signed in, by name."""
    return _of(workspace, "participant", gathering, "name, id")


def persons(people: Iterable[Row]) -> tuple[Person, ...]:
    """Who signed in, with what they did besides being there."""
    return tuple(Person(display_value(one, "name"), _besides(one), one.id) for one in people)


def _besides(person: Row) -> str:
    return _("、").join(_(role) for role in split_multi(person.plain("role")) if role != TOOK_PART)


def ages(people: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """How many of each group are there, as far as their age is known."""
    groups = [one.plain("age_group") for one in people]
    return tuple((_(name), groups.count(name)) for name in community.AGE_GROUPS if name in groups)


def expected(workspace: Workspace, id: Id, typed: str, of: str = "meeting") -> list[Person]:
    """Who may come and has not signed in: who raised a topic, captains, who was there before; typed words narrow."""
    row = gathering(workspace, of, id)
    found: dict[str, str] = {}
    for one in _of(workspace, "topic", row, "id") if of == "meeting" else ():
        found.setdefault(display_value(one, "raised_by"), _("提出人"))
    for one in queries.where(workspace.connection, "captain", "name is not null", (), "estate, building, id"):
        if not one.plain("until_on") or str(one.plain("until_on")) >= workspace.today.isoformat():
            found.setdefault(
                display_value(one, "name"), _("{building}栋楼长").format(building=one.plain("building") or "")
            )
    for one in queries.where(workspace.connection, "participant", f"{of} is not null", (), "id desc"):
        found.setdefault(display_value(one, "name"), _("来过"))
    here = {display_value(one, "name") for one in signed_in(workspace, row)}
    some = [Person(name, about) for name, about in found.items() if name and name not in here and typed in name]
    return some[:_EXPECTED]


def resident_named(workspace: Workspace, name: str) -> Row | None:
    """The one resident of a name; None where nobody or several are called so."""
    rows = queries.where(workspace.connection, "resident", "name = ?", [name])
    return rows[0] if len(rows) == 1 else None


def group_of(workspace: Workspace, resident: Row | None) -> str | None:
    """The age group of a resident whose birth is known."""
    birth = str(resident.plain("birth") or "") if resident else ""
    return community.age_group(date.fromisoformat(birth), workspace.today) if len(birth) == len("2026-11-25") else None


def _of(workspace: Workspace, name: str, gathering: Row, order: str) -> list[Row]:
    """Records of a meeting or an activity, which others' sheets mean by its name."""
    meant = [gathering.id, gathering.plain(named_refs.name_field(ledger(gathering.ledger))) or ""]
    return queries.where(workspace.connection, name, f"{gathering.ledger} in (?, ?)", meant, order)


def _item(workspace: Workspace, row: Row, tasks: tuple[Task, ...], present: int | None) -> Item:
    votes = tuple(_number(row, name) for name in VOTES)
    told = {name: str(row.plain(name) or "") for name in ("title", "raised_by", "vote_mode", "decision", "resolution")}
    minutes = tuple(line for line in display_value(row, "minutes").splitlines() if line.strip())
    unbalanced = community.unbalanced_votes(row.values, present)
    return Item(
        id=row.id, source=proposals.source(workspace, row), minutes=minutes, votes=votes, tasks=tasks,
        unbalanced=unbalanced, **told,
    )  # fmt: skip


def _number(row: Row, name: str) -> int | None:
    value = row.plain(name)
    return value if isinstance(value, int) else None


def _left(workspace: Workspace, meeting: Row) -> tuple[Task, ...]:
    """The tasks of the latest meeting before this one that gave any."""
    where = "grid is ? and held_at < ?"
    values = [meeting.plain("grid"), meeting.plain("held_at") or "~"]
    for row in queries.where(workspace.connection, "meeting", where, values, "held_at desc, id desc"):
        topics = [one.id for one in _of(workspace, "topic", row, "place, id")]
        tasks = [task for some in proposals.tasks_of(workspace, topics).values() for task in some]
        if tasks and row.id != meeting.id:
            return tuple(tasks)
    return ()
