"""Deciding in numbers: what waits is listed without reading histories, and one decision may serve all of its sort."""

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import choosing, conflicts, records
from gridworker.store import waiting
from tests.services import edited_apart as apart


def waits(workspace):
    return waiting.waiting(workspace.connection)


def test_listing_asks_as_few_questions_for_many_as_for_one(worker, open_copy, tmp_path):
    counts = []
    for store, count in ((worker, 1), (open_copy("worker"), 60)):
        _needs, books = apart.two_books(store, tmp_path, count=count)
        apart.take(store, *books)
        asked = []
        store.connection.set_trace_callback(asked.append)
        some = waits(store)
        assert len(some) == count
        sorts = choosing.Sorts.of(store, some)
        assert len(sorts.same_as(some[0])) == count
        store.connection.set_trace_callback(None)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3


def test_one_decision_takes_the_side_of_one_file_everywhere(worker, tmp_path):
    needs, books = apart.two_books(worker, tmp_path, count=12)
    apart.take(worker, *books)
    records.change(worker, ledger("need"), needs[0], {"unit": "第三家"})  # seen both: settled
    some = waits(worker)
    assert len(some) == 11
    sorts = choosing.Sorts.of(worker, some)
    same = sorts.same_as(some[0])
    place = [origin.file for origin in sorts.sources(some[0])].index("乙回填.xlsx")
    assert choosing.choose(worker, sorts.like(same, some[0], place)) == 11
    assert not waits(worker)
    units = [worker.row("need", need).plain("unit") for need in needs[1:]]
    assert all(unit.startswith("乙回填") for unit in units)


def test_a_foreign_list_proposes_and_either_answer_settles_it(worker, tmp_path):
    homes = [apart.a_home(number) for number in range(1, 6)]
    ids = records.add(worker, ledger("household"), homes).ids
    lists = [home | {"phone": f"139{number:08d}"} for number, home in enumerate(homes)]
    report = apart.take(worker, apart.roster(tmp_path, lists)).files[0]
    assert report.proposals == 5
    found = conflicts.conflicts(worker)
    assert {one.kind for one in found} == {"proposal"}
    told = found[0].as_json()
    assert [one["value"] for one in told["values"]] == [found[0].shown[0], found[0].sides[1].value[0]]
    assert told["values"][1]["file"] == "名册.xlsx"
    assert told["values"][1]["cell"].startswith("名册!")
    some = waits(worker)
    choosing.choose(worker, [(some[0], 0), (some[1], 1)])
    kept, taken = worker.row("household", some[0].record), worker.row("household", some[1].record)
    assert (kept.plain("phone"), taken.plain("phone")) == (found[0].shown[0], found[1].sides[1].value[0])
    rest = waits(worker)
    assert len(rest) == 3
    sorts = choosing.Sorts.of(worker, rest)
    assert choosing.choose(worker, sorts.like(sorts.same_as(rest[0]), rest[0], 1)) == 3
    assert not waits(worker)
    apart.take(worker, apart.roster(tmp_path, lists, "下月名册.xlsx"))
    assert not waits(worker), "next month's list does not ask again"
    assert {worker.row("household", id).plain("phone")[:3] for id in ids} == {"138", "139"}


def test_a_reading_with_part_of_a_group_leaves_the_rest_as_it_stands(worker, tmp_path):
    home = records.add(worker, ledger("household"), [apart.a_home(1)]).ids[0]
    person = {"household": to_text(home), "name": "萧小河", "id_no": apart.ID_NO, "birth": "1900-01-01", "gender": "男"}
    id = records.add(worker, ledger("resident"), [person]).ids[0]
    apart.take(worker, apart.people(tmp_path, [("萧小河", apart.ID_NO, "女")]))
    (one,) = [each for each in waits(worker) if each.ledger == "resident"]
    choosing.choose(worker, [(one, 1)])
    row = worker.row("resident", id)
    assert (row.plain("gender"), row.plain("birth"), row.plain("id_no")) == ("女", "1900-01-01", apart.ID_NO)


def test_taking_a_file_takes_only_what_it_brought(worker, tmp_path):
    needs, (first, second) = apart.two_books(worker, tmp_path, count=4)
    home = records.add(worker, ledger("household"), [apart.a_home(9)]).ids[0]
    apart.take(worker, first, second, apart.roster(tmp_path, [apart.a_home(9, phone="13900000009")]))
    found = conflicts.conflicts(worker)
    assert len(found) == 5
    assert choosing.choose(worker, choosing.from_file(worker, "甲回填.xlsx", found)) == 4
    assert all(worker.row("need", need).plain("unit").startswith("甲回填") for need in needs)
    (left,) = conflicts.conflicts(worker)
    assert (left.kind, left.record) == ("proposal", home)


def test_changing_ones_mind_is_another_decision_and_reopens_nothing(worker, tmp_path):
    needs, books = apart.two_books(worker, tmp_path, count=1)
    apart.take(worker, *books)
    (one,) = waits(worker)
    choosing.choose(worker, [(one, 0)])
    before = worker.row("need", needs[0]).plain("unit")
    choosing.choose(worker, [(one, 1)])
    assert worker.row("need", needs[0]).plain("unit") != before
    assert not waits(worker)
