"""A worker's window over invented people, for tests with real keys."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridworker.store import queries
from gridworker.ui.main_window import MainWindow
from gridworker.ui.pages.worker import worker_pages
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from tests import invented

CTRL = Qt.KeyboardModifier.ControlModifier


def open_window(qtbot, workspace, households=60):
    """The window at the smallest laptop's size, on 今日, with invented people."""
    if households:
        invented.fill(workspace, households)
    refresh = Refresh()
    tasks = Tasks()
    window = MainWindow(worker_pages(workspace, refresh, tasks), refresh)
    window.tasks = tasks
    window.workspace = workspace
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_page("today")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return window


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    """One key to whatever has the focus, as a keyboard sends it."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def keys(text):
    """Plain letters and digits to whatever has the focus."""
    QTest.keyClicks(QApplication.focusWidget(), text)
    QApplication.processEvents()


def rows_of(workspace, name):
    """Standing rows of a ledger."""
    return queries.every(workspace.connection, name)
