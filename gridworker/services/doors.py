"""Which household a typed door means: 3-2-502, 402 on the stairs just walked, or a name by its initials."""

from collections.abc import Iterable
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.text.address import Address, format_address, parse_address, walk_key
from gridworker.services import households_list
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_PARTS = ("estate", "building", "unit")


@dataclass(frozen=True, slots=True)
class Door:
    """A household as one line of a sheet shows it."""

    id: Id
    head: str
    address: Address
    level: str

    @property
    def short(self) -> str:
        """The door inside its estate: 3-2-502."""
        return format_address(self.address, short=True) or format_address(self.address)


def find(workspace: Workspace, typed: str, near: Door | None = None) -> list[Door]:
    """The households that are meant, along the stairs; parts left out at the front are those of the door before."""
    text = typed.strip()
    if not text:
        return []
    asked = parse_address(text)
    rows = _at(workspace, asked, near) if asked.room else []
    if not rows:
        meant = households_list.meant(workspace, text)
        rows = [row for row in queries.by_ids(workspace.connection, "household", meant).values() if not row.deleted]
    return sorted(map(_door, rows), key=lambda one: (walk_key(one.address), one.id))


def by_ids(workspace: Workspace, wanted: Iterable[Id]) -> dict[Id, Door]:
    """Doors of known households."""
    rows = queries.by_ids(workspace.connection, "household", wanted)
    return {id: _door(row) for id, row in rows.items() if not row.deleted}


def of_new(typed: str, near: Door | None) -> dict[str, str]:
    """What a door nobody knows tells of its household, for the form that makes it."""
    asked = _beside(parse_address(typed.strip()), near)
    known = {"estate": asked.estate, "building": asked.building, "unit": asked.unit, "room": asked.room}
    return {name: part for name, part in known.items() if part} if asked.room else {}


def _at(workspace: Workspace, asked: Address, near: Door | None) -> list[Row]:
    """The households behind exactly this door; the one on the same stairs alone if there is one."""
    given = {name: part for name in (*_PARTS, "room") if (part := getattr(asked, name))}
    where = " and ".join(f"{name} = ?" for name in given)
    rows = queries.where(workspace.connection, "household", where, tuple(given.values()))
    whole = _beside(asked, near)
    return [row for row in rows if address_of(row) == whole] or rows


def _beside(asked: Address, near: Door | None) -> Address:
    """An address with the parts before its first given one taken from the door before."""
    parts = {name: getattr(asked, name) for name in _PARTS}
    for name in _PARTS:
        if parts[name] or near is None:
            break
        parts[name] = getattr(near.address, name)
    return Address(**parts, room=asked.room)


def _door(row: Row) -> Door:
    return Door(row.id, display_value(row, "head"), address_of(row), row.plain("care_level") or "normal")
