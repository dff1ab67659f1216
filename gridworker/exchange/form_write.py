"""Filling a form: rows, serial numbers, who and when; what is there already stays, rows beyond its room are put in."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from lxml import etree

from gridworker.domain.text.blanks import fold_width
from gridworker.domain.text.numbers import plain
from gridworker.errors import UserError
from gridworker.exchange.form import Form
from gridworker.exchange.form_totals import keep_totals
from gridworker.exchange.form_units import Unit, fill_text
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_copy import copy_sheet
from gridworker.exchange.patch_rows import insert_rows
from gridworker.exchange.patch_sheet import CellValue, Formatted, Merged, SheetPatch
from gridworker.exchange.styles import lines_of, text_width
from gridworker.i18n import _

Row = Mapping[int, CellValue]
"""By column: what a cell takes; None where nothing is known."""

_LINE: Final = 14.0
"""Points of one line of text."""
_PADDING: Final = 6.0
_LONG_NUMBER: Final = re.compile(r"[0-9*-]{7,}X?")
_LONGEST_NUMBER: Final = 19
_A_FEW_DIGITS: Final = 1.4
"""Times the width of its column from which a number had better break into lines."""
_MOST_ELEMENTS: Final = 300_000
"""Cells, rows and whatever else all sheets of cards may hold together: a kilobyte of memory each."""
MOST_CARDS: Final = 300
_NAMES: Final = ("resident.name", "household.head", "need.raised_by")
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
"""Characters of a sheet's name."""


def write_form(
    patch: Patch, form: Form, rows: Sequence[Row], units: Mapping[str, str], heed: Callable[[int], object] = bool
) -> None:
    """Fill a form that was understood in this very workbook. `units`: by what is asked; `heed` hears each row."""
    if form.places:
        write_cards(patch, form, rows, units, heed)
        return
    sheet = patch.sheet(form.name if form.name in patch.parts.sheets else next(iter(patch.parts.sheets)))
    insert_rows(sheet, form.last_row, len(rows) - form.capacity)
    merged = sheet.merged()
    for place, row in enumerate(rows):
        _write_row(sheet, form.first_row + place, row)
        _heighten(sheet, form.first_row + place, merged)
        _number(sheet, form, place)
        heed(place)
    moved = max(0, len(rows) - form.capacity)
    for row_number, column in dict.fromkeys((one.row, one.column) for one in form.units):
        asked = [one for one in form.units if (one.row, one.column) == (row_number, column)]
        _write_units(sheet, row_number + (moved if row_number > form.last_row else 0), column, asked, units)
    patch.parts.drop_macros()
    sheet.forget_results()
    keep_totals(sheet)


def write_cards(
    patch: Patch, form: Form, rows: Sequence[Row], units: Mapping[str, str], heed: Callable[[int], object]
) -> None:
    """Fill one copy of a sheet of cards for as many records as it has cards, the first into the sheet that came.

    Raises UserError.
    """
    names = sheet_names(form, rows) or [form.name]
    if form.name not in patch.parts.sheets:
        names = [next(iter(patch.parts.sheets)), *names[1:]]
    _refuse_too_many(len(rows), len(form.cards), patch.parts.read(patch.parts.sheets[names[0]]))
    for other in names[1:]:
        copy_sheet(patch.parts, names[0], other)
    each = len(form.cards)
    for number, one in enumerate(names):
        sheet = patch.sheet(one)
        for place, row in enumerate(rows[number * each : (number + 1) * each]):
            for column, value in row.items():
                _answer(sheet, *form.place(place, column), value)
            heed(number * each + place)
        merged = sheet.merged()
        for line in sorted({form.place(place, column)[0] for place in range(each) for column in form.places}):
            _heighten(sheet, line, merged)
        for at in dict.fromkeys((unit.row, unit.column) for unit in form.units):
            _write_units(sheet, *at, [unit for unit in form.units if (unit.row, unit.column) == at], units)
        sheet.forget_results()
    patch.parts.drop_macros()


