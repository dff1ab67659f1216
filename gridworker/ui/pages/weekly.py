"""周报上报: what goes out and what left; beside it the reply that comes home, seen before it is taken."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.export import Exported
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import Message, page_column, page_row
from gridworker.ui.pages.choices import Choices
from gridworker.ui.pages.importing import Importing
from gridworker.ui.pages.weekly_export import CHAT_KEY, ExportCard, HistoryCard
from gridworker.ui.pages.weekly_import import ReplyCard
from gridworker.ui.pages.worker_page import BRING_ROSTER, ChoiceKey, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.card import scrolling
from gridworker.ui.widgets.top_bar import Heading


class WeeklyPage(WorkerPage):
    """Out at the left, in at the right; what comes in lies over both while it is looked at."""

    def __init__(self, workspace: Workspace, bus: Refresh, tasks: Tasks) -> None:
        self._own = Heading(_("周报上报"))
        super().__init__(self._own, workspace, bus)
        self.out, self.history = ExportCard(workspace, tasks), HistoryCard(workspace)
        self.reply, self.conflicts = ReplyCard(), Choices(workspace, tasks)
        home = QWidget()
        across = page_row()
        home.setLayout(across)
        across.addWidget(scrolling(_column((self.out, 0), (self.history, 1))), 5)
        across.addWidget(scrolling(_column((self.conflicts, 0), (self.reply, 1))), 6)
        self.imports = Importing(workspace, tasks, home)
        page_column(self).addWidget(self.imports)
        self._connect()

    def first_focus(self) -> QWidget:
        """A step of an import, what waits for a choice, or the period."""
        if not self.imports.is_home():
            return self.imports.first_focus()
        return self.conflicts if self.conflicts.count() else self.out.period

    def refresh(self) -> None:
        """Count anew."""
        self.out.refresh()
        self.history.refresh()
        self.conflicts.refresh()
        self.imports.refresh()

    def open_key(self, key: object) -> None:
        """Look at a workbook, by its path or one still to be chosen; or the choices."""
        if key == BRING_ROSTER:
            self.imports.choose_files()
        elif isinstance(key, Path):
            self.imports.look_at_columns(key)
        elif isinstance(key, ChoiceKey):
            self._show_choices(key.record)

    def _show_choices(self, record: Id) -> None:
        """The choices, unless files are just being read."""
        if not self.imports.is_busy():
            self.imports.leave()
            self.conflicts.show_record(record)

    def go_back(self) -> None:
        """From an import to the page."""
        self.imports.leave()

    def _connect(self) -> None:
        self.out.left.connect(self._on_left)
        self.out.failed.connect(self._on_failed)
        self.reply.choose_asked.connect(self.imports.choose_files)
        self.reply.chosen.connect(self.imports.look_at)
        self.reply.history_asked.connect(self.imports.show_history)
        self.imports.said.connect(self.said)
        self.imports.navigate.connect(self.navigate)
        self.imports.changed.connect(self.bus.changed)
        self.imports.title_changed.connect(self._on_title_changed)
        self.imports.choices_asked.connect(lambda: self.first_focus().setFocus())
        self.conflicts.decided.connect(self.bus.changed)
        self.conflicts.said.connect(self.said)
        self.conflicts.emptied.connect(lambda: self.first_focus().setFocus())
        keys.bind(self.imports.own, "Ctrl+Enter", self.out.choose)
        keys.bind(self, "Ctrl+O", self.imports.choose_files)
        keys.bind(self, CHAT_KEY, self.out.chat.take)
        keys.bind(self, "Ctrl+H", self.imports.show_history)

    def _on_title_changed(self, title: str) -> None:
        self.set_heading(Heading(title, parent=self._own.title) if title else self._own)
        if not title and self.isVisible():
            self.first_focus().setFocus()

    def _on_left(self, done: Exported) -> None:
        self.history.refresh()
        self.out.refresh()
        told = _("已导出 {file}，可以发给乡镇了").format(file=done.file.name)
        if done.restricted:
            told += _("；写到综治重点人员的 {count} 条社区事务没有随表").format(count=done.restricted)
        home = done.staying[0].home if done.staying else 0
        if done.staying:
            told += _("；{count} 处文字写到综治重点人员，没有随表（{where}）").format(
                count=len(done.staying), where=done.staying[0].words
            )
        go = partial(self.navigate.emit, "households", HouseholdKey(home)) if home else None
        self.said.emit(Message("warning", told, _("去看"), go) if go else Message("saved", told))
        self.out.chat.copy.setFocus()  # what comes next: the sentence for the chat, by Enter

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, GridworkerError):
            raise error
        self.said.emit(Message("failure", error.told))


def _column(*cards: tuple[QWidget, int]) -> QWidget:
    box = QWidget()
    column = page_column()
    column.setContentsMargins(4, 4, 4, 4)  # room for the focus ring, which a scrolling area cuts off
    box.setLayout(column)
    for card, stretch in cards:
        column.addWidget(card, stretch)
    return box
