"""包保 counted: visits made and needs settled in the households a unit or cadre is paired with, while they were."""

from collections.abc import Collection, Iterator
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

    homes: int
    visits: tuple[Id, ...]
    accompanied: tuple[Id, ...]
    """Those of the visits at which they were along themselves."""
    settled: tuple[Id, ...]

    @property
    def words(self) -> str:
        """The numbers in a line of a list."""
        told = _("走访 {visits} 次 · 陪同 {along} 次 · 解决 {settled} 件")
        return told.format(visits=len(self.visits), along=len(self.accompanied), settled=len(self.settled))


def of_row(workspace: Workspace, row: Row) -> Paired | None:
    """The numbers of a unit or cadre; None for one that is paired with no place."""
    place = (clean_estate(row.plain("estate")), clean_building(row.plain("building")))
    if not place[0]:
        return None
    connection, today = workspace.connection, workspace.today.isoformat()
    first, last = str(row.plain("from_on") or ""), min(str(row.plain("until_on") or today), today)
    found = places.visits(connection, place, first, last)
    names = set(_people(workspace, row))
    return Paired(
        homes=places.home_count(connection, *place),
        visits=tuple(id for id, _companion in found),
        accompanied=tuple(id for id, companion in found if _is_named(names, companion)),
        settled=tuple(places.closed_needs(connection, place, first, last)),
    )


def words(workspace: Workspace, ledger_name: str) -> dict[Id, str]:
    """By unit or cadre: the numbers, for the list of them."""
    some = ((row.id, of_row(workspace, row)) for row in queries.every(workspace.connection, ledger_name))
    return {id: found.words for id, found in some if found}


def _people(workspace: Workspace, row: Row) -> Iterator[str]:
    """By whose name somebody is known to have come along: a cadre by his, a unit by its own and by its people's."""
    yield from (str(name) for name in (row.plain("name"), row.plain("leader")) if name)
    if row.ledger == "paired_unit":
        meant = [row.id, row.plain("name") or ""]
        for cadre in queries.where(workspace.connection, "cadre", "paired_unit in (?, ?)", meant):
            yield from filter(None, [cadre.plain("name")])


def _is_named(names: Collection[str], companion: str) -> bool:
    return any(name in companion for name in names)
