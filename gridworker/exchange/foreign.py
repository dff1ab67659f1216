"""How a foreign workbook is understood: a pure function of the file and the confirmed mapping (excel.md §5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Literal

from gridworker.domain import values
from gridworker.domain.ledger import Kind
from gridworker.domain.text.blanks import is_ditto
from gridworker.domain.text.dates import DateContext
from gridworker.domain.versions.entries import Value
from gridworker.exchange import mapping as mappings
from gridworker.exchange.foreign_cells import (
    Question,
    Reading,
    context_of,
    ditto_question,
    fault_question,
    read_cell,
    split_address,
    year_question,
)
from gridworker.exchange.headings import ADDRESS, Meaning, field_of, money_factor
from gridworker.exchange.laid_out import LaidOut, lay_out
from gridworker.exchange.layout import cell_name
from gridworker.exchange.mapping import SheetMapping
from gridworker.exchange.model import Problem, RawBook, RawSheet, RawValue
from gridworker.exchange.recognise import PLACES, Column, recognise
from gridworker.exchange.sections import HOMES, contexts
from gridworker.exchange.structure import Grid, Heading, Table
from gridworker.exchange.totals import wrong_totals
from gridworker.exchange.typing_values import plain
from gridworker.i18n import _

State = Literal["read", "hidden", "empty", "no_table", "not_mapped"]
_SAMPLES: Final = 200
"""Rows that decide whether the values of a column fit its heading."""
_DAYS: Final = frozenset({Kind.DATE, Kind.TIME})
_PARTS: Final = ("household.estate", "household.building", "household.unit", "household.room")


@dataclass(slots=True)
class ForeignRow:
    """One record row: canonical values by column name, and what has to be asked."""

    row: int
    """Its first row in the file; of a turned table, the number of its column."""
    mark: int | str = 0
    """What tells it from the other records of the sheet: its row; where fields are no columns, its first cell."""
    home: int | str = 0
    """The mark of the row above whose household its person belongs to; 0 where its own says, or nothing does."""
    values: dict[str, Value] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    """By field: the cell that was read."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class ForeignSheet:
    """One sheet as understood; sheets that give no records say why in `state`."""

    name: str
    state: State = "read"
    part: str = ""
    """Where a further table of the sheet begins, such as `J6`; empty for the main one."""
    header_rows: tuple[int, ...] = ()
    columns: list[Column] = field(default_factory=list)
    rows: list[ForeignRow] = field(default_factory=list)
    ignored_rows: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    """Of the sheet as a whole: totals that do not add up."""
    unread: list[str] = field(default_factory=list)
    """First cells of further blocks that nobody understood."""
    defaults: dict[str, str] = field(default_factory=dict)
    """Of the mapping: what every record gets that its row does not say."""

    @property
    def key(self) -> str:
        """What a mapping calls it: the sheet, or `sheet!J6` for a further table."""
        return f"{self.name}!{self.part}" if self.part else self.name

    @property
    def mapped(self) -> dict[str, str]:
        """By column letter: the field it holds."""
        return {one.name: one.meaning.column for one in self.columns if one.meaning}

    @property
    def names_homes(self) -> bool:
        """Whether its columns of households tell one from the other, if it has any."""
        held = {one.meaning.column for one in self.columns if one.meaning and one.meaning.ledger == "household"}
        return not held or not held <= PLACES

    @property
    def unmapped(self) -> list[Column]:
        """Columns that nobody understood, with why; row numbers are not among them."""
        return [one for one in self.columns if one.meaning is None and one.doubt != "serial"]


@dataclass(slots=True)
class Understanding:
    """A whole foreign workbook as understood."""

    file: str
    sheets: list[ForeignSheet]

    def as_json(self) -> dict[str, Any]:
        """The shape of `read` (design §6); sheets not read have no rows, further tables of one stand under `more`."""
        told: list[dict[str, Any]] = []
        for sheet in self.sheets:
            if sheet.part:
                told[-1].setdefault("more", []).append(_sheet_json(sheet))
            else:
                told.append(_sheet_json(sheet))
        return {"file": self.file, "kind": "foreign", "sheets": told}


def understand(raw: RawBook, mapping: Mapping[str, Any] | None = None, file_name: str = "") -> Understanding:
    """Every sheet of a workbook. A confirmed mapping wins over recognition. Raises UserError for a bad mapping."""
    told = mappings.parse(mapping) if mapping is not None else None
    return Understanding(file_name, [one for sheet in raw.sheets for one in _understand_sheet(sheet, told, file_name)])


