"""The township's inbox on the disk: a folder whose new workbooks come in by themselves, and plain files left behind."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.exchange import raw_book
from gridworker.i18n import _
from gridworker.services import access, arrivals, erased_before, erasing, intake, preview
from gridworker.services.arrivals import Arrival, Progress
from gridworker.services.workspace import Workspace
from gridworker.store import batches

_FOLDER: Final = "watch_folder"


def folder(workspace: Workspace) -> Path | None:
    """The folder that is watched, if any."""
    kept = workspace.store.get(_FOLDER)
    return Path(kept) if kept else None


def set_folder(workspace: Workspace, path: Path | None) -> None:
    """Watch a folder, or none."""
    workspace.store.set(_FOLDER, str(path) if path else "")


class Watch:
    """Which files of a folder are new and lie still: a file that is being copied is left until it stops growing."""

    def __init__(self) -> None:
        self._last: dict[Path, tuple[int, int]] = {}
        self._told: dict[Path, tuple[int, int]] = {}

    def news(self, where: Path) -> list[Path]:
        """Files that look the same as when asked before and were not told yet."""
        now = {path: stamp for path in _books(where) if (stamp := _stamp(path))}
        found = [path for path, stamp in now.items() if self._last.get(path) == stamp != self._told.get(path)]
        self._last = now
        self._told.update({path: now[path] for path in found})
        return found


def _books(where: Path) -> list[Path]:
    return intake.find_books([where]) if where.is_dir() else []


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        told = path.stat()
        return told.st_size, told.st_mtime_ns
    return None


@dataclass(frozen=True, slots=True)
class PickedUp:
    """What came in by itself, and files that a person must look at first."""

    arrival: Arrival | None
    others: tuple[Path, ...]

    def sentence(self) -> str:
        """Both in one line; empty for nothing."""
        told = [self.arrival.sentence()] if self.arrival else []
        if self.others:
            told.append(_("另有 {count} 个文件要先看一看").format(count=len(self.others)))
        return _("；").join(told)


def pick_up(workspace: Workspace, paths: Sequence[Path], progress: Progress) -> PickedUp:
    """Take workers' workbooks; bytes that came before, also those taken back, are let lie, the rest is for a person,
    and so is what erases or tells again of somebody erased.
    """
    fresh = [path for path in paths if not _came_before(workspace, path)]
    looked = preview.read(workspace, fresh, progress) if fresh else []
    ours = [one for one in looked if one.kind == preview.OURS and not _asks(workspace, one)]
    arrival = arrivals.take_looked_at(workspace, ours, progress) if ours else None
    return PickedUp(arrival, tuple(one.path for one in looked if one not in ours))


def _asks(workspace: Workspace, one: preview.Looked) -> bool:
    """Nothing is erased for ever without somebody who saw it, and nobody erased stays out unnoticed."""
    names_erased = any(told.code == erased_before.CODE for told in one.report.problems)
    return names_erased or erasing.brings_any(workspace, one.readied().brought)


def _came_before(workspace: Workspace, path: Path) -> bool:
    """Also a file that is gone again is nothing to take."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return True
    return bool(batches.reports_of(workspace.connection, digest))


def plain_files(workspace: Workspace, arrival: Arrival) -> list[Path]:
    """Files of an import that lie open on the disk and are wholly in the store: nothing of them waits for a hand."""
    told = zip(arrival.reports, arrival.paths, strict=True)
    settled = [path for one, path in told if one.error is None and not one.problems]
    return [path for path in settled if _is_plain_and_in(workspace, path)]


def _is_plain_and_in(workspace: Workspace, path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False
    came = bool(batches.reports_of(workspace.connection, hashlib.sha256(data).hexdigest()))
    return came and not raw_book.is_locked(data)


def delete(workspace: Workspace, paths: Iterable[Path]) -> int:
    """Delete plain files that are still, byte for byte, what was imported; returns how many went."""
    gone = 0
    for path in paths:
        with suppress(OSError):
            if _is_plain_and_in(workspace, path):
                path.unlink()
                gone += 1
    access.note(workspace, "delete_files", str(gone))
    return gone
