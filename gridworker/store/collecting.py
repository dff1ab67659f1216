"""What the township's table of hand-ins asks the store: what is open, what waits for a choice."""

from gridworker.domain.ids import Id
from gridworker.store import waiting
from gridworker.store.engine import Connection

_STANDS = "(_deleted is null or _deleted = 0)"


def unsettled(connection: Connection) -> list[tuple[Id, str, int]]:
    """By grid and status: how many needs have no closing day."""
    sql = f"select grid, status, count(*) from need where {_STANDS} and closed_on is null group by grid, status"
    return list(connection.execute(sql).fetchall())


def conflict_count(connection: Connection) -> int:
    """How many groups of records wait for a person's choice."""
    return waiting.count(connection)
