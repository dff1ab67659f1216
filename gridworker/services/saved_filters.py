"""Filters of the list of needs that a person keeps by name; local settings, they never travel."""

import json
from dataclasses import asdict
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.needs_list import Wish
from gridworker.services.workspace import Workspace

_SETTING: Final = "need_filters"
MOST: Final = 6
"""Kept filters; more would not fit beside the usual ones."""


def kept(workspace: Workspace) -> dict[str, Wish]:
    """By name, in the order in which they were kept."""
    return {name: Wish(**given) for name, given in workspace.store.get_json(_SETTING, {}).items()}


def keep(workspace: Workspace, name: str, wish: Wish) -> None:
    """Keep a filter, over one of the same name. Raises UserError without a name and for one too many."""
    filters = kept(workspace)
    if not name.strip():
        raise UserError("required", _("给筛选起个名字。"), _("没有保存。"))
    if name not in filters and len(filters) >= MOST:
        raise UserError("too_many", _("最多存 {count} 个筛选。").format(count=MOST), _("请先删掉一个。"))
    _write(workspace, filters | {name.strip(): wish})


def drop(workspace: Workspace, name: str) -> None:
    """Forget a filter."""
    _write(workspace, {known: wish for known, wish in kept(workspace).items() if known != name})


def _write(workspace: Workspace, filters: dict[str, Wish]) -> None:
    told = {name: asdict(wish) for name, wish in filters.items()}
    workspace.store.set(_SETTING, json.dumps(told, ensure_ascii=False))
