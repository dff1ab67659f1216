"""Erasing: a tombstone stays in place of everything that was said about a record before (versions.md §8).

What tombstones take away is deleted at once, here and wherever they arrive; they themselves stay for ever, whatever
becomes of the import that brought them. Natural keys are remembered only as codes under a key of this store.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gridworker.domain.erased_keys import signs
from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions.entries import Entry, Tombstone, Value, Version
from gridworker.domain.versions.erasing import left_of
from gridworker.domain.versions.packing import EntryKind
from gridworker.store import batches, derive, entries, search
from gridworker.store.database import transaction
from gridworker.store.deeds import Deed, record_deed
from gridworker.store.engine import Connection, OperationalError

LASTING: Final = frozenset({"grid", "worker"})
"""Ledgers whose records everything else hangs on, under ids that every machine derives alike: never erased."""
_SECRET: Final = "erased_key"
_OWED: Final = "scrub_owed"


@dataclass(frozen=True, slots=True)
class Stone:
    """A tombstone with the ledger of its record, and when this store first had it (ISO day)."""

    ledger: str
    entry: Tombstone
    at: str


def erase(connection: Connection, deed: Deed, wanted: Iterable[tuple[Id, frozenset[str]]]) -> None:
    """Erase records, or some groups of them, for ever."""
    with transaction(connection):
        deed_no = record_deed(connection, deed)
        touched = []
        for id, groups in wanted:
            no = entries.number_of(connection, id)
            if no is not None:
                touched.append(no)
                record = entries.load(connection, [no])[no]
                entries.insert(connection, [entries.append(record, Tombstone(random_id(), id, groups), deed_no)])
                purge(connection, record, deed.at[:10])
        derive.refresh(connection, touched)


def apply(connection: Connection, deed: Deed, stones: Iterable[Stone]) -> None:
    """Put tombstones known elsewhere in force here, before anything that they erased can be seen."""
    with transaction(connection):
        deed_no = record_deed(connection, deed)
        touched = []
        for one in stones:
            no = entries.number_of(connection, one.entry.record)
            if no is None:
                (no,) = entries.new_numbers(connection, 1)
                connection.execute(
                    "insert into record(no, id, ledger) values(?,?,?)", (no, one.entry.record, one.ledger)
                )
            record = entries.load(connection, [no])[no]
            if entries.find_same(record, one.entry) is None:
                entries.insert(connection, [entries.append(record, one.entry, deed_no)])
                purge(connection, record, one.at)
                touched.append(no)
        derive.refresh(connection, touched)


def stones_of(some: Iterable[Entry]) -> list[Tombstone]:
    """The tombstones among entries."""
    return [one for one in some if isinstance(one, Tombstone)]


def left(ledger_name: str, entry: Entry, stones: Collection[Tombstone]) -> Entry | None:
    """What tombstones leave of an entry of a ledger, known here or not."""
    known = ledgers().get(ledger_name)
    return left_of(entry, stones, known.group_of if known else str)


def purge(connection: Connection, record: entries.RecordEntries, at: str) -> None:
    """Delete what the tombstones of a loaded record take away; its caller derives the record anew."""
    stones = stones_of(one.entry for one in record.entries)
    if any(not one.groups for one in stones):
        _remember(connection, record, at)
        _drop_kept_books(connection, record.no)
    kept: list[entries.Held] = []
    for one in record.entries:
        rest = left(record.ledger, one.entry, stones)
        if rest is None:
            connection.execute("delete from entry where key = ?", (one.key,))
            connection.execute("delete from source where key = ?", (one.key,))
        else:
            one.entry = rest
            kept.append(one)
    record.entries[:] = kept
    entries.rewrite(connection, record)
    search.remove(connection, record.no)
    connection.execute("insert or replace into setting values(?, 'yes')", (_OWED,))


def _remember(connection: Connection, record: entries.RecordEntries, at: str) -> None:
    """Keep the codes of natural keys: enough to recognise the person in a new list, too little to tell anybody."""
    known = ledgers().get(record.ledger)
    if known is not None:
        codes = (code(connection, one) for one in signs(known, [one.entry for one in record.entries]))
        connection.executemany("insert or ignore into erased values(?,?)", [(one, at) for one in codes])


def _drop_kept_books(connection: Connection, no: int) -> None:
    """Workbooks of newer programs that told of the record are not kept whole any longer."""
    for (batch,) in connection.execute("select batch from book").fetchall():
        if any(key >> entries.SHIFT == no for key in batches.keys_of(connection, batch)):
            connection.execute("delete from book where batch = ?", (batch,))


def code(connection: Connection, sign: str) -> str:
    """A natural key as it is remembered; without the key of this store nobody can try values on it."""
    secret = connection.execute("select value from setting where name = ?", (_SECRET,)).fetchone()[0]
    return hmac.new(bytes.fromhex(secret), sign.encode(), hashlib.sha256).hexdigest()


def erased_on(connection: Connection, some: Iterable[str]) -> str:
    """The day on which somebody with one of these natural keys was erased; empty for never."""
    for one in some:
        row = connection.execute("select at from erased where mac = ?", (code(connection, one),)).fetchone()
        if row:
            return str(row[0])
    return ""


def any_remembered(connection: Connection) -> bool:
    """Whether anybody was erased of whom this store remembers keys."""
    return connection.execute("select 1 from erased limit 1").fetchone() is not None


def forget(connection: Connection, some: Iterable[str]) -> None:
    """Remember these natural keys no longer: a person let them in again."""
    with transaction(connection):
        connection.executemany("delete from erased where mac = ?", [(code(connection, one),) for one in some])


def known_again(connection: Connection, some: Iterable[tuple[Ledger, Mapping[str, Value]]]) -> None:
    """Whom somebody enters by hand is known again."""
    if any_remembered(connection):
        said = ((of, Version(0, 0, "worker", frozenset(), patch)) for of, patch in some)
        forget(connection, frozenset[str]().union(*(signs(of, [version]) for of, version in said)))


def remembered(connection: Connection) -> list[tuple[str, str]]:
    """All codes, with their days."""
    return connection.execute("select mac, at from erased order by mac").fetchall()


def remember_codes(connection: Connection, some: Iterable[tuple[str, str]]) -> None:
    """Keep codes that this store made before it was restored."""
    with transaction(connection):
        connection.executemany("insert or ignore into erased values(?,?)", some)


def numbers(connection: Connection) -> list[int]:
    """The numbers of all records with a tombstone."""
    sql = f"select distinct key >> {entries.SHIFT} from entry where kind = {EntryKind.TOMBSTONE:d} order by 1"
    return [row[0] for row in connection.execute(sql)]


def stones(connection: Connection) -> list[Stone]:
    """All tombstones."""
    return [
        Stone(record.ledger, one, _day(connection, held.deed))
        for record in entries.load(connection, numbers(connection)).values()
        for held in record.entries
        for one in stones_of([held.entry])
    ]


def _day(connection: Connection, deed: int) -> str:
    row = connection.execute("select at from deed where no = ?", (deed,)).fetchone()
    return str(row[0] or "")[:10] if row else ""


def scrub(connection: Connection) -> bool:
    """Where something was deleted, rewrite the file so that no page holds a byte of it; False while others read it."""
    if not connection.execute("select 1 from setting where name = ?", (_OWED,)).fetchone():
        return True
    try:
        search.settle(connection)
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("vacuum")
        busy = connection.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
    except OperationalError:
        return False
    if busy:
        return False
    with transaction(connection):
        connection.execute("delete from setting where name = ?", (_OWED,))
    return True
