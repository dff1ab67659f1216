"""The record rows of a foreign table whose columns are known."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from gridworker.domain.ledger import Field
from gridworker.domain.text.blanks import is_ditto
from gridworker.domain.text.dates import DateContext
from gridworker.domain.versions.entries import Value
from gridworker.exchange import pace
from gridworker.exchange.anchors import PLACES
from gridworker.exchange.columns import Column
from gridworker.exchange.context import LONGEST
from gridworker.exchange.foreign_cells import (
    Question,
    Reading,
    cell_reader,
    contradicted,
    ditto_of_nothing,
    ditto_question,
    fault_question,
    is_of_report,
    is_short_day,
    says_the_same,
    split_address,
    year_question,
)
from gridworker.exchange.headings import ADDRESS, Meaning, field_of, money_factor, names_landlord
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.layout import column_letter
from gridworker.exchange.model import Problem, RawValue
from gridworker.exchange.sections import DAY, HOMES, fill, sections_of
from gridworker.exchange.typing_values import plain
from gridworker.exchange.understood import CellNames, ForeignRow, ForeignSheet
from gridworker.i18n import _

_HEAD: Final = "household.head"
_RELATION: Final = "resident.relation"
_PARTS: Final = ("household.estate", "household.building", "household.unit", "household.room")
_OWNERS: Final = ("household.", "resident.", "worker.", "grid.")
_NUMBERS: Final = frozenset({"need.number", "need.raised_by", "need.phone", "schooling.child"})
_KEYS: Final = frozenset({*HOMES, ADDRESS, "resident.name", "need.raised_by"})
"""Columns that say whose a record is."""
_REMEMBERED: Final = 4096
"""Different cells of a column whose readings are kept."""


_AS_ABOVE: Final = re.compile(r"^\s*(?:同上|同前|〃|″)[,，、\s]*(?=[0-9一二三四五六七八九十负-])")
"""Before the rest of an address: 同上3号楼2单元202 is in the estate of the row above."""
_TO_UNIT: Final = re.compile("单元号?$")
_TWO_NUMBERS: Final = re.compile(r"[0-9]{1,3}\s*[-－—/]\s*[0-9]{1,2}")
"""Under a heading of addresses that end with the unit: 3-2 is building and unit where another column tells the room."""
_FROM_UNIT: Final = re.compile("^单元(?:号)?[-—－/、和及]?(?:室|房|门)")
_UNIT_AND_ROOM: Final = re.compile(
    r"\s*(?P<unit>[0-9A-Z]{1,2})\s*(?:单元)?\s*[-－—/]\s*(?P<room>[0-9]{1,4}[A-Z]?)\s*室?\s*"
)
"""Under a heading of addresses that begin with the unit: 1-102 behind the building."""
_OF_DOORS: Final = re.compile("(?:组|队|庄|屋|湾|冲|畈|村|小区|苑|园|府|城|里|院)$")
"""What has doors with numbers: an estate, a group of a village; 老粮站旁 has none."""
_AS_A_WHOLE: Final = Reading(None, is_ditto=True)
"""Of a cell that only its row can tell the meaning of: an address beside columns for some of its parts."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One column with what its records show in it, in their order, and what that comes to."""

    column: Column
    name: str
    """Of the field it holds."""
    is_note: bool
    """Whether cells merged down from records above say nothing of those below."""
    raws: list[RawValue]
    readings: list[Reading]