def _understand_sheet(raw: RawSheet, told: list[SheetMapping] | None, file_name: str) -> list[ForeignSheet]:
    """The main table of a sheet, then the others that hold records."""
    confirmed = mappings.of_sheet(told, raw.name) if told is not None else None
    state = _state(raw, told, confirmed)
    tables = lay_out(raw, confirmed.header_rows if confirmed else ()) if state == "read" else []
    found: list[ForeignSheet] = []
    for laid in tables:
        about = [*laid.table.above, raw.name, file_name]
        if laid.goes_on and found:
            _go_on(laid, found[0], about)
            continue
        if laid.part and told is not None:
            confirmed = mappings.of_sheet(told, f"{raw.name}!{laid.part}", alone=True)
        if not laid.part or told is None or confirmed:
            sheet = _read_table(laid, ForeignSheet(raw.name, part=laid.part), about, confirmed)
            if sheet.mapped or not laid.part:
                found.append(sheet)
            elif laid.table.records:
                found[0].unread.append(laid.part)
    return found or [ForeignSheet(raw.name, "no_table" if state == "read" else state)]


def _read_table(laid: LaidOut, sheet: ForeignSheet, about: list[str], confirmed: SheetMapping | None) -> ForeignSheet:
    sheet.header_rows, sheet.ignored_rows = laid.table.header_rows, dict(laid.table.ignored)
    sheet.defaults = dict(confirmed.defaults) if confirmed else {}
    sheet.columns = _columns(laid, about, confirmed)
    if sheet.mapped:
        _RowReader(laid, sheet, context_of(about)).read()
        sheet.problems = [_wrong_total(sheet.name, *one) for one in wrong_totals(laid.grid, laid.table)]
    return sheet


def _wrong_total(name: str, row: int, column: int, told: str, right: str) -> Problem:
    message = _("合计写的是{told}，上面各行加起来是{right}；请核对是漏了行还是算错了。")
    return Problem(name, cell_name(row, column), "wrong_total", message.format(told=told, right=right), told)


def _go_on(laid: LaidOut, main: ForeignSheet, about: list[str]) -> None:
    """The same table once more beside itself: its columns mean the same, its records follow."""
    pairs = zip(main.columns, laid.table.headings.items(), strict=False)
    columns = [replace(one, number=number, heading=heading, name=laid.name(number)) for one, (number, heading) in pairs]
    sheet = ForeignSheet(main.name, columns=columns)
    _RowReader(laid, sheet, context_of(about)).read()
    main.columns += columns
    main.rows += sheet.rows


def read_rows(raw: RawSheet, table: Table, sheet: ForeignSheet, about: list[str]) -> None:
    """Read the records of a table whose columns are known into its sheet."""
    _RowReader(LaidOut(Grid(raw), table), sheet, context_of(about)).read()


def _state(raw: RawSheet, told: object, confirmed: SheetMapping | None) -> State:
    if not raw.rows:
        return "empty"
    if told is not None:
        return "read" if confirmed else "not_mapped"
    return "read" if raw.visible else "hidden"


def _columns(laid: LaidOut, about: list[str], confirmed: SheetMapping | None) -> list[Column]:
    grid, table = laid.grid, laid.table
    samples: dict[int, list[RawValue]] = {
        column: [grid.shown(row, column) for row in table.records[:_SAMPLES]] for column in table.headings
    }
    if confirmed is None:
        found = recognise(table.headings, samples, " ".join(about))
    else:
        meant = {laid.number(name): meaning for name, meaning in confirmed.columns.items()}
        found = [
            Column(column, table.headings.get(column, Heading()), meant.get(column), 1.0)
            for column in sorted(table.headings.keys() | meant.keys() - {0})
        ]
    for one in found:
        one.name = laid.name(one.number)
        told: list[RawValue] = [raw for raw in samples.get(one.number, ()) if raw is not None]
        one.samples = told[:3]
    return found


class _RowReader:
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


def _sheet_json(sheet: ForeignSheet) -> dict[str, Any]:
    more: dict[str, Any] = {"unread": sheet.unread} if sheet.unread else {}
    if sheet.problems:
        more["problems"] = [{"cell": one.cell, "code": one.code, "message": one.message} for one in sheet.problems]
    return more | {
        "sheet": sheet.name or None,
        "header_rows": list(sheet.header_rows),
        "columns": sheet.mapped,
        "rows": [
            {
                "row": row.row,
                "values": {name: _json(name, value) for name, value in row.values.items()},
                "problems": [{"cell": one.cell, "code": one.code, "message": one.message} for one in row.problems],
            }
            for row in sheet.rows
        ],
        "ignored_rows": {str(row): reason for row, reason in sheet.ignored_rows.items()},
    }


def _json(column: str, value: Value) -> object:
    meaning = field_of(column)
    return values.to_json(meaning.field if meaning else None, value)
