"""Sheets whose fields are not columns, laid out anew as a table of one record a row: cards, and turned tables.

Everything after reads one shape only; cells keep the names they have in the file.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from gridworker.exchange.cards import Cell, Pair, find_pairs, holds_value, is_label, label_columns, split_cards
from gridworker.exchange.embedded import embedded, tables_in, without
from gridworker.exchange.headings import fold, is_serial, meanings, rooted
from gridworker.exchange.layout import cell_name, column_letter
from gridworker.exchange.model import RawSheet, RawValue
from gridworker.exchange.raw_xlsx import column_number
from gridworker.exchange.row_kinds import hold_mostly
from gridworker.exchange.structure import Grid, Heading, Table, find_tables

_LEAST: Final = 3
"""Labels that make a card."""
_SEARCHED: Final = 60
"""Rows in which the labels of a first card are looked for."""
_FEW: Final = 8
"""Records of a table that may be part of the form above it."""
_LABELS: Final = 0.4
"""Share of labels in a row of a card: before each value one, at times a value that reads like a label."""
_BELIEVED: Final = 0.6
"""Share of columns known by name from which a table is one."""


@dataclass(slots=True)
class LaidOut:
    """A sheet as a table, and which cells of the file its cells are."""

    grid: Grid
    table: Table
    cells: dict[Cell, Cell] = field(default_factory=dict)
    """By row and column of the table: the cell of the file. Empty for an ordinary table."""
    names: dict[int, str] = field(default_factory=dict)
    """By column of the table: how a mapping names it where it is no column of the file."""
    marks: dict[int, tuple[str, int]] = field(default_factory=dict)
    """By row of the table: where its record stands in the file: first label and row of a card, a column's letter and
    number."""

    goes_on: bool = False
    """Whether it is a further part of the table before: the same headings side by side."""

    @property
    def part(self) -> str:
        """Where a further table of the sheet begins; empty for the main one, for cards and turned tables."""
        apart = self.marks and not self.names and self.table.header_rows
        return cell_name(self.table.header_rows[-1], min(self.table.headings)) if apart else ""

    def cell(self, row: int, column: int) -> str:
        """The name in the file of a cell of the table."""
        if not self.cells:
            return f"{column_letter(column)}{row}"
        return cell_name(*self.cells.get((row, column), (row, column)))

    def name(self, column: int) -> str:
        """How a mapping names a column: its letter, the first answer's cell, the row of a turned table."""
        return self.names.get(column) or column_letter(column)

    def number(self, name: str) -> int:
        """The column of a name; 0 for none."""
        named = {told: number for number, told in self.names.items()}
        return named.get(name, 0) if self.names else column_number(name.encode()) if name.isalpha() else 0


def lay_out(sheet: RawSheet, header_rows: tuple[int, ...] = ()) -> list[LaidOut]:
    """The tables of a sheet, the main one first, its heading where it was told; cards and turned tables as tables."""
    grid = Grid(sheet)
    tables = find_tables(grid, header_rows)
    if tables and (header_rows or _is_plain(grid, tables[0])):
        main = tables[0]
        is_small = len(main.records) <= _FEW and main.header_rows[:1] > (_LEAST,)
        if is_small and not header_rows and (form := _other(_above(sheet, main.header_rows[0]))):
            return [form, _apart(grid, main)]
        return _all(grid, tables)
    inside = embedded(grid)
    if other := _other(Grid(without(sheet, inside)) if inside else grid):
        return [other, *(_apart(*one) for one in tables_in(sheet, inside))]
    return _all(grid, tables) if tables else []


def _all(grid: Grid, tables: list[Table]) -> list[LaidOut]:
    """A table with those beside, above and below it."""
    return [*_beside(grid, tables), *_before(grid.sheet, tables[0]), *_below(grid.sheet, tables[0])]


