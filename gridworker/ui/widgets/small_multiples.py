"""Small charts in a grid, all to one scale, and a table of numbers whose ground tells how large they are (look §2, §5).

Both are plain painting into rectangles, as all charts are; the widget paints only what is in view.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.domain.pictures import Picture, heat_step
from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets import charts, paint

_WIDE, _HIGH, _GAP, _TITLE = 230, 132, 12, 22
_LINE, _COLUMN, _NAMES, _LEAST_COLUMN = 30, 62, 120, 34
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter

Panels = Sequence[tuple[str, Picture]]
Lines = Sequence[tuple[str, Sequence[int]]]


class SmallMultiples(QWidget):
    """Shows panels or a heat table, as high as they need at the width there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._panels: Panels = ()
        self._columns: Sequence[str] = ()
        self._lines: Lines = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def show_panels(self, panels: Panels) -> None:
        """One chart each, in this order."""
        self._panels, self._columns, self._lines = panels, (), ()
        ends = (f"{title} {charts.number_text(one.series[0].values[-1])}" for title, one in panels)
        self._renew(_("，").join(ends))

    def show_heat(self, columns: Sequence[str], lines: Lines) -> None:
        """A line of numbers each, under the names of the columns."""
        self._panels, self._columns, self._lines = (), columns, lines
        self._renew(_("，").join(f"{name} {sum(numbers)}" for name, numbers in lines))

    def hasHeightForWidth(self) -> bool:
        """Panels wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        if self._columns:
            return theme.px(_LINE) * (len(self._lines) + 1)
        across = _across(width)
        return -(-len(self._panels) // across) * theme.px(_HIGH + _GAP)

    def sizeHint(self) -> QSize:
        """Three panels wide, or the table."""
        width = theme.px(_WIDE + _GAP) * 3
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """One panel."""
        return QSize(theme.px(_WIDE), self.heightForWidth(max(self.width(), theme.px(_WIDE))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in view."""
        seen = QRectF(event.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(seen, theme.color("surface"))
            box = QRectF(self.rect())
            if self._columns:
                heat(painter, box, self._columns, self._lines)
            else:
                panels(painter, box, self._panels, seen)

    def _renew(self, said: str) -> None:
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()


def panels(painter: QPainter, box: QRectF, some: Panels, seen: QRectF | None = None) -> None:
    """Charts in rows; those out of sight are left out."""
    across, high = _across(round(box.width())), theme.px(_HIGH)
    wide = (box.width() - theme.px(_GAP) * (across - 1)) / across
    for number, (title, shown) in enumerate(some):
        left = box.left() + (number % across) * (wide + theme.px(_GAP))
        place = QRectF(left, box.top() + (number // across) * theme.px(_HIGH + _GAP), wide, high)
        if seen is None or place.intersects(seen):
            painter.setPen(theme.color("text"))
            painter.setFont(theme.font(12, bold=True))
            words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, round(wide))
            painter.drawText(QRectF(left, place.top(), wide, theme.px(_TITLE)), _LEFT, words)
            charts.lines(painter, place.adjusted(0, theme.px(_TITLE), 0, 0), shown)


def heat(painter: QPainter, box: QRectF, columns: Sequence[str], lines: Lines) -> None:
    """Numbers on tiles of the heat ramp; nothing has no tile."""
    names, high = theme.px(_NAMES), theme.px(_LINE)
    wide = min((box.width() - names) / max(len(columns), 1), theme.px(_COLUMN))
    top = max((number for _name, numbers in lines for number in numbers), default=1)
    painter.setFont(theme.font(11))
    painter.setPen(theme.color("text2"))
    for place, name in enumerate(columns):
        painter.drawText(QRectF(box.left() + names + place * wide, box.top(), wide, high), _CENTRE, name)
    for row, (name, numbers) in enumerate(lines, start=1):
        painter.setFont(theme.font(12))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, names - 8)
        painter.drawText(QRectF(box.left(), box.top() + row * high, names, high), _LEFT, words)
        for place, number in enumerate(numbers):
            tile = QRectF(box.left() + names + place * wide, box.top() + row * high, wide, high).adjusted(2, 2, -2, -2)
            _tile(painter, tile, number, top)


def _tile(painter: QPainter, tile: QRectF, number: int, top: int) -> None:
    ink = theme.color("text3")
    if number:
        ground = theme.color(f"h{heat_step(number, top)}")
        paint.rounded(painter, tile, 5, ground, None)
        ink = theme.ink_on(ground)
    painter.setPen(ink)
    painter.setFont(theme.font(12, bold=bool(number)))
    painter.drawText(tile, _CENTRE, str(number))


def _across(width: int) -> int:
    """How many charts stand beside each other."""
    return max(1, (width + theme.px(_GAP)) // theme.px(_WIDE + _GAP))
