"""两边都改过，请选一个: what stands against what, and a person's decision, which is a version that has seen all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gridworker.domain import ids, values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED, Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import records
from gridworker.services.workspace import Workspace
from gridworker.store import derive, queries
from gridworker.store.door import Change
from gridworker.store.history import Said, history


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand."""

    version: Id
    value: tuple[Value, ...]
    said: Said | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One group of one record with several values."""

    ledger: Ledger
    record: Id
    group: str
    shown: tuple[Value, ...]
    sides: tuple[Side, ...]

    @property
    def name(self) -> str:
        """How the command line calls it: need/ID/field."""
        return f"{self.ledger.name}/{ids.to_text(self.record)}/{self.group}"

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {
            "conflict": self.name,
            "shown": _group_json(self.ledger, self.group, self.shown),
            "values": [self._side_json(side) for side in self.sides],
        }

    def _side_json(self, side: Side) -> dict[str, object]:
        deed = side.said.deed if side.said else None
        return {
            "version": ids.to_text(side.version),
            "value": _group_json(self.ledger, self.group, side.value),
            "author": deed.author if deed else None,
            "at": deed.at if deed else None,
            "file": deed.file if deed else None,
            "cell": f"{side.said.sheet}!{side.said.cell}" if side.said and side.said.cell else None,
        }


def _group_json(of: Ledger, group: str, value: tuple[Value, ...]) -> object:
    members = of.members(group)
    if len(members) == 1:
        return values.to_json(of.by_name.get(group), value[0])
    return {name: values.to_json(of.by_name[name], one) for name, one in zip(members, value, strict=True)}


def conflicts(workspace: Workspace) -> list[Conflict]:
    """All open conflicts."""
    found = []
    for record, group, name, packed, *_rest in queries.marks(workspace.connection):
        if packed:
            found.append(_conflict(workspace, ledger(name), record, group, json.loads(packed)))
    return found


def _conflict(workspace: Workspace, of: Ledger, record: Id, group: str, packed: list[Any]) -> Conflict:
    said = {one.version: one for one in history(workspace.connection, record)}
    sides = tuple(Side(id, tuple(value), said.get(id)) for value, some in packed for id in some)
    states = derive.states_of(workspace.connection, record)
    shown = states[1][group].shown if states else None
    return Conflict(of, record, group, tuple(shown or (None,)), sides)


def find(workspace: Workspace, name: str) -> Conflict:
    """An open conflict by its name. Raises UserError."""
    for one in conflicts(workspace):
        if one.name == name:
            return one
    raise UserError("unknown_conflict", _("没有这个待选项：{name}").format(name=name), _("用 conflicts 看现在有哪些。"))


def take(workspace: Workspace, chosen: Sequence[tuple[Conflict, Id]]) -> int:
    """Decide conflicts for one of their values each; returns how many."""
    changes = []
    for conflict, version in chosen:
        side = next((one for one in conflict.sides if one.version == version), None)
        if side is None:
            raise UserError("unknown_version", _("这个待选项没有该版本。"), _("用 conflicts 看可选的版本。"))
        changes.append(_decision(conflict, side.value))
    return len(workspace.write("resolve", *changes).changed)


def settle(workspace: Workspace, conflict: Conflict, raw: str) -> None:
    """Decide a conflict for a third value."""
    given: dict[str, object]
    if conflict.group == DELETED:
        patch: dict[str, Value] = {DELETED: True if raw in {"true", "1", "是"} else None}
    else:
        members = conflict.ledger.members(conflict.group)
        given = _members_given(raw, members) if len(members) > 1 else {conflict.group: raw}
        problems: list[records.FieldProblem] = []
        patch = records.understand(workspace, conflict.ledger, given, problems, 1)
        if problems:
            raise UserError(problems[0].code, problems[0].message, _("没有保存。"))
    change = Change(conflict.ledger, patch, conflict.record, _all_ids(conflict))
    workspace.write("resolve", change)


def _members_given(raw: str, members: tuple[str, ...]) -> dict[str, object]:
    """A value for a group that moves whole: an object of its members. Raises UserError."""
    try:
        given = json.loads(raw)
    except ValueError:
        given = None
    if not isinstance(given, dict) or not given.keys() <= set(members):
        example = json.dumps(dict.fromkeys(members, ""), ensure_ascii=False)
        raise UserError("usage", _("这几项要一起选定。"), _("写成 --value '{example}'。").format(example=example))
    return given


def _decision(conflict: Conflict, value: tuple[Value, ...]) -> Change:
    patch = dict(zip(conflict.ledger.members(conflict.group), value, strict=True))
    return Change(conflict.ledger, patch, conflict.record, _all_ids(conflict))


def _all_ids(conflict: Conflict) -> frozenset[Id]:
    return frozenset(side.version for side in conflict.sides)
