"""When a draft is kept: 800 ms after a change, however fast one types on, and when the form is left."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

PAUSE: Final = 800
"""Milliseconds after which what was typed is safe."""


class DraftTimer(QTimer):
    """Calls `keep` once what was typed is to be kept."""

    def __init__(self, parent: QObject, keep: Callable[[], object]) -> None:
        super().__init__(parent, interval=PAUSE, singleShot=True)
        self._keep = keep
        self.timeout.connect(self._on_due)

    def soon(self) -> None:
        """Not later for typing on: who never pauses is safe too."""
        if not self.isActive():
            self.start()

    def flush(self) -> None:
        """Keep at once what was not kept yet."""
        if self.isActive():
            self.stop()
            self._keep()

    def _on_due(self) -> None:
        """Not in the middle of a word: reading the form would end its composing."""
        if getattr(QApplication.focusWidget(), "composing", False):
            self.start()
        else:
            self._keep()
