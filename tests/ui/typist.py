"""A real window of its own process in which somebody types on and on: `python -m tests.ui.typist FOLDER PAGE [DIALOG]`.

Says `kept` once a draft of the sentence was kept, and types on, without a pause, until it is killed or gives up.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.services.look import Look
from gridworker.ui import theme
from gridworker.ui.pages.record_dialog import RecordDialog
from gridworker.ui.shell import Options, Shell
from gridworker.ui.widgets.draft_mark import DraftMark
from tests.conftest import PASSWORD, TODAY

SENTENCE = "腿脚好多了，药还够吃两周，"
DOOR = "3-2-502"
PATIENCE = 20_000
"""Milliseconds after which nothing will be kept any more."""
Key = Qt.Key


class Typist:
    """Opens a line or a form once the window stands, then types a letter every 20 ms."""

    def __init__(self, shell: Shell, page: str, dialog: str = "") -> None:
        self._shell, self._page, self._dialog = shell, page, dialog
        self._begun = self._told = False
        self._timer = QTimer(interval=20)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        desk, here = self._shell.desk, QApplication.focusWidget()
        if desk is None or here is None:
            return
        if not self._begun:
            self._begun = True
            self._begin()
            return
        marks = desk.window.findChildren(DraftMark)
        if not self._told and any(mark.isVisible() and mark.text() for mark in marks):
            self._told = True
            print("kept", flush=True)
        QTest.keyClicks(here, "x")

    def _begin(self) -> None:
        if self._dialog == "new":
            self._shell.desk.window.show_page(self._page)
            QTest.keyClick(QApplication.focusWidget(), Key.Key_N, Qt.KeyboardModifier.ControlModifier)
            head = self._shell.desk.window.findChild(RecordDialog).editors["head"]
            head.setFocus()
            self._commit(head)
            return
        keys = (Key.Key_F3, DOOR, Key.Key_Return, "2") if self._page == "sheet" else (Key.Key_F2,)
        for key in keys:
            here = QApplication.focusWidget()
            QTest.keyClicks(here, key) if isinstance(key, str) else QTest.keyClick(here, key)
        if self._dialog == "need":
            for key in (Key.Key_F4, "jiuye", Key.Key_Return):
                here = QApplication.focusWidget()
                QTest.keyClicks(here, key) if isinstance(key, str) else QTest.keyClick(here, key)
        elif self._page != "sheet":
            self._shell.desk.window.page("households").form.content.setFocus()
        self._commit(QApplication.focusWidget())

    @staticmethod
    def _commit(field: QWidget) -> None:
        event = QInputMethodEvent("", [])
        event.setCommitString(SENTENCE)
        QApplication.sendEvent(field, event)


def main() -> None:
    """Open the folder and type until killed."""
    app = QApplication([])
    theme.apply(theme.LIGHT, bundled_font=True)
    shell = Shell(Options(Path(sys.argv[1]), TODAY, PASSWORD), Look(theme.LIGHT))
    typist = Typist(shell, *sys.argv[2:])
    shell.begin()
    QTimer.singleShot(PATIENCE, app.quit)
    app.exec()
    del typist


if __name__ == "__main__":
    main()
