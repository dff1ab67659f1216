"""What leaves the page 汇总: the workbook for the county, the brief for the meeting, the notice for the public."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gridworker.domain.calendar import Week
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, Page
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.label import label

if TYPE_CHECKING:
    from gridworker.services.papers import Paper
    from gridworker.services.township_book import Written

_WIDTH: Final = 620
MASKED, FULL = "masked", "full"


class OutDialog(Dialog):
    """Three ways out of one week: `book_asked(full)`, `brief_asked`, `notice_asked`, `copy_asked`; it closes itself."""

    book_asked = Signal(bool)
    brief_asked = Signal()
    list_asked = Signal()
    """The needs that stand above the grid, on paper."""
    notice_asked = Signal()
    copy_asked = Signal()

    def __init__(self, parent: QWidget, week: Week, *, can_be_full: bool) -> None:
        super().__init__(parent.window())
        title = _("{week}的汇总表、简报和公示").format(week=week.label)
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.form = ChipGroup(_("版本"), [Choice(MASKED, _("遮住版")), Choice(FULL, _("完整加密版"))], wrap=False)
        self.form.set_value(MASKED)
        self.form.setVisible(can_be_full)
        self.book = Button(_("写出汇总表"), PRIMARY, icon="file-spreadsheet", key="Ctrl+S")
        self.brief = Button(_("看简报"), icon="printer", key="Ctrl+P")
        self.whistles = Button(_("看吹哨清单"), icon="megaphone")
        self.notice = Button(_("写出公示"), icon="download")
        self.copy = Button(_("复制公示"), icon="copy", key="Ctrl+Shift+C")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(title, "card_title"))
        for part in self._cards():
            column.addWidget(part)
        leave = Button(_("关闭"), key="Esc")
        leave.clicked.connect(self.reject)
        column.addLayout(row(1, leave))
        self.setFixedWidth(theme.px(_WIDTH))
        self._connect()
        self.book.setFocus()

    def _cards(self) -> list[Card]:
        words = _("每网格一行，合计是公式；有图表、问题清单、超期清单、分级办结、吹哨清单，各社区、各承办单位一张表。")
        book = Card(_("汇总表（Excel）"))
        book.add(label(words, "second", wrap=True))
        book.add(row(self.form, 1, self.book))
        brief = Card(_("周简报（两页 A4）"))
        words = _("要点、趋势、类别、各网格的数和超期最久的诉求；没有居民信息，可以存为 PDF 或打印。")
        brief.add(label(words, "second", wrap=True))
        brief.add(row(1, self.whistles, self.brief))
        notice = Card(_("公示（网页）"))
        words = _("只有数字，小到能认出人的数不列。复制后直接粘贴到公众号文章里。")
        notice.add(label(words, "second", wrap=True))
        notice.add(row(1, self.notice, self.copy))
        return [book, brief, notice]

    def _connect(self) -> None:
        ways = (
            (self.book, "Ctrl+S", lambda: self.book_asked.emit(self.form.value() == FULL)),
            (self.brief, "Ctrl+P", self.brief_asked.emit),
            (self.whistles, "", self.list_asked.emit),
            (self.notice, "", self.notice_asked.emit),
            (self.copy, "Ctrl+Shift+C", self.copy_asked.emit),
        )
        for button, key, act in ways:
            go = partial(self._go, act)
            button.clicked.connect(go)
            if key:
                keys.bind(self, key, go)

    def _go(self, act: Callable[[], object], *_clicked: object) -> None:
        self.accept()
        act()


class SummaryOut:
    """Opens the dialog and does what was chosen beside the window, for the page that made it."""

    def __init__(self, page: Page, workspace: Workspace, tasks: Tasks) -> None:
        self._page, self._workspace, self._tasks = page, workspace, tasks

    def open(self, week: Week) -> OutDialog:
        """Ask what shall leave of a week."""
        dialog = OutDialog(self._page, week, can_be_full=bool(self._workspace.store.get("report_password")))
        dialog.book_asked.connect(partial(self._ask_book, week))
        dialog.brief_asked.connect(partial(self.show_brief, week))
        dialog.list_asked.connect(self.show_whistles)
        dialog.notice_asked.connect(partial(self._ask_notice, week))
        dialog.copy_asked.connect(partial(self.copy_notice, week))
        dialog.open()
        return dialog

    def _ask_book(self, week: Week, full: bool) -> None:
        from gridworker.services import township_book

        if path := self._ask(_("写出汇总表"), township_book.default_name(self._workspace, week), "(*.xlsx)"):
            self.write_book(week, path, full=full)

    def _ask_notice(self, week: Week) -> None:
        from gridworker.services import public_notice

        if path := self._ask(_("写出公示"), public_notice.default_name(self._workspace, week), "(*.html)"):
            self.write_notice(week, path)

    def _ask(self, title: str, name: str, kinds: str) -> Path | None:
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        path, _kind = QFileDialog.getSaveFileName(self._page, title, str(Path(folder) / name), kinds)
        return Path(path) if path else None

    def write_book(self, week: Week, path: Path, *, full: bool) -> None:
        """The 汇总表 as a workbook."""

        def work(own: Workspace, job: Job) -> "Written":
            from gridworker.services import export, township_book

            wish = export.Wish(full, _("汇总上报") if full else "")
            return township_book.write(own, week, path, wish, job.step)

        self._start(work, self._say_book, _("正在写汇总表"))

    def _say_book(self, done: "Written") -> None:
        form = _("遮住版") if done.masked else _("完整加密版")
        words = _("汇总表已写出（{form}）：{name}").format(form=form, name=done.file.name)
        self._page.said.emit(Message("saved", words))

    def show_brief(self, week: Week) -> None:
        """The two pages, to be looked at first."""

        def work(own: Workspace, _job: Job) -> "Paper":
            from gridworker.services import week_brief

            return week_brief.brief(own, week)

        self._start(work, partial(self._preview, _("周简报")), _("正在算简报"))

    def show_whistles(self) -> None:
        """The list of what stands above the grid, as it is now, to be looked at first."""

        def work(own: Workspace, _job: Job) -> "Paper":
            from gridworker.services import whistling

            return whistling.paper(own)

        self._start(work, partial(self._preview, _("吹哨清单")), _("正在列吹哨清单"))

    def _preview(self, title: str, paper: "Paper") -> None:
        from gridworker.ui.printing.preview import PrintDialog

        PrintDialog(self._page, self._workspace, title, [(title, lambda: paper)]).open()

    def write_notice(self, week: Week, path: Path) -> None:
        """The notice as a file."""

        def work(own: Workspace, _job: Job) -> str:
            from gridworker.services import public_notice

            public_notice.write(own, week, path)
            return path.name

        self._start(work, lambda name: self._say(_("公示已写出：{name}").format(name=name)), _("正在写公示"))

    def copy_notice(self, week: Week) -> None:
        """The notice on the clipboard, as formatted text."""

        def work(own: Workspace, _job: Job) -> str:
            from gridworker.services import public_notice

            return public_notice.copied(own, week)

        self._start(work, self._on_copied, _("正在写公示"))

    def _on_copied(self, section: str) -> None:
        data = QMimeData()
        data.setHtml(section)
        QGuiApplication.clipboard().setMimeData(data)
        application = QGuiApplication.instance()
        if application is not None:  # at its end Qt would read what Python has already taken down
            application.aboutToQuit.connect(lambda: QGuiApplication.clipboard().clear())
        self._say(_("公示已复制，到公众号文章里粘贴即可。"))

    def _say(self, words: str) -> None:
        self._page.said.emit(Message("saved", words))

    def _start(self, work: Callable[[Workspace, Job], Any], done: Callable[[Any], object], told: str) -> None:
        workspace = self._workspace

        def own_work(job: Job) -> Any:
            own = workspace.for_thread()
            try:
                return work(own, job)
            finally:
                own.close()

        def failed(error: Exception) -> None:
            self._page.said.emit(Message("failure", sentence_for(error)))

        self._tasks.start(own_work, done=done, failed=failed, told=told)
