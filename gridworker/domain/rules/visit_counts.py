"""What the visits to one household add to the numbers of whole weeks and months, all along its life.

A week asks: who was visited, who was met, and who was due at its start. Whether a household is due changes only with
its visits, so it is told by two marks for each stretch: one week more from here on, and no more from there on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from typing import Final, Literal, NamedTuple

from gridworker.domain.rules import visit_rhythm

Every = Literal["week", "month"]
EVERY: Final[tuple[Every, ...]] = ("week", "month")
HOMES, RED = "homes", "red"
"""What is counted of households besides the weeks and months in which they are due."""
ALL: Final = 0
"""In place of a worker: whoever came."""
ABOUT: Final = ("homes", "due", "red", "met", "met_due", "met_red", "visits", "not_met", "refused")
"""What is counted of visits: households visited and those of them due or red, the same of those met, and visits."""
_WEEK: Final = 7


class Home(NamedTuple):
    """What decides how often a household is due; `grid` is 0 where it has none."""

    id: int
    grid: int
    level: str
    housing: str | None


class Visit(NamedTuple):
    """A visit as these numbers need it; `at` and `id` put visits in order."""

    at: str
    id: int
    mode: str | None
    outcome: str | None
    next_on: str | None
    worker: object


VisitKey = tuple[Every, int, int, int]
HomeKey = tuple[str, int, int]


@dataclass(slots=True)
class Tally:
    """Sums over households, each week and month called by the number of its first day."""

    visits: dict[VisitKey, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * len(ABOUT)))
    """By (every, first day, worker, grid): as many numbers as `ABOUT` names."""
    homes: dict[HomeKey, int] = field(default_factory=lambda: defaultdict(int))
    """By (what, first day, grid): households; of those due in a week or month how many more than in the one before."""

    def add(self, home: Home, visits: Sequence[Visit], sign: int = 1) -> None:
        """A household with its visits in order; taken away again with -1."""
        self.homes[HOMES, 0, home.grid] += sign
        if home.level == "red":
            self.homes[RED, 0, home.grid] += sign
        due = list(_due_days(home, visits))
        for every in EVERY:
            self._add_every(every, home, visits, due, sign)

    def _add_every(self, every: Every, home: Home, visits: Sequence[Visit], due: Sequence[int], sign: int) -> None:
        place = since = 0
        due_on = 1  # before anybody came: due from the first of days
        for first, some in groupby(visits, lambda one: first_day(every, one.at[:10])):
            within, after = list(some), _next(every, first)
            self._stretch(every, home.grid, due_on, since, after, sign)
            self._came(every, first, home, within, is_due=due_on < after, sign=sign)
            place += len(within)
            since, due_on = after, due[place - 1]
        self._stretch(every, home.grid, due_on, since, 0, sign)

    def _stretch(self, every: Every, grid: int, due_on: int, since: int, end: int, sign: int) -> None:
        """Due in each week from `since` to `end`, or for ever, that does not end before the day."""
        start = max(since, _first(every, due_on))
        if not end or start < end:
            self.homes[every, start, grid] += sign
            if end:
                self.homes[every, end, grid] -= sign

    def _came(self, every: Every, first: int, home: Home, some: list[Visit], *, is_due: bool, sign: int) -> None:
        everybody = _came_to(some, is_due=is_due, is_red=home.level == "red")
        workers = {one.worker for one in some}
        for worker in (ALL, *(one for one in workers if isinstance(one, int))):
            told = everybody
            if worker != ALL and len(workers) > 1:
                own = [one for one in some if one.worker == worker]
                told = _came_to(own, is_due=is_due, is_red=home.level == "red")
            sums = self.visits[every, first, worker, home.grid]
            for place, count in told:
                sums[place] += sign * count


def _came_to(some: list[Visit], *, is_due: bool, is_red: bool) -> list[tuple[int, int]]:
    """What visits to one household within a week or month come to: places of `ABOUT` and numbers, without noughts."""
    outcomes = [one.outcome for one in some]
    met = "met" in outcomes
    told = (
        1, is_due, is_red, met, met and is_due, met and is_red,
        len(some), outcomes.count("not_met"), outcomes.count("refused"),
    )  # fmt: skip
    return [(place, int(one)) for place, one in enumerate(told) if one]


def _due_days(home: Home, visits: Sequence[Visit]) -> Iterator[int]:
    """After each visit the day on which the next is due."""
    counting = visit_rhythm.counting_modes(visit_rhythm.phone_counts(home.level))
    last_met: date | None = None
    for one in visits:
        day = _day(one.at[:10])
        if one.outcome == "met" and one.mode in counting:
            last_met = day
        if one.next_on:
            yield _day(one.next_on).toordinal()
            continue
        away_since = day if one.outcome in visit_rhythm.ABSENT else None
        usual = visit_rhythm.next_due(home.level, home.housing, last_met, date.min, away_since=away_since)
        yield usual.toordinal()


_day = cache(date.fromisoformat)


@cache
def first_day(every: Every, day: str) -> int:
    """The number of the first day of the week or month that holds a day."""
    return _first(every, _day(day).toordinal())


@cache
def _first(every: Every, number: int) -> int:
    return number - (number - 1) % _WEEK if every == "week" else date.fromordinal(number).replace(day=1).toordinal()


@cache
def _next(every: Every, first: int) -> int:
    return first + _WEEK if every == "week" else _first(every, first + 31)


def whole(first: date, last: date) -> Every | None:
    """Whether these days are one whole week or month."""
    begin, end = first.toordinal(), last.toordinal() + 1
    return next((every for every in EVERY if _first(every, begin) == begin and _next(every, begin) == end), None)


def difference(
    old: Mapping[int, tuple[Home, Sequence[Visit]]], new: Mapping[int, tuple[Home, Sequence[Visit]]]
) -> Tally:
    """What changes when households with their visits become others."""
    found = Tally()
    for told, sign in ((old, -1), (new, 1)):
        for home, visits in told.values():
            found.add(home, visits, sign)
    return found
