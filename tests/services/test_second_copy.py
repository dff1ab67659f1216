"""The second copy of a backup, and what a backup holds before one goes back to it."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError, UserError
from gridworker.services import backup_preview, keeping, records, second_copy
from gridworker.services.workspace import Workspace
from tests.conftest import TODAY

HOME = {"estate": "金江西苑", "building": "9", "unit": "1", "room": "101"}


def test_each_backup_is_copied_while_the_stick_is_there(worker: Workspace, tmp_path: Path) -> None:
    assert second_copy.followed(worker, keeping.backup(worker)) == ""
    stick = tmp_path / "stick"
    stick.mkdir()
    second_copy.choose(worker, stick)
    file = keeping.backup(worker)
    assert "第二份已拷到" in second_copy.followed(worker, file)
    (copy,) = stick.rglob("*.gwbackup")
    assert copy.read_bytes() == file.read_bytes()
    shutil.rmtree(stick)
    assert "没有接上" in second_copy.followed(worker, file)
    assert second_copy.reminder(worker) == ""
    worker._today = TODAY + timedelta(days=9)
    assert "9 天" in second_copy.reminder(worker)
    second_copy.choose(worker, None)
    assert second_copy.reminder(worker) == ""


def test_a_stick_pulled_out_meanwhile_leaves_the_backup_and_one_sentence(
    worker: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_copy.choose(worker, tmp_path)

    def pulled(_source: Path, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(second_copy.shutil, "copyfile", pulled)
    file = keeping.backup(worker)
    assert second_copy.followed(worker, file).startswith("第二份没有拷成：")
    assert file.exists()
    assert not list((tmp_path).glob("gridworker-*/*"))


def test_the_data_folder_itself_is_no_second_place(worker: Workspace) -> None:
    with pytest.raises(UserError):
        second_copy.choose(worker, worker.store.folder / "backups")


def test_a_preview_tells_what_stands_in_a_backup_and_what_would_be_gone(
    worker: Workspace, township: Workspace, tmp_path: Path
) -> None:
    records.add(worker, ledger("household"), [HOME])
    file = keeping.backup(worker, tmp_path / "one.gwbackup")
    assert backup_preview.preview(worker, file).newer.total() == 0
    records.add(worker, ledger("household"), [HOME | {"room": "102"}])
    told = backup_preview.preview(worker, file)
    assert (told.counts["household"], dict(told.newer)) == (1, {"household": 1})
    assert "少掉此后的：住户 1" in told.lines()[-1]
    with pytest.raises(DataError):
        backup_preview.preview(township, file)
