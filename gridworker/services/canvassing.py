"""专项行动: how doors, people and buildings stand in a campaign, and one key to say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import residence
from gridworker.domain.rules.community import DONE, NOT_CONCERNED, REFUSED, TO_DO
from gridworker.domain.text.address import clean_building, clean_estate
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.reports.statistics import Figure
from gridworker.services import buildings, undoing
from gridworker.services.buildings import Building
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change, Written
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
    rows = queries.every(workspace.connection, "campaign", "from_on desc, id desc")
    return [campaign_of(row) for row in rows if row.plain("state") != _OVER]


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


def entries_in(changes: object) -> list[Id]:
    """The records of campaigns that a deed changed, if it changed nothing else."""
    changed = changes.changed if isinstance(changes, Written) else []
    return [id for name, id, _fields in changed] if all(one[0] == "campaign_entry" for one in changed) else []


def mark(workspace: Workspace, roll: Roll, building: Building, home: Id, state: str) -> Done:
    """Say how a door stands: of each of its people where people are asked, of the house where houses are."""
    patch: dict[str, Value] = {"state": state, "done_on": workspace.today.isoformat() if state != TO_DO else None}
    if workspace.worker:
        patch["worker"] = workspace.worker
    changes = []
    for subject in roll.asked(building, home):
        known = roll.entries(subject)
        new = () if known else (_new(workspace, roll, building, home, subject, patch),)
        changes += [*(Change(ledger("campaign_entry"), patch, id) for id in known), *new]
    return undoing.write(workspace, "set", *changes)


def enrol(workspace: Workspace, roll: Roll, some: Iterable[Building]) -> Written:
    """A record for everything the campaign asks in some buildings, which says nothing yet: a sheet has all lines."""
    lines = {
        one: (building, home) for building in some for home in building.homes for one in roll.asked(building, home)
    }
    new = [_new(workspace, roll, *where, one, {}) for one, where in lines.items() if not roll.entries(one)]
    written = workspace.write("add", *new) if new else Written()
    roll.renew(written.ids)
    return written


def facts(workspace: Workspace, campaign: Id) -> tuple[tuple[str, str], ...]:
    """What stands on the page of a campaign: how many are done of all it concerns."""
    row = workspace.row("campaign", campaign)
    if row is None:
        return ()
    roll = Roll(workspace, campaign_of(row))
    some = [roll.progress(one) for one in buildings.every(workspace)]
    done, whole = sum(one.numerator for one in some), sum(one.denominator or 0 for one in some)
    return ((_("完成进度"), _("已做 {done}，应做 {whole}").format(done=done, whole=whole)),)


def entry_of(roll: Roll, building: Building, home: Id) -> Id:
    """The first record of a door in a campaign, where its own columns are filled in; 0 for none."""
    return next((id for one in roll.asked(building, home) for id in roll.entries(one)), 0)


def campaign_of(row: Row) -> Campaign:
    """A campaign with its own columns told apart."""
    words = str(row.plain("columns") or "").replace("，", "、").replace(",", "、").replace("\n", "、").split("、")
    columns = tuple(one.strip() for one in words if one.strip())
    return Campaign(row.id, row.plain("name") or "", row.plain("target") or "", row.plain("estate") or "", columns)


def blank(workspace: Workspace, roll: Roll, building: Building, home: Id) -> dict[str, Value]:
    """What is known of the record of a door before anything is said."""
    subject = next(iter(roll.asked(building, home)), ("household", home))
    return _known(workspace, roll.campaign, building, home, subject)


def _new(
    workspace: Workspace, roll: Roll, building: Building, home: Id, subject: Subject, patch: dict[str, Value]
) -> Change:
    """The record of a subject, made now or taken back from where it was deleted to."""
    given = {**_known(workspace, roll.campaign, building, home, subject), **patch, DELETED: None}
    return Change(ledger("campaign_entry"), given, roll.own_entry(subject))


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
