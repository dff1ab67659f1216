"""A blank form as understood: what its columns ask for, where rows go, what else waits to be filled in.

The same engine reads forms and filled sheets; where rows end is told by serial numbers, totals, signatures and lines.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import product
from typing import Any, Final

from gridworker.errors import UserError
from gridworker.exchange import foreign
from gridworker.exchange.columns import Column
from gridworker.exchange.form_choices import choices
from gridworker.exchange.form_columns import FIGURES, further_meaning, subject, take_further
from gridworker.exchange.form_totals import summed_to
from gridworker.exchange.form_units import Unit, find_units, reports
from gridworker.exchange.headings import Meaning, is_serial, money_factor
from gridworker.exchange.layout import cell_name, column_letter
from gridworker.exchange.model import RawBook, RawSheet
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.raw_xlsx import cell_of, column_number
from gridworker.exchange.structure import Grid
from gridworker.exchange.understood import ForeignSheet
from gridworker.i18n import _

_MOST_ROWS: Final = 5000
"""Rows of a form that are looked at for its end."""
_DIGITS: Final = re.compile(r"[0-9]+")
_ABOVE_ROWS: Final = frozenset({"note", "section"})
"""What may stand between heading and rows: numbers of columns, examples, the name of a first part."""
_LEAST_LABELS: Final = 3
"""Known labels that make a card."""
_EVERY_ROW: Final = 3
"""Rows from which a word that stands in all of them is no entry."""


@dataclass(slots=True)
class Form:
    """One table of a blank form."""

    sheet: ForeignSheet
    first_row: int
    capacity: int
    """Rows that can be filled before some have to be inserted."""
    serial: int = 0
    """The column that counts the rows; 0 for none."""
    numbered: int = 0
    """How many of the rows have their number already."""
    total_row: int = 0
    """0 for none."""
    units: list[Unit] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column, with their `=`."""
    choices: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """By column: the words that its cells take."""
    title: str = ""
    """What stands above the table."""
    factors: dict[int, int] = field(default_factory=dict)
    """By column of money: yuan of one unit."""
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of a card, by column: row and column of the cell that answers; where a sheet holds one, every record gets a
    sheet of its own."""
    cards: tuple[tuple[int, int], ...] = ((0, 0),)
    """How far below and to the right of the first card each card of the sheet stands."""

    @property
    def name(self) -> str:
        """The sheet it stands in."""
        return self.sheet.name

    @property
    def subject(self) -> str:
        """What each row is about: a ledger or the block of a kind of need."""
        return subject(self.sheet.columns)

    @property
    def last_row(self) -> int:
        """The last row that can be filled."""
        return self.first_row + self.capacity - 1

    @property
    def asked(self) -> list[Column]:
        """The columns that ask for something we may know; those with formulas of their own are left to them."""
        return [one for one in self.sheet.columns if one.meaning and self.place(0, one.number) not in self.formulas]

    def place(self, record: int, column: int) -> tuple[int, int]:
        """Row and column that a record's answer goes to."""
        if column not in self.places:
            return self.first_row + record, column
        (row, first), (down, right) = self.places[column], self.cards[record % len(self.cards)]
        return row + down, first + right

    def as_json(self) -> dict[str, Any]:
        """What `read` would say of a form, for tests and people who look."""
        return {
            "sheet": self.name,
            "ledger": self.subject,
            "header_rows": list(self.sheet.header_rows),
            "columns": self.sheet.mapped,
            "serial_column": column_letter(self.serial) or None,
            "first_row": self.first_row,
            "capacity": self.capacity,
            "total_row": self.total_row or None,
            "unit_cells": self.unit_cells(),
            "formulas": {cell_name(*cell): text for cell, text in sorted(self.formulas.items())},
        }

    def unit_cells(self) -> dict[str, str]:
        """By cell: the labels it answers, parted by |."""
        found: dict[str, str] = {}
        for one in self.units:
            cell = cell_name(one.row, one.column)
            found[cell] = "|".join(filter(None, (found.get(cell, ""), one.label)))
        return found


