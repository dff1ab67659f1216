"""Sums of visits by week, month, grid and worker, kept beside the rows: a county has millions of visits.

Derived like the rows: whoever writes households or visits does it within `renewed`, and `rebuild` makes them all anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, Final

from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.rules.visit_counts import ABOUT, Every, Home, Tally, Visit, difference
from gridworker.store import rows
from gridworker.store.engine import Connection

_LAYOUT: Final = 1
"""Raised when other numbers are kept, or the same ones counted in another way."""
_KNOWN: Final = "counts"
"""The setting that says how the sums were made."""
_HOME: Final = ("grid", "care_level", "housing")
_VISIT: Final = ("household", "visited_at", "mode", "outcome", "next_on", "worker")
_AT_A_TIME: Final = 500

_Homes = dict[Id, Home]
_Visits = dict[Id, list[Visit]]


@contextmanager
def renewed(connection: Connection, touched: Mapping[str, Iterable[Id]]) -> Iterator[None]:
    """Keep the sums true while the rows of these ids are written or removed, by ledger."""
    homes, visits = dict.fromkeys(touched.get("household", ())), dict.fromkeys(touched.get("visit", ()))
    if not homes and not visits:
        yield
        return
    old_homes, old_visits = _homes(connection, homes), _visits(connection, visits)
    yield
    new_homes, new_visits = _homes(connection, homes), _visits(connection, visits)
    moved = {id for id in visits if old_visits.get(id) != new_visits.get(id)}
    changed = {id for id in homes if old_homes.get(id) != new_homes.get(id)}
    changed |= {one[0] for id in moved for one in (old_visits.get(id), new_visits.get(id)) if one}
    if not changed:
        return
    homes_now, visits_now = _homes(connection, changed), _visits_of(connection, changed)
    before = {id: [one for one in visits_now.get(id, ()) if one.id not in moved] for id in changed}
    for id in moved & old_visits.keys():
        before[old_visits[id][0]].append(old_visits[id][1])
    was = {id: old_homes.get(id) if id in old_homes or id in homes else homes_now.get(id) for id in changed}
    told = difference(
        {id: (home, sorted(before[id])) for id, home in was.items() if home},
        {id: (home, visits_now.get(id, ())) for id, home in homes_now.items()},
    )
    _put(connection, told)


def rebuild(connection: Connection) -> None:
    """Count everything anew."""
    for table in ("visit_count", "home_count"):
        connection.execute(f"delete from {table}")
    homes = _homes(connection)
    told, without = Tally(), dict(homes)
    for id, some in groupby(_every_visit(connection), lambda one: one[0]):
        if home := without.pop(id, None):
            told.add(home, [visit for _home, visit in some])
    for home in without.values():
        told.add(home, ())
    _put(connection, told)
    connection.execute("insert or replace into setting values(?,?)", (_KNOWN, _made_with()))


def are_known(connection: Connection) -> bool:
    """Whether the sums were made in the way of this program."""
    found = connection.execute("select value from setting where name = ?", (_KNOWN,)).fetchone()
    return bool(found) and found[0] == _made_with()


def _made_with() -> str:
    return str(hashed_id(_LAYOUT, repr(visit_rhythm.load_rhythm())))


def every_sum(connection: Connection) -> list[tuple[Any, ...]]:
    """All sums, in order: two stores with the same rows have the same."""
    tables = ("select * from visit_count order by 1, 2, 3, 4", "select * from home_count order by 1, 2, 3")
    return [row for sql in tables for row in connection.execute(sql)]


def visit_sums(connection: Connection, every: Every, first: int) -> Iterator[tuple[int, ...]]:
    """First day, worker (0 for whoever came) and grid, then the numbers that `ABOUT` names, of a week or month."""
    sql = f"select first, worker, grid, {', '.join(ABOUT)} from visit_count where every = ? and first = ?"
    yield from connection.execute(sql, (every, first))


def homes_by_grid(connection: Connection, what: str) -> dict[Id, int]:
    """By grid (0 for none): how many households there are, or red ones."""
    return dict(connection.execute("select grid, n from home_count where what = ?", (what,)).fetchall())


def due_by_grid(connection: Connection, every: Every, first: int) -> dict[Id, int]:
    """By grid: how many households are due in a week or month."""
    sql = "select grid, sum(n) from home_count where what = ? and first <= ? group by grid"
    return dict(connection.execute(sql, (every, first)).fetchall())


def due_by_first(connection: Connection, every: Every) -> list[tuple[int, int]]:
    """First days of weeks or months, in order, and how many more households are due in it than in the one before."""
    sql = "select first, sum(n) from home_count where what = ? group by first order by first"
    return connection.execute(sql, (every,)).fetchall()


def _homes(connection: Connection, wanted: Iterable[Id] | None = None) -> _Homes:
    return {
        id: Home(id, grid if isinstance(grid, int) else 0, level or visit_rhythm.ORDINARY, housing)
        for id, grid, level, housing in _standing(connection, "household", _HOME, "id", wanted)
    }


def _visits(connection: Connection, wanted: Iterable[Id]) -> dict[Id, tuple[Id, Visit]]:
    """By id: the household and the visit."""
    return {one[1].id: one for one in _read_visits(_standing(connection, "visit", _VISIT, "id", wanted))}


def _visits_of(connection: Connection, homes: Iterable[Id]) -> _Visits:
    """By household, in order."""
    found: _Visits = {}
    for home, visit in _read_visits(_standing(connection, "visit", _VISIT, "household", homes)):
        found.setdefault(home, []).append(visit)
    return {home: sorted(some) for home, some in found.items()}


def _every_visit(connection: Connection) -> Iterator[tuple[Id, Visit]]:
    """Along the index, so that nothing is sorted and few are held."""
    order = "household, visited_at, id"
    yield from _read_visits(_select(connection, "visit", _VISIT, f"household is not null order by {order}"))


def _read_visits(found: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Id, Visit]]:
    for id, home, at, mode, outcome, next_on, worker in found:
        if at and isinstance(home, int):
            yield home, Visit(str(at), id, mode, outcome, next_on, worker)


def _standing(
    connection: Connection, name: str, fields: Sequence[str], by: str, wanted: Iterable[Id] | None
) -> Iterator[tuple[Any, ...]]:
    if wanted is None:
        yield from _select(connection, name, fields, "1")
        return
    every = list(wanted)
    for start in range(0, len(every), _AT_A_TIME):
        some = every[start : start + _AT_A_TIME]
        yield from _select(connection, name, fields, f"{by} in ({','.join('?' * len(some))})", some)


def _select(
    connection: Connection, name: str, fields: Sequence[str], where: str, values: Sequence[Id] = ()
) -> Iterator[tuple[Any, ...]]:
    """Id and full values of the rows that stand."""
    sql = f'select {rows.columns_wanted(fields)} from "{name}" where (_deleted is null or _deleted = 0) and {where}'
    yield from rows.plain_columns(ledger(name), fields, connection.execute(sql, values))


def _put(connection: Connection, told: Tally) -> None:
    """Add to the sums; what comes to nothing leaves no trace, so that the way to them cannot be seen."""
    sums = ", ".join(f"{name} = {name} + excluded.{name}" for name in ABOUT)
    connection.executemany(
        f"insert into visit_count(every, first, worker, grid, {', '.join(ABOUT)}) values({_marks(4 + len(ABOUT))})"
        f" on conflict do update set {sums}",
        [(*key, *some) for key, some in told.visits.items() if any(some)],
    )
    connection.executemany(
        "insert into home_count(what, first, grid, n) values(?,?,?,?) on conflict do update set n = n + excluded.n",
        [(*key, count) for key, count in told.homes.items() if count],
    )
    connection.executemany(
        "delete from visit_count where every = ? and first = ? and worker = ? and grid = ? and visits = 0",
        [key for key, some in told.visits.items() if min(some) < 0],
    )
    connection.executemany(
        "delete from home_count where what = ? and first = ? and grid = ? and n = 0",
        [key for key, count in told.homes.items() if count],
    )


def _marks(count: int) -> str:
    return ",".join("?" * count)
