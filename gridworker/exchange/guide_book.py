"""办事指南 as a workbook: one kind of need in a row, written like an official table, read back from any format."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.domain.text.blanks import clean_text, is_error_value
from gridworker.exchange.foreign_cells import fault_question
from gridworker.exchange.fresh_book import begun
from gridworker.exchange.layout import cell_name, fold_head
from gridworker.exchange.model import Problem, RawBook
from gridworker.exchange.structure import Grid
from gridworker.exchange.styles import Styles, lines_of, page
from gridworker.exchange.weekly import save

TITLE: Final = "办事指南"
_WIDTHS: Final = (16, 30, 44, 26, 26, 36)
_SEARCHED: Final = 40
"""Rows in which the heading is looked for."""
_HEAD_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row as read: its sheet, and by heading the name and the text of its cell."""

    sheet: str
    cells: Mapping[str, tuple[str, str]]


def write_guide(out: Path, about: str, note: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """Write the table: who hands it out, a note over all, a row for each kind. Raises UserError or DataError."""
    buffer, workbook = begun()
    styles, sheet, last = Styles(workbook), workbook.add_worksheet(TITLE), len(heads) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, styles.get("typed_text"))
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, last, TITLE, styles.get("title"))
    sheet.set_row(1, 20)
    sheet.merge_range(1, 0, 1, 2, about, styles.get("left"))
    sheet.merge_range(1, 3, 1, last, note, styles.get("right"))
    sheet.set_row(_HEAD_ROW, 28)
    for column, head in enumerate(heads):
        sheet.write_string(_HEAD_ROW, column, head, styles.get("head"))
    for row, line in enumerate(lines, start=_HEAD_ROW + 1):
        high = max(lines_of(text, width) for text, width in zip(line, _WIDTHS, strict=True))
        sheet.set_row(row, max(24, high * 14 + 8))
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, styles.get("long" if column else "short"))
    page(sheet, (TITLE, note), 0, _HEAD_ROW)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    workbook.close()
    save(out, buffer.getvalue())


def read_lines(book: RawBook, heads: Sequence[str]) -> tuple[list[Line], list[Problem]]:
    """The rows below every heading that names the first of `heads` and one more, and the cells that cannot be read.

    Rows that say nothing besides their first cell are left out, as are headings once more.
    """
    lines: list[Line] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        grid = Grid(sheet)
        head_row, columns = _heading(grid, heads)
        for row in range(head_row + 1, len(sheet.rows) + 1) if columns else ():
            problems += _faults(grid, row, columns)
            cells = {head: (cell_name(row, column), _text(grid, row, column)) for head, column in columns.items()}
            if _says_something(cells, heads[0]):
                lines.append(Line(sheet.name, cells))
    return lines, problems


def _says_something(cells: Mapping[str, tuple[str, str]], key: str) -> bool:
    others = [text for head, (_cell, text) in cells.items() if head != key and text]
    return bool(others) and fold_head(cells[key][1]) != fold_head(key)


def _heading(grid: Grid, heads: Sequence[str]) -> tuple[int, dict[str, int]]:
    """Row and columns of the heading; no columns where there is none."""
    wanted = {fold_head(head): head for head in heads}
    for row in range(1, min(_SEARCHED, len(grid.sheet.rows)) + 1):
        found: dict[str, int] = {}
        for column in range(1, grid.width + 1):
            head = wanted.get(fold_head(grid.text(row, column)))
            if head:
                found.setdefault(head, column)
        if heads[0] in found and len(found) > 1:
            return row, found
    return 0, {}


def _faults(grid: Grid, row: int, columns: Mapping[str, int]) -> Iterator[Problem]:
    for column in columns.values():
        fault = grid.sheet.faults.get((row, column))
        value = grid.value(row, column)
        if isinstance(value, str) and is_error_value(value):
            fault = "error_cell"
        if fault:
            cell = cell_name(row, column)
            yield Problem(grid.sheet.name, cell, fault, f"{cell}：{fault_question(fault).message}")


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.shown(row, column)
    return "" if value is None else clean_text(str(value))
