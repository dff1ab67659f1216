"""The record rows of a foreign table whose columns are known."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from gridworker.domain.ledger import Kind
from gridworker.domain.text.blanks import is_ditto
from gridworker.domain.text.dates import DateContext
from gridworker.domain.versions.entries import Value
from gridworker.exchange.foreign_cells import (
    Question,
    Reading,
    ditto_question,
    fault_question,
    read_cell,
    split_address,
    year_question,
)
from gridworker.exchange.headings import ADDRESS, Meaning, money_factor
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import Problem, RawValue
from gridworker.exchange.recognise import Column
from gridworker.exchange.sections import HOMES, contexts
from gridworker.exchange.typing_values import plain
from gridworker.exchange.understood import ForeignRow, ForeignSheet

_DAYS: Final = frozenset({Kind.DATE, Kind.TIME})
_PARTS: Final = ("household.estate", "household.building", "household.unit", "household.room")


class RowReader:
    """Reads the records of one table."""

    def __init__(self, laid: LaidOut, sheet: ForeignSheet, context: DateContext) -> None:
        self._laid = laid
        self._grid = laid.grid
        self._table = table = laid.table
        self._sheet = sheet
        self._columns = [(one, one.meaning) for one in sheet.columns if one.meaning]
        self._own_parts = {meaning.column for _column, meaning in self._columns} & set(_PARTS)
        self._factors = {
            one.number: money_factor([str(one.heading), *(text for text in table.above if "单位" in text)])
            for one, _meaning in self._columns
        }
        self._contexts = {one.number: context for one, _meaning in self._columns}
        self._inferred = self._infer_years(context)
        self._sections = contexts(table, self._section_texts(), frozenset(one.column for _column, one in self._columns))

    def _section_texts(self) -> dict[int, str]:
        sections = [row for row, reason in self._table.ignored.items() if reason == "section"]
        columns = list(self._table.headings)
        return {row: str(next(iter(self._grid.filled(row, columns).values()), "")) for row in sections}

    def _infer_years(self, context: DateContext) -> set[int]:
        """Columns of days whose year only their other days tell; there it is taken, and asked about."""
        found = set()
        for column, meaning in self._columns if not context.year else ():
            raws = [self._grid.shown(row, column.number) for row in self._table.records]
            if meaning.field.kind in _DAYS and len(years := _years(meaning, raws)) == 1:
                self._contexts[column.number] = replace(context, year=years.pop())
                found.add(column.number)
        return found

    def read(self) -> None:
        """Every record row; one that says nothing in our columns is none."""
        above: dict[str, Value] = {}
        before, last = ForeignRow(0), 0
        for number in self._table.records:
            row = ForeignRow(number, number)
            for column, meaning in self._columns:
                row.cells[meaning.column] = self._laid.cell(number, column.number)
                self._read_cell(row, column, meaning, above)
            if any(value is not None for value in row.values.values()) or row.problems:
                self._complete(row, before if number - last == 1 else None)
                self._sheet.rows.append(self._placed(row))
                above, before, last = row.values, row, number
            else:
                self._sheet.ignored_rows[number] = "blank"
        self._sheet.ignored_rows = dict(sorted(self._sheet.ignored_rows.items()))

    def _complete(self, row: ForeignRow, before: ForeignRow | None) -> None:
        """What lines between the records say of it, and that its person belongs to the household of the row above."""
        told = self._sections.get(max((one for one in self._sections if one < row.row), default=0), {})
        if any(row.values.get(name) is not None for name in HOMES):
            row.values |= {name: value for name, value in told.items() if row.values.get(name) is None}
        elif before and self._is_member(row):
            row.home = before.home or before.mark

    def _is_member(self, row: ForeignRow) -> bool:
        """Whether a person stands in a row of a table of households that says nothing of a household itself."""
        said = {name for name, value in row.values.items() if value is not None}
        is_head = row.values.get("resident.relation") == "户主"
        is_homeless = not any(name.startswith("household.") for name in said)
        return "resident.name" in said and not is_head and is_homeless and "household.head" in row.values

    def _placed(self, row: ForeignRow) -> ForeignRow:
        """A record where it stands in the file."""
        row.mark, row.row = self._laid.marks.get(row.row, (row.row, row.row))
        return row

    def _read_cell(self, row: ForeignRow, column: Column, meaning: Meaning, above: Mapping[str, Value]) -> None:
        origin = self._grid.origin(row.row, column.number)
        is_note = meaning.field.name == "note"
        raw = self._grid.value(row.row, column.number) if is_note else self._grid.shown(row.row, column.number)
        fault = self._grid.sheet.faults.get((row.row, column.number) if is_note else origin)
        if fault:
            row.values.setdefault(meaning.column, None)
            self._ask(row, column, fault_question(fault), raw)
        elif meaning.column == ADDRESS:
            self._read_address(row, column, raw, above)
        elif is_ditto(plain(raw)) and above.get(meaning.column) is not None:
            row.values[meaning.column] = above[meaning.column]
            self._ask(row, column, ditto_question(), raw)
        else:
            reading = self._value(column, meaning, raw)
            if row.values.get(meaning.column) is None:
                row.values[meaning.column] = reading.value
            self._ask(row, column, reading.question, raw)

    def _value(self, column: Column, meaning: Meaning, raw: RawValue) -> Reading:
        reading = read_cell(meaning.field, raw, self._contexts[column.number], self._factors[column.number])
        if column.number not in self._inferred or reading.value is None or reading.question:
            return reading
        without = read_cell(meaning.field, raw, DateContext())
        return reading if without.value == reading.value else replace(reading, question=year_question())

    def _read_address(self, row: ForeignRow, column: Column, raw: RawValue, above: Mapping[str, Value]) -> None:
        if is_ditto(plain(raw)):
            parts = {name: above[name] for name in _PARTS if above.get(name) is not None}
            question: Question | None = ditto_question()
        else:
            parts, question = split_address(raw)
        for name in _PARTS:
            if name not in self._own_parts:
                row.values[name] = parts.get(name)
            elif row.values.get(name) is None and name in parts:
                row.values[name] = parts[name]
        self._ask(row, column, question, raw)

    def _ask(self, row: ForeignRow, column: Column, question: Question | None, raw: RawValue) -> None:
        if question:
            cell = self._laid.cell(row.row, column.number)
            text = "" if raw is None else str(raw)
            row.problems.append(Problem(self._sheet.name, cell, question.code, question.message, text))


def _years(meaning: Meaning, raws: Iterable[RawValue]) -> set[int]:
    """The years that a column's complete days name."""
    found = (read_cell(meaning.field, raw, DateContext()).value for raw in raws)
    return {date.fromisoformat(str(day)[:10]).year for day in found if day}
