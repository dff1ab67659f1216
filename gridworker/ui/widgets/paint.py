"""Shapes that several widgets and list rows paint alike."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridworker.ui import theme

PILL_HEIGHT = 20
_PILL_PADDING = 8
_DOT = 6
_DOT_GAP = 4
_DOT_TOKENS = {"red": "dot_red", "amber": "dot_amber", "green": "dot_green", "blue": "dot_blue", "grey": "dot_grey"}


def dot_token(tone: str) -> str:
    """The token a dot of this tone is painted in; text tones are too dark for dots."""
    return _DOT_TOKENS.get(tone, tone)


def weak_token(tone: str) -> str:
    """The token of the ground that belongs to a tone."""
    return "grey_weak" if tone == "text2" else f"{tone}_weak"


def rounded(painter: QPainter, rect: QRect | QRectF, radius: float, fill: QColor | None, edge: QPen | None) -> None:
    """A rounded box whose edge lies inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = edge.widthF() / 2 if edge else 0
    painter.setBrush(fill if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(edge if edge else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def dot(painter: QPainter, centre: QPointF, diameter: float, tone: str) -> None:
    """A filled level dot."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(dot_token(tone)))
    painter.drawEllipse(centre, diameter / 2, diameter / 2)


def level(painter: QPainter, centre: QPointF, size: float, tone: str) -> None:
    """A level, told by shape as well as colour: red a diamond, amber a triangle, grey a ring, any other a dot."""
    reach = size / 2
    corners = {
        "red": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "amber": ((0, -1.1), (1.2, 1), (-1.2, 1)),
    }.get(tone)
    if corners:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(dot_token(tone)))
        painter.drawPolygon(QPolygonF([centre + QPointF(x, y) * reach for x, y in corners]))
    elif tone == "grey":
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(dot_token(tone)), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, reach - 1, reach - 1)
    else:
        dot(painter, centre, size, tone)


def pill_width(text: str, *, with_dot: bool = False) -> int:
    """How wide a pill is painted, in logical pixels."""
    extra = _DOT + _DOT_GAP if with_dot else 0
    return theme.text_width(text, 12) + 2 * theme.px(_PILL_PADDING) + extra


def pill(painter: QPainter, rect: QRect, text: str, tone: str, *, with_dot: bool = False) -> None:
    """A status word on its weak ground (look §4), as high as the rectangle."""
    edge = theme.color(tone, 0.25)
    rounded(painter, rect, rect.height() / 2, theme.color(weak_token(tone)), QPen(edge, 1))
    left = rect.left() + theme.px(_PILL_PADDING)
    if with_dot:
        dot(painter, QPointF(left + _DOT / 2, rect.center().y() + 0.5), _DOT, tone)
        left += _DOT + _DOT_GAP
    painter.setPen(theme.color(tone))
    painter.setFont(theme.font(12))
    painter.drawText(
        QRect(left, rect.top(), rect.right() - left + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
    )
