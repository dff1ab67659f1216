"""Holding Alt shows the masked values inside a page or dialog; every look is logged by the labels themselves."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridworker.ui.widgets.label import MaskedLabel

HOLD: Final = 250
"""Milliseconds Alt is held before masked values show: Alt+2 must not look like looking."""


class RevealByAlt(QObject):
    """Belongs to its page or dialog, and masks again when Alt is let go, another key comes, or the window goes.

    Alt+Tab never delivers the release of Alt, and what is shown anew must come back masked.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._revealed = False
        self._held = QTimer(self, interval=HOLD, singleShot=True)
        self._held.timeout.connect(lambda: self.show_full(True))
        owner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen only: the keys stay everybody's."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Alt:
            if not event.isAutoRepeat():
                self._held.start()
        elif kind in (QEvent.Type.KeyPress, QEvent.Type.Hide) or _is_release(event) or self._has_left(kind):
            self.mask_again()
        return False

    def mask_again(self) -> None:
        """Hide what Alt showed."""
        self._held.stop()
        if self._revealed:
            self.show_full(False)

    def show_full(self, wanted: bool) -> None:
        """Show every masked value of the owner in full, or mask it again."""
        self._revealed = wanted
        for masked in self._owner.findChildren(MaskedLabel):
            masked.reveal(wanted)

    def _has_left(self, kind: QEvent.Type) -> bool:
        return kind == QEvent.Type.ActivationChange and not self._owner.isActiveWindow()


def _is_release(event: QEvent) -> bool:
    released = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease
    return released and event.key() == Qt.Key.Key_Alt and not event.isAutoRepeat()  # type: ignore[attr-defined]
