"""专项行动: how doors, people and buildings stand in a campaign, and one key to say so."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from gridworker.store import lists, queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

STATES: Final = (DONE, TO_DO, NOT_CONCERNED, REFUSED)
"""In the order of their keys: 1 … 4."""
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


def states(workspace: Workspace, campaign: Campaign, building: Building) -> dict[Id, str]:
    """By household: how its door stands; 未做 while nothing was said, or something is left to do for its people."""
    told = _told(workspace, campaign)
    found = {}
    for home, subjects in _subjects(workspace, campaign, building).items():
        some = {told.get(one, TO_DO) for one in subjects}
        found[home] = next(one for one in (TO_DO, DONE, REFUSED, NOT_CONCERNED) if one in some)
    return found


def progress(workspace: Workspace, campaign: Campaign, some: Sequence[Building]) -> list[Figure]:
    """By building 已做 of all that the campaign concerns there: 不适用 counts nowhere."""
    told = _told(workspace, campaign)
    return [_progress(told, _subjects(workspace, campaign, one)) for one in some]


def _progress(told: Mapping[Subject, str], subjects: Mapping[Id, tuple[Subject, ...]]) -> Figure:
    every = {one for some in subjects.values() for one in some}
    concerned = [state for one in every if (state := told.get(one, TO_DO)) != NOT_CONCERNED]
    return Figure(concerned.count(DONE), len(concerned))


def mark(workspace: Workspace, campaign: Campaign, building: Building, home: Id, state: str) -> Done:
    """Say how a door stands: of each of its people where people are asked, of the house where houses are."""
    known = _entries(workspace, campaign)
    subjects = _subjects(workspace, campaign, building).get(home, ())
    changes = [
        _change(workspace, _known(workspace, campaign, building, home, one), known.get(one), state) for one in subjects
    ]
    return undoing.write(workspace, "set", *changes)


def entry_of(workspace: Workspace, campaign: Campaign, building: Building, home: Id) -> Id:
    """The first record of a door in a campaign, where its own columns are filled in; 0 for none."""
    known = _entries(workspace, campaign)
    found = [known[one] for one in _subjects(workspace, campaign, building).get(home, ()) if one in known]
    return found[0] if found else 0


def _campaign(row: Row) -> Campaign:
    words = str(row.plain("columns") or "").replace("，", "、").replace(",", "、").replace("\n", "、").split("、")
    columns = tuple(one.strip() for one in words if one.strip())
    return Campaign(row.id, row.plain("name") or "", row.plain("target") or "", row.plain("estate") or "", columns)


def _entries(workspace: Workspace, campaign: Campaign) -> dict[Subject, Id]:
    """The record of each subject; of two that say something of the same, the later made."""
    return {subject: id for subject, id, _state in _lines(workspace, campaign)}


def _told(workspace: Workspace, campaign: Campaign) -> dict[Subject, str]:
    return {subject: state for subject, _id, state in _lines(workspace, campaign)}


def _lines(workspace: Workspace, campaign: Campaign) -> Iterator[tuple[Subject, Id, str]]:
    """What each record of a campaign is about, its id and state, in the order of their making."""
    names = ("campaign", "household", "resident", "estate", "building", "state")
    for id, of, home, resident, estate, house, state in queries.plain_columns(
        workspace.connection, "campaign_entry", names
    ):
        if of == campaign.id:
            by_target: dict[str, Subject] = {
                _PEOPLE: ("resident", resident), _HOUSES: ("building", (estate or "", house or "")),
            }  # fmt: skip
            yield by_target.get(campaign.target, ("household", home)), id, state or TO_DO


def _subjects(workspace: Workspace, campaign: Campaign, building: Building) -> dict[Id, tuple[Subject, ...]]:
    """By household: what a campaign asks behind its door."""
    if campaign.target == _HOUSES:
        return dict.fromkeys(building.homes, (("building", building.place),))
    if campaign.target != _PEOPLE:
        return {home: (("household", home),) for home in building.homes}
    found: dict[Id, tuple[Subject, ...]] = {}
    for one in _staying(lists.residents_in(workspace.connection, building.homes)):
        found[one.plain("household")] = (*found.get(one.plain("household"), ()), ("resident", one.id))
    return found


def _staying(rows: Iterable[Row]) -> list[Row]:
    return [one for one in rows if not residence.has_left(one.values)]


def blank(workspace: Workspace, campaign: Campaign, building: Building, home: Id) -> dict[str, Value]:
    """What is known of the record of a door before anything is said."""
    some = _subjects(workspace, campaign, building).get(home, ())
    return _known(workspace, campaign, building, home, some[0] if some else ("household", home))


def _change(workspace: Workspace, given: dict[str, Value], known: Id | None, state: str) -> Change:
    patch: dict[str, Value] = {"state": state, "done_on": workspace.today.isoformat() if state != TO_DO else None}
    if workspace.worker:
        patch["worker"] = workspace.worker
    return Change(ledger("campaign_entry"), patch if known else {**given, **patch}, known or 0)


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
