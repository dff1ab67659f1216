"""The sentence for the chat: counts only, copied by one press."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import label

_SAID = 4000  # ms for which the button says that it copied


class ChatLine(QWidget):
    """A sentence and 复制."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self._key = key
        self.sentence = label("", wrap=True)
        self.copy = Button(_("复制"), icon="copy", key=key, small=True)
        self._again = QTimer(self, interval=_SAID, singleShot=True)
        self._again.timeout.connect(self._offer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addLayout(row(self.copy, 1))
        self.copy.clicked.connect(self.take)
        keys.bind(self, "Enter", self.take)

    def show_sentence(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.setText(sentence)

    def take(self) -> None:
        """Put the sentence on the clipboard and say so."""
        QApplication.clipboard().setText(self.sentence.text())
        self.copy.show_face(_("已复制"), icon="check", key=self._key)
        self._again.start()

    def _offer(self) -> None:
        self.copy.show_face(_("复制"), icon="copy", key=self._key)
