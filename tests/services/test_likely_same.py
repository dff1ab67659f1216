"""Possible duplicates: by sound, door, ID number, telephone, content; with reasons, without false alarms."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import editing, visiting
from gridworker.services.likely_same import likely
from gridworker.services.undoing import Done
from gridworker.services.visiting import NeedGiven

DOOR = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502"}
ID_NO = "999999190305060011"


def add(workspace, of, **given):
    done = editing.save(workspace, of, 0, given)
    assert isinstance(done, Done)
    return done.written.ids[0]


@pytest.fixture
def home(worker):
    return add(worker, "household", **DOOR, head="李桂芳", phone="19900000001")


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"building": "3栋", "unit": "二单元", "room": "502室"}, ("同一门牌",)),
        ({"building": "3", "room": "502"}, ("门牌相近",)),
        ({"building": "4", "unit": "1", "room": "101", "phone": "19900000001"}, ("同一电话",)),
        ({"building": "3", "unit": "1", "room": "101", "head": "李桂芳"}, ("同名",)),
        ({"building": "3", "room": "502", "head": "李贵芳"}, ("门牌相近", "同音：李桂芳")),
        ({"building": "4", "unit": "2", "room": "502"}, None),
        ({"building": "4", "unit": "2", "room": "502", "head": "李桂芳"}, None),
        ({"estate": "阅山悦府", "building": "3", "unit": "2", "room": "502"}, None),
    ],
)
def test_a_household_is_known_by_door_telephone_and_head(worker, home, given, reasons):
    found = likely(worker, "household", {"estate": "金江西苑", **given})
    assert [(one.id, one.reasons) for one in found] == ([(home, reasons)] if reasons else [])


def test_a_members_telephone_leads_to_the_household(worker, home):
    add(worker, "resident", household=str_id(home), name="王测试", phone="19900000009")
    (found,) = likely(worker, "household", {"estate": "阅山悦府", "room": "1", "phone": "199 0000 0009"})
    assert (found.id, found.title, found.where) == (home, "李桂芳", "金江西苑3栋2单元502")


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        ({"name": "王某", "id_no": ID_NO}, ("同一身份证号",)),
        ({"name": "王策试", "birth": "1903-05-06"}, ("同一出生日期", "同音：王测试")),
        ({"name": "王测试", "birth": "1904-05-06"}, None),
        ({"name": "王测试"}, None),
        ({"name": "张测试", "phone": "19900000009"}, ("同一电话",)),
    ],
)
def test_a_person_elsewhere_is_known_by_number_telephone_and_birth(worker, home, given, reasons):
    person = add(worker, "resident", household=str_id(home), name="王测试", id_no=ID_NO, phone="19900000009")
    other = add(worker, "household", **(DOOR | {"room": "503"}))
    found = likely(worker, "resident", {"household": str_id(other), **given})
    assert [(one.id, one.reasons) for one in found] == ([(person, reasons)] if reasons else [])


def test_a_family_shares_its_telephone_but_not_its_names(worker, home):
    person = add(worker, "resident", household=str_id(home), name="王测试", phone="19900000009")
    assert likely(worker, "resident", {"household": str_id(home), "name": "李测试", "phone": "19900000009"}) == []
    (found,) = likely(worker, "resident", {"household": str_id(home), "name": "王策试"})
    assert (found.id, set(found.reasons)) == (person, {"同一户", "同音：王测试"})


def test_a_need_is_known_by_its_household_kind_and_words(worker, home):
    done = visiting.register(worker, NeedGiven({"kind": "N12", "content": "三楼楼道灯不亮"}), home)
    need = done.written.ids[0]
    neighbour = add(worker, "household", **(DOOR | {"room": "503"}))

    def found(household, kind, content):
        return [
            one.id for one in likely(worker, "need", {"household": str_id(household), "kind": kind, "content": content})
        ]

    assert found(home, "N12", "问水费") == [need]
    assert found(home, "N01", "想找工作") == []
    assert found(neighbour, "N12", "楼道灯不亮了，三楼") == [need]
    assert found(neighbour, "N12", "下水道堵了") == []


def test_what_is_changed_is_not_like_itself_nor_like_what_was_removed(worker, home):
    assert likely(worker, "household", DOOR, own=home) == []
    from gridworker.services import records

    records.delete(worker, ledger("household"), home)
    assert likely(worker, "household", DOOR) == []


def str_id(id):
    from gridworker.domain.ids import to_text

    return to_text(id)


def test_the_same_words_next_door_are_another_need_where_it_is_one_persons_matter(worker, home):
    words = {"kind": "N03", "content": "住院回来不会报销"}
    need = visiting.register(worker, NeedGiven(words), home).written.ids[0]
    neighbour = add(worker, "household", **(DOOR | {"room": "503"}))
    assert [one.id for one in likely(worker, "need", words | {"household": str_id(home)})] == [need]
    assert likely(worker, "need", words | {"household": str_id(neighbour)}) == []
