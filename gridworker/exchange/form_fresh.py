"""A form that came in an old format, written anew as xlsx in the same layout: it then takes what any form takes."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import product
from math import isfinite
from typing import Any, Final

import xlsxwriter

from gridworker.domain.ledger import Kind
from gridworker.domain.text.blanks import clean_text
from gridworker.exchange.form_units import reports
from gridworker.exchange.fresh_book import begun
from gridworker.exchange.headings import ADDRESS, meanings
from gridworker.exchange.laid_out import lay_out
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.raw_xlsx import cell_of
from gridworker.exchange.structure import Grid, Heading, Table, find_table
from gridworker.exchange.styles import Styles, page, text_width

_StyleOf = Callable[[int, int], str]
"""The look of a cell by its row and column."""
_Formula = tuple[str, float | str]
"""A formula and its result."""
_NARROWEST: Final = 8
_A4: Final = 9
_ANSWER: Final = "short"
_TITLE, _LINE, _HEADING, _ROW = 36, 20, 30, 24
"""Heights in points."""
_ADDRESS: Final = 24
_EARLIEST, _LATEST = 1900, 9999
"""Years that a spreadsheet program has days of; others are written as words."""
_LONGEST_LIST: Final = 255
"""Characters of words to choose from that spreadsheet programs take."""
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME: Final = 31
_MONEY: Final = ("元", "额", "费")
"""What headings of money say."""
NAMELESS: Final = "Sheet1"
"""What the only sheet of a text is called."""
MOST_CELLS: Final = 200_000
"""Cells of a sheet's rectangle; forms are far smaller, and writing more takes minutes."""
_LEAST_ROWS: Final = 10
"""Rows that a form without any gets."""


def as_xlsx(book: RawBook, *, as_form: bool = True) -> bytes:
    """Every sheet as it lies in the file: words, merged cells, formulas, lists; lines and headings in our own style.

    `as_form`: numbers in the row of totals whose formulas the format does not tell are to add up, not to stay. Raises
    Unreadable for a sheet far too large to be a form.
    """
    target, workbook = begun()
    styles = Styles(workbook)
    for number, one in enumerate(book.sheets, start=1):
        sheet = workbook.add_worksheet(_free_name(workbook, one.name, number))
        _write(sheet, styles, one, as_form=as_form)
        if not one.visible:
            sheet.hide()
    workbook.close()
    return target.getvalue()


def _write(sheet: Any, styles: Styles, raw: RawSheet, *, as_form: bool) -> None:
    grid = Grid(raw)
    if len(raw.rows) * grid.width > MOST_CELLS:
        raise Unreadable("too_large")
    card = _card(raw)
    table = None if card else find_table(raw)
    widths = _card_widths(grid, card) if card else _widths(grid, table)
    style = partial(_card_style, {row for row, _column in card}) if card else partial(_style, table)
    for column, width in widths.items():
        sheet.set_column(column - 1, column - 1, width)
    for row in range(1, max(len(raw.rows), _last(table)) + 1):
        sheet.set_row(row - 1, _height(table, row))
        for column in range(1, max(widths, default=0) + 1):
            told = _formula(grid, row, column) or (as_form and _total(grid, table, row, column))
            value = told or grid.value(row, column)
            is_framed = (table and column in table.headings) or style(row, column) == _ANSWER
            if value is not None or is_framed:  # beside a table blank cells need no lines
                _cell(sheet, row, column, value, styles.get(style(row, column)))
    for area, words in raw.lists:
        if len(words) <= _LONGEST_LIST:
            sheet.data_validation(area, _choice(words))
    _merge(sheet, styles, grid, style)
    if card:
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
    if table:
        page(sheet, ("", ""), 0, table.header_rows[-1] - 1)


def _merge(sheet: Any, styles: Styles, grid: Grid, style_of: _StyleOf) -> None:
    """Merged cells; of those that overlap, which no spreadsheet program opens, the first, and none without end."""
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.sheet.merges:
        size = (bottom - top + 1) * (right - left + 1)
        if not 1 < size <= MOST_CELLS - len(covered):
            continue
        cells = set(product(range(top, bottom + 1), range(left, right + 1)))
        if covered.isdisjoint(cells):
            covered |= cells
            style = styles.get(style_of(top, left))
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style)
            _cell(sheet, top, left, _formula(grid, top, left) or grid.value(top, left), style)


def _free_name(workbook: Any, name: str, number: int) -> str:
    """The sheet's name where spreadsheet programs take it, and no other sheet has it."""
    taken = {one.get_name().casefold() for one in workbook.worksheets()}
    tidy = _NO_NAME.sub("_", name).strip("'")[:_LONGEST_NAME]
    free = tidy and tidy.casefold() not in taken and tidy.casefold() != "history"
    others = (f"Sheet{other}" for other in range(number, 2**16))
    return tidy if free else next(one for one in others if one.casefold() not in taken)


