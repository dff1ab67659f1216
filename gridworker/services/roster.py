"""The township's roster: its grids and who walks them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.workspace import Workspace, grid_id, worker_code, worker_id
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One grid of the township with the people who walk it."""

    id: Id
    code: str
    name: str
    community: str
    workers: str


def roster(workspace: Workspace) -> list[RosterLine]:
    """All grids by code."""
    people = workers_by_grid(workspace, workspace.today)
    rows = queries.every(workspace.connection, "grid", "code")
    return [
        RosterLine(
            row.id, code := row.plain("code") or "", row.plain("name") or "", row.plain("community") or "",
            "、".join(people.get(code, ())),
        )
        for row in rows
    ]  # fmt: skip


def workers_by_grid(workspace: Workspace, on: date | None = None) -> dict[str, list[str]]:
    """By grid code: who walks it on a day, or ever did."""
    found: dict[str, list[str]] = {}
    for row in queries.every(workspace.connection, "worker", "code"):
        for code in split_codes(row) if on is None or is_there(row, on) else ():
            found.setdefault(code, []).append(row.plain("name") or "")
    return found


def split_codes(worker: Row) -> list[str]:
    """The codes of a worker's grids."""
    return str(worker.plain("grids") or "").split("、")


def join_codes(codes: Sequence[str]) -> str:
    """Codes as a worker's record keeps them."""
    return "、".join(codes)


def is_there(worker: Row, day: date) -> bool:
    """Whether a worker has begun and not left on a day."""
    begun, left = worker.plain("from"), worker.plain("until")
    return (not begun or str(begun) <= day.isoformat()) and (not left or day.isoformat() <= str(left))


def add_grid(workspace: Workspace, code: str, name: str, community: str, worker: str) -> None:
    """Enter a grid and, if named, its worker, under the ids every machine derives alike. Raises UserError."""
    code, name, worker = code.strip(), name.strip(), worker.strip()
    if not code or not name:
        raise UserError("required", _("网格要有编号和名称。"), _("补上后再添加。"))
    township = workspace.store.get("township")
    place = {"code": code, "name": name, "community": community.strip() or None, "township": township or None}
    changes = [Change(ledger("grid"), place, grid_id(code))]
    if worker:
        person = {"code": worker_code(code, worker), "name": worker, "grids": code}
        changes.append(Change(ledger("worker"), person, worker_id(str(person["code"]))))
    workspace.write("add", *changes)


class Names:
    """Grids and workers by id, read once, for lists that name them."""

    def __init__(self, workspace: Workspace) -> None:
        self._grids = {row.id: row for row in queries.every(workspace.connection, "grid")}
        self._workers = {row.id: row for row in queries.every(workspace.connection, "worker")}

    def grid(self, row: Row, name: str = "code") -> str:
        """A field of the grid a record belongs to."""
        found = self._grids.get(row.plain("grid"))
        return str(found.plain(name) or "") if found else ""

    def worker(self, row: Row) -> str:
        """The worker of a record, or the name as it was written."""
        value = row.plain("worker")
        found = self._workers.get(value)
        return str(found.plain("name") or "") if found else value if isinstance(value, str) else ""
