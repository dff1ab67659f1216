"""The handbook and the two cards as PDF, with pictures of the real window on invented people, so that they stay true.

`python -m tests.tools.make_handbook` writes `resources/help/handbook/*.pdf` from the Markdown beside them.
"""

import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QApplication

from gridworker.paths import resource
from gridworker.services import demos
from gridworker.services.look import Look
from gridworker.store import queries
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.tasks import Tasks
from tests.tools.notices import digest
from tests.ui import places

TODAY = date(2026, 11, 25)
FOLDER = resource("help", "handbook")
WINDOW = (1366, 768)
POINTS = 10.5
PIXELS = 1050  # of a picture's width: sharp in print, and the file stays small
WIDTH, HEIGHT, MARGIN = 650, 990, 72
"""Of what is printed on an A4 page and what is left free around it: 1/96 inch, as the window counts."""
PICTURE = "\ufffc"
SETTLE = 12
"""Rounds of events until a page has its lines and heights."""
TOWNSHIP = ("collect", "review", "summary")
_PICTURE = re.compile(r"!\[[^]]*\]\(([a-z]+)\)")


def main() -> None:
    """Take the pictures, then write each text as a PDF."""
    app = QApplication([])
    theme.apply(theme.LIGHT, bundled_font=True)
    with tempfile.TemporaryDirectory(prefix="gridworker-handbook-") as name:
        pictures = taken(Path(name))
    for text in sorted(FOLDER.glob("*.md")):
        print(written(text, pictures))
    del app


def taken(folder: Path) -> dict[str, QImage]:
    """By name: each page that the handbook shows."""
    wanted = set(_PICTURE.findall((FOLDER / "handbook.md").read_text(encoding="utf-8")))
    found: dict[str, QImage] = {}
    for role in ("worker", "township"):
        workspace = demos.open_or_make(folder, role, TODAY, lambda *_step: None)
        tasks = Tasks()
        desk = Desk(workspace, tasks, Look(theme.LIGHT))
        desk.window.resize(*WINDOW)
        desk.show()
        if role == "worker":
            desk.window.show_page("meeting", queries.every(workspace.connection, "meeting")[0].id)
        every = places.worker_places() if role == "worker" else places.township_places()
        for name in sorted(wanted & every.keys() - found.keys() - ({*TOWNSHIP} if role == "worker" else set())):
            with places.at(desk, every[name]):
                rounds = 0
                while rounds < SETTLE or tasks.is_busy():
                    QApplication.processEvents()
                    rounds += 1
                found[name] = (
                    desk.window.grab().toImage().scaledToWidth(PIXELS, Qt.TransformationMode.SmoothTransformation)
                )
        desk.put_away()
    return found


def written(text: Path, pictures: dict[str, QImage]) -> Path:
    """A text as a PDF beside it: A4, pages numbered, a card on one page."""
    out = text.with_suffix(".pdf")
    document = QTextDocument()
    document.setDefaultFont(QFont(theme.current().families[0], POINTS))
    document.setMarkdown(text.read_text(encoding="utf-8"))
    for name, picture in pictures.items():
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)
    arrange(document)
    writer = QPdfWriter(str(out))
    writer.setTitle(document.firstBlock().text())
    writer.setCreator(f"Gridworker {digest(text)}")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(WIDTH, HEIGHT))
    keep_whole(document)
    printed(document, writer)
    return out


def keep_whole(document: QTextDocument) -> None:
    """A heading goes to the next page with the picture or table that would not fit below it."""
    block = document.begin()
    while block.isValid():
        document.pageCount()  # lays it out to its end, which else waits for whoever looks
        if block.blockFormat().headingLevel() > 1 and page_of(block) < page_of(last_shown(block)):
            broken = QTextBlockFormat()
            broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).mergeBlockFormat(broken)
        block = block.next()


def last_shown(heading: QTextBlock) -> QTextBlock:
    """The picture below a heading, or the last line of the table in its part."""
    block, last = heading.next(), heading
    while block.isValid() and not block.blockFormat().headingLevel():
        if block.text() == PICTURE:
            return block
        last = block if QTextCursor(block).currentTable() else last
        block = block.next()
    return last


def page_of(block: QTextBlock) -> int:
    """The page on which a paragraph ends."""
    area = block.document().documentLayout().blockBoundingRect(block)
    return int((area.bottom() - 1) // HEIGHT)


def printed(document: QTextDocument, writer: QPdfWriter) -> None:
    """Every page with its number."""
    pages, scale = document.pageCount(), writer.resolution() / 96
    with QPainter(writer) as painter:
        for page in range(pages):
            if page:
                writer.newPage()
            painter.resetTransform()
            painter.scale(scale, scale)
            if pages > 1:
                face = QFont(theme.current().families[0])
                face.setPixelSize(11)
                painter.setFont(face)
                foot = QRectF(MARGIN, MARGIN + HEIGHT + 12, WIDTH, 20)
                painter.drawText(foot, Qt.AlignmentFlag.AlignRight, f"{page + 1} / {pages}")
            painter.translate(MARGIN, MARGIN - page * HEIGHT)
            document.drawContents(painter, QRectF(0, page * HEIGHT, WIDTH, HEIGHT))


def arrange(document: QTextDocument) -> None:
    """Headings in the program's green, keys in bold, pictures and tables across the page."""
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        shape = QTextBlockFormat()
        shape.setTopMargin((0, 0, 18)[level] if level else 0)
        shape.setBottomMargin(6)
        if block.text() != PICTURE:
            shape.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        if level:
            ink = QTextCharFormat()
            ink.setForeground(theme.color("primary"))
            cursor.mergeCharFormat(ink)
        cursor.mergeBlockFormat(shape)
        for part in [one.fragment() for one in block]:
            dress(document, part)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            ruled(frame)


def dress(document: QTextDocument, part: QTextFragment) -> None:
    """A picture takes the whole line; a key is bold, in the typeface of the rest."""
    shown = part.charFormat()
    cursor = QTextCursor(document)
    cursor.setPosition(part.position())
    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
    if shown.isImageFormat():
        picture = QTextImageFormat(shown.toImageFormat())
        picture.setWidth(WIDTH)
        cursor.setCharFormat(picture)
    elif shown.fontFixedPitch():
        key = QTextCharFormat()
        key.setFontFamilies([theme.current().families[0]])
        key.setFontFixedPitch(False)
        key.setFontWeight(QFont.Weight.Bold)
        cursor.mergeCharFormat(key)


def ruled(table: QTextTable) -> None:
    """Thin lines, room in the cells, across the whole page."""
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderBrush(theme.color("field_border"))
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderCollapse(True)
    shape.setCellPadding(4)
    shape.setCellSpacing(0)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    first = QTextLength(QTextLength.Type.PercentageLength, 26)
    shape.setColumnWidthConstraints([first, QTextLength(QTextLength.Type.PercentageLength, 74)])
    table.setFormat(shape)


if __name__ == "__main__":
    sys.exit(main())
