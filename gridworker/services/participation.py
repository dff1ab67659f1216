"""参与: who was visited, took part, proposed, voted and volunteered, by age group or building, with a trend by month.

Counted are people on the roster, each once: a name on a list that is no resident here counts in no share, it is told.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import residence
from gridworker.domain.rules.community import AGE_GROUPS, age_group
from gridworker.domain.values import split_multi
from gridworker.i18n import _
from gridworker.reports.statistics import Figure
from gridworker.services import buildings, named_refs
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row

MEASURES: Final = {"visited": "走访", "attended": "参加", "proposed": "提议", "voted": "表决", "volunteered": "志愿"}
"""By name of a number: its heading. Each is people of whom it is true, of the residents of the group."""
AGE, BUILDING, ATTENDED = "age", "building", "attended"
"""By what the groups are made: ages, buildings, or buildings with the ages of those who came."""
_YOUNGER: Final = ("children", "youths", "adults")
_MONTHS: Final = 12
_ROLES: Final = {"表决": "voted", "志愿服务": "volunteered", "发起": "proposed"}

Record = tuple[str, Id]
"""Ledger and id of what a number was counted from."""


@dataclass(slots=True)
class Group:
    """The numbers of an age group or building, and by number the records they come from."""

    label: str
    residents: int = 0
    people: defaultdict[str, set[Id]] = field(default_factory=lambda: defaultdict(set))
    records: defaultdict[str, dict[Record, None]] = field(default_factory=lambda: defaultdict(dict))
    of: Counter[str] = field(default_factory=Counter)
    """By age group: how many of the residents are of it."""

    def figure(self, name: str) -> Figure:
        """People of whom it is true, of all residents of the group, or of those of an age."""
        return Figure(len(self.people[name]), self.of[name] if name in AGE_GROUPS else self.residents)

    def share(self, name: str) -> str:
        """The same in a few characters; — where nobody lives."""
        figure = self.figure(name)
        return f"{figure.numerator}/{figure.denominator}" if figure.denominator else "—"


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


def measures(by: str) -> Mapping[str, str]:
    """By name of a number its heading, as groups are made: five things people do, or the ages of those who came."""
    return {name: name for name in AGE_GROUPS} if by == ATTENDED else MEASURES


def read(workspace: Workspace, by: str = AGE) -> Participation:
    """The numbers of the twelve months up to today."""
    months = _months(workspace.today)
    residents = {
        row.id: row for row in queries.every(workspace.connection, "resident") if not residence.has_left(row.values)
    }
    ages = {id: _group(str(row.plain("birth") or ""), workspace.today) for id, row in residents.items()}
    places = _by_building(workspace) if by != AGE else None
    keys = {id: places(row) if places else ages[id] for id, row in residents.items()}
    groups = {key: Group(key) for key in (AGE_GROUPS if by == AGE else ())}
    for id, key in keys.items():
        group = groups.setdefault(key, Group(key))
        group.residents += 1
        group.of[ages[id]] += 1
    unknown = 0
    for measure, resident, record in _deeds(workspace, residents, months[0]):
        if by == ATTENDED and measure != "attended":
            continue
        if resident not in keys:
            unknown += 1
            continue
        name = ages[resident] if by == ATTENDED else measure
        groups[keys[resident]].people[name].add(resident)
        groups[keys[resident]].records[name][record] = None
    order = [one.name for one in buildings.every(workspace)] if by != AGE else []
    shown = sorted(groups.values(), key=lambda one: order.index(one.label) if one.label in order else -1)
    return Participation(tuple(shown), unknown, months, tuple(_younger(workspace, one) for one in months))


def _months(today: date) -> tuple[str, ...]:
    last = today.year * 12 + today.month - 1
    return tuple(f"{one // 12}-{one % 12 + 1:02}" for one in range(last - _MONTHS + 1, last + 1))


def attendance(workspace: Workspace, row: Row) -> dict[str, list[Id]]:
    """By age group: the entries of the list of a meeting or activity, by what they say or the resident's birth."""
    meant = [row.id, row.plain(named_refs.name_field(ledger(row.ledger))) or ""]
    some = queries.where(workspace.connection, "participant", f"{row.ledger} in (?, ?)", meant, "name, id")
    known = queries.by_ids(
        workspace.connection, "resident", [id for one in some if isinstance(id := one.plain("resident"), int)]
    )
    found: dict[str, list[Id]] = {name: [] for name in AGE_GROUPS}
    for one in some:
        person = known.get(one.plain("resident"))
        birth = str(person.plain("birth") or "") if person else ""
        group = one.plain("age_group") or _group(birth, _held_on(row, workspace.today))
        found.setdefault(group, []).append(one.id)
    return {name: ids for name, ids in found.items() if ids}


def _held_on(row: Row, today: date) -> date:
    try:
        return date.fromisoformat(str(row.plain("held_at") or "")[:10])
    except ValueError:
        return today


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
