"""包保 counted: visits made and needs settled in the households a unit or cadre is paired with, while they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.text.address import clean_building, clean_estate
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import places, queries
from gridworker.store.rows import Row

LEDGERS: Final = ("paired_unit", "cadre")


@dataclass(frozen=True, slots=True)
class Paired:
    """What was done where somebody is paired: every number with its records, the latest first."""

    visits: tuple[Id, ...]
    accompanied: tuple[Id, ...]
    """Those of the visits at which they were along themselves."""
    settled: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class _Pairing:
    """Where and when somebody is paired, and by whose names they are known to have come along."""

    place: tuple[str, str]
    first: str
    last: str
    names: frozenset[str]

    def is_along(self, companion: str) -> bool:
        return any(name in companion for name in self.names)


def of_row(workspace: Workspace, row: Row) -> Paired | None:
    """The numbers of a unit or cadre; None for one that is paired with no place."""
    pairing = _pairing(workspace, row)
    if pairing is None:
        return None
    when = (pairing.place, pairing.first, pairing.last)
    found = places.visits(workspace.connection, *when)
    return Paired(
        visits=tuple(id for id, _companion in found),
        accompanied=tuple(id for id, companion in found if pairing.is_along(companion)),
        settled=tuple(places.closed_needs(workspace.connection, *when)),
    )


def words(workspace: Workspace, ledger_name: str) -> dict[Id, str]:
    """By unit or cadre: the numbers, for the list of them."""
    some = ((row.id, _pairing(workspace, row)) for row in queries.every(workspace.connection, ledger_name))
    return {id: _words(workspace, pairing) for id, pairing in some if pairing}


def _words(workspace: Workspace, pairing: _Pairing) -> str:
    when = (pairing.place, pairing.first, pairing.last)
    came = places.companions(workspace.connection, *when)
    return _("走访 {visits} 次 · 陪同 {along} 次 · 解决 {settled} 件").format(
        visits=sum(count for _name, count in came),
        along=sum(count for name, count in came if pairing.is_along(name)),
        settled=len(places.closed_needs(workspace.connection, *when)),
    )


def _pairing(workspace: Workspace, row: Row) -> _Pairing | None:
    place = (clean_estate(row.plain("estate")), clean_building(row.plain("building")))
    if not place[0]:
        return None
    today = workspace.today.isoformat()
    last = min(str(row.plain("until_on") or today), today)
    return _Pairing(place, str(row.plain("from_on") or ""), last, frozenset(_people(workspace, row)))


def _people(workspace: Workspace, row: Row) -> Iterator[str]:
    """By whose name somebody is known to have come along: a cadre by his, a unit by its own and by its people's."""
    yield from (str(name) for name in (row.plain("name"), row.plain("leader")) if name)
    if row.ledger == "paired_unit":
        meant = [row.id, row.plain("name") or ""]
        for cadre in queries.where(workspace.connection, "cadre", "paired_unit in (?, ?)", meant):
            yield from filter(None, [cadre.plain("name")])
