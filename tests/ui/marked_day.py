"""A day at the real window in which every typed value is marked; it ends without a word, as if the plug were pulled.

`python -m tests.ui.marked_day DATA PASSWORD_FILE MARKS` in a process of its own; the marks go on in their file.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.domain.ids import Id
from gridworker.services.look import Look
from gridworker.store import queries
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.pages.household_edit import new_household
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.worker_page import HouseholdKey
from gridworker.ui.shell import Options, Shell
from gridworker.ui.shell_failures import Failures
from tests.conftest import TODAY
from tests.lost_laptop import traces
from tests.lost_laptop.marks import Marks

CTRL = Qt.KeyboardModifier.ControlModifier


def main(data: Path, password: Path, told: Path) -> None:
    """Open the window, type into all of it, and end in the middle."""
    traces.keep_deleted(data.parent, data.parent / "deleted-by-window")
    app = QApplication([])
    theme.apply(theme.LIGHT, bundled_font=True)
    failures = Failures(data)
    failures.install()
    shell = Shell(Options(data, TODAY, password.read_text(encoding="utf-8")), Look(theme.LIGHT), failures)
    shell.begin()
    while shell.desk is None:
        app.processEvents()
    marks = Marks(seed=2)
    live(shell.desk, marks)
    QTimer.singleShot(0, lambda: _fail(marks))
    QTimer.singleShot(1800, lambda: _pull_the_plug(marks, told))
    app.exec()


def _pull_the_plug(marks: Marks, told: Path) -> None:
    told.write_text(json.dumps(marks.planted, ensure_ascii=False), encoding="utf-8")
    os._exit(9)


def live(desk: Desk, marks: Marks) -> None:
    """Searches, visits saved and left as drafts, a need and a household half written, the evening's sheet."""
    homes = [row.id for row in queries.every(desk.workspace.connection, "household")]
    for number in range(4):
        _search(desk, marks.word(f"search box {number}"))
    for home in homes[:4]:
        _visit(desk, home, marks.text("a visit in the window"), saved=True)
    _visit(desk, homes[4 % len(homes)], marks.text("a draft of a visit"), saved=False)
    desk.window.show_page("sheet")
    commit(QApplication.focusWidget(), marks.name("a line of the sheet"))
    form = new_household(desk.workspace, desk.window)
    form.open()
    commit(form.editors["head"], marks.name("a new household"))
    form.reject()
    dialog = NewNeedDialog(desk.window, desk.workspace)
    dialog.open()
    commit(dialog.block.content, marks.text("a need half written"))
    _wait(900)


def _visit(desk: Desk, home: Id, words: str, *, saved: bool) -> None:
    desk.window.show_page("households", HouseholdKey(home, visit=True))
    form = desk.window.page("households").form
    commit(form.content, words)
    if saved:
        QTest.keyClick(form.content, Qt.Key.Key_Return, CTRL)
    _wait(50)


def _search(desk: Desk, word: str) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_K, CTRL)
    commit(desk.window.top_bar.search, word)
    _wait(30)


def commit(field: QWidget, words: str) -> None:
    """Words as an input method gives them."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(field, event)
    QApplication.processEvents()


def _fail(marks: Marks) -> None:
    """Something nobody foresaw, with somebody's name in its words."""
    raise ValueError(marks.name("words of an exception"))


def _wait(milliseconds: int) -> None:
    QTest.qWait(milliseconds)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
