"""Where everything stands on the pages of a paper, in dots of 1/300 inch, whatever it is painted on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QTextLayout, QTextOption

from gridworker.services.papers import CENTRE, LEFT, RIGHT, Cell, Paper, Row
from gridworker.ui import fonts

DOTS: Final = 300
"""To the inch."""
_A4: Final = (210.0, 297.0)
_MARGINS: Final = (13.0, 10.0, 13.0, 16.0)
"""Millimetres at the left, top, right and bottom; the foot stands in the last."""
_BESIDE, _ABOVE = 1.3, 1.0
"""Millimetres between a frame and its words."""
ALIGNMENTS: Final = {
    LEFT: Qt.AlignmentFlag.AlignLeft, CENTRE: Qt.AlignmentFlag.AlignHCenter, RIGHT: Qt.AlignmentFlag.AlignRight,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and its box."""

    cell: Cell
    box: QRectF


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its cells, and the box of its foot."""

    cells: tuple[Placed, ...]
    foot: QRectF


def mm(length: float) -> float:
    """Millimetres in dots."""
    return length / 25.4 * DOTS


def page_size(paper: Paper) -> QSizeF:
    """The page in dots."""
    across, down = (mm(side) for side in _A4)
    return QSizeF(down, across) if paper.landscape else QSizeF(across, down)


def font(cell: Cell) -> QFont:
    """The typeface of a cell: the bundled one, so that a PDF reads the same everywhere."""
    made = QFont(fonts.families(bundled=True))
    made.setPixelSize(round(cell.size / 72 * DOTS))
    made.setBold(cell.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def wrapping(cell: Cell) -> QTextOption:
    """Lines end where words and stops allow it, a word without blanks anywhere."""
    made = QTextOption(ALIGNMENTS[cell.align] | Qt.AlignmentFlag.AlignVCenter)
    made.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return made


def inside(box: QRectF) -> QRectF:
    """A cell's box without the room beside its words."""
    gap = mm(_BESIDE)
    return box.adjusted(gap, 0, -gap, 0)


def pages(paper: Paper) -> list[Sheet]:
    """The paper cut into pages between rows that are not kept together; the head stands on each."""
    size = page_size(paper)
    left, top, right, bottom = (mm(side) for side in _MARGINS)
    body = QRectF(left, top, size.width() - left - right, size.height() - top - bottom)
    foot = QRectF(body.left(), body.bottom() + mm(3), body.width(), mm(7))
    head, below = _place(paper.head, body, body.top())
    found, cells, down = [], list(head), below
    for block in _blocks(paper.rows):
        placed, end = _place(block, body, down)
        if (end > body.bottom() + 1 or block[0].on_new_page) and len(cells) > len(head):
            found.append(Sheet(tuple(cells), foot))
            placed, end = _place(block, body, below)
            cells = list(head)
        cells += placed
        down = end
    return [*found, Sheet(tuple(cells), foot)]


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows with those they are kept with."""
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if not row.kept:
            yield block
            block = []
    if block:
        yield block


def _place(rows: Iterable[Row], body: QRectF, down: float) -> tuple[list[Placed], float]:
    """Rows under each other from a height on, and where they end."""
    found: list[Placed] = []
    for row in rows:
        whole = sum(cell.width for cell in row.cells)
        widths = [body.width() * cell.width / whole for cell in row.cells]
        height = max(mm(row.height), *(_needed(cell, width) for cell, width in zip(row.cells, widths, strict=True)))
        left = body.left()
        for cell, width in zip(row.cells, widths, strict=True):
            found.append(Placed(cell, QRectF(left, down, width, height)))
            left += width
        down += height
    return found, down


def _needed(cell: Cell, width: float) -> float:
    """How high a cell must be for its words."""
    if not cell.text:
        return 0
    room = inside(QRectF(0, 0, width, 1)).width()
    lines = QTextLayout(cell.text.replace("\n", "\u2028"), font(cell))
    lines.setTextOption(wrapping(cell))
    lines.beginLayout()
    height = 0.0
    while (line := lines.createLine()).isValid():
        line.setLineWidth(room)
        height += line.height()
    lines.endLayout()
    return height + 2 * mm(_ABOVE)
