"""Any spreadsheet as it lies in the file, opened by content."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from gridworker.errors import UserError
from gridworker.exchange import raw, slow_hash
from gridworker.exchange.model import RawSheet
from tests.office import Office

SAMPLES = Path(__file__).parents[1] / "data" / "sheets"


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def only_sheet(data: bytes) -> RawSheet:
    return raw.read_book_here(data).sheets[0]


def with_sheet_xml(data: bytes, change: Callable[[str], str]) -> bytes:
    """The workbook with the text of its first sheet changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as out:
        for part in source.namelist():
            body = source.read(part)
            out.writestr(part, change(body.decode()).encode() if part == "xl/worksheets/sheet1.xml" else body)
    return target.getvalue()


def encrypted(data: bytes, password: str) -> bytes:
    target = io.BytesIO()
    office = msoffcrypto.OfficeFile(io.BytesIO(data))
    office.encrypt(password, target)
    return target.getvalue()


def test_a_hidden_column_that_no_sheet_has_is_none() -> None:
    columns = '<cols><col min="0" max="2" width="9" hidden="1"/></cols><sheetData>'
    data = with_sheet_xml(saved(filled(["户主", "住址"], [])), lambda text: text.replace("<sheetData>", columns))
    assert only_sheet(data).hidden_columns == {1, 2}


def test_the_slow_hash_of_a_password_is_taken_once_for_a_file() -> None:
    slow_hash.remember()
    taken = ECMA376Agile._derive_iterated_hash_from_password.cache_info
    before = taken().misses
    locked = encrypted(saved(filled(["文字"])), "上报2026")
    for _turn in range(2):
        assert raw.read_book_here(locked, "上报2026").encrypted
    assert taken().misses == before + 1


def test_values_keep_their_kinds() -> None:
    moment, clock = datetime(2026, 11, 3, 20, 30), time(8, 15)
    rows = only_sheet(saved(filled(["文字", 3, 2.5, True, date(2026, 11, 3), moment, clock, None, "尾"]))).rows
    assert rows == [["文字", 3, 2.5, True, date(2026, 11, 3), moment, clock, None, "尾"]]
    assert [type(value) for value in rows[0][1:4]] == [int, float, bool]


def test_long_numbers_stay_floats_so_that_the_loss_is_seen() -> None:
    values = only_sheet(saved(filled([342426190001011234, 10**15, 10**15 - 1]))).rows[0]
    assert [type(value) for value in values] == [float, float, int]


def test_blanks_around_numbers_do_not_spoil_the_book() -> None:
    book = saved(filled([41, 2.5, "文 字"]))
    spaced = with_sheet_xml(book, lambda text: text.replace("<v>41</v>", "<v> 41</v>").replace("2.5</v>", "2.5\n</v>"))
    assert only_sheet(spaced).rows == [[41, 2.5, "文 字"]]


def test_days_of_the_old_macintosh() -> None:
    book = filled([date(2026, 11, 3)])
    book.epoch = CALENDAR_MAC_1904
    assert only_sheet(saved(book)).rows == [[date(2026, 11, 3)]]


def faulty() -> openpyxl.Workbook:
    book = filled(["a", "b", "c", "d", "e"])
    sheet = book.active
    sheet["A2"], sheet["B2"], sheet["C2"], sheet["D2"] = "#N/A", "=1+1", '=DISPIMG("ID_1",1)', '=_xlfn.DISPIMG("I",1)'
    sheet["A2"].data_type, sheet["C2"].data_type = "e", "s"
    sheet["E2"] = "末"
    return book


FAULTS = {(2, 1): "error_cell", (2, 2): "formula_without_value", (2, 3): "picture", (2, 4): "picture"}


def test_cells_that_only_look_blank() -> None:
    sheet = only_sheet(saved(faulty()))
    assert sheet.faults == FAULTS
    assert sheet.rows[1] == [None, None, None, None, "末"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"', "'"),
        lambda text: text.replace("<c r=", "<c  s='0' r=").replace('<row r="1"', '<row spans="1:5" r="1"'),
        lambda text: text.replace('r="A2" ', "").replace('r="B2"', "").replace('r="C2" ', "").replace('r="D2"', ""),
    ],
    ids=["single quotes", "other order", "positions left out"],
)
def test_faults_however_the_writer_spells_them(change: Callable[[str], str]) -> None:
    assert only_sheet(with_sheet_xml(saved(faulty()), change)).faults == FAULTS


def test_faults_under_a_name_space_prefix() -> None:
    def prefix(text: str) -> str:
        named = text.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("<x:?", "<?")
        return named.replace("xmlns=", "xmlns:x=")

    assert only_sheet(with_sheet_xml(saved(faulty()), prefix)).faults.keys() >= {(2, 1), (2, 2), (2, 4)}


