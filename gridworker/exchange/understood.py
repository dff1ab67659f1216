"""What a foreign workbook was understood to say: sheets, columns and record rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gridworker.domain import values
from gridworker.domain.versions.entries import Value
from gridworker.exchange.anchors import PLACES
from gridworker.exchange.columns import Column
from gridworker.exchange.context import Context
from gridworker.exchange.headings import field_of
from gridworker.exchange.model import Problem

State = Literal["read", "hidden", "empty", "no_table", "not_mapped"]


@dataclass(slots=True, eq=False)  # a frozen one takes twice the time to make, and there is one for each row
class CellNames(Mapping[str, str]):
    """By field: the cell of a row of a table, named when it is asked for; most never are."""

    letters: Mapping[str, str]
    row: int

    def __getitem__(self, name: str) -> str:
        return f"{self.letters[name]}{self.row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self.letters)

    def __len__(self) -> int:
        return len(self.letters)


@dataclass(slots=True)
class ForeignRow:
    """One record row: canonical values by column name, and what has to be asked."""

    row: int
    """Its first row in the file; of a turned table, the number of its column."""
    mark: int | str = 0
    """What tells it from the other records of the sheet: its row; where fields are no columns, its first cell."""
    home: int | str = 0
    """The mark of the row above whose household its person belongs to; 0 where its own says, or nothing does."""
    block: int = 0
    """Of a person who stands in the row of a household with others: which of them; 0 for what is the row's own."""
    values: dict[str, Value] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
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
    dated_by_name: str = ""
    """The time of the report as far as only the name of the file tells it: the same bytes may come under another."""
    takes_year: bool = False
    """Whether some of its days are written without their year."""
    year: int | None = None
    """The year they are read in, as the sheet or a person tells it."""
    context: Context = field(default_factory=Context)
    """What the sheet says of all its records."""

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
    remarks: list[Problem] = field(default_factory=list)
    """What was not taken as a whole, and what was though nobody sees it: sheets, rows, columns."""

    def as_json(self) -> dict[str, Any]:
        """The shape of `read` (design §6); sheets not read have no rows, further tables of one stand under `more`."""
        told: list[dict[str, Any]] = []
        for sheet in self.sheets:
            if sheet.part:
                told[-1].setdefault("more", []).append(_sheet_json(sheet))
            else:
                told.append(_sheet_json(sheet))
        remarks = [{"sheet": one.sheet, "code": one.code, "message": one.message} for one in self.remarks]
        return {"file": self.file, "kind": "foreign", "sheets": told} | ({"remarks": remarks} if remarks else {})


def _sheet_json(sheet: ForeignSheet) -> dict[str, Any]:
    more: dict[str, Any] = {"unread": sheet.unread} if sheet.unread else {}
    if sheet.problems:
        more["problems"] = [{"cell": one.cell, "code": one.code, "message": one.message} for one in sheet.problems]
    if sheet.context.facts:
        more["context"] = [{"fact": one.kind, "value": one.value, "at": one.at} for one in sheet.context.facts]
    return more | {
        "sheet": sheet.name or None,
        "header_rows": list(sheet.header_rows),
        "columns": sheet.mapped,
        "headings": {one.name: str(one.heading) for one in sheet.columns if one.meaning is not None},
        "unmapped": {one.name: str(one.heading) for one in sheet.unmapped},
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
