"""The search index: tokens made by us over FTS5, so that two characters, pinyin or a phone's tail find a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.text import terms
from gridworker.store.engine import Connection
from gridworker.store.rows import Row

MOST: Final = 200
"""Candidates fetched before ranking; more would not be read."""


def terms_of(ledger: Ledger, row: Row) -> set[str]:
    """The search terms of a row; masked values are none."""
    found: set[str] = set()
    plain = row.plain
    if ledger.name == "household":
        found |= terms.terms_for_address(*(str(plain(one) or "") for one in ("estate", "building", "unit", "room")))
    for name in _NAMES.get(ledger.name, ()):
        found |= terms.terms_for_name(plain(name)) if plain(name) else set()
    if ledger.name in {"household", "resident"} and plain("phone"):
        found |= terms.terms_for_phone(plain("phone"))
    if plain("id_no"):
        found |= terms.terms_for_id(plain("id_no"))
    if ledger.name == "need" and plain("number"):
        found |= terms.terms_for_number(plain("number"))
    return found


_NAMES: Final = {"household": ("head",), "resident": ("name",), "worker": ("name",), "grid": ("name",)}
SEARCHED: Final = frozenset({*_NAMES, "need"})


def put(connection: Connection, ledger: Ledger, numbered: Iterable[tuple[int, Row]]) -> None:
    """Index rows under their record numbers, over what stood there."""
    if ledger.name not in SEARCHED:
        return
    connection.executemany(
        "insert or replace into search(rowid, terms) values(?,?)",
        [(no, "" if row.deleted else " ".join(sorted(terms_of(ledger, row)))) for no, row in numbered],
    )


def remove(connection: Connection, no: int) -> None:
    """Take a record out of the index."""
    connection.execute("delete from search where rowid = ?", (no,))


def clear(connection: Connection) -> None:
    """Empty the index."""
    connection.execute("delete from search")


@dataclass(frozen=True, slots=True)
class Found:
    """A record that matches a query, with what ranking needs."""

    ledger: str
    id: Id
    name: str
    place: tuple[str, ...] = ()
    """Estate, building, unit, room of the household."""
    household: Id | None = None


def with_terms(connection: Connection, ledger_name: str, *groups: Iterable[str]) -> list[Id]:
    """Up to `MOST` records of a ledger that have, of each group, one of its terms exactly; none for an empty group."""
    told = [" OR ".join(f'"{term}"' for term in sorted(group)) for group in groups]
    if not all(told):
        return []
    match = " AND ".join(f"({one})" for one in told)
    sql = (
        "select r.id from search s join record r on r.no = s.rowid where search match ? and r.ledger = ?"
        " order by s.rowid limit ?"
    )
    return [row[0] for row in connection.execute(sql, (match, ledger_name, MOST))]


_PLACE: Final = ", ".join(f"coalesce(home.{part}, '')" for part in ("estate", "building", "unit", "room"))
_LIGHT: Final = {
    "household": f"home.id, coalesce(home.head, ''), home.id, {_PLACE} from household home where home.id",
    "resident": f"one.id, coalesce(one.name, ''), one.household, {_PLACE}"
    " from resident one left join household home on home.id = one.household where one.id",
    "need": "id, coalesce(number, ''), household from need where id",
    "worker": "id, coalesce(name, ''), null from worker where id",
    "grid": "id, coalesce(name, ''), null from grid where id",
}
_MATCHING: Final = "select r.ledger, r.id from search s join record r on r.no = s.rowid where search match ? limit ?"


def find(connection: Connection, query: str) -> list[Found]:
    """Up to `MOST` records that match every part of the query, those that are wholly so before others are cut off;
    the caller ranks them and reads the best in full.
    """
    matching: dict[tuple[str, Id], None] = {}
    for match in filter(None, (terms.close_expression(query), terms.match_expression(query))):
        if len(matching) < MOST:
            matching |= dict.fromkeys(connection.execute(_MATCHING, (match, MOST)))
    by_ledger: dict[str, list[Id]] = {}
    for name, id in list(matching)[:MOST]:
        by_ledger.setdefault(name, []).append(id)
    found: list[Found] = []
    for name, some in by_ledger.items():
        marks = ",".join("?" * len(some))
        rows_found = connection.execute(f"select {_LIGHT[name]} in ({marks})", some)
        found += [Found(name, id, title, tuple(place), home) for id, title, home, *place in rows_found]
    return found
