"""Filled forms: what goes in, what is counted on, what must survive."""

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from gridworker import paths
from gridworker.exchange import raw
from gridworker.exchange.form import understand_form
from gridworker.exchange.form_write import write_form
from gridworker.exchange.patch import Patch
from tests.exchange.test_form import FOLDER, FORMS, expected
from tests.exchange.test_patch import changed, parts
from tests.office import Office

UNITS = {"unit": "金江社区", "person": "陈晓芸", "date": "2026年11月25日"}


def filled(path: Path, count: int) -> bytes:
    data = path.read_bytes()
    book = raw.read_book_here(data)
    patch = Patch(data)
    form = understand_form(book, patch, None, path.name)
    rows = [{one.number: f"第{row}行" for one in form.asked} for row in range(1, count + 1)]
    write_form(patch, form, rows, UNITS)
    return patch.to_bytes()


def test_room_enough() -> None:
    path = FOLDER / "T1_走访统计表.xlsx"
    data = filled(path, 3)
    assert changed(path.read_bytes(), data) == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    rows = raw.read_book_here(data).sheets[0].rows
    assert rows[1] == ["填报单位：金江社区", None, None, None, "填报时间：2026年11月25日"]
    assert rows[3][:3] == [1, "第1行", "第1行"]
    assert [row[0] for row in rows[3:13]] == list(range(1, 11))
    assert rows[6][1:] == []
    assert rows[13] == ["合计", 3]


def test_more_rows_than_room_and_the_total_is_right(office: Office, tmp_path: Path) -> None:
    data = filled(FOLDER / "T1_走访统计表.xlsx", 14)
    (tmp_path / "满.xlsx").write_bytes(data)
    for book in (data, office.save(tmp_path / "满.xlsx", tmp_path / "又存.xlsx").read_bytes()):
        rows = raw.read_book_here(book).sheets[0].rows
        assert [row[0] for row in rows[3:17]] == list(range(1, 15))
        assert rows[16][1] == "第14行"
        assert rows[17][:2] == ["合计", 14]
        assert rows[18] == ["审核人："]
    found = openpyxl.load_workbook(io.BytesIO(data))["走访"]
    assert found["B18"].value == "=COUNTA(B4:B17)"
    assert found["B17"].style_id == found["B13"].style_id
    assert found.row_dimensions[17].height == 24


def test_three_labels_in_one_cell_and_cells_beside_labels() -> None:
    text = raw.read_book_here(filled(FOLDER / "T3_就业困难登记.xlsx", 1)).sheets[0].rows[1][0]
    assert text == "填报单位：金江社区　　填报人：陈晓芸　　填报日期：2026年11月25日"
    row = raw.read_book_here(filled(FOLDER / "T2_诉求汇总表.xlsx", 1)).sheets[0].rows[1]
    assert row == ["单位", "金江社区", None, None, None, "联系人", "陈晓芸"]


def test_who_filled_in_below_the_table_also_where_rows_went_in() -> None:
    data = filled(paths.resource("forms", "就业需求表.xlsx"), 17)
    rows = raw.read_book_here(data).sheets[0].rows
    assert rows[20][0] == "填表人：陈晓芸"
    assert "审核人：" in rows[20]


@pytest.mark.parametrize("path", [one for one in FORMS if one.suffix == ".xlsx"], ids=lambda path: path.stem)
def test_what_must_survive_does(path: Path) -> None:
    data = filled(path, 2)
    found = openpyxl.load_workbook(io.BytesIO(data))
    sheet = found[expected(path)["sheet"]]
    held = {f"merge {one}" for one in sheet.merged_cells.ranges}
    held |= {f"validation {one.sqref}" for one in sheet.data_validations.dataValidation}
    held |= {f"conditional {one.sqref}" for one in sheet.conditional_formatting}
    held |= {f"formula {cell.coordinate}" for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    held |= {f"hidden sheet {one.title}" for one in found if one.sheet_state == "hidden"}
    held |= {"image"} if any(name.startswith("xl/media/") for name in parts(data)) else set()
    assert set(expected(path)["must_survive"]) <= held


def test_a_day_in_a_narrow_column_is_shown_smaller_not_as_hashes(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["走访登记表"], ["序号", "户主姓名", "走访日期", "下次走访日期"], [1], [2], [3]):
        sheet.append(row)
    sheet.column_dimensions["D"].width = 14
    sheet["C3"].alignment = openpyxl.styles.Alignment(horizontal="center", wrap_text=True)
    book.save(tmp_path / "表.xlsx")
    patch = Patch((tmp_path / "表.xlsx").read_bytes())
    form = understand_form(raw.read_book_here(patch.to_bytes()), patch, None, "表.xlsx")
    day = date(2026, 11, 25)
    write_form(patch, form, [{2: "周金枝", 3: day, 4: day}] * 2, UNITS)
    (tmp_path / "满.xlsx").write_bytes(patch.to_bytes())
    office.save(tmp_path / "满.xlsx", tmp_path / "又存.xlsx")
    for path in ("满.xlsx", "又存.xlsx"):
        cells = openpyxl.load_workbook(tmp_path / path).active
        assert cells is not None
        assert cells["C3"].value == datetime(2026, 11, 25)
        assert [bool(cells[one].alignment.shrink_to_fit) for one in ("C3", "C4", "D3")] == [True, True, False]
        assert cells["C3"].alignment.horizontal == "center"
        assert not cells["C3"].alignment.wrap_text


def test_rows_of_a_card_grow_with_what_breaks_into_lines_and_its_foot_says_who_and_when(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    labels = [("姓名", "性别"), ("身份证号", "联系电话"), ("现住址", "最近走访日期"), ("填表人：", "填表日期：")]
    sheet.append(["重点人员信息卡"])
    for left, right in labels:
        sheet.append([left, None, right, None])
    sheet.column_dimensions["D"].width = 11
    for row in sheet["A2:D4"]:
        for cell in row:
            cell.alignment = openpyxl.styles.Alignment(wrap_text=True)
    book.save(tmp_path / "卡.xlsx")
    patch = Patch((tmp_path / "卡.xlsx").read_bytes())
    form = understand_form(raw.read_book_here(patch.to_bytes()), patch, None, "卡.xlsx")
    known = {"resident.name": "周金枝", "resident.id_no": "999999190001010014", "resident.phone": "13800000001"}
    row = {one.number: known.get(one.meaning.column) for one in form.asked if one.meaning}
    write_form(patch, form, [row], UNITS)
    made = openpyxl.load_workbook(io.BytesIO(patch.to_bytes())).worksheets[0]
    assert [made[cell].value for cell in ("B2", "B3", "D3")] == ["周金枝", "999999190001010014", "13800000001"]
    assert (made.row_dimensions[2].height, made.row_dimensions[3].height) == (None, 3 * 14 + 6)
    assert [bool(made[one].alignment.shrink_to_fit) for one in ("B3", "D3")] == [False, True]
    assert [made[one].value for one in ("A5", "C5")] == ["填表人：陈晓芸", "填表日期：2026年11月25日"]
