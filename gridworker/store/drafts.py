"""Half-typed forms: kept on this laptop only, dropped when the form is saved; they never travel."""

from gridworker.store.database import transaction
from gridworker.store.engine import Connection


def put(connection: Connection, name: str, body: str, at: str) -> None:
    """Keep a draft over the former one of its name."""
    with transaction(connection):
        connection.execute("insert or replace into draft(name, body, at) values(?,?,?)", (name, body, at))


def get(connection: Connection, name: str) -> tuple[str, str] | None:
    """The body of a draft and when it was kept."""
    row = connection.execute("select body, at from draft where name = ?", (name,)).fetchone()
    return (row[0], row[1]) if row else None


def remove(connection: Connection, name: str) -> None:
    """Forget a draft."""
    with transaction(connection):
        connection.execute("delete from draft where name = ?", (name,))


def names(connection: Connection, prefix: str) -> list[str]:
    """The names of the drafts that begin with a prefix."""
    found = connection.execute(
        "select name from draft where name >= ? and name < ? order by name", (prefix, prefix + "\uffff")
    )
    return [row[0] for row in found]
