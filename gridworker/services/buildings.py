"""The buildings of a grid along a walk: how many doors each has, and how many were met this month."""

from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.text.address import Address, format_address, walk_key
from gridworker.i18n import _
from gridworker.reports.statistics import Figure
from gridworker.services.naming import address_of
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import queries

Place = tuple[str, str]
"""Estate or village group, and building; '' for houses that stand in none."""


_UNASKED: Final = Figure(0, None)


@dataclass(frozen=True, slots=True)
class Building:
    """A building in the list: how many doors, and how many of them were met this month."""

    place: Place
    name: str
    homes: tuple[Id, ...]
    met: Figure = _UNASKED


def every(workspace: Workspace) -> list[Building]:
    """The buildings along a walk."""
    met = met_days(workspace)
    month = workspace.today.isoformat()[:7]
    return [
        replace(one, met=Figure(sum(met.get(id, "")[:7] == month for id in one.homes), len(one.homes)))
        for one in bare(workspace)
    ]


def bare(workspace: Workspace) -> list[Building]:
    """The same without asking who was met."""
    homes: dict[Place, list[Id]] = {}
    for id, estate, building in queries.plain_columns(workspace.connection, "household", ("estate", "building")):
        homes.setdefault((estate or "", building or ""), []).append(id)
    along = sorted(homes, key=lambda place: walk_key(Address(*place)))
    return [Building(place, name_of(place), tuple(homes[place])) for place in along]


def name_of(place: Place) -> str:
    """A building in words: 金江西苑3栋."""
    return format_address(Address(*place)) or _("（未写地址）")


def share(figure: Figure) -> str:
    """A part of a whole: 11 / 14, or — where there is nothing to count."""
    return f"{figure.numerator} / {figure.denominator}" if figure.denominator else "—"


def place_of(workspace: Workspace, household: Id) -> Place | None:
    """The building of a household, or None for one that is not here."""
    row = workspace.row("household", household)
    return (address_of(row).estate, address_of(row).building) if row and not row.deleted else None


def first_home_of(workspace: Workspace, grid: str) -> Id | None:
    """The household with which a walk through a grid (a code) begins."""
    rows = queries.where(workspace.connection, "household", "grid = ?", [grid_id(grid)])
    return min(rows, key=lambda row: (walk_key(address_of(row)), row.id)).id if rows else None


def met_days(workspace: Workspace) -> dict[Id, str]:
    """By household: the day somebody was last met there."""
    modes = visit_rhythm.counting_modes(calls=True)
    return queries.last_met(workspace.connection, workspace.today.isoformat(), modes)
