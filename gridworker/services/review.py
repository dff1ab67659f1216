"""审核: needs that wait for the township's word, and one need as the reviewer reads it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import escalation
from gridworker.domain.rules.escalation import COUNTY, Standing
from gridworker.domain.rules.need_states import REPORTED, computed_state, is_open, is_overdue
from gridworker.domain.text.address import format_address
from gridworker.i18n import _
from gridworker.reports.statistics import median_days
from gridworker.services import access, escalating, facts, records
from gridworker.services.escalating import Escalated
from gridworker.services.naming import address_of, display_value
from gridworker.services.replying import Reply, reply_of, unconfirmed_groups
from gridworker.services.roster import Names
from gridworker.services.workspace import Workspace
from gridworker.store import batches, queries
from gridworker.store.history import history
from gridworker.store.rows import Row

TO_REVIEW: Final = "to_review"
UNCONFIRMED: Final = "unconfirmed"
OVERDUE: Final = "overdue"
WHISTLE: Final = "whistle"
"""What the township cannot settle either and has passed to the county (吹哨)."""
OPEN: Final = "open"
QUEUES: Final = (TO_REVIEW, UNCONFIRMED, OVERDUE, WHISTLE, OPEN)
_URGENCY: Final = {"red": 0, "yellow": 1, "blue": 2}
HALF_YEAR: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue; `days_late` is positive for a need past its due date."""

    id: Id
    title: str
    number: str
    grid: str
    worker: str
    urgency: str
    due_on: date | None
    days_late: int
    standing: Standing
    queues: frozenset[str]


def queue(workspace: Workspace) -> list[Waiting]:
    """All open needs by urgency, then by due date; `queues` says to which filters each belongs."""
    rows = [
        row for row in queries.where(workspace.connection, "need", "closed_on is null") if is_open(row.values)
    ]  # fmt: skip
    unconfirmed = unconfirmed_groups(workspace)
    more = queries.by_ids(workspace.connection, "need", unconfirmed.keys() - {row.id for row in rows})
    others = [row for row in more.values() if not row.deleted]
    above = _Above(workspace)
    names = Names(workspace)
    lines = [_waiting(workspace, row, names, above, bool(unconfirmed.get(row.id))) for row in rows + others]
    return sorted(lines, key=lambda one: (_URGENCY.get(one.urgency, 2), one.due_on or date.max, one.number))


def waiting_count(workspace: Workspace) -> int:
    """How many needs wait for the township's word."""
    return queries.count(workspace.connection, "need", _TO_REVIEW, [REPORTED])


_TO_REVIEW: Final = (
    "status = ? and reply is null and review is null and closed_on is null and id not in"
    f" (select need from escalation where to_level = '{COUNTY}' and answered_on is null and coalesce(_deleted, 0) = 0)"
)


class _Above:
    """What was passed upwards, of every need: where it stands, whether the county still owes an answer, and is late."""

    def __init__(self, workspace: Workspace) -> None:
        self._passed = escalating.by_need(workspace)
        self.late = {one.need for one in escalating.waiting(workspace, workspace.today) if one.late}

    def standing(self, row: Row) -> Standing:
        """Where a need stands."""
        return escalating.standing_by(self._passed.get(row.id, ()), row)

    def waits_for_county(self, row: Row) -> bool:
        """Whether the township's word waits for the county's."""
        return any(one.to_level == COUNTY and not one.answered_on for one in self._passed.get(row.id, ()))


