"""One hostile file after the other through the whole path, and the laws that hold for each."""

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, Final

from gridworker.errors import GridworkerError, UserError
from gridworker.exchange import raw, raw_book
from gridworker.exchange.child import Child
from gridworker.services import dump, export, feedback, filling, form_plan, keeping, preview, township_book
from gridworker.services.period import Period
from gridworker.services.preview import Looked
from gridworker.services.workspace import Workspace
from gridworker.store import database
from gridworker.store.engine import Connection
from tests.fuzz import planted
from tests.fuzz.seeds import DATA, PASSWORD, WEEK

SLOWEST: Final = 20.0
LARGEST: Final = 500_000_000
_BARE: Final = 100_000_000
"""Bytes that the program takes before it has seen a file; what allocators keep of earlier files is not this one's."""
_GIVEN_UP: Final = 90
_FORM: Final = DATA / "forms" / "T1_走访统计表.xlsx"
_ENDS: Final = "。？！.?!"


class HungError(BaseException):
    """The program did not come back."""


@dataclass(slots=True)
class Outcome:
    """What became of one file."""

    kind: str = ""
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0
    asked: int = 0
    told: str = ""


class Stage:
    """A store, the state it goes back to, and the process that reads for it."""

    def __init__(self, workspace: Workspace, folder: Path, child: Child) -> None:
        self.workspace, self._folder, self._child = workspace, folder, child
        folder.mkdir(parents=True, exist_ok=True)
        self._clean = _copied(workspace, folder / "clean")
        self._state, self._whole = self._print(), self._dump()
        self._heard = self._pause = 0.0
        self._round = 0
        self.since: list[str] = []
        """Names of files taken since the store was clean."""

    def try_file(self, name: str, data: bytes, *, marks: bool = True, as_form: bool = False) -> Outcome:
        """Look, import, mark, fill; nothing of it is kept but the facts."""
        done, began = Outcome(), monotonic()
        self._heard, self._pause = began, 0.0
        path = self._folder / name
        path.write_bytes(data)
        _forget_peaks(self._child)
        before = _peak("self")
        with self._reading(), _alarm():
            try:
                looked = self._take(path, done)
                if looked and looked.report.problems and marks:
                    self._told(done, "mark", lambda out: self._mark(looked, data, out))
                if as_form:
                    self._told(done, "fill", lambda out: self._fill(path, data, out))
            except (Exception, HungError):
                done.kind = "failed"
                done.faults.append(traceback.format_exc())
        grown = _peak("self") - before
        done.seconds, done.memory = monotonic() - began, _BARE + grown + _peak(str(_process_of(self._child)))
        self._hear()
        done.faults += [f"{self._pause:.0f} s without a word"] if self._pause > SLOWEST else []
        done.faults += [f"{done.memory / 1e6:.0f} MB"] if done.memory > LARGEST else []
        path.unlink()
        return done

    def _take(self, path: Path, done: Outcome) -> Looked | None:
        looked = preview.look(self.workspace, [path], self._hear, PASSWORD)[0]
        if self._print() != self._state:
            done.faults.append("looking changed the store")
        report = preview.take(self.workspace, [looked], self._hear).files[0]
        after = self._print()
        if report.error:
            done.kind, done.told = f"refused: {report.error.code}", str(report.error)
            done.faults += _sentence(report.error)
            done.faults += ["refused, and yet something came in"] if after != self._state else []
            return None
        done.asked = len(report.problems)
        changed = after != self._state
        done.kind = ("taken" if changed else "read, nothing new") + (", asked" if done.asked else "")
        done.faults += [f"no sentence: {one}" for one in report.problems if not one.message.strip()]
        if changed:
            self.since.append(path.name)
            self._state = after
        return looked

    def _hear(self, *_progress: object) -> None:
        """The program tells how far it is, and could be stopped."""
        now = monotonic()
        self._heard, self._pause = now, max(self._pause, now - self._heard)

    def _told(self, done: Outcome, what: str, write: Callable[[Path], list[str]]) -> None:
        """Something is written, or one sentence says why not."""
        out = self._folder / f"{what}.xlsx"
        try:
            done.faults += [f"{what}: {one}" for one in write(out)]
        except UserError as error:
            done.faults += _sentence(error)
        out.unlink(missing_ok=True)

    def _mark(self, looked: Looked, data: bytes, out: Path) -> list[str]:
        feedback.write_marked(self.workspace, looked.path, looked.report, out, PASSWORD, heed=self._hear)
        return planted.added(_plain(out.read_bytes()), _plain(data))

    def _fill(self, path: Path, data: bytes, out: Path) -> list[str]:
        wish = form_plan.Wish(password=PASSWORD)
        filling.write(self.workspace, filling.plan(self.workspace, path, wish, self._hear), out, wish, self._hear)
        return planted.added(_plain(out.read_bytes()), _plain(data))

    def settle(self) -> list[str]:
        """Everything that goes out of the store after what came in, and `check`; then the store is clean again."""
        if not self.since:
            return [] if self._dump() == self._whole else ["what was refused changed the store"]
        try:
            with self._reading(), _alarm():
                faults = [*self._outgoing(), *keeping.check(self.workspace).faults]
        except (Exception, HungError):
            faults = [traceback.format_exc()]
        names, self.since = " ".join(self.since), []
        self._clean.backup(self.workspace.connection)
        self._state = self._print()
        faults += [] if self._dump() == self._whole else ["the clean store is another"]
        return [f"after {names}: {fault}" for fault in faults]

    def _outgoing(self) -> Iterator[str]:
        self._round += 1
        out, full = self._folder / "out.xlsx", export.Wish(full=True, reason="测试", password=PASSWORD)
        for wish in (export.Wish(full=False), full)[self._round % 2 :: 2]:
            export.export(self.workspace, Period.of_week(WEEK), out, wish)
            yield from planted.smuggled(_plain(out.read_bytes()))
            if self.workspace.is_township:
                township_book.write(self.workspace, WEEK, out, wish)
                yield from planted.smuggled(_plain(out.read_bytes()))
        wish = form_plan.Wish(full=True, reason="测试", open=True)
        filling.write(self.workspace, filling.plan(self.workspace, _FORM, wish), out, wish)
        yield from planted.added(out.read_bytes(), _FORM.read_bytes())

    def _dump(self) -> list[str]:
        return list(dump.dump(self.workspace))

    def _print(self) -> tuple[int, ...]:
        """What is stored by count; the whole dump, which is slow, is compared when the stage settles."""
        ask = self.workspace.connection.execute
        tables = ("entry", "record", "batch", "book", "mark")
        return tuple(int(ask(f'select count(*) from "{one}"').fetchone()[0]) for one in tables)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The one reading process for whoever wants one."""

        @contextmanager
        def reader() -> Iterator[raw.Read]:
            yield self._child.read

        before, raw.reader = raw.reader, reader
        try:
            yield
        finally:
            raw.reader = before


def _copied(workspace: Workspace, folder: Path) -> Connection:
    """A copy of the store under its key, to go back to."""
    folder.mkdir()
    with closing(workspace.store.another_connection()) as source:
        source.execute("vacuum into ?", (str(folder / database.FILE),))
    return workspace.store.connection_to(folder)


def _plain(data: bytes) -> bytes:
    """The workbook inside a locked one."""
    if data[:2] == b"PK":
        return data
    try:
        return raw_book.unlocked(data, PASSWORD) or data
    except GridworkerError:
        return data


def _sentence(error: GridworkerError) -> list[str]:
    """What is wrong with how a refusal is put."""
    message, hint = error.message.strip(), error.hint.strip()
    if not message or not hint or "\n" in message or message[-1] not in _ENDS or "Error" in message:
        return [f"no clear sentence: {message!r} {hint!r}"]
    return []


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(_number: int, _frame: Any) -> None:
        raise HungError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(_GIVEN_UP)
    try:
        yield
    finally:
        signal.alarm(0)


def _process_of(child: Child) -> int:
    return int(child._process.pid) if child._pipe else 0


def _forget_peaks(child: Child) -> None:
    for process in ("self", str(_process_of(child))):
        path = Path(f"/proc/{process}/clear_refs")
        if path.exists():
            path.write_text("5", encoding="ascii")


def _peak(process: str) -> int:
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return 0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)
