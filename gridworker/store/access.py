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
    row = connection.execute("select chain from access order by no desc limit 1").fetchone()
    return str(row[0]) if row else ""


def lines(connection: Connection) -> Iterable[tuple[Any, ...]]:
    """All lines in order: no, at, author, act, what, chain."""
    return connection.execute("select no, at, author, act, what, chain from access order by no")
