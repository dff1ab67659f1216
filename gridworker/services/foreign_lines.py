"""One line of somebody else's sheet as readings, one per ledger, under ids that only the file decides (design §2.4)."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gridworker.domain.ids import Id, from_text, hashed_id
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Reading, Value
from gridworker.exchange import returned
from gridworker.exchange.model import Contribution
from gridworker.exchange.returned import Mark, Origins, Place, Told
from gridworker.exchange.understood import ForeignRow, ForeignSheet
from gridworker.services.workspace import grid_id

_PARENTS: Final = dict.fromkeys(("resident", "visit", "need", "campaign_entry"), "household")
"""Ledgers whose rows in one line of a sheet belong to the household of that line."""
_CODE: Final = re.compile(r"(?=.*[0-9])[A-Za-z0-9_-]{3,}")
"""What reads like the code of a grid."""
_FIRST: Final = Told("")
"""The file itself, where it is no copy."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a record stands, and what its readings depend on besides what it says."""

    place: Place
    mapping: Id
    defaults: Mapping[str, Value]
    cells: Mapping[str, str]
    """By field: its cell."""
    said: tuple[Told, ...] = (_FIRST,)
    """The files that told it, each otherwise than the one before; the last as it stands now."""
    replaced: tuple[Id, ...] = ()
    """Earlier mappings of the file: their readings have been seen and give way."""
    home: Place | None = None
    """The household that a person of this line belongs to, if not in the line itself."""
    block: int = 0
    """Which of several persons of the line it is; 0 for what is the line's own."""
    doorless: bool = False
    """Whether its sheet names estates or buildings, but no door or head."""

    def record(self, name: str) -> Id:
        """The id of its record in a ledger."""
        return hashed_id(*self.place, name, *((self.block,) if self.block else ()), foreign=True)

    def readings(self, of_row: Id) -> tuple[Id, frozenset[Id]]:
        """The id of what the record says now, and those of what it said before and says no more."""
        *before, last = self.said
        seen = {(mapping, one) for one in before for mapping in (one.mapping, self.mapping)}
        seen |= {(mapping, one) for one in self.said for mapping in self.replaced}
        now = _reading(of_row, self.mapping, last)
        return now, frozenset(_reading(of_row, *one) for one in seen if one[0]) - {now}

    def span(self, name: str) -> str:
        """The cells of one ledger."""
        found = sorted((len(cell), cell) for column, cell in self.cells.items() if column.startswith(f"{name}."))
        return f"{found[0][1]}:{found[-1][1]}" if found else f"A{self.place[2]}"


def _reading(of_row: Id, mapping: Id, file: Told) -> Id:
    return hashed_id(of_row, mapping, *((file.digest,) if file.digest else ()), foreign=True)


def told(row: ForeignRow) -> dict[str, Value]:
    """What a row says."""
    return {name: value for name, value in row.values.items() if value is not None}


def prints(sheet: ForeignSheet, digest: str, origins: Origins) -> dict[Mark, str]:
    """By record of a sheet: the print of what it says, with all persons who stand in it."""
    said: dict[Mark, dict[str, Value]] = {}
    homes: dict[Mark, list[Place]] = {}
    for row in sheet.rows:
        block = {f"{row.block}.{name}" if row.block else name: value for name, value in told(row).items()}
        said.setdefault(row.mark, {}).update(block)
        homes.setdefault(row.mark, []).extend([origins.place(digest, sheet.name, row.home)] if row.home else [])
    return {
        mark: returned.print_of(origins.place(digest, sheet.name, mark), one, homes[mark], not sheet.names_homes)
        for mark, one in said.items()
    }


def said_by(file: Told, origins: Origins, mark: Mark, print_now: str) -> tuple[Told, ...]:
    """A record of a corrected copy is that of the first file; only one that says something else is read anew."""
    origin = origins.rows.get(mark)
    if origin is None:
        return (_FIRST,)
    files = (Told("", origins.files[0].mapping), *origins.files[1:])
    return files[: origin.turn + 1] if origin.print == print_now else (*files, file)


def readings(
    line: Line, told: Mapping[str, Any], named: Mapping[str, Id] | None = None, sheet: str = ""
) -> list[Contribution]:
    """One reading per ledger of a line; `named`: the record it still names, by ledger."""
    by_ledger = _by_ledger(told)
    if line.doorless:
        by_ledger.pop("household", None)
    rows = {name: line.record(name) for name in by_ledger}
    records = rows | dict(named or {})
    if line.home and "household" not in (named or {}):
        records["household"] = hashed_id(*line.home, "household", foreign=True)
    grid = by_ledger.get("household", {}).get("grid") or line.defaults.get("household.grid")
    found = []
    for name, values in by_ledger.items():
        of = ledger(name)
        counted = Counter(of.group_of(field_name) for field_name in values)
        for column, value in line.defaults.items():
            if column.startswith(f"{name}."):
                values.setdefault(column.partition(".")[2], value)
        if name != "household" and lies_in_a_grid(name) and grid:
            values.setdefault("grid", grid)
        parent = _PARENTS.get(name)
        if parent in records:
            values.setdefault(parent, records[parent])
        id, earlier = line.readings(rows[name])
        reading = Reading(id, records[name], values, earlier)
        found.append(Contribution(name, reading, sheet, line.span(name), counted))
    return found


def lies_in_a_grid(name: str) -> bool:
    """Whether records of a ledger belong to a grid: households, needs and most that the community keeps."""
    of = ledgers().get(name)
    return of is not None and "grid" in of.by_name and (bool(of.area) or name in {"household", "need"})


def _by_ledger(values: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for column, value in values.items():
        of, name = ledger_of(column), column.partition(".")[2]
        field = ledger(of).field(name) if value is not None and of else None
        if field:
            found.setdefault(of, {})[name] = _said(field, value)
    return found


def _said(field: Field, value: Any) -> Value:
    """A grid that is named by its code is that grid, on every machine; names stay as they were written."""
    if field.kind is Kind.REF and field.of == "grid" and isinstance(value, str) and _CODE.fullmatch(value):
        return grid_id(value)
    told: Value = ",".join(value) if isinstance(value, list) else value
    return told


def ledger_of(column: str) -> str:
    """The ledger a column is of, also by the block of a kind of need; empty for none."""
    block = column.partition(".")[0]
    return block if block in ledgers() else next((name for name, one in ledgers().items() if block in one.blocks), "")


def default(column: str, text: str) -> Value:
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
