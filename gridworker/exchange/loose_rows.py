"""Rows of our own sheets that no token speaks for: typed in, copied over, or left without their hidden columns.

They are read like rows of somebody else's sheet, with our own headings as columns that are certain (versions.md §9).
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.ids import Id, from_text
from gridworker.domain.ledger import Ledger, Privacy
from gridworker.domain.ledgers import ledger as of_ledger
from gridworker.exchange.columns import Column as Recognised
from gridworker.exchange.foreign import read_rows
from gridworker.exchange.headings import ADDRESS, Meaning, field_of
from gridworker.exchange.layout import FURNITURE, Column, cell_name, column_letter
from gridworker.exchange.model import LooseRow, Problem, RawSheet, RawValue
from gridworker.exchange.structure import Heading, Table, find_table
from gridworker.exchange.token import from_cell
from gridworker.exchange.understood import ForeignRow, ForeignSheet
from gridworker.i18n import _

_MASK: Final = re.compile(r"\*{2,}|(?<![0-9])\*")
"""张*, 138****5678, **; a product such as 5*8 is none."""
_PLACE: Final = frozenset({ADDRESS, "household.estate", "household.building", "household.unit", "household.room"})
"""A household whose place is masked cannot be told from its neighbours: nothing of it is taken."""


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A data sheet of ours as far as it is needed here."""

    raw: RawSheet
    ledger: Ledger
    head_row: int
    columns: Mapping[int, Column]


def rows_without_token(table: OwnTable, known: Collection[int]) -> list[int]:
    """Numbers of the record rows that carry no token; totals, notes and signatures are none."""
    rows = table.raw.rows
    below = range(table.head_row + 1, len(rows) + 1) if table.head_row else ()
    loose = [one for one in below if one not in known and any(rows[one - 1]) and FURNITURE not in rows[one - 1]]
    found = find_table(table.raw, (table.head_row,)) if loose else None
    return sorted(set(found.records).intersection(loose)) if found else []


def read_loose(
    table: OwnTable, numbers: Sequence[int], *, named: bool, referring: Collection[int] = ()
) -> list[LooseRow]:
    """What these rows say. `named`: the first column may name their record; `referring`: hidden references hold."""
    sheet = _Loose(table)
    return [sheet.row(one, named=named, referring=referring) for one in sheet.read(numbers)]


class _Loose:
    """The visible columns of one sheet in the words of a foreign one."""

    def __init__(self, table: OwnTable) -> None:
        self._table = table
        meanings = {number: _meaning(table.ledger, one) for number, one in table.columns.items()}
        self._meanings = {number: one for number, one in meanings.items() if one}
        self._masked: dict[int, set[str]] = {}
        self._letters = {one.column: column_letter(number) for number, one in self._meanings.items()}

    def read(self, numbers: Sequence[int]) -> list[ForeignRow]:
        """The rows as foreign ones, without what is masked."""
        raw = self._table.raw
        rows: list[list[RawValue]] = [[] for _row in raw.rows]
        above = [str(text) for row in raw.rows[: self._table.head_row - 1] for text in row if text is not None]
        for number in numbers:
            rows[number - 1] = self._unmasked(number)
        columns = [Recognised(number, Heading("", one.column), one, 1.0) for number, one in self._meanings.items()]
        sheet = ForeignSheet(raw.name, columns=columns)
        heads = {number: Heading() for number in self._meanings}
        read_rows(
            replace(raw, rows=rows, merges=[]), Table((self._table.head_row,), heads, list(numbers)), sheet, above
        )
        return sheet.rows

    def _unmasked(self, number: int) -> list[RawValue]:
        row = list(self._table.raw.rows[number - 1])
        for column, meaning in self._meanings.items():
            if column <= len(row) and _is_masked(meaning, row[column - 1]):
                row[column - 1] = None
                self._masked.setdefault(number, set()).add(meaning.column)
        return row

    def row(self, row: ForeignRow, *, named: bool, referring: Collection[int]) -> LooseRow:
        """One row with the record it names and the records it refers to."""
        of, number = self._table.ledger.name, row.row
        record = self._id(number, "id", "") if named else 0
        told = {name: value for name, value in row.values.items() if value is not None}
        if record or number in referring:
            told |= self._references(number)
        if record or f"{of}.household" in told:
            told = {name: value for name, value in told.items() if name.startswith(f"{of}.")}
        masked = self._masked.get(number, set())
        unplaced = [name for name in told if name.startswith("household.")] if masked & _PLACE and not record else []
        told = {name: value for name, value in told.items() if name not in unplaced}
        asked = {one.cell for one in row.problems} - {f"{self._letters.get(name)}{number}" for name in told}
        flagged = len(masked) + len(unplaced) + len(asked)
        return LooseRow(self._table.raw.name, of, number, told, record, self._letters, flagged, row.problems)

    def _references(self, number: int) -> dict[str, Id]:
        names = [one.name for one in self._table.columns.values() if one.sort == "reference"]
        found = {f"{self._table.ledger.name}.{name}": self._id(number, "reference", name) for name in names}
        return {name: id for name, id in found.items() if id}

    def _id(self, number: int, sort: str, name: str) -> Id:
        """The id in a hidden column; 0 where none can be read."""
        row = self._table.raw.rows[number - 1]
        wanted = (place for place, one in self._table.columns.items() if one.sort == sort and one.name == name)
        raw = next((row[place - 1] for place in wanted if place <= len(row)), None)
        try:
            return from_text(from_cell(str(raw).strip()))
        except ValueError:
            return 0


