"""A building as a picture: floors × doors, each a tile with a ground, a bar, a badge and words (look 15).

One widget paints all tiles, so that a tower of three hundred doors is as fluent as a house of ten. It knows nothing
of households: whatever has a floor and a place beside others on it can be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets import paint

_GAP: Final = 4
_BLOCK_GAP: Final = 14
_FLOORS: Final = 40
_HEAD: Final = 22
_LEAST: Final = 46
_HIGHEST: Final = 86
_WORDY: Final = 78
"""Width from which a tile has room for more than its short word."""
_A_ROW: Final = 6
"""Doors beside each other where none has a floor: houses of a village."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Cell:
    """One tile. `ground` is a colour token, `bar` and `badge_tone` tones; `tip` says it all in a sentence."""

    key: Any
    short: str
    title: str = ""
    second: str = ""
    block: str = ""
    """What stands over its columns: the unit."""
    floor: int | None = None
    ground: str = "surface2"
    dashed: bool = False
    bar: str = ""
    badge: str = ""
    badge_tone: str = "amber"
    tip: str = ""


class DoorGrid(QWidget):
    """Tiles to walk over by arrow keys: `chosen(key)` for the current one, `opened(key)` on Enter or double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._cells: list[Cell] = []
        self._places: list[tuple[int, int, int]] = []  # row, column, block of each cell
        self._rows: list[int | None] = []
        self._blocks: list[str] = []
        self._columns = 1
        self._current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("ring", 6)

    def set_cells(self, cells: Sequence[Cell]) -> None:
        """Show other tiles; the current one stays current if its key is among them. Of the same doors only those are
        painted anew that look different.
        """
        kept, before = self.current_key(), self._cells
        self._cells = list(cells)
        if [_spot(one) for one in before] == [_spot(one) for one in cells]:
            for number, (old, new) in enumerate(zip(before, cells, strict=True)):
                if old != new:
                    self._repaint(number)
            return
        self._arrange()
        self._current = -1
        self.updateGeometry()
        self.update()
        if self._cells and not self.select_key(kept):
            self._choose(0)

    def current_key(self) -> Any:
        """The key of the current tile, or None."""
        return self._cells[self._current].key if 0 <= self._current < len(self._cells) else None

    def select_key(self, key: Any) -> bool:
        """Make the tile with this key current; false if it is not there."""
        number = next((at for at, one in enumerate(self._cells) if one.key == key), None)
        if number is not None:
            self._choose(number)
        return number is not None

    def step(self, along: int = 1) -> None:
        """Go to the next tile in the order they were given, as one walks."""
        if 0 <= self._current + along < len(self._cells):
            self._choose(self._current + along)

    def sizeHint(self) -> QSize:
        """Room for the words of every tile."""
        return QSize(theme.px(_FLOORS + 96 * self._columns), theme.px(_HEAD + (_LEAST + 14) * len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        """Tiles of the least height; as narrow as need be."""
        return QSize(theme.px(180), theme.px(_HEAD + (_LEAST + _GAP) * max(len(self._rows), 1)))

    def box(self, number: int) -> QRectF:
        """Where a tile lies."""
        row, column, block = self._places[number]
        left, top = theme.px(_FLOORS), theme.px(_HEAD)
        width = (self.width() - left - _BLOCK_GAP * (len(self._blocks) - 1) - 2) / self._columns
        height = min((self.height() - top) / max(len(self._rows), 1), theme.px(_HIGHEST))
        return QRectF(
            left + column * width + block * _BLOCK_GAP, top + row * height, max(width - _GAP, 1), height - _GAP
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the nearest tile that way, Home and End to the ends, Enter opens."""
        ways = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._cells) - 1}
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._cells:
            super().keyPressEvent(event)
        elif key in ways:
            self._move(*ways[key])
        elif key in ends:
            self._choose(ends[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes a tile current."""
        number = self._at(event.position())
        if number is not None:
            self._choose(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        if self._at(event.position()) is not None:
            self.opened.emit(self.current_key())

    def event(self, event: QEvent) -> bool:
        """The sentence of a tile under the mouse."""
        if isinstance(event, QHelpEvent):
            number = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._cells[number].tip if number is not None else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names of units above, floors at the left, then the tiles that come into view."""
        if not self._cells:
            return
        with QPainter(self) as painter:
            painter.setFont(theme.font(12))
            painter.setPen(theme.color("text2"))
            boxes = [self.box(number) for number in range(len(self._cells))]
            self._paint_heads(painter, boxes)
            for number, box in enumerate(boxes):
                if box.intersects(QRectF(event.rect())):
                    self._paint_cell(painter, box, self._cells[number])
            if self._current >= 0:
                _paint_double_ring(painter, boxes[self._current])

    def _arrange(self) -> None:
        """Rows from the top floor down, blocks side by side, doors of a floor in their order."""
        floors = {one.floor for one in self._cells if one.floor is not None}
        self._rows = [*sorted(floors, reverse=True)]
        self._blocks = list(dict.fromkeys(one.block for one in self._cells if one.floor is not None))
        beside: dict[tuple[str, int], int] = {}
        ranks = []
        for one in self._cells:
            spot = (one.block, one.floor if one.floor is not None else -1)
            beside[spot] = beside.get(spot, 0) + 1
            ranks.append(beside[spot] - 1)
        widths = [max(count for (block, _f), count in beside.items() if block == name and _f >= 0)
                  for name in self._blocks]  # fmt: skip
        starts = {name: sum(widths[:at]) for at, name in enumerate(self._blocks)}
        self._columns = sum(widths) or min(_A_ROW, max(len(self._cells), 1))
        self._places, loose = [], 0
        for one, rank in zip(self._cells, ranks, strict=True):
            if one.floor is None:
                self._places.append((len(floors) + loose // self._columns, loose % self._columns, 0))
                loose += 1
            else:
                at = self._blocks.index(one.block)
                self._places.append((self._rows.index(one.floor), starts[one.block] + rank, at))
        self._rows += [None] * -(-loose // self._columns)
        self._blocks = self._blocks or [""]

    def _move(self, across: int, down: int) -> None:
        here = self.box(self._current).center()
        best, least = None, 0.0
        for number in range(len(self._cells)):
            there = self.box(number).center() - here
            ahead = there.x() * across + there.y() * down
            aside = abs(there.y()) if across else abs(there.x())
            if ahead > 1 and (not across or aside < 1) and (best is None or ahead + 3 * aside < least):
                best, least = number, ahead + 3 * aside
        if best is not None:
            self._choose(best)

    def _choose(self, number: int) -> None:
        for one in {self._current, number} - {-1}:
            self._repaint(one)
        self._current = number
        self.setAccessibleDescription(self._cells[number].tip)
        self._show_in_view()
        self.chosen.emit(self._cells[number].key)

    def _repaint(self, number: int) -> None:
        """A tile with the ring around it."""
        self.update(self.box(number).toAlignedRect().adjusted(-4, -4, 4, 4))

    def _show_in_view(self) -> None:
        """The grid is what its scroll area holds, if it is in one."""
        inner = self.parentWidget()
        above = inner.parentWidget() if inner is not None else None
        if isinstance(above, QScrollArea):
            centre = self.box(self._current).center().toPoint()
            above.ensureVisible(centre.x(), centre.y(), 0, theme.px(_HIGHEST))

    def _at(self, point: QPointF) -> int | None:
        return next((number for number in range(len(self._cells)) if self.box(number).contains(point)), None)

    def _paint_heads(self, painter: QPainter, boxes: list[QRectF]) -> None:
        for at, name in enumerate(self._blocks):
            some = [box for box, place in zip(boxes, self._places, strict=True) if place[2] == at]
            if name and some:
                left, right = min(one.left() for one in some), max(one.right() for one in some)
                painter.drawText(QRectF(left, 0, right - left, theme.px(_HEAD - 2)), _CENTRE, name)
        for row, floor in enumerate(self._rows):
            box = next(box for box, place in zip(boxes, self._places, strict=True) if place[0] == row)
            if floor is not None:
                words = _("{floor}层").format(floor=floor)
                painter.drawText(QRectF(0, box.top(), theme.px(_FLOORS - 6), box.height()), _LEFT, words)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        ground = theme.color(cell.ground)
        style = Qt.PenStyle.DashLine if cell.dashed else Qt.PenStyle.SolidLine
        edge = QPen(theme.color("field_border" if cell.dashed else "border"), 1, style)
        paint.rounded(painter, box, 5, ground, edge)
        ink = theme.ink_on(ground)
        left = box.left() + theme.px(8)
        if cell.bar:
            bar = QRectF(box.left() + 4, box.top() + 5, 6, box.height() - 10)
            paint.rounded(painter, bar, 3, theme.color(paint.dot_token(cell.bar)), QPen(theme.color("surface"), 1))
            left += theme.px(8)
        painter.setPen(ink)
        if box.width() < theme.px(_WORDY):
            _paint_line(painter, QRectF(left, box.top(), box.right() - left - 2, box.height()), cell.short, bold=True)
        else:
            words = QRectF(left, box.center().y() - theme.px(18), box.right() - left - 4, theme.px(18))
            _paint_line(painter, words, cell.title or cell.short, bold=True)
            _paint_line(painter, words.translated(0, theme.px(18)), cell.second, bold=False)
        if cell.badge:
            self._paint_badge(painter, box, cell)

    def _paint_badge(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        size = theme.px(15)
        spot = QRectF(box.right() - size - 3, box.top() + 3, size, size)
        ground: QColor = theme.color(paint.dot_token(cell.badge_tone))
        paint.rounded(painter, spot, size / 2, ground, None)
        painter.setPen(theme.ink_on(ground))
        painter.setFont(theme.font(11, bold=True))
        painter.drawText(spot, _CENTRE, cell.badge)


def _spot(cell: Cell) -> tuple[Any, str, int | None]:
    return cell.key, cell.block, cell.floor


def _paint_line(painter: QPainter, box: QRectF, text: str, *, bold: bool) -> None:
    painter.setFont(theme.font(13 if bold else 12, bold=bold))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, _LEFT, shown)


def _paint_double_ring(painter: QPainter, box: QRectF) -> None:
    paint.rounded(painter, box.adjusted(-2, -2, 2, 2), 7, None, QPen(theme.color("text"), 2))
    paint.rounded(painter, box, 5, None, QPen(theme.color("surface"), 2))
