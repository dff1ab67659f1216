"""Charts as plain painting: the same functions draw on the window and into a PDF (look §5).

Every function takes a painter and the rectangle to fill, in logical pixels; colours and fonts come from the theme.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, log10

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gridworker.domain.pictures import Picture, Series
from gridworker.ui import theme
from gridworker.ui.widgets import paint

_AXIS = 11
_FLAGS = Qt.AlignmentFlag
_CENTRE = _FLAGS.AlignCenter
_BAR = 12
WHOLE = 100.0
"""The end of an axis of shares."""


@dataclass(frozen=True)
class Bar:
    """One bar: label, value (None is not known and shown as —), last week's value, whether it is the one meant."""

    label: str
    value: float | None
    before: float | None = None
    strong: bool = False


Line = Series
"""One series of a line chart: its name, values (None leaves a gap), tone, dashed for the second of a pair."""


def picture(painter: QPainter, box: QRectF, shown: Picture) -> None:
    """A picture of any sort, its legend below it."""
    if shown.sort == "rank":
        rank(painter, box, bars_of(shown))
        return
    foot = theme.px(22) if shown.has_legend else 0
    lines(painter, box.adjusted(0, 0, 0, -foot), shown)
    if not shown.has_legend:
        return
    legend(painter, QRectF(box.left(), box.bottom() - foot, box.width(), foot), shown.series)


def bars_of(shown: Picture) -> list[Bar]:
    """Bars of the first series with the marks of the second."""
    now, before = shown.series
    return [Bar(*one) for one in zip(shown.labels, now.values, before.values, strict=True)]


def nice_ceiling(value: float) -> float:
    """The smallest 1, 2, 3, 4, 5, 6, 8 or 10 times a power of ten that is not below a value."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (ceil(log10(value)) - 1)
    return next((step * power for step in (1, 2, 3, 4, 5, 6, 8) if step * power >= value), 10 * power)


def axis(value: float) -> tuple[float, int]:
    """The end of an axis and into how many steps of round numbers it is cut, whole ones for counts."""
    if value == WHOLE:
        return WHOLE, 2
    step = nice_ceiling(value / 3)
    return 3 * (max(step, 1.0) if value >= 1 else step), 3


def number_text(value: float | None) -> str:
    """A value without needless digits; not known is —, never 0."""
    if value is None:
        return "—"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def ring(painter: QPainter, box: QRectF, share: float, big: str, small: str) -> None:
    """A ring filled clockwise from the top, with a number and a word inside."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    width = side * 0.09
    centre = box.center()
    circle = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side).adjusted(width, width, -width, -width)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("line"), width))
    painter.drawEllipse(circle)
    if share > 0:
        painter.setPen(QPen(theme.color("bar"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(circle, 90 * 16, -round(min(share, 1.0) * 360 * 16))
    unit = side / theme.px(100)  # words shrink with a small ring
    painter.setPen(theme.color("text"))
    painter.setFont(theme.font(min(24, 20 * unit), bold=True))
    painter.drawText(circle.adjusted(0, 0, 0, -side * 0.14), _CENTRE, big)
    painter.setPen(theme.color("text2"))
    painter.setFont(theme.font(min(12, 11 * unit)))
    painter.drawText(circle.adjusted(0, side * 0.28, 0, 0), _CENTRE, small)


def columns(painter: QPainter, box: QRectF, bars: Sequence[Bar], goal: float | None = None) -> None:
    """Standing bars with their values on top and labels below; a dashed line for a goal."""
    if not bars:
        return
    line_height = theme.px(18)
    plot = box.adjusted(0, line_height, 0, -line_height)
    top = max([bar.value or 0 for bar in bars] + [goal or 0]) or 1
    slot = plot.width() / len(bars)
    width = min(slot * 0.56, theme.px(26))
    if goal is not None:
        painter.setPen(QPen(theme.color("dot_grey"), 1, Qt.PenStyle.DashLine))
        height = plot.bottom() - plot.height() * goal / top
        painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))
    for place, bar in enumerate(bars):
        middle = plot.left() + slot * (place + 0.5)
        height = plot.height() * (bar.value or 0) / top
        body = QRectF(middle - width / 2, plot.bottom() - height, width, height)
        paint.rounded(painter, body, min(3, height / 2), theme.color("bar" if bar.strong else "bar2"), None)
        over = QRectF(middle - slot / 2, body.top() - line_height, slot, line_height)
        _word(painter, over, number_text(bar.value), "text", _CENTRE, size=12, bold=bar.strong)
        under = QRectF(middle - slot / 2, plot.bottom(), slot, line_height)
        _word(painter, under, bar.label, "text2", _CENTRE, size=12)


def rank(painter: QPainter, box: QRectF, bars: Sequence[Bar]) -> None:
    """Lying bars 12 px high with value and change at the right; last week's value as a 2 px mark."""
    if not bars:
        return
    top = max(max(bar.value or 0, bar.before or 0) for bar in bars) or 1
    names = max(theme.text_width(bar.label, 12) for bar in bars) + 12
    numbers = theme.px(66)
    track = box.width() - names - numbers
    slot = min(box.height() / len(bars), theme.px(25))
    thick = theme.px(_BAR)
    for place, bar in enumerate(bars):
        line = QRectF(box.left(), box.top() + place * slot, box.width(), slot)
        _word(painter, line, bar.label, "text", _FLAGS.AlignLeft, size=12)
        body = QRectF(line.left() + names, line.center().y() - thick / 2, track * (bar.value or 0) / top, thick)
        paint.rounded(painter, body, min(3, body.width() / 2), theme.color("bar" if bar.strong else "bar2"), None)
        if bar.before is not None:
            at = line.left() + names + track * bar.before / top
            painter.fillRect(QRectF(at - 1, line.center().y() - thick / 2 - 4, 2, thick + 8), theme.color("text2"))
            change = (bar.value or 0) - bar.before
            sign = f"{change:+.0f}".replace("-", "−") if change else "±0"
            _word(painter, line, sign, "text2", _FLAGS.AlignRight, size=12)
        value = line.adjusted(0, 0, -theme.px(28), 0)
        _word(painter, value, number_text(bar.value), "text", _FLAGS.AlignRight, bold=True)


def lines(painter: QPainter, box: QRectF, shown: Picture) -> None:
    """Series over labelled steps: a few grid lines, the last value written at the line's end."""
    known = [value for each in shown.series for value in each.values if value is not None]
    top, parts = axis(max(known, default=1) if shown.most is None else shown.most)
    marks = [number_text(round(top * part / parts, 1)) for part in range(parts + 1)]
    left = max(theme.text_width(mark, _AXIS) for mark in marks) + 10
    plot = box.adjusted(left, 6, -theme.px(34), -theme.px(20))
    _grid(painter, plot, marks, left)
    steps = max(len(shown.labels) - 1, 1)
    _step_labels(painter, plot, shown.labels, steps)
    taken: list[float] = []
    for each in shown.series:
        _series(painter, plot, each, lambda n, v: _place(plot, n / steps, v / top), taken)


def legend(painter: QPainter, box: QRectF, series: Sequence[Line]) -> None:
    """A short stroke and the name of each series."""
    left = box.left()
    for each in series:
        painter.setPen(_pen(each))
        middle = box.center().y()
        painter.drawLine(QPointF(left, middle), QPointF(left + theme.px(14), middle))
        word = QRectF(left + theme.px(20), box.top(), box.width(), box.height())
        _word(painter, word, each.name, "text2", _FLAGS.AlignLeft, size=12)
        left += theme.px(20) + theme.text_width(each.name, 12) + theme.px(16)


def _place(plot: QRectF, across: float, up: float) -> QPointF:
    return QPointF(plot.left() + plot.width() * across, plot.bottom() - plot.height() * up)


def _grid(painter: QPainter, plot: QRectF, marks: Sequence[str], left: int) -> None:
    for place, mark in enumerate(marks):
        height = plot.bottom() - plot.height() * place / (len(marks) - 1)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(plot.left(), height), QPointF(plot.right(), height))
        spot = QRectF(plot.left() - left, height - 8, left - 8, 16)
        _word(painter, spot, mark, "text3", _FLAGS.AlignRight, size=_AXIS)


