"""议事会, live: agenda and who is there, the topic talked about, what was left and what comes after."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import meeting_deeds, meetings, proposals
from gridworker.services.meetings import Item, Meeting
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import page_column, page_row
from gridworker.ui.pages import wording
from gridworker.ui.pages.affairs_edit import edit_record
from gridworker.ui.pages.meeting_people import SignInDialog
from gridworker.ui.pages.meeting_sides import AfterCard, AgendaCard
from gridworker.ui.pages.meeting_topic import TopicView
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import PRIMARY, SECONDARY, Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.date_field import go_to
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.top_bar import Action, Heading

_NARROW = 1100
"""Below this width the card of what comes after gives way (look §7)."""


class MeetingPage(WorkerPage):
    """One meeting as it is held. Key: its id; without one the latest."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        super().__init__(Heading(_("议事会"), _("社区事务")), workspace, bus)
        self._meeting: Meeting | None = None
        self._wanted: Id = 0
        self.agenda, self.topic = AgendaCard(), TopicView(workspace)
        self.after = AfterCard(workspace.today)
        self.next = Button(_("下一项"), PRIMARY, icon="arrow-right", key="Ctrl+Enter")
        self.minutes = Button(_("打印"), icon="printer", key="Ctrl+P")
        self.facts = Button(_("会议信息"), icon="pencil", key="Ctrl+E")
        to_list = Button(_("到会议台账"), PRIMARY, icon="landmark")
        to_list.clicked.connect(self.go_back)
        self.none = EmptyState("vote", _("还没有会议"), _("先在社区事务里登记一次议事会，再打开它。"), (to_list,))
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the meeting anew."""
        self._wanted = self._wanted or meetings.latest(self.workspace)
        read = partial(meetings.read, self.workspace, self._wanted)
        self._meeting = self.attempt(read) if self._wanted else None
        self._whole.setVisible(self._meeting is not None)
        self.none.setVisible(self._meeting is None)
        if self._meeting is None:
            self._wanted = 0
            self.set_action(None)
            return
        self._show_head(self._meeting)
        self._show(self._meeting)

    def first_focus(self) -> QWidget:
        """The minutes, which are always ready."""
        if self._meeting is None:
            return self.none.findChild(Button) or self.none
        return self.topic.line if self._meeting.agenda else self.agenda.rows

    def open_key(self, key: object) -> None:
        """Hold a meeting: from now on it is going on."""
        if isinstance(key, int):
            self._wanted = key
            begun = self.attempt(partial(meeting_deeds.begin, self.workspace, key))
            if begun is not None:
                self.tell_done(_("会议开始"), begun)
            self.refresh()
            if (item := self._item()) and item.decision:
                self._choose_next()

    def go_back(self) -> None:
        """To the ledger of meetings."""
        key = ("meeting", self._wanted) if self._wanted else None
        self.navigate.emit("affairs", key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What comes after gives way first."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_NARROW)
        self.after.setVisible(wide)
        self.agenda.fit(wide=wide)

    def _build(self) -> None:
        self._whole = QWidget()
        across = page_row()
        self._whole.setLayout(across)
        middle = page_column()
        middle.addWidget(scrolling(self.topic), 1)
        middle.addLayout(row(self.facts, self.minutes, 1, self.next))
        across.addWidget(self.agenda)
        across.addLayout(middle, 1)
        across.addWidget(self.after)
        down = page_column(self)
        down.addWidget(self._whole, 1)
        down.addWidget(self.none, 1)

    def _connect(self) -> None:
        topic = self.topic
        self.agenda.rows.chosen.connect(self._on_chosen)
        self.agenda.rows.opened.connect(lambda _id: topic.line.setFocus())
        topic.said.connect(lambda line: self._do(_("已记下发言"), meeting_deeds.say, line))
        topic.votes.counted.connect(lambda *counted: self._do(_("已记下表决"), meeting_deeds.vote, *counted))
        topic.resolved.connect(lambda text: self._do(_("已保存决议"), meeting_deeds.resolve, text))
        topic.given.connect(self._give)
        topic.task_opened.connect(lambda need: self.navigate.emit("needs", need))
        acts: list[tuple[Button | None, str, Callable[[], object], str]] = [
            (self.agenda.add_topic, "Ctrl+N", self._add_topic, ""), (self.agenda.sign_in, "Ctrl+I", self._sign_in, ""),
            (self.agenda.sheet, "", partial(self._print, _("签到表")), ""),
            (self.minutes, "Ctrl+P", partial(self._print, ""), ""), (self.facts, "Ctrl+E", self._edit, ""),
            (self.next, "Ctrl+Enter", self.go_on, ""),
            (None, "Ctrl+1", partial(go_to, topic.line), _("到发言")),
            (None, "Ctrl+2", partial(go_to, topic.votes.boxes[0]), _("到表决")),
            (None, "Ctrl+3", partial(go_to, topic.resolution), _("到决议与任务")),
        ]  # fmt: skip
        for button, key, act, word in acts:
            if button is not None:
                button.clicked.connect(lambda _checked=False, act=act: act())
            if key:
                keys.bind(self, key, act, word)

    def _show_head(self, meeting: Meeting) -> None:
        host = _("主持 {name}").format(name=meeting.host) if meeting.host else ""
        recorder = _("记录 {name}").format(name=meeting.recorder) if meeting.recorder else ""
        told = (wording.moment(meeting.held_at, self.workspace.today), meeting.place, host, recorder)
        self.set_heading(Heading(meeting.name, _("社区事务"), " · ".join(filter(None, told))))
        over = meeting.state == meetings.HELD
        self.set_action(None if over else Action(_("结束会议"), self._finish, "square", kind=SECONDARY))

    def _show(self, meeting: Meeting) -> None:
        first = meeting.agenda[0].id if meeting.agenda else 0
        with QSignalBlocker(self.agenda.rows):  # showing which topic is talked about chooses none
            self.agenda.show_meeting(meeting, self.agenda.rows.current_key() or first)
        unanswered = proposals.unanswered(self.workspace, [one.id for one in meeting.agenda])
        self.after.show_meeting(meeting, unanswered, proposals.answered_in_time(self.workspace))
        self._show_topic()

    def _item(self) -> Item | None:
        key = self.agenda.rows.current_key()
        every = self._meeting.agenda if self._meeting else ()
        return next((one for one in every if one.id == key), None)

    def _show_topic(self) -> None:
        item, meeting = self._item(), self._meeting
        if meeting is not None:
            place = meeting.agenda.index(item) + 1 if item else 0
            self.topic.show_item(item, place, meeting.present)

    def _on_chosen(self, id: Id | None) -> None:
        """Another topic is shown once what was typed for this one is saved."""
        before = self.topic.item
        if id is not None and before and id != before and not self.topic.commit():
            self.agenda.rows.select_key(before)
        elif self._meeting is not None and id != before:
            self._show(self._meeting)

    def _choose_next(self) -> bool:
        """On to the first topic that is not decided yet."""
        every = self._meeting.agenda if self._meeting else ()
        waiting = next((one.id for one in every if not one.decision and one.id != self.topic.item), 0)
        return bool(waiting) and self.agenda.rows.select_key(waiting)

    def go_on(self) -> None:
        """Save what stands here and take up the next topic."""
        if self.topic.commit():
            self._choose_next()
            go_to(self.topic.line)

    def _do(self, sentence: str, deed: Callable[..., Done], *given: object) -> bool:
        """A deed on the topic that is shown."""
        done = self.attempt(lambda: deed(self.workspace, self.topic.item, *given)) if self.topic.item else None
        if done is not None:
            self.tell_done(sentence, done)
        return done is not None

    def _give(self, content: str, responsible: str, due_on: str) -> None:
        if self._do(_("已派任务，记入诉求"), meeting_deeds.give, content, responsible, due_on):
            self.topic.clear_task()

    def _add_topic(self) -> None:
        dialog = PickDialog(self, _("加一项议题"), _("选一项等着上会的，或写一个新议题"), self._offered)
        dialog.picked.connect(self._take_up)
        dialog.open()

    def _offered(self, typed: str) -> list[Row]:
        """What waits for a meeting; at the end what was typed, as a topic of its own."""
        rows = []
        for one in proposals.waiting(self.workspace):
            said = " · ".join(filter(None, (one.raised_by, one.source)))
            if typed in one.title or typed in said:
                day = wording.day(one.raised_on, self.workspace.today)
                rows.append(Row(one.title, said, one.id, marks=(Mark(day),)))
        return rows + ([Row(typed, _("新议题"), typed, icon="plus")] if typed else [])

    def _take_up(self, key: object) -> None:
        if isinstance(key, int):
            done = self.attempt(partial(meeting_deeds.take_up, self.workspace, self._wanted, key))
        else:
            done = self.attempt(partial(meeting_deeds.raise_topic, self.workspace, self._wanted, str(key)))
        if done is not None:
            self.tell_done(_("已列入议程"), done)

    def _sign_in(self) -> None:
        dialog = SignInDialog(self, self.workspace, self._wanted)
        dialog.signed.connect(partial(self.tell_done, _("已签到")))
        dialog.open()

    def _edit(self) -> None:
        dialog = edit_record(self.workspace, self, ledger("meeting"), self._wanted)
        dialog.saved.connect(partial(self.tell_done, _("已保存会议信息")))
        dialog.open()

    def _print(self, word: str) -> None:
        from gridworker.ui.printing.choices import affair_paper

        affair_paper(self.workspace, self, "meeting", self._wanted, word).open()

    def _finish(self) -> None:
        if self.topic.commit():
            done = self.attempt(partial(meeting_deeds.finish, self.workspace, self._wanted))
            if done is not None:
                self.tell_done(_("会议结束，可打印会议记录和公示"), done)
