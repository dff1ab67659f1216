from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.codes import code_list
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.rules.visit_rhythm import Rhythm, cycle_days, next_due, reason

TODAY = date(2026, 11, 25)
MET = date(2026, 11, 14)


@pytest.mark.parametrize(
    ("level", "housing", "days"),
    [
        ("red", "own", 7),
        ("yellow", "rented", 30),
        ("green", None, 90),
        ("normal", "own", 180),
        (None, None, 180),
        ("未知", None, 180),
        ("normal", "vacant", 365),
        ("green", "vacant", 365),
        ("red", "vacant", 7),
    ],
)
def test_cycle(level, housing, days):
    assert cycle_days(level, housing) == days
    assert next_due(level, housing, MET, TODAY) == MET + timedelta(days=days)


def test_who_was_never_met_is_due_at_once():
    assert next_due("normal", "own", None, TODAY) == TODAY


def test_people_found_away_are_left_for_a_year_unless_watched():
    later, earlier = date(2026, 11, 20), date(2026, 11, 1)
    assert next_due("normal", "own", MET, TODAY, away_since=later) == later + timedelta(days=365)
    assert next_due("normal", "own", None, TODAY, away_since=later) == later + timedelta(days=365)
    assert next_due("normal", "own", MET, TODAY, away_since=earlier) == MET + timedelta(days=180)
    assert next_due("red", "own", MET, TODAY, away_since=later) == MET + timedelta(days=7)


def test_a_call_counts_only_for_levels_that_allow_it():
    assert [level for level in code_list("care_level").codes() if visit_rhythm.phone_counts(level)] == [
        "green",
        "normal",
    ]
    assert visit_rhythm.phone_counts(None)
    assert "phone" in visit_rhythm.counting_modes(calls=True)
    assert visit_rhythm.counting_modes(calls=False) == {"home", "office"}
    assert visit_rhythm.counting_modes(calls=True) < set(code_list("visit_mode").codes())


@pytest.mark.parametrize(
    ("level", "housing", "met", "due", "words"),
    [
        ("red", "own", MET, date(2026, 11, 21), "红色关注户，每7天走访一次，已超期4天"),
        ("yellow", "own", MET, TODAY, "黄色关注户，每30天走访一次，今天到期"),
        ("normal", None, MET, date(2026, 11, 27), "普通户，每180天走访一次，还有2天到期"),
        (None, "vacant", MET, TODAY, "空户，每365天走访一次，今天到期"),
        ("green", "own", None, TODAY, "绿色关注户，还没有见过面"),
    ],
)
def test_reason(level, housing, met, due, words):
    assert reason(level, housing, met, due, TODAY) == words


def test_another_table_may_be_given():
    table = Rhythm({"red": 3, "normal": 100}, 200, frozenset())
    assert next_due("red", None, MET, TODAY, table) == date(2026, 11, 17)
    assert cycle_days("green", None, table) == 100
    assert not visit_rhythm.phone_counts("normal", table)


def test_the_shipped_table_speaks_of_known_levels():
    table = visit_rhythm.load_rhythm()
    assert set(table.cycle_days) == set(code_list("care_level").codes())
    assert table.phone_counts <= set(table.cycle_days)


@given(
    st.sampled_from(["red", "yellow", "green", "normal"]), st.sampled_from(["own", "vacant"]), st.dates(), st.dates()
)
def test_a_later_visit_never_brings_the_next_one_forward(level, housing, one, other):
    first, second = sorted(min(day, date(9000, 1, 1)) for day in (one, other))
    assert next_due(level, housing, first, TODAY) <= next_due(level, housing, second, TODAY)
