"""Sheets that are not taken, hidden rows and columns that are: each is told with what to do."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import Understanding

VISITS: list[list[RawValue]] = [
    ["户主", "家庭住址", "走访日期", "走访情况"],
    ["王大明", "大湾组3号", "2026-11-03", "好"],
    ["李芳", "大湾组4号", "2026-11-03", "好"],
]


def read(*more: RawSheet, mapping: dict[str, object] | None = None) -> Understanding:
    return understand(RawBook("xlsx", [RawSheet("走访", rows=VISITS), *more], notes=["引用了别的文件。"]), mapping)


def told(found: Understanding) -> list[tuple[str, str]]:
    return [(one.sheet, one.code) for one in found.remarks]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (RawSheet("选项", visible=False, rows=[["就业"], ["入学"]]), "sheet_hidden"),
        (RawSheet("说明", rows=[["填表说明"], [], ["本表每周五下班前报镇便民中心。"]]), "sheet_no_table"),
    ],
)
def test_a_sheet_without_records_is_told_as_left_out(sheet: RawSheet, code: str) -> None:
    found = read(sheet)
    assert told(found) == [(sheet.name, code), ("", "note")]
    assert "2 行" in found.remarks[0].message
    assert len(found.sheets[0].rows) == 2


def test_a_hidden_sheet_with_records_is_a_problem() -> None:
    found = read(RawSheet("上周", visible=False, rows=VISITS))
    assert told(found) == [("", "note")]
    assert [(one.sheet, one.cell, one.code) for one in found.sheets[1].problems] == [("上周", "A1", "hidden_sheet")]
    assert found.sheets[1].rows == []


def test_an_empty_sheet_needs_no_words() -> None:
    assert told(read(RawSheet("Sheet2"))) == [("", "note")]


def test_a_sheet_out_of_the_mapping_is_told() -> None:
    mapping: dict[str, object] = {"sheets": [{"sheet": "走访", "columns": {"A": "household.head"}}]}
    assert told(read(RawSheet("又一张", rows=VISITS), mapping=mapping))[0] == ("又一张", "sheet_not_mapped")


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    hidden = RawSheet("周二", rows=VISITS, hidden_rows=frozenset({3, 9}), hidden_columns=frozenset({4, 7}))
    found = read(hidden)
    assert told(found)[:2] == [("周二", "hidden_rows"), ("周二", "hidden_columns")]
    assert ("第 3 行" in found.remarks[0].message, "（D）" in found.remarks[1].message) == (True, True)
    assert found.sheets[1].rows[1].values["visit.content"] == "好"
