"""The entry table: everything anybody ever said, clustered by record.

An entry's key is `record number << 20 | place`: one record's entries lie side by side, and a key is one integer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions import packing
from gridworker.domain.versions.entries import Decision, Entry, Reading, Statement, Tombstone, Version
from gridworker.store.engine import Connection

SHIFT: Final = 20
DECISIONS: Final = "_decision"
"""The pseudo ledger of decisions on who is who; each is a record of its own."""


@dataclass(slots=True)
class Held:
    """One entry as it lies in the store."""

    key: int
    entry: Entry
    deed: int
    held: int
    """How many batches that take part brought it; our own entries count one for ever."""


@dataclass(slots=True)
class RecordEntries:
    """All entries of one record, those that take no part included."""

    no: int
    id: Id
    ledger: str
    entries: list[Held] = field(default_factory=list)
    seen: dict[Id, frozenset[Id]] = field(default_factory=dict)
    """By version held, withdrawn or not: what its author had seen; the base of differences."""

    def next_key(self) -> int:
        """The key of the next entry."""
        return self.entries[-1].key + 1 if self.entries else self.no << SHIFT

    def taking_part(self) -> list[Entry]:
        """The entries that count."""
        return [one.entry for one in self.entries if one.held > 0]


def record_of(entry: Entry) -> Id:
    """The record an entry lies with."""
    return entry.id if isinstance(entry, Decision) else entry.record


def number_of(connection: Connection, record: Id) -> int | None:
    """The local number of a record, if it is known."""
    row = connection.execute("select no from record where id = ?", (record,)).fetchone()
    return row[0] if row else None


def known_among(connection: Connection, wanted: Sequence[Id]) -> set[Id]:
    """Which of these records are known, in few statements."""
    found: set[Id] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        marks = ",".join("?" * len(some))
        found |= {row[0] for row in connection.execute(f"select id from record where id in ({marks})", some)}
    return found


def ledger_of(connection: Connection, record: Id) -> Ledger | None:
    """The ledger of a record, if both are known here."""
    row = connection.execute("select ledger from record where id = ?", (record,)).fetchone()
    return ledgers().get(row[0]) if row else None


def new_numbers(connection: Connection, count: int) -> range:
    """Numbers for so many new records; the caller is inside a transaction."""
    last = connection.execute("select max(no) from record").fetchone()[0] or 0
    return range(last + 1, last + 1 + count)


def load(connection: Connection, numbers: Iterable[int]) -> dict[int, RecordEntries]:
    """The entries of these records, by number."""
    found: dict[int, RecordEntries] = {}
    for no in numbers:
        row = connection.execute("select id, ledger from record where no = ?", (no,)).fetchone()
        if row:
            found[no] = _load_one(connection, no, row[0], row[1])
    return found


class _Torn(dict[Id, frozenset[Id]]):
    """What versions had seen, where some are lost: of a lost one nothing is known."""

    def __missing__(self, lost: Id) -> frozenset[Id]:
        return frozenset()


def load_torn(connection: Connection, no: int) -> RecordEntries | None:
    """The entries of a record of which some may be lost; who knew more than now can be told knew less: it is asked."""
    row = connection.execute("select id, ledger from record where no = ?", (no,)).fetchone()
    return _filled(connection, RecordEntries(no, row[0], row[1], seen=_Torn())) if row else None


def _load_one(connection: Connection, no: int, id: Id, ledger_name: str) -> RecordEntries:
    return _filled(connection, RecordEntries(no, id, ledger_name))


def _filled(connection: Connection, record: RecordEntries) -> RecordEntries:
    no, id = record.no, record.id
    rows = connection.execute(
        "select key, kind, id, side, body, deed, held from entry where key >= ? and key < ? order by key",
        (no << SHIFT, (no + 1) << SHIFT),
    )
    for key, kind, entry_id, side, body, deed, held in rows:
        entry = packing.unpack(kind, entry_id or 0, id, side, body, record.seen)
        if isinstance(entry, Version):
            record.seen[entry.id] = entry.seen
        record.entries.append(Held(key, entry, deed, held))
    return record


def row_for(entry: Entry, key: int, deed: int, record: RecordEntries) -> tuple[object, ...]:
    """The row of the entry table for a new entry of a record."""
    kind = packing.kind_of(entry)
    side = packing.SIDES.index(entry.side) if isinstance(entry, Version) else 0
    entry_id = entry.id if isinstance(entry, (Version, Reading, Decision, Tombstone)) else None
    return (key, int(kind), entry_id, side, packing.pack(entry, record.seen), deed, 1)


def append(record: RecordEntries, entry: Entry, deed: int) -> tuple[object, ...]:
    """Put an entry at the end of a loaded record; returns the row to insert."""
    key = record.next_key()
    row = row_for(entry, key, deed, record)
    if isinstance(entry, Version):
        record.seen[entry.id] = entry.seen
    record.entries.append(Held(key, entry, deed, 1))
    return row


def insert(connection: Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Insert rows of the entry table."""
    connection.executemany("insert into entry values(?,?,?,?,?,?,?)", rows)


def find_same(record: RecordEntries, entry: Entry) -> Held | None:
    """The entry already held that this one repeats: same id, or for a statement the same words."""
    for one in record.entries:
        if isinstance(entry, Statement):
            if one.entry == entry:
                return one
        elif not isinstance(one.entry, Statement) and one.entry.id == entry.id:
            return one
    return None


def every_number(connection: Connection, ledger_name: str | None = None) -> Iterator[int]:
    """The numbers of all records, or of one ledger's."""
    where, values = ("where ledger = ?", (ledger_name,)) if ledger_name else ("", ())
    for row in connection.execute(f"select no from record {where} order by no", values).fetchall():
        yield row[0]


def held_keys(connection: Connection) -> list[int]:
    """The keys of all entries that take part."""
    return [row[0] for row in connection.execute("select key from entry where held > 0 order by key")]


def numbers_of_unknown(connection: Connection) -> list[int]:
    """The numbers of records of ledgers that only a newer program knows."""
    known = (DECISIONS, *ledgers())
    marks = ",".join("?" * len(known))
    sql = f"select no from record where ledger not in ({marks}) order by no"
    return [row[0] for row in connection.execute(sql, known)]


def rewrite(connection: Connection, record: RecordEntries) -> None:
    """Write the bodies of a record's entries anew: `seen` is stored as a difference to versions that changed."""
    record.seen.clear()
    for one in record.entries:
        connection.execute("update entry set body = ? where key = ?", (packing.pack(one.entry, record.seen), one.key))
        if isinstance(one.entry, Version):
            record.seen[one.entry.id] = one.entry.seen


def with_joined(connection: Connection, numbers: Iterable[int]) -> list[int]:
    """These records, those joined with them, and the decisions on who is who."""
    found = dict.fromkeys(numbers)
    joined = connection.execute("select no, name from record where name is not null").fetchall()
    found |= {no: None for no, name in joined if name in found}
    found |= dict.fromkeys(every_number(connection, DECISIONS))
    return list(found)
