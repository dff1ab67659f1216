"""入户走访登记表: the households of a building in the order of their doors, with room to write by hand."""

from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.rules import visit_rhythm
from gridworker.domain.text.address import format_address, walk_key
from gridworker.services import papers
from gridworker.services.naming import address_of, display_value
from gridworker.services.papers import Paper
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_LEVELS = {"red": "红", "yellow": "黄", "green": "绿"}


@dataclass(frozen=True, slots=True)
class Building:
    """A building of an estate, or a village group without buildings."""

    estate: str
    building: str
    households: int

    @property
    def label(self) -> str:
        """金江西苑3栋."""
        return f"{self.estate}{self.building}栋" if self.building else self.estate


def buildings(workspace: Workspace) -> list[Building]:
    """Every building with how many households it has, along the way."""
    found: dict[tuple[str, str], int] = {}
    for row in _homes(workspace):
        address = address_of(row)
        found[address.estate, address.building] = found.get((address.estate, address.building), 0) + 1
    return [Building(*place, count) for place, count in found.items()]


def building_of(workspace: Workspace, household: Id) -> tuple[str, str]:
    """Estate and building of a household; empty for none."""
    row = workspace.row("household", household) if household else None
    return (address_of(row).estate, address_of(row).building) if row else ("", "")


def blank_form(workspace: Workspace, building: Building) -> Paper:
    """The form of one building, to fill in at the doors."""
    words = papers.form("visit_form")
    columns = words["columns"]
    place = words["place"].format(place=building.label, count=building.households)
    homes = [row for row in _homes(workspace) if _stands_in(row, building)]
    met = queries.last_met(workspace.connection, workspace.today.isoformat(), visit_rhythm.counting_modes(calls=True))
    rows = [
        papers.table_row(
            columns, _values(row, number, _day(met.get(row.id, ""), workspace.today.year)), words["height"]
        )
        for number, row in enumerate(homes, 1)
    ]
    sign = [text.format(worker=workspace.store.author) for text in words["sign"]]
    date = words["date"].format(date=workspace.today.isoformat())
    unit = words["unit"].format(unit=unit_name(workspace))
    return Paper(
        name=f"{words['title']}_{building.label}",
        head=(papers.title(words["title"]), papers.line(unit, place, date), papers.headings(columns)),
        rows=(*rows, papers.line(*sign)),
        foot=words["foot"],
        logged=f"visit_form {len(homes)}",
        landscape=True,
    )


def _homes(workspace: Workspace) -> list[Row]:
    return sorted(queries.every(workspace.connection, "household"), key=lambda row: walk_key(address_of(row)))


def _stands_in(row: Row, building: Building) -> bool:
    address = address_of(row)
    return (address.estate, address.building) == (building.estate, building.building)


def _day(iso: str, year: int) -> str:
    """11-16, with its year when that is another one."""
    return iso.removeprefix(f"{year}-")


def _values(row: Row, number: int, last_met: str) -> dict[str, str]:
    address = address_of(row)
    return {
        "number": str(number),
        "door": format_address(address, short=True) or format_address(address),
        "head": display_value(row, "head"),
        "level": _LEVELS.get(str(row.plain("care_level")), ""),
        "last_met": last_met,
    }
