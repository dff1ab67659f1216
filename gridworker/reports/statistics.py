"""The numbers of grid work, each with its numerator and denominator (field.md §2.6, §9.6).

A rate with denominator 0 has no value; averages are recomputed from totals, never summed.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Final

from gridworker.domain.calendar import load_holidays, working_days_between
from gridworker.domain.rules.escalation import GRID, TOWN, VILLAGE, rank

SATISFIED: Final = frozenset({"非常满意", "满意", "基本满意"})
UNANSWERED: Final = frozenset({"未接通"})
SETTLED_WITHIN: Final = {"in_grid": GRID, "in_village": VILLAGE, "in_town": TOWN}
"""By number: the level within which a need was settled."""


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


@dataclass(slots=True, eq=False)  # a frozen one takes twice the time to make, and there are tens of thousands
class Need:
    """A need with the days that count; nobody changes it."""

    id: int
    grid: int | None
    worker: object
    kind: str
    registered: date
    closed: date | None
    due: date | None
    called_back: date | None
    satisfaction: str
    level: str = GRID
    """Where it stands, or stood when it was settled (小事不出村、大事不出镇)."""
    ended: date | None = field(init=False)
    """The day it left the stock; a closing dated before the registration counts on that day."""

    def __post_init__(self) -> None:
        self.ended = self.closed and max(self.closed, self.registered)


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


@dataclass(frozen=True, slots=True)
class Days(Figure):
    """The median of working days over `numerator` cases; no value where there is none."""

    median: int | None = None

    @property
    def value(self) -> float | int | None:
        """The days; they cannot be added or averaged, only counted anew."""
        return self.median


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

    before: list[Need] = field(default_factory=list)
    """Registered and closed before the period."""
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
        registered, ended = need.registered, need.ended
        if registered > last:
            continue
        if ended is not None and ended < first:
            found.before.append(need)
            continue
        (found.opening if registered < first else found.new).append(need)
        (found.open if ended is None or ended > last else found.closed).append(need)
    return found


def flow(needs: Iterable[Need], spans: Iterable[tuple[date, date]]) -> list[tuple[int, int, int]]:
    """New and closed in each span, and open at its end."""
    some = list(needs)
    begun, ended = sorted(one.registered for one in some), sorted(one.ended for one in some if one.ended)
    return [
        (
            bisect_right(begun, last) - bisect_left(begun, first),
            bisect_right(ended, last) - bisect_left(ended, first),
            bisect_right(begun, last) - bisect_right(ended, last),
        )
        for first, last in spans
    ]


def measures(facts: Facts, today: date | None = None) -> dict[str, Figure]:
    """All numbers of one set of facts, by name."""
    return visit_counts(facts).measures() | need_measures(facts, today)


@dataclass(slots=True)
class VisitCounts:
    """What a period's visits came to, and the households they are measured by."""

    homes: int = 0
    due: int = 0
    red: int = 0
    met: int = 0
    met_due: int = 0
    met_red: int = 0
    visits: int = 0
    not_met: int = 0
    refused: int = 0

    def measures(self) -> dict[str, Figure]:
        """Coverage, due visits done, red households met, and what visits came to."""
        return {
            "coverage": Figure(self.met, self.homes),
            "due_visits": Figure(self.met_due, self.due),
            "red_met": Figure(self.met_red, self.red),
            "not_met": Figure(self.not_met, self.visits),
            "refused": Figure(self.refused, self.visits),
            "visits": Figure(self.visits),
        }


def visit_counts(facts: Facts) -> VisitCounts:
    """What visits came to, counted from facts at hand."""
    within = [visit for visit in facts.visits if facts.first <= visit.on <= facts.last]
    met = {visit.household for visit in within if visit.outcome == "met"}
    due = [one for one in facts.households if one.due_on and one.due_on <= facts.last]
    red = [one for one in facts.households if one.level == "red"]
    known = {one.id for one in facts.households}
    outcomes = Counter(visit.outcome for visit in within)
    return VisitCounts(
        len(known), len(due), len(red), len(met & known), sum(one.id in met for one in due),
        sum(one.id in met for one in red), len(within), outcomes["not_met"], outcomes["refused"],
    )  # fmt: skip


def need_measures(facts: Facts, today: date | None = None) -> dict[str, Figure]:
    """Closing, timeliness, overdue, call-back and satisfaction, with the stock they rest on."""
    found = stock(facts.needs, facts.first, facts.last, today)
    known = len(found.before) + len(found.opening) + len(found.new)
    called = [need for need in found.closed if need.called_back]
    answered = [need for need in called if need.satisfaction and need.satisfaction not in UNANSWERED]
    levels = Counter(need.level for need in found.closed)
    return {
        "opening": Figure(len(found.opening)),
        "new": Figure(len(found.new)),
        "closed": Figure(len(found.closed)),
        "open": Figure(len(found.open)),
        "closing": Figure(len(found.closed), len(found.opening) + len(found.new)),
        "closing_cumulative": Figure(len(found.before) + len(found.closed), known),
        "timeliness": Figure(sum(in_time(need) for need in found.closed), len(found.closed)),
        "overdue": Figure(len(found.overdue), len(found.open)),
        "days": Days(sum(one.closed is not None for one in found.closed), None, median_days(found.closed)),
        "callback": Figure(len(called), len(found.closed)),
        **{
            name: Figure(sum(count for one, count in levels.items() if rank(one) <= rank(level)), len(found.closed))
            for name, level in SETTLED_WITHIN.items()
        },
        "satisfaction": Figure(sum(need.satisfaction in SATISFIED for need in answered), len(answered)),
    }


def within(need: Need, level: str) -> bool:
    """Whether a need went no higher than a level."""
    return rank(need.level) <= rank(level)


def in_time(need: Need) -> bool:
    """Whether a closed need was closed on or before its due date; one without a due date was."""
    return need.closed is not None and (need.due is None or need.closed <= need.due)


def median_days(closed: Iterable[Need]) -> int | None:
    """Median working days from registration to closing."""
    holidays = load_holidays()
    days = [working_days_between(need.registered, need.closed, holidays) for need in closed if need.closed]
    return round(median(days)) if days else None
