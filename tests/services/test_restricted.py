"""Restricted groups (field.md §3.6): whatever a ledger of the community says of them stays out of weekly workbooks."""

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.codes import code_list
from gridworker.domain.ids import to_text
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.rules import restricted
from gridworker.services import dump, export, intake, out_community, records
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.store import queries
from gridworker.store.door import Change
from tests.community import Community

WEEK = Period.of_week(parse_week("2026-W48"))
PASSWORD = "上报密码2026"
WISHES = (Wish(full=False), Wish(full=True, reason="周报上报", password=PASSWORD))
TOLD = "社区矫正对象"
LEDGERS = out_community.sheets()
PEOPLE = [of for of in LEDGERS if any(one.of in {"household", "resident", "need"} for one in of.fields)]


def wordy(of, place):
    """A field that holds words: the first, the last, one that people added, one that is called so itself."""
    found = [one.name for one in of.fields if one.kind in {Kind.TEXT, Kind.LONG, Kind.CODE, Kind.MULTI}]
    return [found[0], found[-1], "+人员类别", f"+{TOLD}"][place]


def told_by_all(workspace, community, some, place, text):
    changes = [Change(of, {wordy(of, place): text}, community.ids[of.name]) for of in some]
    workspace.write("set", *changes)


def spoken_of(workspace):
    """What of restricted groups stands in a store, former values among it."""
    told = "\n".join(dump.dump(workspace, versions=True))
    assert "诸葛" in told
    return [word for word in restricted.WORDS if word in told]


@pytest.mark.parametrize("place", range(4))
def test_no_field_of_any_ledger_carries_them_out(worker, place):
    community = Community(worker)
    core = {name: queries.every(worker.connection, name) for name in ("household", "need")}

    def going():
        found = out_community.Community(worker, core, {worker.grid}, whole=True, masked=False).records()
        return sorted(found)

    assert going() == sorted(of.name for of in LEDGERS)
    told_by_all(worker, community, LEDGERS, place, TOLD)
    silent = [of.name for of in LEDGERS if not restricted.told_by(worker.row(of.name, community.ids[of.name]).values)]
    assert (silent, going()) == ([], [])
    told_by_all(worker, community, LEDGERS, place, None)
    assert going() == sorted(of.name for of in LEDGERS)


def test_a_whole_book_of_them_brings_nothing_home_and_says_how_many_stayed(worker, township, tmp_path):
    community = Community(worker)
    told_by_all(worker, community, PEOPLE, 1, f"{TOLD}，每月走访")
    for wish in WISHES:
        done = export.export(worker, WEEK, tmp_path / f"{wish.full}.xlsx", wish)
        assert done.restricted >= len(PEOPLE) > 5
        assert done.counts["captain"] == 1, "others go"
        assert not {of.name for of in PEOPLE} & done.counts.keys()
        intake.take(township, [done.file], intake.Options(password=PASSWORD))
    assert not spoken_of(township)
    told_by_all(worker, community, PEOPLE, 1, None)
    again = export.export(worker, WEEK, tmp_path / "again.xlsx", WISHES[1])
    intake.take(township, [again.file], intake.Options(password=PASSWORD))
    assert (again.restricted, len(queries.every(township.connection, "participant"))) == (0, 1)
    assert not spoken_of(township), "nor does what was said before"


def test_a_list_of_groups_takes_none_of_them_in(worker):
    home = records.add(worker, ledger("household"), [{"estate": "金江西苑", "building": "3", "room": "101"}]).ids[0]
    person = {"household": to_text(home), "name": "欧阳若兰", "care_tags": "独居老人、刑满释放人员"}
    saved = records.add(worker, ledger("resident"), [person])
    assert [one.code for one in saved.problems] == ["restricted"]
    assert worker.row("resident", saved.ids[0]).plain("care_tags") is None
    lists = {one.of for of in ledgers().values() for one in of.fields if one.kind in {Kind.CODE, Kind.MULTI}}
    assert not [code for name in lists for code in code_list(name).codes() if restricted.speaks_of(code)]


@pytest.mark.parametrize("wish", WISHES, ids=["masked", "full"])
def test_a_text_of_a_visit_or_a_person_stays_and_all_else_of_it_leaves(worker, township, tmp_path, wish):
    home = {"estate": "金江西苑", "building": "3", "room": "101", "head": "诸葛守诚", "note": f"{TOLD}，每月走访"}
    house = to_text(records.add(worker, ledger("household"), [home]).ids[0])
    person = {"household": house, "name": "诸葛守诚", "phone": "19900004321", "note": f"原{TOLD}"}
    records.add(worker, ledger("resident"), [person])
    some = [{"household": house, "visited_at": "2026-11-24", "content": text, "met": "诸葛守诚"}
            for text in (f"问了{TOLD}帮教的事", "问了药还够不够")]  # fmt: skip
    visits = records.add(worker, ledger("visit"), some).ids
    done = export.export(worker, WEEK, tmp_path / "one.xlsx", wish)
    assert sorted({(one.ledger, one.field) for one in done.staying}) == [
        ("household", "note"), *([("resident", "note")] if wish.full else []), ("visit", "content")
    ]  # fmt: skip
    intake.take(township, [done.file], intake.Options(password=PASSWORD))
    told = [township.row("visit", id) for id in visits]
    assert [str(row.plain("outcome")) for row in told] == ["met", "met"]
    assert [row.plain("content") if wish.full else row.values["content"] for row in told][1:] == ["问了药还够不够"]
    assert told[0].plain("content") is None
    if wish.full:
        assert spoken_of(township) == []
        assert [row.plain("phone") for row in queries.every(township.connection, "resident")] == ["19900004321"]
    home = export.export(township, WEEK, tmp_path / "home.xlsx", Wish(full=False))
    intake.take(worker, [home.file])
    assert worker.row("visit", visits[0]).plain("content") == some[0]["content"]
    records.change(worker, ledger("visit"), visits[0], {"content": "问了近况"})
    again = export.export(worker, WEEK, tmp_path / "again.xlsx", wish)
    intake.take(township, [again.file], intake.Options(password=PASSWORD))
    assert "问了近况" in str(township.row("visit", visits[0]).values["content"])
    assert not queries.open_marks(township.connection)


def test_of_a_list_that_speaks_of_them_all_else_leaves_too(worker, township, tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text(f"姓名,手机号,住址,备注\n诸葛守诚,19900004321,金江西苑3号楼502,{TOLD}\n", encoding="utf-8")
    intake.take(worker, [file])
    for place in range(2):
        done = export.export(worker, WEEK, tmp_path / f"{place}.xlsx", WISHES[1])
        assert [one.field for one in done.staying] == ["note"][place:]
        intake.take(township, [done.file], intake.Options(password=PASSWORD))
        (person,) = queries.every(township.connection, "resident")
        assert (person.plain("name"), person.plain("phone")) == ("诸葛守诚", "19900004321")
        assert spoken_of(township) == []
        mine = queries.every(worker.connection, "resident")[0]
        records.change(worker, ledger("resident"), mine.id, {"note": "每月去一次"})
    assert not queries.open_marks(township.connection)
