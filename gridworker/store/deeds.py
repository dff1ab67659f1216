"""Deeds: who did something, where and when by whose clock; stored once for all versions of a transaction."""

from dataclasses import dataclass

from gridworker.domain.ids import Id, random_id
from gridworker.domain.versions.entries import Side
from gridworker.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Deed:
    """One transaction of one person. Times are for reading, they decide nothing."""

    author: str
    side: Side
    at: str
    kind: str
    device: Id | None = None
    file: str | None = None
    id: Id = 0


def record_deed(connection: Connection, deed: Deed) -> int:
    """Keep a deed and return its number; a deed known by id is not kept twice."""
    id = deed.id or random_id()
    known = connection.execute("select no from deed where id = ?", (id,)).fetchone()
    if known:
        return int(known[0])
    cursor = connection.execute(
        "insert into deed(id, device, author, side, at, kind, file) values(?,?,?,?,?,?,?)",
        (id, deed.device, deed.author, deed.side, deed.at, deed.kind, deed.file),
    )
    return int(cursor.lastrowid or 0)


def newest_day(connection: Connection) -> str:
    """The newest day on which anything was entered; empty for none."""
    return str(connection.execute("select max(at) from deed where kind not in ('init', 'setup')").fetchone()[0] or "")[
        :10
    ]


def last_number(connection: Connection) -> int:
    """The number of the newest deed; 0 before the first."""
    return int(connection.execute("select coalesce(max(no), 0) from deed").fetchone()[0])


def last_day_on(connection: Connection, device: Id) -> str | None:
    """The day of the last thing that was written down on a device, by its clock then; None for a new one."""
    row = connection.execute("select at from deed where device = ? order by no desc limit 1", (device,)).fetchone()
    return str(row[0])[:10] if row and row[0] else None


def deeds(connection: Connection, numbers: set[int]) -> dict[int, Deed]:
    """The deeds by number."""
    found = {}
    for no in numbers:
        row = connection.execute(
            "select author, side, at, kind, device, file, id from deed where no = ?", (no,)
        ).fetchone()
        if row:
            found[no] = Deed(*row)
    return found
