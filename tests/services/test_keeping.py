"""Set-up files, backups, passwords, health."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import access, demo, dump, keeping, records, setup_file
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace
from tests.conftest import PASSWORD, TODAY


def test_a_set_up_file_brings_roster_units_and_password(township: Workspace, tmp_path: Path) -> None:
    records.add(
        township,
        ledger("grid"),
        [{"code": "JX03", "name": "金江西苑3网格", "community": "金江社区", "township": "梅山镇"}],
    )
    records.add(township, ledger("worker"), [{"code": "JX03-陈晓芸", "name": "陈晓芸", "grids": "JX03"}])
    township.store.set("units", json.dumps(["镇住建办"]))
    township.store.set("report_password", "上报密码2026")
    setup_file.write(township, tmp_path / "开户.gwsetup")
    shared = setup_file.read(tmp_path / "开户.gwsetup")
    assert shared.worker_of("JX03") == "陈晓芸"
    opening = Opening("worker", "陈晓芸", "JX03", shared.grid("JX03")["name"], "金江社区", "梅山镇")
    worker, _code = workspaces.create(tmp_path / "w", PASSWORD, opening, TODAY)
    setup_file.apply(worker, shared)
    assert worker.store.get("report_password") == "上报密码2026"
    assert worker.store.get_json("units") == ["镇住建办"]
    workers = [line for line in dump.dump(worker) if '"ledger":"worker"' in line]
    assert len(workers) == 1
    worker.close()


def test_other_files_are_no_set_up_files(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError) as told:
        setup_file.read(tmp_path / "x")
    assert told.value.code == "bad_setup"


def test_one_worker_on_two_laptops_is_one_worker(open_copy: Callable[..., Workspace]) -> None:
    one, other = open_copy("worker"), open_copy("worker")
    assert one.worker == other.worker
    assert one.grid == other.grid
    assert one.store.device != other.store.device


def test_restore_draws_a_new_device_and_keeps_what_was_there(worker: Workspace, tmp_path: Path) -> None:
    demo.fill(worker, 8, 1, 1)
    facts = list(dump.dump(worker))
    device = worker.store.device
    file = keeping.backup(worker, tmp_path / "one.gwbackup")
    folder = worker.store.folder
    worker.close()
    aside = keeping.restore(folder, file, PASSWORD)
    assert aside is not None
    assert (aside / "store.db").exists()
    again = workspaces.open_folder(folder, PASSWORD, TODAY)
    assert list(dump.dump(again)) == facts
    assert again.store.device != device
    again.close()


def test_a_broken_backup_changes_nothing(worker: Workspace, tmp_path: Path) -> None:
    (tmp_path / "bad.gwbackup").write_bytes(b"no zip")
    before = list(dump.dump(worker))
    with pytest.raises(UserError) as told:
        keeping.restore(worker.store.folder, tmp_path / "bad.gwbackup", PASSWORD)
    assert told.value.code == "bad_backup"
    assert list(dump.dump(worker)) == before


def test_a_wrong_password_restores_nothing(worker: Workspace, tmp_path: Path) -> None:
    file = keeping.backup(worker, tmp_path / "one.gwbackup")
    with pytest.raises(UserError) as told:
        keeping.restore(tmp_path / "elsewhere", file, "不是这个密码")
    assert told.value.code == "wrong_passphrase"
    assert not (tmp_path / "elsewhere" / "store.db").exists()


def test_a_new_password_by_the_old_one_or_the_recovery_code(tmp_path: Path) -> None:
    opening = Opening("worker", "甲", "JX01", "一网格")
    workspace, code = workspaces.create(tmp_path, PASSWORD, opening, date(2026, 11, 20))
    workspace.close()
    keeping.rekey(tmp_path, PASSWORD, "", "另一句好记的话")
    with pytest.raises(UserError):
        workspaces.open_folder(tmp_path, PASSWORD)
    keeping.rekey(tmp_path, "", code.lower(), PASSWORD)
    workspaces.open_folder(tmp_path, PASSWORD).close()
    with pytest.raises(UserError):
        keeping.rekey(tmp_path, "", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "第三句好记的话")


def test_a_new_recovery_code_voids_the_old_one(tmp_path: Path) -> None:
    opening = Opening("worker", "甲", "JX01", "一网格")
    workspace, old = workspaces.create(tmp_path, PASSWORD, opening, date(2026, 11, 20), unwritten=True)
    assert keeping.recovery_unwritten(workspace)
    keeping.recovery_written(workspace)
    with pytest.raises(UserError):
        keeping.new_recovery_code(workspace, "不是这个密码")
    assert not keeping.recovery_unwritten(workspace)
    code = keeping.new_recovery_code(workspace, PASSWORD)
    assert keeping.recovery_unwritten(workspace)
    workspace.close()
    assert code != old
    with pytest.raises(UserError):
        keeping.rekey(tmp_path, "", old, "另一句好记的话")
    keeping.rekey(tmp_path, "", code, "另一句好记的话")
    workspaces.open_folder(tmp_path, "另一句好记的话").close()


def test_check_finds_a_changed_row_and_a_changed_log(worker: Workspace) -> None:
    demo.fill(worker, 8, 1, 1)
    access.note(worker, "show", "household/x")
    access.note(worker, "search")
    assert keeping.check(worker).ok
    worker.connection.execute("update household set head = '别人' where id = (select max(id) from household)")
    assert len(keeping.check(worker).faults) == 1
    worker.connection.execute("update access set what = 'nothing' where no = 1")
    assert len(keeping.check(worker).faults) == 2
