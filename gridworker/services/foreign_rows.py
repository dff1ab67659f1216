"""Rows of somebody else's sheet as readings: what each row says, under ids that only the file decides (design §2.4)."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gridworker.domain.ids import Id, from_text, hashed_id
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Reading, Statement, Value
from gridworker.exchange import foreign, returned
from gridworker.exchange.model import BookReading, Contribution, Problem, RawBook
from gridworker.exchange.recognise import Column
from gridworker.exchange.returned import Origins
from gridworker.exchange.understood import ForeignRow, ForeignSheet, Understanding
from gridworker.i18n import _
from gridworker.services import columns
from gridworker.services.columns import Plans
from gridworker.services.workspace import Workspace, grid_id

PARENTS = {"resident": "household", "visit": "household", "need": "household"}
"""Ledgers whose rows in one line of a sheet belong to the household of that line."""


@dataclass(slots=True)
class ForeignRows:
    """What a foreign sheet contributes."""

    contributions: list[Contribution] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    flagged: int = 0
    """Cells that gave no value and are asked about."""
    plans: Plans = ()
    mapping: Id = 0
    """The id of the mapping by which the rows were read."""


def contributions(
    workspace: Workspace, book: RawBook, digest: str, file: str, mapping: Mapping[str, Any] | None
) -> ForeignRows:
    """The readings of all rows under a confirmed mapping, or of the columns recognised with certainty."""
    grid = workspace.store.get("grid")
    book, origins = returned.without_marks(book)
    understanding, mapping = understood(workspace, book, file, mapping)
    confirmed = json.dumps(
        [mapping or "certain", grid if _leaves_grid_open(understanding) else None], sort_keys=True, ensure_ascii=False
    )
    found = ForeignRows(plans=columns.plans(understanding.sheets), mapping=hashed_id("mapping", confirmed))
    replaced = tuple(map(from_text, (mapping or {}).get("replaces", ())))
    for sheet in understanding.sheets:
        by_text = {"household.grid": grid} | sheet.defaults
        defaults = {column: _default(column, text) for column, text in by_text.items() if text}
        found.problems += [_unmapped(sheet, one) for one in sheet.unmapped]
        found.problems += sheet.problems
        found.problems += [] if sheet.names_homes else [_no_door(sheet, one) for one in sheet.columns if one.is_place]
        found.problems += [_unread(sheet.name, cell) for cell in sheet.unread]
        lines = told_by_line(sheet)
        for row in sheet.rows:
            found.problems += row.problems
            said = told(row)
            found.flagged += len({one.cell for one in row.problems} - {row.cells.get(one) for one in said})
            line = _Line(
                digest, sheet.name, row.mark, found.mapping, defaults, row.cells, replaced, row.home, row.block
            )
            line = line if sheet.names_homes else replace(line, doorless=True)
            line = _first_told(line, origins.get(sheet.name, returned.NONE), lines)
            found.contributions += _row(line, said)
    if not found.contributions:
        message = _("这个文件里没有看懂的记录，什么也没有导入；请核对是不是发错了文件，或写明每一栏是哪一项。")
        found.problems.append(Problem("", "", "nothing_understood", message))
    return found


def understood(
    workspace: Workspace, book: RawBook, file: str, mapping: Mapping[str, Any] | None
) -> tuple[Understanding, Mapping[str, Any] | None]:
    """A file under a given mapping, else under what was remembered of its headings, else as far as it is certain."""
    found = foreign.understand(book, mapping, file)
    remembered = columns.recall(workspace, columns.plans(found.sheets)) if mapping is None else None
    return (foreign.understand(book, remembered, file), remembered) if remembered else (found, mapping)


def told(row: ForeignRow) -> dict[str, Value]:
    """What a row says."""
    return {name: value for name, value in row.values.items() if value is not None}


def told_by_line(sheet: ForeignSheet) -> dict[int, dict[str, Value]]:
    """What each row of a file says, where a record is a row: with all persons who stand in it."""
    found: dict[int, dict[str, Value]] = {}
    for row in sheet.rows:
        if isinstance(row.mark, int):
            said = {f"{row.block}.{name}" if row.block else name: value for name, value in told(row).items()}
            found.setdefault(row.mark, {}).update(said)
    return found


def _leaves_grid_open(understood: Understanding) -> bool:
    """Whether a household of the file lies in a grid that neither its row nor the mapping names."""
    for sheet in understood.sheets:
        for row in [] if "household.grid" in sheet.defaults else sheet.rows:
            told = {name for name, value in row.values.items() if value is not None}
            if "household.grid" not in told and any(name.startswith("household.") for name in told):
                return True
    return False


def of_own_book(reading: BookReading, digest: str) -> list[Contribution]:
    """The readings of rows of our own book that no token speaks for, in the grid the book is about."""
    grid = _grid_of(reading)
    defaults: dict[str, Value] = {"household.grid": grid, "need.grid": grid} if grid else {}
    found = []
    for one in reading.loose:
        cells = {name: f"{letter}{one.row}" for name, letter in one.columns.items()}
        line = _Line(digest, one.sheet, one.row, hashed_id("own"), {} if one.record else defaults, cells)
        found += _row(line, one.values, {one.ledger: one.record} if one.record else {})
    return found


def _grid_of(reading: BookReading) -> Id:
    """The grid a book names, else the one that all its rows lie in; 0 for a book of several."""
    if reading.grid:
        return grid_id(reading.grid)
    stated = (one.entry.cells.get("grid") for one in reading.contributions if isinstance(one.entry, Statement))
    grids = {cell.value[0] for cell in stated if cell}
    only = grids.pop() if len(grids) == 1 else 0
    return only if isinstance(only, int) else 0


def _unmapped(sheet: ForeignSheet, column: Column) -> Problem:
    """A column that was not taken in: told once, at its heading."""
    message = _("“{heading}”这一栏没有认出来，没有导入；要导入请在对列文件里写明它是哪一项。")
    return Problem(
        sheet.name, _heading_cell(sheet, column), "unmapped_column", message.format(heading=str(column.heading))
    )


def _heading_cell(sheet: ForeignSheet, column: Column) -> str:
    return column.name if column.name[-1:].isdigit() else f"{column.name}{(sheet.header_rows or (1,))[-1]}"


def _no_door(sheet: ForeignSheet, column: Column) -> Problem:
    """A column of places in a sheet without doors: nobody knows which household it speaks of."""
    message = _("“{heading}”这一栏只到小区或楼栋，没有户主和门牌号，不知道是哪一户，没有导入；请补上门牌号或户主。")
    return Problem(sheet.name, _heading_cell(sheet, column), "no_door", message.format(heading=str(column.heading)))


def _unread(sheet: str, cell: str) -> Problem:
    """A block beside or below the table that was not taken in."""
    message = _("从这一格起还有一块内容没有认出来，没有导入；要导入请把它单独放到一张工作表里，写清栏名。")
    return Problem(sheet, cell, "unread_table", message)


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a row stands, and what every row of its sheet gets."""

    digest: str
    sheet: str
    mark: int | str
    """The row, or where else the record stands."""
    mapping: Id
    defaults: Mapping[str, Value]
    named: Mapping[str, str]
    """By field: its cell."""
    replaced: tuple[Id, ...] = ()
    """Earlier mappings of the file: their readings of the row have been seen and give way."""
    home: int | str = 0
    """Where the household stands that a person of this line belongs to, if not in the line itself."""
    block: int = 0
    """Which of several persons of the line it is; 0 for what is the line's own."""
    doorless: bool = False
    """Whether its sheet names estates or buildings, but no door or head."""
    first: tuple[str, int | str] | None = None
    """The first file of a corrected copy, and the row that the row was there."""
    turns: tuple[str, ...] = ()
    """Of a corrected row: the copies that said otherwise before, then the one that says so; none for the first file."""

    @property
    def place(self) -> tuple[str, str, int | str]:
        """What a row of a file is called by."""
        digest, row = self.first or (self.digest, self.mark)
        return digest, self.sheet, row

    def readings(self, of_row: Id) -> tuple[Id, frozenset[Id]]:
        """The id of what the row says now, and those of what it said before and says no more."""
        every = [hashed_id(of_row, self.mapping, foreign=True)]
        every += [hashed_id(of_row, self.mapping, turn, foreign=True) for turn in self.turns]
        earlier = (hashed_id(of_row, one, foreign=True) for one in self.replaced)
        return every[-1], frozenset(every[:-1]).union(earlier)

    def cells(self, name: str) -> str:
        """The cells of one ledger."""
        found = sorted((len(cell), cell) for column, cell in self.named.items() if column.startswith(f"{name}."))
        return f"{found[0][1]}:{found[-1][1]}" if found else f"A{self.mark}"


