"""Nobody touches keys or mouse for a while: somebody may have walked off, and the window locks itself.

A laptop that slept for as long locks when it wakes up: not every clock goes on meanwhile, that of the wall does.
"""

from collections.abc import Callable
from time import monotonic, time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

LOOK: Final = 2000
"""Milliseconds between two looks at the time."""
_TOUCHES: Final = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
    QEvent.Type.InputMethod, QEvent.Type.TouchBegin,
})  # fmt: skip


class IdleWatch(QObject):
    """`idle` once nobody has touched anything for as long as is set; a new watch for each time somebody sits down."""

    idle = Signal()

    def __init__(self, seconds: Callable[[], float], parent: QObject, look: int = LOOK) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._touched, self._looked = monotonic(), time()
        self._timer = QTimer(self, interval=look)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Listen only."""
        if event.type() in _TOUCHES:
            self._touched = monotonic()
        return False

    def stop(self) -> None:
        """Nobody sits here any more."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def _look(self) -> None:
        asleep, self._looked = time() - self._looked, time()
        if max(monotonic() - self._touched, asleep) >= self._seconds():
            self.stop()
            self.idle.emit()