class RowReader:
    """Reads the records of one table."""

    def __init__(self, laid: LaidOut, sheet: ForeignSheet, context: DateContext, *, named: bool = False) -> None:
        """`named`: whether its rows may name their records in hidden columns, so that one cell tells enough."""
        self._named = named
        self._laid = laid
        self._grid = laid.grid
        self._faults = laid.grid.sheet.faults
        self._table = table = laid.table
        self._sheet = sheet
        self._sources = [self._source(one, one.meaning, context) for one in sheet.columns if one.meaning]
        self._in_turn = sorted(self._sources, key=lambda one: one.name == ADDRESS)
        self._split = lru_cache(_REMEMBERED, typed=True)(split_address)
        self._names = [one.name for one in self._sources]
        self._lines = self._plain_lines()
        self._odd = self._odd_cells() if self._lines else {}
        self._columns = {one.name: one.column.number for one in self._sources}
        self._letters = {name: column_letter(number) for name, number in self._columns.items()}
        self._lets = next((one for one in self._sources if _is_landlord(one) and _RELATION not in self._columns), None)
        self._own_parts = self._columns.keys() & {*_PARTS}
        self._of_homes = [name for name in {**self._columns, **dict.fromkeys(_PARTS)} if name.startswith("household.")]
        self._home_columns = [one.column.number for one in self._sources if one.name in {*HOMES, ADDRESS}]
        mapped = frozenset(self._columns)
        self._sections = sections_of(table, self._section_texts(), mapped, partial(_day_of, context))
        sheet.problems += [self._unknown_section(*one) for one in self._sections.unknown.items()]

    def _section_texts(self) -> dict[int, str]:
        sections = [row for row, reason in self._table.ignored.items() if reason == "section"]
        columns = list(self._table.headings)
        return {row: str(next(iter(self._grid.filled(row, columns).values()), ""))[:LONGEST] for row in sections}

    def _unknown_section(self, row: int, text: str) -> Problem:
        message = _("没看懂“{text}”这一行，上面几行写的小区、楼栋、日期也没有接着往下用；请在下面各行写全。")
        column = next(iter(self._grid.filled(row, list(self._table.headings))))
        cell = self._laid.cell(row, column)
        return Problem(self._sheet.name, cell, "unknown_section", message.format(text=text), text)

    def _source(self, column: Column, meaning: Meaning, context: DateContext) -> _Source:
        """A column; where only the other days of one tell the year of a day, it is taken, and asked about."""
        is_note = meaning.field.name == "note"
        look, rows = self._grid, self._table.records
        raws = [look.value(row, column.number) for row in rows] if is_note else look.shown_below(rows, column.number)
        if meaning.column == ADDRESS:
            return _Source(column, ADDRESS, is_note, raws, [_AS_A_WHOLE] * len(raws))
        factor = money_factor([str(column.heading), *(text for text in self._table.above if "单位" in text)])
        readings = _readings(cell_reader(meaning.field, context, factor), raws)
        if is_of_report(meaning.field):
            self._sheet.takes_year |= any(map(is_short_day, set(raws)))
            years = set() if context.year else {str(one.value)[:4] for one in readings if one.value}
            if len(years) == 1:
                readings = _inferred(meaning.field, replace(context, year=int(*years)), raws)
        return _Source(column, meaning.column, is_note, raws, readings)

    def read(self) -> None:
        """Every record row; one that says nothing in our columns is none."""
        above: dict[str, Value] = {}
        home: ForeignRow | None = None
        last = 0
        for place, number in enumerate(self._table.records):
            pace.breathe()
            row = self._row(place, number, above)
            said = [name for name, value in row.values.items() if value is not None]
            if said or row.problems:
                if self._lets:
                    self._ask_who_heads(row, self._lets)
                follows = number == last + 1 or self._follows(last, number)
                home = self._settle(row, said, home if follows else None)
                self._sheet.rows.append(self._placed(row))
                above, last = row.values, number
            else:
                self._sheet.ignored_rows[number] = "blank"
        self._sheet.ignored_rows = dict(sorted(self._sheet.ignored_rows.items()))

    def _row(self, place: int, number: int, above: Mapping[str, Value]) -> ForeignRow:
        """A record by itself; `above`: what the one before says."""
        row = ForeignRow(number, number, cells=self._cells(number))
        if self._lines:
            row.values = dict(zip(self._names, self._lines[place], strict=True))
            for source in self._odd.get(place, ()):
                self._read_odd(row, source, place, above)
            return row
        for source in self._in_turn:
            reading = source.readings[place]
            if reading.question or reading.is_ditto or self._faults:
                self._read_odd(row, source, place, above)
            elif row.values.get(source.name) is None:
                row.values[source.name] = reading.value
        return row

    def _plain_lines(self) -> list[tuple[Value, ...]]:
        """By place: what the records say; none where a cell may hold no more than a fault, or two columns one field."""
        if self._faults or len(set(self._names)) < len(self._names):
            return []
        return list(zip(*([one.value for one in source.readings] for source in self._sources), strict=True))

    def _odd_cells(self) -> dict[int, list[_Source]]:
        """By place: the columns in which there may be something to ask."""
        found: dict[int, list[_Source]] = {}
        for source in self._in_turn:
            for place, (_value, question, is_again) in enumerate(source.readings):
                if question or is_again:
                    found.setdefault(place, []).append(source)
        return found

    def _cells(self, number: int) -> Mapping[str, str]:
        if self._laid.cells:
            return {name: self._laid.cell(number, column) for name, column in self._columns.items()}
        return CellNames(self._letters, number)

    def _follows(self, last: int, number: int) -> bool:
        """Whether nothing but the heading once more stands between two rows."""
        return all(self._table.ignored.get(row) == "repeat-header" for row in range(last + 1, number))

    def _settle(self, row: ForeignRow, said: Sequence[str], home: ForeignRow | None) -> ForeignRow | None:
        """What lines between the records say of it, and whose household it belongs to: that of a row above, or its own.

        `said`: the fields it has. Returns the row with the household that rows below may go on with.
        """
        if len(said) == 1 and not row.problems and self._is_ownerless(*said):
            self._ask_for_owner(row, *said)
            return None
        own = {name: value for name in self._of_homes if (value := row.values.get(name)) is not None}
        if home and (self._goes_on(row, own, home) if own else self._is_member(row)):
            row.home = home.mark
        elif not own.keys() <= PLACES:
            home = row
        else:
            home = None
        if self._sections.told and own.keys() & HOMES:
            fill(row.values, self._sections.above(row.row))
        return home

    def _is_ownerless(self, name: str) -> bool:
        """Whether the one thing a row says is what befell somebody, while columns are there that would say whom."""
        is_event = name.endswith(".note") or not name.startswith(_OWNERS)
        return is_event and name not in _NUMBERS and bool(self._columns.keys() & _KEYS) and not self._named

    def _ask_for_owner(self, row: ForeignRow, name: str) -> None:
        source = next(one for one in self._sources if one.name == name)
        message = _("这一行只写了这一格，不知道是谁家的，没有采用；请补上户主和住址，或并到上一行。")
        raw = self._grid.shown(row.row, source.column.number)
        self._ask(row, source.column, Question("no_owner", message), raw)
        row.values[name] = None

    def _ask_who_heads(self, row: ForeignRow, landlord: _Source) -> None:
        """Who lets a home does not live there: where a tenant is named as well, somebody has to say who heads it."""
        head, name = row.values.get(_HEAD), row.values.get("resident.name")
        if head and name and head != name:
            message = _("这一行又有房东又有住的人，户主先照房东填了；请核对户主该是谁。")
            self._ask(row, landlord.column, Question("ambiguous", message), str(head))

    def _is_member(self, row: ForeignRow) -> bool:
        """Whether a person stands in a row of a table of households that says nothing of a household itself."""
        relation = row.values.get("resident.relation")
        is_told = relation is not None or "household.head" in row.values
        return row.values.get("resident.name") is not None and is_told and relation != "户主"

    def _goes_on(self, row: ForeignRow, own: Mapping[str, Value], home: ForeignRow) -> bool:
        """Whether a row tells again of the household above: merged down to it, or as said there of a member."""
        if self._grid.is_merged(row.row):
            shown = [column for column in self._home_columns if self._grid.shown(row.row, column) is not None]
            if shown and all(self._grid.origin(row.row, column)[0] < row.row for column in shown):
                return True
        is_member = row.values.get("resident.relation") not in {None, "户主"}
        return is_member and all(home.values.get(name) == value for name, value in own.items())

    def _placed(self, row: ForeignRow) -> ForeignRow:
        """A record where it stands in the file."""
        row.mark, row.row = self._laid.marks.get(row.row, (row.row, row.row))
        return row

    def _read_odd(self, row: ForeignRow, source: _Source, place: int, above: Mapping[str, Value]) -> None:
        """A cell about which there may be something to ask."""
        name, raw, reading = source.name, source.raws[place], source.readings[place]
        if self._faults and (fault := self._fault(row.row, source)):
            row.values.setdefault(name, None)
            self._ask(row, source.column, fault_question(fault), raw)
        elif name == ADDRESS:
            row.values.pop(ADDRESS, None)
            self._read_address(row, source.column, raw, above)
        elif reading.is_ditto:
            row.values[name] = above.get(name)
            nothing = row.values[name] is None
            self._ask(row, source.column, ditto_of_nothing() if nothing else ditto_question(), raw)
        else:
            if row.values.get(name) is None:
                row.values[name] = reading.value
            if reading.question:
                self._ask(row, source.column, reading.question, raw)

    def _fault(self, row: int, source: _Source) -> str | None:
        """What is wrong with the cell that is shown; of notes, with the record's own."""
        cell = row, source.column.number
        return self._faults.get(cell if source.is_note else self._grid.origin(*cell))

    def _read_address(self, row: ForeignRow, column: Column, raw: RawValue, above: Mapping[str, Value]) -> None:
        if is_ditto(plain(raw)):
            parts = {name: above[name] for name in _PARTS if above.get(name) is not None}
            question: Question | None = ditto_question()
        elif isinstance(raw, str) and (rest := _AS_ABOVE.sub("", raw)) != raw:
            parts = {"household.estate": above.get("household.estate")} | self._split(rest)[0]
            question = ditto_question()
        else:
            parts, question = self._split(raw)
            parts = dict(parts)  # what is remembered of the cell stays as it is
            if _FROM_UNIT.match(column.heading.leaf) and (found := _UNIT_AND_ROOM.fullmatch(str(raw))):
                parts, question = {f"household.{name}": told for name, told in found.groupdict().items()}, None
            is_to_unit = _TO_UNIT.search(column.heading.leaf) and _TWO_NUMBERS.fullmatch(str(raw).strip())
            if is_to_unit and row.values.get("household.room") is not None and "household.room" in parts:
                parts["household.unit"] = parts.pop("household.room")
        for name in _PARTS:
            if name not in self._own_parts:
                row.values[name] = parts.get(name)
            elif row.values.get(name) is None and name in parts:
                row.values[name] = parts[name]
            elif name in parts and parts[name] != row.values[name]:
                self._settle_part(row, column, name, str(parts[name]), raw)
        is_home = "household.building" in parts or _OF_DOORS.search(str(parts.get("household.estate") or ""))
        is_whole = row.values.get("household.room") is not None and is_home
        self._ask(row, column, None if question and question.code == "partial" and is_whole else question, raw)

    def _settle_part(self, row: ForeignRow, column: Column, name: str, told: str, raw: RawValue) -> None:
        """An address and the column for one of its parts say otherwise: in more words, or in truth."""
        own = str(row.values[name])
        if name == _PARTS[0]:
            if not says_the_same(told, own):
                self._ask(row, column, contradicted(told, own), raw)
        elif self._split(own)[0].get(name) == told:
            row.values[name] = told
        else:
            self._ask(row, column, contradicted(told, own), raw)

    def _ask(self, row: ForeignRow, column: Column, question: Question | None, raw: RawValue) -> None:
        if question:
            cell = self._laid.cell(row.row, column.number)
            text = "" if raw is None else str(raw)
            row.problems.append(Problem(self._sheet.name, cell, question.code, question.message, text))


def _is_landlord(source: _Source) -> bool:
    """Whether the head is who lets the home, and no person said so."""
    column = source.column
    return source.name == _HEAD and column.confidence < 1 and names_landlord(column.heading.leaf)


def _readings(read: Callable[[RawValue], Reading], raws: Iterable[RawValue]) -> list[Reading]:
    """What the cells of a column come to; most columns say the same few things over and over."""
    return list(map(lru_cache(_REMEMBERED, typed=True)(read), raws))


def _inferred(field: Field, context: DateContext, raws: Iterable[RawValue]) -> list[Reading]:
    """The days of a column in the year of those that tell it; the others are asked about."""
    read, read_without = cell_reader(field, context), cell_reader(field, DateContext())

    def read_one(raw: RawValue) -> Reading:
        reading = read(raw)
        is_told = reading.value is None or reading.question or read_without(raw).value == reading.value
        return reading if is_told else reading._replace(question=year_question())

    return _readings(read_one, raws)


def _day_of(context: DateContext, text: str) -> Value:
    """The day that a line between the records names; None where it is not sure."""
    meaning = field_of(DAY)
    reading = cell_reader(meaning.field, context)(text) if meaning else Reading(None)
    return None if reading.question else reading.value