def _row(line: _Line, told: Mapping[str, Any], named: Mapping[str, Id] | None = None) -> list[Contribution]:
    """One reading per ledger of a line; `named`: the record it still names, by ledger."""
    by_ledger = _by_ledger(told)
    if line.doorless:
        by_ledger.pop("household", None)
    block = (line.block,) if line.block else ()
    rows = {name: hashed_id(*line.place, name, *block, foreign=True) for name in by_ledger}
    records = rows | dict(named or {})
    if line.home and "household" not in records:
        records["household"] = hashed_id(*line.place[:2], line.home, "household", foreign=True)
    found = []
    for name, values in by_ledger.items():
        of = ledger(name)
        counted = Counter(of.group_of(field_name) for field_name in values)
        for column, value in line.defaults.items():
            if column.startswith(f"{name}."):
                values.setdefault(column.partition(".")[2], value)
        parent = PARENTS.get(name)
        if parent in records:
            values.setdefault(parent, records[parent])
        id, earlier = line.readings(rows[name])
        reading = Reading(id, records[name], values, earlier)
        found.append(Contribution(name, reading, line.sheet, line.cells(name), counted))
    return found


def _first_told(line: _Line, origins: Origins, lines: Mapping[int, Mapping[str, Value]]) -> _Line:
    """A row of a corrected copy is the row of the first file; only one that says something else is read anew."""
    origin = origins.rows.get(line.mark) if isinstance(line.mark, int) else None
    if origin is None or not isinstance(line.mark, int):
        return line
    digests = origins.digests
    sheet = "" if origins.nameless else line.sheet
    is_same = origin.print == returned.print_of(digests[0], sheet, origin.row, lines[line.mark])
    turns = digests[1 : origin.turn + 1] if is_same else (*digests[1:], line.digest)
    home = origins.rows.get(line.home) if isinstance(line.home, int) else None
    return replace(line, sheet=sheet, first=(digests[0], origin.row), turns=turns, home=home.row if home else line.home)


def _by_ledger(values: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for column, value in values.items():
        block, _dot, name = column.partition(".")
        of = block if block in ledgers() else _ledger_of_block(block)
        if value is not None and of and ledger(of).field(name):
            found.setdefault(of, {})[name] = ",".join(value) if isinstance(value, list) else value
    return found


def _ledger_of_block(block: str) -> str:
    return next((name for name, one in ledgers().items() if block in one.blocks), "")


def _default(column: str, text: str) -> Value:
    """The value of a default written as text: grids by their code, other references by id."""
    name, _dot, field_name = column.partition(".")
    one = ledger(name).by_name.get(field_name) if name in ledgers() else None
    if one is None or one.kind is not Kind.REF:
        return text
    if one.of == "grid":
        return grid_id(text)
    try:
        return from_text(text)
    except ValueError:
        return text