def _meaning(of: Ledger, column: Column) -> Meaning | None:
    """What a visible column says of a row that stands alone; computed ones say nothing."""
    if column.sort == "field" and column.field:
        return Meaning(f"{of.name}.{column.name}", column.field, of.name, True)
    if column.sort != "shown" or ":" not in column.name:
        return None
    reference, _colon, wanted = column.name.partition(":")
    if reference == "household":
        return field_of(ADDRESS if wanted == "address" else f"household.{wanted}")
    one = of.by_name[reference]
    names_it = one.of == "worker" or wanted == "number" or bool(of_ledger(one.of).area)
    return Meaning(f"{of.name}.{reference}", one, of.name, True) if names_it else None


def _is_masked(meaning: Meaning, raw: RawValue) -> bool:
    is_private = meaning.column == ADDRESS or meaning.field.privacy is not Privacy.PLAIN
    return is_private and isinstance(raw, str) and _MASK.search(raw) is not None


def told_row_by_row(table: OwnTable, numbers: Sequence[int]) -> list[Problem]:
    """That rows were typed in among those with a token."""
    message = _("这一行没有记录编号，已按新的一行读入：与已有内容不同的列为待确认，带星号的格不采用；请核对。")
    return [
        Problem(table.raw.name, cell_name(one, _first(table.raw.rows[one - 1])), "row_without_token", message)
        for one in numbers
    ] + _unbound(table, numbers)


def told_without_tokens(table: OwnTable, numbers: Sequence[int], read: int) -> list[Problem]:
    """That a sheet lost its hidden columns, and how many of its rows could be read all the same."""
    if not numbers:
        return []
    message = _(
        "这张表隐藏的栏被删掉了：{rows} 行里有 {read} 行按外来表读入，与已有内容不同的列为待确认，带星号的格不采用；"
    )
    rest = _("其余认不出是哪条记录，没有读入。请在原文件里填写，或重新导出一份。")
    told = message.format(rows=len(numbers), read=read) + rest
    return [Problem(table.raw.name, cell_name(table.head_row, 1), "tokens_lost", told), *_unbound(table, numbers)]


def told_damaged(sheet: RawSheet, row: int, column: int) -> Problem:
    """That a token was tampered with."""
    message = _("这一行的校验被改动过，内容没有直接采用：与已有内容不同的列为待确认，请在程序里核对。")
    return Problem(sheet.name, cell_name(row, column), "damaged_token", message)


def _first(row: Sequence[RawValue]) -> int:
    return next((place for place, value in enumerate(row, start=1) if value is not None and str(value).strip()), 1)


def _unbound(table: OwnTable, numbers: Sequence[int]) -> list[Problem]:
    """Marks in the column 删除 of rows whose token is gone: nobody can tell what was known."""
    place = next((number for number, one in table.columns.items() if one.sort == "deletion"), 0)
    message = _("这一行的校验没有了，不能从表里删除；要删除请在程序里删。")
    return [
        Problem(table.raw.name, cell_name(one, place), "deletion_unbound", message)
        for one in numbers
        if place and place <= len(table.raw.rows[one - 1]) and table.raw.rows[one - 1][place - 1] is not None
    ]
