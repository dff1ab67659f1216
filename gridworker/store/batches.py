"""Imports as batches: what a file brought, counted per entry, so that any import can be taken back (design §2.5)."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.versions.entries import Reading, Statement, Version
from gridworker.domain.versions.packing import dumps
from gridworker.store import derive, entries
from gridworker.store.database import transaction
from gridworker.store.engine import Connection
from gridworker.store.entries import Held

Heed = Callable[[float], object]
"""Hears the share done; may raise, and then nothing was done."""


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What is kept about a file besides its entries."""

    id: Id
    group: Id
    file: str
    digest: str
    kind: str
    sender: str
    grid: str
    week: str
    at: str


@dataclass(frozen=True, slots=True)
class Batch(BatchHead):
    """An import as the store keeps it."""

    no: int
    state: str
    """`in`, or `undone` when it was taken back."""
    report: str


_COLUMNS: Final = "id, grp, file, digest, kind, sender, grid, week, at, no, state, report"


def listing(connection: Connection) -> list[Batch]:
    """All imports, newest first."""
    return [Batch(*row) for row in connection.execute(f"select {_COLUMNS} from batch order by no desc")]


def of_grid(connection: Connection, grid: str) -> list[Batch]:
    """The imports of a grid's files, newest first."""
    sql = f"select {_COLUMNS} from batch where grid = ? order by no desc"
    return [Batch(*row) for row in connection.execute(sql, (grid,))]


