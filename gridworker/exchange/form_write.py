"""Filling a form: rows, serial numbers, who and when; what is there already stays, rows beyond its room are put in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from gridworker.exchange.form import Form
from gridworker.exchange.form_totals import keep_totals
from gridworker.exchange.form_units import Unit, fill_text
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_rows import insert_rows
from gridworker.exchange.patch_sheet import CellValue, SheetPatch
from gridworker.exchange.styles import lines_of

Row = Mapping[int, CellValue]
"""By column: what a cell takes; None where nothing is known."""

_LINE: Final = 14.0
"""Points of one line of text."""
_PADDING: Final = 6.0


def write_form(
    patch: Patch, form: Form, rows: Sequence[Row], units: Mapping[str, str], heed: Callable[[int], object] = bool
) -> None:
    """Fill a form that was understood in this very workbook. `units`: by what is asked; `heed` hears each row."""
    sheet = patch.sheet(form.name if form.name in patch.parts.sheets else next(iter(patch.parts.sheets)))
    insert_rows(sheet, form.last_row, len(rows) - form.capacity)
    for place, row in enumerate(rows):
        _write_row(sheet, form, form.first_row + place, row)
        _number(sheet, form, place)
        heed(place)
    moved = max(0, len(rows) - form.capacity)
    for row_number, column in dict.fromkeys((one.row, one.column) for one in form.units):
        asked = [one for one in form.units if (one.row, one.column) == (row_number, column)]
        _write_units(sheet, row_number + (moved if row_number > form.last_row else 0), column, asked, units)
    patch.parts.drop_macros()
    sheet.forget_results()
    keep_totals(sheet)


def _write_row(sheet: SheetPatch, form: Form, number: int, row: Row) -> None:
    lines = 1
    for column, value in row.items():
        if value is None or sheet.text(number, column) or sheet.formula(number, column):
            continue
        sheet.set(number, column, value)
        if isinstance(value, str) and sheet.styles.wraps(sheet.style(number, column)):
            lines = max(lines, lines_of(value, sheet.width(column)))
    if lines > 1:
        sheet.raise_row(number, lines * _LINE + _PADDING)


def _number(sheet: SheetPatch, form: Form, place: int) -> None:
    """Count the rows on where the form has not counted them itself."""
    if not form.serial or place < form.numbered:
        return
    row = form.first_row + place
    before = sheet.text(row - 1, form.serial)
    first = place == 0 and not before.isdecimal()
    if not sheet.formula(row, form.serial):
        sheet.set(row, form.serial, 1 if first or not before.isdecimal() else int(before) + 1)


def _write_units(sheet: SheetPatch, row: int, column: int, asked: Sequence[Unit], units: Mapping[str, str]) -> None:
    """One cell that asks for one thing or several."""
    told = {one.label: units.get(one.what, "") for one in asked}
    first = asked[0]
    text = fill_text(sheet.text(row, column), told) if first.inside else told[first.label]
    if text:
        sheet.set(row, column, text)
