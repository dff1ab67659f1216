"""Rows of somebody else's sheet as readings: what each row says, under ids that only the file decides (design §2.4)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from gridworker import __version__
from gridworker.domain.ids import Id, from_text, hashed_id
from gridworker.domain.versions.entries import Statement, Value
from gridworker.exchange import foreign, pace, returned
from gridworker.exchange.columns import Column
from gridworker.exchange.model import BookReading, Contribution, Problem, RawBook
from gridworker.exchange.returned import Origins, Told
from gridworker.exchange.understood import ForeignRow, ForeignSheet, Understanding
from gridworker.i18n import _
from gridworker.services import (
    campaign_columns,
    column_memory,
    columns,
    file_keys,
    foreign_checks,
    foreign_lines,
    named_refs,
    whereabouts,
)
from gridworker.services.columns import Plans
from gridworker.services.foreign_lines import Line
from gridworker.services.whereabouts import Settled
from gridworker.services.workspace import Workspace, grid_id


@dataclass(slots=True)
class ForeignRows:
    """What a foreign sheet contributes."""

    contributions: list[Contribution] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    """What nobody has to answer: sheets that were not taken, hidden rows that were."""
    flagged: int = 0
    """Cells that gave no value and are asked about."""
    plans: Plans = ()
    mapping: Id = 0
    """The id of the mapping by which the rows were read."""
    key: str = ""
    """What the file is called by in their ids."""


def contributions(
    workspace: Workspace, book: RawBook, digest: str, file: str, mapping: Mapping[str, Any] | None
) -> ForeignRows:
    """The readings of all rows under a confirmed mapping, or of the columns recognised with certainty."""
    book, origins = returned.without_marks(book)
    understanding, mapping = understood(workspace, book, file, mapping)
    told = Told(file_keys.key_of(workspace, digest), mapping_id(workspace, understanding, mapping))
    places = whereabouts.of_sheets(workspace, understanding.sheets)
    found = ForeignRows(
        remarks=understanding.remarks,
        plans=column_memory.with_memory(workspace, columns.plans(understanding.sheets, places)),
    )
    found.mapping, found.key = told.mapping, told.digest
    replaced = tuple(map(from_text, (mapping or {}).get("replaces", ())))
    found.problems += named_refs.unknown(workspace, understanding.sheets)
    for sheet in understanding.sheets:
        found.problems += [*_problems(sheet), *places[sheet.key].problems, *foreign_checks.wrong(sheet)]
        before = origins.get(sheet.name, returned.NONE)
        for row, line in _lines(sheet, told, before, places[sheet.key]):
            said = foreign_lines.told(row)
            found.flagged += len({one.cell for one in row.problems} - {row.cells.get(one) for one in said})
            found.contributions += foreign_lines.readings(replace(line, replaced=replaced), said, sheet=sheet.name)
    if not found.contributions:
        message = _("这个文件里没有看懂的记录，什么也没有导入；请核对是不是发错了文件，或写明每一栏是哪一项。")
        found.problems.append(Problem("", "", "nothing_understood", message))
    return found


def understood(
    workspace: Workspace, book: RawBook, file: str, mapping: Mapping[str, Any] | None
) -> tuple[Understanding, Mapping[str, Any] | None]:
    """A file under a given mapping, else as its headings were remembered or a campaign calls them, else as far as it is
    certain.
    """
    found = foreign.understand(book, mapping, file)
    plan = columns.plans(found.sheets) if mapping is None else ()
    remembered = column_memory.recall(workspace, plan) or campaign_columns.recognise(workspace, plan, file)
    return (foreign.understand(book, remembered, file), remembered) if remembered else (found, mapping)


def mapping_id(workspace: Workspace, understanding: Understanding, mapping: Mapping[str, Any] | None) -> Id:
    """The id of the mapping by which a file is read here: what sheets get as a whole belongs to it, and the program.

    Another release may read the same cells otherwise: its readings stand beside these, and no book is called forged.
    """
    places = whereabouts.of_sheets(workspace, understanding.sheets)
    told = [mapping or "certain", *_depends_on(understanding, places), __version__]
    return hashed_id("mapping", json.dumps(told, sort_keys=True, ensure_ascii=False))


def _lines(sheet: ForeignSheet, file: Told, origins: Origins, places: Settled) -> Iterator[tuple[ForeignRow, Line]]:
    """Every record row, and what its readings depend on."""
    prints = foreign_lines.prints(sheet, file.digest, origins)
    for row in sheet.rows:
        pace.breathe()
        yield row, Line(
            origins.place(file.digest, sheet.name, row.mark), file.mapping, places.at(row.row), row.cells,
            said=foreign_lines.said_by(file, origins, row.mark, prints[row.mark]),
            home=origins.place(file.digest, sheet.name, row.home) if row.home else None,
            block=row.block, doorless=not sheet.names_homes,
        )  # fmt: skip


def _depends_on(understanding: Understanding, places: Mapping[str, Settled]) -> list[object]:
    """What readings depend on besides cells: what sheets get as a whole, and a time that only the file's name says."""
    told: list[object] = [
        whereabouts.as_told(places[one.key], grid=whereabouts.leaves_grid_open(one)) for one in understanding.sheets
    ]
    return [*told, *[one.dated_by_name for one in understanding.sheets if one.dated_by_name]]


