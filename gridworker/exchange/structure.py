"""Where the table of a sheet lies: its heading rows, its columns, its records and everything that is neither."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from gridworker.exchange import pace, row_kinds
from gridworker.exchange.belonging import Belonging
from gridworker.exchange.headings import fold, is_known, is_serial, meanings, rooted
from gridworker.exchange.model import RawSheet, RawValue
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.row_kinds import LONGEST_GROUP, Reason, is_title, may_head
from gridworker.exchange.segments import segments

_SEARCHED: Final = 40
"""Rows in which a heading is looked for at a time."""
_FARTHEST: Final = 400
"""Rows beyond which none is looked for."""
_MOST_HEADING_ROWS: Final = 3
_WHOLE: Final = 0.6
"""Share of headings that stand in a later row if that is the heading once more."""
_LIKE: Final = 50
"""Records that a row behind a break is compared with."""
_FEWEST: Final = 3
"""Columns of a table whose headings nobody knows."""
_LOOKED_AT: Final = 200
"""Rows that decide whether a column without a heading is empty."""


_MOST_MERGED: Final = 500_000
"""Cells under merged ones, those under several counted each time."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above one column: its own text, and that of the group it belongs to."""

    group: str = ""
    leaf: str = ""

    def __str__(self) -> str:
        return f"{self.group}·{self.leaf}" if self.group else self.leaf


@dataclass(slots=True)
class Table:
    """The table of one sheet."""

    header_rows: tuple[int, ...]
    headings: dict[int, Heading]
    """By column, in order; columns that hold data but no heading have an empty one."""
    records: list[int] = field(default_factory=list)
    ignored: dict[int, Reason] = field(default_factory=dict)
    ended: int = 0
    """The row in which another table, or a list of something else, begins; 0 for none."""
    above: list[str] = field(default_factory=list)
    """Texts above the heading: title, unit, date."""


class Grid:
    """A sheet with its merged cells looked up; texts of nothing but blanks are none."""

    def __init__(self, sheet: RawSheet) -> None:
        """Raises Unreadable for more merged cells than anybody made."""
        self.sheet = sheet
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._rows = [[None if isinstance(one, str) and not one.strip() else one for one in row] for row in sheet.rows]
        self.merges: dict[tuple[int, int], tuple[int, int]] = {}
        """By first cell: last row and column, as far as the sheet reaches."""
        self._origins: dict[tuple[int, int], tuple[int, int]] = {}
        self._merged: set[int] = set()
        """Rows with merged cells."""
        self._across: dict[int, list[tuple[int, int]]] = {}
        self._texts: dict[int, list[str]] = {}
        """What rows show that were asked for: the search for a heading looks at each many times."""
        self._turned: tuple[Sequence[int], list[tuple[RawValue, ...]]] = ((), [])
        self._under = 0
        for top, left, bottom, right in sheet.merges:
            pace.breathe()
            self._merge(top, left, min(bottom, len(sheet.rows)), min(right, max(self.width, left)))

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self._under += max(0, bottom - top + 1) * (right - left + 1)
        if self._under > _MOST_MERGED:
            raise Unreadable("too_large")
        self.merges[top, left] = (bottom, right)
        self._merged.update(range(top, bottom + 1))
        for row in range(top, bottom + 1):
            if right > left:
                self._across.setdefault(row, []).append((left, right))
            for column in range(left, right + 1):
                self._origins[row, column] = (top, left)

    def value(self, row: int, column: int) -> RawValue:
        """What the cell itself holds."""
        cells = self._rows[row - 1] if row <= len(self._rows) else ()
        return cells[column - 1] if column <= len(cells) else None

    def line(self, row: int) -> list[RawValue]:
        """What each cell of a row itself holds."""
        cells = self._rows[row - 1] if row <= len(self._rows) else []
        return cells + [None] * (self.width - len(cells))

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value shown here."""
        return self._origins.get((row, column), (row, column))

    def text(self, row: int, column: int) -> str:
        """What is shown here, merged cells included."""
        value = self.value(*self.origin(row, column))
        return "" if value is None else str(value).strip()

    def texts(self, row: int) -> list[str]:
        """What is shown in each column of a row."""
        if row not in self._texts:
            own = ["" if one is None else str(one).strip() for one in self.line(row)]
            columns = range(1, self.width + 1)
            self._texts[row] = [self.text(row, one) for one in columns] if self.is_merged(row) else own
        return self._texts[row]

    def is_merged(self, row: int) -> bool:
        """Whether a row has merged cells."""
        return row in self._merged

    def shown(self, row: int, column: int) -> RawValue:
        """The value of a cell, or that of the cell above it merged down to here."""
        merged = self._origins.get((row, column))
        if merged is None:
            return self.value(row, column)
        return self.value(merged[0], column) if merged[1] == column else None

    def shown_below(self, rows: Sequence[int], column: int) -> list[RawValue]:
        """What a column shows in some rows."""
        if self._merged.isdisjoint(rows) and rows and column <= self.width:
            if self._turned[0] is not rows:
                self._turned = rows, list(zip(*map(self.line, rows), strict=True))
            return list(self._turned[1][column - 1])
        return [self.shown(row, column) if row in self._merged else self.value(row, column) for row in rows]

    def filled(self, row: int, columns: Sequence[int]) -> dict[int, object]:
        """What a row itself holds in these columns; an error counts."""
        pace.breathe()
        cells = self._rows[row - 1] if row <= len(self._rows) else ()
        width, faults = len(cells), self.sheet.faults
        told: dict[int, object] = {
            column: value for column in columns if column <= width and (value := cells[column - 1]) is not None
        }
        if not faults:
            return told
        return {column: told.get(column, "") for column in columns if column in told or (row, column) in faults}

    def is_wide(self, row: int, columns: list[int]) -> bool:
        """Whether one merged cell covers most of the table's columns in a row."""
        width = len(columns)
        spans = self._across.get(row)
        return spans is not None and any(
            2 * (min(right, columns[-1]) - max(left, columns[0]) + 1) > width for left, right in spans
        )


