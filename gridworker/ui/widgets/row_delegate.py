"""How a row of a list is painted and where its verb can be clicked (look §4 Row)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.row import ROW_ROLE, Index, Mark, Row

_PADDING = 10
_CLOSING = frozenset("，。、；：！？）”》")
"""What begins no line; the empty end of a text is none of them."""
_LEAD = 24  # room for dot or icon before the words
_GAP = 10
_CENTRED = Qt.AlignmentFlag.AlignVCenter
_LEFT = _CENTRED | Qt.AlignmentFlag.AlignLeft
_RIGHT = _CENTRED | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class Column:
    """A trailing column: its heading, its width at scale 1.0, whether its entries stand at the right."""

    heading: str
    width: int
    right: bool = False


class RowDelegate(QStyledItemDelegate):
    """Paints title, second line, dot or icon, marks in columns and a verb; nothing is created per row."""

    def __init__(self, columns: Sequence[Column] = (), *, height: int = 48, bold: bool = True, lines: int = 1) -> None:
        """`lines`: how many a title may take before it is cut."""
        super().__init__()
        self.columns = tuple(columns)
        self._lines = lines
        self.has_lead = True
        self._height = height
        self._bold = bold

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all rows, less for headings."""
        return QSize(0, self.height(index.data(ROW_ROLE)))

    def height(self, row: Row | None = None) -> int:
        """How high a row is, or rows in general."""
        return theme.px(26 if row is not None and row.heading else self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row inside its rectangle."""
        row: Row = index.data(ROW_ROLE)
        box: QRect = option.rect
        painter.save()
        if row.heading:
            self._paint_heading(painter, box, row)
        else:
            self._paint_ground(painter, box, row, option.state)
            inner = box.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
            inner.setRight(self._paint_trailing(painter, inner, row))
            self._paint_lead(painter, inner, row)
            self._paint_words(painter, inner.adjusted(self.lead(), 0, 0, 0), row)
        painter.restore()

    def lead(self) -> int:
        """Room before the words."""
        return theme.px(_LEAD) if self.has_lead else 0

    def verb_rect(self, box: QRect, row: Row) -> QRect:
        """Where the verb of a row stands, for clicks."""
        width = theme.text_width(row.verb) if row.verb else 0
        return QRect(box.right() - theme.px(_PADDING) - width + 1, box.top(), width, box.height())

    def _paint_ground(self, painter: QPainter, box: QRect, row: Row, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if row.tint:
            painter.fillRect(box.adjusted(0, 0, 0, -1), theme.color(f"{row.tint}_weak"))
        if selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            frame = QPen(theme.color("primary"), 1.5) if focused else None
            paint.rounded(painter, box.adjusted(0, 0, 0, -1), 7, theme.color("primary_weak"), frame)
        elif hovered and not row.tint:
            paint.rounded(painter, box.adjusted(0, 0, 0, -1), 7, theme.color("hover"), None)
        if not selected:
            side = theme.px(_PADDING) // 2
            painter.fillRect(box.left() + side, box.bottom(), box.width() - 2 * side, 1, theme.color("line"))

    def _paint_heading(self, painter: QPainter, box: QRect, row: Row) -> None:
        painter.setFont(theme.font(12, bold=True))
        painter.setPen(theme.color("text2"))
        painter.drawText(box.adjusted(theme.px(_PADDING), 0, 0, 0), _LEFT, row.title)

    def _paint_lead(self, painter: QPainter, box: QRect, row: Row) -> None:
        middle = box.center().y() + 0.5
        if row.icon:
            size = theme.px(16)
            square = QRect(box.left(), round(middle - size / 2), size, size)
            paint_icon(painter, square, row.icon, row.icon_tone)
        elif row.dot:
            paint.level(painter, QPointF(box.left() + theme.px(6), middle), 9, row.dot)

    def _paint_words(self, painter: QPainter, box: QRect, row: Row) -> None:
        if not row.second:
            self._paint_title(painter, box, row)
            return
        upper = theme.px(20) * self._lines
        top = box.top() + (box.height() - upper - theme.px(19)) // 2
        self._paint_title(painter, QRect(box.left(), top, box.width(), upper), row)
        lower = QRect(box.left(), top + upper, box.width(), theme.px(19))
        _text(painter, lower, row.second, 12, "text2")

    def _paint_title(self, painter: QPainter, box: QRect, row: Row) -> None:
        if self._lines > 1:
            self._paint_long_title(painter, box, row.title)
            return
        used = _text(painter, box, row.title, 13, "text", bold=self._bold)
        if row.aside:
            _text(painter, box.adjusted(used + _GAP, 0, 0, 0), row.aside, 12, "text2")

    def _paint_long_title(self, painter: QPainter, box: QRect, title: str) -> None:
        """Broken at any character, as Chinese is."""
        font = theme.font(13, bold=self._bold)
        lines = _broken(title, QFontMetrics(font), box.width(), self._lines)
        height = box.height() // self._lines
        top = box.top() + (self._lines - len(lines)) * height // 2
        for number, line in enumerate(lines):
            place = QRect(box.left(), top + number * height, box.width(), height)
            _text(painter, place, line, 13, "text", bold=self._bold)

    def _paint_trailing(self, painter: QPainter, box: QRect, row: Row) -> int:
        """Paint verb and marks from the right; returns where the words must end."""
        right = box.right()
        if row.verb:
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("primary"))
            painter.drawText(box, _RIGHT, row.verb)
            right -= theme.text_width(row.verb) + _GAP
        columns = self.columns or tuple(Column("", 0, right=True) for _each in row.marks)
        for mark, column in reversed(tuple(zip(row.marks, columns, strict=False))):
            width = theme.px(column.width) or _mark_width(mark)
            self._paint_mark(painter, QRect(right - width + 1, box.top(), width, box.height()), mark, column.right)
            right -= width + _GAP
        return right

    def _paint_mark(self, painter: QPainter, box: QRect, mark: Mark, at_right: bool) -> None:
        if not mark.text:
            return
        if not mark.tone:
            _text(painter, box, mark.text, 12, "text2", align=_RIGHT if at_right else _LEFT)
            return
        width, height = min(_mark_width(mark), box.width()), theme.px(paint.PILL_HEIGHT)
        left = box.right() - width + 1 if at_right else box.left()
        place = QRect(left, box.center().y() - height // 2 + 1, width, height)
        paint.pill(painter, place, mark.text, mark.tone, with_dot=mark.dot)


def _mark_width(mark: Mark) -> int:
    return paint.pill_width(mark.text, with_dot=mark.dot) if mark.tone else theme.text_width(mark.text, 12)


def _broken(text: str, metrics: QFontMetrics, width: int, most: int) -> list[str]:
    """A text in lines of a width; what does not fit is left to the last."""
    lines: list[str] = []
    while text and len(lines) < most - 1:
        fits = next((end for end in range(len(text), 1, -1) if metrics.horizontalAdvance(text[:end]) <= width), 1)
        while fits > 1 and text[fits : fits + 1] in _CLOSING:
            fits -= 1
        lines.append(text[:fits])
        text = text[fits:]
    return [*lines, text] if text else lines


def _text(
    painter: QPainter, box: QRect, text: str, size: int, ink: str, *, bold: bool = False,
    align: Qt.AlignmentFlag = _LEFT,
) -> int:  # fmt: skip
    """Draw one line, cut with … if needed; returns the width used."""
    font = theme.font(size, bold=bold)
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    painter.drawText(box, align, shown)
    return metrics.horizontalAdvance(shown)
