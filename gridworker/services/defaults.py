"""What a worker need not type: the grid, the day, the number, the due date."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from gridworker.domain.calendar import Holidays, load_holidays
from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules import due_dates, numbering
from gridworker.domain.rules.community import ANSWER_DAYS
from gridworker.domain.rules.need_states import ENDED, REGISTERED, answers_return
from gridworker.domain.text import id_number
from gridworker.domain.versions.entries import Value
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row


@cache
def holidays() -> Holidays:
    """The shipped table of holidays and working Saturdays."""
    return load_holidays()


def fill(workspace: Workspace, of: Ledger, patch: Mapping[str, Value], pending: int = 0) -> dict[str, Value]:
    """The patch of a new record with everything that follows from it or from who sits here."""
    filled = dict(patch)
    if "grid" in of.by_name and of.by_name["grid"].kind == "ref":
        filled.setdefault("grid", workspace.grid)
    if "worker" in of.by_name:
        filled.setdefault("worker", workspace.worker)
    special = {"visit": _visit, "need": _need, "resident": _resident, "topic": _topic}.get(of.name)
    if special:
        special(workspace, filled, pending)
    return {name: value for name, value in filled.items() if value is not None}


def _visit(workspace: Workspace, patch: dict[str, Value], _pending: int) -> None:
    patch.setdefault("visited_at", workspace.now.isoformat(timespec="minutes"))
    patch.setdefault("mode", "home")
    patch.setdefault("outcome", "met")


def _need(workspace: Workspace, patch: dict[str, Value], pending: int) -> None:
    patch.setdefault("registered_at", workspace.now.isoformat(timespec="minutes"))
    patch.setdefault("source", "走访")
    patch.setdefault("status", REGISTERED)
    kind = patch.get("kind")
    if isinstance(kind, str):
        patch.setdefault("urgency", urgency_of(kind))
        registered = date.fromisoformat(str(patch["registered_at"])[:10])
        patch.setdefault("due_on", due_on(kind, str(patch["urgency"]), registered)[0].isoformat())
    if not patch.get("number"):
        patch["number"] = next_number(workspace, pending)


def _topic(workspace: Workspace, patch: dict[str, Value], _pending: int) -> None:
    patch.setdefault("raised_on", workspace.today.isoformat())
    raised = date.fromisoformat(str(patch["raised_on"])[:10])
    patch.setdefault("due_on", (raised + timedelta(days=ANSWER_DAYS)).isoformat())
    patch.setdefault("state", "列入议程" if patch.get("meeting") else "收集")


def _resident(_workspace: Workspace, patch: dict[str, Value], _pending: int) -> None:
    number = patch.get("id_no")
    if isinstance(number, str):
        facts = id_number.facts(number)
        if facts:
            patch.setdefault("birth", facts[0])
            patch.setdefault("gender", facts[1])


def due_on(kind: str, urgency: str, registered: date) -> tuple[date, str]:
    """The last day for a need, and why: red is the next calendar day, others count working days."""
    return due_dates.due_on(kind, urgency, registered, holidays())


def urgency_of(kind: str) -> str:
    """The usual urgency of a kind of need."""
    return str(code_list("need_kind").extra(kind, "urgency") or "blue")


def unit_of(kind: object) -> str | None:
    """The unit that usually handles a kind of need, if there is one."""
    return str(code_list("need_kind").extra(str(kind), "unit") or "") or None


def next_number(workspace: Workspace, pending: int = 0) -> str:
    """The next need number of this laptop (field.md §3.3)."""
    grid, year = workspace.store.get("grid") or "XZ", workspace.today.year
    letter = chr(ord("A") + (workspace.store.device >> 1) % 26)
    last = queries.last_number(workspace.connection, numbering.prefix(grid, year, letter))
    return numbering.next_number(grid, year, letter, last, pending)


def fixed_id(of: Ledger, patch: Mapping[str, Value]) -> Id:
    """Grids and workers are known by their code; other records get a random id."""
    return hashed_id(of.name, str(patch["code"])) if of.name in {"grid", "worker"} and patch.get("code") else 0


def complete_move(workspace: Workspace, row: Row, patch: Mapping[str, Value]) -> dict[str, Value]:
    """A change of status with what follows: closing has a day and waits to be called back, reopening has neither, a
    new report answers a return.
    """
    moved = answers_return(row.values, patch) | dict(patch)
    if "status" not in patch:
        return moved
    if patch["status"] in ENDED:
        moved.setdefault("closed_on", row.values.get("closed_on") or workspace.today.isoformat())
        moved.setdefault("result", row.values.get("result"))
        if row.plain("status") not in ENDED and row.plain("satisfaction"):
            moved = {"satisfaction": None, "called_back_on": None} | moved
    else:
        moved.setdefault("closed_on", None)
        moved.setdefault("result", None)
    return moved
