"""审核: queue, record, decision; the eye goes left to right, Ctrl+Enter saves and goes on (look 13)."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from gridworker.domain.ids import Id
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import replying, review, undoing
from gridworker.services.replying import Reply
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import GAP, MARGIN, Message, Page, page_row
from gridworker.ui.pages.field_history import bind_history, open_all
from gridworker.ui.pages.review_level import StepDialog
from gridworker.ui.pages.review_queue import QueueCard
from gridworker.ui.pages.review_record import RecordCard
from gridworker.ui.pages.review_reply import ACCEPTED, RETURNED, ReplyCard
from gridworker.ui.refresh import Refresh
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.top_bar import Action, Heading

if TYPE_CHECKING:
    from gridworker.services.export import Exported

QUEUE, REPLY = 340, 318  # widths at scale 1.0
LEAST_RECORD = 300
LEAST_HEIGHT = 420  # everything scrolls inside, at every font scale


class ReviewPage(Page):
    """Three columns; the record gives way first where there is no room for all."""

    def __init__(self, workspace: Workspace, refresh: Refresh, tasks: Tasks) -> None:
        super().__init__(Heading(_("审核")))
        self._workspace, self._told, self._tasks = workspace, refresh, tasks
        self._current: Id | None = None
        self._decided = 0
        self._sending = False
        self.queue = QueueCard()
        self.record = RecordCard(workspace)
        self.reply = ReplyCard(workspace)
        across = page_row(self)
        for part, weight in ((self.queue, 34), (self.record, 42), (self.reply, 31)):
            across.addWidget(part, weight)
        across.setSizeConstraint(across.SizeConstraint.SetNoConstraint)
        self._connect()

    def _connect(self) -> None:
        self.queue.chosen.connect(self._on_chosen)
        self.queue.marked.connect(self.reply.show_many)
        self.queue.opened.connect(lambda _id: self.reply.text.setFocus())
        self.queue.verify.clicked.connect(lambda: self.navigate.emit("verify", None))
        self.record.confirm_asked.connect(self.confirm)
        self.record.household_asked.connect(lambda home: self.navigate.emit("households", home))
        self.record.history_asked.connect(self._show_history)
        self.record.levels.escalate_asked.connect(self.pass_on)
        self.record.levels.answer_asked.connect(self._open_step)
        bind_history(self, self._show_history)
        self.reply.saved.connect(self._save)
        self.reply.skipped.connect(lambda: self.queue.step(1))
        keys.bind(self, "Ctrl+Enter", self.reply.submit)
        for key, act in (
            ("J", lambda: self.queue.step(1)), ("K", lambda: self.queue.step(-1)), ("S", lambda: self.queue.step(1)),
            ("A", lambda: self.reply.choose(ACCEPTED)), ("R", lambda: self.reply.choose(RETURNED)),
            ("U", self.pass_on),
        ):  # fmt: skip
            keys.bind(self.queue, key, act)

    def _show_history(self) -> None:
        if self._current is not None:
            open_all(self, self._workspace, "need", self._current)

    def minimumSizeHint(self) -> QSize:
        """Queue and reply; the record hides below that."""
        return QSize(theme.px(QUEUE - 80 + REPLY - 50) + GAP + MARGIN[0] + MARGIN[2], LEAST_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The record is the widest and the first to go."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Nothing stands beside an empty queue."""
        room = self.width() - MARGIN[0] - MARGIN[2] - 2 * GAP - theme.px(QUEUE - 90 + REPLY - 50)
        self.record.setVisible(self._current is not None and room >= theme.px(LEAST_RECORD))
        self.reply.setVisible(self._current is not None)

    def first_focus(self) -> QWidget | None:
        """The queue, or its filter while nothing stands in it."""
        return self.queue.filter if self.queue.list.isHidden() else self.queue.list

    def open_key(self, key: object) -> None:
        """A need found by the search."""
        if isinstance(key, int):
            self.refresh()
            self.queue.select(key)
            self._show(key)

    def refresh(self) -> None:
        """Read the queue and what waits to be sent."""
        self.reply.offer_units(replying.units(self._workspace))
        self._fill()

    def on_changed(self, changes: object) -> None:
        """A word being written is not thrown away by news from elsewhere."""
        if not self.reply.is_touched():
            super().on_changed(changes)

    def _fill(self) -> None:
        self.queue.show_lines(review.queue(self._workspace), self._workspace.today)
        count = sum(replying.outgoing(self._workspace).values())
        words = _("发出回复 {count}").format(count=count)
        self.set_action(Action(words, self._ask_folder, "send") if count and not self._sending else None)

    def _on_chosen(self, id: Id | None) -> None:
        if id != self._current or id is None:
            self._show(id)

    def _show(self, id: Id | None) -> None:
        self._current = id
        for part in (self.record, self.reply):
            part.setEnabled(id is not None)
        self._make_room()
        if id is None:
            return
        found = review.record(self._workspace, id)
        self.record.show_record(found, self._workspace.today)
        self.reply.show_reply(found.reply)

    def _save(self, word: Reply) -> None:
        id = self._current
        if id is None:
            return
        if len(self.queue.list.selected_keys()) > 1:
            self._save_many(self.queue.list.selected_keys(), word)
            return
        before = review.record(self._workspace, id)
        owed = replying.is_owed(self._workspace, id)
        try:
            replying.save(self._workspace, id, word)
        except GridworkerError as error:
            self.reply.show_error(sentence_for(error))
            return
        self._decided += 1
        self.queue.show_done(self._decided)
        self._go_on(id)
        number = before.text("number")
        sentence = (_("已退回 {number}") if word.review == RETURNED else _("已答复 {number}")).format(number=number)
        self.said.emit(Message("saved", sentence, act=lambda: self._take_back(id, before.reply, owed)))
        self._told.changed.emit(())

    def _save_many(self, needs: list[Id], word: Reply) -> None:
        before = {id: review.record(self._workspace, id).reply for id in needs}
        owed = {id: replying.is_owed(self._workspace, id) for id in needs}
        try:
            replying.save_many(self._workspace, needs, word)
        except GridworkerError as error:
            self.reply.show_error(sentence_for(error))
            return
        self._count(len(needs))
        self._go_on(needs[0])

        def take_back() -> None:
            for id in needs:
                replying.take_back(self._workspace, id, before[id], owed=owed[id])
            self._count(-len(needs))
            self._fill()
            self._told.changed.emit(())

        sentence = _("已退回 {count} 件") if word.review == RETURNED else _("已审 {count} 件")
        self.said.emit(Message("saved", sentence.format(count=len(needs)), act=take_back))
        self._told.changed.emit(())

    def _count(self, more: int) -> None:
        self._decided += more
        self.queue.show_done(self._decided)

    def _go_on(self, id: Id) -> None:
        """To the next need: the one that slips into the place of the decided one, or the one after it."""
        self._current = None
        self._fill()
        if self.queue.list.current_key() == id:
            self.queue.step(1)
        self.queue.list.setFocus()

    def _take_back(self, id: Id, before: Reply, owed: bool) -> None:
        replying.take_back(self._workspace, id, before, owed=owed)
        self._decided -= 1
        self.queue.show_done(self._decided)
        self._fill()
        self.queue.select(id)
        self._show(id)
        self._told.changed.emit(())

    def confirm(self) -> None:
        """Stand by what a book said."""
        if self._current is not None:
            replying.confirm(self._workspace, self._current)
            self.said.emit(Message("saved", _("已认可表内填写的答复。")))
            self._go_on(self._current)
            self._told.changed.emit(())

    def pass_on(self) -> None:
        """Up to the county, where that may be."""
        if self._current is not None and review.record(self._workspace, self._current).upwards:
            self._open_step()

    def _open_step(self, passed: Id | None = None) -> None:
        if self._current is not None:
            found = review.record(self._workspace, self._current)
            dialog = StepDialog(self, self._workspace, found, passed)
            dialog.saved.connect(partial(self._on_passed, self._current))
            dialog.open()

    def _on_passed(self, need: Id, sentence: str, done: Done) -> None:
        def take_back() -> None:
            undoing.undo(self._workspace, done)
            self._told.changed.emit(())

        self.said.emit(Message("saved", sentence, act=take_back))
        self._fill()
        self._show(need if self._current is None else self._current)
        self._told.changed.emit(())

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self, _("回复表存到哪个文件夹"))
        if path:
            self.send(Path(path))

    def send(self, folder: Path) -> None:
        """One workbook per grid, beside the window."""
        workspace = self._workspace
        self._sending = True
        self.set_action(None)

        def work(job: Job) -> "list[Exported]":
            own = workspace.for_thread()
            try:
                return replying.send(own, folder, job.step)
            finally:
                own.close()

        told = _("正在写回复表")
        self._tasks.start(
            work, done=self._on_sent, failed=self._on_not_sent, cancelled=self._on_sending_stopped, told=told
        )

    def _on_sent(self, sent: "list[Exported]") -> None:
        self._sending = False
        form = _("遮住版，没有上报密码") if any(one.masked for one in sent) else _("已加密")
        names = _("、").join(one.file.name for one in sent[:2]) + (_("等") if len(sent) > 2 else "")
        words = _("已写出 {count} 份回复表（{form}）：{names}").format(count=len(sent), form=form, names=names)
        self.said.emit(Message("saved", words))
        self._told.changed.emit(())

    def _on_sending_stopped(self) -> None:
        self._sending = False
        self.said.emit(Message("warning", _("已停下：写好的回复表留着，没写的下次再发。")))
        self._told.changed.emit(())

    def _on_not_sent(self, error: Exception) -> None:
        self._sending = False
        self.said.emit(Message("failure", sentence_for(error)))
        self._fill()
