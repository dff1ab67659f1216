"""Formulas and lists of old workbooks: told exactly where they stay within their sheet, else not at all."""

import io
import struct
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.datavalidation import DataValidation

from gridworker.exchange import raw
from gridworker.exchange.form_fresh import as_xlsx
from gridworker.exchange.raw_xls_formulas import Formulas
from tests.office import Office

STAY = {
    "A2": "=ROW()-1",
    "B7": '=COUNTA(B$2:B6)&"人"',
    "D7": "=SUM(D2:D6)",
    "E7": '=COUNTIF(E2:E6,"是")',
    "F2": "=IF(D2>0,ROUND(D2*1.5%,2),-1)",
    "G3": "=(D2+$D3)*2-D4/3",
}
LEAVE = {"H2": '=HYPERLINK("http://x.example","看")', "H3": "=附表!A1", "H4": '=INDIRECT("A1")'}


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_formulas_and_lists_of_old_formats_come_along(office: Office, tmp_path: Path, kind: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet.append(["序号", "姓名", "性别", "金额（元）", "是否办结"])
    for cell, formula in (STAY | LEAVE).items():
        sheet[cell] = formula
    sheet["A7"] = "合计"
    for place, word in enumerate(("是", "否", "不详"), start=1):
        sheet.cell(place, 10, word)
    for area, words in (("C2:C6", '"男,女"'), ("E2:E6", "$J$1:$J$3")):
        one = DataValidation(type="list", formula1=words)
        one.add(area)
        sheet.add_data_validation(one)
    book.create_sheet("附表")
    book.save(tmp_path / "旧.xlsx")
    found = raw.read_book_here(office.save(tmp_path / "旧.xlsx", tmp_path / f"旧.{kind}").read_bytes())
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(found)))["表"]
    assert {one.coordinate: one.value for row in made for one in row if one.data_type == "f"} == STAY
    lists = {str(one.sqref): one.formula1 for one in made.data_validations.dataValidation}
    assert lists == {"C2:C6": '"男,女"', "E2:E6": "$J$1:$J$3"}


def record(tokens: bytes, row: int = 4, column: int = 1) -> bytes:
    return struct.pack("<HH", row, column) + bytes(16) + struct.pack("<H", len(tokens)) + tokens


def told(*records: tuple[int, bytes]) -> dict[tuple[int, int], str]:
    formulas = Formulas()
    for number, body in records:
        formulas.take(number, body)
    return formulas.told()


def test_a_formula_that_cells_share_speaks_of_the_cells_beside_each() -> None:
    left = b"\x2c" + struct.pack("<hH", 0, 0xC000 | 0xFF) + b"\x1e\x02\x00\x05"  # the cell to the left, times two
    shared = struct.pack("<HHBBBB", 4, 5, 1, 1, 0, 2) + struct.pack("<H", len(left)) + left
    points = b"\x01" + struct.pack("<HH", 4, 1)
    own = (0x0006, record(points, 4)), (0x04BC, shared), (0x0006, record(points, 5))
    assert told(*own) == {(5, 2): "=A5*2", (6, 2): "=A6*2"}


@pytest.mark.parametrize(
    "tokens",
    [
        b"\x3a\x00\x00\x00\x00\x00\x00",  # a cell of another sheet
        b"\x17\x03\x00cmd\x22\x01\x96\x80",  # a function that is not known to stay
        b"\x23\x01\x00\x00\x00",  # a name
        b"\x01\x00\x00\x00\x00",  # shared with nobody
        b"\x25\x00",  # cut off
        b"\x03",  # nothing to add
        b"",
    ],
)
def test_whatever_else_a_formula_does_is_none(tokens: bytes) -> None:
    assert told((0x0006, record(tokens))) == {}


@given(st.lists(st.tuples(st.sampled_from([0x0006, 0x04BC, 0x01BE]), st.binary(max_size=80)), max_size=8))
def test_no_bytes_break_the_look(records: list[tuple[int, bytes]]) -> None:
    assert all(one.startswith("=") for one in told(*records).values())
