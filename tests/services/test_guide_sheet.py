"""办事指南 as a workbook: what went out comes back unchanged, edits are shown first, one bad cell stops all."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.errors import UserError
from gridworker.services import guide_sheet, policy
from gridworker.services.guide_sheet import Change


@pytest.fixture
def book(worker, tmp_path) -> Path:
    policy.write(worker, "N12", {"where": "镇供水站"})
    guide_sheet.export(worker, tmp_path / "办事指南.xlsx")
    return tmp_path / "办事指南.xlsx"


def edit(path: Path, **cells: str) -> Path:
    workbook = openpyxl.load_workbook(path)
    for name, text in cells.items():
        workbook.active[name] = text
    workbook.save(path)
    return path


def row_of(path: Path, kind: str) -> int:
    sheet = openpyxl.load_workbook(path).active
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith(kind))


def test_what_goes_out_says_the_same_when_it_comes_back(worker, book):
    sheet = openpyxl.load_workbook(book).active
    assert [cell.value for cell in sheet[3]] == ["类别", "谁能办", "材料", "到哪办", "多久", "说明"]
    assert sheet.cell(row_of(book, "N12"), 4).value == "镇供水站"
    assert guide_sheet.read(worker, book) == guide_sheet.Plan((), ())


def test_edits_are_shown_first_and_come_in_together(worker, book):
    n04, n12 = row_of(book, "N04"), row_of(book, "N12")
    edit(book, **{f"B{n04}": "满 60 岁的参保人", f"D{n12}": "镇供水站 2 楼", f"E{n12}": ""})
    plan = guide_sheet.read(worker, book)
    assert plan.problems == ()
    assert plan.changes == (
        Change("N04", "who", "", "满 60 岁的参保人"),
        Change("N12", "where", "镇供水站", "镇供水站 2 楼"),
    )
    assert policy.card(worker, "N04").texts == {}
    guide_sheet.take(worker, plan)
    assert policy.card(worker, "N04").texts == {"who": "满 60 岁的参保人"}
    assert policy.card(worker, "N12").texts["where"] == "镇供水站 2 楼"
    assert policy.card(worker, "N12").texts["days"]


def test_the_original_words_brought_back_are_no_own_words(worker, book):
    original = policy.card(worker, "N01").texts["where"]
    policy.write(worker, "N01", {"where": "别处"})
    guide_sheet.take(worker, guide_sheet.read(worker, book))
    assert policy.card(worker, "N01") == policy.Card("N01", policy.card(worker, "N01").texts, frozenset())
    assert policy.card(worker, "N01").texts["where"] == original


def test_bad_rows_are_told_by_cell_and_nothing_is_taken(worker, book):
    last = row_of(book, "N99")
    edit(
        book,
        **{f"A{last + 1}": "看星星", f"B{last + 1}": "谁都行", f"B{last + 2}": "没写类别"},
        **{f"A{last + 3}": "医保", f"B{last + 3}": "又一行", f"C{last}": "长" * 2001, f"D{last}": "#REF!"},
    )
    plan = guide_sheet.read(worker, book)
    said = {problem.cell: problem.message for problem in plan.problems}
    assert set(said) == {f"A{last + 1}", f"A{last + 2}", f"A{last + 3}", f"C{last}", f"D{last}"}
    assert all(message.startswith(cell) for cell, message in said.items())
    before = policy.own_texts(worker)
    with pytest.raises(UserError):
        guide_sheet.take(worker, plan)
    assert policy.own_texts(worker) == before


def test_any_format_and_any_order_of_columns_is_read(worker, tmp_path):
    (tmp_path / "指南.csv").write_bytes("到哪 办,类别\n镇社保所,养老社保\n注：以公告为准,\n".encode("gb18030"))
    plan = guide_sheet.read(worker, tmp_path / "指南.csv")
    assert plan.changes == (Change("N04", "where", "", "镇社保所"),)
    assert [problem.cell for problem in plan.problems] == ["B3"]


def test_other_files_say_what_is_missing(worker, tmp_path):
    (tmp_path / "x.csv").write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    with pytest.raises(UserError) as told:
        guide_sheet.read(worker, tmp_path / "x.csv")
    assert told.value.code == "no_guide"
    with pytest.raises(UserError) as told:
        guide_sheet.read(worker, tmp_path / "没有.xlsx")
    assert told.value.code == "no_file"
