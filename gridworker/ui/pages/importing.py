"""The way in for workbooks, the same for both roles: looked at, chosen, taken, and taken back from the history.

A page gives its own content as the first sheet of the stack; the others lie over it while files are at hand.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages import wording
from gridworker.ui.pages.import_files import FilesView
from gridworker.ui.pages.import_history import HistoryView
from gridworker.ui.pages.import_steps import DoneView, WorkView
from gridworker.ui.pages.import_work import ImportWork
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Tasks

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival
    from gridworker.services.columns import Plans
    from gridworker.services.imports import Later, Undone
    from gridworker.services.preview import Looked

_PAGES: Final = {"need": "needs", "household": "households"}
"""By ledger: the page that shows one of its records; those of the community stand on 社区事务."""


class Importing(QStackedWidget):
    """The page's own content, or an import at one of its steps.

    `title_changed(word)`, empty for the page itself; `said(Message)`; `changed(what)`; `arrived(Arrival)`;
    `choices_asked` for what both sides changed; `navigate(page, key)`.
    """

    title_changed = Signal(str)
    said = Signal(object)
    changed = Signal(object)
    arrived = Signal(object)
    choices_asked = Signal()
    navigate = Signal(str, object)

    def __init__(self, workspace: Workspace, tasks: Tasks, own: QWidget) -> None:
        super().__init__()
        self._workspace, self.own = workspace, own
        self._arrival: Arrival | None = None
        self.working, self.files, self.done = WorkView(), FilesView(), DoneView()
        self.history = HistoryView(workspace)
        self._work = ImportWork(workspace, tasks, self._on_failed, self.working.show_progress)
        for part in (own, self.working, self.files, self.done, self.history):
            self.addWidget(part)
        self._connect()

    def _connect(self) -> None:
        self.working.cancelled.connect(self.cancel)
        self.files.taken.connect(self.take)
        self.files.left.connect(self.leave)
        self.files.password_given.connect(self._try_password)
        self.files.columns_given.connect(self._on_columns)
        self.files.erased_asked.connect(self._on_erased_asked)
        self.done.left.connect(self.leave)
        self.done.choices_asked.connect(self._on_choices_asked)
        self.done.report_asked.connect(self.ask_report)
        self.done.undo_asked.connect(self._undo_arrival)
        self.history.left.connect(self.leave)
        self.history.forecast_asked.connect(self._forecast)
        self.history.undo_asked.connect(self.undo)
        self.history.return_asked.connect(self.put_back)
        self.history.opened.connect(self._open_later)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """That of the step shown: the others may be higher."""
        return (self.currentWidget() or self.own).minimumSizeHint()

    def is_home(self) -> bool:
        """Whether the page itself is shown."""
        return self.currentWidget() is self.own

    def is_busy(self) -> bool:
        """Whether files are being read or taken."""
        return self._work.is_busy()

    def first_focus(self) -> QWidget:
        """Where the keys go at the step shown."""
        shown = self.currentWidget()
        if shown is self.working:
            return self.working.stop
        if shown is self.files:
            return self.files.first_focus()
        return self.history.list if shown is self.history else self.done.first_focus()

    def choose_files(self) -> None:
        """Ask for workbooks."""
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        paths, _kind = QFileDialog.getOpenFileNames(self, _("选要导入的表"), folder, wording.kinds_of_books())
        self.look_at([Path(path) for path in paths])

    def choose_folder(self) -> None:
        """Ask for a folder of workbooks."""
        path = QFileDialog.getExistingDirectory(self, _("导入整个文件夹"))
        self.look_at([Path(path)] if path else [])

    def look_at(self, paths: Sequence[Path]) -> None:
        """Find out beside the window what files and folders would do."""
        if paths and not self.is_busy():
            self._show_work(_("正在看这些文件，还没有导入"))
            self._work.look(paths, self._on_looked, self.leave)

    def look_at_columns(self, path: Path) -> None:
        """The same of one file, what its columns were read as first."""
        if not self.is_busy():
            self._show_work(_("正在看这些文件，还没有导入"))
            self._work.look([path], self._on_columns_looked_at, self.leave)

    def take(self) -> None:
        """Take the files that were not left out."""
        self._show_work(_("正在导入"))
        self._work.take(self.files.chosen(), self._on_taken, self._on_stopped)

    def cancel(self) -> None:
        """Stop what runs."""
        self._work.cancel()

    def leave(self) -> None:
        """Back to the page."""
        self.cancel()
        self._show(self.own, "")
        self.files.begin([])

    def show_history(self) -> None:
        """Every import, and the way back from each."""
        if not self.is_busy():
            self.history.refresh()
            self._show(self.history, _("导入记录"))

    def refresh(self) -> None:
        """What was imported may have changed elsewhere."""
        if self.currentWidget() is self.history:
            self.history.refresh()

    def undo(self, what: Id) -> None:
        """Take an import back beside the window."""
        self._work.undo(what, self._on_undone, self._on_history_stopped)

    def put_back(self, what: Id) -> None:
        """Bring an import that was taken back in again."""
        self._work.put_back(what, self._on_put_back, self._on_history_stopped)

    def _forecast(self, what: Id) -> None:
        self._work.forecast(what, partial(self.history.show_forecast, what), self._on_history_stopped)

    def _try_password(self, password: str) -> None:
        self._show_work(_("正在打开有密码的文件"))
        self._work.unlock(
            self.files.all_files(), password, self._on_unlocked, lambda: self._show(self.files, _("导入"))
        )

    def _on_columns(self, place: int, plans: "Plans | None") -> None:
        self._show_work(_("正在按新的栏目重读"))
        self._work.remap(
            self.files.all_files(), place, plans, self._on_remapped, lambda: self._show(self.files, _("导入"))
        )

    def _on_erased_asked(self, place: int) -> None:
        self._show_work(_("正在连同已永久删除的人重读"))
        self._work.let_in(self.files.all_files(), place, self._on_unlocked, lambda: self._show(self.files, _("导入")))

    def _on_remapped(self, files: "list[Looked]") -> None:
        self._on_unlocked(files)
        self.files.details.show_columns()

    def _show_work(self, title: str) -> None:
        self.working.begin(title)
        self._show(self.working, _("导入"))

    def _show(self, part: QWidget, title: str) -> None:
        self.setCurrentWidget(part)
        self.title_changed.emit(title)
        if part is not self.own:
            self.first_focus().setFocus()

    def _on_looked(self, files: "list[Looked]") -> None:
        if not files:
            self.leave()
            self._say("warning", _("这里面没有表格文件。"))
            return
        self.files.begin(files)
        self._show(self.files, _("导入"))

    def _on_columns_looked_at(self, files: "list[Looked]") -> None:
        self._on_looked(files)
        if files and files[0].report.columns:
            self.files.details.show_columns()

    def _on_unlocked(self, files: "list[Looked]") -> None:
        self.files.show_files(files)
        self._show(self.files, _("导入"))

    def _on_taken(self, arrival: "Arrival") -> None:
        self._arrival = arrival
        self.arrived.emit(arrival)
        self.changed.emit(arrival)
        if arrival.asks_for_more():
            self.done.show_arrival(arrival)
            self._show(self.done, _("导入"))
        else:
            self.leave()
            self.said.emit(Message("saved", arrival.sentence(), act=self._undo_arrival))

    def _on_stopped(self) -> None:
        self.leave()
        self.changed.emit(())
        words = _("已停下：{count} 个文件已经整个导入，其余一个字没进；可在导入记录里撤销。")
        self._say("warning", words.format(count=self._work.came))

    def _on_failed(self, error: Exception) -> None:
        self.leave()
        self._say("failure", sentence_for(error))

    def _on_undone(self, done: "Undone") -> None:
        self.changed.emit(done)
        self.refresh()
        words = _("已撤回 {gone} 项，保留 {kept} 项；可在导入记录里重新放回。")
        self._say("saved", words.format(gone=done.withdrawn, kept=done.kept))

    def _on_put_back(self, records: int) -> None:
        self.changed.emit(records)
        self.refresh()
        self._say("saved", _("已重新放回，涉及 {count} 条记录。").format(count=records))

    def _on_history_stopped(self) -> None:
        self.refresh()
        self._say("warning", _("已停下，什么也没有改。"))

    def _on_choices_asked(self) -> None:
        self.leave()
        self.choices_asked.emit()

    def _undo_arrival(self) -> None:
        if self._arrival is not None:
            group = self._arrival.group.group
            self.leave()
            self.undo(group)

    def _open_later(self, one: "Later") -> None:
        from gridworker.services import imports

        home = imports.home_of(self._workspace, one)
        if home is not None:
            page = _PAGES.get(home[0])
            self.navigate.emit(page or "affairs", home[1] if page else home)

    def ask_report(self) -> None:
        """Ask where the check result of the last import shall go."""
        from gridworker.services import arrivals

        name = arrivals.report_name(self._arrival) if self._arrival else ""
        path, _kind = QFileDialog.getSaveFileName(self, _("导出检查结果"), name, "(*.xlsx)")
        if path:
            self.write_report(Path(path))

    def write_report(self, path: Path) -> None:
        """The check result of the last import as a workbook."""
        if self._arrival is not None:
            self._work.write_report(self._arrival, path, partial(self._say_report, path.name), self.leave)

    def _say_report(self, name: str, files: int) -> None:
        told = _("检查结果已写出：{name}").format(name=name)
        beside = _("，另有 {count} 份标好问题的原表在旁边").format(count=files - 1) if files > 1 else ""
        self._say("saved", told + beside)

    def _say(self, kind: str, sentence: str) -> None:
        self.said.emit(Message(kind, sentence))
