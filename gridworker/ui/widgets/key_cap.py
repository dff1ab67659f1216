"""Key caps and the line of keys at the foot of a list (at most six, look §4)."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets.label import label

_EDGE: Final = 6
"""Padding and border at each side, as the style sheet has them."""


class _KeyCap(QLabel):
    """Knows its size by itself: before the style sheet has polished it, a label would leave its padding out."""

    def sizeHint(self) -> QSize:
        """The key between its edges."""
        return QSize(theme.text_width(self.text(), 11) + 2 * _EDGE + 1, theme.px(15) + 2)

    def minimumSizeHint(self) -> QSize:
        """Caps never give way."""
        return self.sizeHint()


def key_cap(key: str) -> QLabel:
    """One key as a small cap."""
    made = _KeyCap(key)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", "key")
    made.setIndent(0)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class KeyLegend(QWidget):
    """Keys with their meaning in one line: pairs of caps (`↑ ↓`, split at spaces) and word."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.pairs = tuple(pairs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for keys, meaning in self.pairs:
            for key in keys.split():
                row.addWidget(key_cap(key))
            row.addWidget(label(meaning, "second"))
            row.addSpacing(4)
