"""Jobs beside the window: order, progress, cancel, failure, a window that stays awake."""

import threading
from time import sleep

import pytest
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from gridworker.ui.tasks import Job, Tasks


@pytest.fixture
def tasks(qtbot):
    made = Tasks()
    yield made
    assert made.close()


def test_the_result_arrives_on_the_main_thread(tasks, qtbot):
    heard = []
    tasks.start(lambda job: threading.get_ident(), done=lambda ident: heard.append((ident, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard) and not tasks.is_busy())
    worker, receiver = heard[0]
    assert receiver == threading.get_ident() != worker


def test_progress_is_told_and_ends_at_one(tasks, qtbot):
    shares = []

    def work(job):
        for number in range(200):
            job.step(number + 1, 200, "导入")

    tasks.start(work, progress=lambda share, sentence: shares.append((share, sentence)))
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert shares[-1] == (1.0, "导入")
    assert shares == sorted(shares)
    assert len(shares) < 50  # throttled


def test_cancel_stops_the_work_at_its_next_step(tasks, qtbot):
    told, steps = [], []

    def work(job):
        for number in range(10_000):
            job.step(number, 10_000)
            steps.append(number)
            sleep(0.001)

    job = tasks.start(work, cancelled=lambda: told.append("cancelled"), done=lambda result: told.append("done"))
    qtbot.waitUntil(lambda: len(steps) > 3)
    job.cancel()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert told == ["cancelled"]
    assert len(steps) < 10_000


def test_a_failure_is_delivered_whole(tasks, qtbot):
    failures = []

    def work(job):
        raise OSError("U盘写不进去")

    tasks.start(work, failed=failures.append)
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert isinstance(failures[0], OSError)


def test_an_error_raised_by_interrupting_counts_as_cancelled(tasks, qtbot):
    told = []

    def work(job):
        while not job.is_cancelled():
            sleep(0.001)
        raise OSError("interrupted")

    job = tasks.start(work, cancelled=lambda: told.append("cancelled"), failed=lambda error: told.append("failed"))
    job.cancel()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert told == ["cancelled"]


def test_a_job_cancelled_while_waiting_never_begins(tasks, qtbot):
    begun, told = [], []
    gate = threading.Event()
    tasks.start(lambda job: gate.wait(5))
    waiting = tasks.start(lambda job: begun.append(1), cancelled=lambda: told.append("cancelled"))
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert (begun, told) == ([], ["cancelled"])


def test_jobs_run_one_after_the_other(tasks, qtbot):
    running, most = [], []

    def work(job):
        running.append(1)
        most.append(len(running))
        sleep(0.01)
        running.pop()

    for _each in range(4):
        tasks.start(work)
    qtbot.waitUntil(lambda: not tasks.is_busy())
    assert most == [1, 1, 1, 1]


def test_the_window_stays_awake_while_a_job_computes(tasks, qtbot, latency_probe):
    def work(job):
        for number in range(200):
            sum(range(10_000))
            job.step(number, 200)

    with latency_probe:
        tasks.start(work)
        qtbot.waitUntil(lambda: not tasks.is_busy(), timeout=10_000)
    assert latency_probe.worst < 100


def test_a_job_outside_tasks_can_be_asked_to_stop():
    job = Job(lambda each: None)
    job.cancel()
    assert job.is_cancelled()


def test_a_widget_that_is_gone_is_told_nothing(tasks, qtbot):
    class Asker(QLabel):
        def hear(self, words):
            self.setText(words)

    asker, may_go_on = Asker(), threading.Event()
    tasks.start(lambda _job: may_go_on.wait(10) and "done", done=asker.hear)
    delete(asker)
    may_go_on.set()
    qtbot.waitUntil(lambda: not tasks.is_busy())
