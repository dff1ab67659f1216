"""Looking at a paper before it leaves: which one, its pages as they will be; then a PDF or the printer, both logged."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import papers
from gridworker.services.papers import Paper
from gridworker.services.workspace import Workspace
from gridworker.ui import fonts, keys, theme
from gridworker.ui.printing import layout, output
from gridworker.ui.printing.painter import page_place, paint_page
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.field import ErrorLine
from gridworker.ui.widgets.label import ElidedLabel, label

Choices = Sequence[tuple[str, Callable[[], Paper]]]
"""What can be printed here: its word, and how to make it when it is chosen."""
_GAP = 12


class PrintDialog(Dialog):
    """Window-modal; open it with `open()`. `told` is what was done last, for the page to say."""

    def __init__(self, parent: QWidget, workspace: Workspace, title: str, choices: Choices, chosen: int = 0) -> None:
        super().__init__(parent.window())
        self._workspace, self._choices = workspace, choices
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.which = Select(title)
        for word, _make in choices:
            self.which.addItem(word)
        self.pages = PagesView()
        self._count = label("", "second")
        self._done = ElidedLabel("", "second", "green")
        self._wrong = ErrorLine()
        self._build(title)
        self.which.setCurrentIndex(chosen)
        self.which.currentIndexChanged.connect(lambda _place: self._show())
        self._show()
        for key, act in (("Ctrl+S", self.save), ("Ctrl+P", self.print_out)):
            keys.bind(self, key, act)

    def save(self) -> None:
        """Ask where to, then write the PDF."""
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        file, _kind = QFileDialog.getSaveFileName(
            self, _("存为 PDF"), str(Path(folder) / f"{self.paper.name}.pdf"), _("PDF 文件 (*.pdf)")
        )
        if file:
            self.save_to(Path(file))

    def save_to(self, file: Path) -> None:
        """Write the PDF and log it."""
        if self._leave(lambda: output.write_pdf(self.paper, file)):
            self._done.setText(_("已存 {file}").format(file=file.name))

    def print_out(self) -> None:
        """Let a person choose the printer, then print and log it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() and self._leave(lambda: output.print_out(self.paper, printer)):
            self._done.setText(_("已送打印机"))

    def _leave(self, work: Callable[[], object]) -> bool:
        self._wrong.show_sentence("")
        try:
            work()
        except GridworkerError as error:
            self._wrong.show_sentence(error.told)
            return False
        papers.note_printed(self._workspace, self.paper)
        return True

    def _show(self) -> None:
        self.paper = self._choices[self.which.currentIndex()][1]()
        self.pages.show_paper(self.paper)
        self._count.setText(_("A4，共 {count} 页").format(count=self.pages.count()))
        self._done.setText("")
        self._hint.setVisible(self.paper.personal)
        lost = fonts.missing_characters(self.paper.text())
        advice = _("这些字打印不出来，请手写补上：{characters}").format(characters=lost) if lost else ""
        self._wrong.show_sentence(advice)

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        self.which.setVisible(len(self._choices) > 1)
        column.addLayout(row(label(title, "card_title"), self.which, self._count, 1))
        column.addWidget(scrolling(self.pages), 1)
        column.addWidget(self._wrong)
        save = Button(_("存为 PDF"), icon="download", key="Ctrl+S")
        out = Button(_("打印"), PRIMARY, icon="printer", key="Ctrl+P")
        leave = Button(_("关闭"), key="Esc")
        save.clicked.connect(self.save)
        out.clicked.connect(self.print_out)
        leave.clicked.connect(self.reject)
        self._hint = label(_("纸上有个人信息，会记入访问记录"), "second")
        column.addLayout(row(self._hint, self._done, 1, leave, save, out))
        self.resize(theme.px(860), theme.px(540))


class PagesView(QWidget):
    """The pages under each other, as wide as there is room: white paper in either theme."""

    def __init__(self) -> None:
        super().__init__()
        self._paper: Paper | None = None
        self._sheets: list[layout.Sheet] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_paper(self, paper: Paper) -> None:
        """Show a paper from its first page."""
        self._paper, self._sheets = paper, layout.pages(paper)
        self.setAccessibleName(paper.name)
        self.updateGeometry()
        self.update()

    def count(self) -> int:
        """How many pages there are."""
        return len(self._sheets)

    def hasHeightForWidth(self) -> bool:
        """The wider the page, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All pages with a gap below each."""
        return self.count() * (self._page_height(width) + _GAP)

    def sizeHint(self) -> QSize:
        """Wide enough to read."""
        width = theme.px(800)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every page in sight, by the painter of the PDF."""
        if self._paper is None:
            return
        height = self._page_height(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, sheet in enumerate(self._sheets, 1):
                box = QRect(0, (number - 1) * (height + _GAP), self.width(), height)
                if box.intersects(event.rect()):
                    self._paint(painter, box, sheet, page_place(number, self.count()))

    def _paint(self, painter: QPainter, box: QRect, sheet: layout.Sheet, place: str) -> None:
        painter.fillRect(box, QColor("white"))
        painter.setPen(theme.color("border"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        if self._paper is not None:
            scale = box.width() / layout.page_size(self._paper).width()
            painter.save()
            painter.translate(box.topLeft())
            painter.scale(scale, scale)
            paint_page(painter, sheet, self._paper.foot, place)
            painter.restore()

    def _page_height(self, width: int) -> int:
        size = layout.page_size(self._paper) if self._paper else layout.page_size(_BLANK)
        return round(width * size.height() / size.width())


_BLANK = Paper("", (), (), "", "")
