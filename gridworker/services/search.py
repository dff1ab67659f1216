"""One box for everything: name, pinyin, initials, address, phone or ID tail, need number."""

from dataclasses import dataclass
from typing import Final

from gridworker.domain import ids
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.masking import mask_phone
from gridworker.domain.text import terms
from gridworker.domain.text.address import Address, format_address, walk_key
from gridworker.domain.text.closeness import closeness
from gridworker.i18n import _
from gridworker.services.naming import address_of, display_value, title_of_row
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store import search as index
from gridworker.store.rows import Row

BUILDING: Final = "building"
"""Instead of a ledger: a whole building, meant by any of its households."""
_MOST_BUILDINGS: Final = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the search box."""

    ledger: str
    id: Id
    title: str
    subtitle: str
    household: Id | None = None

    def as_json(self) -> dict[str, str]:
        """The shape of design §6."""
        return {"ledger": self.ledger, "id": ids.to_text(self.id), "title": self.title, "subtitle": self.subtitle}


def search(workspace: Workspace, query: str, limit: int = 20) -> list[Hit]:
    """The best hits: whole surnames, names and doors first, then along the stairs; a head stands for the household."""
    return _best(workspace, terms.query_terms(query), index.find(workspace.connection, query), limit)


def with_buildings(workspace: Workspace, query: str, limit: int = 20) -> list[Hit]:
    """The same, before them the buildings that a query names which names no door of them."""
    asked, found = terms.query_terms(query), index.find(workspace.connection, query)
    return [*_buildings(asked, found), *_best(workspace, asked, found, limit)]


def _buildings(asked: list[list[str]], found: list[index.Found]) -> list[Hit]:
    """Each is meant by any of its households."""
    houses: dict[tuple[str, ...], Id] = {}
    for one in found:
        if one.ledger == "household" and one.place[1:2] != ("",):
            houses.setdefault(one.place[:2], one.id)
    meant = (place for place in sorted(houses, key=lambda one: walk_key(Address(*one))) if _is_meant(asked, place))
    hits = (Hit(BUILDING, houses[place], format_address(Address(*place)), _("楼栋"), houses[place]) for place in meant)
    return list(hits)[:_MOST_BUILDINGS]


def _is_meant(asked: list[list[str]], place: tuple[str, ...]) -> bool:
    """Whether all that was typed is said of the building, its number among it: 金江, 3 or a name mean no building."""
    held = terms.terms_for_address(place[0], place[1], "", "")
    numbered = [term for group in asked for term in group if term.startswith(terms.BUILDING)]
    worded = len(asked) > 1 or not any(term.isalnum() and term.isdigit() for group in asked for term in group)
    return (
        worded
        and any(term in held or terms.whole(term) in held for term in numbered)
        and all(any(one.startswith(term) for term in group for one in held) for group in asked)
    )


def _best(workspace: Workspace, asked: list[list[str]], found: list[index.Found], limit: int) -> list[Hit]:
    ranked = sorted(_each_once(found), key=lambda one: _rank(asked, one))[:limit]
    rows = {name: _rows(workspace, name, ranked) for name in {one.ledger for one in ranked}}
    best = [rows[one.ledger][one.id] for one in ranked]
    homes = queries.by_ids(
        workspace.connection, "household", [home for row in best if isinstance(home := row.plain("household"), int)]
    )
    return [_hit(row, homes.get(row.plain("household"))) for row in best]


def _each_once(found: list[index.Found]) -> list[index.Found]:
    """Without the heads whose households were found too."""
    heads = {(one.household, one.name) for one in found if one.ledger == "household"}
    return [one for one in found if one.ledger != "resident" or (one.household, one.name) not in heads]


def _rows(workspace: Workspace, name: str, ranked: list[index.Found]) -> dict[Id, Row]:
    return queries.by_ids(workspace.connection, name, [one.id for one in ranked if one.ledger == name])


_ORDER = {"household": 0, "resident": 0, "need": 1, "worker": 2, "grid": 3}
"""Of ledgers with pages of their own; the community's come after them."""


def _rank(asked: list[list[str]], one: index.Found) -> tuple[object, ...]:
    place = walk_key(Address(*one.place)) if one.place else ()
    door = one.place if one.ledger == "household" else ()
    return (closeness(asked, one.name, door), _ORDER.get(one.ledger, len(_ORDER)), place, one.ledger, one.id)


def _masked_phone(row: Row) -> str:
    """Enough to tell people apart; the whole number stands on the page, where looking is logged."""
    phone = display_value(row, "phone")
    return mask_phone(phone) if phone else ""


def _hit(row: Row, home: Row | None) -> Hit:
    if row.ledger == "household":
        head = display_value(row, "head") or _("（未登记户主）")
        subtitle = " · ".join(part for part in (format_address(address_of(row)), _masked_phone(row)) if part)
        return Hit("household", row.id, head, subtitle, row.id)
    if row.ledger == "resident":
        where = format_address(address_of(home)) if home else ""
        relation = display_value(row, "relation")
        subtitle = " · ".join(part for part in (where, relation, _masked_phone(row)) if part)
        return Hit("resident", row.id, display_value(row, "name"), subtitle, row.plain("household"))
    if row.ledger == "need":
        kind = display_value(row, "kind")
        return Hit(
            "need",
            row.id,
            display_value(row, "number"),
            f"{kind} · {display_value(row, 'content')[:40]}",
            row.plain("household"),
        )
    of = ledger(row.ledger)
    phone = _masked_phone(row) if of.area and "phone" in of.by_name else ""
    subtitle = " · ".join(part for part in (_(of.label), phone) if part)
    return Hit(row.ledger, row.id, title_of_row(row), subtitle, row.plain("household"))
