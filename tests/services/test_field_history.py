"""The history of a field: every word with its place and what became of it; nothing vanishes."""

from gridworker.domain.ledgers import ledger
from gridworker.services import choosing, field_history, imports, records
from gridworker.store import waiting
from tests.services import edited_apart as apart


def told(workspace, record, group):
    found = {one.group: one.told for one in field_history.of_record(workspace, record)}
    return [(one.value[0], one.state, one.before) for one in found[group]]


def test_edits_follow_each_other_and_say_what_they_changed(worker):
    (id,) = records.add(worker, ledger("household"), [apart.a_home(1)]).ids
    records.change(worker, ledger("household"), id, {"head": "萧小河"})
    records.change(worker, ledger("household"), id, {"head": ""})
    assert told(worker, id, "head") == [
        (None, "shown", (("萧小河",),)),
        ("萧小河", "overruled", (("萧大河1",),)),
        ("萧大河1", "overruled", ()),
    ]


def test_both_sides_then_the_decision_and_an_import_taken_back(worker, tmp_path):
    (need,), books = apart.two_books(worker, tmp_path, count=1)
    report = apart.take(worker, *books)
    assert [state for _value, state, _before in told(worker, need, "unit")].count("stands") == 1
    (one,) = waiting.waiting(worker.connection)
    choosing.choose(worker, [(one, 1)])
    states = [state for _value, state, _before in told(worker, need, "unit")]
    assert states == ["shown", "overruled", "overruled"]
    assert set(told(worker, need, "unit")[0][2]) == {value for value, _ids in one.standing}
    imports.undo(worker, report.group)
    states = [state for _value, state, _before in told(worker, need, "unit")]
    assert states == ["shown", "withdrawn", "withdrawn"]


def test_a_proposal_waits_and_is_then_settled(worker, tmp_path):
    (home,) = records.add(worker, ledger("household"), [apart.a_home(1)]).ids
    apart.take(worker, apart.roster(tmp_path, [apart.a_home(1, phone="13900000009")]))
    assert ("13900000009", "proposed", ()) in told(worker, home, "phone")
    (one,) = waiting.waiting(worker.connection)
    choosing.choose(worker, [(one, 0)])
    assert ("13900000009", "settled", ()) in told(worker, home, "phone")


def test_a_page_offers_the_histories_of_all_that_belongs_to_it(worker, tmp_path):
    needs = apart.needs(worker, 2)
    home = worker.row("need", needs[0]).plain("household")
    found = field_history.subjects(worker, ledger("household"), home)
    assert next(id for _name, id in found) == home
    assert set(needs) <= {id for _name, id in found}
