"""One record with what follows from it, and everything ever said about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gridworker.domain import ids, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED, Ledger
from gridworker.domain.rules.need_states import computed_state, is_overdue
from gridworker.domain.text.address import format_address
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import access, conflicts, due, naming, records
from gridworker.services.naming import address_of
from gridworker.services.workspace import Workspace
from gridworker.store.history import Said, history
from gridworker.store.rows import Row


@dataclass(slots=True)
class Shown:
    """A record as `show` tells it."""

    ledger: Ledger
    row: Row
    computed: dict[str, object]
    conflicts: list[conflicts.Conflict]
    history: list[Said] | None = None
    extra: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape of design §6."""
        told: dict[str, Any] = {
            "ledger": self.ledger.name,
            "id": ids.to_text(self.row.id),
            "fields": records.fields_json(self.row),
            "computed": self.computed,
            "conflicts": [one.as_json() for one in self.conflicts],
        }
        if self.row.deleted:
            told["deleted"] = True
        if self.history is not None:
            told["history"] = [said_json(self.ledger, one) for one in self.history]
        return told

    def lines(self) -> list[str]:
        """The record for people."""
        found = [
            f"{_(one.label)}：{naming.said(one, self.row.values[one.name])}"
            for one in self.ledger.fields
            if self.row.values.get(one.name) is not None
        ]
        found += [f"{name}：{value}" for name, value in self.computed.items() if value is not None]
        for said in self.history or ():
            words = _("，").join(f"{name}={value}" for name, value in said_json(self.ledger, said)["patch"].items())
            found.append(f"{said.deed.at}　{said.deed.author}　{words}")
        return found


def said_json(of: Ledger, said: Said) -> dict[str, Any]:
    """One claim in the shape of design §6."""
    deed = said.deed
    return {
        "version": ids.to_text(said.version),
        "at": deed.at,
        "author": deed.author,
        "source": {"kind": deed.kind, "file": deed.file, "sheet": said.sheet or None, "cell": said.cell or None},
        "patch": {name: _json(of, name, value) for name, value in said.patch.items()},
        "counts": said.counts,
    }


def _json(of: Ledger, name: str, value: Value) -> object:
    return values.to_json(None if name == DELETED else of.by_name.get(name), value)


def show(workspace: Workspace, of: Ledger, id: Id, *, history: bool = False) -> Shown:
    """A record as it stands; looking is logged."""
    row = records.get(workspace, of, ids.to_text(id))
    access.note(workspace, "show", f"{of.name}/{ids.to_text(id)}")
    open_conflicts = conflicts.conflicts(workspace, id)
    return Shown(of, row, computed(workspace, row), open_conflicts, _history(workspace, id) if history else None)


def _history(workspace: Workspace, id: Id) -> list[Said]:
    return history(workspace.connection, id)


def computed(workspace: Workspace, row: Row) -> dict[str, object]:
    """What follows from a record and the day it is."""
    if row.ledger == "household":
        plan = due.rhythm(workspace)
        day = plan.due_on.get(row.id)
        return {
            "address": format_address(address_of(row)),
            "last_met": plan.last_met.get(row.id),
            "next_due": day.isoformat() if day else None,
        }
    if row.ledger == "need":
        return {
            "state": computed_state(row.values, workspace.today),
            "overdue": is_overdue(row.values, workspace.today),
        }
    if row.ledger == "resident":
        return {"age": age(row.plain("birth"), workspace.today)}
    return {}


def age(birth: object, today: date) -> int | None:
    """Whole years, or None for an unknown birth date."""
    try:
        born = date.fromisoformat(str(birth))
    except ValueError:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
