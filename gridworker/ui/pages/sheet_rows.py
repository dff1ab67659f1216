"""The lines of the evening sheet, painted; the cells of the line being written lie over them (look 08)."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.pages.sheet_cells import CellField, OutcomeCell, paint_outcome
from gridworker.ui.pages.wording import LEVEL_TONES
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.card import scrolling

HEIGHT: Final = 29
_EMPTY_LINES: Final = 20
_COLUMNS: Final = {"number": 36, "door": 104, "home": 160, "outcome": 102, "content": 0, "needs": 104, "state": 104}
"""Pixels at scale 1.0; the words take the rest."""
_LEAST_WORDS: Final = 112
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class LineView:
    """What a line shows: door, household or what is wrong with it, outcome, words, needs, its state with icon and tone.

    `problem` is red or amber for a line that needs a look.
    """

    door: str = ""
    home: str = ""
    level: str = ""
    outcome: str = ""
    content: str = ""
    needs: str = ""
    state: str = ""
    icon: str = ""
    tone: str = "text2"
    problem: str = ""


class SheetRows(QWidget):
    """Paints `LineView`s and places the cells of the current line; `asked(place)` when a line is clicked."""

    asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._views: list[LineView] = []
        self._current = 0
        self.door = CellField(_("门牌或户主"), _("3-2-502"))
        self.outcome = OutcomeCell()
        self.content = CellField(_("走访内容"))
        self.placed_by_hand = (self.door, self.outcome, self.content)
        for cell in self.placed_by_hand:
            cell.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(_("补录的走访"))

    def show_lines(self, views: list[LineView], current: int) -> None:
        """Show these lines, with the cells on one of them."""
        grown = len(views) != len(self._views)
        self._views, self._current = views, current
        if grown:
            self.updateGeometry()
        self._place_cells()
        self.update()

    def line_box(self, place: int) -> QRect:
        """Where a line stands."""
        height = theme.px(HEIGHT)
        return QRect(0, place * height, self.width(), height)

    def cell(self, place: int, name: str) -> QRect:
        """Where a cell of a line stands."""
        box = self.line_box(place)
        left, width = columns(self.width())[name]
        return QRect(left, box.top(), width, box.height())

    def sizeHint(self) -> QSize:
        """Twenty lines, or as many as there are and one."""
        return QSize(theme.px(820), theme.px(HEIGHT) * max(_EMPTY_LINES, len(self._views) + 1))

    def minimumSizeHint(self) -> QSize:
        """As high as its lines: it scrolls."""
        least = sum(_COLUMNS.values()) + _LEAST_WORDS
        return QSize(theme.px(least), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cells follow."""
        super().resizeEvent(event)
        self._place_cells()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes to its line."""
        place = int(event.position().y()) // theme.px(HEIGHT)
        if place < len(self._views):
            self.asked.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every line in sight."""
        height = theme.px(HEIGHT)
        first = event.rect().top() // height
        with QPainter(self) as painter:
            for place in range(first, event.rect().bottom() // height + 1):
                view = self._views[place] if place < len(self._views) else LineView()
                self._paint_line(painter, place, view)

    def _paint_line(self, painter: QPainter, place: int, view: LineView) -> None:
        box = self.line_box(place)
        here = place == self._current
        ground = f"{view.problem}_weak" if view.problem else "primary_weak" if here else ""
        if ground:
            painter.fillRect(box, theme.color(ground))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.color("line"))
        number = self.cell(place, "number").adjusted(0, 0, -theme.px(10), 0)
        _words(painter, number, str(place + 1), "text2" if place < len(self._views) else "text3", align=_RIGHT)
        self._paint_home(painter, place, view)
        if not here:
            _words(painter, self._inside(place, "door"), view.door, "text")
            paint_outcome(painter, self._inside(place, "outcome"), view.outcome)
            _words(painter, self._inside(place, "content"), view.content, "text")
        if view.needs:
            needs = self.cell(place, "needs")
            width = min(paint.pill_width(view.needs), needs.width() - theme.px(6))
            high = theme.px(paint.PILL_HEIGHT)
            left, top = needs.left() + theme.px(6), needs.center().y() - high // 2 + 1
            paint.pill(painter, QRect(left, top, width, high), view.needs, "blue")
        self._paint_state(painter, place, view)

    def _paint_home(self, painter: QPainter, place: int, view: LineView) -> None:
        box = self._inside(place, "home")
        if view.level and view.level != "normal":
            centre = QPointF(box.left() + theme.px(5), box.center().y() + 0.5)
            paint.level(painter, centre, theme.px(9), LEVEL_TONES.get(view.level, "grey"))
        if view.problem:
            _words(painter, box, view.home, view.problem)
        else:
            _words(painter, box.adjusted(theme.px(17), 0, 0, 0), view.home, "text", bold=True)

    def _paint_state(self, painter: QPainter, place: int, view: LineView) -> None:
        if not view.state:
            return
        box = self.cell(place, "state")
        size = theme.px(15)
        middle = box.center().y() - size // 2 + 1
        paint_icon(painter, QRect(box.left(), middle, size, size), view.icon, view.tone)
        words = box.adjusted(size + theme.px(5), 0, 0, 0)
        _words(painter, words, view.state, "text2" if view.tone == "green" else view.tone, size=12)

    def _inside(self, place: int, name: str) -> QRect:
        return self.cell(place, name).adjusted(theme.px(6), 0, -theme.px(6), 0)

    def _place_cells(self) -> None:
        for name in ("door", "outcome", "content"):
            getattr(self, name).setGeometry(self.cell(self._current, name).adjusted(0, 1, 0, -1))


class SheetHead(QWidget):
    """The headings above the lines, on the same columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """27 px high."""
        return QSize(0, theme.px(27))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words in text2 on surface2."""
        words = {"door": _("门牌"), "home": _("住户"), "outcome": _("结果"), "content": _("走访内容"),
                 "needs": _("诉求"), "state": _("状态")}  # fmt: skip
        inset = {"home": 23, "outcome": 6, "state": 0}
        with QPainter(self) as painter:
            paint.rounded(painter, self.rect(), 7, theme.color("surface2"), None)
            for name, word in words.items():
                left, width = columns(self.width())[name]
                box = QRect(left + theme.px(inset.get(name, 6)), 0, width, self.height())
                _words(painter, box, word, "text2", size=12)


def columns(room: int) -> dict[str, tuple[int, int]]:
    """Left edge and width of each column in a line so wide."""
    fixed = {name: theme.px(width) for name, width in _COLUMNS.items()}
    fixed["content"] = max(room - sum(fixed.values()), theme.px(_LEAST_WORDS))
    found, left = {}, 0
    for name, width in fixed.items():
        found[name] = (left, width)
        left += width
    return found


def in_sight(rows: SheetRows) -> QScrollArea:
    """A scroll area around the lines."""
    area = scrolling(rows)
    area.setMinimumWidth(rows.minimumSizeHint().width())
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _words(
    painter: QPainter, box: QRect, text: str, ink: str, *, size: int = 13, bold: bool = False,
    align: Qt.AlignmentFlag = _LEFT,
) -> None:  # fmt: skip
    font = theme.font(size, bold=bold)
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
    painter.drawText(box, align, shown)
