"""The list of households: ids by what was typed and by what matters, lines for those on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.text.address import format_address
from gridworker.services import due
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store import search as index

ALL: Final = "all"
WATCHED: Final = "watched"
DUE: Final = "due"
NEEDS: Final = "needs"
EMPTY: Final = "empty"
_WHERE: Final = {
    ALL: "1",
    WATCHED: "care_level in ('red', 'yellow')",
    NEEDS: "id in (select household from need where closed_on is null and (_deleted is null or _deleted = 0))",
    EMPTY: "housing = 'vacant'",
}


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One household of the list; `visit` is time, mode and outcome of the latest visit, or nothing."""

    id: Id
    head: str
    address: str
    level: str
    tags: str
    visit: tuple[str, str, str] | None
    open_needs: int


def ids(workspace: Workspace, which: str = ALL, typed: str = "") -> list[Id]:
    """The households of a filter, or those that a typed name, pinyin, address or number means."""
    if which == DUE:
        chosen = [one.household for one in due.due_visits(workspace, workspace.today)]
    else:
        chosen = lists.household_ids(workspace.connection, _WHERE[which])
    if not typed.strip():
        return chosen
    found = meant(workspace, typed)
    return [id for id in chosen if id in found]


def meant(workspace: Workspace, typed: str) -> set[Id]:
    """The households that a query finds, by themselves or by one of their people; at most some two hundred."""
    found = index.find(workspace.connection, typed.strip())
    residents = [one.id for one in found if one.ledger == "resident"]
    return {one.id for one in found if one.ledger == "household"} | set(lists.homes_of(workspace.connection, residents))


def lines(workspace: Workspace, wanted: Sequence[Id]) -> list[HomeLine]:
    """The lines of some households, in the order asked for."""
    rows = queries.by_ids(workspace.connection, "household", wanted)
    visits = lists.last_visits(workspace.connection, wanted)
    needs = lists.open_need_counts(workspace.connection, wanted)
    return [
        HomeLine(
            id,
            display_value(row, "head"),
            format_address(address_of(row)),
            row.plain("care_level") or "normal",
            display_value(row, "tags"),
            visits.get(id),
            needs.get(id, 0),
        )
        for id in wanted
        if (row := rows.get(id))
    ]


def counts(workspace: Workspace) -> dict[str, int]:
    """How many households each filter holds; who is due is asked only where one person could walk there."""
    found = {which: lists.household_count(workspace.connection, where) for which, where in _WHERE.items()}
    if found[ALL] <= lists.WALKED:
        found[DUE] = len(due.rhythm(workspace).due_by(workspace.today))
    return {which: found[which] for which in (ALL, DUE, WATCHED, NEEDS, EMPTY) if which in found}
