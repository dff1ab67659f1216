"""Who is who: asked with those it may be, answered by a decision that can be answered otherwise later."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import dump, questions, records
from tests.services import edited_apart as apart


def two_homes_and_a_row(workspace, folder):
    homes = records.add(workspace, ledger("household"), [apart.a_home(1), apart.a_home(1, head="萧大河乙")]).ids
    apart.take(workspace, apart.roster(folder, [apart.a_home(1, phone="13900000001", head="萧大河丙")]))
    return homes


def test_a_row_that_may_be_two_of_ours_is_asked_about(worker, tmp_path):
    homes = two_homes_and_a_row(worker, tmp_path)
    (asked,) = questions.questions(worker)
    assert asked.ledger == "household"
    assert {id for id, _title in asked.candidates} == set(homes)
    assert "萧大河丙" in asked.title
    assert all("101" in title for _id, title in asked.candidates)


def test_saying_same_joins_and_apart_leaves_the_other_one(worker, tmp_path):
    first, second = two_homes_and_a_row(worker, tmp_path)
    (asked,) = questions.questions(worker)
    questions.decide(worker, asked.record, first, same=False)
    assert not questions.questions(worker), "one candidate is left"
    assert worker.row("household", asked.record) is None
    questions.decide(worker, asked.record, second, same=False)
    assert worker.row("household", asked.record), "nobody's: a record of its own"
    questions.decide(worker, asked.record, first, same=True)
    assert worker.row("household", asked.record) is None
    assert not questions.questions(worker)
    assert len([line for line in dump.dump(worker) if '"household"' in line]) >= 2


def test_a_later_decision_on_the_pair_has_seen_the_former(worker, tmp_path):
    first, _second = two_homes_and_a_row(worker, tmp_path)
    (asked,) = questions.questions(worker)
    questions.decide(worker, asked.record, first, same=True)
    assert not questions.questions(worker)
    questions.decide(worker, asked.record, first, same=False)
    assert asked.record not in {one.record for one in questions.questions(worker)}, "the later one has seen the former"


def test_what_is_no_pair_is_refused(worker, tmp_path):
    first, _second = two_homes_and_a_row(worker, tmp_path)
    for other in (first, 12345678):
        with pytest.raises(UserError):
            questions.decide(worker, first, other, same=True)
