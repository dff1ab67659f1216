"""One thing goes wrong with disk, clock or another window: one clear sentence, nothing lost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError
from gridworker.services import clock, dump, keeping, records, settings
from gridworker.services.workspace import Workspace

HOME = {"estate": "金江西苑", "building": "9", "unit": "1"}


def full(workspace: Workspace) -> None:
    (pages,) = workspace.connection.execute("pragma page_count").fetchone()
    workspace.connection.execute(f"pragma max_page_count = {pages}")


def read_only(workspace: Workspace) -> None:
    workspace.connection.execute("pragma query_only = on")


def in_use(workspace: Workspace) -> None:
    workspace.connection.execute("pragma busy_timeout = 0")
    other = workspace.store.another_connection()
    other.execute("begin immediate")
    workspace.other = other  # type: ignore[attr-defined]  # kept open


@pytest.mark.parametrize(
    ("cause", "code"), [(full, "disk_full"), (read_only, "read_only"), (in_use, "locked")], ids=["full", "ro", "two"]
)
def test_a_save_that_cannot_be_is_told_and_changes_nothing(
    worker: Workspace, cause: Callable[[Workspace], None], code: str
) -> None:
    records.add(worker, ledger("household"), [HOME | {"room": "101"}])
    before = list(dump.dump(worker))
    cause(worker)
    many = [HOME | {"room": str(room), "note": "长" * 300} for room in range(102, 400)]
    with pytest.raises(DataError) as told:
        records.add(worker, ledger("household"), many)
    assert told.value.code == code
    assert told.value.hint
    assert list(dump.dump(worker)) == before


def test_a_clock_set_back_ten_years_is_told_and_its_backup_stays(
    worker: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.add(worker, ledger("household"), [HOME | {"room": "101"}])
    assert clock.doubt(worker) == ""
    for _each in range(2):
        keeping.backup(worker)
    worker._today = date(2016, 11, 25)
    assert "比最近的记录 2026-11-25 还早" in clock.doubt(worker)
    monkeypatch.setattr("gridworker.store.copies.SHARE", 10**15)
    made = keeping.backup(worker)
    assert made in [one.file for one in settings.backups(worker.store.folder)]
    records.add(worker, ledger("household"), [HOME | {"room": "102"}])
    assert keeping.check(worker).ok
    worker._today = date(2016, 11, 25) + timedelta(days=90)
    assert "很久了" in clock.doubt(worker)
