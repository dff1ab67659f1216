"""仍要这样吗: one sentence before a deed that is likely a slip; Esc goes back, Ctrl+Enter goes on."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import label

_WIDTH: Final = 460


class SureDialog(Dialog):
    """Window-modal; accepted when the person goes on. Open it with `open()`."""

    def __init__(self, parent: QWidget, title: str, sentence: str, go_on: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(12)
        column.addWidget(label(title, "card_title"))
        column.addWidget(label(sentence, "second", wrap=True))
        back, forth = Button(_("返回"), key="Esc"), Button(go_on, PRIMARY, key="Ctrl+Enter")
        back.clicked.connect(self.reject)
        forth.clicked.connect(self.accept)
        keys.bind(self, "Ctrl+Enter", self.accept)
        column.addLayout(row(back, 1, forth))
        self.setFixedWidth(theme.px(_WIDTH))
        back.setFocus()


def ask_whether(parent: QWidget, title: str, sentence: str, go_on: str, then: Callable[[], object]) -> None:
    """Do it only if the person says so."""
    dialog = SureDialog(parent, title, sentence, go_on)
    dialog.accepted.connect(then)
    dialog.open()
