"""The search index: tokens made by us over FTS5, so that two characters, pinyin or a phone's tail find a person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger
from gridworker.domain.text import terms
from gridworker.store.engine import Connection
from gridworker.store.rows import Row

MOST: Final = 200
"""Candidates fetched before ranking; more would not be read."""


def terms_of(ledger: Ledger, row: Row) -> set[str]:
    """The search terms of a row; masked values are none."""
    found: set[str] = set()
    plain = row.plain
    if _PLACED & ledger.by_name.keys() and (ledger.area or ledger.name == "household"):
        found |= terms.terms_for_address(*(str(plain(one) or "") for one in ("estate", "building", "unit", "room")))
    for name in named(ledger):
        found |= terms.terms_for_name(str(plain(name))[:_LONGEST]) if plain(name) else set()
    if ledger.area or ledger.name in {"household", "resident"}:
        phones = [plain(one.name) for one in ledger.fields if one.mask is Mask.PHONE]
        found |= set().union(*(terms.terms_for_phone(phone) for phone in phones if phone))
    if plain("id_no"):
        found |= terms.terms_for_id(plain("id_no"))
    if ledger.name == "need" and plain("number"):
        found |= terms.terms_for_number(plain("number"))
    return found


_NAMES: Final = {"household": ("head",), "resident": ("name",), "worker": ("name",), "grid": ("name",), "need": ()}
"""By ledger with a page of its own: what is found by name."""
_PLACED: Final = frozenset({"estate", "building"})
_LONGEST: Final = 40
"""Characters of a title or name that are indexed."""


def named(ledger: Ledger) -> tuple[str, ...]:
    """The fields whose words find a record; in the community's ledgers what it is called by and who is named."""
    if not ledger.area:
        return _NAMES.get(ledger.name, ())
    titled = [name for name in ledger.title if ledger.by_name[name].kind is Kind.TEXT and name not in _PLACED]
    return tuple(dict.fromkeys((*titled, *(one.name for one in ledger.fields if _names_one(one)))))


def _names_one(field: Field) -> bool:
    return field.mask is Mask.NAME and field.kind is Kind.TEXT


def is_searched(ledger: Ledger) -> bool:
    """Whether its records are found by words."""
    return ledger.name in _NAMES or bool(named(ledger))


def put(connection: Connection, ledger: Ledger, numbered: Iterable[tuple[int, Row]]) -> None:
    """Index rows under their record numbers, over what stood there."""
    if not is_searched(ledger):
        return
    connection.executemany(
        "insert or replace into search(rowid, terms) values(?,?)",
        [(no, "" if row.deleted else " ".join(sorted(terms_of(ledger, row)))) for no, row in numbered],
    )


def remove(connection: Connection, no: int) -> None:
    """Take a record out of the index."""
    connection.execute("delete from search where rowid = ?", (no,))


def settle(connection: Connection) -> None:
    """Write the index anew without what was taken out of it."""
    connection.execute("insert into search(search) values('optimize')")


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
_MATCHING: Final = (
    "select r.ledger, r.id from search s join record r on r.no = s.rowid"
    f" where search match ? and r.ledger {{}} in ({', '.join(map(repr, _LIGHT))}) limit ?"
)


def _light(name: str) -> str:
    """The select of what ranking needs of a ledger's records."""
    if name in _LIGHT:
        return _LIGHT[name]
    title = next(iter(named(ledger(name))), "id")
    return f"""id, coalesce("{title}", ''), null from "{name}" where id"""


def find(connection: Connection, query: str) -> list[Found]:
    """Up to `MOST` records that match every part of the query, those that are wholly so before others are cut off;
    the community's own after households, people and needs. The caller ranks them and reads the best in full.
    """
    by_ledger: dict[str, list[Id]] = {}
    for name, id in _matching(connection, query):
        by_ledger.setdefault(name, []).append(id)
    found: list[Found] = []
    for name, some in by_ledger.items():
        marks = ",".join("?" * len(some))
        rows_found = connection.execute(f"select {_light(name)} in ({marks})", some)
        found += [Found(name, id, title, tuple(place), home) for id, title, home, *place in rows_found]
    return found


def _matching(connection: Connection, query: str) -> Iterator[tuple[str, Id]]:
    matching: dict[tuple[str, Id], None] = {}
    for which in ("", "not"):
        for match in filter(None, (terms.close_expression(query), terms.match_expression(query))):
            if len(matching) < MOST:
                matching |= dict.fromkeys(connection.execute(_MATCHING.format(which), (match, MOST)))
    yield from list(matching)[:MOST]
