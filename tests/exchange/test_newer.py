"""Workbooks of a newer program: what is known applies, the rest waits and is told; nothing of it is called damaged."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gridworker.domain.ids import random_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Cell, Statement
from gridworker.exchange.model import BookReading, OutRow, RawSheet
from gridworker.exchange.ours import read_ours
from gridworker.exchange.token import NewerToken, _digest, decode_token, encode_token, from_cell, in_cell
from tests.exchange.test_ours_cases import FIRST_ROW, household, raw_book, workbook

HOUSEHOLD = ledger("household")


def sealed(text: str, **changes: str) -> str:
    """A token with sections changed, under a right checksum: head, cells or exceptions."""
    names = ("head", "export", "record", "ids", "cells", "exceptions")
    sections = dict(zip(names, text.split("."), strict=False)) | changes
    body = ".".join(sections[name] for name in names)
    return f"{body}.{_digest(body)[:4]}"


@pytest.fixture
def token() -> str:
    of = frozenset([random_id()])
    row = OutRow(random_id(), {"head": "李桂芳"}, {"head": Cell(of, ("李桂芳",))})
    return encode_token(HOUSEHOLD, random_id(), row, [one.name for one in HOUSEHOLD.fields])


def test_further_positions_and_small_exceptions_are_passed_over(token: str) -> None:
    before = decode_token(token)
    cells = token.split(".")[4]
    for changed in ({"cells": cells + "abcde0"}, {"exceptions": "x3:0:1"}):
        after = decode_token(sealed(token, **changed))
        assert after.newer
        assert not before.newer
        assert (after.hashes, after.of, after.ids) == (before.hashes, before.of, before.ids)


@pytest.mark.parametrize("changed", [{"head": "gw1Z"}, {"head": "gw1H"}, {"head": "gw2h"}, {"exceptions": "X3:0"}])
def test_what_only_a_newer_program_reads_is_not_damaged(token: str, changed: dict[str, str]) -> None:
    with pytest.raises(NewerToken):
        decode_token(sealed(token, **changed))


def read(change: dict[str, str], rows: int = 3) -> BookReading:
    """A workbook of three households whose first rows have changed tokens."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(HOUSEHOLD, [household(number) for number in range(3)])))
    sheet = book["住户名册"]
    for row in range(FIRST_ROW, FIRST_ROW + rows):
        cell = sheet.cell(row, sheet.max_column)
        cell.value = in_cell(sealed(from_cell(str(cell.value)), **change))
    return _reading(book)


def _reading(book: Any) -> BookReading:
    target = io.BytesIO()
    book.save(target)
    found = read_ours(raw_book(target.getvalue()), "digest")
    assert found
    return found


@pytest.mark.parametrize("head", ["gw1Z", "gw2h"])
@pytest.mark.parametrize("rows", [1, 3])
def test_rows_of_a_newer_program_wait_and_the_others_apply(head: str, rows: int) -> None:
    found = read({"head": head}, rows)
    assert [(one.code, one.cell) for one in found.problems] == [("newer_fields", "A4")]
    assert f"{rows} 行" in found.problems[0].message
    assert found.newer
    assert len([one for one in found.contributions if isinstance(one.entry, Statement)]) == 3 - rows
    assert found.edited == found.flagged == 0


def test_without_its_hidden_sheet_a_newer_book_is_still_ours() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(HOUSEHOLD, [household(1)])))
    sheet = book["住户名册"]
    del book["_gw"]
    sheet.cell(FIRST_ROW, sheet.max_column).value = "gw3h.later.form.of.a.token"
    found = _reading(book)
    assert found.newer
    assert [one.code for one in found.problems] == ["newer_fields"]


def test_a_column_somebody_added_is_not_taken_for_a_newer_program() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(HOUSEHOLD, [household(1)])))
    sheet = book["住户名册"]
    sheet.cell(FIRST_ROW - 1, sheet.max_column + 1).value = "自己加的"
    found = _reading(book)
    assert not found.newer
    assert found.problems == []


def test_entries_of_an_unknown_kind_or_form_wait(tmp_path: Path) -> None:
    lines = [["format", "gridworker 1"], ["entry", '["household",9,2,4,0,"x",["AAAAAAAAAAI","甲","","",""]]']]
    for some in (lines, [["format", "gridworker 2"], ["entry", "anything"]]):
        raw = raw_book(workbook(HOUSEHOLD, [household(1)]))
        raw.sheets[-1] = RawSheet("_gw", rows=[list(line) for line in some])
        found = read_ours(raw, "digest")
        assert found
        assert found.newer
        assert [(one.sheet, one.code) for one in found.problems] == [("_gw", "newer_fields")]
        assert len(found.contributions) == 1
