"""专项行动: the campaigns that go on, and how every door, person or building stands in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.rules import residence
from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO
from gridworker.domain.text.address import clean_building, clean_estate
from gridworker.reports.statistics import Figure
from gridworker.services.buildings import Building
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

STATES: Final = (DONE, TO_DO, NOT_CONCERNED, REFUSED)
"""In the order of their keys: 1 … 4."""
UNSETTLED: Final = "不一致"
"""What a door shows of which two records say different things: nothing is guessed, the next key settles it."""
_DOOR_FIRST: Final = (UNSETTLED, TO_DO, DONE, REFUSED, NOT_CONCERNED)
"""What a door shows that stands for several people: the first that is true of one of them."""
PEOPLE, HOUSES = "居民", "楼栋"
"""Whom a campaign asks, if not households."""
_OVER: Final = "已结束"

Subject = tuple[str, object]
"""Field of an entry that names what is asked, and its value."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that goes on: whom it asks, where, and the columns it has of its own."""

    id: Id
    name: str
    target: str
    estate: str
    columns: tuple[str, ...]


def running(workspace: Workspace) -> list[Campaign]:
    """The campaigns that are not over, the latest first."""
    return shown(workspace)


def shown(workspace: Workspace, asked: Id = 0) -> list[Campaign]:
    """Those that go on, and the one that was asked for."""
    rows = queries.every(workspace.connection, "campaign", "from_on desc, id desc")
    return [campaign_of(row) for row in rows if row.plain("state") != _OVER or row.id == asked]


def campaign_of(row: Row) -> Campaign:
    """A campaign with its own columns told apart."""
    words = str(row.plain("columns") or "").replace("，", "、").replace(",", "、").replace("\n", "、").split("、")
    columns = tuple(one.strip() for one in words if one.strip())
    return Campaign(row.id, row.plain("name") or "", row.plain("target") or "", row.plain("estate") or "", columns)


class Roll:
    """What is said of every door, person or building in a campaign: read once, then renewed by the records changed."""

    def __init__(self, workspace: Workspace, campaign: Campaign) -> None:
        self.campaign = campaign
        self._workspace = workspace
        self._told: dict[Subject, dict[Id, str | None]] = {}
        self._people: dict[Id, dict[Id, str]] = {}
        if campaign.target == PEOPLE:
            names = ("household", "name", "residence")
            for id, home, name, stays in queries.plain_columns(workspace.connection, "resident", names):
                if not residence.has_left({"residence": stays}):
                    self._people.setdefault(home, {})[id] = name
        self._read()

    def renew(self, entries: Sequence[Id]) -> None:
        """Read some records anew, those that are gone now among them."""
        for told in self._told.values():
            for id in entries:
                told.pop(id, None)
        self._read(f"id in ({','.join('?' * len(entries))})", *entries)

    def states(self, building: Building) -> dict[Id, str]:
        """By household: how its door stands; 未做 while something is left to do for one of its people."""
        found = {}
        for home in building.homes:
            some = {self.state(one) for one in self.asked(building, home)}
            found[home] = next((one for one in _DOOR_FIRST if one in some), NOT_CONCERNED)
        return found

    def progress(self, building: Building) -> Figure:
        """已做 of all that the campaign concerns in a building: 不适用 counts nowhere."""
        every = {one for home in building.homes for one in self.asked(building, home)}
        concerned = [state for one in every if (state := self.state(one)) != NOT_CONCERNED]
        return Figure(concerned.count(DONE), len(concerned))

    def asked(self, building: Building, home: Id) -> tuple[Subject, ...]:
        """What the campaign asks behind a door: the house itself, its people, or the whole building; of other estates
        nothing.
        """
        if self.campaign.estate not in {"", building.place[0]}:
            return ()
        if self.campaign.target == HOUSES:
            return (("building", building.place),)
        if self.campaign.target == PEOPLE:
            return tuple(("resident", one) for one in self._people.get(home, ()))
        return (("household", home),)

    def entries(self, subject: Subject) -> list[Id]:
        """The records of a subject: ours first, then those that sheets of others brought."""
        return sorted(self._told.get(subject, ()), key=lambda id: (id != self.own_entry(subject), id))

    def own_entry(self, subject: Subject) -> Id:
        """The id that any machine gives the record of a subject: whoever marks the same door speaks of the same."""
        about = subject[1] if isinstance(subject[1], tuple) else (subject[1],)
        return hashed_id("campaign_entry", self.campaign.id, subject[0], *map(str, about))

    def state(self, subject: Subject) -> str:
        """What its records say; 不一致 where they say different things."""
        said = {one for one in self._told.get(subject, {}).values() if one}
        return TO_DO if not said else UNSETTLED if len(said) > 1 else said.pop()

    def _read(self, where: str = "1", *values: Id) -> None:
        names = ("household", "resident", "estate", "building", "state")
        by_name = f"(campaign = ? or campaign = ?) and {where}"
        for id, *about, state in queries.plain_columns(
            self._workspace.connection,
            "campaign_entry",
            names,
            by_name,
            (self.campaign.id, self.campaign.name, *values),
        ):
            self._told.setdefault(self._subject(*about), {})[id] = state

    def _subject(self, home: Id, resident: Id | str | None, estate: str | None, building: str | None) -> Subject:
        """What a record is about; sheets of others name people and write buildings as they like."""
        if self.campaign.target == HOUSES:
            return "building", (clean_estate(estate), clean_building(building))
        if self.campaign.target != PEOPLE:
            return "household", home
        if isinstance(resident, str):
            named = [id for id, name in self._people.get(home, {}).items() if name == resident]
            return "resident", named[0] if len(named) == 1 else (home, resident)
        return "resident", resident
