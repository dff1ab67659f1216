"""The numbers of grid work, each with its numerator and denominator (field.md §2.6, §9.6).

A rate with denominator 0 has no value; averages are recomputed from totals, never summed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Final

SATISFIED: Final = frozenset({"非常满意", "满意", "基本满意"})
UNANSWERED: Final = frozenset({"未接通"})


@dataclass(frozen=True, slots=True)
class Household:
    """A household as the denominator sees it."""

    id: int
    grid: int | None
    level: str
    due_on: date | None = None
    """When its visit fell due at the start of the period."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as the numerator sees it."""

    household: int | None
    worker: object
    on: date
    outcome: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """A need with the days that count."""

    id: int
    grid: int | None
    worker: object
    kind: str
    registered: date
    closed: date | None
    due: date | None
    called_back: date | None
    satisfaction: str

    @property
    def ended(self) -> date | None:
        """The day it left the stock; a closing dated before the registration counts on that day."""
        return max(self.closed, self.registered) if self.closed else None


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: a count has no denominator."""

    numerator: int
    denominator: int | None = None

    @property
    def value(self) -> float | int | None:
        """The rate rounded to four places, the count itself, or None for a denominator of 0."""
        if self.denominator is None:
            return self.numerator
        return round(self.numerator / self.denominator, 4) if self.denominator else None

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {"numerator": self.numerator, "denominator": self.denominator, "value": self.value}


@dataclass(slots=True)
class Facts:
    """Everything a period's numbers are made from."""

    first: date
    last: date
    households: Sequence[Household] = ()
    visits: Sequence[Visit] = ()
    needs: Sequence[Need] = ()


@dataclass(slots=True)
class Stock:
    """Needs of a period: opening + new − closed = open."""

    opening: list[Need] = field(default_factory=list)
    new: list[Need] = field(default_factory=list)
    closed: list[Need] = field(default_factory=list)
    open: list[Need] = field(default_factory=list)

    @property
    def overdue(self) -> list[Need]:
        """Open needs past their due date at the end of the period."""
        return [need for need in self.open if need.due and need.due < self.until]

    until: date = date.max


def stock(needs: Iterable[Need], first: date, last: date, today: date | None = None) -> Stock:
    """Where each need stands in a period; overdue is judged on its last day, or today if that is earlier."""
    found = Stock(until=min(last, today) if today else last)
    for need in needs:
        if need.registered > last:
            continue
        before = need.ended is not None and need.ended < first
        within = need.ended is not None and first <= need.ended <= last
        if need.registered < first and not before:
            found.opening.append(need)
        if need.registered >= first:
            found.new.append(need)
        if within:
            found.closed.append(need)
        if not before and not within:
            found.open.append(need)
    return found


def measures(facts: Facts, today: date | None = None) -> dict[str, Figure]:
    """All numbers of one set of facts, by name."""
    return visit_measures(facts) | need_measures(facts, today)


def visit_measures(facts: Facts) -> dict[str, Figure]:
    """Coverage, due visits done, red households met, and what visits came to."""
    within = [visit for visit in facts.visits if facts.first <= visit.on <= facts.last]
    met = {visit.household for visit in within if visit.outcome == "met"}
    due = [one for one in facts.households if one.due_on and one.due_on <= facts.last]
    red = [one for one in facts.households if one.level == "red"]
    known = {one.id for one in facts.households}
    return {
        "coverage": Figure(len(met & known), len(known)),
        "due_visits": Figure(sum(one.id in met for one in due), len(due)),
        "red_met": Figure(sum(one.id in met for one in red), len(red)),
        "not_met": Figure(sum(visit.outcome == "not_met" for visit in within), len(within)),
        "refused": Figure(sum(visit.outcome == "refused" for visit in within), len(within)),
        "visits": Figure(len(within)),
    }


def need_measures(facts: Facts, today: date | None = None) -> dict[str, Figure]:
    """Closing, timeliness, overdue, call-back and satisfaction, with the stock they rest on."""
    found = stock(facts.needs, facts.first, facts.last, today)
    registered = [need for need in facts.needs if need.registered <= facts.last]
    ended = [need for need in registered if need.ended and need.ended <= facts.last]
    called = [need for need in found.closed if need.called_back]
    answered = [need for need in called if need.satisfaction and need.satisfaction not in UNANSWERED]
    return {
        "opening": Figure(len(found.opening)),
        "new": Figure(len(found.new)),
        "closed": Figure(len(found.closed)),
        "open": Figure(len(found.open)),
        "closing": Figure(len(found.closed), len(found.opening) + len(found.new)),
        "closing_cumulative": Figure(len(ended), len(registered)),
        "timeliness": Figure(sum(in_time(need) for need in found.closed), len(found.closed)),
        "overdue": Figure(len(found.overdue), len(found.open)),
        "callback": Figure(len(called), len(found.closed)),
        "satisfaction": Figure(sum(need.satisfaction in SATISFIED for need in answered), len(answered)),
    }


def in_time(need: Need) -> bool:
    """Whether a closed need was closed on or before its due date; one without a due date was."""
    return need.closed is not None and (need.due is None or need.closed <= need.due)


def median_days(closed: Iterable[Need], days_between: Callable[[date, date], int]) -> int | None:
    """Median working days from registration to closing."""
    days = [days_between(need.registered, need.closed) for need in closed if need.closed]
    return round(median(days)) if days else None