def _refuse_too_many(count: int, on_each: int, sheet: etree._Element) -> None:
    """`count`: cards to fill; `on_each`: how many of them a sheet holds. Raises UserError."""
    sheets = max(1, _MOST_ELEMENTS // sum(1 for _element in sheet.iter()))
    most = min(MOST_CARDS, sheets * on_each)
    if count > most:
        message = _("要填 {count} 张卡片，太多了。").format(count=count)
        hint = _("请用 --where 或 --week 缩小范围，一次最多 {most} 张。").format(most=most)
        raise UserError("too_many", message, hint)


def sheet_names(form: Form, rows: Sequence[Row]) -> list[str]:
    """The sheets that a card's records fill: the one that came, then one for each further lot of cards."""
    firsts = enumerate(rows[:: len(form.cards)], start=1)
    return [form.name if number == 1 else _sheet_name(form, number, row) for number, row in firsts]


def _answer(sheet: SheetPatch, row: int, column: int, value: CellValue) -> None:
    """Into an empty cell, or behind the label that stands in the same one; what is answered already stays."""
    text = sheet.text(row, column)
    if value is None or sheet.formula(row, column) or (text and not text.rstrip().endswith((":", "："))):
        return
    said = value.text if isinstance(value, Formatted) else str(value)
    sheet.set(row, column, text.rstrip() + said if text else value)
    if not text:
        _fit(sheet, row, column, value)


def _sheet_name(form: Form, number: int, row: Row) -> str:
    """Number and name, the name as the card shows it; never the number of a person."""
    named = {one.meaning.column: row.get(one.number) for one in form.asked if one.meaning}
    told = next((str(named[one]) for one in _NAMES if named.get(one)), "")
    return f"{number} {_FORBIDDEN.sub('', told.replace('*', '某'))}".strip()[:_LONGEST_NAME]


def _write_row(sheet: SheetPatch, number: int, row: Row) -> None:
    for column, value in row.items():
        if value is None or sheet.text(number, column) or sheet.formula(number, column):
            continue
        sheet.set(number, column, value)
        _fit(sheet, number, column, value)


def _heighten(sheet: SheetPatch, row: int, merged: Merged) -> None:
    """Make a row as high as its texts need that break into lines, those over several rows left aside."""
    lines = 1
    for column, text in sheet.texts(row):
        bottom, right = merged.get((row, column), (row, column))
        if bottom == row and sheet.styles.wraps(sheet.style(row, column)):
            lines = max(lines, lines_of(text, sum(map(sheet.width, range(column, right + 1)))))
    if lines > 1:
        sheet.raise_row(row, lines * _LINE + _PADDING)


def _fit(sheet: SheetPatch, row: int, column: int, value: CellValue) -> None:
    """A day in smaller letters where its column is too narrow, since programs show `###` otherwise; so a long number
    that would break by a few digits.
    """
    told = value.value if isinstance(value, Formatted) else value
    shown = value.text if isinstance(value, Formatted) else str(value)[:_LONGEST_NUMBER]
    by = (text_width(shown) + 1) / max(1.0, sheet.width(column))
    if by > 1 and (isinstance(told, date) or (_LONG_NUMBER.fullmatch(shown) and by < _A_FEW_DIGITS)):
        sheet.restyle(row, column, sheet.styles.shrinking(sheet.style(row, column)))


def _number(sheet: SheetPatch, form: Form, place: int) -> None:
    """Count the rows on where the form has not counted them itself."""
    if not form.serial or place < form.numbered:
        return
    row = form.first_row + place
    before = plain(fold_width(sheet.text(row - 1, form.serial)))
    if not sheet.formula(row, form.serial):
        sheet.set(row, form.serial, (before or 0) + 1)


def _write_units(sheet: SheetPatch, row: int, column: int, asked: Sequence[Unit], units: Mapping[str, str]) -> None:
    """One cell that asks for one thing or several."""
    told = {one.label: units.get(one.what, "") for one in asked}
    first = asked[0]
    text = fill_text(sheet.text(row, column), told) if first.inside else told[first.label]
    if text:
        sheet.set(row, column, text)
