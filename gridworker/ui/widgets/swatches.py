"""A legend: a small square of each ground and its word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets import paint

_SIDE = 12
_GAP = 6


class Swatches(QWidget):
    """Pairs of colour token and word on one line; what has no room is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show other pairs."""
        self._pairs = pairs
        self.setToolTip(" · ".join(word for _ground, word in pairs))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(0, theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Squares and words from the left."""
        left, side = 0.0, theme.px(_SIDE)
        with QPainter(self) as painter:
            painter.setFont(theme.font(12))
            for ground, word in self._pairs:
                width = theme.text_width(word, 12)
                if left + side + _GAP + width > self.width():
                    return
                box = QRectF(left, (self.height() - side) / 2, side, side)
                paint.rounded(painter, box, 3, theme.color(ground), QPen(theme.color("border"), 1))
                painter.setPen(theme.color("text2"))
                words = QRectF(left + side + _GAP, 0, width, self.height())
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, word)
                left += side + _GAP + width + theme.px(14)
