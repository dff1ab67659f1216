"""The path of states of a record: passed ones ticked, the present one marked, the rest pale (look 09)."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon

_MARK = 18
_HEIGHT = 48


class Steps(QWidget):
    """Marks on a line with their words below."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[str] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, words: Sequence[str], current: int) -> None:
        """Show a path and the place reached on it."""
        self._words, self._current = tuple(words), current
        self.setToolTip(" → ".join(self._words))
        self.setAccessibleName(_("现在：{step}").format(step=self._words[current]))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for each word."""
        return QSize(theme.px(76) * len(self._words), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words may come close."""
        return QSize(theme.px(50) * len(self._words), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, marks, words."""
        if not self._words:
            return
        slot = self.width() / len(self._words)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, word in enumerate(self._words):
                centre = QPointF(slot * (number + 0.5), theme.px(_MARK) / 2 + 3)
                if number:
                    self._paint_line(painter, centre, slot, passed=number <= self._current)
                self._paint_mark(painter, centre, number)
                self._paint_word(painter, QRectF(slot * number, theme.px(27), slot, theme.px(20)), word, number)

    def _paint_line(self, painter: QPainter, centre: QPointF, slot: float, *, passed: bool) -> None:
        reach = theme.px(_MARK) / 2 + 3
        painter.setPen(QPen(theme.color("primary" if passed else "border"), 2 if passed else 1.5))
        painter.drawLine(QPointF(centre.x() - slot + reach, centre.y()), QPointF(centre.x() - reach, centre.y()))

    def _paint_mark(self, painter: QPainter, centre: QPointF, number: int) -> None:
        radius = theme.px(_MARK) / 2
        passed, present = number < self._current, number == self._current
        edge = QPen(theme.color("primary" if passed or present else "border"), 1.8)
        painter.setPen(edge)
        painter.setBrush(theme.color("primary" if passed else "surface"))
        painter.drawEllipse(centre, radius - 0.9, radius - 0.9)
        if passed:
            inner = theme.px(12)
            paint_icon(
                painter, QRectF(centre.x() - inner / 2, centre.y() - inner / 2, inner, inner), "check", "on_primary"
            )
        elif present:
            painter.setBrush(theme.color("primary"))
            painter.drawEllipse(centre, radius / 2.4, radius / 2.4)

    def _paint_word(self, painter: QPainter, box: QRectF, word: str, number: int) -> None:
        present = number == self._current
        painter.setFont(theme.font(12, bold=present))
        painter.setPen(theme.color("primary" if present else "text2"))
        shown = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(box.width()) - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
