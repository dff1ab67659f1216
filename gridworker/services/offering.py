"""服务查找: who in the community offers what a need asks for (政策解读, 法律援助, 就业培训, 矛盾调解 …)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import SERVICES
from gridworker.domain.values import split_multi
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.naming import display_value
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

OFFERING: Final = ("organisation", "paired_unit", "cadre", "facility")
"""Ledgers of those who offer something."""
_AWAY: Final = frozenset({"名存实亡", "筹备", "未成立", "停用"})
"""States in which nobody is there to take anything up."""
_TOLD: Final = ("estate", "building", "place", "duty", "open_at", "leader", "contact")


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody a need can be handed to: what they offer, and where they are."""

    ledger: str
    id: Id
    name: str
    services: tuple[str, ...]
    second: str
    fits: bool
    """Whether they offer the service asked for."""


def offers(workspace: Workspace, service: str = "", typed: str = "") -> list[Offer]:
    """Those who offer a service first, all others after them; every typed word stands in what is told of them."""
    words = typed.casefold().split()
    resources = _resources(workspace)
    found = [
        one
        for name in OFFERING
        for row in queries.every(workspace.connection, name)
        if _is_there(workspace, row) and _says(one := _offer(workspace, row, resources.get(row.id, []), service), words)
    ]
    return sorted(found, key=lambda one: (not one.fits, OFFERING.index(one.ledger), one.name))


def _offer(workspace: Workspace, row: Row, resources: list[str], service: str) -> Offer:
    told = [display_value(row, name) for name in _TOLD if name in ledger(row.ledger).by_name]
    services = tuple(split_multi(row.plain("services")))
    offered = {*services, *(one for one in SERVICES if any(one in text for text in resources))}
    unit = row.plain("paired_unit") if row.ledger == "cadre" else None
    if isinstance(unit, int):
        told.insert(0, naming.title(workspace, ledger("paired_unit"), unit))
    parts = [_("、").join(map(_, services)), *resources, *told]
    name = display_value(row, "name")
    return Offer(row.ledger, row.id, name, services, " · ".join(dict.fromkeys(filter(None, parts))), service in offered)


def _is_there(workspace: Workspace, row: Row) -> bool:
    until = row.plain("until_on")
    is_over = isinstance(until, str) and until < workspace.today.isoformat()
    return not is_over and row.plain("state") not in _AWAY


def _says(one: Offer, words: Iterable[str]) -> bool:
    told = f"{one.name} {one.second}".casefold()
    return all(word in told for word in words)


def _resources(workspace: Workspace) -> dict[Id, list[str]]:
    """By unit or organisation: the names of what they can give."""
    found: dict[Id, list[str]] = {}
    for row in queries.every(workspace.connection, "resource"):
        for owner in _owners(row):
            found.setdefault(owner, []).append(display_value(row, "name"))
    return found


def _owners(row: Row) -> Iterator[Id]:
    for name in ("paired_unit", "organisation"):
        owner = row.plain(name)
        if isinstance(owner, int):
            yield owner