def find_table(sheet: RawSheet, header_rows: tuple[int, ...] = ()) -> Table | None:
    """The table of a sheet, with its heading where it was told or else where most columns are known by name."""
    return next(iter(find_tables(Grid(sheet), header_rows)), None)


def find_tables(grid: Grid, header_rows: tuple[int, ...] = ()) -> list[Table]:
    """The best known table of a sheet, then those beside it under the same heading rows."""
    found = header_rows or _find_heading(grid)
    if not found:
        return []
    headings = _headings(grid, found)
    tables = []
    for columns in _segments(grid, found[-1], headings):
        table = Table(found, {column: headings.get(column, Heading()) for column in columns})
        _look_above(grid, table)
        _look_below(grid, table)
        tables.append(table)
    return tables


def _find_heading(grid: Grid) -> tuple[int, ...]:
    """The row where most columns are known, or where words of most are, or else the first that looks like a heading."""
    first = next((row for row, values in enumerate(grid.sheet.rows, start=1) if values), 1)
    begin = range(first, min(first + _SEARCHED, len(grid.sheet.rows) + 1))
    alike = (rows for row in begin if (rows := _looks_like_heading(grid, row)))
    later = range(first + _SEARCHED, min(len(grid.sheet.rows), first + _FARTHEST), _SEARCHED)
    return (
        _known_heading(grid, first)
        or next(alike, ())
        or next(filter(None, map(partial(_known_heading, grid), later)), ())
    )


def _known_heading(grid: Grid, first: int) -> tuple[int, ...]:
    return _best_heading(grid, first, rooted_alone=False) or _best_heading(grid, first, rooted_alone=True)


def _looks_like_heading(grid: Grid, row: int) -> tuple[int, ...]:
    """The rows of a heading of words nobody knows: short, different, without digits, over rows filled as far."""
    rows = _heading_rows(grid, _lowest(grid, row))
    texts = [grid.text(row, column) for column in grid.filled(row, range(1, grid.width + 1))]
    words = {text for text in texts if len(text) <= LONGEST_GROUP and not any(map(str.isdigit, text))}
    below = [grid.filled(one, range(1, grid.width + 1)) for one in range(rows[-1] + 1, rows[-1] + 4)]
    is_heading = len(words) == len(texts) >= _FEWEST and not any(":" in text or "：" in text for text in texts)
    is_filled = any(2 * len(cells) >= len(texts) for cells in below)
    tells = any(any(map(str.isdigit, str(value))) for cells in below for value in cells.values())
    return rows if is_heading and is_filled and tells else ()


def _best_heading(grid: Grid, first: int, *, rooted_alone: bool) -> tuple[int, ...]:
    best: tuple[int, ...] = ()
    most = 1.9
    for row in range(first, min(first + _SEARCHED - 1, len(grid.sheet.rows)) + 1):
        pace.breathe()
        if not may_head(grid.sheet.rows[row - 1]):
            continue
        rows = _heading_rows(grid, _lowest(grid, row))
        headings = _headings(grid, rows)
        if _score(headings, rooted_alone=rooted_alone, least=most) <= most:
            continue
        score = _score(_unrepeated(grid, row, headings), rooted_alone=rooted_alone, least=most)
        if score > most:
            best, most = rows, score
    return best


