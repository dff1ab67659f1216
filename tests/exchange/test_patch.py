"""Changing somebody else's workbook: the change arrives, all else stays byte by byte."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from gridworker.exchange import raw
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_rows import insert_rows
from gridworker.exchange.raw_errors import Unreadable
from tests.office import Office

FORMS = Path(__file__).parents[1] / "data" / "forms"
T1, T3 = FORMS / "T1_走访统计表.xlsx", FORMS / "T3_就业困难登记.xlsx"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = parts(before), parts(after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def rich_book() -> bytes:
    """Ten rows and whatever may point at them: from the sheet, from another one, from the book."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, other = book.add_worksheet("表"), book.add_worksheet("另一张")
    frame = book.add_format({"border": 1})
    for row in range(3, 13):
        sheet.set_row(row, 24)
        sheet.write_number(row, 0, row - 2, frame)
        sheet.write_blank(row, 1, None, frame)
        sheet.write_formula(row, 2, f"=B{row + 1}*2", frame, 0)
        sheet.merge_range(row, 3, row, 4, "", frame)
        sheet.write_formula(row, 5, f"=SUM(B$4:B{row + 1})", frame, 0)
    sheet.set_h_pagebreaks([5, 13, 14])
    sheet.write_string(13, 0, "合计", frame)
    sheet.write_formula(13, 1, "=SUM(B4:B13)", frame, 0)
    sheet.merge_range("A15:E15", "注：如实填写")
    sheet.data_validation("B4:B13", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("B4:B13", {"type": "cell", "criteria": ">", "value": 5, "format": frame})
    sheet.write_comment("A14", "合计行")
    sheet.print_area("A1:E15")
    sheet.autofilter("A3:E13")
    sheet.insert_image("A18", "看.png", {"image_data": io.BytesIO(picture()), "object_position": 2})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=表!$B$4:$B$13"})
    other.insert_chart("D2", chart)
    other.write_formula("A1", "=表!B14", None, 0)
    book.define_name("合计数", "=表!$B$14")
    book.close()
    return target.getvalue()


def picture() -> bytes:
    return parts(T3.read_bytes())["xl/media/image1.png"]


def test_cells_take_text_numbers_and_days_and_keep_their_style() -> None:
    before = T3.read_bytes()
    patch = Patch(before)
    sheet = patch.sheet("就业")
    sheet.set(4, 2, "测试甲")
    sheet.set(4, 4, "999999190001010014")
    sheet.set(4, 8, 3500.5)
    sheet.set(5, 2, "=1+1 _x0041_\x01")
    after = patch.to_bytes()
    assert changed(before, after) == {"xl/worksheets/sheet1.xml"}
    found, old = (openpyxl.load_workbook(io.BytesIO(data))["就业"] for data in (after, before))
    assert [found[cell].value for cell in ("B4", "D4", "H4")] == ["测试甲", "999999190001010014", 3500.5]
    assert all(found[cell].style_id == old[cell].style_id for cell in ("B4", "D4", "H4"))
    (row,) = [row for row in raw.read_book_here(after).sheets[0].rows if "=1+1 _x0041_" in row]
    assert row[0] == 2


def test_it_may_be_written_as_often_as_one_likes() -> None:
    patch = Patch(T3.read_bytes())
    patch.sheet("就业").set(4, 2, "测试甲")
    assert patch.to_bytes() == patch.to_bytes()


def test_days_are_days_where_the_cell_may_show_them() -> None:
    before = T1.read_bytes()
    patch = Patch(before)
    sheet = patch.sheet("走访")
    sheet.set(4, 5, date(2026, 11, 3))
    sheet.set(4, 4, date(2026, 11, 3))
    sheet.set(4, 7, datetime(2026, 11, 3, 15, 30))
    after = patch.to_bytes()
    assert raw.read_book_here(after).sheets[0].rows[3][3:7] == [
        "2026-11-03", date(2026, 11, 3), None, datetime(2026, 11, 3, 15, 30)
    ]  # fmt: skip
    assert changed(before, after) == {"xl/worksheets/sheet1.xml", "xl/styles.xml"}


def test_a_cell_on_another_ground_keeps_the_rest_of_its_style() -> None:
    patch = Patch(T1.read_bytes())
    sheet = patch.sheet("走访")
    for column in (2, 3):
        sheet.restyle(4, column, patch.styles.with_fill(sheet.style(4, column), "FFC7CE"))
    found = openpyxl.load_workbook(io.BytesIO(patch.to_bytes()))["走访"]
    assert found["B4"].fill.fgColor.rgb == "FFFFC7CE"
    assert found["B4"].style_id == found["C4"].style_id
    assert found["B4"].border.left.style == found["B5"].border.left.style == "thin"


def test_cells_beyond_the_table_are_made_in_their_place() -> None:
    patch = Patch(T1.read_bytes())
    sheet = patch.sheet("走访")
    sheet.set(3, 9, "导入检查结果", sheet.style(3, 8))
    sheet.set(30, 1, "远处")
    sheet.set(20, 2, "中间")
    sheet.set(20, 1, "前面")
    rows = raw.read_book_here(patch.to_bytes()).sheets[0].rows
    assert rows[2][8] == "导入检查结果"
    assert rows[19] == ["前面", "中间"]
    assert rows[29] == ["远处"]


def test_rows_go_in_and_everything_moves_along(office: Office, tmp_path: Path) -> None:
    patch = Patch(rich_book())
    sheet = patch.sheet("表")
    insert_rows(sheet, 13, 3)
    for row in range(4, 17):
        sheet.set(row, 2, row)
    (tmp_path / "填好.xlsx").write_bytes(patch.to_bytes())
    found = openpyxl.load_workbook(tmp_path / "填好.xlsx")["表"]
    assert found["B17"].value == "=SUM(B4:B16)"
    assert found["C15"].value == "=B15*2"
    assert [found[f"F{row}"].value for row in (13, 16)] == ["=SUM(B$4:B13)", "=SUM(B$4:B16)"]
    assert [one.id for one in found.row_breaks.brk] == [5, 16, 17]
    assert {str(one) for one in found.merged_cells.ranges} >= {"D14:E14", "D16:E16", "A18:E18"}
    assert "D17:E17" not in {str(one) for one in found.merged_cells.ranges}
    assert found.row_dimensions[15].height == 24
    assert found["B15"].border.left.style == "thin"
    assert str(found.data_validations.dataValidation[0].sqref) == "B4:B16"
    assert [str(one.sqref) for one in found.conditional_formatting] == ["B4:B16"]
    assert found.auto_filter.ref == "A3:E16"
    assert found["A17"].comment.text == "合计行"
    assert found.print_area == "'表'!$A$1:$E$18"
    saved = raw.read_book_here(office.save(tmp_path / "填好.xlsx", tmp_path / "又存.xlsx").read_bytes())
    assert saved.sheets[0].rows[16][:2] == ["合计", sum(range(4, 17))]
    assert saved.sheets[1].rows[0] == [sum(range(4, 17))]
    assert saved.sheets[0].rows[14][2] == 30


def test_charts_names_pictures_and_other_sheets_point_where_they_did() -> None:
    patch = Patch(rich_book())
    insert_rows(patch.sheet("表"), 13, 3)
    found = {name: text.decode(errors="replace") for name, text in parts(patch.to_bytes()).items()}
    assert "表!$B$4:$B$16" in found["xl/charts/chart1.xml"]
    assert "表!$B$17<" in found["xl/workbook.xml"]
    assert "<f>表!B17</f>" in found["xl/worksheets/sheet2.xml"]
    before = parts(rich_book())["xl/drawings/drawing1.xml"].decode()
    assert re.findall("row>([0-9]+)<", before) == ["17", "25"]
    assert re.findall("row>([0-9]+)<", found["xl/drawings/drawing1.xml"]) == ["20", "28"]
    assert "<x:Row>16</x:Row>" in found["xl/drawings/vmlDrawing1.vml"]
    assert 'fullCalcOnLoad="1"' in found["xl/workbook.xml"]


def with_two_rows_more(book: dict[str, bytes]) -> Worksheet:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in book.items():
            archive.writestr(name, content)
    patch = Patch(target.getvalue())
    insert_rows(patch.sheet("表"), 13, 2)
    return openpyxl.load_workbook(io.BytesIO(patch.to_bytes()))["表"]


def test_shared_formulas_are_written_out() -> None:
    before = parts(rich_book())
    text = before["xl/worksheets/sheet1.xml"].decode()
    text = text.replace("<f>B4*2</f>", '<f t="shared" ref="C4:C13" si="0">B4*2</f>')
    for row in range(5, 14):
        text = text.replace(f"<f>B{row}*2</f>", '<f t="shared" si="0"/>')
    found = with_two_rows_more(before | {"xl/worksheets/sheet1.xml": text.encode()})
    assert [found[f"C{row}"].value for row in (4, 13, 15)] == ["=B4*2", "=B13*2", "=B15*2"]


def test_a_formula_that_asks_another_program_is_not_repeated() -> None:
    before = parts(rich_book())
    text = before["xl/worksheets/sheet1.xml"].decode().replace("<f>B13*2</f>", "<f>cmd|'/C calc'!A0</f>")
    found = with_two_rows_more(before | {"xl/worksheets/sheet1.xml": text.encode()})
    assert [found[f"C{row}"].value for row in (13, 14, 15)] == ["=cmd|'/C calc'!A0", None, None]
    assert found["F15"].value == "=SUM(B$4:B15)"


def test_macros_stay_behind() -> None:
    before = parts(T1.read_bytes())
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types, relations = before["[Content_Types].xml"].decode(), before["xl/_rels/workbook.xml.rels"].decode()
    types = types.replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind)
    types = types.replace("</Types>", '<Override PartName="/xl/vbaProject.bin" ContentType="a/b"/></Types>')
    program = '<Relationship Id="rId99" Type="a/vbaProject" Target="vbaProject.bin"/></Relationships>'
    relations = relations.replace("</Relationships>", program)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in before.items():
            changes = {"[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": relations}
            archive.writestr(name, changes.get(name, content))
        archive.writestr("xl/vbaProject.bin", b"program")
    patch = Patch(target.getvalue())
    patch.parts.drop_macros()
    after = parts(patch.to_bytes())
    assert "xl/vbaProject.bin" not in after
    assert b"vbaProject" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert kind.encode() not in after["[Content_Types].xml"]


def test_what_is_no_workbook_is_refused() -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"PK\x03\x04", empty.getvalue(), (FORMS / "T4_医疗报销登记.xls").read_bytes()):
        with pytest.raises(Unreadable):
            Patch(data)


def test_a_workbook_that_lists_no_sheets_is_damaged() -> None:
    book, target = parts(rich_book()), io.BytesIO()
    book["xl/workbook.xml"] = re.sub(rb"<sheets>.*</sheets>", b"", book["xl/workbook.xml"])
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in book.items():
            archive.writestr(name, data)
    with pytest.raises(Unreadable):
        Patch(target.getvalue())
