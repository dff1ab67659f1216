"""What a careful person reads in a picture, in the form of the samples' expected.json."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

from tests.tools.sheets.picture import Book, Cell, Row, Sheet

_IGNORED: Final = {
    "n": "note", "t": "total", "s": "sign", "x": "section", "e": "sample|note|example", "p": "repeat-header",
    "k": "note|numbers|header|columns", "d": "note|section|unknown",
}  # fmt: skip
_PLACE: Final = ("estate", "building", "unit", "room")
_NAME: Final = re.compile(r"[a-z_]+\.[a-z_]+")
ADDRESS: Final = "household.address|household.estate|household.building|household.unit|household.room"


def letter(index: int) -> str:
    """The column's letter, 0 for A."""
    return chr(65 + index) if index < 26 else chr(64 + index // 26) + chr(65 + index % 26)


def expected(book: Book) -> dict[str, Any]:
    """The whole file: the first sheet that counts, the others beside it."""
    nameless = book.name.endswith((".csv", ".tsv", ".txt")) or book.options.get("as") == "html"
    told = [part for sheet in book.sheets if "other" not in sheet.options for part in _sheet(sheet, nameless)]
    others = {sheet.name: sheet.options["other"] for sheet in book.sheets if "other" in sheet.options}
    return {
        "file": book.name, **told[0],
        **({"also": told[1:]} if told[1:] else {}), **({"other_sheets": others} if others else {}),
    }  # fmt: skip


def _sheet(sheet: Sheet, nameless: bool) -> Iterator[dict[str, Any]]:
    """A sheet; one whose heading names fields of a second table (`⇒2`) is told twice."""
    layout = sheet.options.get("layout", "table")
    about = {"sheet": None if nameless else sheet.name, "layout": layout}
    if layout == "table":
        numbers = {cell.card for row in sheet.rows if row.kind == "h" for cell in row.cells if cell.meant}
        for number in sorted(numbers | {1}):
            yield about | _table(sheet, number)
    else:
        yield about | (_cards(sheet) if layout == "card" else _transposed(sheet))


def _ignored(sheet: Sheet) -> dict[str, str]:
    told = {
        str(number): _IGNORED[row.kind]
        for number, row in enumerate(sheet.rows, 1)
        if row.kind not in "hr" and any(cell.value is not None for cell in row.cells)
    }
    return dict(told)


def _table(sheet: Sheet, number: int) -> dict[str, Any]:
    if "none" in sheet.options:
        return {"header_rows": [], "columns": {}, "records": [], "ignored_rows": _ignored(sheet)}
    heads = [number for number, row in enumerate(sheet.rows, 1) if row.kind == "h"]
    marks: dict[int, str] = {}
    for head in heads:
        named = enumerate(sheet.rows[head - 1].cells)
        marks |= {at: cell.meant for at, cell in named if cell.meant and cell.card == number}
    fields = {at: ADDRESS if mark == "address" else mark for at, mark in marks.items() if mark[0] not in "!?"}
    told = {
        "header_rows": heads,
        "columns": {letter(at): name for at, name in fields.items()},
        "traps": {letter(at): mark[1:] for at, mark in marks.items() if mark[0] == "!"},
        "optional": {letter(at): mark[1:] for at, mark in marks.items() if mark[0] == "?"},
        "records": [_record(sheet, at, row, fields) for at, row in enumerate(sheet.rows, 1) if row.kind == "r"],
        "ignored_rows": _ignored(sheet),
    }
    return {name: value for name, value in told.items() if value or name not in ("traps", "optional")}


def _record(sheet: Sheet, number: int, row: Row, fields: dict[int, str]) -> dict[str, Any]:
    record: dict[str, Any] = {"row": number, "values": {}, "issues": {}}
    for at, name in fields.items():
        cell = _resolved(sheet, number - 1, at)
        _take(record, name, cell, sheet.words)
    return record


def _resolved(sheet: Sheet, at_row: int, at: int) -> Cell:
    """The cell that a merged one continues, unless it says something of its own."""
    cells = sheet.rows[at_row].cells
    cell = cells[at] if at < len(cells) else Cell()
    if not cell.merge or cell.meant is not None:
        return cell
    return _resolved(sheet, at_row - 1, at) if cell.merge == "^" else Cell()


def _take(record: dict[str, Any], name: str, cell: Cell, words: dict[str, dict[str, str]]) -> None:
    """Add what a cell says to a record."""
    first = name.split("|", maxsplit=1)[0]
    if cell.meant is not None and cell.meant.startswith("@"):
        parts = cell.meant[1:].split("/")
        values = {f"household.{part}": value or None for part, value in zip(_PLACE, parts, strict=True)}
    elif first == "household.address":
        assert cell.value is None or cell.meant is not None, cell
        values = {f"household.{part}": None for part in _PLACE}
    else:
        values = {first: _told(first, cell, words.get(first, {}))}
    record["values"] |= values
    if cell.issue:
        record["issues"][next(iter(values))] = cell.issue


def _told(name: str, cell: Cell, words: dict[str, str]) -> Any:
    """The value of a field: in fen, as a boolean, by its code."""
    told = cell.meant if cell.meant is not None else _plain(name, cell.value)
    if told is None or told in ("null", ""):
        return None
    told = words.get(told, told)
    if name in ("employment.wanted_pay", "medical.amount"):
        sums = [one if one == "null" else str(round(float(one) * 100)) for one in told.split("|")]
        return "|".join(sums) if sums[1:] else int(sums[0])
    return told == "true" if told in ("true", "false") else told


def _plain(name: str, value: str | float | date | time | None) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return f"{value:.12g}" if isinstance(value, float) else value


def _cards(sheet: Sheet) -> dict[str, Any]:
    """Each cell that tells a value names its field; a card is a record that begins in its first row."""
    records: dict[tuple[int, int], dict[str, Any]] = {}
    fields: set[str] = set()
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row.cells):
            if cell.meant is None or row.kind != "r":
                continue
            name, _, told = cell.meant.partition("=")
            fields.add(name := ADDRESS if name == "address" else name)
            record = records.setdefault((row.record, cell.card), _empty(row=number))
            said = Cell(cell.value, meant=told or None, issue=cell.issue)
            _place(record, name, said, sheet, f"{letter(at)}{number}")
    found = [records[key] for key in sorted(records)]
    return {"fields": sorted(fields), "records": found, "ignored_rows": _ignored(sheet)}


