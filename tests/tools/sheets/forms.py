"""What a careful person would write where in a blank form, in the form of the samples' expected.json.

In its picture `h:` are the headings (`⇒ #` counts the rows), `r:` the lines to fill, `t:` the total; a cell to be
answered tells its label: `⇒ unit=填报人`. In a card each blank names its field.
"""

from collections.abc import Iterator
from typing import Any

from tests.tools.sheets.books import merges
from tests.tools.sheets.expect import ADDRESS, letter
from tests.tools.sheets.picture import Book, Cell, Sheet

_EXTRAS = {"list": "validation", "format": "conditional"}


def expected(book: Book) -> dict[str, Any]:
    """The form's sheet; further sheets are named."""
    [sheet] = [one for one in book.sheets if "ledger" in one.options]
    others = {one.name: one.options["other"] for one in book.sheets if one is not sheet}
    layout = sheet.options.get("layout", "table")
    told = {"file": book.name, "sheet": sheet.name, "ledger": sheet.options["ledger"], "layout": layout}
    told |= _card(sheet) if layout == "card" else _table(sheet)
    formulas = {name: cell.formula for name, cell, _kind in _cells(sheet) if cell.formula}
    units = {name: cell.meant[5:] for name, cell, _kind in _cells(sheet) if (cell.meant or "").startswith("unit=")}
    told |= {"unit_cells": units, "formulas": formulas, "must_survive": list(_survivors(book, sheet, formulas))}
    return told | ({"other_sheets": others} if others else {})


def _cells(sheet: Sheet) -> Iterator[tuple[str, Cell, str]]:
    """Every cell with its name and the kind of its row."""
    for number, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row.cells):
            yield f"{letter(at)}{number}", cell, row.kind


def _table(sheet: Sheet) -> dict[str, Any]:
    heads = [number for number, row in enumerate(sheet.rows, 1) if row.kind == "h"]
    marks = {name[0]: cell.meant for name, cell, kind in _cells(sheet) if kind == "h" and cell.meant}
    lines = [number for number, row in enumerate(sheet.rows, 1) if row.kind == "r"]
    totals = [number for number, row in enumerate(sheet.rows, 1) if row.kind == "t"]
    return {
        "header_rows": heads,
        "columns": {at: mark for at, mark in marks.items() if mark[0] not in "#?"},
        "optional": {at: mark[1:] for at, mark in marks.items() if mark[0] == "?"},
        "serial_column": next((at for at, mark in marks.items() if mark == "#"), None),
        "first_row": lines[0],
        "capacity": len(lines),
        "total_row": totals[0] if totals else None,
    }


def _card(sheet: Sheet) -> dict[str, Any]:
    """By cell: the field that goes there."""
    asked = {name: cell.meant for name, cell, kind in _cells(sheet) if kind == "r" and cell.meant}
    return {"cells": {name: ADDRESS if mark == "address" else mark for name, mark in asked.items()}}


def _survivors(book: Book, sheet: Sheet, formulas: dict[str, str]) -> Iterator[str]:
    """All that has to be there unchanged after filling."""
    yield from (f"formula {name}" for name in formulas)
    for extra in sheet.extras:
        what, where, *_told = extra.split(" ")
        yield f"{_EXTRAS[what]} {where}" if what in _EXTRAS else what
    for first, last, _cell, _kind in merges(sheet):
        yield f"merge {letter(first[1])}{first[0] + 1}:{letter(last[1])}{last[0] + 1}"
    yield from (f"hidden sheet {one.name}" for one in book.sheets if "hidden" in one.options)
