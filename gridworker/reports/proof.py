"""The very records behind each number: which stand above its line, and which below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gridworker.reports.statistics import (
    SATISFIED,
    SETTLED_WITHIN,
    UNANSWERED,
    Facts,
    Need,
    Visit,
    in_time,
    stock,
    within,
)


@dataclass(frozen=True, slots=True)
class Proof:
    """The records of one number; a count has nothing below its line."""

    ledger: str
    above: frozenset[int]
    below: tuple[int, ...] | None = None

    @property
    def records(self) -> tuple[int, ...]:
        """Every record that the number rests on, once, in the order of the facts."""
        return self.below if self.below is not None else tuple(sorted(self.above))


def proofs(facts: Facts, today: date | None = None) -> dict[str, Proof]:
    """The records of all numbers of one set of facts, by the number's name."""
    return _visit_proofs(facts) | _need_proofs(facts, today)


def _visit_proofs(facts: Facts) -> dict[str, Proof]:
    within = [visit for visit in facts.visits if facts.first <= visit.on <= facts.last]
    met = {visit.household for visit in within if visit.outcome == "met"}

    def homes(some: Iterable[int]) -> Proof:
        below = tuple(some)
        return Proof("household", frozenset(id for id in below if id in met), below)

    def came_to(outcome: str) -> Proof:
        return Proof("visit", _ids(visit for visit in within if visit.outcome == outcome), _listed(within))

    return {
        "coverage": homes({one.id: None for one in facts.households}),
        "due_visits": homes(one.id for one in facts.households if one.due_on and one.due_on <= facts.last),
        "red_met": homes(one.id for one in facts.households if one.level == "red"),
        "not_met": came_to("not_met"),
        "refused": came_to("refused"),
        "visits": Proof("visit", _ids(within)),
    }


def _need_proofs(facts: Facts, today: date | None) -> dict[str, Proof]:
    found = stock(facts.needs, facts.first, facts.last, today)
    called = [need for need in found.closed if need.called_back]
    answered = [need for need in called if need.satisfaction and need.satisfaction not in UNANSWERED]

    def of(above: Iterable[Need], below: Sequence[Need] | None = None) -> Proof:
        return Proof("need", _ids(above), None if below is None else _listed(below))

    return {
        "opening": of(found.opening),
        "new": of(found.new),
        "closed": of(found.closed),
        "open": of(found.open),
        "closing": of(found.closed, [*found.opening, *found.new]),
        "closing_cumulative": of([*found.before, *found.closed], [*found.before, *found.opening, *found.new]),
        "timeliness": of(filter(in_time, found.closed), found.closed),
        "overdue": of(found.overdue, found.open),
        "days": of(found.closed),
        "callback": of(called, found.closed),
        **{
            name: of((one for one in found.closed if within(one, level)), found.closed)
            for name, level in SETTLED_WITHIN.items()
        },
        "satisfaction": of((one for one in answered if one.satisfaction in SATISFIED), answered),
    }


def _ids(some: Iterable[Need | Visit]) -> frozenset[int]:
    return frozenset(one.id for one in some)


def _listed(some: Sequence[Need | Visit]) -> tuple[int, ...]:
    return tuple(one.id for one in some)
