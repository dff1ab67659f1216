"""One thing goes wrong with disk, clock or another window: one clear sentence, nothing lost."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import DataError, UserError
from gridworker.services import clock, dump, keeping, records, settings
from gridworker.services.workspace import Workspace
from gridworker.store.door import Verdict

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
    assert clock.doubt(worker.store, worker.today) == ""
    for _each in range(2):
        keeping.backup(worker)
    worker._today = date(2016, 11, 25)
    assert "比最近的记录 2026-11-25 还早" in clock.doubt(worker.store, worker.today)
    monkeypatch.setattr("gridworker.store.copies.SHARE", 10**15)
    made = keeping.backup(worker)
    assert made in [one.file for one in settings.backups(worker.store.folder)]
    records.add(worker, ledger("household"), [HOME | {"room": "102"}])
    assert keeping.check(worker).ok
    worker._today = date(2016, 11, 25) + timedelta(days=90)
    assert "很久了" in clock.doubt(worker.store, worker.today)


def test_a_clock_set_back_while_the_program_runs_is_asked_about_once(
    worker: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    records.add(worker, ledger("household"), [HOME | {"room": "101"}])
    worker._today = None

    def set_clock(day: date) -> None:
        monkeypatch.setattr(Workspace, "today", day)
        monkeypatch.setattr(Workspace, "now", datetime.combine(day, time(9)))

    set_clock(date(2016, 11, 25))
    for_a_job = worker.for_thread()
    with pytest.raises(UserError) as told:
        records.add(for_a_job, ledger("household"), [HOME | {"room": "102"}])
    for_a_job.close()
    assert "比最近的记录 2026-11-25 还早" in told.value.told
    assert len(list(dump.dump(worker))) == 3
    records.add(worker, ledger("household"), [HOME | {"room": "102"}])
    assert len(list(dump.dump(worker))) == 4
    set_clock(date(2026, 11, 25))
    with pytest.raises(UserError) as told:
        worker.decide("same", Verdict(ledger("household"), 1, 2, same=True))
    assert "很久了" in told.value.told
    worker.trust_day()
    records.add(worker, ledger("household"), [HOME | {"room": "103"}])