def _waiting(workspace: Workspace, row: Row, names: Names, above: _Above, unconfirmed: bool) -> Waiting:
    due_on = facts.day_of(row, "due_on")
    late = is_overdue(row.values, workspace.today)
    is_unsaid = row.plain("status") == REPORTED and not row.plain("reply") and not row.plain("review")
    standing = above.standing(row)
    stands = {
        TO_REVIEW: is_unsaid and not above.waits_for_county(row),
        UNCONFIRMED: unconfirmed,
        OVERDUE: late or row.id in above.late,
        WHISTLE: is_open(row.values) and standing.level == COUNTY,
        OPEN: is_open(row.values),
    }
    return Waiting(
        row.id, display_value(row, "content"), display_value(row, "number"), names.grid(row), names.worker(row),
        row.plain("urgency") or "blue", due_on, (workspace.today - due_on).days if late and due_on else 0,
        standing, frozenset(name for name, belongs in stands.items() if belongs),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a need's way: when, by what means (a code), what, by whom; `planned` is not done yet."""

    day: str
    mode: str
    content: str
    who: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Similar:
    """Closed needs of the same kind in the last half year."""

    count: int
    median_days: int | None
    examples: tuple[tuple[str, str, str], ...]
    """Number, what came of it, satisfaction."""


@dataclass(frozen=True, slots=True)
class Record:
    """One need as the reviewer reads it."""

    row: Row
    kind: str
    urgency: str
    state: str
    grid: str
    worker: str
    address: str
    steps: tuple[Step, ...]
    similar: Similar
    source: str
    reply: Reply
    standing: Standing
    passed: tuple[Escalated, ...]
    upwards: tuple[str, ...]
    """The levels it may be passed on to from here."""
    unconfirmed: frozenset[str] = field(default_factory=frozenset)

    def text(self, name: str) -> str:
        """A field in its words."""
        return display_value(self.row, name)


def record(workspace: Workspace, id: Id) -> Record:
    """One need with all that is needed to decide; looking is logged. Raises UserError for an unknown one."""
    row = records.get(workspace, ledger("need"), ids.to_text(id))
    access.note_look(workspace, "need", id)
    names = Names(workspace)
    home = workspace.row("household", row.plain("household")) if row.plain("household") else None
    return Record(
        row=row,
        kind=f"{row.plain('kind') or ''} {display_value(row, 'kind')}".strip(),
        urgency=row.plain("urgency") or "blue",
        state=computed_state(row.values, workspace.today),
        grid=" ".join(part for part in (names.grid(row), names.grid(row, "name")) if part),
        worker=names.worker(row),
        address=format_address(address_of(home)) if home else "",
        steps=_steps(workspace, row, names),
        similar=_similar(workspace, row),
        source=_source(workspace, row, names.grid(row)),
        reply=reply_of(row),
        standing=(standing := escalating.standing_of(workspace, row)),
        passed=escalating.of_need(workspace, id),
        upwards=escalation.above(standing.level, workspace.store.role) if is_open(row.values) else (),
        unconfirmed=frozenset(unconfirmed_groups(workspace).get(id, ())),
    )


def _steps(workspace: Workspace, row: Row, names: Names) -> tuple[Step, ...]:
    """Newest first; a promised step stands by the day it is promised for."""
    found = [
        Step(
            one.plain("done_on") or one.plain("due_on") or "", one.plain("mode") or "",
            display_value(one, "content"), names.worker(one), not one.plain("done_on"),
        )
        for one in queries.where(workspace.connection, "followup", "need = ?", [row.id])
    ]  # fmt: skip
    registered = str(row.plain("registered_at") or "")[:10]
    begun = Step(
        registered, _("{source}登记").format(source=display_value(row, "source")), "", names.worker(row), False
    )
    return (*sorted(found, key=lambda one: one.day, reverse=True), begun)


def _similar(workspace: Workspace, row: Row) -> Similar:
    since = (workspace.today - HALF_YEAR).isoformat()
    where = "kind = ? and id <> ? and closed_on >= ?"
    closed = queries.where(
        workspace.connection, "need", where, [row.plain("kind"), row.id, since], "closed_on desc, number desc"
    )
    examples = tuple(
        (display_value(one, "number"), display_value(one, "result_note") or display_value(one, "result"),
         one.plain("satisfaction") or "")
        for one in closed[:2]
    )  # fmt: skip
    days = median_days(facts.needs_of(closed))
    return Similar(len(closed), days, examples)


def _source(workspace: Workspace, row: Row, grid: str) -> str:
    """The newest file that spoke of it, with its sheet and cell; else the newest that brought it among its versions."""
    files = [one for one in history(workspace.connection, row.id) if one.deed.file]
    if files:
        place = "!".join(part for part in (files[-1].sheet, files[-1].cell) if part)
        return " · ".join(part for part in (str(files[-1].deed.file), place) if part)
    file = batches.newest_file_with(workspace.connection, row.id, grid)
    return _("随 {file} 收到").format(file=file) if file else ""