def test_a_formula_that_gives_an_empty_text_is_no_fault() -> None:
    data = saved(filled(["a", "=1+1"]))
    assert only_sheet(data).faults == {(1, 2): "formula_without_value"}
    assert only_sheet(with_sheet_xml(data, lambda text: text.replace('r="B1"', 'r="B1" t="str"'))).faults == {}


def test_faults_far_down_are_found_across_chunks() -> None:
    book = filled(*([row, "走访内容" * 30, "x" * 90] for row in range(1, 6001)))
    book.active["B5999"] = "#REF!"
    book.active["B5999"].data_type = "e"
    book.active.row_dimensions[5000].hidden = True
    sheet = only_sheet(saved(book))
    assert (sheet.faults, sheet.hidden_rows) == ({(5999, 2): "error_cell"}, frozenset({5000}))


def shaped() -> openpyxl.Workbook:
    """Merged cells, a hidden row and column, hidden sheets, an error that any program computes."""
    book = filled(["题目", None, None], ["户主", "成员", 1], [None, "成员", 2])
    sheet = book.active
    sheet.title = "住户"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["D2"] = "=1/0"
    book.create_sheet("旧表").sheet_state = "hidden"
    book["旧表"]["A1"] = "旧"
    return book


SHAPE = ([(1, 1, 1, 3), (2, 1, 3, 1)], frozenset({3}))


def test_shape_of_xlsx() -> None:
    book = raw.read_book_here(saved(shaped()))
    assert (sorted(book.sheets[0].merges), book.sheets[0].hidden_rows) == SHAPE
    assert book.sheets[0].hidden_columns == {3}
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("住户", True), ("旧表", False)]


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_shape_after_a_real_program(office: Office, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(saved(shaped()))
    data = office.save(source, tmp_path / f"b.{kind}").read_bytes()
    book = raw.read_book_here(data)
    sheet = book.sheets[0]
    assert book.kind == kind
    assert (sorted(sheet.merges), sheet.hidden_rows) == SHAPE
    assert sheet.hidden_columns == {3}
    assert sheet.faults == {(2, 4): "error_cell"}
    assert [(one.name, one.visible) for one in book.sheets] == [("住户", True), ("旧表", False)]


def test_the_sample_in_the_old_format() -> None:
    book = raw.read_book_here((SAMPLES / "S3_就业登记.xls").read_bytes())
    assert book.kind == "xls"
    assert book.sheets[0].merges == [(1, 1, 1, 12)]
    assert isinstance(book.sheets[0].rows[4][3], float)


def test_passwords() -> None:
    data = encrypted(saved(filled(["户主"])), "三栋桂花")
    assert raw.read_book_here(data, "三栋桂花").encrypted
    for password, code in ((None, "password_needed"), ("", "password_needed"), ("错", "wrong_password")):
        with pytest.raises(UserError) as caught:
            raw.read_book_here(data, password)
        assert caught.value.code == code


def test_a_password_for_an_open_book_does_no_harm() -> None:
    assert not raw.read_book_here(saved(filled(["户主"])), "三栋桂花").encrypted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(delimiter.join(row) for row in (["姓名", "乡镇", "备注"], ["张三", "流波䃥镇", '"两行\n字"']))
    book = raw.read_book_here(text.encode(encoding))
    assert (book.kind, book.sheets[0].name) == ("csv", "")
    assert book.sheets[0].rows == [["姓名", "乡镇", "备注"], ["张三", "流波䃥镇", "两行\n字"]]


PAGE = """<html><head><meta charset="gb2312"></head><body><table><tr><td><table id="x">
<tr><th colspan=2>登记</th><th rowspan="2">备注</th></tr><tr><td>姓名</td><td> 电 话<br></td></tr>
<tr><td rowspan="2">张三</td><td>1</td><td></td></tr><tr><td>2</td><td colspan="x">&nbsp;</td></tr>
</table></td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_pages_named_as_workbooks(encoding: str) -> None:
    book = raw.read_book_here(PAGE.encode(encoding))
    assert book.kind == "html"
    assert len(book.sheets) == 1
    assert book.sheets[0].rows == [
        ["登记", None, "备注"], ["姓名", "电 话"], ["张三", "1", None], [None, "2", None],
    ]  # fmt: skip
    assert book.sheets[0].merges == [(1, 1, 1, 2), (1, 3, 2, 3), (3, 1, 4, 1)]


def test_the_child_tells_the_same(tmp_path: Path) -> None:
    with raw.reader() as read:
        for path in sorted(SAMPLES.glob("S*.[xc]*")):
            data = path.read_bytes()
            assert read(data, None) == raw.read_book_here(data)
    assert raw.read_book((SAMPLES / "S4_入学登记.csv").read_bytes()).kind == "csv"


def test_references_to_other_files_are_told() -> None:
    target = io.BytesIO(saved(filled(["a"])))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<x/>")
    with raw.reader() as read:
        assert "引用" in read(target.getvalue(), None).notes[0]
