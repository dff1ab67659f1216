"""Rubbish is collected on the main thread only."""

import gc
import threading
import weakref

from gridworker.ui import garbage
from gridworker.ui.tasks import Tasks


class Ring:
    """Something only the collector can end; says on which thread it ended."""

    def __init__(self, ended):
        self.itself = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread()))


def test_a_job_that_makes_much_rubbish_collects_none(qtbot):
    ended = []
    tasks = Tasks()

    def work(_job):
        Ring(ended)
        for _time in range(20_000):
            [].append([])
        return [[] for _time in range(20_000)]

    made = []
    tasks.start(work, done=made.append)
    qtbot.waitUntil(lambda: len(made) == 1)
    gc.collect()  # the window may have done so already, between two events
    assert ended == [threading.main_thread()]


def test_rubbish_goes_between_events(qtbot, monkeypatch):
    monkeypatch.setattr(garbage, "INTERVAL", 1)
    ended = []
    collector = garbage.Collector()
    Ring(ended)
    made = [[] for _time in range(100_000)]  # more than what goes meanwhile of the test before: Python counts both
    qtbot.waitUntil(lambda: ended == [threading.main_thread()])
    assert len(made) == 100_000
    collector.deleteLater()


def test_nothing_goes_while_held():
    gc.enable()
    try:
        with garbage.held():
            assert not gc.isenabled()
        assert gc.isenabled()
    finally:
        gc.disable()