def _problems(sheet: ForeignSheet) -> list[Problem]:
    """What of a sheet has to be asked: first of the whole, then row by row."""
    found = [*(_unmapped(sheet, one) for one in sheet.unmapped), *sheet.problems]
    found += [] if sheet.names_homes else [_no_door(sheet, one) for one in sheet.columns if one.is_place]
    found += [_unread(sheet.name, cell) for cell in sheet.unread]
    return found + [problem for row in sheet.rows for problem in row.problems]


def of_own_book(reading: BookReading, digest: str) -> list[Contribution]:
    """The readings of rows of our own book that no token speaks for, in the grid the book is about."""
    grid = _grid_of(reading)
    defaults: dict[str, Value] = {"household.grid": grid, "need.grid": grid} if grid else {}
    found = []
    for one in reading.loose:
        cells = {name: f"{letter}{one.row}" for name, letter in one.columns.items()}
        line = Line((digest, one.sheet, one.row), hashed_id("own", __version__), {} if one.record else defaults, cells)
        found += foreign_lines.readings(line, one.values, {one.ledger: one.record} if one.record else {}, one.sheet)
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
    message = _("“{heading}”这一栏没有认出来，没有导入；要导入请在“栏目对应”（命令行用 --mapping）里写明它是哪一项。")
    return Problem(
        sheet.name, _heading_cell(sheet, column), "unmapped_column", message.format(heading=str(column.heading))
    )


def _heading_cell(sheet: ForeignSheet, column: Column) -> str:
    if column.heading_at or column.name.isdigit():
        return column.heading_at or f"A{column.name}"  # the label of a turned table
    return column.name if column.name[-1:].isdigit() else f"{column.name}{(sheet.header_rows or (1,))[-1]}"


def _no_door(sheet: ForeignSheet, column: Column) -> Problem:
    """A column of places in a sheet without doors: nobody knows which household it speaks of."""
    message = _("“{heading}”这一栏只到小区或楼栋，没有户主和门牌号，不知道是哪一户，没有导入；请补上门牌号或户主。")
    return Problem(sheet.name, _heading_cell(sheet, column), "no_door", message.format(heading=str(column.heading)))


def _unread(sheet: str, cell: str) -> Problem:
    """A block beside or below the table that was not taken in."""
    message = _("从这一格起还有一块内容没有认出来，没有导入；要导入请把它单独放到一张工作表里，写清栏名。")
    return Problem(sheet, cell, "unread_table", message)
