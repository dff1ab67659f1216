"""The questions that pages and reports ask; plain SQL on indexes, never one per row."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.store import rows
from gridworker.store.engine import Connection
from gridworker.store.rows import Row

_STANDS = "(_deleted is null or _deleted = 0)"


def last_number(connection: Connection, prefix: str) -> str | None:
    """The highest need number with this prefix."""
    row = connection.execute(
        "select max(number) from need where number >= ? and number < ?", (prefix, prefix + "\uffff")
    ).fetchone()
    return row[0] if row else None


def last_met(
    connection: Connection, until: str, modes: Iterable[str], homes: Sequence[Id] | None = None
) -> dict[Id, str]:
    """By household, all or some: the day of the last visit up to `until` at which somebody was met in one of these
    modes.
    """
    wanted = tuple(modes)
    marks = ",".join("?" * len(wanted))
    newest = _newest_visit("visited_at", f"and outcome = 'met' and mode in ({marks})")
    visited, values = _visited(homes)
    sql = f"select household, {newest} as at from {visited} where at is not null"
    return {household: str(at)[:10] for household, at in connection.execute(sql, (*wanted, until + "~", *values))}


def latest_visits(
    connection: Connection, until: str, homes: Sequence[Id] | None = None
) -> dict[Id, tuple[str, str, str | None]]:
    """By household, all or some: day, outcome and agreed next day of its latest visit up to `until`."""
    visited, values = _visited(homes)
    sql = (
        "select visit.household, visit.visited_at, visit.outcome, visit.next_on"
        f" from {visited} join visit on visit.id = {_newest_visit('id')}"
    )
    found = connection.execute(sql, (*values, until + "~"))
    return {household: (str(at)[:10], outcome, next_on) for household, at, outcome, next_on in found}


def _visited(homes: Sequence[Id] | None) -> tuple[str, tuple[str, ...]]:
    """The households that are asked about: some, or all that were ever visited."""
    if homes is None:
        return "(select distinct household from visit where household is not null) as home", ()
    return "(select value as household from json_each(?)) as home", (json.dumps(list(homes)),)


def _newest_visit(wanted: str, where: str = "") -> str:
    """One step into the index for each household, where grouping would read every visit there ever was."""
    return (
        f"(select {wanted} from visit as one indexed by visit_0 where one.household = home.household and {_STANDS}"
        f" {where} and visited_at < ? order by visited_at desc limit 1)"
    )


def count(connection: Connection, ledger_name: str, where: str = "1", values: Iterable[object] = ()) -> int:
    """How many rows stand that a condition of ours names."""
    sql = f'select count(*) from "{ledger_name}" where {_STANDS} and ({where})'
    return int(connection.execute(sql, tuple(values)).fetchone()[0])


def are_more(connection: Connection, ledger_name: str, number: int) -> bool:
    """Whether more rows than that stand; no more are looked at."""
    sql = f'select 1 from "{ledger_name}" where {_STANDS} limit 1 offset ?'
    return connection.execute(sql, (number,)).fetchone() is not None


def known_before(connection: Connection, day: str, left_out: Iterable[str]) -> list[tuple[Id | None, int, int, int]]:
    """Needs registered before a day, by grid: those closed before it, and all, of which the row says all there is; and
    how many others there are.
    """
    some = sorted(left_out)
    plain = f"_state is null and coalesce(status, '') not in ({','.join('?' * len(some))})"
    sql = (
        f"select grid, total({plain} and closed_on < ?), total({plain}), total(_state is not null) from need"
        f" where {_STANDS} and registered_at < ? group by grid"
    )
    found = connection.execute(sql, (*some, day, *some, day))
    return [(grid, int(settled), int(known), int(other)) for grid, settled, known, other in found]


def filled(
    connection: Connection, ledger_name: str, names: Sequence[str], where: str = "1", values: Iterable[object] = ()
) -> tuple[int, ...]:
    """How many rows that a condition of ours names stand, and in how many of them each field has something."""
    columns = ", ".join(("count(*)", *(f'count("{name}")' for name in names)))
    sql = f'select {columns} from "{ledger_name}" where {_STANDS} and ({where})'
    found: tuple[int, ...] = connection.execute(sql, tuple(values)).fetchone()
    return found


def of_household(connection: Connection, ledger_name: str, household: Id, order: str = "id") -> list[Row]:
    """Everything of one ledger that belongs to a household."""
    return rows.select(connection, ledger(ledger_name), "household = ?", [household], order)


def by_ids(connection: Connection, ledger_name: str, wanted: Iterable[Id], only: Sequence[str] = ()) -> dict[Id, Row]:
    """Rows by id, in few statements; of their fields `only` some, if few are wanted."""
    found: dict[Id, Row] = {}
    every = list(dict.fromkeys(wanted))
    for start in range(0, len(every), 500):
        some = every[start : start + 500]
        marks = ",".join("?" * len(some))
        sql = f'select {rows.columns_wanted(only)} from "{ledger_name}" where id in ({marks})'
        for one in connection.execute(sql, some):
            row = rows.from_columns(ledger(ledger_name), one, only)
            found[row.id] = row
    return found


def ids_where(connection: Connection, ledger_name: str, where: str, values: Iterable[object] = ()) -> list[Id]:
    """Ids of the rows that a condition of ours names, in its order."""
    sql = f'select id from "{ledger_name}" where {_STANDS} and ({where})'
    return [row[0] for row in connection.execute(sql, tuple(values))]


def pointing(connection: Connection, ledger_name: str, field: str, record: Id) -> list[Id]:
    """The records whose reference names a record, deleted ones included."""
    return [row[0] for row in connection.execute(f'select id from "{ledger_name}" where "{field}" = ?', (record,))]


def all_rows(connection: Connection, ledger_name: str) -> Iterable[Row]:
    """Every row of a ledger by id, deleted ones included."""
    of = ledger(ledger_name)
    for one in connection.execute(f'select * from "{ledger_name}" order by id'):
        yield rows.from_columns(of, one)


def marks(connection: Connection, record: Id | None = None) -> list[tuple[Any, ...]]:
    """Marks of all records or one: record, group, ledger, conflicts, incomplete, unconfirmed, proposals."""
    where, values = ("where record = ?", (record,)) if record is not None else ("", ())
    return connection.execute(f"select * from mark {where} order by ledger, record, grp", values).fetchall()


def open_marks(connection: Connection) -> list[tuple[Id, str, str | None, str | None]]:
    """Record and group of whatever waits for a person, with its conflicts and proposals as they are packed."""
    sql = "select record, grp, conflicts, proposals from mark where conflicts is not null or proposals is not null"
    return connection.execute(sql).fetchall()


def every(connection: Connection, ledger_name: str, order: str = "id", only: Sequence[str] = ()) -> list[Row]:
    """Every standing row of a ledger; of their fields `only` some, if few are wanted."""
    return rows.select(connection, ledger(ledger_name), order=order, only=only)


def plain_columns(
    connection: Connection, ledger_name: str, names: Sequence[str], where: str = "1", values: Iterable[object] = ()
) -> Iterator[tuple[Any, ...]]:
    """Id and full values (None for none) of some fields of the rows that a condition of ours names, by id, without
    making rows of them.
    """
    of = ledger(ledger_name)
    sql = f'select {rows.columns_wanted(names)} from "{ledger_name}" where {_STANDS} and ({where}) order by id'
    yield from rows.plain_columns(of, names, connection.execute(sql, tuple(values)))


def plain_of(
    connection: Connection, ledger_name: str, names: Sequence[str], wanted: Sequence[Id] | None
) -> Iterator[tuple[Any, ...]]:
    """Id and full values of some fields of these rows, or of all that stand."""
    if wanted is None:
        return plain_columns(connection, ledger_name, names)
    return plain_columns(connection, ledger_name, names, "id in (select value from json_each(?))", [json.dumps(wanted)])


def visits_to(
    connection: Connection, names: Sequence[str], homes: Sequence[Id], first: str, last: str
) -> Iterator[tuple[Any, ...]]:
    """Id and full values of some fields of the visits of a period to some households, in order."""
    sql = (
        f"select {rows.columns_wanted(names)} from visit where household in (select value from json_each(?))"
        f" and visited_at >= ? and visited_at < ? and {_STANDS} order by id"
    )
    found = connection.execute(sql, (json.dumps(homes), first, last + "~"))
    yield from rows.plain_columns(ledger("visit"), names, found)


def plain_between(
    connection: Connection, ledger_name: str, names: Sequence[str], field: str, first: str, last: str
) -> Iterator[tuple[Any, ...]]:
    """Id and full values of some fields of the rows whose day lies in a period, without making rows of them."""
    where = f'{_STANDS} and "{field}" >= ? and "{field}" < ?'
    sql = f'select {rows.columns_wanted(names)} from "{ledger_name}" where {where}'
    yield from rows.plain_columns(ledger(ledger_name), names, connection.execute(sql, (first, last + "~")))


def between(connection: Connection, ledger_name: str, field: str, first: str, last: str) -> list[Row]:
    """Rows whose day lies in a period, in order of time."""
    where = f'"{field}" >= ? and "{field}" < ?'
    return rows.select(connection, ledger(ledger_name), where, [first, last + "~"], f'"{field}", id')


def needs_in(connection: Connection, first: str, last: str) -> list[Row]:
    """Needs that were open at some time of a period."""
    where = "registered_at < ? and (closed_on is null or closed_on >= ?)"
    return rows.select(connection, ledger("need"), where, [last + "~", first], "number, registered_at, id")


def of_needs(connection: Connection, needs: Iterable[Id]) -> list[Row]:
    """The steps of needs."""
    wanted = set(needs)
    return [
        row
        for row in every(connection, "followup", "need, coalesce(done_on, due_on), id")
        if row.values.get("need") in wanted
    ]


def grids_named(connection: Connection) -> list[Id]:
    """What households and needs name as their grid: ids, None, or the words of a sheet nobody could place."""
    parts = (f"select distinct grid from {name} where {_STANDS}" for name in ("household", "need"))
    return [grid for (grid,) in connection.execute(" union ".join(parts))]


def open_needs(connection: Connection, *, secret: bool = True) -> dict[Id, int]:
    """By household: how many needs are open, those to be kept secret among them or not."""
    which = "1" if secret else "(confidential is null or confidential = 0)"
    sql = (
        f"select household, count(*) from need where {_STANDS} and closed_on is null and household is not null"
        f" and {which} group by household"
    )
    return dict(connection.execute(sql).fetchall())


def names_by_household(connection: Connection) -> Iterable[tuple[Id, str]]:
    """Every name known in each household."""
    yield from connection.execute(f"select id, head from household where {_STANDS} and head is not null")
    yield from connection.execute(f"select household, name from resident where {_STANDS} and name is not null")


def residents_of(connection: Connection, households: Iterable[Id]) -> list[Id]:
    """The ids of the residents of households."""
    wanted = set(households)
    found = connection.execute(f"select id, household from resident where {_STANDS}").fetchall()
    return [id for id, household in found if household in wanted]


def where(
    connection: Connection, ledger_name: str, condition: str, values: Iterable[object] = (), order: str = "id"
) -> list[Row]:
    """Standing rows that a condition of ours names, in its order."""
    return rows.select(connection, ledger(ledger_name), condition, values, order)
