"""A card that says one number (look 12: number and unit, icon, label, note)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy

from gridworker.ui import theme
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label


class NumberTile(QFrame):
    """Number, what it counts, and a note; `clicked` when it leads somewhere (`links=True`)."""

    clicked = Signal()

    def __init__(self, text: str, icon: str = "", tone: str = "text", *, links: bool = False) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("ring", 10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number = label("", "number", tone)
        self.unit = label("", "second")
        self.label = ElidedLabel(text, "second", "text")
        self.note = ElidedLabel("", "second")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._icon = IconMark(icon, "text2" if tone == "text" else tone, 20)
        self._build()
        self._icon.setVisible(bool(icon))
        if links:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 10)
        grid.setVerticalSpacing(0)
        numbers = row(self.number, self.unit, 1, gap=6)
        numbers.setAlignment(self.unit, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(numbers, 0, 0)
        grid.addWidget(self._icon, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        words = row(self.label, self.note)
        grid.addLayout(words, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    def show_number(self, number: str, unit: str = "", note: str = "", tone: str = "") -> None:
        """Say the number; a tone recolours number and icon."""
        self.number.setText(number)
        self.unit.setText(unit)
        self.note.setText(note)
        if tone:
            theme.set_style(self.number, tone=tone)
        self.setAccessibleName(f"{self.label.text()} {number} {unit} {note}".strip())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note gives way before the label is cut."""
        super().resizeEvent(event)
        words = theme.text_width(self.label.text(), 12) + theme.text_width(self.note.text(), 12)
        self.note.setVisible(words + 44 <= self.width())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside goes where the number leads."""
        if self.focusPolicy() and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