def _unrepeated(grid: Grid, last: int, headings: dict[int, Heading]) -> dict[int, Heading]:
    """Without what stands below once more, as values do that read like headings: 党员, 电话."""
    again: set[int] = set()
    for row in range(last + 1, last + 4):
        same = {column for column, one in headings.items() if str(grid.value(row, column) or "").strip() == one.leaf}
        again |= same if len(same) < _WHOLE * len(headings) else set()
    return {column: one for column, one in headings.items() if column not in again}


def _score(headings: dict[int, Heading], *, rooted_alone: bool = True, least: float = 0.0) -> float:
    """Columns known by name; ones that are only known to be headings count little.

    `rooted_alone`: whether headings of which only words are known count beside none that is known as a whole; `least`:
    what must be exceeded, so that words need no look where they could not do it.
    """
    groups = {group for one in headings.values() for group in one.group.split("·")}  # merged over columns of no name
    heads = [one for one in headings.values() if one.leaf not in groups and is_known(one.group, one.leaf)]
    known = sum(bool(meanings(one.group, one.leaf)) for one in heads)
    score = known + sum(0.2 for _one in heads) - known * 0.2
    if not (score or rooted_alone) or score + len(headings) <= least:
        return score
    return score + sum(bool(rooted(one.group, one.leaf)) for one in headings.values())


def _lowest(grid: Grid, row: int) -> int:
    """The last row that headings beginning in a row are merged down to."""
    columns = range(1, grid.width + 1) if grid.is_merged(row) else ()
    down = [grid.merges.get((row, column), (row, 0))[0] for column in columns]
    lowest = max([row, *(bottom for bottom in down if bottom - row < _MOST_HEADING_ROWS)])
    return row + 1 if lowest == row and _completes(grid, row) else lowest


def _completes(grid: Grid, row: int) -> bool:
    """Whether the next row holds nothing but headings below groups: words where this one leaves columns to them."""
    texts = grid.texts(row)
    runs: list[list[int]] = []
    for column, value in enumerate(grid.line(row), start=1):
        if value is not None or not runs:
            runs.append([])
        runs[-1].append(column)
    groups = [run for run in runs if len(run) > 1]
    alone = [run[0] for run in runs if len(run) == 1]
    heads = [texts[run[0] - 1] for run in runs]
    if not groups or not any(is_known("", texts[one - 1]) for one in alone):
        return False
    below = {column: grid.value(row + 1, column) for run in groups for column in run}
    words = [value for value in below.values() if isinstance(value, str) and len(value) <= LONGEST_GROUP]
    is_title = any(":" in text or "：" in text or len(text) > LONGEST_GROUP for text in heads)
    return not is_title and len(words) == len(below) and not grid.filled(row + 1, alone)


def _heading_rows(grid: Grid, last: int) -> tuple[int, ...]:
    """The last row of a heading and the rows of groups above it."""
    first = last
    while first > 1 and last - first + 1 < _MOST_HEADING_ROWS and _is_group_row(grid, first - 1):
        first -= 1
    return tuple(range(first, last + 1))


def _is_group_row(grid: Grid, row: int) -> bool:
    """Whether a row heads groups of columns of the row below: cells merged over some columns, or down into it."""
    filled = zip(grid.line(row), grid.texts(row), strict=True)
    told = {column: text for column, (value, text) in enumerate(filled, start=1) if value is not None}
    deep = row + _MOST_HEADING_ROWS
    texts = {column: text for column, text in told.items() if grid.merges.get((row, column), (row, 0))[0] < deep}
    if len(texts) < 2 or is_title(texts.values()):
        return False
    below = grid.texts(row + 1)
    for column, text in texts.items():
        bottom, right = grid.merges.get((row, column), (row, column))
        if bottom > row or 1 < right - column + 1 < grid.width:
            return True
        if not below[column - 1] and is_known("", text):
            return True
    return False


