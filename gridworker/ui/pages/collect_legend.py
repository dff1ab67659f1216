"""What the tiles of the table of hand-ins mean; words give way from the right where there is no room."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.services.hand_in_states import AGAIN, BROKEN, EDITED, IN, LATE, MISSING, REPLACED, SAME, ZERO
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.pages.collect_matrix import FACES

SHOWN = (IN, LATE, ZERO, SAME, REPLACED, AGAIN, EDITED, BROKEN, MISSING)
_ICON, _GAP, _BETWEEN = 13, 6, 14


class Legend(QWidget):
    """Icon and word of each state in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("，").join(_(FACES[state].legend) for state in SHOWN))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(sum(self._width(state) + _BETWEEN for state in SHOWN), theme.px(20))

    def minimumSizeHint(self) -> QSize:
        """The first states."""
        return QSize(theme.px(120), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole entries only."""
        left = 0.0
        with QPainter(self) as painter:
            painter.setFont(theme.font(12))
            size = theme.px(_ICON)
            for state in SHOWN:
                width = self._width(state)
                if left + width > self.width():
                    return
                face = FACES[state]
                corner = QPointF(left, (self.height() - size) / 2)
                paint_icon(painter, QRectF(corner.x(), corner.y(), size, size), face.icon, face.tone)
                painter.setPen(theme.color("text2"))
                words = QRectF(left + size + _GAP, 0, width, self.height())
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, _(face.legend))
                left += width + _BETWEEN

    def _width(self, state: str) -> int:
        return theme.px(_ICON) + _GAP + theme.text_width(_(FACES[state].legend), 12)
