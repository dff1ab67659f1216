"""Drafts of forms: what was typed is safe before it is saved, and comes back after a crash."""

import json
from typing import Any

from gridworker.services.workspace import Workspace
from gridworker.store import drafts


def keep(workspace: Workspace, name: str, body: dict[str, Any]) -> None:
    """Keep what a form holds."""
    at = workspace.now.isoformat(timespec="seconds")
    drafts.put(workspace.connection, name, json.dumps(body, ensure_ascii=False), at)


def find(workspace: Workspace, name: str) -> tuple[dict[str, Any], str] | None:
    """What a form held, and when that was kept (ISO time); None if nothing is."""
    found = drafts.get(workspace.connection, name)
    return (json.loads(found[0]), found[1]) if found else None


def drop(workspace: Workspace, name: str) -> None:
    """Forget a draft: its form was saved or emptied."""
    drafts.remove(workspace.connection, name)


def names(workspace: Workspace, prefix: str) -> list[str]:
    """The names of the drafts that begin with a prefix."""
    return drafts.names(workspace.connection, prefix)
