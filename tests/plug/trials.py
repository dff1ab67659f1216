"""One deed, one write, one way to fail: in a process of its own, over a fresh copy of the scene."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import patch

from gridworker import leftovers
from gridworker.domain.calendar import parse_week
from gridworker.errors import GridworkerError
from gridworker.exchange import raw
from gridworker.services import export, keeping
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Opening
from gridworker.store import database
from tests import invented
from tests.plug.deeds import A_WORKER, OLD, TODAY, Deed, Scene
from tests.plug.plug import Plug
from tests.tools.make_schema_sample import PASSWORD

BEFORE, AFTER = "before", "after"
_DONE, _TOLD, _CRASHED = 0, 3, 4
_SAMPLE: Final = Path(__file__).parents[1] / "data" / "schema" / "1"


@contextmanager
def reader() -> Iterator[raw.Read]:
    """Workbooks are read in this process: the reading child writes nothing."""
    yield lambda data, password=None, *_heed: raw.read_book_here(data, password)


@dataclass
class Outcome:
    """What was found after a pulled plug."""

    state: str
    told: bool = False
    faults: list[str] = field(default_factory=list)


class Stage:
    """A deed's scene made once, and the states before and after the whole deed."""

    def __init__(self, deed: Deed, folder: Path, households: int = 4) -> None:
        self.deed, self._folder, self._number = deed, folder, 0
        self._first = self._prepared(folder / "first", households)
        self.before = self._look(self._copy())
        whole = self._copy()
        self.writes = self._counted(whole)
        self.after = self._look(whole)
        assert self.before != self.after or deed.name == "migration"

    def try_once(self, at: int, way: str) -> Outcome:
        """Pull the plug at a write and look at what is found."""
        scene = self._copy()
        try:
            return self._judged(scene, self._run(scene, Plug(at, way)), way)
        finally:
            shutil.rmtree(scene.folder)

    def _judged(self, scene: Scene, code: int, way: str) -> Outcome:
        faults = []
        try:
            self._next_day(scene)
            found = self._look(scene)
        except Exception as error:
            return Outcome("lost", faults=[f"{type(error).__name__}: {error}"])
        state = BEFORE if found == self.before else AFTER if found == self.after else "between"
        if state == "between":
            faults.append("neither before nor after")
        if code == _DONE and found != self.after:
            faults.append("acknowledged and not there")
        if code == _CRASHED:
            faults.append("no clear message")
        faults += [f"left behind: {one}" for one in self._half_files(scene)]
        return Outcome(state, code == _TOLD, faults)

    def _run(self, scene: Scene, plug: Plug) -> int:
        child = os.fork()
        if child:
            status = os.waitpid(child, 0)[1]
            return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        code = _CRASHED
        try:
            with patch.object(raw, "reader", reader):
                plug.arm()
                self.deed.do(scene)
            code = _DONE
        except GridworkerError:
            code = _TOLD
        except BaseException as error:
            os.write(2, f"{self.deed.name}: {type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(code)

    def _counted(self, scene: Scene) -> int:
        """How many writes the whole deed makes: the child tells each by a pipe."""
        read, write = os.pipe()
        plug = _Telling(write)
        code = self._run(scene, plug)
        os.close(write)
        with os.fdopen(read, "rb") as told:
            count = len(told.read())
        assert code == _DONE, code
        return count

    def _look(self, scene: Scene) -> str:
        with patch.object(raw, "reader", reader):
            return self.deed.look(scene)

    @staticmethod
    def _next_day(scene: Scene) -> None:
        """The program is started again, long after: every half file is old now."""
        past = time.time() - 2 * leftovers.STALE
        for one in scene.folder.rglob("*"):
            os.utime(one, (past, past))
        for place in (scene.store, scene.folder / "new"):
            database.settle(place)
        for place in (scene.store, scene.store / "backups", scene.folder / "out", scene.folder / "new"):
            leftovers.sweep(place)

    @staticmethod
    def _half_files(scene: Scene) -> list[str]:
        names = (one.name for one in scene.folder.rglob("*"))
        return [one for one in names if "partial" in one or one.startswith((".backup", ".restore", "restore-ready"))]

    def _copy(self) -> Scene:
        self._number += 1
        target = self._folder / str(self._number)
        shutil.copytree(self._first.folder, target)
        return Scene(target, self._first.key)

    def _prepared(self, folder: Path, households: int) -> Scene:
        folder.mkdir(parents=True)
        if self.deed.name == "migration":
            shutil.copytree(_SAMPLE, folder / "store")
            key = database.unlock(folder / "store", PASSWORD)
            return Scene(folder, key)
        workspace, _code = workspaces.create(folder / "store", OLD, A_WORKER, TODAY)
        invented.fill(workspace, households, 1, 1)
        week = Period.of_week(parse_week("2026-W48"))
        export.export(workspace, week, folder / "book.xlsx", Wish())
        keeping.backup(workspace, folder / "one.gwbackup")
        (folder / "device").write_text(workspace.store.get("device"), encoding="utf-8")
        key = workspace.store._key
        workspace.close()
        if self.deed.name == "import":
            shutil.rmtree(folder / "store")
            town = Opening("township", "何静文", township="梅山镇")
            workspace, _code = workspaces.create(folder / "store", OLD, town, TODAY)
            key = workspace.store._key
            workspace.close()
        return Scene(folder, key)


class _Telling(Plug):
    """Never pulled; says a byte for every write."""

    def __init__(self, pipe: int) -> None:
        super().__init__()
        self._pipe = pipe

    def pull(self, half: object = None) -> bool:
        """One write more, told."""
        os.write(self._pipe, b".")
        return False