def _above(sheet: RawSheet, row: int) -> Grid:
    """The part of a sheet before a row."""
    return Grid(replace(sheet, rows=sheet.rows[: row - 1], merges=[one for one in sheet.merges if one[0] < row]))


def _beside(grid: Grid, tables: list[Table]) -> list[LaidOut]:
    """A table and those beside it; one with the same headings goes on with the same records."""
    return [LaidOut(grid, tables[0])] + [_apart(grid, one, same=_texts(one) == _texts(tables[0])) for one in tables[1:]]


def _before(sheet: RawSheet, main: Table) -> list[LaidOut]:
    """Tables above the main one; what stands above those is no heading of it."""
    part = _above(sheet, main.header_rows[0])
    found = [one for one in find_tables(part) if one.records and _is_plain(part, one)]
    if not found:
        return []
    last = found[0].records[-1]
    main.above = [str(value) for row in part.sheet.rows[last:] for value in row if value is not None]
    for row in {*found[0].header_rows, *found[0].records, *(one for one in found[0].ignored if one <= last)}:
        main.ignored.pop(row, None)
    return [*_before(sheet, found[0]), *(_apart(part, one) for one in found)]


def _below(sheet: RawSheet, table: Table) -> list[LaidOut]:
    """The table of other headings that follows in a sheet, and what follows that; else the list that nobody knows."""
    begin = table.ended
    if not begin:
        return []
    below = replace(
        sheet,
        rows=[[] for _row in sheet.rows[: begin - 1]] + sheet.rows[begin - 1 :],
        merges=[one for one in sheet.merges if one[0] >= begin],
    )
    rest = Grid(below)
    found = find_tables(rest)
    if not found:
        return [_unknown(rest, table)]
    for row in {*found[0].header_rows, *found[0].records, *found[0].ignored}:
        table.ignored.pop(row, None)
    return [_apart(rest, found[0]), *_below(below, found[0])]


def _unknown(rest: Grid, table: Table) -> LaidOut:
    """A list below a table whose heading nobody knows, if it has one; its rows are none of the table's."""
    rows = [row for row in range(table.ended, len(rest.sheet.rows) + 1) if table.ignored.get(row) == "section"]
    for row in rows:
        table.ignored[row] = "note"
    columns = sorted({column for row in rows for column in rest.filled(row, range(1, rest.width + 1))})
    return _apart(rest, Table((table.ended,), {column: Heading() for column in columns}, rows))


def _apart(grid: Grid, table: Table, *, same: bool = False) -> LaidOut:
    first = min(table.headings)
    return LaidOut(grid, table, marks={row: (cell_name(row, first), row) for row in table.records}, goes_on=same)


def _texts(table: Table) -> list[str]:
    return [str(one) for one in table.headings.values()]


def _is_plain(grid: Grid, table: Table) -> bool:
    """Whether most headings are known and the rows below hold values, not labels."""
    known = {str(one) for one in table.headings.values() if _known(one) or is_serial(one.leaf)}
    if len(known) < _BELIEVED * len(table.headings):
        return False
    rows = table.records[:_SEARCHED]
    if not rows:
        return len(table.headings) > _LEAST and not any(map(holds_value, _texts(table)))
    return not hold_mostly((_holds_labels(grid, row) for row in rows), len(rows), len(rows) / 2)


def _known(heading: Heading) -> bool:
    return bool(meanings(heading.group, heading.leaf) or rooted(heading.group, heading.leaf))


def _holds_labels(grid: Grid, row: int) -> bool:
    """Whether a row begins with a label, or has one before each value."""
    texts = [str(value) for value in grid.filled(row, range(1, grid.width + 1)).values()]
    return is_label(texts[0]) or hold_mostly(map(is_label, texts), len(texts), _LABELS * len(texts))


