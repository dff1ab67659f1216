"""Columns that a person corrected are remembered for the next sheet of the same headings: a sender's own come first."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gridworker.services.columns import Plans, SheetPlan, as_mapping
from gridworker.services.workspace import Workspace

_SETTING: Final = "mapping:"


def remember(workspace: Workspace, plan: Plans) -> None:
    """Next time sheets with these headings are read so by themselves, from this sender above all."""
    for one in plan:
        told = {column.letter: column.field for column in one.columns}
        for name in _names(one):
            workspace.store.set(name, json.dumps(told, ensure_ascii=False))


def forget(workspace: Workspace, plan: Plans) -> None:
    """Let go of what is remembered of the sheets whose plans ask for it: the sender's own first, else anybody's."""
    for one in plan:
        name = _name(workspace, one) if one.forget else ""
        if name:
            workspace.store.set(name, "")


def recall(workspace: Workspace, plan: Plans) -> dict[str, Any] | None:
    """The mapping of a file of which at least one sheet was corrected before; None where nothing is remembered."""
    kept = recalled(workspace, plan)
    return as_mapping(kept) if kept != plan else None


def recalled(workspace: Workspace, plan: Plans) -> Plans:
    """The plans with what was corrected in sheets of the same headings before."""
    return tuple(_recalled(workspace, one) for one in plan)


def with_memory(workspace: Workspace, plan: Plans) -> Plans:
    """The plans with whose corrections of such sheets are remembered."""
    return tuple(replace(one, memory=_whose(one, _name(workspace, one))) for one in plan)


def _recalled(workspace: Workspace, one: SheetPlan) -> SheetPlan:
    name = _name(workspace, one)
    told: Mapping[str, str] = workspace.store.get_json(name, {}) if name else {}
    fields = ((column, told.get(column.letter, column.field)) for column in one.columns)
    return replace(
        one,
        columns=tuple(
            column if column.field == field else replace(column, field=field, by_hand=True) for column, field in fields
        ),
    )


def _names(one: SheetPlan) -> list[str]:
    """The settings that may remember a sheet: that of its sender, then that of all with these headings."""
    every = _SETTING + one.fingerprint
    sender = hashlib.blake2b(one.sender.encode(), digest_size=6).hexdigest()
    return [f"{every}:{sender}", every] if one.sender else [every]


def _name(workspace: Workspace, one: SheetPlan) -> str:
    """The setting that holds; empty where nothing is remembered."""
    return next((name for name in _names(one) if workspace.store.get(name)), "")


def _whose(one: SheetPlan, name: str) -> str | None:
    if not name:
        return None
    return one.sender if name != _SETTING + one.fingerprint else ""
