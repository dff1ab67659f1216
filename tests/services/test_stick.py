"""A stick pulled out while something is written to it: one sentence, no half file, and done again it is whole."""

import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError
from gridworker.exchange import raw
from gridworker.services import backup_preview, export, keeping, records, second_copy
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import exports

HOME = {"estate": "金江西苑", "building": "9", "unit": "1", "room": "101"}
WEEK = Period.of_week(parse_week("2026-W48"))


class Stick:
    """A folder that is gone from one of the calls on that write to it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.calls, self.last = folder, 0, 10**6
        for owner, name in ((os, "replace"), (os, "fsync"), (shutil, "copyfile"), (Path, "write_bytes"),
                            (zipfile.ZipFile, "write")):  # fmt: skip
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **more: object) -> object:
            self.calls += 1
            if self.calls > self.last:
                shutil.rmtree(self.folder, ignore_errors=True)
                raise OSError(5, "Input/output error")
            return real(*given, **more)

        return call

    def plug_in(self, last: int) -> None:
        self.folder.mkdir(exist_ok=True)
        self.calls, self.last = 0, last


def hand_out(worker: Workspace, stick: Path) -> None:
    export.export(worker, WEEK, stick / "week.xlsx", Wish())
    raw.read_book_here((stick / "week.xlsx").read_bytes())


def back_up(worker: Workspace, stick: Path) -> None:
    file = keeping.backup(worker, stick / "one.gwbackup")
    assert backup_preview.preview(worker, file).counts["household"] == 1


def copy(worker: Workspace, stick: Path) -> None:
    (file,) = (worker.store.folder / "backups").glob("*.gwbackup")
    made = second_copy.follow(worker, file)
    assert made is not None
    assert made.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("deed", [hand_out, back_up, copy])
def test_it_is_told_and_nothing_half_is_left(
    worker: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deed: Callable[[Workspace, Path], None]
) -> None:
    records.add(worker, ledger("household"), [HOME])
    keeping.backup(worker)
    (tmp_path / "stick").mkdir()
    second_copy.choose(worker, tmp_path / "stick")
    stick = Stick(tmp_path / "stick", monkeypatch)
    stick.plug_in(10**6)
    deed(worker, stick.folder)
    every, left = stick.calls, exports.count(worker.connection)
    assert every >= 2
    for last in range(every):
        stick.plug_in(last)
        with pytest.raises(DataError, match="拔掉") as told:
            deed(worker, stick.folder)
        assert (told.value.code, told.value.hint) == ("disk", "请接好后再试一次。")
        assert exports.count(worker.connection) == left
        assert not list(tmp_path.rglob("*partial*"))
    stick.plug_in(10**6)
    deed(worker, stick.folder)
    assert not list(stick.folder.rglob(".*"))
    assert keeping.check(worker).ok