def _transposed(sheet: Sheet) -> dict[str, Any]:
    """The label names the field, every further cell of its row is one record's."""
    lines = list(_labelled(sheet))
    start = max(at for at, _name, _number in lines) + 1
    width = max(len(sheet.rows[number - 1].cells) for _at, _name, number in lines)
    records = []
    for at in range(start, width):
        records.append(record := _empty(column=letter(at)))
        for _at, name, number in lines:
            cells = sheet.rows[number - 1].cells
            _place(record, name, cells[at] if at < len(cells) else Cell(), sheet, f"{letter(at)}{number}")
    fields = sorted(name for _at, name, _number in lines)
    return {"fields": fields, "records": records, "ignored_rows": _ignored(sheet)}


def _empty(**where: Any) -> dict[str, Any]:
    return where | {"values": {}, "issues": {}, "cells": {}}


def _place(record: dict[str, Any], name: str, cell: Cell, sheet: Sheet, where: str) -> None:
    """Add a value and the cell that tells it."""
    _take(record, name, cell, sheet.words)
    for new in record["values"]:
        record["cells"].setdefault(new, where)


def _labelled(sheet: Sheet) -> Iterator[tuple[int, str, int]]:
    """Where the labels stand that name a field: column, field, row."""
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row.cells[:3]):
            if row.kind == "r" and cell.meant and (cell.meant == "address" or _NAME.match(cell.meant)):
                yield at, ADDRESS if cell.meant == "address" else cell.meant, number
                break
