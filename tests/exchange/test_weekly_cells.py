"""What stands in the cells of a data sheet: every value comes back, also from programs with other calendars."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledger
from gridworker.domain.values import parse
from gridworker.domain.versions.entries import Statement, Value
from gridworker.exchange.styles import text_width
from tests.exchange.test_ours_cases import FIRST_ROW, HEAD_ROW, column, household, made, read, versions, workbook

NEED = ledger("need")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30)


def value_of(one: Field) -> st.SearchStrategy[Value]:
    if one.kind is Kind.REF:
        return st.integers(0, 2**61).map(lambda number: number * 2)
    if one.kind is Kind.DATE:
        return st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)).map(str)
    if one.kind is Kind.TIME:
        moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 12, 31))
        return st.one_of(moments.map(lambda one: f"{one:%Y-%m-%dT%H:%M}"), moments.map(lambda one: f"{one:%Y-%m-%d}"))
    if one.kind in {Kind.INT, Kind.MONEY}:
        return st.integers(0, 10**12)
    if one.kind is Kind.BOOL:
        return st.booleans()
    if one.kind is Kind.CODE:
        return st.sampled_from(code_list(one.of).codes())
    typed = st.lists(st.sampled_from(code_list(one.of).codes())).map(",".join) if one.kind is Kind.MULTI else TEXTS
    return typed.map(lambda text: parse(one, text).value)


@settings(max_examples=25)
@given(st.fixed_dictionaries({}, optional={one.name: value_of(one) for one in NEED.fields}))
def test_what_leaves_comes_back(values: dict[str, Value]) -> None:
    row = made(NEED, {"number": "JX03-2026-A0001", "content": "想请人代办"} | values)
    found = read(workbook(NEED, [row]), name="诉求台账")
    assert not found.problems
    assert not versions(found)
    (stated,) = [one.entry for one in found.contributions if isinstance(one.entry, Statement)]
    visible = {group: cell for group, cell in row.cells.items() if any(value is not None for value in cell.value)}
    assert {group: cell for group, cell in stated.cells.items() if group in visible} == visible


@pytest.mark.parametrize("text", ["1900-01-15", "1900-02-28"])
def test_days_on_which_programs_disagree_are_text(text: str) -> None:
    data = workbook(ledger("visit"), [made(ledger("visit"), {"visited_at": "2026-11-18T00:00", "next_on": text})])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["走访台账"]
    assert sheet.cell(FIRST_ROW, column(sheet, "下次走访")).value == text
    assert sheet.cell(FIRST_ROW, column(sheet, "走访时间")).value == "2026-11-18 00:00"


def test_sorting_by_the_arrows_takes_ids_and_tokens_along() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(ledger("household"), [household(1), household(2)])))["住户名册"]
    assert sheet.auto_filter.ref == f"A{HEAD_ROW}:{sheet.cell(HEAD_ROW, sheet.max_column).column_letter}{FIRST_ROW + 1}"


def test_new_rows_below_take_long_numbers_and_days_as_they_are() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(NEED, [made(NEED, {"number": "JX03-2026-A0001"})])))["诉求台账"]
    for head, form in (("联系电话", "@"), ("办理时限", "yyyy-mm-dd"), ("登记时间", "yyyy-mm-dd hh:mm")):
        letter = sheet.cell(HEAD_ROW, column(sheet, head)).column_letter
        assert sheet.column_dimensions[letter].number_format == form


def test_a_time_fits_its_column() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(NEED, [made(NEED, {"number": "JX03-2026-A0001"})])))["诉求台账"]
    letter = sheet.cell(HEAD_ROW, column(sheet, "登记时间")).column_letter
    assert sheet.column_dimensions[letter].width >= len("11-03 14:30")


@pytest.mark.parametrize(("text", "width"), [("", 0), ("3-2-502", 7), ("诉求A", 5), ("，。", 4), ("𠮷", 2)])
def test_width(text: str, width: int) -> None:
    assert text_width(text) == width
