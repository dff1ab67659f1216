"""Cards: white boxes with a title row, a body and room for actions (look §3)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from gridworker.ui.widgets.label import ElidedLabel, label


class Card(QFrame):
    """A framed box: title and note on one line, actions at its right end, `body` below."""

    def __init__(self, title: str = "", note: str = "", *, frame: str = "card", padding: int = 14) -> None:
        super().__init__()
        self.setProperty("frame", frame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(padding, padding - 4, padding, padding - 2)
        outer.setSpacing(8)
        self.title = label(title, "card_title")
        self.note = ElidedLabel(note, "second")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self.header.addWidget(self.title)
        self.header.addWidget(self.note, 1)
        if title or note:
            outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout into the body."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

    def add_mark(self, widget: QWidget) -> None:
        """Put a pill or the like right after the title."""
        self.header.insertWidget(self.header.indexOf(self.note), widget)

    def add_action(self, widget: QWidget) -> None:
        """Put a link, key cap or button at the right end of the title row."""
        self.header.addWidget(widget)

    def show_note(self, text: str) -> None:
        """Change the small text at the right of the title."""
        self.note.setText(text)


def boxed(*parts: QWidget) -> QWidget:
    """Widgets side by side that stay together where lines are broken."""
    made = QWidget()
    made.setLayout(row(*parts, gap=4))
    return made


def row(*parts: QWidget | int, gap: int = 8) -> QHBoxLayout:
    """Widgets side by side; a number is a stretch of that weight."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made


def scrolling(inner: QWidget) -> QScrollArea:
    """A frameless vertical scroll area around a form or timeline; its buttons belong outside."""
    area = _ScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("ground", "none")
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area


class _ScrollArea(QScrollArea):
    """Keeps the field one is in within sight when the room changes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the focus where it lies inside."""
        super().resizeEvent(event)
        here = self.focusWidget()
        if here is not None and here.hasFocus() and self.viewport().isAncestorOf(here):
            self.ensureWidgetVisible(here)
