"""Forms as they come: tables that begin anywhere, examples, words and formulas of the form's own, no lines at all."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from gridworker.errors import UserError
from gridworker.exchange import raw
from gridworker.exchange.form import Form, fingerprint, understand_form
from gridworker.exchange.form_fresh import as_xlsx
from gridworker.exchange.form_totals import keep_totals
from gridworker.exchange.form_units import fill_text
from gridworker.exchange.form_write import write_form
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.patch import Patch

LINE = Side(style="thin")
Area = tuple[int, int, int, int]


def book(cells: dict[str, object], framed: Area | None = None, merges: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; `framed`: first row and column, last row and column with lines around."""
    made = openpyxl.Workbook()
    for name, value in cells.items():
        made.active[name] = value
    if framed:
        for row in made.active.iter_rows(framed[0], framed[2], framed[1], framed[3]):
            for cell in row:
                cell.border = Border(LINE, LINE, LINE, LINE)
    for area in merges:
        made.active.merge_cells(area)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def understood(data: bytes, name: str = "表.xlsx") -> tuple[Patch, Form]:
    found = raw.read_book_here(data)
    patch = Patch(data if found.kind == "xlsx" else as_xlsx(found))
    return patch, understand_form(found, patch, None, name)


def row(number: int, first: str, *values: object) -> dict[str, object]:
    return {f"{chr(ord(first) + place)}{number}": value for place, value in enumerate(values) if value is not None}


ELSEWHERE = {
    "B2": "走访情况统计表",
    "B3": "单位：",
    "F3": "时间：",
    **row(5, "B", "序号", "走访日期", "户主", "家庭住址", "走访方式", "走访结果", "走访内容", "走访人"),
    **row(6, "B", "甲", "1", "2", "3", "4", "5", "6", "7"),
    **row(7, "B", "例", "2026.11.3", "测试甲", "大湾组1号", "入户", "见面", "一切正常", "测试乙"),
    "B16": "审核人：",
}


def test_a_table_that_begins_elsewhere_with_numbered_columns_and_an_example() -> None:
    _patch, form = understood(book(ELSEWHERE, (5, 2, 15, 9), ["C3:D3"]))
    assert (form.first_row, form.capacity, form.total_row) == (8, 8, 0)
    assert form.unit_cells() == {"C3": "单位", "F3": "时间"}
    assert form.as_json()["serial_column"] == "B"


def test_words_and_formulas_that_stand_in_every_row_are_the_forms_own() -> None:
    cells = row(1, "A", "序号", "乡镇", "户主姓名", "家庭人口", "户主年龄", "家庭住址", "联系电话")
    for number in range(2, 7):
        cells |= row(number, "A", number - 1, "梅山镇", None, None, f"=D{number}*2")
    cells |= {"A7": "合计", "D7": "=SUM(D2:D6)"}
    patch, form = understood(book(cells, (1, 1, 7, 7)))
    assert (form.first_row, form.capacity, form.total_row, form.numbered) == (2, 5, 7, 5)
    rows = [{2: "别的镇", 3: f"户{place}", 4: 3, 5: 70, 7: "19900000000"} for place in range(7)]
    write_form(patch, form, rows, {})
    sheet = openpyxl.load_workbook(io.BytesIO(patch.to_bytes())).active
    assert [cell.value for cell in sheet[6]] == [5, "梅山镇", "户4", 3, "=D6*2", None, "19900000000"]
    assert [cell.value for cell in sheet[8]] == [7, "别的镇", "户6", 3, "=D8*2", None, "19900000000"]
    assert sheet["D9"].value == "=SUM(D2:D8)"
    assert openpyxl.load_workbook(io.BytesIO(patch.to_bytes()), data_only=True).active["D9"].value == 21


def test_a_heading_alone_takes_as_many_rows_as_there_are() -> None:
    patch, form = understood(book(row(1, "A", "姓名", "身份证号", "住址", "电话", "参保类型")))
    assert (form.first_row, form.capacity) == (2, 1)
    write_form(patch, form, [{1: f"测试{place}"} for place in range(4)], {})
    assert raw.read_book_here(patch.to_bytes()).sheets[0].rows[1:] == [[f"测试{place}"] for place in range(4)]


