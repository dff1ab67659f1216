"""Icons that stand by themselves: plain, on a round ground, or with a letter instead."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint


class IconMark(QWidget):
    """An icon of a size in a tone; with `round_size` it sits on a round ground in the tone's weak colour."""

    def __init__(self, icon: str, tone: str = "text2", size: int = 16, *, round_size: int = 0) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self._size, self._round = size, round_size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, tone: str) -> None:
        """Another icon or tone; a text of one character is painted as a letter."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        side = theme.px(self._round or self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, then icon or letter."""
        with QPainter(self) as painter:
            if self._round:
                paint.rounded(painter, self.rect(), self.width() / 2, theme.color(paint.weak_token(self._tone)), None)
            if len(self._icon) == 1 and not self._icon.isascii():
                painter.setPen(theme.color(self._tone))
                painter.setFont(theme.font(12, bold=True))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._icon)
                return
            size = theme.px(self._size)
            corner = (self.width() - size) // 2, (self.height() - size) // 2
            paint_icon(painter, QRect(*corner, size, size), self._icon, self._tone)
