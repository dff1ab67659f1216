"""Signals: what is worth a look, and the usual work that is not."""

from datetime import date

import pytest

from gridworker.reports import signals
from gridworker.reports.signals import NeedSeen, Signal, VisitSeen

TODAY = date(2026, 11, 25)
LONG = "家中一切正常，宣传了防诈骗知识，无其他诉求"


def visit(id, household, at="2026-11-24", *, place="3", worker="甲", text="", at_door=True):
    return VisitSeen(id, worker, household, place, at, at_door, text)


def test_the_same_long_words_at_three_doors_are_named_at_each():
    some = [visit(id, id, text=LONG + "。" * id) for id in (1, 2, 3)]
    assert signals.of_visits(some) == [Signal(signals.SAME_TEXT, "visit", id, 3) for id in (1, 2, 3)]


@pytest.mark.parametrize(
    "some",
    [
        [visit(id, id, text="一切正常") for id in range(9)],
        [visit(id, 1, text=LONG) for id in range(9)],
        [visit(id, id, text=LONG, worker=id) for id in range(9)],
        [visit(id, id, text=LONG) for id in range(2)],
    ],
    ids=["short", "one household", "different workers", "two doors"],
)
def test_usual_texts_are_not_named(some):
    assert signals.of_visits(some) == []


def test_times_that_cannot_both_be_true_are_named_at_both():
    some = [visit(1, 1, "2026-11-24T09:00"), visit(2, 2, "2026-11-24T09:01", place="8")]
    assert signals.of_visits(some) == [
        Signal(signals.TIMES, "visit", 1, 1, 2), Signal(signals.TIMES, "visit", 2, 1, 1)
    ]  # fmt: skip
    assert signals.of_visits([visit(1, 1, "2026-11-24T23:10")]) == [Signal(signals.TIMES, "visit", 1, 23)]


@pytest.mark.parametrize(
    "other",
    [
        visit(2, 2, "2026-11-24T09:01"),
        visit(2, 2, "2026-11-24T09:01", place="8", worker="乙"),
        visit(2, 2, "2026-11-24T09:01", place="8", at_door=False),
        visit(2, 2, "2026-11-24", place="8"),
        visit(2, 2, "2026-11-24T09:02", place="8"),
    ],
    ids=["same building", "another worker", "by telephone", "no time", "two minutes"],
)
def test_times_that_can_be_true_are_not_named(other):
    assert signals.of_visits([visit(1, 1, "2026-11-24T09:00"), other]) == []


@pytest.mark.parametrize(
    ("need", "found"),
    [
        (NeedSeen(1, date(2026, 11, 1), date(2026, 11, 20), None, 0), [(signals.NO_STEP, 19)]),
        (NeedSeen(1, date(2026, 11, 1), date(2026, 11, 10), None, 2), [(signals.NOT_ASKED, 15)]),
        (NeedSeen(1, date(2026, 11, 20), date(2026, 11, 20), None, 0), []),
        (NeedSeen(1, date(2026, 11, 1), date(2026, 11, 11), None, 1), []),
        (NeedSeen(1, date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3), 1), []),
    ],
)
def test_needs_settled_without_a_step_or_a_call_back(need, found):
    assert [(one.sign, one.number) for one in signals.of_needs([need], TODAY)] == found
