"""The first run: one card, its steps at the left, only one open (look 17)."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import first_import, keeping, setup_file
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages import wording
from gridworker.ui.pages.first_run_begin import BeginStep, beginnings
from gridworker.ui.pages.first_run_import import ImportStep
from gridworker.ui.pages.first_run_panel import StepPanel
from gridworker.ui.pages.first_run_password import PasswordStep
from gridworker.ui.pages.first_run_who import WORKER, Start, WhoStep
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.label import ElidedLabel, label, line

WIDTH, HEIGHT = 1000, 580
SCALE_WORDS: Final = ((1.0, "标准"), (1.15, "大"), (1.3, "特大"))


class FirstRun(QWidget):
    """Emits `finished(workspace, sentence)` when there is something to open, `import_asked(workspace, file)` to open it
    with a file on the page of imports, `demo_asked(role)`, `restore_asked`, `scale_asked(scale)`.
    """

    finished = Signal(object, str)
    import_asked = Signal(object, object)
    demo_asked = Signal(str)
    restore_asked = Signal(object)
    scale_asked = Signal(float)

    def __init__(self, folder: Path, tasks: Tasks, today: date | None = None) -> None:
        super().__init__()
        self._folder, self._tasks, self._today = folder, tasks, today
        self._workspace: Workspace | None = None
        self._file: Path | None = None
        self._rebuilt: list[str] = []
        self.who = WhoStep()
        self.password = PasswordStep()
        self.begin = BeginStep([])
        self.preview = ImportStep()
        self._job: Job | None = None
        self.stack = QStackedWidget()
        self.steps = StepPanel()
        self.title = label("", "page_title")
        self.place = label("", "second")
        self.hint = ElidedLabel("", "second")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.back = Button(_("上一步"))
        self.next = Button(_("下一步"), PRIMARY, icon="arrow-right", key="Enter")
        self._build()
        self._connect()
        self._go(0)

    def _build(self) -> None:
        for step in (self.who, self.password, self.begin, self.preview):
            self.stack.addWidget(step)
        card = QFrame()
        card.setProperty("frame", "card")
        card.setMaximumSize(theme.px(WIDTH), theme.px(HEIGHT))
        across = QHBoxLayout(card)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.steps)
        across.addLayout(self._right(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 1000)
        middle.addStretch(1)
        column.addLayout(middle, 1000)
        column.addLayout(self._links())
        column.addStretch(1)

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setContentsMargins(30, 26, 30, 22)
        right.setSpacing(12)
        right.addLayout(row(self.title, 1, self.place))
        right.addWidget(scrolling(self.stack), 1)
        self.line = line()
        right.addWidget(self.line)
        right.addLayout(row(self.back, self.hint, self.next))
        right.addWidget(self.preview.foot)
        self.preview.foot.hide()
        self.stack.currentChanged.connect(self._show_import_foot)
        return right

    def _show_import_foot(self, _place: int) -> None:
        looks = self.stack.currentWidget() is self.preview
        self.preview.foot.setVisible(looks)
        self.hint.setVisible(not looks)

    def _links(self) -> QHBoxLayout:
        made = row(1, gap=8)
        self.restore = link(_("从备份恢复"))
        self.demo = link(_("先看演示"))
        words: Sequence[QWidget] = (
            label(_("换了电脑？"), "second"), self.restore, label(_("\u3000想先看看？"), "second"), self.demo,
            label(_("\u3000字号"), "second"),
        )  # fmt: skip
        for part in words:
            made.addWidget(part)
        for scale, word in SCALE_WORDS:
            button = link(_(word))
            button.clicked.connect(lambda _checked=False, scale=scale: self.scale_asked.emit(scale))
            made.addWidget(button)
        made.addStretch(1)
        return made

    def _connect(self) -> None:
        self.next.clicked.connect(self.go_on)
        self.back.clicked.connect(lambda: self._go(0))
        self.restore.clicked.connect(self._ask_backup)
        self.demo.clicked.connect(lambda: self.demo_asked.emit(self.who.role.value() or WORKER))
        self.preview.another.connect(self._ask_book)
        self.preview.left.connect(lambda: self._go(2))
        self.preview.stopped.connect(self._stop)
        self.preview.page_asked.connect(lambda: self.import_asked.emit(self._workspace, self._file))
        self.preview.taken.connect(self._take)
        keys.bind(self, "Enter", self.go_on)
        keys.bind(self, "Ctrl+Enter", self._on_accepted)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The open step has it."""
        step = self.stack.currentWidget()
        if isinstance(step, (WhoStep, PasswordStep, BeginStep, ImportStep)):
            step.first_field().setFocus(reason)

    def go_on(self) -> None:
        """The next step, or the sentence that says what is missing."""
        step = self.stack.currentWidget()
        if step is self.who:
            start = self.who.start()
            if start is not None:
                self.password.show_start(start)
                self.steps.show_done(0, _summary(start))
                self._go(1)
        elif step is self.password and self.password.recovery.has_code():
            if self.password.recovery.is_confirmed() and self._workspace is not None:
                keeping.recovery_written(self._workspace)
                self._go(2)
        elif step is self.password:
            self._create()
        elif isinstance(step, BeginStep):
            button = self.focusWidget()
            if isinstance(button, Button):
                button.click()

    def _create(self) -> None:
        start, password = self.who.start(), self.password.good_password()
        if start is None or not password:
            return
        self.next.setEnabled(False)
        folder, today = self._folder, self._today

        def work(_job: object) -> tuple[Workspace, str]:
            begin = setup_file.applied(start.shared)
            return workspaces.create(folder, password, start.opening, today, unwritten=True, begin=begin)

        self._tasks.start(work, done=self._on_created, failed=self._on_failed)

    def _on_created(self, made: tuple[Workspace, str]) -> None:
        self._workspace, code = made
        self.next.setEnabled(True)
        self.restore.setEnabled(False)
        self.password.show_code(code)
        self._show_foot(1)

    def _on_failed(self, error: Exception) -> None:
        self.next.setEnabled(True)
        self.password.error.show_sentence(sentence_for(error))

    def _go(self, number: int) -> None:
        if number == 2:
            self._offer_beginnings()
        self.stack.setCurrentWidget((self.who, self.password, self.begin)[number])
        titles = (_("你是谁，管哪个网格"), _("设密码，抄恢复码"), _("从哪里开始"))
        self.title.setText(titles[number])
        self.place.setText(_("第 {number} 步，共 3 步").format(number=number + 1))
        self.steps.show_current(number)
        self._show_foot(number)
        self.setFocus()

    def _show_foot(self, number: int) -> None:
        made = self._workspace is not None
        self.back.setVisible(number == 1 and not made)
        self.next.setVisible(number < 2)
        self.line.setVisible(number < 2)
        hints = (
            _("下一步：设密码"),
            _("下一步：选住户名册（Excel、WPS、旧表都行）") if made else _("下一步：抄恢复码"),
            "",
        )
        self.hint.setText(hints[number])

    def _offer_beginnings(self) -> None:
        is_township = self._workspace is not None and self._workspace.is_township
        old, self.begin = self.begin, BeginStep(beginnings(is_township=is_township))
        self.begin.chosen.connect(self._on_beginning)
        self.stack.insertWidget(2, self.begin)
        self.stack.removeWidget(old)
        old.deleteLater()

    def _on_beginning(self, name: str) -> None:
        if name == "import":
            self._ask_book()
        elif name == "rebuild":
            self._ask_reports()
        elif name == "demo":
            self._close_store()
            self.demo_asked.emit(self.who.role.value() or WORKER)
        else:
            self._finish(_("准备好了。"))

    def _ask_reports(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("选放周报的文件夹"))
        if not path or self._workspace is None:
            return
        password = self._workspace.store.get("report_password")
        if not password:
            hidden = QLineEdit.EchoMode.Password
            password, given = QInputDialog.getText(self, _("从交过的周报恢复"), _("上报密码"), hidden)
            if not given:
                return
        self.rebuild(Path(path), password)

    def rebuild(self, folder: Path, password: str) -> None:
        """Read everything that was handed in, beside the window, and say what came back and what cannot."""
        workspace = self._workspace
        if workspace is None:
            return
        self.stack.setCurrentWidget(self.preview)
        self.title.setText(_("从交过的周报恢复"))
        self.preview.show_reading(folder.name)

        def work(job: Job) -> list[str]:
            from gridworker.services import intake, rebuild

            own = workspace.for_thread()
            try:
                return rebuild.rebuild(own, [folder], intake.Options(password=password, progress=job.step)).lines()
            finally:
                own.close()

        kept = _("已停止。读完的周报已经恢复，再恢复一次会接着来。")
        self._run(work, self._on_rebuilt, kept)

    def _run(self, work: Callable[[Job], object], done: Callable[[Any], object], stopped: str) -> None:
        """Do it beside the window, told how far it is, until it ends or somebody stops it."""
        self._job = self._tasks.start(
            work, done=done, failed=self._on_not_read, cancelled=lambda: self.preview.show_stopped(stopped),
            progress=lambda share, _name: self.preview.show_share(share),
        )  # fmt: skip

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_rebuilt(self, lines: list[str]) -> None:
        self._rebuilt = lines
        self.preview.show_result(lines)

    def _ask_book(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选住户名册"), "", wording.kinds_of_books())
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Show what a file would bring."""
        workspace = self._workspace
        if workspace is None:
            return
        self._file = path
        self.stack.setCurrentWidget(self.preview)
        self.title.setText(_("先看一遍，再导入"))
        self.preview.show_reading(path.name)

        def work(_job: Job) -> first_import.Preview:
            own = workspace.for_thread()
            try:
                return first_import.preview(own, path)
            finally:
                own.close()

        self._run(work, self.preview.show_preview, _("已停止，换一个文件或再看一遍。"))

    def _on_not_read(self, error: Exception) -> None:
        is_locked = isinstance(error, GridworkerError) and error.wants_password
        self.preview.show_failure(sentence_for(error), is_locked=is_locked)

    def _on_accepted(self) -> None:
        if self.stack.currentWidget() is self.preview and self.preview.accept.isEnabled():
            self._take()
        else:
            self.go_on()

    def _take(self) -> None:
        if self._rebuilt:
            self._finish(self._rebuilt[0])
            return
        workspace, path = self._workspace, self._file
        if workspace is None or path is None:
            return
        self.preview.show_taking()

        def work(job: Job) -> str:
            own = workspace.for_thread()
            try:
                done = first_import.take(own, path, job.step)
            finally:
                own.close()
            return _("已导入 {file}：新增 {count} 条。").format(file=path.name, count=done.created)

        self._run(work, self._finish, _("已停止，什么也没进来；可以再导入一次。"))

    def _finish(self, sentence: str) -> None:
        self.finished.emit(self._workspace, sentence)

    def _close_store(self) -> None:
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def _ask_backup(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选备份文件"), "", _("备份 (*.gwbackup);;全部文件 (*)"))
        if path:
            self.restore_asked.emit(Path(path))


def _summary(start: Start) -> str:
    place = start.opening.grid_name or start.opening.grid or start.opening.township
    return " · ".join(word for word in (place, start.opening.name) if word)
