"""`python -m tests.plug.kills [N]`: N times kill -9 while somebody enters records; no acknowledged one may be lost."""

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

from gridworker.domain.ledgers import ledger
from gridworker.i18n import use_language
from gridworker.services import records
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import copies
from gridworker.store.session import Store
from tests.plug.deeds import HOME, OLD, TODAY

LONGEST = 0.25
"""Seconds after the first acknowledged record within which the process is killed."""


def main() -> int:
    """Kill, count, say; 1 when an acknowledged record is missing or a page is damaged."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    use_language("zh_CN")
    with tempfile.TemporaryDirectory() as name:
        workspace, _code = workspaces.create(Path(name) / "s", OLD, Opening("worker", "陈晓芸", "JX03"), TODAY)
        folder, key = workspace.store.folder, workspace.store._key
        workspace.close()
        acknowledged = [room for number in range(times) for room in _enter_and_kill(folder, key, number)]
        workspace = Workspace(Store(folder, key), TODAY)
        kept = {row[0] for row in workspace.connection.execute("select room from household")}
        lost, is_sound = set(acknowledged) - kept, copies.is_sound(workspace.connection)
        workspace.close()
    print(f"kills {times}, acknowledged {len(acknowledged)}, kept {len(kept)}, lost {len(lost)}, sound {is_sound}")
    return 1 if lost or not is_sound else 0


def _enter_and_kill(folder: Path, key: bytes, number: int) -> list[str]:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        _enter(folder, key, number, write)
    os.close(write)
    with os.fdopen(read) as told:
        first = told.readline()
        time.sleep(random.uniform(0, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (first + told.read()).split("\n")
    return [line for line in lines[:-1] if line]


def _enter(folder: Path, key: bytes, number: int, told: int) -> NoReturn:
    try:
        workspace = Workspace(Store(folder, key), TODAY)
        for place in range(100_000):
            room = str((number + 1) * 100_000 + place)
            records.add(workspace, ledger("household"), [HOME | {"room": room}])
            os.write(told, f"{room}\n".encode())
    finally:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
