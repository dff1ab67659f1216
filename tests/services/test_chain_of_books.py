"""The chain of weekly workbooks, told by real files: lost, replaced, repeated, changed, forked; in any order."""

import json
import random
import shutil
from datetime import date

import openpyxl
import pytest

from gridworker.cli.main import run
from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import random_id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import collect, export, hand_ins, intake, records, roster
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.hand_in_states import BROKEN, EDITED, IN, MISSING, REPLACED, SAME
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import batches, exports
from tests.conftest import PASSWORD

HOME = {
    "estate": "金江西苑",
    "building": "3栋",
    "unit": "2单元",
    "room": "502",
    "head": "李桂芳",
    "phone": "19900001234",
}
IN_TIME, AFTER = date(2026, 11, 6), date(2026, 12, 5)
WEEKS = ("2026-W45", "2026-W46", "2026-W47", "2026-W48")


def visited(worker, home, week):
    day = parse_week(week).first_day
    records.add(
        worker, ledger("visit"), [{"household": to_text(home), "visited_at": f"{day}T09:00", "content": "看望"}]
    )


def left(worker, week, out, wish=None):
    export.export(worker, Period.of_week(parse_week(week)), out, wish or Wish())
    return out


@pytest.fixture
def line(open_copy, tmp_path):
    """A worker with one visit a week, and the workbooks of four weeks."""
    worker = open_copy("worker")
    home = records.add(worker, ledger("household"), [HOME]).ids[0]
    files = {}
    for week in WEEKS:
        visited(worker, home, week)
        files[week] = left(worker, week, tmp_path / f"{week}.xlsx")
    return worker, files


@pytest.fixture
def office(open_copy):
    """A township that knows the grid; what it takes is in time."""
    made = open_copy("township", IN_TIME)
    roster.add_grid(made, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    return made


def cells(township, grid="JX03"):
    table = collect.overview(Workspace(township.store, AFTER))
    found = next(one for one in table.lines if one.code == grid)
    return {str(week): cell for week, cell in zip(table.weeks, found.cells, strict=True)}


def resaved(file, out, edit=lambda book: None):
    book = openpyxl.load_workbook(file)
    edit(book)
    book.save(out)
    return out


def test_each_book_names_the_one_before_it_by_id_and_fingerprint(line, office):
    worker, files = line
    intake.take(office, [files["2026-W48"]])
    head = {row[0].value: row[1].value for row in openpyxl.load_workbook(files["2026-W48"])["_gw"].iter_rows()}
    log = exports.links(worker.connection, "", 9)
    assert [one.week for one in log] == list(WEEKS)
    assert head["previous_sha256"] == log[2].digest
    assert len({one.digest for one in log}) == 4
    cover = [[cell.value for cell in row] for row in openpyxl.load_workbook(files["2026-W48"])["封面"].iter_rows()]
    assert any(row[1] == "上一份" and row[2].startswith("第47周") and log[2].digest[:12] in row[2] for row in cover)
    (kept,) = hand_ins.hand_ins(batches.listing(office.connection))
    assert kept.past == log[:3]


def test_a_week_named_by_its_successor_and_never_received_is_missing_by_name(line, office):
    _worker, files = line
    intake.take(office, [files["2026-W45"], files["2026-W48"]])
    found = cells(office)
    assert [found[week].state for week in WEEKS] == [IN, MISSING, MISSING, IN]
    assert "第47周那份没收到" in found["2026-W47"].words[0]
    intake.take(office, [files["2026-W47"]])
    assert (cells(office)["2026-W47"].state, cells(office)["2026-W47"].words) == (IN, ())


def test_a_week_sent_twice_says_which_it_replaces_and_the_last_of_the_chain_counts(line, office, tmp_path):
    worker, files = line
    again = left(worker, "2026-W48", tmp_path / "再一份.xlsx")
    head = {row[0].value: row[1].value for row in openpyxl.load_workbook(again)["_gw"].iter_rows()}
    assert head["replaces_sha256"] == exports.links(worker.connection, "", 9)[3].digest
    intake.take(office, [again])
    assert "另一份" in cells(office)["2026-W48"].words[-1]
    intake.take(office, [files["2026-W48"]])
    cell = cells(office)["2026-W48"]
    assert (cell.state, cell.file) == (REPLACED, "再一份.xlsx")
    assert "收到 2 份" in cell.words[-1]


def test_a_masked_copy_of_the_same_week_replaces_nothing(line, office, tmp_path):
    worker, _files = line
    worker.store.set("report_password", "演示上报密码2026")
    full = left(worker, "2026-W48", tmp_path / "完整.xlsx")
    office.store.set("report_password", "演示上报密码2026")
    intake.take(office, [full])
    (kept,) = hand_ins.hand_ins(batches.listing(office.connection))
    assert kept.past[-1].masked
    assert not kept.link.masked
    log = exports.links(worker.connection, "", 9)
    assert log[-1].digest == kept.link.digest


def test_what_is_not_byte_for_byte_what_its_successor_names_was_changed_on_the_way(line, office, tmp_path):
    _worker, files = line
    changed = resaved(files["2026-W47"], tmp_path / "另存.xlsx")
    intake.take(office, [changed])
    assert cells(office)["2026-W47"].state == IN
    intake.take(office, [files["2026-W48"]])
    cell = cells(office)["2026-W47"]
    assert cell.state == EDITED
    assert any("不是导出时的原样" in word for word in cell.words)
    intake.take(office, [files["2026-W47"]])
    assert cells(office)["2026-W47"].state != EDITED


def test_edits_in_the_workers_columns_are_told(line, office, tmp_path):
    _worker, files = line

    def edit(book):
        sheet = book["走访台账"]
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "看望")
        cell.value = "看望过了"

    intake.take(office, [resaved(files["2026-W48"], tmp_path / "改过.xlsx", edit)])
    cell = cells(office)["2026-W48"]
    assert cell.state == EDITED
    assert "表格里改过 1 处" in cell.words