def _other(grid: Grid) -> LaidOut | None:
    rows = range(1, len(grid.sheet.rows) + 1)
    first = rows[:_SEARCHED]
    columns = label_columns(grid, first)
    pairs = find_pairs(grid, first, columns)
    if len(columns) == 1:
        pairs = [one for one in pairs if one.label[1] in columns and one.inline is None]
    known = {fold(one.heading.leaf) for one in pairs if _known(one.heading)}
    filled = {row: [*cells] for row in first if (cells := grid.filled(row, range(1, grid.width + 1)))}
    led = {row for row, column in (one.label for one in pairs) if column in filled[row][:2]}
    if len(known) < _LEAST or 2 * len(led) < len(filled):
        return None
    answers = {one.answer[1] for one in pairs if one.inline is None}
    labels = {one.label[1] for one in pairs if one.inline is None}  # groups may stand to their left
    is_one_column = len(columns) == 1 or labels == {max(columns, default=0)}
    if is_one_column and len(answers) == 1 and (turned := _turned(grid, pairs)):
        return turned
    return _cards(grid, find_pairs(grid, rows, columns) if len(rows) > _SEARCHED else pairs)


def _turned(grid: Grid, pairs: list[Pair]) -> LaidOut | None:
    """Fields down, records across, and again below; None where only one record stands beside the labels."""
    begin = pairs[0].answer[1]
    blocks = split_cards(pairs)
    across = [
        (block, column)
        for block in blocks
        for column in range(begin, grid.width + 1)
        if _answers(grid, block, column) * 2 >= len(block) or _is_named(grid, block, column)
    ]
    if len(across) < 2:
        return None
    records = [[one._replace(answer=(one.answer[0], column)) for one in block] for block, column in across]
    found = _table(grid, records)
    for (_row, number), (row, _column) in reversed(found.cells.items()):
        found.names[number] = str(row)
    several = len(blocks) > 1
    for row, (block, column) in enumerate(across, start=1):
        first = block[0].label[0]
        found.marks[row] = (cell_name(first, column), first) if several else (column_letter(column), column)
    return found


def _answers(grid: Grid, pairs: list[Pair], column: int) -> int:
    return sum(grid.value(one.answer[0], column) is not None for one in pairs)


def _is_named(grid: Grid, block: list[Pair], column: int) -> bool:
    """Whether a record says at least whom it is about, in the first line that does not only count."""
    first = next((one for one in block if not is_serial(one.heading.leaf)), block[0])
    return isinstance(grid.value(first.answer[0], column), str)


def _cards(grid: Grid, pairs: list[Pair]) -> LaidOut:
    cards = split_cards(pairs)
    found = _table(grid, cards)
    found.marks = {row: (cell_name(*card[0].label), card[0].label[0]) for row, card in enumerate(cards, start=1)}
    return found


def _table(grid: Grid, records: list[list[Pair]]) -> LaidOut:
    """One row a record, one column a label; a label told twice has two columns."""
    columns: dict[tuple[str, str, int], int] = {}
    found = LaidOut(grid, Table((), {}))
    sheet = RawSheet(grid.sheet.name)
    for row, record in enumerate(records, start=1):
        seen: dict[tuple[str, str], int] = {}
        values: dict[int, RawValue] = {}
        for one in record:
            key = fold(one.heading.group), fold(one.heading.leaf)
            seen[key] = seen.get(key, 0) + 1
            column = columns.setdefault((*key, seen[key]), len(columns) + 1)
            cell = grid.origin(*one.answer)
            values[column] = grid.value(*cell) if one.inline is None else one.inline
            found.table.headings.setdefault(column, one.heading)
            found.names.setdefault(column, cell_name(*cell))
            found.cells[row, column] = cell
            if cell in grid.sheet.faults:
                sheet.faults[row, column] = grid.sheet.faults[cell]
        sheet.rows.append([values.get(column) for column in range(1, len(columns) + 1)])
        found.table.records.append(row)
    found.grid = Grid(sheet)
    labels = {one.label[0] for record in records for one in record}
    found.table.above = [str(value) for row in grid.sheet.rows[: min(labels) - 1] for value in row if value is not None]
    return found
