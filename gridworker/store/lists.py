"""What long lists ask: ids in order, then what stands beside some of them; never everything at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import OWN, Ledger
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.store import batches, entries, rows
from gridworker.store.engine import Connection
from gridworker.store.rows import Row

_STANDS: Final = "(_deleted is null or _deleted = 0)"
_WALK: Final = (
    "estate, length(building), building, length(unit), unit, length(room), room, id",
    "estate, building, unit, room, id",
)
"""Along the stairs, 2 before 10; and the order of the index, for more than people walk."""
WALKED: Final = 5000
"""Households up to which numbers are put in their natural order."""


def household_ids(connection: Connection, where: str = "1", values: Iterable[object] = ()) -> list[Id]:
    """The households that a condition of ours names, in the order of a walk."""
    count = connection.execute("select count(*) from household").fetchone()[0]
    sql = f"select id from household where {_STANDS} and ({where}) order by {_WALK[count > WALKED]}"
    return [row[0] for row in connection.execute(sql, tuple(values))]


def household_count(connection: Connection, where: str = "1") -> int:
    """How many households a condition of ours names."""
    sql = f"select count(*) from household where {_STANDS} and ({where})"
    return int(connection.execute(sql).fetchone()[0])


def need_ids(connection: Connection, where: str, values: Iterable[object], order: str) -> list[Id]:
    """The needs that a condition of ours names, in an order of ours."""
    sql = f"select id from need where {_STANDS} and ({where}) order by {order}, id"
    return [row[0] for row in connection.execute(sql, tuple(values))]


def visits_in(connection: Connection, first: str, last: str) -> list[tuple[str, Id, str]]:
    """Day, household and outcome of every visit of a period."""
    sql = (
        "select substr(visited_at, 1, 10), household, outcome from visit"
        f" where {_STANDS} and visited_at >= ? and visited_at < ?"
    )
    return connection.execute(sql, (first, last + "~")).fetchall()


def last_visits(connection: Connection, households: Sequence[Id]) -> dict[Id, tuple[str, str, str]]:
    """By household: time, mode and outcome of the latest visit."""
    sql = (
        "select household, max(visited_at), mode, outcome from visit"
        f" where {_STANDS} and household in ({_marks(households)}) group by household"
    )
    found = connection.execute(sql, tuple(households))
    return {household: (at, mode or "", outcome or "") for household, at, mode, outcome in found}


def open_need_counts(connection: Connection, households: Sequence[Id]) -> dict[Id, int]:
    """By household: how many needs are not closed."""
    sql = (
        f"select household, count(*) from need where {_STANDS} and closed_on is null"
        f" and household in ({_marks(households)}) group by household"
    )
    return dict(connection.execute(sql, tuple(households)).fetchall())


def homes_of(connection: Connection, residents: Sequence[Id]) -> list[Id]:
    """The households of residents."""
    sql = f"select distinct household from resident where id in ({_marks(residents)}) and household is not null"
    return [row[0] for row in connection.execute(sql, tuple(residents))]


def steps_of(connection: Connection, needs: Sequence[Id]) -> list[Row]:
    """The steps of some needs, by the day they were taken or promised."""
    where = f"need in ({_marks(needs)})"
    return rows.select(connection, ledger("followup"), where, needs, "coalesce(done_on, due_on), id")


def needs_like(connection: Connection, kind: str, since: str) -> list[Row]:
    """The newest needs of a kind from a day on; at most two hundred."""
    sql = (
        f"select id from need where {_STANDS} and kind = ? and registered_at >= ? order by registered_at desc limit 200"
    )
    found = [row[0] for row in connection.execute(sql, (kind, since))]
    return rows.select(connection, ledger("need"), f"id in ({_marks(found)})", found)


def estates(connection: Connection) -> list[str]:
    """Every estate or village group, the one with most households first."""
    sql = f"select estate from household where {_STANDS} and estate is not null group by estate order by count(*) desc"
    return [row[0] for row in connection.execute(sql)]


def records_of_batch(connection: Connection, batch: Id) -> list[tuple[str, Id]]:
    """Ledger and id of every record that an import said something about, each by the name it now goes by."""
    found = connection.execute("select entries from batch where id = ?", (batch,)).fetchone()
    if found is None:
        return []
    sql = "select n.ledger, n.id from record r join record n on n.no = coalesce(r.name, r.no) where r.no = ?"
    numbers = dict.fromkeys(key >> entries.SHIFT for key in batches.unpack_keys(found[0]))
    named = (connection.execute(sql, (no,)).fetchone() for no in numbers)
    return [(name, id) for name, id in dict.fromkeys(one for one in named if one) if name in ledgers()]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def own_field_names(connection: Connection, of: Ledger) -> list[str]:
    """The names of fields that people added to a ledger and filled somewhere."""
    sql = (
        f"select distinct j.key from \"{of.name}\" l, json_each(l._state, '$.more') j"
        " where l._state is not null and substr(j.key, 1, 1) = ? order by j.key"
    )
    return [row[0] for row in connection.execute(sql, (OWN,))]


def latest_visit_rows(connection: Connection, households: Sequence[Id]) -> list[Row]:
    """Of each household its latest visit; of two at the same moment both, the later one entered last."""
    latest = f"select household, max(visited_at) from visit where {_STANDS} and household in ({{}}) group by household"
    found: list[Row] = []
    for some in _chunks(households):
        where = f"(household, visited_at) in ({latest.format(_marks(some))})"
        found += rows.select(connection, ledger("visit"), where, some)
    return found


def needs_raised_at(connection: Connection, visits: Sequence[Id]) -> list[Row]:
    """What was asked for at visits, but for what is to be kept secret."""
    found: list[Row] = []
    for some in _chunks(visits):
        open_ones = f"visit in ({_marks(some)}) and coalesce(confidential, 0) = 0"
        found += rows.select(connection, ledger("need"), open_ones, some, "registered_at, number, id")
    return found


def residents_in(connection: Connection, households: Sequence[Id]) -> list[Row]:
    """The residents of households."""
    found: list[Row] = []
    for some in _chunks(households):
        found += rows.select(connection, ledger("resident"), f"household in ({_marks(some)})", some)
    return found


def _chunks(values: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """As many as one statement takes."""
    return (values[start : start + 500] for start in range(0, len(values), 500))


def records_told_since(connection: Connection, day: str) -> set[Id]:
    """The records that somebody said something about from a day on, by the clocks of those who did."""
    sql = (
        "select distinct n.id from deed d join entry e on e.deed = d.no join record r on r.no = e.key >> ?"
        " join record n on n.no = coalesce(r.name, r.no) where d.at >= ?"
    )
    return {row[0] for row in connection.execute(sql, (entries.SHIFT, day))}


def member_counts(connection: Connection) -> dict[Id, int]:
    """By household: how many residents are known."""
    sql = f"select household, count(*) from resident where {_STANDS} and household is not null group by household"
    return dict(connection.execute(sql).fetchall())