def understand_form(book: RawBook, patch: Patch, mapping: Mapping[str, Any] | None, file_name: str) -> Form:
    """The form in a workbook: of its sheets the one with most known columns. Raises UserError where there is none."""
    book = _not_yet_worked_out(book)
    sheets = _sheets(book, mapping, file_name)
    tables = [one for one in sheets if one.header_rows]
    best = max(tables, key=lambda one: (len(one.mapped), len(one.header_rows)), default=None)
    if not tables and (card := _card(_widened(book), patch, mapping, file_name)):
        return card
    if best is None or not (best.mapped or mapping is not None):
        raise UserError("no_form", _("这张表里没认出要填的栏目。"), _("请核对表头，或用 --mapping 说明哪一列是什么。"))
    raw = next(one for one in book.sheets if one.name == best.name)
    return _form(best, raw, patch.sheet(_own_name(best.name, patch)))


def _not_yet_worked_out(book: RawBook) -> RawBook:
    """The book in which formulas that no program has worked out are blank cells: in a form they wait for rows."""
    faults = [
        {cell: fault for cell, fault in one.faults.items() if fault != "formula_without_value"} for one in book.sheets
    ]
    return replace(book, sheets=[replace(one, faults=left) for one, left in zip(book.sheets, faults, strict=True)])


def _sheets(book: RawBook, mapping: Mapping[str, Any] | None, file_name: str) -> list[ForeignSheet]:
    told, further = _without_further(mapping)
    sheets = foreign.understand(book, told, file_name).sheets
    for one in sheets:
        if mapping is None:
            take_further(one.columns)
        for column in one.columns:
            is_counted = column.meaning is not None and column.meaning.owner == FIGURES
            if column.block or (column.ticks and not is_counted):
                column.meaning, column.doubt = None, "twice"
            column.meaning = column.meaning or further.get(column.name)
    return sheets


def _widened(book: RawBook) -> RawBook:
    """The book with a blank column behind each sheet: the last label of a blank card has nothing to its right."""
    width = {one.name: max((len(row) for row in one.rows), default=0) + 1 for one in book.sheets}
    sheets = [
        replace(one, rows=[[*row, *[None] * (width[one.name] - len(row))] for row in one.rows]) for one in book.sheets
    ]
    return replace(book, sheets=sheets)


def _card(book: RawBook, patch: Patch, mapping: Mapping[str, Any] | None, file_name: str) -> Form | None:
    """The card with most known labels: each label's answer is a cell of its own. Raises UserError."""
    cards = [one for one in _sheets(book, mapping, file_name) if one.mapped and not one.header_rows]
    sheet = max(cards, key=lambda one: len(one.mapped), default=None)
    if sheet is None or len(sheet.mapped) < _LEAST_LABELS:
        return None
    raw = next(one for one in book.sheets if one.name == sheet.name)
    cells, grid = patch.sheet(_own_name(sheet.name, patch)), Grid(raw)
    places = {one.number: place for one in sheet.columns if (place := cell_of(one.name))}
    rows = [
        row
        for number, (row, _column) in places.items()
        if any(one.number == number and one.meaning and not reports(one.heading.leaf) for one in sheet.columns)
    ]
    if not rows:
        return None
    offsets = _alike(grid, sheet, places)
    form = Form(sheet, 1, len(offsets), formulas=_formulas(cells), places=places, cards=offsets)
    form.title = " ".join(filter(None, map(partial(_line, grid), range(1, min(rows)))))
    form.units = find_units(grid, min(rows), max(rows))
    form.units += [one for down, _right in offsets[1:] for one in find_units(grid, 1, max(rows) + down)]
    form.units = list(dict.fromkeys(form.units))
    asked = {one.label for one in form.units}
    sheet.columns = [
        one for one in sheet.columns if one.heading.leaf not in asked or (one.meaning and not reports(one.heading.leaf))
    ]
    for number, (row, column) in places.items():
        form.choices |= {number: words} if (words := choices(cells, row).get(column)) else {}
    form.factors = {one.number: money_factor([str(one.heading)]) for one in sheet.columns}
    return form


