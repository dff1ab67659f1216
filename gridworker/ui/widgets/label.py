"""Words on a page: labels by role, labels that elide, and masked values shown in full while Alt is held."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui import theme


def label(text: str = "", role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's roles (page_title … axis) and, if given, a tone (red, text2 …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def line() -> QWidget:
    """A one-pixel separator inside a card."""
    made = QLabel()
    made.setProperty("frame", "line")
    made.setFixedHeight(1)
    return made


class ElidedLabel(QLabel):
    """One line of text that gives way: cut with … when narrow, whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Two characters and the dots."""
        return QSize(theme.px(34), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as tooltip exactly when it is cut."""
        super().resizeEvent(event)
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class MaskedLabel(QLabel):
    """A masked value; `reveal(True)` asks for the full one, so the asking can be logged. The window ties it to Alt."""

    def __init__(self, masked: str, full: Callable[[], str], role: str = "second", *, wrap: bool = False) -> None:
        super().__init__(masked)
        self._masked = masked
        self._full = full
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        self.setToolTip(_("按住 Alt 看全"))

    def reveal(self, wanted: bool) -> None:
        """Show the full value or hide it again."""
        self.setText(self._full() if wanted else self._masked)
