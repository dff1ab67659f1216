"""Reading a damaged store: every row that still reads, by bisecting between damaged pages (store.md §6).

After one page that fails, the whole connection is lost, so each failure opens another one. It works on a copy: the
damaged file stays as it is. Pages of zeros, which the engine would take for empty ones, are spoilt in the copy first,
so that they fail like all others.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gridworker.store import database, entries
from gridworker.store.engine import Connection, DatabaseError

PAGE: Final = 4096
BY_ID, BY_LEDGER = "sqlite_autoindex_record_1", "record_by_ledger"
"""The two indexes that together know every record."""
_PATIENCE: Final = 3000
"""Failures without any row between them after which the rest of a stretch is given up: a page above many is damaged."""
_COARSE: Final = {"entry": 1 << entries.SHIFT, "source": 1 << entries.SHIFT}
"""By table: a stretch of keys that is not halved any more; else a single one."""
_INDEX: Final = {"record": BY_ID, "deed": "sqlite_autoindex_deed_1", "batch": "batch_by_digest"}
"""By table: an index that tells every key."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table to read: its columns, the first of its key, and whether that is a number that tells rows apart."""

    name: str
    columns: tuple[str, ...]
    key: str
    is_number: bool

    @property
    def place(self) -> int:
        """Where the key stands in a row."""
        return self.columns.index(self.key)

    def query(self, first: Any, last: Any, order: str = "asc") -> tuple[str, list[Any]]:
        """The statement for the rows from one key to another, None for no end, and what it is given."""
        ends = [(f'"{self.key}" {sign} ?', end) for sign, end in ((">=", first), ("<=", last)) if end is not None]
        where = f"where {' and '.join(one for one, _end in ends)}" if ends else ""
        named = ", ".join(f'"{one}"' for one in self.columns)
        return f'select {named} from "{self.name}" {where} order by "{self.key}" {order}', [end for _one, end in ends]


@dataclass(frozen=True, slots=True)
class Gap:
    """Keys of a table between which nothing could be read; both ends belong to it, None for no end."""

    table: str
    first: Any
    last: Any


def columns_of(connection: Connection, table: str) -> list[str]:
    """The names of a table's columns; none for a table that is not there."""
    return [row[1] for row in connection.execute(f'pragma table_info("{table}")')]


def copy(folder: Path, target: Path) -> None:
    """The damaged file and what was not yet written into it, to be read there."""
    for name in (database.FILE, database.FILE + "-wal"):
        if (folder / name).exists():
            shutil.copyfile(folder / name, target / name)
    with (target / database.FILE).open("r+b") as file:
        place = 0
        while page := file.read(PAGE):
            if not any(page):
                file.seek(place)
                file.write(b"\xa5" * len(page))
            place += len(page)
        file.truncate(place - place % PAGE)


class Torn:
    """A damaged store; `gaps` grow while it is read."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._key = folder, key
        self.gaps: list[Gap] = []
        self._failed = 0
        self._connection = self._opened()
        self.bounds: dict[str, int] = {}
        """By table: the last key there may be."""

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def columns(self, table: str) -> list[str]:
        """The columns it has for a table; an older store has fewer."""
        try:
            return columns_of(self._connection, table)
        except DatabaseError:
            return []

    def rows(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Every row that reads, some perhaps twice; what did not is a gap afterwards."""
        self._failed = 0
        waiting: list[tuple[Any, Any]] = [(None, None)]
        while waiting:
            first, last = waiting.pop()
            for is_down in (False, True):
                reached = None
                for row in self._all(*table.query(first, last, "desc" if is_down else "asc")):
                    reached = row[table.place]
                    yield row
                if not self._broke:
                    break
                if reached is not None and is_down:
                    last = reached
                elif reached is not None:
                    first = reached
            else:
                waiting += self._halves(table, first, last)

    def _halves(self, table: Table, first: Any, last: Any) -> list[tuple[Any, Any]]:
        """Where to look on between two ends that do not read; none where it is no use, which is a gap."""
        low: int = 0 if first is None else first
        high: int | None = self._last_of(table.name) if last is None and table.is_number else last
        if not table.is_number or high is None or high - low <= _COARSE.get(table.name, 1) or self._failed > _PATIENCE:
            self.gaps.append(Gap(table.name, first, last))
            return []
        middle = (low + high) // 2
        return [(middle + 1, last), (low, middle)]

    def _last_of(self, table: str) -> int | None:
        """The last key there may be, as far as an index tells."""
        if table in _INDEX:
            self.bounds[table] = max((row[0] for row in self.by_index(table, _INDEX[table], "no")), default=0)
        return self.bounds.get(table)

    def _all(self, sql: str, given: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows until one fails; `_broke` says whether one did."""
        self._broke = False
        try:
            for row in self._connection.execute(sql, tuple(given)):
                self._failed = 0
                yield row
        except DatabaseError:
            self._broke = True
            self._failed += 1
            self._connection.close()
            self._connection = self._opened()

    def by_index(self, table: str, index: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """What an index tells of a table, from both its ends to where it does not read."""
        for ascending in (True, False):
            order = "" if ascending else f"order by {', '.join(f'{one} desc' for one in columns.split(', '))}"
            yield from self._all(f'select {columns} from "{table}" indexed by "{index}" {order}')
            if not self._broke:
                return

    def _opened(self) -> Connection:
        connection = database.keyed(self._folder, self._key)
        with suppress(DatabaseError):
            connection.execute("pragma writable_schema=on")  # a file cut short is read as far as it goes
        return connection
