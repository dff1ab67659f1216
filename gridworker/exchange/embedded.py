"""Small tables inside of forms: 家庭成员 below the labels of each card, a heading and the rows under it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from gridworker.exchange import pace
from gridworker.exchange.cards import is_label
from gridworker.exchange.model import RawSheet
from gridworker.exchange.structure import Grid, Table, find_tables

_FEWEST: Final = 3
"""Labels side by side that head a table, not a line of a form."""

Region = range
"""The rows of one such table, its heading first."""


def embedded(grid: Grid) -> list[Region]:
    """The tables inside of a form that hold something."""
    found: list[Region] = []
    for row in range(1, len(grid.sheet.rows) + 1):
        pace.breathe()
        if (not found or row not in found[-1]) and _heads(grid, row):
            rows = list(_rows_below(grid, row))
            found += [range(row, rows[-1] + 1)] if rows else []
    return found


def without(sheet: RawSheet, regions: list[Region]) -> RawSheet:
    """The form alone."""
    inside = {row for region in regions for row in region}
    rows = [[] if number in inside else row for number, row in enumerate(sheet.rows, start=1)]
    return replace(sheet, rows=rows, merges=[one for one in sheet.merges if one[0] not in inside])


def tables_in(sheet: RawSheet, regions: list[Region]) -> Iterator[tuple[Grid, Table]]:
    """Each table alone, in its place."""
    for region in regions:
        rows = [row if number in region else [] for number, row in enumerate(sheet.rows[: region[-1]], start=1)]
        part = Grid(replace(sheet, rows=rows, merges=[one for one in sheet.merges if one[0] in region]))
        for table in find_tables(part, (region[0],)):
            yield part, table


def _cells(grid: Grid, row: int) -> list[str]:
    return [str(value) for value in grid.filled(row, range(1, grid.width + 1)).values()]


def _heads(grid: Grid, row: int) -> bool:
    """Whether a row holds nothing but labels, side by side and each once, below no heading merged down to it."""
    if any(grid.origin(row, column)[0] < row for column in range(1, grid.width + 1)):
        return False
    cells = grid.filled(row, range(1, grid.width + 1))
    ends = [grid.merges.get((row, column), (row, column))[1] for column in cells]
    are_beside = all(after - end == 1 for end, after in zip(ends, [*cells][1:], strict=False))
    return (
        len(set(cells.values())) == len(cells) >= _FEWEST
        and are_beside
        and all(is_label(str(value)) for value in cells.values())
    )


def _rows_below(grid: Grid, head: int) -> Iterator[int]:
    """Rows of values, up to an empty one, a line that stands alone, or a label before its answer."""
    for row in range(head + 1, len(grid.sheet.rows) + 1):
        cells = _cells(grid, row)
        if len(cells) < 2 or is_label(cells[0]) or ":" in cells[0] or "：" in cells[0]:
            return
        yield row