def _headings(grid: Grid, rows: tuple[int, ...]) -> dict[int, Heading]:
    found = {}
    spread = None if grid.sheet.merges else ""
    for column, above in enumerate(zip(*(_own_texts(grid, rows, row) for row in rows), strict=True), start=1):
        texts = list(dict.fromkeys(filter(None, above)))
        if spread is not None and len(rows) > 1:
            spread, texts = _spread(grid, rows, column, spread, texts)
        if texts:
            found[column] = Heading("·".join(" ".join(one.split()) for one in texts[:-1]), texts[-1])
    return found


def _own_texts(grid: Grid, rows: tuple[int, ...], row: int) -> list[str]:
    """The texts above the columns in one heading row; only groups spread over columns, only headings reach down."""
    texts = grid.texts(row)
    if not grid.is_merged(row):
        return texts
    origins = (grid.origin(row, column) for column in range(1, grid.width + 1))
    told = enumerate(zip(texts, origins, strict=True), start=1)
    return [
        text if top >= rows[0] and (left == column or row < rows[-1]) else "" for column, (text, (top, left)) in told
    ]


def _spread(grid: Grid, rows: tuple[int, ...], column: int, group: str, texts: list[str]) -> tuple[str, list[str]]:
    """Where nothing is merged, the heading of a group stands over its first column only."""
    above, below = grid.text(rows[-2], column), grid.text(rows[-1], column)
    if above:
        return (above if below else ""), texts
    return group, [group, *texts] if group and below else texts


def _segments(grid: Grid, last: int, headings: dict[int, Heading]) -> list[list[int]]:
    """The columns of each table, the best known first: runs between empty columns, a run that repeats itself cut."""
    runs: list[list[int]] = [[]]
    for column in range(1, grid.width + 1):
        if column in headings or _holds_data(grid, last, column):
            runs[-1].append(column)
        elif grid.origin(last, column)[1] == column:  # not below a heading merged over it
            runs.append([])
    texts = {column: (one.group, one.leaf) for column, one in headings.items()}
    titles = [(left, right) for (top, left), (_bottom, right) in grid.merges.items() if top < last]
    cut = segments(runs, texts, grid.sheet.rows[last : last + _LOOKED_AT], titles)
    return sorted(cut, key=lambda run: -_score({column: headings[column] for column in run if column in headings}))


def _holds_data(grid: Grid, last: int, column: int) -> bool:
    rows = range(last + 1, min(len(grid.sheet.rows), last + _LOOKED_AT) + 1)
    return any(grid.value(row, column) is not None for row in rows)


def _look_above(grid: Grid, table: Table) -> None:
    columns = range(1, grid.width + 1)
    for row in range(1, table.header_rows[0]):
        cells = grid.filled(row, columns)
        table.above += [str(value) for value in cells.values()]
        if cells:
            is_top = not table.ignored
            table.ignored[row] = row_kinds.above(cells, wide=grid.is_wide(row, list(columns)), is_top=is_top)


def _look_below(grid: Grid, table: Table) -> None:
    columns = list(table.headings)
    serial = {column for column, one in table.headings.items() if is_serial(one.leaf)}
    heads = [{column: fold(grid.text(row, column)) for column in columns} for row in table.header_rows]
    may_be_heading = row_kinds.heading_test({text for head in heads for text in head.values()})
    broken, title = False, 0
    below = range(table.header_rows[-1] + 1, len(grid.sheet.rows) + 1)
    filled = {row: cells for row in below if (cells := grid.filled(row, columns))}
    last = table.header_rows[-1]
    for row, cells in filled.items():
        may_head, is_first = may_be_heading(cells), not table.records
        is_again = may_head and row_kinds.repeats(cells, heads)
        wide = grid.is_wide(row, columns)
        reason = "repeat-header" if is_again else row_kinds.furniture(cells, heads, wide=wide, is_first=is_first)
        if not table.ended and reason is None:
            is_list = False
            if broken or row - last > 1:
                belonging = Belonging([_shown(grid, one, columns) for one in table.records[-_LIKE:]], serial)
                is_list = belonging.ends_before(cells, filled.get(row + 1, {}), titled=title > 0)
            is_table = may_head and row_kinds.starts_another_table(cells)
            table.ended = (title or row) if is_list else row if is_table else 0
        broken, title = reason is not None, row if len(cells) == 1 and reason in {"section", "note"} else 0
        last = row
        if reason or table.ended:
            table.ignored[row] = reason or "section"
        elif not cells.keys() - serial:
            table.ignored[row] = "blank"
        else:
            table.records.append(row)


def _shown(grid: Grid, row: int, columns: list[int]) -> dict[int, object]:
    """A record with what is merged down into it."""
    return {column: text for column in columns if (text := grid.text(row, column))}
