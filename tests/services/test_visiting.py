"""A visit with its needs and steps is one deed; what cannot stand is said by place; undo takes all of it back."""

from datetime import date

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import undoing, visiting
from gridworker.services.visiting import NeedGiven
from gridworker.store import queries
from gridworker.store.door import Change


@pytest.fixture
def home(worker):
    patch = {
        "grid": worker.grid, "estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "李测试",
        "phone": "19900000001", "care_level": "red",
    }  # fmt: skip
    return worker.write("add", Change(ledger("household"), patch)).ids[0]


VISIT = {"visited_at": "2026-11-25T14:02", "mode": "home", "outcome": "met", "content": "都好"}


def count(worker, name):
    return len(queries.every(worker.connection, name))


def deeds(worker):
    return worker.connection.execute("select count(*) from deed").fetchone()[0]


def test_everything_is_one_deed(worker, home):
    before = deeds(worker)
    needs = [
        NeedGiven(
            {"kind": "N03", "content": "报销", "matter": "住院报销", "amount": "8,640.00", "materials": ["身份证"]},
            {"due_on": "2026-11-27", "content": "陪同交材料"},
        ),
        NeedGiven({"kind": "N12", "content": "灯不亮", "urgency": "red"}),
    ]  # fmt: skip
    visit, first, step, second = visiting.save(worker, home, VISIT, needs).written.ids
    assert deeds(worker) == before + 1
    medical, lamp = worker.row("need", first), worker.row("need", second)
    assert (medical.plain("visit"), medical.plain("household")) == (visit, home)
    assert (medical.plain("amount"), medical.plain("materials")) == (864000, "身份证")
    assert (medical.plain("raised_by"), medical.plain("phone")) == ("李测试", "19900000001")
    assert lamp.plain("due_on") == "2026-11-26"
    assert lamp.plain("unit") == "住建办"
    numbers = [medical.plain("number"), lamp.plain("number")]
    assert int(numbers[1][-4:]) == int(numbers[0][-4:]) + 1
    assert worker.row("followup", step).plain("need") == first


def test_a_call_makes_a_need_that_came_by_phone(worker, home):
    done = visiting.save(worker, home, VISIT | {"mode": "phone"}, [NeedGiven({"kind": "N12", "content": "灯"})])
    assert worker.row("need", done.written.ids[1]).plain("source") == "来电"


def test_undo_hides_all_of_it_and_gives_no_number_twice(worker, home):
    done = visiting.save(worker, home, VISIT, [NeedGiven({"kind": "N12", "content": "灯"})])
    number = worker.row("need", done.written.ids[1]).plain("number")
    undoing.undo(worker, done)
    assert (count(worker, "visit"), count(worker, "need")) == (0, 0)
    again = visiting.save(worker, home, VISIT, [NeedGiven({"kind": "N12", "content": "灯"})])
    assert worker.row("need", again.written.ids[1]).plain("number") != number


@pytest.mark.parametrize(
    ("visit", "need", "place", "field"),
    [
        ({"visited_at": "2026-11-26"}, None, visiting.VISIT, "visited_at"),
        ({}, NeedGiven({"content": "灯"}), 0, "kind"),
        ({}, NeedGiven({"kind": "N12"}), 0, "content"),
        ({}, NeedGiven({"kind": "N12", "content": "灯", "due_on": "2026-11-01"}), 0, "due_on"),
        ({}, NeedGiven({"kind": "N12", "content": "灯"}, {"content": "再看看"}), 0, "step"),
        ({}, NeedGiven({"kind": "N03", "content": "报", "amount": "很多"}), 0, "amount"),
    ],
)
def test_problems_are_named_by_place_and_field_and_nothing_is_saved(worker, home, visit, need, place, field):
    given = VISIT | visit
    needs = [need] if need else []
    found = visiting.problems(worker, given, needs)
    assert [(one.place, one.field) for one in found] == [(place, field)]
    with pytest.raises(UserError):
        visiting.save(worker, home, given, needs)
    assert count(worker, "visit") == 0


def test_a_household_that_is_not_here_is_refused(worker):
    with pytest.raises(UserError):
        visiting.save(worker, 42, VISIT)


def test_next_due_follows_level_mode_and_outcome(worker, home):
    day = date(2026, 11, 25)
    assert visiting.next_due(worker, home, day, "home", "met") == date(2026, 12, 2)
    assert visiting.next_due(worker, home, day, "phone", "met") == day
    assert visiting.next_due(worker, home, day, "home", "not_met") == day
    visiting.save(worker, home, VISIT | {"visited_at": "2026-11-20"})
    assert visiting.next_due(worker, home, day, "home", "refused") == date(2026, 11, 27)


def test_a_need_is_registered_away_from_a_visit(worker, home):
    given = NeedGiven({"kind": "N11", "content": "垃圾", "source": "来电"}, {"due_on": "2026-11-26", "content": "去看"})
    need, _step = visiting.register(worker, given, home).written.ids
    assert (worker.row("need", need).plain("raised_by"), worker.row("need", need).plain("source")) == ("李测试", "来电")
    public = visiting.register(worker, NeedGiven({"kind": "N11", "content": "垃圾", "source": "巡查发现"})).written.ids[
        0
    ]
    assert worker.row("need", public).plain("grid") == worker.grid
    with pytest.raises(UserError):
        visiting.register(worker, NeedGiven({"kind": "N11"}))
