"""备份: what there is, one now, and going back to one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import backup_preview, keeping, second_copy, settings
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import DANGER, Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

SHOWN = 6


class BackupCard(Card):
    """Emits `said(message)`, `made` after a backup, `restore_asked(file, password)`."""

    said = Signal(object)
    made = Signal()
    restore_asked = Signal(object, str)

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("备份"))
        self._workspace, self._tasks = workspace, tasks
        self._chosen: Path | None = None
        self.list = RowList(_("备份"), height=34, bold=False, select_first=False)
        self.list.setMinimumHeight(120)
        self.another = link(_("选别的备份文件"), icon="folder-open")
        self.button = Button(_("现在备份"), icon="save")
        self.empty = label(_("还没有备份。关窗口时每天自动备份一次。"), "second", wrap=True)
        self.password = password_field(_("这份备份的密码"), _("这份备份的密码"))
        self.confirm = Button(_("恢复"), DANGER, icon="history")
        self.cancel = Button(_("不恢复"))
        self.asked = ElidedLabel("", "strong")
        self.preview = label("", "second", wrap=True)
        self.second = ElidedLabel("", "second")
        self.choose = link(_("第二份放在…"), icon="folder-open")
        self.question = self._build_question()
        self.add(self.empty)
        self.add(self.list, 1)
        self.add(self.question)
        self.add(row(self.another, 1, self.button))
        self.add(row(self.second, self.choose))
        self._connect()
        self.refresh()

    def _build_question(self) -> QWidget:
        box = QWidget()
        column = column_of(box, 6)
        column.addWidget(self.asked)
        column.addWidget(self.preview)
        column.addWidget(label(_("恢复后回到那时的样子；现在的数据会留在旁边的文件夹里。"), "second", wrap=True))
        column.addLayout(row(self.password, self.cancel, self.confirm))
        box.hide()
        return box

    def _connect(self) -> None:
        self.button.clicked.connect(self.back_up)
        self.another.clicked.connect(self._ask_file)
        self.choose.clicked.connect(self._ask_second)
        self.list.acted.connect(self.ask)
        self.list.opened.connect(self.ask)
        self.cancel.clicked.connect(self.question.hide)
        self.confirm.clicked.connect(self._restore)
        self.password.returnPressed.connect(self._restore)

    def refresh(self) -> None:
        """Read the list of files."""
        found = settings.backups(self._workspace.store.folder)[:SHOWN]
        self.empty.setVisible(not found)
        self.list.setVisible(bool(found))
        second = second_copy.chosen(self._workspace)
        told = _("第二份：还没有选地方")
        if second is not None:
            words = _("第二份：{folder}，{day} 拷过") if second.copied else _("第二份：{folder}，还没有拷过")
            told = words.format(folder=second.folder, day=second.at)
        self.second.setText(told)
        self.list.set_rows([
            Row(f"{one.at:%Y-%m-%d %H:%M}", key=one.file, icon="save", marks=(Mark(_size(one.size)),), verb=_("恢复"))
            for one in found
        ])  # fmt: skip

    def back_up(self) -> None:
        """One backup now, beside the window."""
        workspace = self._workspace
        self.button.setEnabled(False)

        def work(job: Job) -> tuple[Path, str]:
            file = keeping.backup(workspace, is_stopped=job.is_cancelled)
            return file, second_copy.followed(workspace, file)

        self._tasks.start(
            work, done=self._on_made,
            failed=self._on_failed, cancelled=self._on_stopped, told=_("正在备份…"),
        )  # fmt: skip

    def ask(self, file: Path) -> None:
        """Ask for the password of a backup before going back to it."""
        self._chosen = file
        self.asked.setText(_("恢复 {name}").format(name=file.name))
        self.password.clear()
        self.preview.setText(_("正在看里面有什么…"))
        workspace = self._workspace
        self._tasks.start(
            lambda _job: backup_preview.preview(workspace, file).lines(), done=self._show_preview,
            failed=lambda _error: self._show_preview([_("不是这台电脑现在的备份，要用它的密码才能打开。")]),
        )  # fmt: skip
        self.question.show()
        self.password.setFocus()

    def _show_preview(self, lines: list[str]) -> None:
        self.preview.setText("\n".join(lines))

    def _ask_second(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("第二份放在哪里（U 盘或另一块磁盘）"))
        if path:
            self.choose_second(Path(path))

    def choose_second(self, folder: Path) -> None:
        """From now on each backup also goes there."""
        try:
            second_copy.choose(self._workspace, folder)
        except GridworkerError as error:
            self.said.emit(Message("failure", error.told))
            return
        self.refresh()

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选备份文件"), "", _("备份 (*.gwbackup);;全部文件 (*)"))
        if path:
            self.ask(Path(path))

    def _restore(self) -> None:
        if self._chosen is not None and self.password.text():
            self.restore_asked.emit(self._chosen, self.password.text())

    def _on_made(self, made: tuple[Path, str]) -> None:
        file, second = made
        self.button.setEnabled(True)
        self.refresh()
        self.made.emit()
        words = _("已备份：{name}").format(name=file.name)
        self.said.emit(Message("saved", f"{words} · {second}" if second else words))

    def _on_stopped(self) -> None:
        self.button.setEnabled(True)
        self.said.emit(Message("warning", _("备份已停下，没有留下文件。")))

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.said.emit(Message("failure", sentence_for(error)))


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.0f} kB"
