"""What a day asks for: visits by rhythm in a walkable order, follow-ups promised, answers and call-backs owed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.rules.need_states import ENDED, VOIDED, WITHDRAWN, needs_callback
from gridworker.domain.text.address import Address, format_address, walk_key
from gridworker.i18n import _
from gridworker.services import escalating, mediating, proposals, referring
from gridworker.services.escalating import Escalated
from gridworker.services.mediating import Session
from gridworker.services.naming import ADDRESS, address_of, display_value
from gridworker.services.proposals import Raised
from gridworker.services.referring import Referred
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

AHEAD = timedelta(days=7)
"""How far the plan of a day looks ahead for promised steps."""
_SETTLED: Final = ENDED | {VOIDED, WITHDRAWN}
LEVELS = ("red", "yellow", "green", "normal")
_SHOWN: Final = (*ADDRESS, "head", "care_level", "tags", "housing")
"""What the plan tells of a household: others of its fields are not read, for a day may list thousands."""


@dataclass(slots=True)
class Rhythm:
    """By household: when somebody was last met, when anybody last went there, and when the next visit is due."""

    last_met: dict[Id, str] = field(default_factory=dict)
    last_tried: dict[Id, str] = field(default_factory=dict)
    due_on: dict[Id, date] = field(default_factory=dict)

    def due_by(self, day: date) -> list[Id]:
        """The households due on a day or before."""
        return [household for household, due_on in self.due_on.items() if due_on <= day]


def rhythm(workspace: Workspace, until: date | None = None, homes: Sequence[Id] | None = None) -> Rhythm:
    """The rhythm of all households, or of some, as it stood at the end of a day."""
    day = until or workspace.today
    by_mode = {
        counts_phone: queries.last_met(
            workspace.connection, day.isoformat(), visit_rhythm.counting_modes(counts_phone), homes
        )
        for counts_phone in (False, True)
    }
    found = Rhythm(dict(by_mode[True]))
    latest = queries.latest_visits(workspace.connection, day.isoformat(), homes)
    fields = ("care_level", "housing")
    for home, known_level, housing in queries.plain_of(workspace.connection, "household", fields, homes):
        level = known_level or visit_rhythm.ORDINARY
        last = _day(by_mode[visit_rhythm.phone_counts(level)].get(home))
        visited, outcome, agreed = latest.get(home, (None, None, None))
        if visited:
            found.last_tried[home] = visited
        away_since = _day(visited) if outcome in visit_rhythm.ABSENT else None
        usual = visit_rhythm.next_due(level, housing, last, day, away_since=away_since)
        found.due_on[home] = _day(agreed) or usual
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A household that is due, and why. Its words are found when they are asked for: a day may list thousands."""

    row: Row
    place: Address
    on: date
    due_on: date
    last_met: str | None
    last_tried: str | None

    @property
    def household(self) -> Id:
        """Its id."""
        return self.row.id

    @property
    def days_overdue(self) -> int:
        """Days since it was due; 0 for today."""
        return (self.on - self.due_on).days

    @property
    def level(self) -> str:
        """Its care level, the ordinary one if none is known."""
        return self.row.plain("care_level") or visit_rhythm.ORDINARY

    @property
    def head(self) -> str:
        """Who is its head."""
        return display_value(self.row, "head")

    @property
    def address(self) -> str:
        """Where it is, in full."""
        return format_address(self.place)

    @property
    def tags(self) -> str:
        """Its tags in words."""
        return display_value(self.row, "tags")

    @property
    def reason(self) -> str:
        """Why it is due, in a sentence."""
        return visit_rhythm.reason(self.level, self.row.plain("housing"), _day(self.last_met), self.due_on, self.on)


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
    referrals: list[Referred]
    """Needs handed on whose answer is due."""
    escalations: list[Escalated]
    """Needs passed upwards whose answer is due."""
    agreements: list[tuple[Id, Session]]
    """Disputes whose agreement is due and was not asked about."""
    proposals: tuple[Raised, ...]
    """Residents' proposals whose answer is due within the week."""

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
            "referrals": [
                {
                    "id": ids.to_text(one.id), "need": ids.to_text(one.need), "due_on": one.due_on,
                    "days_overdue": (self.on - date.fromisoformat(one.due_on)).days,
                }
                for one in self.referrals
            ],
            "escalations": [
                {
                    "id": ids.to_text(one.id), "need": ids.to_text(one.need), "due_on": one.due_on,
                    "days_overdue": (self.on - date.fromisoformat(one.due_on)).days,
                }
                for one in self.escalations
            ],
            "agreements": [
                {"id": ids.to_text(one.id), "need": ids.to_text(need), "due_on": one.due_on}
                for need, one in self.agreements
            ],
            "proposals": [{"id": ids.to_text(one.id), "due_on": one.due_on} for one in self.proposals],
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The plan for people."""
        found = [_("应走访 {count} 户").format(count=len(self.visits))]
        found += [f"  {one.address} {one.head}　{one.reason}" for one in self.visits]
        found.append(_("待办理 {count} 件").format(count=len(self.followups)))
        found += [f"  {one.due_on}　{one.title}" for one in self.followups]
        found.append(_("待回访 {count} 件").format(count=len(self.callbacks)))
        found += [f"  {one.closed_on}　{one.title}" for one in self.callbacks]
        found.append(_("转办待答复 {count} 件").format(count=len(self.referrals)))
        found += [f"  {one.due_on}　{one.receiver}" for one in self.referrals]
        found.append(_("上报待答复 {count} 件").format(count=len(self.escalations)))
        found += [f"  {one.due_on}　{one.to}" for one in self.escalations]
        found.append(_("调解待回访 {count} 件").format(count=len(self.agreements)))
        found += [f"  {one.due_on}　{one.content}" for _need, one in self.agreements]
        found.append(_("提议待答复 {count} 件").format(count=len(self.proposals)))
        return found + [f"  {one.due_on}　{one.title}" for one in self.proposals]


def plan(workspace: Workspace, on: date | None = None) -> Plan:
    """The plan of a day: by risk, then overdue days, then along the stairs."""
    day = on or workspace.today
    return Plan(
        day, due_visits(workspace, day), due_steps(workspace, day), callbacks(workspace),
        referring.waiting(workspace, day), escalating.waiting(workspace, day), mediating.owed(workspace, day),
        proposals.owed(workspace, day + AHEAD),
    )  # fmt: skip


def due_visits(workspace: Workspace, day: date) -> list[DueVisit]:
    """Households due on a day or before."""
    found = rhythm(workspace, day)
    rows = queries.by_ids(workspace.connection, "household", found.due_by(day), _SHOWN)
    due = [
        DueVisit(row, address_of(row), day, found.due_on[id], found.last_met.get(id), found.last_tried.get(id))
        for id, row in rows.items()
    ]
    return sorted(due, key=lambda one: (_risk(one.level), one.due_on, walk_key(one.place), one.row.id))


def _risk(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def due_steps(workspace: Workspace, day: date) -> list[DueStep]:
    """Steps promised and not taken, overdue ones first, the coming week's after; of what is settled none is owed."""
    where = "done_on is null and due_on is not null and due_on <= ?"
    steps = queries.where(workspace.connection, "followup", where, [(day + AHEAD).isoformat()], "due_on, id")
    wanted = [one.plain("need") for one in steps if one.plain("need")]
    needs = queries.by_ids(workspace.connection, "need", wanted, ("content", "household", "status"))
    found = []
    for step in steps:
        need = needs.get(step.plain("need"))
        if need is not None and need.plain("status") not in _SETTLED:
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
