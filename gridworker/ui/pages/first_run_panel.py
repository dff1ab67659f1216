"""The left of the first run's card: the brand, the steps with what was said in them, two promises (look 17)."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.shell_gate import brand
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label

SIDE = 268


class StepPanel(QFrame):
    """Paints the steps; only the current one is open."""

    def __init__(self) -> None:
        super().__init__()
        self._current = 0
        self._words = [
            [_("你是谁，管哪个网格"), _("有开户文件就不用自己填")],
            [_("设密码，抄恢复码"), _("数据只在这台电脑，加密存放")],
            [_("导入住户名册"), _("或 空白开始、看演示")],
        ]
        self.setFixedWidth(theme.px(SIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 30, 18, 22)
        column.addLayout(brand())
        column.addStretch(1)
        for icon, words in (("wifi-off", _("不联网，不注册账号")), ("shield-check", _("丢了电脑，别人也打不开"))):
            column.addLayout(row(IconMark(icon, "text2", 15), label(words, "second"), 1))

    def show_current(self, number: int) -> None:
        """Open a step."""
        self._current = number
        words = self._words[number]
        self.setAccessibleName(_("第 {number} 步：{words}").format(number=number + 1, words=words[0]))
        self.update()

    def show_done(self, number: int, summary: str) -> None:
        """What was said in a step that is over."""
        self._words[number][1] = summary
        self.update()

    def sizeHint(self) -> QSize:
        """Room for three steps."""
        return QSize(theme.px(SIDE), theme.px(400))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground with the card's round corners, the line at the right, the steps."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(self.rect()).adjusted(1, 1, 0, -1)
            shape = QPainterPath()
            shape.addRoundedRect(box.adjusted(0, 0, 20, 0), 9, 9)
            painter.setClipRect(box)
            painter.fillPath(shape, theme.color("surface2"))
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(box.topRight(), box.bottomRight())
            for number, words in enumerate(self._words):
                self._paint_step(painter, number, words)

    def _paint_step(self, painter: QPainter, number: int, words: Sequence[str]) -> None:
        size = theme.px(27)
        top = theme.px(86) + number * theme.px(64)
        mark = QRectF(theme.px(26), top + 4, size, size)
        done, current = number < self._current, number == self._current
        painter.setPen(QPen(theme.color("primary" if done or current else "field_border"), 1.4))
        painter.setBrush(theme.color("primary" if done else "surface"))
        painter.drawEllipse(mark)
        if done:
            inner = mark.adjusted(6, 6, -6, -6)
            paint_icon(painter, inner, "check", "on_primary")
        else:
            painter.setFont(theme.font(13, bold=True))
            painter.setPen(theme.color("primary" if current else "text2"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        left = mark.right() + theme.px(12)
        room = self.width() - left - theme.px(12)
        self._paint_words(
            painter, QRectF(left, top - 3, room, theme.px(22)), words[0], 13.5, "text" if current else "text2", current
        )
        self._paint_words(painter, QRectF(left, top + theme.px(19), room, theme.px(20)), words[1], 12, "text2", False)

    def _paint_words(self, painter: QPainter, box: QRectF, text: str, size: float, ink: str, bold: bool) -> None:
        painter.setFont(theme.font(size, bold=bold))
        painter.setPen(theme.color(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
