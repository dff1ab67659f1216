"""What waits for a person's choice, read from the marks alone: no history is touched until one is looked at."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import GroupValue
from gridworker.domain.versions.packing import EntryKind, unpack_statement, unpack_value
from gridworker.store import batches, entries
from gridworker.store.engine import Connection

_OPEN: Final = "(conflicts is not null or proposals is not null)"
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Waiting:
    """One group of one record that a person has to decide."""

    ledger: str
    record: Id
    group: str
    standing: tuple[tuple[GroupValue, tuple[Id, ...]], ...]
    """Values that stand against each other with their ids, the shown one first; empty without a conflict."""
    readings: tuple[tuple[GroupValue, tuple[Id, ...]], ...]
    """Differing foreign values with their ids; members their row does not give are MISSING."""

    @property
    def ids(self) -> frozenset[Id]:
        """All that is to be chosen among, besides a lone standing value."""
        return frozenset(id for _value, some in (*self.standing, *self.readings) for id in some)


def waiting(connection: Connection, record: Id | None = None) -> list[Waiting]:
    """All that waits, or what waits of one record, in a fixed order."""
    where, values = ("and record = ?", (record,)) if record is not None else ("", ())
    sql = f"select ledger, record, grp, conflicts, proposals from mark where {_OPEN} {where} order by 1, 2, 3"
    return [_waiting(*row) for row in connection.execute(sql, values)]


def count(connection: Connection) -> int:
    """How many wait."""
    return int(connection.execute(f"select count(*) from mark where {_OPEN}").fetchone()[0])


def _waiting(ledger: str, record: Id, group: str, conflicts: str | None, proposals: str | None) -> Waiting:
    standing = tuple((_value(value), tuple(ids)) for value, ids in json.loads(conflicts or "[]"))
    readings: dict[GroupValue, list[Id]] = {}
    for id, value in json.loads(proposals or "[]"):
        readings.setdefault(_value(value), []).append(id)
    return Waiting(ledger, record, group, standing, tuple((value, tuple(ids)) for value, ids in readings.items()))


def _value(packed: Iterable[Any]) -> GroupValue:
    return tuple(unpack_value(one) for one in packed)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose word it is: the author, and the file it was found in, if any."""

    author: str
    file: str


def origins(connection: Connection, some: Sequence[Waiting]) -> dict[tuple[Id, Id], Origin]:
    """By record and id: where each of the values waiting comes from; in few statements, whatever waits."""
    wanted: dict[Id, set[Id]] = {}
    for one in some:
        wanted.setdefault(one.record, set()).update(one.ids)
    found: dict[tuple[Id, Id], Origin] = {}
    for record, id, _body, author, file in _entries_of(connection, list(wanted)):
        found[record, id] = Origin(author or "", file or "")
    for record, _id, body, author, file in _entries_of(connection, _lacking(wanted, found), statements=True):
        for cell in unpack_statement(record, body).cells.values():
            for id in cell.of & wanted[record]:
                found.setdefault((record, id), Origin(author or "", file or ""))
    return found


def _lacking(wanted: Mapping[Id, set[Id]], found: Mapping[tuple[Id, Id], Origin]) -> list[Id]:
    """Records with values that only somebody's book tells of."""
    return [record for record, some in wanted.items() if any((record, id) not in found for id in some)]


def _entries_of(
    connection: Connection, records: Sequence[Id], *, statements: bool = False
) -> Iterable[tuple[Any, ...]]:
    """Record, id, body (of statements), author and file of the entries that count of some records."""
    kinds = f"e.kind = {EntryKind.STATEMENT:d}" if statements else f"e.kind <> {EntryKind.STATEMENT:d}"
    body = "e.body" if statements else "null"
    for start in range(0, len(records), _CHUNK):
        part = records[start : start + _CHUNK]
        sql = (
            f"select r.id, e.id, {body}, d.author, d.file from record r"
            " join record m on m.no = r.no or m.name = r.no"
            f" join entry e on e.key >= m.no << {entries.SHIFT} and e.key < (m.no + 1) << {entries.SHIFT}"
            f" join deed d on d.no = e.deed where e.held > 0 and {kinds} and r.id in ({','.join('?' * len(part))})"
        )
        yield from connection.execute(sql, part)


def keys_of_file(connection: Connection, file: str) -> frozenset[int]:
    """The entries that files of this name brought and that count."""
    found = connection.execute("select entries from batch where file = ? and state = 'in'", (file,))
    return frozenset(key for row in found for key in batches.unpack_keys(row[0]))