def insert(connection: Connection, head: BatchHead, keys: Iterable[int], report: object) -> int:
    """Write a batch that is in, with the keys of its entries; returns its number."""
    cursor = connection.execute(
        "insert into batch(id, grp, file, digest, kind, sender, grid, week, state, at, report, entries)"
        " values(?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            head.id, head.group, head.file, head.digest, head.kind, head.sender, head.grid, head.week, "in", head.at,
            dumps(report), pack_keys(keys),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def pack_keys(keys: Iterable[int]) -> bytes:
    """Entry keys as one blob of differences, seven bits a byte: about a byte for neighbours."""
    packed = bytearray()
    last = 0
    for key in sorted(set(keys)):
        step, last = key - last, key
        while step > 127:
            packed.append(step & 127 | 128)
            step >>= 7
        packed.append(step)
    return bytes(packed)


def unpack_keys(blob: bytes) -> Iterator[int]:
    """The keys that `pack_keys` packed."""
    key = step = shift = 0
    for byte in blob:
        step |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            key += step
            yield key
            step = shift = 0


def known_batch(connection: Connection, digest: str) -> tuple[int, Id, str, str] | None:
    """The newest batch of a file with these very bytes: number, id, kind, state."""
    sql = "select no, id, kind, state from batch where digest = ? order by no desc limit 1"
    row = connection.execute(sql, (digest,)).fetchone()
    return tuple(row) if row else None


def reports_of(connection: Connection, digest: str) -> list[str]:
    """What every import of these very bytes keeps, under whatever mapping it came."""
    sql = "select report from batch where digest = ? or substr(digest, 1, length(?) + 1) = ? || '+'"
    return [row[0] for row in connection.execute(sql, (digest, digest, digest))]


def came_again(connection: Connection, no: int, at: str, file: str) -> None:
    """Remember that the very bytes of an import came once more, and under which name."""
    with transaction(connection):
        report = json.loads(connection.execute("select report from batch where no = ?", (no,)).fetchone()[0])
        report.setdefault("again", []).append([at, file])
        connection.execute("update batch set report = ? where no = ?", (dumps(report), no))


def keys_of(connection: Connection, no: int) -> list[int]:
    """The keys of the entries a batch brought."""
    return list(unpack_keys(connection.execute("select entries from batch where no = ?", (no,)).fetchone()[0]))


def records_of(connection: Connection, id: Id) -> dict[str, list[Id]] | None:
    """By ledger the records that an import, or the workbook with this export id, spoke of; None for neither."""
    sql = "select entries from batch where id = ? or json_extract(report, '$.book.export') = ?"
    row = connection.execute(sql, (id, to_text(id))).fetchone()
    if row is None:
        return None
    numbers = sorted({key >> entries.SHIFT for key in unpack_keys(row[0])})
    found: dict[str, list[Id]] = {}
    for number in numbers:
        name, record = connection.execute("select ledger, id from record where no = ?", (number,)).fetchone()
        found.setdefault(name, []).append(record)
    return found


def newest_file_with(connection: Connection, record: Id, grid: str) -> str:
    """The file of the newest import of a grid, or of none in particular, that brought an entry of a record."""
    number = entries.number_of(connection, record)
    sql = "select file, entries from batch where state = 'in' and grid in (?, '') order by no desc"
    held = connection.execute(sql, (grid,)) if number is not None else ()
    return next((str(file) for file, blob in held if _holds(blob, number or 0)), "")


def _holds(blob: bytes, number: int) -> bool:
    """Whether packed keys, which ascend, hold one of a record."""
    return next((key >> entries.SHIFT == number for key in unpack_keys(blob) if key >> entries.SHIFT >= number), False)


def of_batch_or_group(connection: Connection, id: Id, state: str = "in") -> list[int]:
    """The numbers of one batch, or of all of a group, that are in, or in another state."""
    sql = "select no from batch where (id = ? or grp = ?) and state = ? order by no"
    return [row[0] for row in connection.execute(sql, (id, id, state))]


@dataclass(slots=True)
class Withdrawn:
    """What taking batches back did."""

    withdrawn: int = 0
    kept: int = 0
    """Entries that another import brought too."""
    later_edits: list[tuple[str, Id, str]] = field(default_factory=list)
    """Ledger, record, field of edits built on withdrawn ones; they stand."""


def withdraw(connection: Connection, numbers: Sequence[int], heed: Heed = lambda _share: None) -> Withdrawn:
    """Take batches back together and tell which later edits stand on them."""
    outcome = Withdrawn()
    with transaction(connection):
        for number in set_state(connection, numbers, "undone", heed):
            record = entries.load(connection, [number])[number]
            gone = _named(one for one in record.entries if one.held <= 0)
            gone -= _named(one for one in record.entries if one.held > 0)
            for one in record.entries:
                if one.held > 0 and isinstance(one.entry, Version) and one.entry.seen & gone:
                    outcome.later_edits += [(record.ledger, record.id, name) for name in one.entry.patch]
        for key in {key: None for no in numbers for key in keys_of(connection, no)}:
            found = connection.execute("select held from entry where key = ?", (key,)).fetchone()
            if found:  # else it was erased meanwhile
                outcome.kept += found[0] > 0
                outcome.withdrawn += found[0] == 0
    return outcome


def _named(some: Iterable[Held]) -> set[Id]:
    """The ids whose values entries bring: their own, or those that cells of a workbook stand for."""
    found: set[Id] = set()
    for one in some:
        if isinstance(one.entry, Statement):
            found.update(id for cell in one.entry.cells.values() for id in cell.of)
        elif isinstance(one.entry, (Version, Reading)):
            found.add(one.entry.id)
    return found


def set_state(
    connection: Connection, numbers: Sequence[int], state: str, heed: Heed = lambda _share: None
) -> list[int]:
    """Withdraw batches (`undone`) or bring them back (`in`); returns the numbers of touched records."""
    touched: dict[int, None] = {}
    step = 1 if state == "in" else -1
    with transaction(connection):
        for place, no in enumerate(numbers):
            heed(place / len(numbers) / 2)
            if connection.execute("select state from batch where no = ?", (no,)).fetchone()[0] == state:
                continue
            keys = keys_of(connection, no)
            connection.executemany("update entry set held = held + ? where key = ?", [(step, key) for key in keys])
            connection.execute("update batch set state = ? where no = ?", (state, no))
            touched |= dict.fromkeys(key >> entries.SHIFT for key in keys)
        derive.refresh(connection, touched, heed=lambda share: heed((1 + share) / 2))
    return list(touched)