def _last(table: Table | None) -> int:
    """The last row of the table; one that ends with its heading gets some."""
    if table is None:
        return 0
    bottom = table.header_rows[-1]
    below = [row for row in [*table.records, *table.ignored] if row > bottom]
    return max(below, default=bottom + _LEAST_ROWS)


def _card(raw: RawSheet) -> dict[tuple[int, int], Heading]:
    """Of a card, label left and answer right: the cells for answers and what each asks; empty for any other sheet."""
    wide = replace(raw, rows=[[*row, *[None] * (Grid(raw).width + 1 - len(row))] for row in raw.rows])
    laid = next(iter(lay_out(wide)), None)
    if laid is None or laid.table.header_rows:
        return {}
    told = {column: one for column, one in laid.table.headings.items() if not reports(one.leaf)}
    return {place: one for column, one in told.items() if (place := cell_of(laid.names.get(column, "")))}


def _card_style(rows: Set[int], row: int, _column: int) -> str:
    if row in rows:
        return _ANSWER
    return "title" if row == 1 and 1 not in rows else "left"


def _card_widths(grid: Grid, card: Mapping[tuple[int, int], Heading]) -> dict[int, int]:
    """By column of a card: room for its labels, and for what the fields asked for in it usually hold."""
    found = dict.fromkeys(range(1, max(grid.width, *(column for _row, column in card)) + 1), _NARROWEST)
    for (row, column), heading in card.items():
        if grid.merges.get((row, column), (row, column))[1] == column:
            fields = [one.field.width for one in meanings(heading.group, heading.leaf)]
            found[column] = max((found[column], *fields))
    for row, column in product({row for row, _column in card}, found):
        if (row, column) not in grid.merges:
            found[column] = max(found[column], text_width(grid.text(row, column)) + 2)
    return found


def _style(table: Table | None, row: int, column: int) -> str:
    if table is None or column not in table.headings:
        return "left"
    if row < table.header_rows[0]:
        return "title" if row == min(table.ignored, default=0) else "left"
    if row in table.header_rows:
        return "head"
    reason = table.ignored.get(row, "blank")
    if reason == "total":
        return "total_money" if any(word in str(table.headings[column]) for word in _MONEY) else "total"
    return "short" if reason == "blank" else "left"


def _formula(grid: Grid, row: int, column: int) -> _Formula | None:
    """The formula that a cell came with, and what it came to."""
    formula, value = grid.sheet.formulas.get((row, column)), grid.value(row, column)
    return (formula, value if isinstance(value, (int, float, str)) else 0) if formula else None


def _choice(words: str) -> dict[str, Any]:
    """A list to choose from: words written out, or the cells that hold them."""
    source = words.removeprefix("=")
    return {"validate": "list", "source": source.strip('"').split(",") if source.startswith('"') else words}


def _total(grid: Grid, table: Table | None, row: int, column: int) -> _Formula | None:
    """A number in the total row is the sum of its column, or the count of its texts, or of 是."""
    value = grid.value(row, column)
    if table is None or table.ignored.get(row) != "total" or not isinstance(value, (int, float)):
        return None
    letter = xlsxwriter.utility.xl_col_to_name(column - 1)
    heading = table.headings.get(column, Heading())
    area = f"{letter}{table.header_rows[-1] + 1}:{letter}{row - 1}"
    if any(one.field.kind is Kind.BOOL for one in meanings(heading.group, heading.leaf)):
        return f'=COUNTIF({area},"是")', float(value)
    verb = "SUM" if any(word in str(heading) for word in (*_MONEY, "数", "面积")) else "COUNTA"
    return f"={verb}({area})", float(value)


def _cell(sheet: Any, row: int, column: int, value: RawValue | _Formula, style: Any) -> None:
    place = (row - 1, column - 1)
    if isinstance(value, tuple):
        sheet.write_formula(*place, value[0], style, value[1])
    elif isinstance(value, (datetime, date)) and _EARLIEST <= value.year <= _LATEST:
        sheet.write_datetime(*place, value, style)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        sheet.write_number(*place, value, style)
    elif value is None or isinstance(value, (time, timedelta)):
        sheet.write_blank(*place, None, style)
    else:
        sheet.write_string(*place, clean_text(str(value)), style)


def _widths(grid: Grid, table: Table | None) -> dict[int, int]:
    """By column: room for its heading, and for what the field it asks for usually holds."""
    found = {}
    for column in range(1, grid.width + 1):
        heading = table.headings.get(column, Heading()) if table else Heading()
        asked = meanings(heading.group, heading.leaf)
        asks_address = any(one.column == ADDRESS for one in asked)
        fields = [one.field.width for one in asked]
        found[column] = max(_NARROWEST, text_width(heading.leaf) + 2, *fields, _ADDRESS if asks_address else 0)
    return found


def _height(table: Table | None, row: int) -> int:
    style = _style(table, row, next(iter(table.headings), 1) if table else 1)
    return {"title": _TITLE, "left": _LINE, "head": _HEADING}.get(style, _ROW)
