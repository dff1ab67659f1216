"""References in formulas and lists of areas when rows are inserted, or when a formula is copied to another cell."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_LAST_ROW: Final = 1_048_576
_CELL: Final = r"(?:\$?[A-Z]{1,3}\$?[0-9]{1,7})"
_REFERENCE: Final = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?P<sheet>'(?:[^']|'')+'!|(?<![\w.\]])[\w.\[\]]+!)?"
    rf"(?<![\w.$])(?P<area>{_CELL}(?::{_CELL})?|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})(?![\w(.!])"
)
_PART: Final = re.compile(r"(\$?)([A-Z]{0,3})(\$?)([0-9]+)")
_OUTWARD: Final = re.compile(
    r"\||\[[0-9]+\]|\[[^\]]+\.(?:xl|od|csv)|(?<![\w.])(?:HYPERLINK|WEBSERVICE|RTD|DDE|CALL|EXEC|IMPORT\w+)\(",
    re.IGNORECASE,
)
"""Another program, workbook or address in a formula."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows put into a sheet below a row."""

    sheet: str
    after: int
    count: int

    def row(self, row: int) -> int:
        """Where a row lies afterwards."""
        return min(row + self.count, _LAST_ROW) if row > self.after else row

    def last(self, row: int) -> int:
        """Where an area that ends in a row ends afterwards: one that reached the row above takes the new ones in."""
        return min(row + self.count, _LAST_ROW) if row >= self.after else row


def after_insertion(formula: str, insertion: Insertion, *, here: bool, grows: bool = True) -> str:
    """A formula after rows were inserted; `here`: it stands in that sheet, where references need not name it."""

    def moved(sheet: str, area: str) -> str:
        is_meant = _plain_name(sheet) == insertion.sheet if sheet else here
        return _moved_area(area, insertion, grows=grows) if is_meant else area

    return _each(formula, moved)


def areas_after_insertion(areas: str, insertion: Insertion) -> str:
    """A list of areas such as `F4:F13 H4`; each that ends at the row above takes the new rows in, single cells too."""
    return " ".join(_moved_area(one, insertion, grows=True, single=True) for one in areas.split())


def cell_after_insertion(cell: str, insertion: Insertion) -> str:
    """The name of a cell, or of an area that only moves."""
    return ":".join(_moved(one, insertion.row) for one in cell.split(":"))


def copied(formula: str, rows: int, columns: int = 0) -> str:
    """A formula as it reads when it is copied so many rows down and columns to the right."""

    def moved(_sheet: str, area: str) -> str:
        return ":".join(_copied_cell(one, rows, columns) for one in area.split(":"))

    return _each(formula, moved)


def leads_out(formula: str) -> bool:
    """Whether a formula asks something outside its workbook; such ones stay where they are and are not repeated."""
    return _OUTWARD.search(formula) is not None


def _each(formula: str, change: Callable[[str, str], str]) -> str:
    def replace(found: re.Match[str]) -> str:
        if found["area"] is None:
            return found[0]
        sheet = found["sheet"] or ""
        return sheet + change(sheet, found["area"])

    return _REFERENCE.sub(replace, formula)


def _plain_name(prefix: str) -> str:
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _moved_area(area: str, insertion: Insertion, *, grows: bool, single: bool = False) -> str:
    first, colon, last = area.partition(":")
    if not colon:
        grown = _moved(first, insertion.last)
        return f"{first}:{grown}" if single and _row(first) == insertion.after else _moved(first, insertion.row)
    return f"{_moved(first, insertion.row)}:{_moved(last, insertion.last if grows else insertion.row)}"


def _row(cell: str) -> int:
    found = _PART.fullmatch(cell)
    return int(found[4]) if found else 0


def _moved(cell: str, where: Callable[[int], int]) -> str:
    return _PART.sub(lambda found: f"{found[1]}{found[2]}{found[3]}{where(int(found[4]))}", cell)


def _copied_cell(cell: str, rows: int, columns: int) -> str:
    found = _PART.fullmatch(cell)
    if found is None:
        return cell
    row = found[4] if found[3] or (found[1] and not found[2]) else str(int(found[4]) + rows)
    letters = found[2] if found[1] or not found[2] else _letters_after(found[2], columns)
    return f"{found[1]}{letters}{found[3]}{row}"


def _letters_after(letters: str, columns: int) -> str:
    from gridworker.exchange.layout import column_letter
    from gridworker.exchange.raw_xlsx import column_number

    return column_letter(column_number(letters.encode()) + columns)
