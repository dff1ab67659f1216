"""What was not understood goes back in the very file; corrected and imported again, only the corrected rows change."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from gridworker.errors import UserError
from gridworker.exchange import raw
from gridworker.exchange.marking import RED
from gridworker.exchange.returned import CHECK_HEAD, LIST_SHEET
from gridworker.exchange.weekly import encrypted
from gridworker.services import dump, feedback, intake
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.conftest import OpenCopy
from tests.services.township_books import book, filled

SHEETS = Path(__file__).parents[1] / "data" / "sheets"
PASSWORD = "别的密码二〇二六"


def visits(folder: Path, name: str = "走访.xlsx") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "走访台账"
    sheet.append([f"金江社区走访台账（{name.partition('.')[0]}）"])
    sheet.append(["住址", "户主", "联系电话", "走访日期", "走访内容"])
    sheet.append(["大湾组1号", "测试甲", "1990000001", "2026-11-03", "身体好"])
    sheet.append(["大湾组2号", "测试乙", "19900000002", "2026-11-31", "想找活干"])
    sheet.append(["大湾组3号", "测试丙", "19900000003", "2026-11-05", "都好"])
    made.save(folder / name)
    return folder / name


def take(workspace: Workspace, path: Path, password: str = "") -> FileReport:
    return intake.take(workspace, [path], intake.Options(password=password)).files[0]


def marked(workspace: Workspace, path: Path, password: str = "") -> Path:
    out = path.with_name(feedback.marked_name(path))
    feedback.write_marked(workspace, path, take(workspace, path, password), out, password)
    return out


def facts(workspace: Workspace) -> list[dict[str, object]]:
    rows = [*queries.every(workspace.connection, "visit"), *queries.every(workspace.connection, "household")]
    return [{name: value for name, value in row.values.items() if name != "grid"} for row in rows]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_cells_are_red_a_column_says_what_to_do_and_a_list_leads_there(worker: Workspace, tmp_path: Path) -> None:
    path = visits(tmp_path)
    out = openpyxl.load_workbook(marked(worker, path))
    sheet = out["走访台账"]
    assert sheet["F2"].value == CHECK_HEAD
    assert sheet["C3"].fill.fgColor.rgb[2:] == sheet["D4"].fill.fgColor.rgb[2:] == RED
    assert "C列" in sheet["F3"].value
    assert "D列" in sheet["F4"].value
    assert sheet["F5"].value is None
    assert sheet.column_dimensions["G"].hidden
    listed = out[LIST_SHEET]
    assert [cell.value for cell in listed["B"]] == ["单元格", "C3", "D4"]
    assert listed["B3"].hyperlink.location == "'走访台账'!D4"
    before, after = parts(path), parts(tmp_path / "走访_检查结果.xlsx")
    untouched = {name for name in before if after[name] == before[name]}
    assert untouched >= {name for name in before if name.startswith(("docProps", "xl/theme", "_rels"))}


def test_the_copy_untouched_changes_nothing(worker: Workspace, tmp_path: Path) -> None:
    out = marked(worker, visits(tmp_path))
    before = list(dump.dump(worker, versions=True))
    report = take(worker, out)
    assert (report.created, report.changed, report.conflicts, report.proposals) == (0, 0, 0, 0)
    assert list(dump.dump(worker, versions=True)) == before


def test_corrected_rows_change_and_no_other(worker: Workspace, tmp_path: Path) -> None:
    out = marked(worker, visits(tmp_path))
    fixed = openpyxl.load_workbook(out)
    fixed["走访台账"]["D4"] = "2026-11-30"
    fixed.save(out)
    report = take(worker, out)
    assert (report.created, report.changed, report.conflicts, report.proposals) == (0, 1, 0, 0)
    days = sorted(str(one["visited_at"]) for one in facts(worker) if one.get("visited_at"))
    assert days == ["2026-11-03", "2026-11-05", "2026-11-30"]
    assert len(queries.every(worker.connection, "visit")) == 3


def test_a_second_copy_keeps_the_first_correction_and_whitens_it(worker: Workspace, tmp_path: Path) -> None:
    out = marked(worker, visits(tmp_path))
    fixed = openpyxl.load_workbook(out)
    fixed["走访台账"]["D4"] = "2026-11-30"
    fixed.save(out)
    again = marked(worker, out)
    second = openpyxl.load_workbook(again)
    assert second["走访台账"]["D4"].fill.fgColor.rgb[2:] == "FFFFFF"
    assert second["走访台账"]["F4"].value is None
    assert [second["走访台账"].max_column, second.sheetnames.count(LIST_SHEET)] == [7, 1]
    second["走访台账"]["C3"] = "19900000001"
    second["走访台账"]["D4"] = "2026-11-29"
    second.save(again)
    report = take(worker, again)
    assert (report.created, report.conflicts, report.proposals) == (0, 0, 0)
    told = facts(worker)
    assert "19900000001" in [one.get("phone") for one in told]
    assert sorted(str(one["visited_at"]) for one in told if one.get("visited_at"))[-1] == "2026-11-29"


def test_rows_sorted_deleted_and_added_meanwhile(worker: Workspace, tmp_path: Path) -> None:
    out = marked(worker, visits(tmp_path))
    moved = openpyxl.load_workbook(out)
    sheet = moved["走访台账"]
    lines = [[cell.value for cell in row] for row in sheet["A3:G5"]]
    added = ["大湾组9号", "测试丁", "19900000009", "2026-11-09", "新来的", None, None]
    for number, line in enumerate([lines[2], added, lines[0]], start=3):
        for column, value in enumerate(line, start=1):
            sheet.cell(number, column).value = value
    moved.save(out)
    report = take(worker, out)
    assert (report.changed, report.conflicts) == (0, 0)
    heads = sorted(str(one["head"]) for one in facts(worker) if one.get("head"))
    assert heads == ["测试丁", "测试丙", "测试乙", "测试甲"]


@pytest.mark.parametrize("name", ["S4_入学登记.csv", "S3_就业登记.xls"])
def test_an_old_format_comes_back_as_xlsx_and_in_again(worker: Workspace, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((SHEETS / name).read_bytes())
    out = marked(worker, path)
    before = len(list(dump.dump(worker)))
    report = take(worker, out)
    assert (report.created, report.conflicts, report.proposals) == (0, 0, 0)
    assert len(list(dump.dump(worker))) == before


def test_what_the_sender_coloured_stays_and_empty_cells_far_away_count_not(worker: Workspace, tmp_path: Path) -> None:
    path = visits(tmp_path)
    theirs = openpyxl.load_workbook(path)
    sheet = theirs["走访台账"]
    sheet["E5"].fill = PatternFill("solid", fgColor="FFFFC7CE")  # 差, as spreadsheet programs offer it
    sheet["XFC5"].fill = PatternFill("solid", fgColor="FFFFC7CE")
    theirs.save(path)
    out = marked(worker, path)
    again = marked(worker, out)
    for copy in (out, again):
        told = openpyxl.load_workbook(copy)["走访台账"]
        assert told["E5"].fill.fgColor.rgb == "FFFFC7CE"
        assert told["F2"].value == CHECK_HEAD


def test_without_a_password_of_its_own_the_copy_carries_the_stored_one(worker: Workspace, tmp_path: Path) -> None:
    worker.store.set("report_password", PASSWORD)
    out = marked(worker, visits(tmp_path))
    assert raw.read_book(out.read_bytes(), PASSWORD).encrypted
    assert take(worker, out).error is None


def test_the_copy_carries_the_password_of_the_file(worker: Workspace, tmp_path: Path) -> None:
    path = visits(tmp_path)
    path.write_bytes(encrypted(path.read_bytes(), PASSWORD))
    out = marked(worker, path, PASSWORD)
    assert raw.read_book(out.read_bytes(), PASSWORD).encrypted


def test_our_own_workbook_comes_home_marked_and_says_nothing_new(open_copy: OpenCopy, tmp_path: Path) -> None:
    worker, township = filled(open_copy), open_copy("township")
    path = book(worker, tmp_path, wish=Wish(full=False))
    edited = openpyxl.load_workbook(path)
    sheet = edited["诉求台账"]
    column = next(cell.column for cell in sheet[3] if cell.value == "办理时限")
    row = next(one for one in range(4, sheet.max_row) if sheet.cell(one, 1).value and sheet.cell(one, column).value)
    sheet.cell(row, column).value = "十三月四十日"
    edited.save(path)
    out = marked(township, path)
    told = openpyxl.load_workbook(out)["诉求台账"]
    assert told.cell(row, column).fill.fgColor.rgb[2:] == RED
    report = take(township, out)
    assert (report.created, report.changed, report.conflicts, report.absent) == (0, 0, 0, 0)


def test_of_several_files_a_list_and_the_copies_beside_it(worker: Workspace, tmp_path: Path) -> None:
    paths = [visits(tmp_path, "一.xlsx"), visits(tmp_path, "二.xlsx")]
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    group = intake.take(worker, [tmp_path])
    out = tmp_path / "结果" / "检查结果.xlsx"
    done = feedback.write(worker, group, intake.find_books([tmp_path]), out)
    assert len(paths) == 2
    assert [one.name for one in done] == ["检查结果.xlsx", "一_检查结果.xlsx", "二_检查结果.xlsx"]
    assert openpyxl.load_workbook(out).sheetnames == ["导入结果", "问题清单"]
    assert all(LIST_SHEET in openpyxl.load_workbook(one).sheetnames for one in done[1:])


def test_a_stop_between_two_copies_leaves_nothing(worker: Workspace, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def progress(done: float, _every: int, _name: str) -> None:
        if done == 1:
            raise StoppedError

    paths = [visits(tmp_path, "一.xlsx"), visits(tmp_path, "二.xlsx")]
    group = intake.take(worker, [tmp_path])
    out = tmp_path / "结果" / "检查结果.xlsx"
    with pytest.raises(StoppedError):
        feedback.write(worker, group, paths, out, progress=progress)
    assert not out.parent.exists()


def test_the_received_file_is_never_written_over(worker: Workspace, tmp_path: Path) -> None:
    path = visits(tmp_path)
    group = intake.take(worker, [path])
    before = path.read_bytes()
    with pytest.raises(UserError):
        feedback.write(worker, group, [path], path)
    assert path.read_bytes() == before


def test_files_of_one_name_are_told_apart_and_none_is_written_over(worker: Workspace, tmp_path: Path) -> None:
    for folder in ("一组", "二组"):
        (tmp_path / folder).mkdir()
        visits(tmp_path / folder, "台账.xlsx")
    book = openpyxl.load_workbook(tmp_path / "二组" / "台账.xlsx")
    book.active.cell(book.active.max_row + 1, 1, "只在二组")
    book.save(tmp_path / "二组" / "台账.xlsx")
    books = intake.find_books([tmp_path])
    group = intake.take(worker, [tmp_path])
    done = feedback.write(worker, group, books, tmp_path / "结果" / "检查结果.xlsx")
    assert [one.name for one in done] == ["检查结果.xlsx", "台账_检查结果.xlsx", "台账_检查结果(2).xlsx"]
    told = ["只在二组" in str([*openpyxl.load_workbook(one).active.values]) for one in done[1:]]
    assert told == [False, True]


def test_no_other_imported_file_is_written_over(worker: Workspace, tmp_path: Path) -> None:
    books = [visits(tmp_path, "甲.xlsx"), visits(tmp_path, "甲_检查结果.xlsx")]
    before = [one.read_bytes() for one in books]
    group = intake.take(worker, books)
    for out in (tmp_path / "总表.xlsx", books[1]):
        with pytest.raises(UserError):
            feedback.write(worker, group, books, out)
    assert [one.read_bytes() for one in books] == before
