"""The log of what left: which workbook, when, masked or not, its fingerprint, and those before it."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.rules.chain import Link
from gridworker.domain.versions.packing import dumps
from gridworker.store.database import transaction
from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Row:
    """One workbook that left."""

    id: Id
    at: str
    file: str
    first: str
    last: str
    masked: bool
    reason: str
    previous: Id | None
    grid: str
    counts: dict[str, int]
    week: str = ""
    digest: str = ""
    """The sha256 of the file as it left."""
    deed: int = 0
    """The last deed it may tell of."""
    log: int = 0
    """How many lines the access log had then."""
    held: bytes | None = None
    """The keys of all entries the store held then, where later workbooks need not carry them again."""


def keep(connection: Connection, row: Row, records: Mapping[str, Iterable[Id]] | None = None) -> None:
    """Write a line of the log, behind all others, with the records that left."""
    with transaction(connection):
        connection.execute(
            "insert into export(id, at, file, first, last, masked, reason, previous, grid, counts, week, digest, deed,"
            " held, log, records, no) select ?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
            " (select coalesce(max(no), 0) + 1 from export)",
            (
                row.id, row.at, row.file, row.first, row.last, int(row.masked), row.reason, row.previous, row.grid,
                dumps(row.counts), row.week, row.digest, row.deed, row.held, row.log, _packed(records or {}),
            ),
        )  # fmt: skip


def _packed(records: Mapping[str, Iterable[Id]]) -> bytes | None:
    told = {name: list(some) for name, some in records.items()}
    return zlib.compress(dumps(told).encode()) if any(told.values()) else None


def records_of(connection: Connection, export: Id) -> dict[str, list[Id]] | None:
    """By ledger the records that left with a workbook; None where that workbook is not known here, or not so well."""
    row = connection.execute("select records from export where id = ?", (export,)).fetchone()
    return json.loads(zlib.decompress(row[0])) if row and row[0] else None


def links(connection: Connection, grid: str, count: int) -> tuple[Link, ...]:
    """The last workbooks that left for a grid, in the order of leaving; no clock decides it."""
    sql = "select id, digest, week, masked from export where grid = ? order by no desc limit ?"
    found = connection.execute(sql, (grid, count)).fetchall()
    return tuple(Link(id, digest, week, bool(masked)) for id, digest, week, masked in reversed(found))


def log_lines(connection: Connection, grid: str, count: int) -> dict[Id, int]:
    """By workbook among the last that left for a grid: how many lines the access log had, where that is known."""
    sql = "select id, log from (select id, log from export where grid = ? order by no desc limit ?) where log > 0"
    return dict(connection.execute(sql, (grid, count)).fetchall())


def count(connection: Connection) -> int:
    """How many workbooks left."""
    return int(connection.execute("select count(*) from export").fetchone()[0])


def since(connection: Connection, at: str) -> list[tuple[str, str, str, bool, str]]:
    """What left from a moment on, in order: at, file, week, whether masked, reason."""
    sql = "select at, file, week, masked, reason from export where at >= ? order by no"
    return [(at, file, week, bool(masked), reason) for at, file, week, masked, reason in connection.execute(sql, (at,))]


def marks(connection: Connection) -> list[tuple[int, str, bytes]]:
    """Place in the order of leaving, week, keys held: of the workbooks that kept them, oldest first."""
    return connection.execute("select no, week, held from export where held is not null order by no").fetchall()


def forget_marks(connection: Connection, before: int) -> None:
    """Let go of the keys kept with workbooks that left before a place."""
    with transaction(connection):
        connection.execute("update export set held = null where no < ? and held is not null", (before,))


def unreported(connection: Connection, device: Id) -> tuple[int, str]:
    """How many deeds of a device no weekly workbook could tell of, and when the last one left; empty for never."""
    sql = (
        "select at, deed from export where grid = '' and week <> '' and (masked = 0 or last >= substr(at, 1, 10))"
        " order by no desc limit 1"
    )
    at, deed = connection.execute(sql).fetchone() or ("", 0)
    count = "select count(*) from deed where no > ? and device = ? and kind not in ('init', 'setup')"
    return int(connection.execute(count, (deed, device)).fetchone()[0]), str(at)


def recent(connection: Connection, count: int = 20) -> list[tuple[str, str, str, str, bool]]:
    """The newest lines: at, file, first, last, masked."""
    found = connection.execute("select at, file, first, last, masked from export order by no desc limit ?", (count,))
    return [(at, file, first, last, bool(masked)) for at, file, first, last, masked in found]
