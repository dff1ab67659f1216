"""参与: who was visited, took part, proposed, voted and volunteered, by age group or building, with a trend by month.

Counted are people on the roster, each once: a name on a list that is no resident here counts in no share, it is told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import residence
from gridworker.domain.rules.community import AGE_GROUPS, age_group
from gridworker.domain.values import split_multi
from gridworker.i18n import _
from gridworker.reports.statistics import Figure
from gridworker.services import buildings
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row

MEASURES: Final = {"visited": "走访", "attended": "参加", "proposed": "提议", "voted": "表决", "volunteered": "志愿"}
"""By name of a number: its heading. Each is people of whom it is true, of the residents of the group."""
AGE, BUILDING = "age", "building"
_YOUNGER: Final = ("children", "youths", "adults")
_MONTHS: Final = 12
_ROLES: Final = {"表决": "voted", "志愿服务": "volunteered"}

Record = tuple[str, Id]
"""Ledger and id of what a number was counted from."""


@dataclass(slots=True)
class Group:
    """The numbers of an age group or building, and by number the records they come from."""

    label: str
    residents: int
    people: dict[str, set[Id]] = field(default_factory=lambda: {name: set() for name in MEASURES})
    records: dict[str, dict[Record, None]] = field(default_factory=lambda: {name: {} for name in MEASURES})

    def figure(self, name: str) -> Figure:
        """People of whom it is true, of all residents of the group."""
        return Figure(len(self.people[name]), self.residents)

    def share(self, name: str) -> str:
        """The same in a few characters; — where nobody lives."""
        return f"{len(self.people[name])}/{self.residents}" if self.residents else "—"


@dataclass(frozen=True, slots=True)
class Participation:
    """Groups of the last twelve months; by month those under 60 of all who came to activities."""

    groups: tuple[Group, ...]
    unknown: int
    """Entries of lists that name nobody on the roster."""
    months: tuple[str, ...]
    younger: tuple[Figure, ...]

    def younger_in_all(self) -> Figure:
        """The same over all months."""
        return Figure(sum(one.numerator for one in self.younger), sum(one.denominator or 0 for one in self.younger))


def read(workspace: Workspace, by: str = AGE) -> Participation:
    """The numbers of the twelve months up to today."""
    months = _months(workspace.today)
    residents = {
        row.id: row for row in queries.every(workspace.connection, "resident") if not residence.has_left(row.values)
    }
    key_of = _by_age(workspace) if by == AGE else _by_building(workspace)
    keys = {id: key_of(row) for id, row in residents.items()}
    groups = {key: Group(key, 0) for key in ([*AGE_GROUPS] if by == AGE else [])}
    for key in keys.values():
        groups.setdefault(key, Group(key, 0)).residents += 1
    unknown = 0
    for measure, resident, record in _deeds(workspace, residents, months[0]):
        if resident not in keys:
            unknown += 1
            continue
        groups[keys[resident]].people[measure].add(resident)
        groups[keys[resident]].records[measure][record] = None
    order = [one.name for one in buildings.every(workspace)] if by == BUILDING else []
    shown = sorted(groups.values(), key=lambda one: order.index(one.label) if one.label in order else -1)
    return Participation(tuple(shown), unknown, months, tuple(_younger(workspace, one) for one in months))


def _months(today: date) -> tuple[str, ...]:
    last = today.year * 12 + today.month - 1
    return tuple(f"{one // 12}-{one % 12 + 1:02}" for one in range(last - _MONTHS + 1, last + 1))


def _by_age(workspace: Workspace) -> Callable[[Row], str]:
    return lambda row: _group(str(row.plain("birth") or ""), workspace.today)


def _group(birth: str, today: date) -> str:
    try:
        return age_group(date.fromisoformat(birth), today)
    except ValueError:
        return _("年龄不详")


def _by_building(workspace: Workspace) -> Callable[[Row], str]:
    names = {home: one.name for one in buildings.every(workspace) for home in one.homes}
    return lambda row: names.get(row.plain("household"), _("（未写地址）"))


def _deeds(workspace: Workspace, residents: Mapping[Id, Row], since: str) -> Iterator[tuple[str, Id, Record]]:
    """Number, resident (0 for nobody known) and record of everything somebody did from a month on."""
    connection, day = workspace.connection, workspace.today.isoformat()
    met = {home for _on, home, outcome in lists.visits_in(connection, since, day) if outcome == "met"}
    known = {}
    for id, row in residents.items():
        home = row.plain("household")
        known[home, row.plain("name")] = id
        if home in met:
            yield "visited", id, ("household", home)
    for topic in queries.between(connection, "topic", "raised_on", since, day):
        if topic.plain("raised_by"):
            yield "proposed", known.get((topic.plain("household"), topic.plain("raised_by")), 0), ("topic", topic.id)
    held = {
        row.id for name in ("meeting", "activity") for row in queries.between(connection, name, "held_at", since, day)
    }
    for one in queries.every(connection, "participant"):
        if {one.plain("meeting"), one.plain("activity")} & held:
            id = one.plain("resident") or known.get((one.plain("household"), one.plain("name")), 0)
            roles = [_ROLES[role] for role in split_multi(one.plain("role")) if role in _ROLES]
            for measure in ("attended", *roles):
                yield measure, id, ("participant", one.id)


def _younger(workspace: Workspace, month: str) -> Figure:
    """Those under 60 of all whose age group was counted at the activities of a month."""
    held = queries.between(workspace.connection, "activity", "held_at", month, month)
    counted = [sum(int(one.plain(name) or 0) for one in held) for name in (*_YOUNGER, "elders")]
    return Figure(sum(counted[:-1]), sum(counted))
