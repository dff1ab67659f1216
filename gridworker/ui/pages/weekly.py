"""周报上报: what goes out and what left; beside it the reply that comes home, seen before it is taken."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.export import Exported
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import Message, page_column, page_row
from gridworker.ui.pages.weekly_conflicts import ConflictsCard
from gridworker.ui.pages.weekly_export import ExportCard, HistoryCard
from gridworker.ui.pages.weekly_import import ImportCard
from gridworker.ui.pages.worker_page import BRING_ROSTER, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import PRIMARY, SECONDARY
from gridworker.ui.widgets.card import scrolling
from gridworker.ui.widgets.top_bar import Heading

if TYPE_CHECKING:
    from gridworker.services.conflicts import Conflict
    from gridworker.services.intake import GroupReport


class WeeklyPage(WorkerPage):
    """Out at the left, in at the right; Ctrl+Enter does the one that is ready."""

    def __init__(self, workspace: Workspace, bus: Refresh, tasks: Tasks) -> None:
        super().__init__(Heading(_("周报上报")), workspace, bus)
        self.out, self.history = ExportCard(workspace, tasks), HistoryCard(workspace)
        self.reply, self.conflicts = ImportCard(workspace, tasks), ConflictsCard(workspace)
        across = page_row(self)
        across.addWidget(scrolling(_column((self.out, 0), (self.history, 1))), 5)
        across.addWidget(_column((self.conflicts, 0), (self.reply, 1)), 6)
        self._connect()

    def first_focus(self) -> QWidget:
        """What waits for a choice, a preview, or the period."""
        if self.conflicts.count():
            return self.conflicts
        return self.reply.rows if self.reply.is_ready() else self.out.period

    def refresh(self) -> None:
        """Count anew."""
        self.out.refresh()
        self.history.refresh()
        self.conflicts.refresh()

    def open_key(self, key: object) -> None:
        """Look at a workbook, by its path or one still to be chosen."""
        if key == BRING_ROSTER:
            self.reply.choose()
        elif isinstance(key, Path):
            self.reply.look_at(key)

    def _connect(self) -> None:
        self.out.left.connect(self._on_left)
        self.out.failed.connect(self._on_failed)
        self.reply.failed.connect(self._on_failed)
        self.reply.taken.connect(self._on_taken)
        self.reply.ready_changed.connect(lambda ready: self.out.save.set_kind(SECONDARY if ready else PRIMARY))
        self.conflicts.chosen.connect(self._on_chosen)
        keys.bind(self, "Ctrl+Enter", self._run)
        keys.bind(self, "Ctrl+O", self.reply.choose)
        keys.bind(self.reply, "Esc", self.reply.leave)

    def _run(self) -> None:
        if self.reply.is_ready():
            self.reply.take()
        else:
            self.out.choose()

    def _on_left(self, done: Exported) -> None:
        self.history.refresh()
        self.out.refresh()
        self.said.emit(Message("saved", _("已导出 {file}，可以发给乡镇了").format(file=done.file.name)))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, GridworkerError):
            raise error
        self.said.emit(Message("failure", f"{error.message}{error.hint}"))

    def _on_taken(self, done: "GroupReport", sentence: str) -> None:
        report = done.files[0]
        if report.error:
            self._on_failed(report.error)
            return
        self.said.emit(Message("saved", sentence, act=lambda: self._take_back(done.group)))
        self.bus.changed.emit(done)
        self.first_focus().setFocus()

    def _take_back(self, group: Id) -> None:
        from gridworker.services import reply

        undone = self.attempt(lambda: reply.take_back(self.workspace, group))
        if undone is not None:
            self.said.emit(Message("saved", _("已撤销这次导入，数据恢复到导入前。")))
            self.bus.changed.emit(undone)

    def _on_chosen(self, conflict: "Conflict", version: Id) -> None:
        from gridworker.services import conflicts

        if self.attempt(lambda: conflicts.take(self.workspace, [(conflict, version)])) is not None:
            self.said.emit(Message("saved", _("已选定，没选的一份留在历史里。")))
            self.bus.changed.emit(conflict)
            self.first_focus().setFocus()


def _column(*cards: tuple[QWidget, int]) -> QWidget:
    box = QWidget()
    column = page_column()
    box.setLayout(column)
    for card, stretch in cards:
        column.addWidget(card, stretch)
    return box