def _step_labels(painter: QPainter, plot: QRectF, labels: Sequence[str], steps: int) -> None:
    widest = max((theme.text_width(label, _AXIS) for label in labels), default=0) + 14
    every = max(ceil(widest * len(labels) / max(plot.width(), 1)), 1)
    for number, label in enumerate(labels):
        if (len(labels) - 1 - number) % every == 0:
            place = _place(plot, number / steps, 0)
            box = QRectF(place.x() - 40, plot.bottom() + 3, 80, theme.px(16))
            _word(painter, box, label, "text2", _FLAGS.AlignHCenter, size=_AXIS)


def _series(
    painter: QPainter, plot: QRectF, each: Line, place: Callable[[int, float], QPointF], taken: list[float]
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    stretch: list[QPointF] = []
    last: QPointF | None = None
    for number, value in enumerate([*each.values, None]):
        if value is not None:
            stretch.append(place(number, value))
            continue
        painter.setPen(_pen(each))
        painter.drawPolyline(QPolygonF(stretch))
        last = stretch[-1] if stretch else last
        stretch = []
    if last is None:
        return
    paint.dot(painter, last, 6, each.tone)
    height = _free(last.y(), taken, 1)  # two ends close together are written under each other
    if height > plot.bottom():
        height = _free(last.y(), taken, -1)
    taken.append(height)
    final = next(value for value in reversed(each.values) if value is not None)
    box = QRectF(last.x() + 7, height - 9, theme.px(40), 18)
    _word(painter, box, number_text(final), each.tone, _FLAGS.AlignLeft, size=12, bold=True)


def _free(height: float, taken: Sequence[float], step: int) -> float:
    """The nearest height in a direction at which no other number stands."""
    while any(abs(height - other) < theme.px(15) for other in taken):
        height += step
    return height


def _pen(each: Line) -> QPen:
    style = Qt.PenStyle.DashLine if each.dashed else Qt.PenStyle.SolidLine
    return QPen(theme.color(each.tone), 1.8, style)


def _word(
    painter: QPainter, box: QRectF, text: str, ink: str, side: Qt.AlignmentFlag, *, size: int = 13, bold: bool = False
) -> None:
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font(size, bold=bold))
    painter.drawText(box, side | _FLAGS.AlignVCenter, text)