def test_rows_that_are_filled_stay_and_are_counted_on() -> None:
    cells = row(1, "A", "序号", "户主", "家庭住址", "联系电话") | row(2, "A", 1, "测试甲", "大湾组1号", "19900000001")
    patch, form = understood(book(cells, (1, 1, 6, 4)))
    assert (form.first_row, form.capacity) == (3, 4)
    write_form(patch, form, [{2: "测试乙"}, {2: "测试丙"}], {})
    rows = raw.read_book_here(patch.to_bytes()).sheets[0].rows
    assert [line[:2] for line in rows[1:]] == [[1, "测试甲"], [2, "测试乙"], [3, "测试丙"]]


def test_text_files_become_workbooks() -> None:
    patch, form = understood("小区,楼栋,单元,门牌号,户主,联系电话\n".encode("gb18030"), "名册.csv")
    assert form.subject == "household"
    write_form(patch, form, [{1: "金江西苑", 5: "测试甲"}], {})
    assert raw.read_book_here(patch.to_bytes()).sheets[0].rows[1] == ["金江西苑", None, None, None, "测试甲"]


def test_forms_that_count() -> None:
    cells = row(1, "A", "单位", "", "", "", "") | row(
        3, "A", "网格", "网格员", "在册户数", "本周走访户数", "新增诉求", "办结率"
    )
    _patch, form = understood(book(cells, (3, 1, 6, 6)))
    assert form.subject == "figures"
    assert form.as_json()["columns"]["F"] == "figures.closing.value"


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(UserError):
        understood(book({"A1": "会议通知", "A2": "请于周五到会"}))


def test_a_form_is_the_same_next_month() -> None:
    found = [fingerprint(raw.read_book_here(book(ELSEWHERE | {"B2": f"{month}月走访表"}))) for month in (10, 11)]
    assert found[0] == found[1]
    assert found[0] != fingerprint(raw.read_book_here(book(ELSEWHERE | {"B2": "诉求表"})))


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("填报单位：", "填报单位：金江社区"),
        ("填报单位（盖章）：____ 填报人：", "填报单位（盖章）：____ 填报人：陈晓芸"),
        ("填报日期：    年  月  日", "填报日期：2026年11月25日"),
        ("填报单位：梅山镇   填报人：", "填报单位：梅山镇   填报人：陈晓芸"),
        ("单位：元", "单位：元"),
    ],
)
def test_labels_stay_in_front(text: str, filled: str) -> None:
    told = {"填报单位": "金江社区", "填报人": "陈晓芸", "填报日期": "2026年11月25日", "单位": "金江社区"}
    assert fill_text(text, told) == filled


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(A1:A3)", 6), ("=COUNTA(A1:A5)", 4), ("=COUNT(A1:A5)", 3), ("=AVERAGE(A1:A3)", 2), ("=MAX($A$1:$A$3)", 3),
        ("=MIN(A1:A3)", 1), ("=SUM(A1:A3)+1", None), ("=SUM(B1:B2)", None),
    ],
)  # fmt: skip
def test_sums_are_written_down_and_what_is_not_certain_is_not(formula: str, result: float | None) -> None:
    patch = Patch(book({"A1": 1, "A2": 2, "A3": 3, "A4": "字", "B1": "=A1", "C1": formula}))
    keep_totals(patch.sheet("Sheet"))
    assert openpyxl.load_workbook(io.BytesIO(patch.to_bytes()), data_only=True).active["C1"].value == result


def test_a_card_in_an_old_format_is_framed_and_as_wide_as_what_it_asks() -> None:
    rows: list[list[RawValue]] = [
        ["独居老人走访卡"],
        ["姓名", None, "性别"],
        ["身份证号", None, "联系电话"],
        ["现住址"],
    ]
    sheet = RawSheet("卡", rows=rows, merges=[(1, 1, 1, 4), (4, 2, 4, 4)])
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(RawBook("xls", [sheet])))).worksheets[0]
    assert all(made.cell(row, column).border.left.style for row in (2, 3) for column in range(1, 5))
    assert made.column_dimensions["B"].width > 18
    assert made["A1"].font.b
    assert not made["A1"].border.left.style
