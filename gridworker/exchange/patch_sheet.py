"""One sheet of a workbook being changed: its cells, each kept in its style."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from lxml import etree

from gridworker.domain.text.blanks import clean_text
from gridworker.exchange.layout import cell_name
from gridworker.exchange.patch_parts import WORKBOOK, Parts, decimal, integer, tag, whole
from gridworker.exchange.patch_refs import copied
from gridworker.exchange.patch_style import StylePatch
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.raw_xlsx import column_number


@dataclass(frozen=True, slots=True)
class Formatted:
    """A number or day that is to be shown in a certain way; `text` says the same where cells take text only."""

    value: float | date
    code: str
    """The spreadsheet's format, such as `0.0%`."""
    text: str


CellValue = str | int | float | date | Formatted | None


Merged = Mapping[tuple[int, int], tuple[int, int]]
"""By row and column of the first cell of an area: those of its last."""

_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_DAY: Final = "yyyy\\-mm\\-dd"
_MOMENT: Final = "yyyy\\-mm\\-dd\\ hh:mm"
_USUAL_WIDTH: Final = 9.0
_WORDS: Final = frozenset({"s", "inlineStr", "str"})
"""Kinds of cells that hold words."""
_SECONDS: Final = 86_400
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What a spreadsheet program would take for the code of a character."""
LONGEST: Final = 32_767
"""Characters of one cell."""


class SheetPatch:
    """The cells of one sheet, rows and columns counted from 1. Writing keeps the style that a cell has."""

    def __init__(self, parts: Parts, styles: StylePatch, name: str) -> None:
        self.parts = parts
        self.styles = styles
        self.name = name
        if name not in parts.sheets:
            raise Unreadable("damaged")
        self.part = parts.sheets[name]
        self._rows: dict[int, etree._Element] = {}

    @property
    def root(self) -> etree._Element:
        """The sheet to look at."""
        return self.parts.read(self.part)

    @property
    def data(self) -> etree._Element:
        """What holds the rows. Raises Unreadable for a sheet without."""
        found = self.root.find("{*}sheetData")
        if found is None:
            raise Unreadable("damaged")
        return found

    @property
    def rows(self) -> dict[int, etree._Element]:
        """By number: the elements of the rows; every row and cell says where it is."""
        if not self._rows:
            _number(self.data)
            self._rows = {integer(line, "r"): line for line in self.data}
        return self._rows

    def forget_rows(self) -> None:
        """Rows have moved."""
        self._rows = {}

    def row(self, row: int) -> etree._Element | None:
        """The element of a row, if it is there."""
        return self.rows.get(row)

    def cell(self, row: int, column: int) -> etree._Element | None:
        """The element of a cell, if it is there."""
        line = self.row(row)
        name = cell_name(row, column)
        return None if line is None else next((one for one in line if one.get("r") == name), None)

    def style(self, row: int, column: int) -> int:
        """The number of the style in which a cell is shown: its own, its row's or its column's."""
        cell, line = self.cell(row, column), self.row(row)
        if cell is not None:
            return integer(cell, "s")
        if line is not None and line.get("customFormat") in ("1", "true"):
            return integer(line, "s")
        for one in self.root.iterfind("{*}cols/{*}col"):
            if integer(one, "min") <= column <= integer(one, "max"):
                return integer(one, "style")
        return 0

    def formula(self, row: int, column: int) -> str:
        """The formula of a cell without its `=`, empty for none; one that is shared with others is written out."""
        cell = self.cell(row, column)
        found = cell.find("{*}f") if cell is not None else None
        if found is None:
            return ""
        return found.text or _shared(self.data, found, row, column)

    def width(self, column: int) -> float:
        """How wide a column is, in half-width characters."""
        for one in self.root.iterfind("{*}cols/{*}col"):
            if integer(one, "min") <= column <= integer(one, "max"):
                return decimal(one.get("width", _USUAL_WIDTH))
        usual = self.root.find("{*}sheetFormatPr")
        return decimal(usual.get("defaultColWidth", _USUAL_WIDTH)) if usual is not None else _USUAL_WIDTH

    def merged(self) -> Merged:
        """The areas of merged cells."""
        areas = (one.get("ref", "").split(":") for one in self.root.iterfind("{*}mergeCells/{*}mergeCell"))
        return {_place(first): _place(last[0]) for first, *last in areas if last}

    def texts(self, row: int) -> list[tuple[int, str]]:
        """The columns of a row that hold words, with these."""
        line = self.row(row)
        columns = [_column(one) for one in line if one.get("t") in _WORDS] if line is not None else []
        return [(column, text) for column in columns if (text := self.text(row, column))]

    def raise_row(self, row: int, points: float) -> None:
        """Make a row at least so high."""
        line = self.row(row)
        if line is not None and decimal(line.get("ht", 0)) < points:
            self.parts.change(self.part)
            line.set("ht", repr(points))
            line.set("customHeight", "1")

    def text(self, row: int, column: int) -> str:
        """What a cell says, as text; empty for nothing."""
        cell = self.cell(row, column)
        if cell is None:
            return ""
        told = cell.findtext("{*}v") or ""
        if cell.get("t") != "s":
            return told or "".join(cell.itertext("{*}t"))
        return self.parts.shared_text(whole(told))

    def set(self, row: int, column: int, value: CellValue, style: int | None = None) -> None:
        """Write text, a number or a day; None empties. Days get a day's format where the cell has none."""
        cell = self._place(row, column)
        chosen = self.style(row, column) if style is None else style
        if isinstance(value, Formatted):
            value, chosen = self._formatted(value, chosen)
        if isinstance(value, date):
            value, chosen = self._serial(value, chosen)
        if cell.find("{*}f") is not None:
            self.unshare()
            self.parts.recalculate()
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        cell.attrib.pop("cm", None)
        if chosen:
            cell.set("s", str(chosen))
        _fill(cell, value)

    def restyle(self, row: int, column: int, style: int) -> None:
        """Show a cell in another style, its content kept."""
        self._place(row, column).set("s", str(style))

    def forget_results(self) -> None:
        """Drop what formulas that look at this sheet came to: programs work it out when they open the file."""
        for part in self.parts.sheets.values():
            formulas = self.parts.read(part).iter("{*}f")
            looking = [one for one in formulas if part == self.part or self.name in (one.text or "")]
            results = [one for formula in looking for one in formula.itersiblings("{*}v")]
            for one in results:
                self.parts.change(part)
                if (cell := one.getparent()) is not None:
                    cell.remove(one)
                    cell.attrib.pop("t", None)
        self.parts.recalculate()

    def keep_result(self, row: int, column: int, value: float) -> None:
        """What a formula will come to, for viewers that do not calculate."""
        cell = self._place(row, column)
        cell.attrib.pop("t", None)
        for old in cell.findall("{*}v"):
            cell.remove(old)
        etree.SubElement(cell, tag(cell, "v")).text = repr(value)

    def unshare(self) -> None:
        """Write shared formulas out, each in its own cell."""
        self.parts.change(self.part)
        for line in self.data:
            for cell in line:
                found = cell.find("{*}f")
                if found is not None and found.get("t") == "shared":
                    name = cell.get("r", "")
                    letters = name.rstrip("0123456789")
                    found.text = self.formula(whole(name[len(letters) :]), column_number(letters.encode()))
        for found in self.data.iterfind(".//{*}f[@t='shared']"):
            for attribute in ("t", "si", "ref"):
                found.attrib.pop(attribute, None)

    def _formatted(self, told: Formatted, style: int) -> tuple[str | float | date, int]:
        if self.styles.is_text(style):
            return told.text, style
        return told.value, self.styles.with_format(style, told.code)

    def _serial(self, value: date, style: int) -> tuple[str | int | float, int]:
        """A day as the number of a spreadsheet and a style that shows it as one; in text cells as text."""
        is_moment = isinstance(value, datetime)
        if self.styles.is_text(style):
            return str(value)[:16], style
        day = value.date() if isinstance(value, datetime) else value
        number: float = (day - (_EPOCH_1904 if self._counts_from_1904() else _EPOCH)).days
        if isinstance(value, datetime):
            number += (value.hour * 3600 + value.minute * 60) / _SECONDS
        if not self.styles.is_date(style):
            style = self.styles.with_format(style, _MOMENT if is_moment else _DAY)
        return number, style

    def _counts_from_1904(self) -> bool:
        told = self.parts.read(WORKBOOK).find("{*}workbookPr")
        return told is not None and told.get("date1904") in ("1", "true")

    def _place(self, row: int, column: int) -> etree._Element:
        """The element of a cell, made where it was not."""
        self.parts.change(self.part)
        found = self.cell(row, column)
        if found is not None:
            return found
        style = self.style(row, column)
        line = self.row(row)
        if line is None:
            line = self.rows[row] = _insert(self.data, "row", str(row), list(self.rows), row)
        line.attrib.pop("spans", None)
        cell = _insert(line, "c", cell_name(row, column), [_column(one) for one in line], column)
        if style:
            cell.set("s", str(style))
        return cell


