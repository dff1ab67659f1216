"""The topic that is talked about: minutes line by line, votes, resolution, tasks, each saved at once."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.meetings import Item
from gridworker.services.proposals import Task
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import page_column
from gridworker.ui.pages import wording
from gridworker.ui.pages.form_editors import DayEditor
from gridworker.ui.pages.meeting_votes import VoteCard
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.date_field import go_to
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

_LINE = 30
_CLOCK = 5


class TopicView(QWidget):
    """`said(line)`, `resolved(text)`, `given(content, responsible, due_on)`, `task_opened(need)`."""

    said = Signal(str)
    resolved = Signal(str)
    given = Signal(str, str, str)
    task_opened = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._today = workspace.today
        self.number, self.title = Pill("", "primary"), ElidedLabel("", "record_title")
        self.lines = RowList(_("发言要点"), (Column("", 44, right=True),), height=_LINE, bold=False, select_first=False)
        self.line = TextField(_("发言"), _("人：意见，回车记下一行"))
        self.votes = VoteCard()
        self.resolution = TextField(_("决议"), _("决议写一句，回车保存"))
        columns = (Column(_("负责"), 76), Column(_("完成"), 84), Column("", 84, right=True))
        self.tasks = RowList(_("任务"), columns, height=_LINE, bold=False, select_first=False)
        self.task = TextField(_("任务"), _("任务"))
        self.responsible = TextField(_("负责"), _("负责人"))
        self.due = DayEditor(_("完成"), workspace)
        self.item: Id = 0
        self._resolution = ""
        self._build()
        self._connect()

    def show_item(self, item: Item | None, place: int, present: int | None) -> None:
        """Show a topic of the agenda; what is being typed for it stays."""
        typing = item is not None and item.id == self.item and self.resolution.value() != self._resolution
        self.item = item.id if item else 0
        self.setEnabled(item is not None)
        self.number.show_state(_("第 {number} 项").format(number=place) if item else "", "primary")
        self.title.setText(item.title if item else _("议程里还没有议题"))
        self.lines.set_rows([_said(text, n) for n, text in enumerate(item.minutes)] if item else [])
        self.lines.scrollToBottom()
        self.votes.show_item(item, present)
        self._resolution = item.resolution if item else ""
        if not typing:
            self.resolution.set_value(self._resolution)
            self.resolution.setCursorPosition(0)
        self.tasks.set_rows([self._task(one) for one in item.tasks] if item else [])

    def commit(self) -> bool:
        """Save what stands in the fields before one goes on; false where something must be put right first."""
        self._on_line()
        self._on_resolution()
        if self.task.value():
            self._on_task()
        return self.votes.commit() and not self.task.value()

    def clear_task(self) -> None:
        """The task was taken down: room for the next."""
        for field in (self.task, self.responsible, self.due):
            field.clear()
        self.due.set_iso("")
        self.task.setFocus()

    def _build(self) -> None:
        down = page_column()
        down.addLayout(row(self.number, self.title))
        self.setLayout(down)
        minutes = Card(_("发言要点"), _("每行 人：意见"))
        minutes.add_action(key_cap("Ctrl+1"))
        minutes.add(self.lines, 1)
        minutes.add(self.line)
        down.addWidget(minutes, 1)
        down.addWidget(self.votes)
        tasks = Card(_("决议与任务"), _("任务就是诉求，到期在“今日”提醒"))
        tasks.add_action(key_cap("Ctrl+3"))
        tasks.add(self.resolution)
        tasks.add(headed(_("任务"), self.tasks), 1)
        self.responsible.setFixedWidth(theme.px(96))
        self.due.setFixedWidth(theme.px(176))
        tasks.add(row(label(_("加任务"), "second"), self.task, self.responsible, self.due, key_cap("Enter")))
        down.addWidget(tasks, 1)
        for rows in (self.lines, self.tasks):  # two lines at least, whatever room is left beyond
            rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            rows.setMinimumHeight(theme.px(2 * _LINE))

    def _connect(self) -> None:
        keys.bind(self.line, "Enter", self._on_line)
        keys.bind(self.resolution, "Enter", self._on_resolution_entered)
        for field in (self.task, self.responsible, self.due):
            keys.bind(field, "Enter", self._on_task)
        self.votes.finished.connect(partial(go_to, self.resolution))
        self.tasks.opened.connect(self.task_opened)

    def _task(self, one: Task) -> Row:
        mark = (
            wording.due_mark(one.due_on, self._today)
            if one.late
            else Mark(_(one.state), "green" if not one.is_open else "blue")
        )
        return Row(
            one.content, key=one.need, marks=(Mark(one.responsible), Mark(wording.day(one.due_on, self._today)), mark)
        )

    def _on_line(self) -> None:
        if text := self.line.value():
            self.line.clear()
            self.said.emit(text)

    def _on_resolution(self) -> None:
        text = self.resolution.value()
        if text != self._resolution:
            self._resolution = text
            self.resolved.emit(text)

    def _on_resolution_entered(self) -> None:
        self._on_resolution()
        go_to(self.task)

    def _on_task(self) -> None:
        self.given.emit(self.task.value(), self.responsible.value(), self.due.iso())


def _said(text: str, number: int) -> Row:
    """A line of the minutes, its minute at the right."""
    at = text[:_CLOCK] if text[2:3] == ":" and text[:2].isdigit() else ""
    return Row(text[_CLOCK:].strip() if at else text, key=number, marks=(Mark(at),))
