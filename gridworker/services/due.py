"""What a day asks for: visits by rhythm in a walkable order, follow-ups promised, call-backs owed."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.rules.need_states import needs_callback
from gridworker.domain.text.address import Address, format_address, walk_key
from gridworker.i18n import _
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

AHEAD = timedelta(days=7)
"""How far the plan of a day looks ahead for promised steps."""
LEVELS = ("red", "yellow", "green", "normal")


@dataclass(slots=True)
class Rhythm:
    """By household: when somebody was last met, and when the next visit is due."""

    last_met: dict[Id, str] = field(default_factory=dict)
    due_on: dict[Id, date] = field(default_factory=dict)
    rows: dict[Id, Row] = field(default_factory=dict)


def rhythm(workspace: Workspace, until: date | None = None) -> Rhythm:
    """The rhythm of all households as it stood at the end of a day."""
    day = until or workspace.today
    by_mode = {
        counts_phone: queries.last_met(workspace.connection, day.isoformat(), visit_rhythm.counting_modes(counts_phone))
        for counts_phone in (False, True)
    }
    found = Rhythm(dict(by_mode[True]))
    latest = queries.latest_visits(workspace.connection, day.isoformat())
    for row in queries.every(workspace.connection, "household"):
        level, housing = row.plain("care_level") or "normal", row.plain("housing")
        last = _day(by_mode[visit_rhythm.phone_counts(level)].get(row.id))
        found.rows[row.id] = row
        visited, outcome, agreed = latest.get(row.id, (None, None, None))
        away_since = _day(visited) if outcome in visit_rhythm.ABSENT else None
        usual = visit_rhythm.next_due(level, housing, last, day, away_since=away_since)
        found.due_on[row.id] = _day(agreed) or usual
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A household that is due, and why."""

    household: Id
    head: str
    address: str
    level: str
    due_on: date
    days_overdue: int
    reason: str
    last_met: str | None
    tags: str


@dataclass(frozen=True, slots=True)
class DueStep:
    """A promised step of a need."""

    id: Id
    need: Id
    title: str
    due_on: date
    days_overdue: int
    household: Id | None


@dataclass(frozen=True, slots=True)
class CallBack:
    """A closed need whose person was not asked yet."""

    need: Id
    title: str
    closed_on: str
    household: Id | None


@dataclass(slots=True)
class Plan:
    """Everything a day asks for."""

    on: date
    visits: list[DueVisit]
    followups: list[DueStep]
    callbacks: list[CallBack]

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {
            "on": self.on.isoformat(),
            "visits": [
                {
                    "household": ids.to_text(one.household), "address": one.address, "due_on": one.due_on.isoformat(),
                    "days_overdue": one.days_overdue, "reason": one.reason,
                }
                for one in self.visits
            ],
            "followups": [
                {
                    "id": ids.to_text(one.id), "need": ids.to_text(one.need), "due_on": one.due_on.isoformat(),
                    "days_overdue": one.days_overdue,
                }
                for one in self.followups
            ],
            "callbacks": [{"need": ids.to_text(one.need), "closed_on": one.closed_on} for one in self.callbacks],
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The plan for people."""
        found = [_("应走访 {count} 户").format(count=len(self.visits))]
        found += [f"  {one.address} {one.head}　{one.reason}" for one in self.visits]
        found.append(_("待办理 {count} 件").format(count=len(self.followups)))
        found += [f"  {one.due_on}　{one.title}" for one in self.followups]
        found.append(_("待回访 {count} 件").format(count=len(self.callbacks)))
        return found + [f"  {one.closed_on}　{one.title}" for one in self.callbacks]


def plan(workspace: Workspace, on: date | None = None) -> Plan:
    """The plan of a day: by risk, then overdue days, then along the stairs."""
    day = on or workspace.today
    return Plan(day, due_visits(workspace, day), due_steps(workspace, day), callbacks(workspace))


def due_visits(workspace: Workspace, day: date) -> list[DueVisit]:
    """Households due on a day or before."""
    found = rhythm(workspace, day)
    due = [(row, address_of(row)) for id, row in found.rows.items() if found.due_on[id] <= day]
    due.sort(key=lambda one: (_risk(one[0]), found.due_on[one[0].id], walk_key(one[1]), one[0].id))
    return [_due_visit(row, address, found, day) for row, address in due]


def _risk(row: Row) -> int:
    level = row.plain("care_level") or "normal"
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _due_visit(row: Row, address: Address, found: Rhythm, day: date) -> DueVisit:
    due_on, last = found.due_on[row.id], found.last_met.get(row.id)
    level = row.plain("care_level") or "normal"
    last_day = date.fromisoformat(last) if last else None
    return DueVisit(
        household=row.id,
        head=display_value(row, "head"),
        address=format_address(address),
        level=level,
        due_on=due_on,
        days_overdue=(day - due_on).days,
        reason=visit_rhythm.reason(level, row.plain("housing"), last_day, due_on, day),
        last_met=last,
        tags=display_value(row, "tags"),
    )


def due_steps(workspace: Workspace, day: date) -> list[DueStep]:
    """Steps promised and not taken, overdue ones first, the coming week's after."""
    where = "done_on is null and due_on is not null and due_on <= ?"
    steps = queries.where(workspace.connection, "followup", where, [(day + AHEAD).isoformat()], "due_on, id")
    needs = queries.by_ids(workspace.connection, "need", [one.plain("need") for one in steps if one.plain("need")])
    found = []
    for step in steps:
        need = needs.get(step.plain("need"))
        if need is not None:
            due_on = date.fromisoformat(step.plain("due_on"))
            title = display_value(step, "content") or display_value(need, "content")
            late = max(0, (day - due_on).days)
            found.append(DueStep(step.id, need.id, title, due_on, late, need.plain("household")))
    return found


def callbacks(workspace: Workspace) -> list[CallBack]:
    """Closed needs whose person is still to be asked."""
    where = "closed_on is not null and called_back_on is null"
    rows = queries.where(workspace.connection, "need", where, order="closed_on, id")
    return [
        CallBack(row.id, display_value(row, "content"), row.plain("closed_on"), row.plain("household"))
        for row in rows
        if needs_callback(row.values)
    ]
