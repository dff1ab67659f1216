"""A widget that shows one chart of `charts` and says it in words to a screen reader."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets import charts
from gridworker.ui.widgets.charts import Bar, Line, number_text

Draw = Callable[[QPainter, QRectF], None]


class ChartView(QWidget):
    """Shows whatever was given last; empty until then."""

    def __init__(self, name: str, *, width: int = 240, height: int = 120) -> None:
        super().__init__()
        self._name = name
        self._size = QSize(width, height)
        self._draw: Draw = lambda painter, box: None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """The size asked for, grown with the font."""
        return QSize(theme.px(self._size.width()), theme.px(self._size.height()))

    def minimumSizeHint(self) -> QSize:
        """Two thirds of it."""
        return self.sizeHint() * 2 / 3

    def show_ring(self, share: float, big: str, small: str) -> None:
        """A ring filled to a share."""
        self._show(lambda painter, box: charts.ring(painter, box, share, big, small), f"{small} {big}")

    def show_columns(self, bars: Sequence[Bar], goal: float | None = None) -> None:
        """Standing bars."""
        self._show(lambda painter, box: charts.columns(painter, box, bars, goal), _said(bars))

    def show_rank(self, bars: Sequence[Bar]) -> None:
        """Lying bars with last week's marks."""
        self._show(lambda painter, box: charts.rank(painter, box, bars), _said(bars))

    def show_lines(self, labels: Sequence[str], series: Sequence[Line]) -> None:
        """Lines over time with their legend below."""

        def draw(painter: QPainter, box: QRectF) -> None:
            foot = theme.px(22)
            charts.lines(painter, box.adjusted(0, 0, 0, -foot), labels, series)
            charts.legend(painter, QRectF(box.left(), box.bottom() - foot, box.width(), foot), series)

        ends = (f"{each.name} {number_text(each.values[-1] if each.values else None)}" for each in series)
        self._show(draw, _("，").join(ends))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart, filling the widget."""
        with QPainter(self) as painter:
            self._draw(painter, QRectF(self.rect()))

    def _show(self, draw: Draw, said: str) -> None:
        self._draw = draw
        self.setAccessibleDescription(said)
        self.update()


def _said(bars: Sequence[Bar]) -> str:
    return _("，").join(f"{bar.label} {number_text(bar.value)}" for bar in bars)
