"""The numbers and their laws."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gridworker.reports.statistics import (
    Facts,
    Figure,
    Household,
    Need,
    Visit,
    measures,
    median_days,
    need_measures,
    stock,
)

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)
days = st.dates(FIRST - timedelta(30), LAST + timedelta(30))


@st.composite
def needs(draw: st.DrawFn) -> list[Need]:
    some = draw(st.lists(st.tuples(days, st.none() | days, st.none() | days), max_size=20))
    return [Need(number, 1, 1, "N12", start, end, due, None, "") for number, (start, end, due) in enumerate(some)]


@given(needs())
def test_opening_and_new_minus_closed_is_open(some: list[Need]) -> None:
    found = stock(some, FIRST, LAST)
    assert len(found.opening) + len(found.new) - len(found.closed) == len(found.open)


@given(needs(), st.integers(0, 6))
def test_a_week_is_the_sum_of_its_parts(some: list[Need], split: int) -> None:
    middle = FIRST + timedelta(split)
    whole, first = stock(some, FIRST, LAST), stock(some, FIRST, middle)
    second = stock(some, middle + timedelta(1), LAST)
    assert len(whole.new) == len(first.new) + len(second.new)
    assert len(whole.closed) == len(first.closed) + len(second.closed)
    assert first.open == second.opening


def test_a_rate_without_denominator_has_no_value() -> None:
    assert Figure(0, 0).value is None
    assert Figure(3).value == 3
    assert Figure(1, 3).as_json() == {"numerator": 1, "denominator": 3, "value": 0.3333}


def test_coverage_counts_households_once() -> None:
    homes = [Household(1, 9, "red", FIRST), Household(2, 9, "normal"), Household(3, 9, "green", LAST + timedelta(1))]
    came = [(1, FIRST, "met"), (1, LAST, "met"), (2, LAST, "not_met"), (3, FIRST - timedelta(1), "met")]
    visits = [Visit(home, 7, day, outcome) for home, day, outcome in came]
    found = measures(Facts(FIRST, LAST, homes, visits))
    assert found["coverage"] == Figure(1, 3)
    assert found["due_visits"] == Figure(1, 1)
    assert found["red_met"] == Figure(1, 1)
    assert found["not_met"] == Figure(1, 3)
    assert found["satisfaction"].value is None


def test_satisfaction_rests_on_answers() -> None:
    def need(number: int, satisfaction: str) -> Need:
        return Need(number, 1, 1, "N12", FIRST, FIRST, LAST, LAST, satisfaction)

    found = measures(Facts(FIRST, LAST, needs=[need(1, "满意"), need(2, "不满意"), need(3, "未接通"), need(4, "")]))
    assert found["satisfaction"] == Figure(1, 2)
    assert found["callback"] == Figure(4, 4)
    assert found["timeliness"] == Figure(4, 4)


def test_median_of_working_days() -> None:
    some = [Need(1, 1, 1, "", FIRST, FIRST + timedelta(n), None, None, "") for n in (1, 2, 9)]
    assert median_days(some) == 2
    assert median_days([]) is None
    assert need_measures(Facts(FIRST, LAST, needs=some))["days"].as_json() == {
        "numerator": 2, "denominator": None, "value": 2,
    }  # fmt: skip
