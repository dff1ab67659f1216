"""Invented people in a fresh worker's store: entered once in a run for each size, then copied, as entering is slow."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from gridworker.domain.ledgers import ledgers
from gridworker.services import demo
from gridworker.services.workspace import Workspace
from gridworker.store import database, queries
from gridworker.store.session import Store

_KEPT: Final = tempfile.TemporaryDirectory(prefix="gridworker-filled-")
_MADE_WITH_IT: Final = {"grid", "worker"}
"""Ledgers with a record in every fresh store."""
_STORES: Final[dict[object, Store]] = {}


def fill(workspace: Workspace, households: int, weeks: int = 6, seed: int = 1) -> None:
    """What `demo.fill` does, to a fresh store of this run's fixtures; the laptop stays the store's own."""
    if any(queries.count(workspace.connection, name) for name in ledgers() if name not in _MADE_WITH_IT):
        demo.fill(workspace, households, weeks, seed)  # something is there already that a copy would lose
        return
    which = (workspace.grid, workspace.today, households, weeks, seed)
    if which in _STORES:
        own = workspace.connection.execute("select name, value from setting").fetchall()
        _STORES[which].connection.backup(workspace.connection)
        for name, value in own:
            workspace.store.set(name, value)
        return
    demo.fill(workspace, households, weeks, seed)
    folder = Path(_KEPT.name) / str(len(_STORES))
    folder.mkdir()
    with closing(workspace.store.another_connection()) as source:
        source.execute("vacuum into ?", (str(folder / database.FILE),))
    _STORES[which] = Store(folder, workspace.store._key)
