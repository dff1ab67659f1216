"""A township's desk over books that two workers really handed in, for tests with real keys."""

from PySide6.QtWidgets import QApplication

from gridworker.services import arrivals, roster
from gridworker.services.look import Look
from gridworker.ui.desk import Desk
from gridworker.ui.tasks import Tasks
from tests.services.township_books import nothing, ready_book


def with_books(township, open_copy, folder):
    """A township that took one worker's book in and waits for another's."""
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    roster.add_grid(township, "YS01", "阅山悦府1网格", "阅山社区", "何玉兰")
    arrivals.take(township, [ready_book(open_copy, folder / "JX03_2026-W48.xlsx")], nothing)
    return township


def open_desk(qtbot, workspace, page=""):
    """The desk of an open store at the usual size, on one page."""
    desk = Desk(workspace, Tasks(), Look("light"))
    desk.window.resize(1366, 768)
    desk.show()
    if page:
        desk.window.show_page(page)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return desk


def close_desk(desk):
    """Let jobs end and tell so while their store is open, and take the window away; the store belongs to the test."""
    if desk._tasks.close():
        QApplication.processEvents()
    desk.window.closing.disconnect(desk._on_closing)
    desk.window.close()
    desk._tasks.leave(lambda: None)
    desk.window.deleteLater()
    desk._minute.stop()
    desk._asked.stop()
