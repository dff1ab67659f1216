"""Somebody at a real window who saves visit after visit, with words typed into each: for the kills."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.services import drafts
from gridworker.services.look import Look
from gridworker.store import queries
from gridworker.ui import theme
from gridworker.ui.shell import Options, Shell
from tests.plug.deeds import TODAY

KEPT: Final = "kept "
"""Before words of which a draft was kept."""
_TICK: Final = 15
_SLOWEST: Final = 80
"""Ticks for which somebody types on a visit at most: longer than a draft waits."""
_PATIENCE: Final = 20_000
"""Milliseconds after which nothing will be said any more."""


class Scribe:
    """Opens the first household that is due, types, saves, goes on with the next one."""

    def __init__(self, shell: Shell, number: int, tell: Callable[[str], object]) -> None:
        self._shell, self._number, self._tell = shell, number, tell
        self._place = self._left = 0
        self._words = self._told = ""
        self._timer = QTimer(interval=_TICK)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        desk = self._shell.desk
        if desk is None or QApplication.focusWidget() is None:
            return
        form = desk.window.page("households").form
        if not form.isVisible():
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        elif not self._words:
            self._begin(form.content)
        elif self._left:
            self._left -= 1
            self._look_for_draft()
        else:
            QTest.keyClick(form.content, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            saved = {row.plain("content") for row in queries.every(desk.workspace.connection, "visit")}
            if self._words in saved:
                self._tell(self._words)
            self._words = ""

    def _begin(self, content: QWidget) -> None:
        self._place += 1
        self._words = f"走访{self._number}之{self._place}，药还够吃两周"
        self._left = random.randrange(_SLOWEST)
        content.setFocus()
        event = QInputMethodEvent("", [])
        event.setCommitString(self._words)
        QApplication.sendEvent(content, event)

    def _look_for_draft(self) -> None:
        workspace = self._shell.desk.workspace
        bodies = (str(drafts.find(workspace, name)) for name in drafts.names(workspace, ""))
        if self._told != self._words and any(self._words in body for body in bodies):
            self._told = self._words
            self._tell(KEPT + self._words)


def type_on(folder: Path, password: str, number: int, tell: Callable[[str], object]) -> None:
    """Open the window over a folder and work until killed."""
    app = QApplication([])
    theme.apply(theme.LIGHT, bundled_font=True)
    shell = Shell(Options(folder, TODAY, password), Look(theme.LIGHT))
    scribe = Scribe(shell, number, tell)
    shell.begin()
    QTimer.singleShot(_PATIENCE, app.quit)
    app.exec()
    del scribe
