"""The history of a record: who said what, when, from which file and cell; nothing vanishes (versions.md §13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.versions.entries import MISSING, Reading, Statement, Value, Version
from gridworker.store import derive, entries
from gridworker.store.deeds import Deed, deeds
from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Said:
    """One claim about a record."""

    version: Id
    patch: Mapping[str, Value]
    deed: Deed
    sheet: str
    cell: str
    counts: bool
    """False where every import that brought it was taken back."""


def history(connection: Connection, record: Id) -> list[Said]:
    """All that was said about a record, oldest deed first."""
    no = entries.number_of(connection, record)
    found = derive.component(connection, no) if no is not None else None
    if found is None:
        return []
    held = [one for member in found.records for one in member.entries]
    known = {one.entry.id for one in held if isinstance(one.entry, (Version, Reading))}
    by_no = deeds(connection, {one.deed for one in held})
    said = []
    for one in held:
        deed = by_no[one.deed]
        sheet, cell = _source(connection, one.key)
        said += [
            Said(version, patch, deed, sheet, cell, one.held > 0)
            for version, patch in _claims(found.ledger, one.entry, known)
        ]
    return sorted(said, key=lambda one: one.deed.at)  # within one moment, as it came in


def made_by(connection: Connection, record: Id) -> Deed | None:
    """The deed that first told of a record."""
    no = entries.number_of(connection, record)
    held = entries.load(connection, [no])[no].entries if no is not None else []
    return deeds(connection, {held[0].deed})[held[0].deed] if held else None


def _claims(of: Ledger, entry: object, known: set[Id]) -> Iterator[tuple[Id, Mapping[str, Value]]]:
    if isinstance(entry, Version):
        yield entry.id, entry.patch
    elif isinstance(entry, Reading):
        yield entry.id, entry.values
    elif isinstance(entry, Statement):
        unheld: dict[Id, dict[str, Value]] = {}
        for group, cell in entry.cells.items():
            for version in cell.of - known:
                told = zip(of.members(group), cell.value, strict=False)  # a newer release may know more members
                unheld.setdefault(version, {}).update({name: value for name, value in told if value is not MISSING})
        yield from unheld.items()


def _source(connection: Connection, key: int) -> tuple[str, str]:
    row = connection.execute("select sheet, cells from source where key = ? order by batch limit 1", (key,)).fetchone()
    return (row[0], row[1]) if row else ("", "")
