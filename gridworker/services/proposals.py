"""Residents' proposals with a visible answer: from who raised one to topic, resolution, done, and back to who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states
from gridworker.domain.rules.community import NOT_PASSED, PASSED, PUT_OFF
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import merged_needs, naming, undoing
from gridworker.services.naming import display_value
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

_LONGEST: Final = 40
"""Characters of a need that name the topic made of it."""
_GOES_ON: Final = "select continues from topic where continues is not null and coalesce(_deleted, 0) = 0"
"""Topics that were put off and came up again: the later one counts."""
_WAITING: Final = (
    "answered_on is null and coalesce(state, '') <> '不予采纳' and (meeting is null or decision = '暂缓')"
    f" and id not in ({_GOES_ON})"
)
_OWED: Final = (
    f"answered_on is null and raised_by is not null and due_on is not null and due_on <= ? and id not in ({_GOES_ON})"
)


@dataclass(frozen=True, slots=True)
class Task:
    """What a meeting gave somebody to do: a need of the ledger, bound to its topic."""

    need: Id
    content: str
    responsible: str
    due_on: str
    state: str
    is_open: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A topic no meeting has settled: who raised it, where it came from, how long ago."""

    id: Id
    title: str
    raised_by: str
    source: str
    raised_on: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A proposal as those who raised it see it: what became of it so far, by when they are to hear."""

    id: Id
    title: str
    raised_by: str
    step: str
    due_on: str
    answer: str
    answered_on: str


@dataclass(frozen=True, slots=True)
class Way:
    """How far a proposal has come: the steps in words, the place reached, by when it must be answered."""

    words: tuple[str, ...]
    place: int
    due_on: str
    answered_on: str
    late: bool
    tasks: tuple[Task, ...]


def waiting(workspace: Workspace) -> list[Waiting]:
    """Topics for the next meeting, the oldest first; what a meeting put off waits again."""
    rows = queries.where(workspace.connection, "topic", _WAITING, (), "raised_on is null, raised_on, id")
    return [
        Waiting(row.id, display_value(row, "title"), display_value(row, "raised_by"), source(workspace, row),
                str(row.plain("raised_on") or ""))
        for row in rows
    ]  # fmt: skip


def source(workspace: Workspace, row: Row) -> str:
    """Where a topic came from: a need, a visit, a household, the meeting before, else a proposal of residents."""
    if row.plain("continues"):
        return _("上次会议留下")
    need = row.plain("need")
    known = workspace.row("need", need) if isinstance(need, int) else None
    if known:
        return _("诉求 {number}").format(number=display_value(known, "number").rsplit("-", 1)[-1])
    home = row.plain("household")
    where = naming.title(workspace, ledger("household"), home) if isinstance(home, int) else ""
    if row.plain("visit"):
        return _("走访 {place}").format(place=where) if where else _("走访")
    return where or _("居民提议")


def of_household(workspace: Workspace, household: Id) -> tuple[Raised, ...]:
    """What a household has proposed, the latest first."""
    where = f"household = ? and id not in ({_GOES_ON})"
    rows = queries.where(workspace.connection, "topic", where, [household], "raised_on desc, id")
    return _raised(workspace, rows)


def owed(workspace: Workspace, until: date) -> tuple[Raised, ...]:
    """Proposals whose limit comes by then and whose answer nobody gave, the most urgent first."""
    rows = queries.where(workspace.connection, "topic", _OWED, [until.isoformat()], "due_on, id")
    return _raised(workspace, rows)


def raised_at(workspace: Workspace, household: Id) -> dict[str, Value]:
    """What a topic that a household raises starts from; a visit of today is where it was raised."""
    row = workspace.row("household", household)
    if row is None:
        return {}
    given: dict[str, Value] = {"household": to_text(household), "raised_by": row.plain("head")}
    visits = queries.of_household(workspace.connection, "visit", household, "visited_at desc, id desc")
    if visits and str(visits[0].plain("visited_at") or "")[:10] == workspace.today.isoformat():
        given["visit"] = to_text(visits[0].id)
    return given


def raised_from(workspace: Workspace, need: Id) -> dict[str, Value]:
    """What a topic made of a need starts from; one to be kept secret names nobody and is not referred to."""
    row = workspace.row("need", need)
    if row is None or row.plain("confidential"):
        return {}
    content = display_value(row, "content")
    refs = {name: to_text(id) for name in ("household", "visit") if isinstance(id := row.plain(name), int)}
    told = {"title": content[:_LONGEST], "content": content, "raised_by": row.plain("raised_by")}
    return {**told, **refs, "need": to_text(need)}


def tasks_of(workspace: Workspace, topics: Iterable[Id]) -> dict[Id, tuple[Task, ...]]:
    """By topic: its tasks in the order they were given."""
    wanted = list(topics)
    marks = ",".join("?" * len(wanted))
    found: dict[Id, list[Task]] = {id: [] for id in wanted}
    for row in queries.where(workspace.connection, "need", f"topic in ({marks})", wanted, "registered_at, number, id"):
        going_on = workspace.row("need", merged_needs.going_on(workspace, row.id)) or row
        if going_on.plain("status") not in need_states.LEFT_OUT:
            found[row.plain("topic")].append(_task(workspace, going_on))
    return {id: tuple(some) for id, some in found.items()}


def way(workspace: Workspace, topic: Id) -> Way:
    """How far a proposal has come. Raises UserError for one that is not here."""
    row = topic_row(workspace, topic)
    tasks = tasks_of(workspace, [topic])[topic]
    words, place = _path(row, tasks)
    due_on, answered = str(row.plain("due_on") or ""), str(row.plain("answered_on") or "")
    late = bool(due_on) and (answered or workspace.today.isoformat()) > due_on
    return Way(words, place, due_on, answered, late, tasks)


def answer(workspace: Workspace, topic: Id, text: str) -> Done:
    """Say to who asked what became of it; a topic with nothing left to do is settled by that."""
    if not text.strip():
        raise UserError("no_answer", _("写一句答复"), _("没有保存。"), "answer")
    patch: dict[str, Value] = {"answer": text.strip(), **usual_answer(workspace, topic)}
    return undoing.write(workspace, "set", Change(ledger("topic"), patch, topic))


def usual_answer(workspace: Workspace, topic: Id) -> dict[str, Value]:
    """What goes with an answer given today: its day, and the state of a topic where nothing is left to do."""
    decision = topic_row(workspace, topic).plain("decision")
    found: dict[str, Value] = {"answered_on": workspace.today.isoformat()}
    if decision == NOT_PASSED:
        found["state"] = "不予采纳"
    elif decision == PASSED and not any(one.is_open for one in tasks_of(workspace, [topic])[topic]):
        found["state"] = "已完成"
    return found


def answered_in_time(workspace: Workspace) -> tuple[int, int]:
    """Of the proposals answered or due by today, how many were answered within their limit, and how many they are."""
    where = f"due_on is not null and (answered_on is not null or due_on < ?) and id not in ({_GOES_ON})"
    counted = queries.where(workspace.connection, "topic", where, [workspace.today.isoformat()])
    in_time = [row for row in counted if str(row.plain("answered_on") or "~") <= str(row.plain("due_on"))]
    return len(in_time), len(counted)


def unanswered(workspace: Workspace, topics: Iterable[Id]) -> int:
    """How many of some topics were decided, and who raised them has not heard of it."""
    wanted = list(topics)
    where = f"id in ({','.join('?' * len(wanted))}) and decision is not null and raised_by is not null"
    return queries.count(workspace.connection, "topic", f"{where} and answered_on is null", wanted)


def topic_row(workspace: Workspace, topic: Id) -> Row:
    """The topic. Raises UserError for one that is not here."""
    row = workspace.row("topic", topic)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这个议题。"), _("请回到列表重新选。"))
    return row


def _raised(workspace: Workspace, rows: list[Row]) -> tuple[Raised, ...]:
    tasks = tasks_of(workspace, [row.id for row in rows])
    steps = {row.id: _path(row, tasks[row.id]) for row in rows}
    return tuple(
        Raised(
            row.id, display_value(row, "title"), display_value(row, "raised_by"), steps[row.id][0][steps[row.id][1]],
            str(row.plain("due_on") or ""), display_value(row, "answer"), str(row.plain("answered_on") or ""),
        )
        for row in rows
    )  # fmt: skip


def _task(workspace: Workspace, row: Row) -> Task:
    due_on, is_open = str(row.plain("due_on") or ""), need_states.is_open(row.values)
    late = is_open and bool(due_on) and due_on < workspace.today.isoformat()
    state = need_states.computed_state(row.values, workspace.today)
    return Task(row.id, display_value(row, "content"), display_value(row, "responsible"), due_on, state, is_open, late)


def _path(row: Row, tasks: tuple[Task, ...]) -> tuple[tuple[str, ...], int]:
    """Only what was decided for and given to somebody is done by somebody."""
    turned_down = row.plain("decision") in {NOT_PASSED, PUT_OFF} or row.plain("state") == "不予采纳"
    doing = () if turned_down else (_("办理"), _("办成"))
    words = (_("提出"), _("上会"), _("决议"), *doing, _("答复"))
    if row.plain("answered_on"):
        return words, len(words) - 1
    if not row.plain("meeting"):
        return words, 0
    if not row.plain("decision"):
        return words, 1
    if turned_down or not tasks:
        return words, 2
    return words, 3 if any(one.is_open for one in tasks) else 4
