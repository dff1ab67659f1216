"""A grid gets another worker, or gives doors to another grid: the roster changes, what was written down stays."""

from collections.abc import Iterable
from datetime import date, timedelta

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import walk_key
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.naming import address_of
from gridworker.services.roster import is_there, join_codes, split_codes
from gridworker.services.visit_papers import Building
from gridworker.services.workspace import Workspace, grid_id, worker_code, worker_id
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row


def hand_over(workspace: Workspace, code: str, name: str, since: date) -> None:
    """Give a grid to another worker from a day on; whoever walked it leaves it on the day before. Raises UserError.

    Visits, needs and steps keep who made them, open ones stay with the grid.
    """
    name = name.strip()
    if not name:
        raise UserError("required", _("接手的网格员要有姓名。"), _("补上后再交接。"))
    _known(workspace, code)
    heir = worker_code(code, name)
    changes = [
        Change(ledger("worker"), _left(row, code, since), row.id)
        for row in _walkers(workspace, code, since)
        if row.plain("name") != name
    ]
    if not any(row.plain("name") == name for row in _walkers(workspace, code, since)):
        person: dict[str, Value] = {
            "code": heir, "name": name, "grids": code, "from": since.isoformat(), "until": None,
        }  # fmt: skip
        changes.append(Change(ledger("worker"), person, worker_id(heir)))
    workspace.write("set", *changes)


def buildings(workspace: Workspace, code: str) -> list[tuple[str, list[Id]]]:
    """The buildings and groups of a grid with their households, as one walks."""
    found: dict[str, list[Id]] = {}
    homes = queries.where(workspace.connection, "household", "grid = ?", [grid_id(code)])
    for row in sorted(homes, key=lambda row: walk_key(address_of(row))):
        address = address_of(row)
        place = Building(address.estate, address.building, 0)
        found.setdefault(place.label or _("（没写小区）"), []).append(row.id)
    return list(found.items())


def move(workspace: Workspace, households: Iterable[Id], code: str) -> int:
    """Give households to another grid, with the needs that are open there; returns how many went. Raises UserError."""
    to = _known(workspace, code)
    homes = [row for row in queries.by_ids(workspace.connection, "household", households).values()
             if row.plain("grid") != to]  # fmt: skip
    moved = {row.id for row in homes}
    needs = [row for row in queries.where(workspace.connection, "need", "closed_on is null")
             if row.plain("household") in moved]  # fmt: skip
    changes = [Change(ledger(name), {"grid": to}, row.id) for name, some in (("household", homes), ("need", needs))
               for row in some]  # fmt: skip
    workspace.write("set", *changes)
    return len(homes)


def _known(workspace: Workspace, code: str) -> Id:
    if workspace.row("grid", grid_id(code)) is None:
        raise UserError("unknown_grid", _("没有这个网格：{code}").format(code=code), _("请核对网格编号。"))
    return grid_id(code)


def _walkers(workspace: Workspace, code: str, day: date) -> list[Row]:
    return [
        row
        for row in queries.every(workspace.connection, "worker", "code")
        if code in split_codes(row) and is_there(row, day)
    ]


def _left(row: Row, code: str, since: date) -> dict[str, Value]:
    """Of one who walks other grids too only this one goes; else it is the last day."""
    others = [one for one in split_codes(row) if one != code]
    return {"grids": join_codes(others)} if others else {"until": (since - timedelta(days=1)).isoformat()}