def _alike(grid: Grid, sheet: ForeignSheet, places: Mapping[int, tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """How far from the first card each of a sheet stands, all with the same labels. Raises UserError for others.

    A label told again, such as the 姓名 of a spouse, begins no card.
    """
    labels = [
        (row, at, one.heading.leaf)
        for one in sheet.columns
        if one.meaning and one.number in places and (row := places[one.number][0])
        for at in range(places[one.number][1], 0, -1)
        if _says(grid, row, at, one.heading.leaf)
    ]
    if not labels:
        return ((0, 0),)
    (top, left), first = grid.origin(*labels[0][:2]), labels[0][2]
    found: dict[tuple[int, int], int] = {}
    for row, column in _all_cells(grid):
        if grid.origin(row, column) == (row, column) and _says(grid, row, column, first):
            down, right = row - top, column - left
            found[down, right] = sum(_says(grid, one + down, at + right, text) for one, at, text in labels)
    offsets = [offset for offset, same in found.items() if 2 * same > len(labels)]
    if any(found[offset] < len(labels) for offset in offsets):
        message = _("表“{sheet}”里有几张不一样的卡片，不知道一张卡到哪里为止。").format(sheet=sheet.name)
        raise UserError("several_cards", message, _("请只留第一张卡片再填，每条记录会各占一张工作表。"))
    return tuple(offsets)


def _says(grid: Grid, row: int, column: int, label: str) -> bool:
    return row > 0 < column and re.split("[:：]", grid.text(row, column))[0].strip() == label


def _all_cells(grid: Grid) -> Iterator[tuple[int, int]]:
    return product(range(1, len(grid.sheet.rows) + 1), range(1, grid.width + 1))


def fingerprint(book: RawBook) -> str:
    """The same for every copy of a blank form, whichever month or unit stands in it: its words without digits."""
    told = [
        (one.name, row, column, _DIGITS.sub("", value))
        for one in book.sheets
        for row, values in enumerate(one.rows)
        for column, value in enumerate(values)
        if isinstance(value, str)
    ]
    return hashlib.blake2b(repr(told).encode(errors="replace"), digest_size=12).hexdigest()


def _without_further(mapping: Mapping[str, Any] | None) -> tuple[dict[str, Any] | None, dict[str, Meaning]]:
    """A mapping as imports take it, and apart from it the columns that only forms ask for, by letter."""
    if mapping is None or not isinstance(mapping.get("sheets"), list):
        return (None, {}) if mapping is None else (dict(mapping), {})
    further: dict[str, Meaning] = {}
    sheets = []
    for sheet in mapping["sheets"]:
        columns = dict(sheet.get("columns", {}))
        found = {letter: meaning for letter, name in columns.items() if (meaning := further_meaning(str(name)))}
        further |= found
        sheets.append({**sheet, "columns": {letter: name for letter, name in columns.items() if letter not in found}})
    return {**mapping, "sheets": sheets}, further


def _own_name(name: str, patch: Patch) -> str:
    """The name in the workbook; a text file has none."""
    return name if name in patch.parts.sheets else next(iter(patch.parts.sheets))


def _form(sheet: ForeignSheet, raw: RawSheet, cells: SheetPatch) -> Form:
    grid, formulas = Grid(raw), _formulas(cells)
    serial = _serial(sheet.columns, grid, sheet.header_rows[-1])
    first, last = _body(sheet, raw, cells, _taken(sheet, grid, formulas.keys() | {(0, serial)}))
    last = min(last, summed_to(formulas, first) or last)
    form = Form(sheet, first, last - first + 1, serial, formulas=formulas)
    numbers = [grid.value(row, serial) for row in range(first, last + 1)] if serial else []
    form.numbered = sum(isinstance(one, (int, float)) for one in numbers)
    below = [row for row, reason in sheet.ignored_rows.items() if row > last and reason != "blank"]
    form.total_row = min(below, default=0) if below and sheet.ignored_rows[min(below)] == "total" else 0
    if not form.total_row and sheet.ignored_rows.get(first - 1) == "total":
        form.total_row = first - 1
    form.title = " ".join(filter(None, map(partial(_line, grid), range(1, sheet.header_rows[0]))))
    form.units = find_units(grid, sheet.header_rows[0], last, lambda *at: cells.styles.is_framed(cells.style(*at)))
    form.choices = choices(cells, first)
    form.factors = {one.number: money_factor([str(one.heading), *_money_lines(grid, sheet)]) for one in sheet.columns}
    return form


def _line(grid: Grid, row: int) -> str:
    """What stands in a row above the table."""
    return " ".join(text for column in range(1, grid.width + 1) if (text := grid.text(row, column)))


def _serial(columns: list[Column], grid: Grid, head: int) -> int:
    """The column that counts the rows, those to be filled already; a mapping says nothing of it."""
    for one in columns:
        below = [grid.value(row, one.number) for row in range(head + 1, head + 2 + _EVERY_ROW)]
        numbers = [value for value in below if isinstance(value, (int, float))]
        counts_already = is_serial(one.heading.leaf) and numbers[:_EVERY_ROW] == [*range(1, _EVERY_ROW + 1)]
        if counts_already or (one.meaning is None and (one.doubt == "serial" or is_serial(one.heading.leaf))):
            one.meaning, one.doubt = None, "serial"
            return one.number
    return 0


def _money_lines(grid: Grid, sheet: ForeignSheet) -> list[str]:
    rows = range(1, sheet.header_rows[0])
    texts = [grid.text(row, column) for row in rows for column in range(1, grid.width + 1)]
    return [text for text in texts if "单位" in text]


def _taken(sheet: ForeignSheet, grid: Grid, own: Set[tuple[int, int]]) -> set[int]:
    """The rows that are filled already; formulas and words that stand in every row are the form's own."""
    rows = [one.row for one in sheet.rows]
    columns = [one.number for one in sheet.columns if (0, one.number) not in own]
    told = {column: [grid.text(row, column) for row in rows if (row, column) not in own] for column in columns}
    own_words = {column for column, texts in told.items() if len(texts) >= _EVERY_ROW and len(set(texts)) == 1}
    free = [column for column in columns if column not in own_words]
    return {row for row in rows if any(grid.text(row, column) for column in free if (row, column) not in own)}


def _body(sheet: ForeignSheet, raw: RawSheet, cells: SheetPatch, taken: set[int]) -> tuple[int, int]:
    """First and last row that can be filled: below examples and what is filled already, above whatever comes next."""
    first = sheet.header_rows[-1] + 1
    columns = [one.number for one in sheet.columns]
    above = _ABOVE_ROWS if taken else _ABOVE_ROWS | {"total"}  # totals stand above what they add up, too
    while first in taken or (
        sheet.ignored_rows.get(first) in above and (first < len(raw.rows) or _is_framed(cells, first + 1, columns))
    ):
        first += 1
    if sheet.ignored_rows.get(first, "blank") in {"total", "sign"}:
        message = _("表“{sheet}”里没有空行可填。").format(sheet=sheet.name)
        raise UserError("no_room", message, _("请在表头和合计、签字之间留一行空行再填。"))
    has_lines = _is_framed(cells, first, columns)
    last = first
    while last - first < _MOST_ROWS:
        row = last + 1
        is_free = row not in taken and sheet.ignored_rows.get(row, "blank") == "blank"
        if not is_free or not (_is_framed(cells, row, columns) if has_lines else row <= len(raw.rows)):
            break
        last = row
    return first, last


def _is_framed(cells: SheetPatch, row: int, columns: list[int]) -> bool:
    """Whether most cells of a row that is there have lines around them."""
    if cells.row(row) is None:
        return False
    framed = sum(cells.styles.is_framed(cells.style(row, column)) for column in columns)
    return 2 * framed > len(columns)


def _formulas(cells: SheetPatch) -> dict[tuple[int, int], str]:
    found = {}
    for row, line in cells.rows.items():
        for cell in line:
            if cell.find("{*}f") is not None:
                column = column_number(cell.get("r", "").rstrip("0123456789").encode())
                found[row, column] = "=" + cells.formula(row, column)
    return found
