"""A status word to read, never to click (look §4)."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets import paint


class Pill(QWidget):
    """A word in a tone (red, amber, green, blue, violet, grey, primary); a dot in front means a level."""

    def __init__(self, text: str = "", tone: str = "grey", *, dot: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone, dot=dot)

    def show_state(self, text: str, tone: str, *, dot: bool = False) -> None:
        """Show another word; an empty one hides the pill."""
        self._text, self._tone, self._dot = text, tone, dot
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word shown."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as the word, 20 px high at scale 1.0."""
        return QSize(paint.pill_width(self._text, with_dot=self._dot), theme.px(paint.PILL_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pill."""
        with QPainter(self) as painter:
            paint.pill(painter, self.rect(), self._text, self._tone, with_dot=self._dot)
