"""One box: what is whole before what begins so, one line for a head and the household, along the stairs."""

import pytest

from gridworker.domain import ids
from gridworker.domain.ledger import Mask
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.services import records, search
from tests.community import Community

HOMES = [
    ("金江西苑", "1", "1", "201", "邹成柏", "19900005021"),
    ("金江西苑", "1", "1", "301", "程远", ""),
    ("金江西苑", "1", "1", "602", "叶伟", "19900005029"),
    ("金江西苑", "1", "2", "101", "汤学明", ""),
    ("金江西苑", "2", "1", "302", "谢永年", ""),
    ("金江西苑", "2", "3", "101", "孙平", ""),
    ("金江西苑", "3", "1", "101", "单雅", ""),
    ("金江西苑", "3", "2", "502", "赵小山", ""),
    ("金江西苑", "10", "1", "502", "欧阳春", ""),
    ("金江西苑", "31", "1", "502", "陈春兰", ""),
]


@pytest.fixture
def estate(worker):
    names = ("estate", "building", "unit", "room", "head", "phone")
    records.add(worker, ledger("household"), [dict(zip(names, home, strict=True)) for home in HOMES])
    return worker


def titles(workspace, query):
    return [hit.title for hit in search.search(workspace, query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chen", ["陈春兰", "陈晓芸", "程远", "邹成柏"]),
        ("CHEN", ["陈春兰", "陈晓芸", "程远", "邹成柏"]),
        ("xie", ["谢永年", "叶伟"]),
        ("shan", ["单雅", "赵小山", "汤学明"]),
        ("春", ["欧阳春", "陈春兰"]),
        ("春兰", ["陈春兰"]),
        ("ouyang", ["欧阳春"]),
        ("502", ["赵小山", "欧阳春", "陈春兰", "邹成柏", "叶伟"]),
        ("金江西苑3", ["单雅", "赵小山", "孙平", "JX03 金江西苑3网格", "程远", "谢永年", "陈春兰"]),
        ("陈 502", ["陈春兰"]),
    ],
)
def test_what_is_whole_comes_first_then_what_begins_so(estate, query, found):
    assert titles(estate, query) == found


def test_a_head_is_one_line_and_the_family_keep_theirs(estate):
    home = search.search(estate, "陈春兰")[0].as_json()["id"]
    family = [("陈春兰", "本人"), ("陈国强", "配偶"), ("陈春", "女")]
    fields = [{"household": home, "name": name, "relation": relation} for name, relation in family]
    records.add(estate, ledger("resident"), fields)
    hits = search.search(estate, "陈")
    assert [(hit.ledger, hit.title) for hit in hits[:3]].count(("household", "陈春兰")) == 1
    assert sorted(hit.title for hit in hits) == ["陈国强", "陈春", "陈春兰", "陈晓芸"]
    assert {hit.household for hit in hits[:3]} == {ids.from_text(home)}


def test_a_head_found_by_an_id_number_is_shown(estate):
    home = search.search(estate, "陈春兰")[0].as_json()["id"]
    head = {"household": home, "name": "陈春兰", "relation": "本人", "id_no": "999999190203045670"}
    records.add(estate, ledger("resident"), [head])
    assert [hit.ledger for hit in search.search(estate, "19020304")] == ["resident"]


@pytest.mark.parametrize(("query", "wanted"), [("chen", "陈山"), ("江心园9", "何山"), ("502", "何山"), ("cs", "陈山")])
def test_what_is_whole_is_found_behind_hundreds_of_others(worker, monkeypatch, query, wanted):
    monkeypatch.setattr("gridworker.store.search.MOST", 5)
    crowd = [("江心园", "1", "2", f"9{door}", "成柏森", f"199000502{door}") for door in range(10, 30)]
    homes = [*crowd, ("江心园", "8", "1", "101", "陈山", ""), ("江心园", "9", "1", "502", "何山", "")]
    names = ("estate", "building", "unit", "room", "head", "phone")
    records.add(worker, ledger("household"), [dict(zip(names, home, strict=True)) for home in homes])
    assert titles(worker, query)[0] == wanted


CAPTAIN = {"estate": "金江西苑", "building": "3", "name": "欧阳守诚", "phone": "19900004321"}


@pytest.mark.parametrize("query", ["欧阳守诚", "oysc", "4321", "19900004321", "守诚 3栋"])
def test_the_ledgers_of_the_community_are_found_by_name_phone_and_place(estate, query):
    records.add(estate, ledger("captain"), [CAPTAIN])
    hits = [hit for hit in search.search(estate, query) if hit.ledger == "captain"]
    assert [(hit.title, hit.subtitle) for hit in hits] == [("金江西苑3栋 欧阳守诚", "楼长 · 199****4321")]


def test_what_the_community_keeps_is_found_by_its_title_after_homes_and_people(estate):
    records.add(estate, ledger("meeting"), [{"name": "陈春兰家加装电梯议事会", "held_at": "2026-11-20"}])
    hits = search.search(estate, "陈春兰")
    assert [hit.ledger for hit in hits] == ["household", "meeting"]
    assert search.search(estate, "加装电梯")[0].title == "2026-11-20 陈春兰家加装电梯议事会"


def test_every_ledger_of_the_community_is_found_by_what_it_is_called(worker):
    made = Community(worker)
    found = {hit.ledger for query in ("诸葛守诚", "一") for hit in search.search(worker, query, limit=100)}
    called = {of.name for of in ledgers().values() if of.area and any(one.mask is Mask.NAME for one in of.fields)}
    assert called <= found
    assert {"meeting", "activity", "fund"} <= found <= made.ids.keys() | {"worker", "grid"}
