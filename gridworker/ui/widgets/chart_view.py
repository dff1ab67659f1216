"""A widget that shows one chart of `charts` and says it in words to a screen reader."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.domain.pictures import Picture
from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets import charts
from gridworker.ui.widgets.charts import Bar, number_text

Draw = Callable[[QPainter, QRectF], None]


class ChartView(QWidget):
    """Shows whatever was given last; empty until then."""

    def __init__(self, name: str, *, width: int = 240, height: int = 120) -> None:
        super().__init__()
        self._name = name
        self.shown: Picture | None = None
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

    def show_picture(self, shown: Picture) -> None:
        """Lines over time or lying bars, as a PDF shows them, too."""
        self.shown = shown
        ends = (f"{each.name} {number_text(each.values[-1] if each.values else None)}" for each in shown.series)
        said = _("，").join(ends) if shown.sort == "lines" else _said(charts.bars_of(shown))
        self._show(lambda painter, box: charts.picture(painter, box, shown), said)

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
