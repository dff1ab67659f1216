"""The sentence for the chat: counts only, copied by one press."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import label

_SAID = 4000  # ms for which the button says that it copied
_PAUSE = 400  # ms in which nothing more was saved, until the sentence is made anew


class ChatLine(QWidget):
    """A sentence and 复制."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self._key = key
        self.sentence = label("", wrap=True)
        self.copy = Button(_("复制"), icon="copy", key=key, small=True)
        self._again = QTimer(self, interval=_SAID, singleShot=True)
        self._again.timeout.connect(self._offer)
        self._count: Callable[[], str] | None = None
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._catch_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addLayout(row(self.copy, 1))
        self.copy.clicked.connect(self.take)
        keys.bind(self, "Enter", self.take)

    def show_sentence(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.setText(sentence)

    def show_later(self, count: Callable[[], str]) -> None:
        """Make the sentence anew once nothing was saved for a moment, at the latest when it is taken."""
        self._count = count
        if self.isVisible():
            self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody reads it: it is counted when it is seen again, and the store may close meanwhile."""
        super().hideEvent(event)
        self._pause.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """Count what was put off."""
        super().showEvent(event)
        if self._count is not None:
            self._pause.start()

    def _catch_up(self) -> None:
        if self._count is not None:
            self.show_sentence(self._count())
            self._count = None

    def take(self) -> None:
        """Put the sentence on the clipboard and say so."""
        self._catch_up()
        QApplication.clipboard().setText(self.sentence.text())
        self.copy.show_face(_("已复制"), icon="check", key=self._key)
        self._again.start()

    def _offer(self) -> None:
        self.copy.show_face(_("复制"), icon="copy", key=self._key)
