"""A paper into a PDF file or to a printer."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.papers import Paper
from gridworker.ui.printing import layout
from gridworker.ui.printing.painter import page_place, paint_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


def write_pdf(paper: Paper, file: Path) -> None:
    """Write a PDF with its fonts inside, whole or not at all. Raises UserError when the file cannot be written."""
    kept = QBuffer()
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(layout.DOTS)
    writer.setTitle(paper.name)
    _paint(paper, writer, "")
    try:
        file.write_bytes(kept.data().data())
    except OSError as error:
        hint = _("换个文件夹再存，或先关掉正在看这个文件的程序。")
        raise UserError("not_written", _("没有写出来。"), hint) from error


def print_out(paper: Paper, printer: "QPrinter") -> None:
    """Print on a printer that a person chose. Raises UserError when it does not answer."""
    printer.setDocName(paper.name)
    _paint(paper, printer, _("看看打印机开了没有、有没有纸，再试一次。"))


def _paint(paper: Paper, device: QPagedPaintDevice, hint: str) -> None:
    turned = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    device.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, QMarginsF(0, 0, 0, 0)))
    painter = QPainter()
    if not painter.begin(device):
        raise UserError("not_printed", _("没有打出来。"), hint)
    with painter:
        scale = device.logicalDpiX() / layout.DOTS
        painter.scale(scale, scale)
        every = layout.pages(paper)
        for number, sheet in enumerate(every, 1):
            if number > 1:
                device.newPage()
            paint_page(painter, sheet, paper.foot, page_place(number, len(every)))
