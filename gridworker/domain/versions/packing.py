"""Entries as compact JSON, in the store and in full workbooks, and back."""

import json
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.text import json_text
from gridworker.domain.versions.entries import (
    MISSING,
    Cell,
    Decision,
    Entry,
    Masked,
    Reading,
    Side,
    Statement,
    Tombstone,
    Value,
    Version,
)
from gridworker.domain.versions.seen import decode, encode

SIDES: Final[tuple[Side, ...]] = ("worker", "township", "book")
_MISSING: Final = {"x": 1}
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


class EntryKind(IntEnum):
    """What a row of the entry table is."""

    VERSION = 0
    STATEMENT = 1
    READING = 2
    DECISION = 3
    TOMBSTONE = 4


def dumps(value: object) -> str:
    """JSON without spaces, Chinese as it is, keys in a fixed order."""
    return _ENCODE(value)


def pack_value(value: Value) -> object:
    """A value as JSON; masks and missing members are marked."""
    if isinstance(value, Masked):
        return {"m": value.text}
    return _MISSING if value is MISSING else value


def unpack_value(packed: Any) -> Value:
    """The value that `pack_value` wrote."""
    if isinstance(packed, dict):
        return Masked(packed["m"]) if "m" in packed else MISSING
    return packed  # type: ignore[no-any-return]  # a JSON scalar


def pack_version(version: Version, held: Mapping[Id, frozenset[Id]]) -> str:
    """A version's body; `seen` as a difference to the versions held of the same record (versions.md §12)."""
    patch = {name: pack_value(value) for name, value in version.patch.items()}
    if not version.seen and not version.origin:
        return dumps(patch)
    base, extra = encode(version.seen, held)
    return dumps([patch, base or 0, sorted(extra), dict(version.origin)])


def unpack_version(id: Id, record: Id, side: int, body: str, held: Mapping[Id, frozenset[Id]]) -> Version:
    """The version of an entry row."""
    raw = json_text.told(body)
    if isinstance(raw, dict):
        return Version(id, record, SIDES[side], frozenset(), _patch(raw))
    patch, base, extra, origin = raw
    seen = decode(base or None, frozenset(extra), held)
    return Version(id, record, SIDES[side], seen, _patch(patch), origin)


def _patch(raw: Mapping[str, Any]) -> dict[str, Value]:
    return {name: unpack_value(value) if isinstance(value, dict) else value for name, value in raw.items()}


def pack_statement(statement: Statement) -> str:
    """A statement's body: its ids once, then per group of, value, over, hidden as places; equal ones are one text."""
    every = sorted({one for cell in statement.cells.values() for one in cell.of | cell.over | cell.hidden})
    place = {one: number for number, one in enumerate(every)}

    def places(some: Iterable[Id]) -> list[int]:
        return sorted(place[one] for one in some)

    cells = {
        group: [places(cell.of), [pack_value(value) for value in cell.value], places(cell.over), places(cell.hidden)]
        for group, cell in statement.cells.items()
    }
    return dumps([every, cells])


def unpack_statement(record: Id, body: str) -> Statement:
    """The statement of an entry row."""
    every, cells = json_text.told(body)

    def some(places: list[int]) -> frozenset[Id]:
        return frozenset(every[place] for place in places)

    return Statement(
        record,
        {
            group: Cell(some(of), tuple(unpack_value(value) for value in values), some(over), some(hidden))
            for group, (of, values, over, hidden) in cells.items()
        },
    )


def kind_of(entry: Entry) -> EntryKind:
    """The kind of an entry."""
    return _KINDS[type(entry)]


_KINDS: Final = {
    Version: EntryKind.VERSION,
    Statement: EntryKind.STATEMENT,
    Reading: EntryKind.READING,
    Decision: EntryKind.DECISION,
    Tombstone: EntryKind.TOMBSTONE,
}


def pack(entry: Entry, held: Mapping[Id, frozenset[Id]]) -> str:
    """The body of any entry."""
    if isinstance(entry, Version):
        return pack_version(entry, held)
    if isinstance(entry, Statement):
        return pack_statement(entry)
    if isinstance(entry, Reading):
        values = {name: pack_value(value) for name, value in entry.values.items()}
        return dumps([values, sorted(entry.over)])
    if isinstance(entry, Decision):
        return dumps([entry.a, entry.b, entry.same, sorted(entry.seen)])
    return dumps(sorted(entry.groups))


def unpack(kind: int, id: Id, record: Id, side: int, body: str, held: Mapping[Id, frozenset[Id]]) -> Entry:
    """The entry of a row of the entry table."""
    if kind == EntryKind.VERSION:
        return unpack_version(id, record, side, body, held)
    if kind == EntryKind.STATEMENT:
        return unpack_statement(record, body)
    raw = json_text.told(body)
    if kind == EntryKind.READING:
        return Reading(id, record, _patch(raw[0]), frozenset(raw[1]))
    if kind == EntryKind.DECISION:
        return Decision(id, raw[0], raw[1], raw[2], frozenset(raw[3]))
    return Tombstone(id, record, frozenset(raw))
