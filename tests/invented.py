"""Invented people in a fresh store: entered once in a run for each size, then copied, as entering is slow."""

import tempfile
from collections.abc import Callable
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
    once(workspace, (households, weeks, seed), lambda: demo.fill(workspace, households, weeks, seed))


def once(workspace: Workspace, which: tuple[object, ...], do: Callable[[], object]) -> None:
    """Do something to a fresh store of this run's fixtures, the first time; later a copy of what came of it is put in.

    A store with something in it already would lose that by a copy: there it is done.
    """
    if any(queries.count(workspace.connection, name) for name in ledgers() if name not in _MADE_WITH_IT):
        do()
        return
    key = (workspace.grid, workspace.today, *which)
    if key in _STORES:
        own = workspace.connection.execute("select name, value from setting").fetchall()
        _STORES[key].connection.backup(workspace.connection)
        for name, value in own:
            workspace.store.set(name, value)
        return
    do()
    folder = Path(_KEPT.name) / str(len(_STORES))
    folder.mkdir()
    with closing(workspace.store.another_connection()) as source:
        source.execute("vacuum into ?", (str(folder / database.FILE),))
    _STORES[key] = Store(folder, workspace.store._key)