def test_a_restored_backup_breaks_the_chain(line, office, tmp_path):
    worker, files = line
    worker.connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copytree(worker.store.folder, tmp_path / "备份")
    one = left(worker, "2026-W49", tmp_path / "一.xlsx")
    restored = workspaces.open_folder(tmp_path / "备份", PASSWORD, worker.today)
    restored.store.set("device", to_text(random_id()))
    other = left(restored, "2026-W49", tmp_path / "二.xlsx")
    restored.close()
    intake.take(office, [files["2026-W48"], one, other])
    found = cells(office)
    assert (found["2026-W48"].state, found["2026-W49"].state) == (IN, BROKEN)
    assert "链条断开" in found["2026-W49"].words[-1]


def test_the_same_bytes_again_are_told_from_the_command_line_too(line, office):
    _worker, files = line
    intake.take(office, [files["2026-W47"]])
    intake.take(office, [files["2026-W47"]], intake.Options(dry_run=True))
    assert cells(office)["2026-W49"].state == MISSING
    intake.take(Workspace(office.store, AFTER), [files["2026-W47"]])
    assert cells(office)["2026-W49"].state == SAME
    assert cells(office)["2026-W49"].words == ("交来的还是第47周那份",)
    assert cells(office)["2026-W47"].state == IN


def test_no_order_of_arrival_changes_the_table(line, open_copy, tmp_path):
    worker, files = line
    second = left(worker, "2026-W48", tmp_path / "再.xlsx")
    changed = resaved(files["2026-W46"], tmp_path / "另存.xlsx")
    copy = shutil.copy(files["2026-W45"], tmp_path / "又.xlsx")
    books = [files["2026-W45"], tmp_path / "又.xlsx", changed, files["2026-W48"], second]
    assert copy
    dice, tables = random.Random(5), []
    for _time in range(3):
        office = open_copy("township", IN_TIME)
        roster.add_grid(office, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
        for file in books:
            intake.take(office, [file])
        tables.append({week: (cell.state, cell.file, cell.words) for week, cell in cells(office).items()})
        dice.shuffle(books)
    assert tables[0] == tables[1] == tables[2]
    assert [tables[0][week][0] for week in ("2026-W46", "2026-W47", "2026-W48")] == [EDITED, MISSING, REPLACED]


def test_the_command_line_tells_every_grid_and_week(line, office, capsys, monkeypatch):
    _worker, files = line
    intake.take(office, [files["2026-W46"], files["2026-W48"]])
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    asked = ["--data", str(office.store.folder), "--today", AFTER.isoformat(), "--json", "batches"]
    assert run([*asked, "--weeks", "5"]) == 0
    told = json.loads(capsys.readouterr().out)
    (grid,) = told["grids"]
    assert grid["grid"] == "JX03"
    assert [one["state"] for one in grid["weeks"]] == [MISSING, IN, MISSING, IN, MISSING]
    assert "第47周那份没收到" in grid["weeks"][-3]["words"][0]
    assert run(asked) == 0
    first = json.loads(capsys.readouterr().out)["batches"][-1]
    assert (first["week"], first["state"], first["role"], first["nil"]) == ("2026-W46", "in", "worker", False)
    assert first["previous_sha256"]
