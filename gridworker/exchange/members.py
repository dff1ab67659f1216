"""Reads the persons who stand side by side in the row of their household (member_blocks)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from gridworker.domain.text.dates import DateContext
from gridworker.exchange.anchors import PLACES
from gridworker.exchange.columns import Column
from gridworker.exchange.headings import Meaning
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.member_blocks import GROUP, NAME
from gridworker.exchange.model import Problem, RawValue
from gridworker.exchange.recognise import recognise
from gridworker.exchange.row_reader import RowReader
from gridworker.exchange.structure import Heading
from gridworker.exchange.understood import ForeignRow, ForeignSheet
from gridworker.i18n import _

Blocks = Sequence[Mapping[int, Heading]]
_SHOWN: Final = 3


def read_members(
    laid: LaidOut, sheet: ForeignSheet, blocks: Blocks, meant: Mapping[int, Meaning] | None, context: DateContext
) -> None:
    """Every filled block of every row as a person of the row's household. `meant`: what a person confirmed."""
    known = _recognised(laid, blocks) if meant is None else {}
    homes = _homes(laid, sheet)
    for number, block in enumerate(blocks, start=1):
        persons = ForeignSheet(sheet.name)
        for column, heading in block.items():
            found = Column(column, heading, meant.get(column), 1.0) if meant else replace(known[heading.leaf])
            found.number, found.heading, found.block = column, laid.table.headings[column], number
            found.name, found.samples = laid.name(column), _samples(laid, column)[:_SHOWN]
            persons.columns.append(found)
        RowReader(laid, persons, context).read()
        sheet.columns += persons.columns
        sheet.rows += [_person(row, persons, number, homes) for row in persons.rows]
    sheet.columns.sort(key=lambda one: one.number)
    sheet.rows.sort(key=lambda one: one.row)
    for row in sheet.rows:
        sheet.ignored_rows.pop(row.row, None)


def _recognised(laid: LaidOut, blocks: Blocks) -> dict[str, Column]:
    """By heading: what it holds in all blocks; only what belongs to a person is believed."""
    places: dict[str, list[int]] = {}
    for block in blocks:
        for column, heading in block.items():
            places.setdefault(heading.leaf, []).append(column)
    samples = {n: [raw for one in some for raw in _samples(laid, one)] for n, some in enumerate(places.values(), 1)}
    found = recognise({n: Heading(GROUP, leaf) for n, leaf in enumerate(places, start=1)}, samples, GROUP)
    for one in found:
        if one.meaning and one.meaning.ledger != "resident":
            one.meaning, one.confidence, one.doubt = None, 0.0, "unclear"
    return dict(zip(places, found, strict=True))


def _samples(laid: LaidOut, column: int) -> list[RawValue]:
    return [raw for raw in laid.grid.shown_below(laid.table.records, column) if raw is not None]


def _homes(laid: LaidOut, sheet: ForeignSheet) -> dict[int | str, int | str]:
    """By mark of a row: that of the household its persons live in, of a row of persons alone the one above."""
    rows = {row.mark: row for row in sheet.rows}
    found: dict[int | str, int | str] = {}
    home: int | str = 0
    for before, number in zip([0, *laid.table.records], laid.table.records, strict=False):
        mark: int | str = laid.marks.get(number, (number, number))[0]
        if mark in rows:
            home = rows[mark].home or (mark if tells_home(rows[mark]) else 0)
        elif number - before > 1:
            home = 0
        found[mark] = home
    return found


def tells_home(row: ForeignRow) -> bool:
    """Whether a row says more of a household than a place that it shares with others."""
    said = {name for name, value in row.values.items() if value is not None and name.startswith("household.")}
    return not said <= PLACES


def _person(row: ForeignRow, persons: ForeignSheet, number: int, homes: Mapping[int | str, int | str]) -> ForeignRow:
    """A block as a person; one without a name is asked about and not taken."""
    row.block, row.home = number, homes.get(row.mark, 0)
    if row.values.get(NAME) is None and not row.problems:
        cell = row.cells.get(NAME) or next(iter(row.cells.values()))
        message = _("这一位成员没有写姓名，没有导入；请补上姓名，或把这几格清空。")
        row.problems.append(Problem(persons.name, cell, "missing_name", message))
    if row.values.get(NAME) is None:
        row.values = dict.fromkeys(row.values)
    return row
