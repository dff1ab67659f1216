"""Looking before taking: each file's share of the difference, nothing kept, and then exactly what was seen."""

import pickle

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import arrivals, dump, intake, preview
from gridworker.services.export import Wish
from gridworker.store import database, queries
from gridworker.store.door import Change
from tests.services.township_books import LAST_WEEK, THIS_WEEK, book, filled, nothing

PASSWORD = "上报密码二〇二六"
FULL = Wish(full=True, reason="周报", password=PASSWORD)


@pytest.fixture
def worker(open_copy):
    return filled(open_copy)


@pytest.fixture
def folder(worker, tmp_path):
    """Four files that a township may find in a folder: two weeks, a broken and a locked one."""
    made = tmp_path / "收到"
    made.mkdir()
    book(worker, made, LAST_WEEK, "甲.xlsx")
    change_a_need(worker, unit="镇建设所")
    book(worker, made, THIS_WEEK, "乙.xlsx")
    (made / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    book(worker, made, THIS_WEEK, "锁.xlsx", FULL)
    return made


def change_a_need(workspace, **patch):
    need = next(row for row in queries.every(workspace.connection, "need") if not row.plain("closed_on"))
    workspace.write("set", Change(ledger("need"), patch, need.id))
    return need.id


def state(workspace):
    return list(dump.dump(workspace, versions=True)), [one.file for one in arrivals.imports(workspace)]


def test_looking_keeps_nothing(township, folder):
    before = state(township)
    preview.look(township, [folder], nothing)
    assert state(township) == before


def test_each_file_says_what_it_is(township, folder):
    found = {one.path.name: one.kind for one in preview.look(township, [folder], nothing)}
    assert found == {
        "甲.xlsx": preview.OURS,
        "乙.xlsx": preview.OURS,
        "坏.xlsx": preview.BROKEN,
        "锁.xlsx": preview.LOCKED,
    }


def test_the_counts_are_those_of_an_import_in_this_order(township, open_copy, folder):
    looked = preview.look(township, [folder], nothing)
    really = intake.take(open_copy("township"), [folder]).files
    assert [counts(one.report) for one in looked] == [counts(one) for one in really]


def counts(report):
    return report.file, report.created, report.changed, report.unchanged, report.conflicts, report.proposals


def test_only_the_second_book_brings_the_change(township, folder):
    first, second = preview.look(township, [folder / "甲.xlsx", folder / "乙.xlsx"], nothing)
    assert all(one.is_new for one in first.touched())
    altered = [field for one in second.touched() if not one.is_new for field in one.fields]
    assert any((field.label, field.after) == ("承办单位", "镇建设所") for field in altered)


def test_what_was_looked_at_comes_in_even_if_the_file_is_gone(township, open_copy, folder):
    looked = preview.look(township, [folder], nothing)
    whole = open_copy("township")
    intake.take(whole, [folder])
    for one in folder.iterdir():
        one.unlink()
    done = preview.take(township, looked, nothing)
    assert list(dump.dump(township, versions=True)) == list(dump.dump(whole, versions=True))
    assert [one.error is not None for one in done.files] == [one.report.error is not None for one in looked]


def test_a_password_opens_a_locked_file(township, folder):
    assert preview.look(township, [folder / "锁.xlsx"], nothing, PASSWORD)[0].kind == preview.OURS


def test_both_sides_changed_is_told_with_both_values(worker, tmp_path):
    out = book(worker, tmp_path, THIS_WEEK, "周.xlsx")
    import openpyxl

    workbook = openpyxl.load_workbook(out)
    sheet = workbook["诉求台账"]
    heads = {str(cell.value).replace("\n", ""): cell.column for cell in sheet[3]}
    sheet.cell(4, heads["承办单位"]).value = "镇住建办"
    workbook.save(out)
    number = str(sheet.cell(4, heads["诉求编号"]).value).replace("\n", "")
    need = next(row for row in queries.every(worker.connection, "need") if row.plain("number") == number)
    worker.write("set", Change(ledger("need"), {"unit": "镇建设所"}, need.id))
    looked = preview.look(worker, [out], nothing)[0]
    assert looked.report.conflicts == 1
    asked = [field for one in looked.touched() for field in one.fields if field.state == preview.CONFLICT]
    assert [(one.label, {one.before, one.after}) for one in asked] == [("承办单位", {"镇建设所", "镇住建办"})]


def test_known_and_withdrawn_files_are_named(township, folder):
    report = intake.take(township, [folder / "甲.xlsx"]).files[0]
    assert preview.look(township, [folder / "甲.xlsx"], nothing)[0].kind == preview.KNOWN
    arrivals.undo(township, report.batch)
    assert preview.look(township, [folder / "甲.xlsx"], nothing)[0].kind == preview.RETURNING


def test_whoever_saves_during_a_rehearsal_goes_first(township, folder, monkeypatch):
    rehearsed = []

    def heard(done, every, _name):
        rehearsed.append(done / every)
        if len(rehearsed) == 100:
            monkeypatch.setattr(database._waiting, "count", 1)

    waited = []
    monkeypatch.setattr(database, "let_others_write", lambda: waited.append(setattr(database._waiting, "count", 0)))
    looked = preview.read(township, [folder / "甲.xlsx", folder / "乙.xlsx"], nothing)
    preview.rehearse(township, looked, heard)
    assert len(waited) == 1
    assert rehearsed[100] < rehearsed[99]  # it began anew
    assert looked[0].report.created


def test_many_files_stay_small_in_memory(township, folder):
    looked = preview.look(township, [folder / "甲.xlsx"], nothing)[0]
    assert len(looked.packed) < len(pickle.dumps(looked.touched())) / 3
