from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.codes import code_list
from gridworker.domain.rules import need_states as states
from gridworker.domain.rules.need_states import allowed_moves, check_move, computed_state

TODAY = date(2026, 11, 25)
STATES = code_list("need_status").codes()
ROLES = ("worker", "township")
SETTLED = {"result": "已解决", "closed_on": "2026-11-20", "registered_at": "2026-11-02T09:30"}


def codes(old, new, role="worker"):
    return [problem.code for problem in check_move(old, new, role)]


def moved(before, after, **fields):
    return {"status": before} if before else {}, {"status": after, **fields}


def test_states_are_the_codes_of_the_list():
    assert set(states.MOVES) == {"", *STATES}
    assert {target for targets in states.MOVES.values() for target in targets} == set(STATES)
    assert set(states.PATH) | states.ENDED | states.LEFT_OUT | {states.PLANNED} == set(STATES)


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (None, "已登记", {}),
        (None, "已办结", SETTLED),
        ("已登记", "办理中", {}),
        ("办理中", "已上报", {}),
        ("已上报", "办理中", {}),
        ("办理中", "列入计划", {"moved_reason": "明年改造"}),
        ("列入计划", "已办结", SETTLED),
        ("已办结", "已销号", SETTLED | {"called_back_on": "2026-11-22", "satisfaction": "满意"}),
        ("已办结", "已销号", SETTLED | {"moved_reason": "本人不需回访"}),
        ("已办结", "办理中", {}),
        ("办理中", "已撤回", {}),
        ("办理中", "已合并", {"merged_into": 123}),
        ("已作废", "已登记", {}),
    ],
)
def test_a_worker_may(before, after, fields):
    assert codes(*moved(before, after, **fields)) == []


@pytest.mark.parametrize(
    ("before", "after", "fields", "expected"),
    [
        ("已登记", "已销号", SETTLED | {"called_back_on": "2026-11-22"}, ["not_allowed"]),
        ("已销号", "办理中", {}, ["not_allowed"]),
        ("已上报", "已作废", {"moved_reason": "重复"}, ["not_allowed"]),
        ("办理中", "", {}, ["not_allowed"]),
        ("办理中", "扯皮中", {}, ["not_allowed"]),
        ("办理中", "已办结", {}, ["result_missing", "closed_on_missing"]),
        ("办理中", "已办结", SETTLED | {"closed_on": "2026-11-01"}, ["closed_too_early"]),
        ("已办结", "已销号", SETTLED, ["callback_missing"]),
        ("已办结", "已销号", SETTLED | {"called_back_on": "2026-11-22", "satisfaction": "不满意"}, ["dissatisfied"]),
        ("办理中", "列入计划", {}, ["reason_missing"]),
        ("办理中", "已作废", {}, ["reason_missing"]),
        ("办理中", "已合并", {}, ["target_missing"]),
    ],
)
def test_a_worker_may_not(before, after, fields, expected):
    problems = check_move(*moved(before, after, **fields), "worker")
    assert [problem.code for problem in problems] == expected
    assert all(problem.message and problem.hint and problem.field for problem in problems)


def test_the_township_takes_up_what_is_written_off_and_voids_what_was_reported():
    assert codes(*moved("已销号", "办理中"), role="township") == []
    assert codes(*moved("已上报", "已作废", moved_reason="重复"), role="township") == []


def test_a_refusal_names_what_may_be_chosen_instead():
    [problem] = check_move(*moved("已办结", "已上报"), "worker")
    assert problem.message == "「已办结」不能直接改为「已上报」"
    assert problem.hint == "可以改为：办理中、已销号"
    [problem] = check_move(*moved("已销号", "已登记"), "worker")
    assert problem.hint == "请乡镇处理"


def test_what_was_missing_before_does_not_forbid_another_change():
    foreign = {"status": "已办结", "closed_on": "2026-11-03"}
    assert codes(foreign, foreign | {"phone": "13800000000"}) == []
    assert codes(foreign, foreign | {"closed_on": None}) == ["closed_on_missing"]
    written_off = SETTLED | {"status": "已销号", "called_back_on": "2026-11-22"}
    assert codes(written_off, written_off | {"satisfaction": "不满意"}) == ["dissatisfied"]


def test_an_unknown_state_may_become_any():
    assert allowed_moves("扯皮中", "worker") == STATES


@given(st.sampled_from(("", *STATES)), st.sampled_from(STATES), st.sampled_from(ROLES))
def test_a_move_is_refused_exactly_if_it_is_not_offered(before, after, role):
    refused = "not_allowed" in codes({"status": before}, {"status": after}, role)
    assert refused == (after not in allowed_moves(before, role) and before != after)


@given(st.sampled_from(STATES), st.sampled_from(STATES))
def test_every_state_leads_to_every_other_one_with_the_township(start, end):
    reached, todo = {start}, [start]
    while todo:
        new = set(allowed_moves(todo.pop(), "township")) - reached
        reached |= new
        todo += new
    assert end in reached


def test_reopening_is_a_move_that_the_rules_allow():
    dissatisfied = SETTLED | {"status": "已办结", "satisfaction": "不满意"}
    assert codes(dissatisfied, dissatisfied | states.reopened()) == []
    assert computed_state(dissatisfied | states.reopened(), TODAY) == "办理中"


def test_putting_off_asks_a_worker_for_the_reason():
    old = {"due_on": "2026-11-20"}
    later = {"due_on": "2026-12-20"}
    [problem] = states.check_extension(old, later, "worker")
    assert problem.code == "reason_missing"
    assert states.check_extension(old, later | {"moved_reason": "等配件"}, "worker") == []
    assert states.check_extension(old, later, "township") == []
    assert states.check_extension(later, old, "worker") == []
    assert states.check_extension({}, later, "worker") == []


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": "已登记"}, "已登记"),
        ({"status": "办理中", "due_on": "2026-11-24"}, "逾期"),
        ({"status": "办理中", "due_on": "2026-11-25"}, "办理中"),
        ({"status": "列入计划", "due_on": "2026-11-01"}, "列入计划"),
        ({"status": "已上报", "reply": "已安排维修"}, "已答复"),
        ({"status": "已上报", "reply": "已安排维修", "due_on": "2026-11-01"}, "逾期"),
        ({"status": "已上报", "review": "returned"}, "已退回"),
        ({"status": "办理中", "review": "returned"}, "办理中"),
        ({"status": "已办结", "due_on": "2026-11-01"}, "待回访"),
        ({"status": "已办结", "called_back_on": "2026-11-20"}, "已办结"),
        ({"status": "已办结", "review": "returned"}, "已退回"),
        ({"status": "已销号", "reply": "好"}, "已销号"),
        ({"status": "已作废", "due_on": "2026-11-01"}, "已作废"),
        ({}, ""),
    ],
)
def test_computed_state(fields, state):
    assert computed_state(fields, TODAY) == state


def test_open_and_owed():
    assert states.is_open({"status": "扯皮中"})
    assert [state for state in STATES if states.is_open({"status": state})] == [
        "已登记",
        "办理中",
        "已上报",
        "列入计划",
    ]
    assert states.needs_callback({"status": "已办结"})
    assert not states.needs_callback({"status": "已销号"})