def _place(name: str) -> tuple[int, int]:
    letters = name.rstrip("0123456789")
    return whole(name[len(letters) :]), column_number(letters.encode())


def _column(cell: etree._Element) -> int:
    return column_number(cell.get("r", "").rstrip("0123456789").encode())


def _insert(parent: etree._Element, name: str, at: str, places: list[int], place: int) -> etree._Element:
    """A new child in its order."""
    child = etree.Element(tag(parent, name), r=at)
    parent.insert(sum(one < place for one in places), child)
    return child


def _number(data: etree._Element) -> None:
    """Rows and cells may leave out where they are; then they follow the one before."""
    row = 0
    for line in data:
        row = integer(line, "r", row + 1)
        line.set("r", str(row))
        column = 0
        for cell in line:
            column = _column(cell) if cell.get("r") else column + 1
            cell.set("r", cell_name(row, column))


def _shared(data: etree._Element, found: etree._Element, row: int, column: int) -> str:
    """The text of a shared formula, from the cell that has it."""
    for master in data.iterfind(f".//{{*}}f[@si='{found.get('si', '')}']"):
        parent = master.getparent()
        if master.text and parent is not None:
            name = parent.get("r", "")
            top = whole(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            return copied(master.text, row - top, column - _column(parent))
    return ""


def _fill(cell: etree._Element, value: str | int | float | None) -> None:
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, tag(cell, "is")), tag(cell, "t"))
        text.text = _ESCAPE.sub("_x005F_", clean_text(value)[:LONGEST])
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif value is not None:
        etree.SubElement(cell, tag(cell, "v")).text = repr(value)
