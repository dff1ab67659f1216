"""The access log's table."""

from collections.abc import Callable, Iterable
from typing import Any

from gridworker.store.database import transaction
from gridworker.store.engine import Connection


def append(connection: Connection, at: str, author: str, act: str, what: str, link: Callable[[str], str]) -> None:
    """Append a line whose chain value `link` makes from the former head."""
    with transaction(connection):
        chain = link(head(connection))
        connection.execute(
            "insert into access(at, author, act, what, chain) values(?,?,?,?,?)", (at, author, act, what, chain)
        )


def head(connection: Connection) -> str:
    """The chain value of the newest line; empty before the first."""
    return newest(connection)[1]


def newest(connection: Connection) -> tuple[int, str, str]:
    """Number, chain value and moment of the newest line; 0 and empty before the first."""
    found = connection.execute("select no, chain, at from access order by no desc limit 1").fetchone()
    return tuple(found) if found else (0, "", "")


def last_act(connection: Connection) -> tuple[str, str, str]:
    """Day, act and subject of the newest line; empty before the first."""
    found = connection.execute("select substr(at, 1, 10), act, what from access order by no desc limit 1").fetchone()
    return tuple(found) if found else ("", "", "")


def value_at(connection: Connection, no: int) -> str:
    """The chain value of a line; empty where there is none of this number."""
    row = connection.execute("select chain from access where no = ?", (no,)).fetchone()
    return str(row[0]) if row else ""


def has_value(connection: Connection, value: str) -> bool:
    """Whether some line has this chain value."""
    return connection.execute("select 1 from access where chain = ?", (value,)).fetchone() is not None


def newest_lines(connection: Connection, count: int, act: str = "") -> list[tuple[Any, ...]]:
    """The newest lines, newest first, of one act if one is given: no, at, author, act, what."""
    sql = "select no, at, author, act, what from access where ? in ('', act) order by no desc limit ?"
    return connection.execute(sql, (act, count)).fetchall()


def acts(connection: Connection) -> list[str]:
    """What was done, each once, what is done most first."""
    found = connection.execute("select act from access group by act order by count(*) desc, act")
    return [act for (act,) in found]


def lines(connection: Connection) -> Iterable[tuple[Any, ...]]:
    """All lines in order: no, at, author, act, what, chain."""
    return connection.execute("select no, at, author, act, what, chain from access order by no")
