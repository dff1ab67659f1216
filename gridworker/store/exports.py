"""The log of what left: which workbook, when, masked or not, and the one before it."""

from dataclasses import dataclass

from gridworker.domain.ids import Id
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


def keep(connection: Connection, row: Row) -> None:
    """Write a line of the log."""
    with transaction(connection):
        connection.execute(
            "insert into export(id, at, file, first, last, masked, reason, previous, grid, counts)"
            " values(?,?,?,?,?,?,?,?,?,?)",
            (
                row.id, row.at, row.file, row.first, row.last, int(row.masked), row.reason, row.previous, row.grid,
                dumps(row.counts),
            ),
        )  # fmt: skip


def previous(connection: Connection, grid: str) -> Id | None:
    """The workbook that left before for the same grid."""
    row = connection.execute(
        "select id from export where grid = ? order by at desc, rowid desc limit 1", (grid,)
    ).fetchone()
    return int(row[0]) if row else None


def recent(connection: Connection, count: int = 20) -> list[tuple[str, str, str, str, bool]]:
    """The newest lines: at, file, first, last, masked."""
    found = connection.execute("select at, file, first, last, masked from export order by at desc limit ?", (count,))
    return [(at, file, first, last, bool(masked)) for at, file, first, last, masked in found]
