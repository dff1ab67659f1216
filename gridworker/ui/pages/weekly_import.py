"""The reply that comes home: choose or drop a workbook, see what it would change, take it in, take it back."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from gridworker.domain.ledgers import ledger
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.message_bar import ProgressLine
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.intake import GroupReport
    from gridworker.services.reply import Preview, Touched

_BOOKS: Final = "*.xlsx *.xls *.xlsm *.ods *.et"
_LONGEST: Final = 40
_LEAST: Final = 90


class ImportCard(Card):
    """From file to change: `taken(GroupReport, sentence)`, `failed(error)`, `ready_changed(bool)` for a preview."""

    taken = Signal(object, str)
    failed = Signal(object)
    ready_changed = Signal(bool)

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("收回复"))
        self._workspace, self._tasks = workspace, tasks
        self._path: Path | None = None
        self._sentence = ""
        self._preview: Preview | None = None
        self._job: Job | None = None
        self.choose_button = Button(_("选文件"), icon="folder-open", key="Ctrl+O", small=True)
        self.rows = RowList(_("会改动的内容"), height=44, bold=False, select_first=False)
        self.rows.setMinimumHeight(theme.px(_LEAST))
        self.take_button = Button(_("导入"), PRIMARY, icon="check", key="Ctrl+Enter")
        self.leave_button = Button(_("不导入"), key="Esc")
        self.password = TextField(_("文件密码"), _("对方设的密码"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._file = ElidedLabel("", "strong")
        self._pill = Pill("", "grey")
        self._told = label("", "second", wrap=True)
        self._bar = ProgressLine(width=120)
        self._empty = EmptyState("inbox", _("把乡镇的回复表拖到这里"), _("先看会改什么，确认了才进数据；进了也能撤销"))
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.reset()

    def is_ready(self) -> bool:
        """Whether a preview waits for a decision."""
        return self._preview is not None

    def choose(self) -> None:
        """Ask for a file."""
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        file, _kind = QFileDialog.getOpenFileName(self, _("选回复表"), folder, _("表格 ({kinds})").format(kinds=_BOOKS))
        if file:
            self.look_at(Path(file))

    def look_at(self, path: Path) -> None:
        """Find out beside the window what a file would change."""
        from gridworker.services import reply

        self.reset()
        self._path = path
        password = self.password.value()
        self._show_work(_("正在看 {file}").format(file=path.name))
        workspace = self._workspace.for_thread()

        def work(job: Job) -> "Preview":
            try:
                return reply.preview(workspace, path, lambda done, every, _name: job.step(done, every), password)
            finally:
                workspace.close()

        self._job = self._tasks.start(
            work, done=self._show_preview, failed=self._on_look_failed, progress=self._on_progress, cancelled=self.reset
        )

    def take(self) -> None:
        """Take the shown file in."""
        from gridworker.services import reply

        if self._preview is None:
            return
        path, password = self._preview.path, self.password.value()
        told = _("已导入 {file}：{records} 条记录、{fields} 处")
        touched = len(self._preview.touched)
        self._sentence = told.format(file=path.name, records=touched, fields=self._preview.altered)
        self._show_work(_("正在导入 {file}").format(file=path.name))
        workspace = self._workspace.for_thread()

        def work(job: Job) -> "GroupReport":
            try:
                return reply.take(workspace, path, lambda done, every, _name: job.step(done, every), password)
            finally:
                workspace.close()

        self._job = self._tasks.start(work, done=self._on_taken, failed=self._on_failed, progress=self._on_progress)

    def leave(self) -> None:
        """Stop looking, or decide against the file."""
        if self._job is not None:
            self._job.cancel()
        self.reset()

    def reset(self) -> None:
        """Wait for a file again."""
        self._preview, self._job = None, None
        self._show_parts(empty=True)
        self.ready_changed.emit(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the first file dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.look_at(Path(files[0]))

    def _build(self) -> None:
        self.add_action(self.choose_button)
        self._head = QWidget()
        self._head.setLayout(row(self._file, self._pill, 1, self._bar))
        self._password_row = FieldRow(_("文件密码"), self.password)
        self._foot = QWidget()
        self._foot.setLayout(row(1, self.leave_button, self.take_button))
        for part, stretch in (
            (self._head, 0), (self._password_row, 0), (self._told, 0), (self.rows, 1), (self._empty, 1),
        ):  # fmt: skip
            self.add(part, stretch)
        self._line = line()
        self.add(self._line)
        self.add(self._foot)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self.choose)
        self.take_button.clicked.connect(self.take)
        self.leave_button.clicked.connect(self.leave)
        self.password.returnPressed.connect(self._look_again)

    def _look_again(self) -> None:
        if self._path is not None:
            self.look_at(self._path)

    def _show_parts(
        self, *, empty: bool = False, work: bool = False, shown: bool = False, locked: bool = False
    ) -> None:
        self._empty.setVisible(empty)
        self._head.setVisible(not empty)
        self._bar.setVisible(work)
        self._password_row.setVisible(locked)
        self._told.setVisible(shown or locked or work)
        self.rows.setVisible(shown)
        for part in (self._line, self._foot):
            part.setVisible(not empty)
        self.take_button.setVisible(shown)

    def _show_work(self, sentence: str) -> None:
        self._file.setText(sentence)
        self._pill.show_state("", "grey")
        self._told.setText("")
        self._bar.show_share(0.05)
        self._show_parts(work=True)

    def _on_progress(self, share: float, _sentence: str) -> None:
        self._bar.show_share(max(share, 0.05))

    def _show_preview(self, found: "Preview") -> None:
        self._preview, self._job = found, None
        report = found.report
        self._file.setText(found.path.name)
        ours = report.kind == "ours"
        self._pill.show_state(_("本程序的表") if ours else _("别处的表"), "green" if ours else "amber", dot=True)
        self._told.setText(_told(found))
        self.rows.set_rows(list(_rows(found)))
        self._show_parts(shown=True)
        self.take_button.setEnabled(bool(found.touched or found.conflicts))
        self.take_button.show_face(_("导入 {count} 处").format(count=found.altered), icon="check", key="Ctrl+Enter")
        self.ready_changed.emit(True)
        self.rows.setFocus()

    def _on_look_failed(self, error: Exception) -> None:
        if isinstance(error, GridworkerError) and "password" in error.code:
            self._file.setText(self._path.name if self._path else "")
            self._told.setText(f"{error.message}{error.hint}")
            self._show_parts(locked=True)
            self.password.setFocus()
        else:
            self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self.reset()
        self.failed.emit(error)

    def _on_taken(self, done: "GroupReport") -> None:
        self.password.clear()
        self.reset()
        self.taken.emit(done, self._sentence)


def _told(found: "Preview") -> str:
    report = found.report
    parts = [word for word in (report.sender, report.grid, report.week) if word]
    new = sum(one.is_new for one in found.touched)
    changed = len(found.touched) - new
    said = _("改动 {changed} 条、新增 {new} 条，共 {fields} 处").format(changed=changed, new=new, fields=found.altered)
    if found.conflicts:
        said += _("；两边都改过 {count} 处，导入后再选").format(count=len(found.conflicts))
    if report.problems:
        said += _("；看不懂 {count} 处").format(count=len(report.problems))
    if not found.touched and not found.conflicts:
        said = _("这份表没有新内容，不用导入。")
    return " · ".join([*parts, said])


def _rows(found: "Preview") -> Iterator[Row]:
    for problem in found.report.problems:
        where = f"{problem.sheet}!{problem.cell}".strip("!")
        yield Row(problem.message, where, icon="triangle-alert", icon_tone="amber", tint="amber")
    for one in found.touched:
        yield Row(f"{_(ledger(one.ledger).label)} · {one.title}", heading=True)
        yield from _field_rows(one)


def _field_rows(one: "Touched") -> Iterator[Row]:
    if one.is_new:
        words = _("，").join(field.after for field in one.fields[:4] if field.after)
        yield Row(_("新增一条"), _cut(words), icon="plus", icon_tone="green", marks=(Mark(_("新增"), "green"),))
        return
    for field in one.fields:
        mark = Mark(_("乡镇"), "amber") if field.township else Mark("")
        before = _cut(field.before) or _("空")
        yield Row(
            field.label, f"{before} → {_cut(field.after) or _('空')}", icon="pencil" if not field.township else "reply",
            icon_tone="amber" if field.township else "text2", marks=(mark,),
        )  # fmt: skip


def _cut(text: str) -> str:
    plain = text.replace("\n", " ")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
