"""`python -m tests.plug.kills [N] [--deed entry|typing|import]`: N times kill -9; nothing acknowledged is lost.

Each time a real process works on the store and says what it did once the program said so: it entered a record; somebody
at the window saved a visit, or a draft was kept of what was typed; a workbook came in, or was taken back. It is killed
at some moment after its first word, and what it had said must be there.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Final
from unittest.mock import patch

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import from_text
from gridworker.domain.ledgers import ledger
from gridworker.exchange import raw
from gridworker.i18n import use_language
from gridworker.services import drafts, dump, export, imports, intake, keeping, records
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import queries
from gridworker.store.session import Store
from gridworker.ui import preload
from tests import invented
from tests.plug import scribe
from tests.plug.deeds import A_WORKER, HOME, OLD, TODAY
from tests.plug.trials import reader

LONGEST: Final = {"entry": 0.25, "typing": 1.5, "import": 0.6}
"""By deed: seconds after the first word within which the process is killed."""
_TOLD_EVERY: Final = 50
"""Kills between two lines on how far it is."""
_WEEK: Final = "2026-W48"


@dataclass
class Scene:
    """A closed store and what was said about it."""

    folder: Path
    key: bytes
    said: set[str] = field(default_factory=set)
    lost: int = 0

    def open(self) -> Workspace:
        """The store as it is found after a kill."""
        return Workspace(Store(self.folder, self.key), TODAY)


Tell = Callable[[str], None]


def main() -> int:
    """Kill, count, say; 1 when something acknowledged is missing or a check finds anything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("times", type=int, nargs="?", default=100)
    parser.add_argument("--deed", choices=tuple(LONGEST), help="only this one; else a third of the kills each")
    given = parser.parse_args()
    use_language("zh_CN")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen = [given.deed] if given.deed else list(LONGEST)
    print("| deed | kills | acknowledged | lost | check |\n|---|---|---|---|---|")
    return max(_tried(deed, given.times // len(chosen)) for deed in chosen)


def _tried(deed: str, times: int) -> int:
    make, work, look = {
        "entry": (_worker, _enter, _entered), "typing": (_many, _type, _typed), "import": (_township, _take, _taken),
    }[deed]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        scene = make(Path(name))
        faults: list[str] = []
        for number in range(times):
            said = _killed(lambda tell, number=number: work(scene, number, tell), LONGEST[deed])
            scene.said.update(said)
            scene.lost += look(scene, said)
            if not (number + 1) % _TOLD_EVERY:
                print(
                    f"{deed}: {number + 1} kills, {len(scene.said)} said, {scene.lost} lost",
                    file=sys.stderr,
                    flush=True,
                )
        workspace = scene.open()
        faults = keeping.check(workspace).faults
        workspace.close()
    print(f"| {deed} | {times} | {len(scene.said)} | {scene.lost} | {faults or 'clean'} |", flush=True)
    return 1 if scene.lost or faults else 0


def _killed(work: Callable[[Tell], object], longest: float) -> list[str]:
    """What a process said until it was killed."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            work(lambda line: os.write(write, f"{line}\n".encode()))
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read) as told:
        first = told.readline()
        time.sleep(random.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (first + told.read()).split("\n")
    return [line for line in lines[:-1] if line]


def _many(folder: Path) -> Scene:
    """Doors enough to visit one after the other; the pages are read here, not by each window anew."""
    for one in preload.WORKER:
        import_module(one)
    return _worker(folder, 2000)


def _worker(folder: Path, households: int = 60) -> Scene:
    workspace, _code = workspaces.create(folder / "s", OLD, A_WORKER, TODAY)
    invented.fill(workspace, households, 1)
    scene = Scene(workspace.store.folder, workspace.store._key)
    workspace.close()
    return scene


def _enter(scene: Scene, number: int, tell: Tell) -> None:
    workspace = scene.open()
    for place in range(100_000):
        room = str((number + 1) * 100_000 + place)
        records.add(workspace, ledger("household"), [HOME | {"room": room}])
        tell(room)


def _entered(scene: Scene, said: list[str]) -> int:
    return _missing(scene, set(said), "household", "room")


def _type(scene: Scene, number: int, tell: Tell) -> None:
    scribe.type_on(scene.folder, OLD, number, tell)


def _typed(scene: Scene, said: list[str]) -> int:
    """Visits that were said to be saved, and the draft that was said to be kept last, unless it was saved since."""
    lost = _missing(scene, {line for line in said if not line.startswith(scribe.KEPT)}, "visit", "content")
    if said and said[-1].startswith(scribe.KEPT):
        words = said[-1].removeprefix(scribe.KEPT)
        workspace = scene.open()
        bodies = [str(drafts.find(workspace, name)) for name in drafts.names(workspace, "")]
        workspace.close()
        lost += not any(words in body for body in bodies) and bool(_missing(scene, {words}, "visit", "content"))
    return lost


def _missing(scene: Scene, wanted: set[str], ledger_name: str, name: str) -> int:
    workspace = scene.open()
    kept = [str(row.plain(name) or "") for row in queries.every(workspace.connection, ledger_name)]
    workspace.close()
    gone = wanted.difference(kept)  # a visit may say more: a draft that came back stands before what was typed then
    return sum(not any(one in words for words in kept) for one in gone)


def _township(folder: Path) -> Scene:
    worker, _code = workspaces.create(folder / "w", OLD, A_WORKER, TODAY)
    invented.fill(worker, 12, 1)
    export.export(worker, Period.of_week(parse_week(_WEEK)), folder / "book.xlsx", Wish())
    worker.close()
    workspace, _code = workspaces.create(folder / "s", OLD, Opening("township", "何静文", township="梅山镇"), TODAY)
    scene = Scene(workspace.store.folder, workspace.store._key)
    with patch.object(raw, "reader", reader):
        (done,) = intake.take(workspace, [folder / "book.xlsx"], intake.Options()).files
    (folder / "in").write_text("\n".join(dump.dump(workspace)), encoding="utf-8")
    imports.undo(workspace, done.batch)
    workspace.close()
    return scene


def _take(scene: Scene, number: int, tell: Tell) -> None:
    """Take in and take back, on and on."""
    workspace = scene.open()
    with patch.object(raw, "reader", reader):
        for place in range(100_000):
            (batch,) = imports.listing(workspace)
            if batch["state"] == "in":
                imports.undo(workspace, from_text(str(batch["batch"])))
                tell(f"{number}.{place} out")
            else:
                (done,) = intake.take(workspace, [scene.folder.parent / "book.xlsx"], intake.Options()).files
                if done.error is not None:
                    raise done.error
                tell(f"{number}.{place} in")


def _taken(scene: Scene, said: list[str]) -> int:
    """All of the workbook or nothing, as was said last, or the deed after it, done whole and not yet told."""
    workspace = scene.open()
    (batch,) = imports.listing(workspace)
    found = "\n".join(dump.dump(workspace))
    workspace.close()
    whole = (scene.folder.parent / "in").read_text(encoding="utf-8") if batch["state"] == "in" else ""
    return int(found != whole)


if __name__ == "__main__":
    sys.exit(main())
