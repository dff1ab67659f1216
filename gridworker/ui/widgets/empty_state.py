"""What an empty list says: a mark, what is missing, what to do, and the buttons to do it (look §4)."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label

_WIDEST: Final = 360
"""Pixels of an answer below the words."""


class EmptyState(QWidget):
    """Centred mark, sentence, advice, at most one primary and one secondary button."""

    def __init__(self, icon: str, title: str, advice: str, buttons: Sequence[QPushButton] = ()) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        self.title = label(title, "card_title")
        self.advice = label(advice, tone="text2", wrap=True)
        self.advice.setAlignment(centre)
        column.addStretch(1)
        column.addWidget(IconMark(icon, "primary", 26, round_size=60), 0, centre)
        column.addSpacing(4)
        column.addWidget(self.title, 0, centre)
        column.addWidget(self.advice)
        if buttons:
            column.addSpacing(4)
            column.addLayout(row(1, *buttons, 1))
        column.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Something to answer with, below the words."""
        widget.setMaximumWidth(_WIDEST)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_words(self, title: str, advice: str) -> None:
        """Other words, for instance when a filter finds nothing."""
        self.title.setText(title)
        self.advice.setText(advice)
