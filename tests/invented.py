"""Invented people in a fresh worker's store: entered once in a run for each size, then copied, as entering is slow."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from gridworker.services import demo
from gridworker.services.workspace import Workspace
from gridworker.store import database
from gridworker.store.session import Store

_KEPT: Final = tempfile.TemporaryDirectory(prefix="gridworker-filled-")
_STORES: Final[dict[object, Store]] = {}


def fill(workspace: Workspace, households: int, weeks: int = 6, seed: int = 1) -> None:
    """What `demo.fill` does, to a fresh store of this run's fixtures; the laptop stays the store's own."""
    which = (workspace.grid, workspace.today, households, weeks, seed)
    if which in _STORES:
        device = workspace.store.get("device")
        _STORES[which].connection.backup(workspace.connection)
        workspace.store.set("device", device)
        return
    demo.fill(workspace, households, weeks, seed)
    folder = Path(_KEPT.name) / str(len(_STORES))
    folder.mkdir()
    with closing(workspace.store.another_connection()) as source:
        source.execute("vacuum into ?", (str(folder / database.FILE),))
    _STORES[which] = Store(folder, workspace.store._key)
