"""楼栋页: one building with its doors, who looks after it, what is open there, the last meeting and campaigns."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import need_states, residence, visit_rhythm
from gridworker.domain.text.address import clean_building, clean_estate, format_address, walk_key
from gridworker.reports.statistics import Figure
from gridworker.services import affairs, buildings
from gridworker.services.affairs import Line
from gridworker.services.buildings import Building, Place
from gridworker.services.campaigns import Campaign, Roll
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row

_DOOR: Final = ("estate", "building", "unit", "room", "head", "care_level", "housing")
_MANY: Final = 500
_STOREY: Final = 100
"""Rooms are numbered 502 or 1203: the storey and two digits."""


@dataclass(frozen=True, slots=True)
class Door:
    """One door: `days` since somebody was met there (None: never), `floor` None where its number tells none."""

    household: Id
    unit: str
    room: str
    head: str
    level: str
    floor: int | None
    empty: bool
    days: int | None
    needs: int


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need of the building that is not settled."""

    id: Id
    content: str
    door: str
    due_on: str


@dataclass(frozen=True, slots=True)
class BuildingPage:
    """Everything the page shows of a building."""

    name: str
    people: int
    doors: tuple[Door, ...]
    carers: tuple[Line, ...]
    """Captains, paired units and cadres in office today."""
    needs: tuple[OpenNeed, ...]
    meeting: Line | None
    campaigns: tuple[tuple[Campaign, Figure], ...]


def read(workspace: Workspace, building: Building, rolls: Iterable[Roll] = ()) -> BuildingPage:
    """The page of a building, with how the campaigns stand whose rolls were read."""
    rows = sorted(queries.by_ids(workspace.connection, "household", building.homes, _DOOR).values(), key=_walk)
    needs = _open_needs(workspace, building.homes)
    met = buildings.met_days(workspace)
    doors = tuple(_door(workspace, row, met.get(row.id, ""), needs) for row in rows)
    shown = {row.id: format_address(address_of(row), short=True) for row in rows}
    people = [
        one for one in lists.residents_in(workspace.connection, building.homes) if not residence.has_left(one.values)
    ]
    return BuildingPage(
        name=building.name,
        people=len(people),
        doors=doors,
        carers=tuple(_carers(workspace, building.place)),
        needs=tuple(
            OpenNeed(
                one.id, display_value(one, "content"), shown.get(one.plain("household"), ""), one.plain("due_on") or ""
            )
            for one in sorted(needs, key=lambda one: str(one.plain("due_on") or "9"))
        ),
        meeting=_last_meeting(workspace, building.place),
        campaigns=tuple((one.campaign, figure) for one in rolls if (figure := one.progress(building)).denominator),
    )


WARMTH: Final = ((7, 5), (14, 4), (30, 3), (60, 2))
"""Days since somebody was met, up to which a door has which warmth; longer ago it has 1."""


def warmth(days: int | None) -> int:
    """How warm a door is on the heat map of its building, from 5 (met this week) to 1; 0 where nobody was ever met."""
    return 0 if days is None else next((warm for most, warm in WARMTH if days <= most), 1)


def floor_of(room: str) -> int | None:
    """The storey that a room's number tells: 502 the fifth, 1203 the twelfth; a house number tells none."""
    if not (room.isascii() and room.isdecimal() and 3 <= len(room) <= 4):
        return None
    return int(room) // _STOREY or None


def _walk(row: Row) -> tuple[object, ...]:
    return walk_key(address_of(row))


def _door(workspace: Workspace, row: Row, met: str, needs: Iterable[Row]) -> Door:
    place = address_of(row)
    return Door(
        household=row.id,
        unit=place.unit,
        room=place.room,
        head=display_value(row, "head"),
        level=row.plain("care_level") or visit_rhythm.ORDINARY,
        floor=floor_of(place.room) if place.building else None,
        empty=row.plain("housing") == "vacant",
        days=(workspace.today - workspace.today.fromisoformat(met)).days if met else None,
        needs=sum(one.plain("household") == row.id for one in needs),
    )


def _open_needs(workspace: Workspace, homes: tuple[Id, ...]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(homes), _MANY):
        some = homes[start : start + _MANY]
        where = f"closed_on is null and household in ({','.join('?' * len(some))})"
        found += queries.where(workspace.connection, "need", where, some)
    return [one for one in found if need_states.is_open(one.values)]


def _carers(workspace: Workspace, place: Place) -> list[Line]:
    """Those of this building, then those of its whole estate; whose time is over is left out."""
    found: list[tuple[bool, Row]] = []
    for name in ("captain", "paired_unit", "cadre"):
        for row in queries.every(workspace.connection, name):
            theirs = clean_building(row.plain("building"))
            over = str(row.plain("until_on") or "9") < workspace.today.isoformat()
            if clean_estate(row.plain("estate")) == place[0] and theirs in {"", place[1]} and not over:
                found.append((not theirs, row))
    return [affairs.line_of(workspace, row) for _whole, row in sorted(found, key=lambda one: one[0])]


def _last_meeting(workspace: Workspace, place: Place) -> Line | None:
    condition = "(estate = ? or estate is null) and held_at < ?"
    values = (place[0], workspace.today.isoformat() + "~")
    held = queries.where(workspace.connection, "meeting", condition, values, "held_at desc")
    return affairs.line_of(workspace, held[0]) if held else None
