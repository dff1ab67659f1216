"""专项行动: how doors, people and buildings stand in a campaign, and one key to say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import residence
from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO
from gridworker.domain.versions.entries import Value
from gridworker.reports.statistics import Figure
from gridworker.services import undoing
from gridworker.services.buildings import Building
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change, Written
from gridworker.store.rows import Row

STATES: Final = (DONE, TO_DO, NOT_CONCERNED, REFUSED)
"""In the order of their keys: 1 … 4."""
_DOOR_FIRST: Final = (TO_DO, DONE, REFUSED, NOT_CONCERNED)
"""What a door shows that stands for several people: the first that is true of one of them."""
_OVER: Final = "已结束"
_PEOPLE, _HOUSES = "居民", "楼栋"

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
    rows = queries.every(workspace.connection, "campaign", "from_on desc, id desc")
    return [_campaign(row) for row in rows if row.plain("state") != _OVER]


class Roll:
    """What is said of every door, person or building in a campaign: read once, then renewed by the records changed."""

    def __init__(self, workspace: Workspace, campaign: Campaign) -> None:
        self.campaign = campaign
        self._workspace = workspace
        self._told: dict[Subject, dict[Id, str]] = {}
        self._people: dict[Id, list[Id]] = {}
        self._read("campaign = ?", campaign.id)
        if campaign.target == _PEOPLE:
            names = ("household", "residence")
            for id, home, residence_now in queries.plain_columns(workspace.connection, "resident", names):
                if not residence.has_left({"residence": residence_now}):
                    self._people.setdefault(home, []).append(id)

    def renew(self, entries: Sequence[Id]) -> None:
        """Read some records anew, those that are gone now among them."""
        for told in self._told.values():
            for id in entries:
                told.pop(id, None)
        self._read(f"campaign = ? and id in ({','.join('?' * len(entries))})", self.campaign.id, *entries)

    def states(self, building: Building) -> dict[Id, str]:
        """By household: how its door stands; 未做 while nothing was said, or something is left to do for its people."""
        found = {}
        for home in building.homes:
            some = {self._state(one) for one in self.asked(building, home)}
            found[home] = next((one for one in _DOOR_FIRST if one in some), TO_DO)
        return found

    def progress(self, building: Building) -> Figure:
        """已做 of all that the campaign concerns in a building: 不适用 counts nowhere."""
        every = {one for home in building.homes for one in self.asked(building, home)}
        concerned = [state for one in every if (state := self._state(one)) != NOT_CONCERNED]
        return Figure(concerned.count(DONE), len(concerned))

    def asked(self, building: Building, home: Id) -> tuple[Subject, ...]:
        """What the campaign asks behind a door: the house itself, its people, or the whole building."""
        if self.campaign.target == _HOUSES:
            return (("building", building.place),)
        if self.campaign.target == _PEOPLE:
            return tuple(("resident", one) for one in self._people.get(home, ()))
        return (("household", home),)

    def entry(self, subject: Subject) -> Id:
        """The record of a subject, of several the one with the highest id; 0 for none."""
        return max(self._told.get(subject, ()), default=0)

    def _state(self, subject: Subject) -> str:
        told = self._told.get(subject)
        return told[max(told)] if told else TO_DO

    def _read(self, where: str, *values: Id) -> None:
        names = ("household", "resident", "estate", "building", "state")
        for id, home, resident, estate, house, state in queries.plain_columns(
            self._workspace.connection, "campaign_entry", names, where, values
        ):
            by_target: dict[str, Subject] = {
                _PEOPLE: ("resident", resident), _HOUSES: ("building", (estate or "", house or "")),
            }  # fmt: skip
            subject = by_target.get(self.campaign.target, ("household", home))
            self._told.setdefault(subject, {})[id] = state or TO_DO


def entries_in(changes: object) -> list[Id]:
    """The records of campaigns that a deed changed, if it changed nothing else."""
    changed = changes.changed if isinstance(changes, Written) else []
    return [id for name, id, _fields in changed] if all(one[0] == "campaign_entry" for one in changed) else []


def mark(workspace: Workspace, roll: Roll, building: Building, home: Id, state: str) -> Done:
    """Say how a door stands: of each of its people where people are asked, of the house where houses are."""
    changes = []
    for subject in roll.asked(building, home):
        patch: dict[str, Value] = {"state": state, "done_on": workspace.today.isoformat() if state != TO_DO else None}
        if workspace.worker:
            patch["worker"] = workspace.worker
        known = roll.entry(subject)
        given = {} if known else _known(workspace, roll.campaign, building, home, subject)
        changes.append(Change(ledger("campaign_entry"), {**given, **patch}, known))
    return undoing.write(workspace, "set", *changes)


def entry_of(roll: Roll, building: Building, home: Id) -> Id:
    """The first record of a door in a campaign, where its own columns are filled in; 0 for none."""
    return next((id for one in roll.asked(building, home) if (id := roll.entry(one))), 0)


def _campaign(row: Row) -> Campaign:
    words = str(row.plain("columns") or "").replace("，", "、").replace(",", "、").replace("\n", "、").split("、")
    columns = tuple(one.strip() for one in words if one.strip())
    return Campaign(row.id, row.plain("name") or "", row.plain("target") or "", row.plain("estate") or "", columns)


def blank(workspace: Workspace, roll: Roll, building: Building, home: Id) -> dict[str, Value]:
    """What is known of the record of a door before anything is said."""
    subject = next(iter(roll.asked(building, home)), ("household", home))
    return _known(workspace, roll.campaign, building, home, subject)


def _known(
    workspace: Workspace, campaign: Campaign, building: Building, home: Id, subject: Subject
) -> dict[str, Value]:
    row = workspace.row("household", home)
    given: dict[str, Value] = {
        "campaign": campaign.id, "grid": row.plain("grid") if row else None,
        "estate": building.place[0] or None, "building": building.place[1] or None,
    }  # fmt: skip
    if subject[0] != "building":
        given["household"] = home
    if subject[0] == "resident" and isinstance(subject[1], int):
        given["resident"] = subject[1]
    return given
