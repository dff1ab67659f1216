"""Importing: stopped at any moment it leaves whole files, and whoever saves meanwhile goes first."""

import threading
from time import monotonic

import openpyxl
import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import arrivals, dump, intake
from gridworker.services.intake import Options
from gridworker.store import database, queries
from gridworker.store.door import Change
from tests.services.township_books import LAST_WEEK, THIS_WEEK, book, filled


class StopError(Exception):
    """Somebody pressed Esc."""


@pytest.fixture
def books(open_copy, tmp_path):
    worker = filled(open_copy)
    return [book(worker, tmp_path, LAST_WEEK), book(worker, tmp_path, THIS_WEEK)]


def state(workspace):
    return list(dump.dump(workspace, versions=True)), [one.file for one in arrivals.imports(workspace)]


@pytest.mark.parametrize("moment", [0.1, 0.5, 0.6, 0.9, 1.1, 1.6, 1.95])
def test_an_import_stopped_at_any_moment_leaves_whole_files(township, open_copy, books, moment):
    whole = open_copy("township")
    intake.take(whole, books[: int(moment)])

    def stop(done, _every, _name):
        if done >= moment:
            raise StopError

    with pytest.raises(StopError):
        intake.take(township, books, Options(progress=stop))
    assert state(township) == state(whole)


def test_progress_moves_inside_each_file(township, books):
    heard = []
    intake.take(township, books, Options(progress=lambda done, every, _name: heard.append(done / every)))
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    for file in range(2):
        assert len({share for share in heard if file < share * 2 < file + 1}) > 20


def test_whoever_saves_during_an_import_waits_only_a_moment(township, books):
    waited = []
    saver = threading.Thread(target=save, args=(township.for_thread(), waited))

    def begin(done, _every, _name):
        if done > 0.55 and not saver.ident:
            saver.start()
            while not database._waiting.count:
                pass

    report = intake.take(township, books, Options(progress=begin))
    saver.join()
    assert waited[0] < 1
    assert not any(one.error for one in report.files)
    assert sum(one.created for one in report.files)


def save(workspace, waited):
    began = monotonic()
    workspace.write("test", Change(ledger("grid"), {"code": "YS01", "name": "阅山悦府1网格"}))
    waited.append(monotonic() - began)
    workspace.close()


def test_an_import_goes_through_when_somebody_saves_all_the_time(township, books, monkeypatch):
    monkeypatch.setattr(database, "_TURN", 0.01)
    monkeypatch.setattr(database._waiting, "count", 1)
    report = intake.take(township, books)
    assert not any(one.error for one in report.files)


def test_a_foreign_row_about_a_known_household_is_no_new_record(open_copy, tmp_path):
    worker = filled(open_copy)
    known = queries.every(worker.connection, "household")
    row = known[0]
    address = ",".join(str(row.plain(name)) for name in ("estate", "building", "unit", "room"))
    (tmp_path / "名单.csv").write_text(f"小区,楼栋,单元,室,备注\n{address},门口有台阶\n", encoding="utf-8")
    report = intake.take(worker, [tmp_path / "名单.csv"]).files[0]
    assert len(queries.every(worker.connection, "household")) == len(known)
    assert (report.created, report.changed) == (0, 1)
    assert worker.row("household", row.id).plain("note") == "门口有台阶"


def test_what_was_not_taken_as_a_whole_is_told_without_being_a_problem(open_copy, tmp_path):
    made = openpyxl.Workbook()
    made.active.append(["户主", "家庭住址", "走访日期", "走访情况"])
    made.active.append(["测试甲", "大湾组3号", "2026-11-03", "好"])
    made.create_sheet("选项").sheet_state = "hidden"
    made["选项"]["A1"] = "就业"
    made.save(tmp_path / "走访.xlsx")
    told = intake.take(open_copy("worker"), [tmp_path / "走访.xlsx"]).as_json()["files"][0]
    assert told["problems"] == []
    assert [(one["sheet"], one["code"]) for one in told["remarks"]] == [("选项", "sheet_hidden")]


def test_a_text_in_a_folder_is_taken_if_it_is_a_table(tmp_path):
    (tmp_path / "摸底.txt").write_text("姓名\t电话\n燕小乙\t\n", encoding="utf-16")
    (tmp_path / "上报密码.txt").write_text("梅山2026", encoding="utf-8")
    (tmp_path / "名册.csv").write_text("姓名\n燕小丙\n", encoding="utf-8")
    assert [one.name for one in intake.find_books([tmp_path])] == ["名册.csv", "摸底.txt"]
