"""The township's 汇总表: whatever a spreadsheet program works out is what was written beside it."""

from datetime import date

import openpyxl
import pytest

from gridworker.exchange import township_book
from gridworker.exchange.township_book import ListLine, TownshipBook
from gridworker.exchange.unit_table import COLUMNS, UnitLine, totals

NAMES = [one.name for one in COLUMNS if not one.is_rate]


def counts(opening, new, closed, overdue=0, met=0):
    stock = {"opening": opening, "new": new, "closed": closed, "open": opening + new - closed, "overdue": overdue}
    return dict.fromkeys(NAMES, 0) | stock | {"homes": 60, "met": met, "visits": met, "in_time": closed}


UNITS = [
    ("金江[社]区/’一", [UnitLine("JX01", "一网格", "陈晓芸", counts(3, 2, 1, 1, 20)),
                      UnitLine("JX02", "二网格", "单静", counts(1, 0, 0), lacking=True, note="未交")]),
    ("汇总", [UnitLine("AA09", "九网格", "区志明", counts(0, 0, 0))]),
]  # fmt: skip
WORDS = (
    "JX01-2026-A0001",
    "JX01",
    "陈晓芸",
    "就业创业",
    "较急",
    "=1+1 想找活干",
    "办理中",
    "2026-11-02",
    "镇人社所",
    "",
    "2026-11-20",
    "",
)


def a_book():
    needs = [ListLine("金江[社]区/’一", WORDS, late) for late in (7, 0, 0, 0)] + [ListLine("金江[社]区/’一", WORDS, 0)]
    return TownshipBook(
        "梅山镇", "第48周", date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 27), "何静文", True, UNITS,
        needs[:4], 1, 0, [("47周", 2, 1, 4), ("48周", 2, 1, 5)], [("就业创业", 2, 0), ("水电气路", 0, 3)],
        [("JX01", "一网格", "陈晓芸", "已交", "迟交"), ("JX02", "二网格", "单静", "—", "未交")], ["第47周", "第48周"],
    )  # fmt: skip


def cells(path, *, values):
    book = openpyxl.load_workbook(path, data_only=values)
    return {(sheet.title, one.coordinate): one.value for sheet in book for row in sheet.iter_rows() for one in row}


def test_recalculated_every_formula_comes_to_what_was_written(office, tmp_path):
    written = tmp_path / "汇总表.xlsx"
    written.write_bytes(township_book.workbook_bytes(a_book()))
    plain = openpyxl.load_workbook(written)
    formulas = [
        (sheet.title, one.coordinate) for sheet in plain for row in sheet for one in row if one.data_type == "f"
    ]
    plain.save(tmp_path / "没有算过.xlsx")  # without the values that were written beside the formulas
    again = office.save(tmp_path / "没有算过.xlsx", tmp_path / "重算.xlsx")
    before, after = cells(written, values=True), cells(again, values=True)
    assert len(formulas) > 100
    for key in formulas:
        assert after[key] == (pytest.approx(before[key]) if isinstance(before[key], float) else before[key]), key
    assert before["汇总", "A10"] == "与问题清单一致，另有保密 1 件不列出"


def test_totals_are_sums_of_what_is_shown_and_unknown_is_no_nought(tmp_path):
    written = tmp_path / "汇总表.xlsx"
    written.write_bytes(township_book.workbook_bytes(a_book()))
    found = cells(written, values=True)
    assert [found["汇总", f"A{row}"] for row in (5, 6, 7, 8)] == ["AA09", "JX01", "JX02", "合计"]
    assert [found["汇总", f"E{row}"] for row in (5, 6, 7, 8)] == [0, 20, "—", 20]
    assert [found["汇总", f"F{row}"] for row in (5, 6, 7)] == [0, 20 / 60, "—"]
    assert [found["汇总", f"O{row}"] for row in (5, 6, 7, 8)] == [0, 4, 1, 5]
    assert found["问题清单", "F4"] == "=1+1 想找活干"
    assert totals(UNITS[0][1])["open"] == 5


def test_sheets_of_communities_have_names_that_a_workbook_allows():
    assert township_book.sheet_names(["汇总", "a/b", "A?B", "", ""]) == [
        "汇总2",
        "a＿b",
        "A＿B2",
        "未写社区",
        "未写社区2",
    ]
