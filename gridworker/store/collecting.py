"""What the township's table of hand-ins asks the store: which grid did anything on which day, and what is open."""

from gridworker.domain.ids import Id
from gridworker.store.engine import Connection

_STANDS = "(_deleted is null or _deleted = 0)"


def days_with_visits(connection: Connection, first: str, last: str) -> set[tuple[Id, str]]:
    """Grid and day of every visit in a period."""
    sql = (
        "select distinct h.grid, substr(v.visited_at, 1, 10) from visit v join household h on h.id = v.household"
        " where v.visited_at >= ? and v.visited_at < ? and (v._deleted is null or v._deleted = 0)"
    )
    return set(connection.execute(sql, (first, last + "~")).fetchall())


def days_with_needs(connection: Connection, first: str, last: str) -> set[tuple[Id, str]]:
    """Grid and day of every need registered or closed in a period."""
    found: set[tuple[Id, str]] = set()
    for column in ("registered_at", "closed_on"):
        within = f"{_STANDS} and {column} >= ? and {column} < ?"
        sql = f"select distinct grid, substr({column}, 1, 10) from need where {within}"
        found |= set(connection.execute(sql, (first, last + "~")).fetchall())
    return found


def unsettled(connection: Connection) -> list[tuple[Id, str, int]]:
    """By grid and status: how many needs have no closing day."""
    sql = f"select grid, status, count(*) from need where {_STANDS} and closed_on is null group by grid, status"
    return list(connection.execute(sql).fetchall())


def conflict_count(connection: Connection) -> int:
    """How many groups of records wait for a person's choice."""
    return int(connection.execute("select count(*) from mark where conflicts is not null").fetchone()[0])
