"""A short walk of the monkey (`python -m tests.tools.monkey` goes further): nothing breaks, whatever is pressed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gridworker.i18n import use_language
from tests import invented
from tests.tools import monkey
from tests.ui.township_window import with_books
from tests.ui.worker_window import open_window

EVENTS = 300


@pytest.fixture(autouse=True)
def _chinese_again():
    """The monkey may have chosen another language."""
    yield
    use_language("zh_CN")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_finds_nothing_in_a_workers_window(qapp, worker, seed):
    invented.fill(worker, 60, 6, 1)
    assert monkey.run(worker, seed, EVENTS).faults == []


def test_a_monkey_finds_nothing_in_a_townships_window(qapp, township, open_copy, tmp_path):
    assert monkey.run(with_books(township, open_copy, tmp_path), 2, EVENTS).faults == []


def test_the_monkey_tells_what_broke(qapp, worker, monkeypatch):
    monkeypatch.setattr("gridworker.ui.desk.Desk._show_help", lambda *_given: 1 / 0)
    fault, *_more = monkey.run(worker, 1, EVENTS // 3).faults
    assert "ZeroDivisionError" in fault
    assert "Key_F1" in fault.splitlines()[-1]


def test_dialogs_that_were_closed_are_gone(qtbot, worker):
    window = open_window(qtbot, worker)
    window.show_page("needs")
    for _each in range(3):
        QTest.keyClick(window, Qt.Key.Key_F4)
        QTest.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(QDialog) == []
