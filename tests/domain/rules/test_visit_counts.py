"""The sums of whole weeks and months are what counting each of them by itself gives."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.rules import visit_rhythm
from gridworker.domain.rules.visit_counts import ABOUT, ALL, Home, Tally, Visit, difference, whole

MONDAY, GRID = date(2026, 8, 31), 8
WEEKS = [(MONDAY + timedelta(weeks=n), MONDAY + timedelta(weeks=n, days=6)) for n in range(-1, 60)]
MONTHS = [(date(2026, 9, 1), date(2026, 9, 30)), (date(2027, 2, 1), date(2027, 2, 28))]
days = st.integers(0, 200).map(lambda number: (MONDAY + timedelta(days=number)).isoformat())


@st.composite
def households(draw: st.DrawFn) -> tuple[Home, list[Visit]]:
    level = draw(st.sampled_from(["red", "yellow", "green", "normal"]))
    home = Home(1, GRID, level, draw(st.sampled_from([None, "own", "vacant"])))
    outcomes = st.sampled_from(["met", "met", "not_met", "refused", "away", None])
    modes = st.sampled_from(["home", "phone", "other"])
    workers = st.sampled_from([2, 4, "某人"])
    some = draw(st.lists(st.tuples(days, modes, outcomes, st.none() | days, workers), max_size=9))
    return home, sorted(Visit(f"{day}T09:00", number, *rest) for number, (day, *rest) in enumerate(some))


@given(households())
def test_each_week_and_month_is_as_if_counted_by_itself(household: tuple[Home, list[Visit]]) -> None:
    home, visits = household
    found = difference({}, {1: household})
    for first, last in [*WEEKS, *MONTHS]:
        every, number = whole(first, last), first.toordinal()
        assert every is not None
        due = is_due(home, visits, first, last)
        assert sum(n for (what, day, _grid), n in found.homes.items() if what == every and day <= number) == due
        for worker in (ALL, 2, 4):
            own = [one for one in visits if worker in (ALL, one.worker)]
            came = found.visits.get((every, number, worker, GRID), [0] * len(ABOUT))
            assert came == plainly(own, first, last, due=due, red=home.level == "red")


def is_due(home: Home, visits: Sequence[Visit], first: date, last: date) -> bool:
    before = [one for one in visits if one.at < first.isoformat()]
    counting = visit_rhythm.counting_modes(home.level in ("green", "normal"))
    met = [one.at[:10] for one in before if one.outcome == "met" and one.mode in counting]
    gone = [one.at[:10] for one in before[-1:] if one.outcome == "away"]
    if before and before[-1].next_on:
        return date.fromisoformat(before[-1].next_on) <= last
    last_met, away = (date.fromisoformat(some[-1]) if some else None for some in (met, gone))
    return visit_rhythm.next_due(home.level, home.housing, last_met, first, away_since=away) <= last


def plainly(visits: Sequence[Visit], first: date, last: date, *, due: bool, red: bool) -> list[int]:
    within = [one.outcome for one in visits if first.isoformat() <= one.at[:10] <= last.isoformat()]
    came, met = bool(within), "met" in within
    told = (came, came and due, came and red, met, met and due, met and red)
    return [*map(int, told), len(within), within.count("not_met"), within.count("refused")]


@given(households())
def test_what_is_taken_away_leaves_nothing(household: tuple[Home, list[Visit]]) -> None:
    found = Tally()
    for sign in (1, -1):
        found.add(*household, sign)
    assert not any(found.homes.values())
    assert not any(map(any, found.visits.values()))


def test_other_days_are_no_whole_week_or_month() -> None:
    assert whole(MONDAY, MONDAY + timedelta(days=5)) is whole(date(2026, 11, 2), date(2026, 12, 1)) is None
    assert [whole(*some) for some in (WEEKS[0], MONTHS[1])] == ["week", "month"]
