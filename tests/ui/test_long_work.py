"""Whatever may last is told with how far it is, can be stopped, and leaves nothing half done when it was."""

import threading

import pytest
from PySide6.QtCore import Qt

from gridworker.services import demo, demos, export, keeping, settings, weekly_page
from gridworker.ui import tasks as jobs
from gridworker.ui.tasks import CancelledError, Tasks
from tests.ui.township_window import close_desk, open_desk
from tests.ui.worker_window import press


@pytest.fixture
def desk(qtbot, worker):
    demo.fill(worker, 20, 3, 1)
    made = open_desk(qtbot, worker, "weekly")
    yield made
    close_desk(made)


@pytest.fixture
def stopper():
    """A step that stops the work at a place, as a job does after 取消."""

    def stop_at(place):
        def step(done, _every, _what=""):
            if done >= place:
                raise CancelledError

        return step

    return stop_at


def test_work_that_lasts_is_told_and_stopped_by_esc(desk, qtbot, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE", 0)
    ended = []
    bar = desk.window.message_bar

    def work(job):
        while True:
            job.step(1, 4)

    desk._tasks.start(work, cancelled=lambda: ended.append("cancelled"), told="正在导出 周报")
    qtbot.waitUntil(lambda: bar.sentence() == "正在导出 周报")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not desk._tasks.is_busy())
    assert ended == ["cancelled"]
    assert bar.sentence() == ""


def test_work_that_ends_at_once_says_nothing(qtbot, monkeypatch):
    monkeypatch.setattr(jobs, "PATIENCE", 0)
    one = Tasks()
    told = []
    one.lasting.connect(told.append)
    gate = threading.Event()
    job = one.start(lambda _job: None, told="快")
    qtbot.waitUntil(lambda: not one.is_busy())
    told.clear()
    one._tell(job)
    slow = one.start(lambda _job: gate.wait(5), told="慢")
    qtbot.waitUntil(lambda: told == [slow])
    gate.set()
    qtbot.waitUntil(lambda: not one.is_busy())


def test_an_export_that_was_stopped_leaves_no_file_and_no_line(desk, qtbot, tmp_path, stopper):
    out = tmp_path / "周报.xlsx"
    for place in range(3):
        with pytest.raises(CancelledError):
            export.export(desk.workspace, weekly_page.period_of(desk.workspace, 0), out, None, stopper(place))
    assert not out.exists()
    assert weekly_page.left(desk.workspace) == []


def test_the_page_stops_an_export_and_can_begin_again(desk, qtbot, tmp_path):
    page = desk.window.page("weekly")
    gate = threading.Event()
    desk._tasks.start(lambda _job: gate.wait(5))
    page.out.export_to(tmp_path / "周报.xlsx")
    assert not page.out.save.isEnabled()
    desk._tasks.cancel_all()
    gate.set()
    qtbot.waitUntil(lambda: not desk._tasks.is_busy())
    assert page.out.save.isEnabled()
    assert "已停下" in desk.window.message_bar.sentence()
    assert not (tmp_path / "周报.xlsx").exists()


def test_a_backup_that_was_stopped_leaves_no_file(worker, qtbot):
    demo.fill(worker, 60, 6, 1)
    one, told = Tasks(), []

    def work(job):
        asked = []

        def is_stopped():
            asked.append(1)
            if len(asked) > 1:
                job.cancel()
            return job.is_cancelled()

        return keeping.backup(worker, is_stopped=is_stopped)

    one.start(work, cancelled=lambda: told.append("cancelled"), done=told.append, failed=told.append)
    qtbot.waitUntil(lambda: not one.is_busy())
    assert told == ["cancelled"]
    left = (worker.store.folder / "backups").iterdir()
    assert {one.suffix for one in left} == {".vault"}  # the copies of the vaults
    keeping.backup(worker)
    assert len(settings.backups(worker.store.folder)) == 1


@pytest.mark.parametrize("role", ["worker", "township"])
def test_a_demo_that_was_stopped_is_not_opened_and_can_be_made_again(tmp_path, role, stopper, monkeypatch):
    monkeypatch.setattr(demos, "SIZE", (20, 3, 1))
    told = []
    with pytest.raises(CancelledError):
        demos.open_or_make(tmp_path, role, None, lambda *step: told.append(step) or stopper(1)(*step))
    assert told[0][0] == 0
    assert not demos.folder_of(tmp_path, role).exists()
    if role == "worker":
        demos.open_or_make(tmp_path, role, None, lambda *_step: None).close()
        assert settings.has_store(demos.folder_of(tmp_path, role))
