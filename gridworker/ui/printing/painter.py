"""Paints one page of a paper: black on white, thin frames, the foot with the page number."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gridworker.domain.pictures import Picture
from gridworker.services.papers import Cell
from gridworker.ui import theme
from gridworker.ui.printing.layout import Sheet, font, inside, mm, wrapping
from gridworker.ui.widgets import charts

_INK: Final = QColor("#000000")
_FRAME: Final = QColor("#4D4D4D")
_SHADE: Final = QColor("#EEF1F4")
_SMALL: Final = Cell(size=8)
_PIXEL: Final = 0.24
"""Millimetres of paper for a pixel of the window."""
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


def paint_page(painter: QPainter, sheet: Sheet, foot: str, place: str) -> None:
    """A page in dots; the painter is scaled to what it is painted on."""
    for placed in sheet.cells:
        cell, box = placed.cell, placed.box
        ground = _ground(cell)
        if ground:
            painter.fillRect(box, ground)
        if cell.framed:
            painter.setPen(QPen(_FRAME, mm(0.2)))
            painter.drawRect(box)
        if cell.picture:
            _paint_picture(painter, inside(box), cell.picture)
        painter.setPen(theme.ink_on(ground) if ground else _INK)
        painter.setFont(font(cell))
        painter.drawText(inside(box) if cell.framed else box, cell.text, wrapping(cell))
    painter.setFont(font(_SMALL))
    painter.drawText(sheet.foot, int(Qt.AlignmentFlag.AlignLeft | _MIDDLE), foot)
    painter.drawText(sheet.foot, int(Qt.AlignmentFlag.AlignRight | _MIDDLE), place)


def _ground(cell: Cell) -> QColor | None:
    """The ramp is that of the window in its light colours."""
    if cell.heat:
        with theme.printed():
            return theme.color(f"h{cell.heat}")
    return _SHADE if cell.shaded else None


def _paint_picture(painter: QPainter, box: QRectF, picture: Picture) -> None:
    """The picture of the window, in its light colours and the printed typeface."""
    dots = mm(_PIXEL)
    with theme.printed():
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(dots, dots)
        charts.picture(painter, QRectF(0, 0, box.width() / dots, box.height() / dots).adjusted(0, 4, 0, -4), picture)
        painter.restore()


def page_place(number: int, count: int) -> str:
    """第 1 页 共 2 页, Chinese like the forms."""
    return f"第 {number} 页  共 {count} 页"
