"""Changing a household or a person, or adding one, as their dialogs do: problems by field, one deed, one undo."""

from collections.abc import Mapping

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.text import phone
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import defaults, records, undoing
from gridworker.services.naming import title_of_row
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.door import Change

_ADDRESS = ("estate", "building", "unit", "room")

Problems = dict[str, str]
"""By field: what is wrong and what to do."""


def save(workspace: Workspace, ledger_name: str, id: Id, given: Mapping[str, object]) -> Done | Problems:
    """Change a record, or make a new one (id 0); problems by field when something cannot stand."""
    of = ledger(ledger_name)
    found: list[records.FieldProblem] = []
    patch = records.understand(workspace, of, given, found, 1)
    wrong = {one.field: _sentence(one) for one in found}
    row = workspace.row(ledger_name, id) if id else None
    if row is None:
        patch = defaults.fill(workspace, of, patch)
    wrong |= _missing(of, {**(row.values if row else {}), **patch})
    if of.name == "household":
        wrong |= _taken_door(workspace, id, {**(row.values if row else {}), **patch})
    if wrong:
        return wrong
    return undoing.write(workspace, "set" if row else "add", Change(of, patch, id))


def estates(workspace: Workspace) -> list[str]:
    """The estates and village groups known here, for the next household."""
    return lists.estates(workspace.connection)


def stored(workspace: Workspace, ledger_name: str, id: Id) -> dict[str, Value]:
    """The values of a record in full, for its dialog."""
    row = workspace.row(ledger_name, id)
    return {name: row.plain(name) for name in row.values} if row else {}


def _sentence(one: records.FieldProblem) -> str:
    return phone.remedy(one.value) if one.field == "phone" else one.message


def _missing(of: Ledger, values: Mapping[str, Value]) -> Problems:
    return {
        one.name: _("要填{label}").format(label=_(one.label))
        for one in of.fields
        if one.required and values.get(one.name) is None
    }


def _taken_door(workspace: Workspace, id: Id, values: Mapping[str, Value]) -> Problems:
    """One door is one household: the same address in the grid belongs to somebody already."""
    door = {name: values.get(name) for name in _ADDRESS}
    if not door["room"]:
        return {"room": _("要填室号或门牌号")}
    where = " and ".join(f"{name} is ?" for name in ("grid", *_ADDRESS))
    others = queries.where(workspace.connection, "household", where, (values.get("grid"), *door.values()))
    known = next((row for row in others if row.id != id), None)
    return {"room": _("这个门牌已有住户：{title}").format(title=title_of_row(known))} if known else {}
