"""The table of hand-ins: grids down, weeks across, one tile each (look 12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from gridworker.domain.calendar import Week
from gridworker.i18n import _
from gridworker.services.collect import GridLine, Overview
from gridworker.services.hand_in_states import (
    AGAIN,
    BROKEN,
    EDITED,
    IN,
    LATE,
    MISSING,
    NONE,
    REPLACED,
    SAME,
    WAITING,
    ZERO,
    Cell,
)
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.row import Index

FRIDAY: Final = timedelta(days=4)
HEIGHT = 34
HEAD = 40
_NAME, _LEAST_NAME = 168, 110
_END = 88
_GAP = 6
_PADDING = 10
_LEAST_TILE = 30
_WORDED_TILE = 44  # narrower tiles show the icon only
_CENTRED = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Face:
    """How a state looks: icon, word in the tile, word in the legend, tone."""

    icon: str
    word: str
    legend: str
    tone: str


FACES: Final = {
    IN: Face("check", "", "已交", "green"),
    LATE: Face("clock", "迟", "迟交", "amber"),
    ZERO: Face("minus", "零", "零报告", "blue"),
    SAME: Face("equal", "未变", "与以前相同", "violet"),
    REPLACED: Face("refresh-cw", "换", "已换新版", "green"),
    AGAIN: Face("copy", "重", "重复", "grey"),
    EDITED: Face("file-pen-line", "改", "路上改过", "amber"),
    BROKEN: Face("git-compare", "断", "链条断开", "red"),
    MISSING: Face("x", "缺", "缺", "red"),
    WAITING: Face("", "待", "未到截止", "text2"),
    NONE: Face("", "·", "还没有这个网格", "text3"),
}


class Columns:
    """Where the columns stand at a width; the head and all lines ask the same arithmetic."""

    def __init__(self, width: int, weeks: int) -> None:
        inner = width - 2 * theme.px(_PADDING)
        self.end = theme.px(_END)
        room = inner - self.end - theme.px(_NAME)
        self.tile = max((room - weeks * _GAP) // max(weeks, 1), theme.px(_LEAST_TILE))
        self.name = max(inner - self.end - weeks * (self.tile + _GAP), theme.px(_LEAST_NAME))
        self._left = theme.px(_PADDING)

    def name_box(self, box: QRect) -> QRect:
        """The code and the worker."""
        return QRect(box.left() + self._left, box.top(), self.name, box.height())

    def tile_box(self, box: QRect, place: int) -> QRect:
        """One week."""
        left = box.left() + self._left + self.name + place * (self.tile + _GAP)
        return QRect(left, box.top() + 3, self.tile, box.height() - 7)

    def end_box(self, box: QRect) -> QRect:
        """Problems and open needs."""
        right = box.right() - self._left
        return QRect(right - self.end + 1, box.top(), self.end, box.height())

    def place_at(self, x: int) -> int:
        """Which week a point is over, or -1."""
        offset = x - self._left - self.name
        return offset // (self.tile + _GAP) if offset >= 0 else -1


class Matrix(QTableView):
    """The lines; `opened(code)` on Enter or a double click."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()
        self.setAccessibleName(_("收表情况"))
        self.setModel(self._lines)
        self.setItemDelegate(_Painter())
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(HEIGHT))
        self.doubleClicked.connect(lambda index: self.opened.emit(self._lines.line(index.row()).code))

    def show_lines(self, lines: Sequence[GridLine], weeks: Sequence[Week]) -> None:
        """Show these grids, keeping the current one if it is among them."""
        kept = self.current_code()
        self._lines.show_lines(lines, weeks)
        self.select_code(kept)

    def current_code(self) -> str:
        """The code of the current grid."""
        index = self.currentIndex()
        return self._lines.line(index.row()).code if index.isValid() else ""

    def select_code(self, code: str) -> bool:
        """Make a grid current; false if it is not shown."""
        for number in range(self._lines.rowCount()):
            if self._lines.line(number).code == code:
                self.setCurrentIndex(self._lines.index(number, 0))
                return True
        return False

    def codes(self) -> list[str]:
        """The grids shown."""
        return [self._lines.line(number).code for number in range(self._lines.rowCount())]

    def weeks(self) -> Sequence[Week]:
        """The weeks across."""
        return self._lines.weeks

    def minimumSizeHint(self) -> QSize:
        """Narrow tiles, three lines."""
        return QSize(theme.px(_LEAST_NAME + _END + 8 * (_LEAST_TILE + _GAP) + 2 * _PADDING), theme.px(HEIGHT) * 3)

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the font scale."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.verticalHeader().setDefaultSectionSize(theme.px(HEIGHT))

    def viewportEvent(self, event: QEvent) -> bool:
        """A tile tells its file and moment."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            words = ""
            if index.isValid():
                place = Columns(self.viewport().width(), len(self.weeks())).place_at(event.pos().x())
                cells = self._lines.line(index.row()).cells
                words = _told(self.weeks()[place], cells[place]) if 0 <= place < len(cells) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)


class MatrixHead(QWidget):
    """Weeks and their Fridays over the lines, the running week in the primary colour."""

    def __init__(self, matrix: Matrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._overview: Overview | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_overview(self, overview: Overview) -> None:
        """The weeks of a table."""
        self._overview = overview
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of words."""
        return QSize(0, theme.px(HEAD))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words on surface2."""
        with QPainter(self) as painter:
            paint.rounded(painter, self.rect(), 7, theme.color("surface2"), None)
            if self._overview is None:
                return
            box = QRect(0, 0, self._matrix.viewport().width(), self.height())
            columns = Columns(box.width(), len(self._overview.weeks))
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text2"))
            painter.drawText(columns.name_box(box), _LEFT, _("网格 · 网格员"))
            painter.drawText(columns.end_box(box), _RIGHT, _("问题/未办"))
            for place, week in enumerate(self._overview.weeks):
                self._paint_week(painter, columns.tile_box(box, place), week, current=week == self._overview.weeks[-1])

    def _paint_week(self, painter: QPainter, box: QRect, week: Week, *, current: bool) -> None:
        half = box.height() // 2
        painter.setFont(theme.font(12, bold=current))
        painter.setPen(theme.color("primary" if current else "text2"))
        painter.drawText(box.adjusted(-4, 0, 4, -half), _CENTRED, _("{number}周").format(number=week.number))
        painter.setFont(theme.font(11))
        painter.setPen(theme.color("text2"))
        painter.drawText(box.adjusted(-4, half, 4, 0), _CENTRED, f"{week.first_day + FRIDAY:%m-%d}")


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[GridLine] = ()
        self.weeks: Sequence[Week] = ()

    def show_lines(self, lines: Sequence[GridLine], weeks: Sequence[Week]) -> None:
        self.beginResetModel()
        self._lines, self.weeks = tuple(lines), tuple(weeks)
        self.endResetModel()

    def line(self, number: int) -> GridLine:
        return self._lines[number]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.code
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (_told(week, cell) for week, cell in zip(self.weeks, line.cells, strict=True))
            return _("，").join((f"{line.code} {line.worker}", *told))
        return None


def _told(week: Week, cell: Cell) -> str:
    """One tile in words."""
    words = f"{week.label} {_(FACES[cell.state].legend)}"
    moment = cell.at[5:16].replace("T", " ")
    return "\n".join(word for word in (words, *cell.words, cell.file, moment) if word)


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: GridLine = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect
        columns = Columns(box.width(), len(line.cells))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option.state)
        self._paint_name(painter, columns.name_box(box), line)
        for place, cell in enumerate(line.cells):
            paint_tile(painter, columns.tile_box(box, place), cell.state)
        self._paint_end(painter, columns.end_box(box), line)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            frame = QPen(theme.color("primary"), 1.5) if focused else None
            paint.rounded(painter, box.adjusted(0, 0, 0, -1), 7, theme.color("primary_weak"), frame)
            return
        if state & QStyle.StateFlag.State_MouseOver:
            paint.rounded(painter, box.adjusted(0, 0, 0, -1), 7, theme.color("hover"), None)
        painter.fillRect(box.left() + 5, box.bottom(), box.width() - 10, 1, theme.color("line"))

    def _paint_name(self, painter: QPainter, box: QRect, line: GridLine) -> None:
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(box, _LEFT, line.code)
        used = theme.text_width(line.code, bold=True) + 7
        rest = box.adjusted(used, 0, -6, 0)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("text2"))
        words = painter.fontMetrics().elidedText(line.worker or line.name, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, _LEFT, words)

    def _paint_end(self, painter: QPainter, box: QRect, line: GridLine) -> None:
        if line.same_weeks:
            words = _("{count} 周未变").format(count=line.same_weeks) if line.same_weeks > 1 else _("未变")
            self._paint_word(painter, box, words, "violet")
        elif line.state in {MISSING, WAITING}:
            late = line.state == MISSING
            self._paint_word(painter, box, _("未交") if late else _("待交"), "red" if late else "text2")
        else:
            rest = f" / {line.open_needs}"
            self._paint_word(painter, box, rest, "text2")
            left = box.adjusted(0, 0, -theme.text_width(rest), 0)
            painter.setFont(theme.font(13, bold=bool(line.problems)))
            painter.setPen(theme.color("amber" if line.problems else "text2"))
            painter.drawText(left, _RIGHT, str(line.problems))

    def _paint_word(self, painter: QPainter, box: QRect, words: str, ink: str) -> None:
        painter.setFont(theme.font(13))
        painter.setPen(theme.color(ink))
        painter.drawText(box, _RIGHT, words)


def paint_tile(painter: QPainter, box: QRect, state: str) -> None:
    """One week's state: tint, icon, word; dashed while something is missing."""
    face = FACES[state]
    if state not in {NONE, WAITING}:
        paint.rounded(painter, box, 5, theme.color(paint.weak_token(face.tone)), None)
    if state in {MISSING, WAITING}:
        edge = QPen(theme.color(face.tone if state == MISSING else "field_border"), 1, Qt.PenStyle.DashLine)
        paint.rounded(painter, box, 5, None, edge)
    word = _(face.word) if face.word and (not face.icon or box.width() >= theme.px(_WORDED_TILE)) else ""
    size = theme.px(13)
    width = (size if face.icon else 0) + (5 if face.icon and word else 0) + theme.text_width(word, 12)
    left = box.left() + (box.width() - width) // 2
    if face.icon:
        paint_icon(painter, QRectF(left, box.center().y() + 0.5 - size / 2, size, size), face.icon, face.tone)
        left += size + 5
    painter.setFont(theme.font(12))
    painter.setPen(theme.color(face.tone))
    painter.drawText(QRect(left, box.top(), box.width(), box.height()), _LEFT, word)
