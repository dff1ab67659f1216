"""Beside the topic of a meeting: the agenda with who is there, and what the last meeting left and this one leaves."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.meetings import Item, Meeting
from gridworker.ui import theme
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import Button, icon_button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

TONES = {"通过": "green", "未通过": "red", "暂缓": "amber"}
_WIDTH, _WIDE = 246, 286
_LEFT_SHOWN = 6


class AgendaCard(Card):
    """The topics in order, the one talked about chosen; below, how many are there."""

    def __init__(self) -> None:
        super().__init__(_("议程"), " ")
        self.rows = RowList(_("议程"), height=50, least=200)
        self.add_topic = link(_("加一项"), icon="plus")
        self.sign_in = Button(_("签到"), icon="user-check", key="Ctrl+I", small=True)
        self.sheet = icon_button("printer", _("签到表"))
        self._number = label("", "number")
        self._of = label("", "second")
        self._quorum = Pill()
        self._ages = label("", "second", wrap=True)
        self.add_action(self.add_topic)
        self.add_action(key_cap("Ctrl+N"))
        self.add(self.rows, 1)
        self.add(line())
        self.add(label(_("到会"), "card_title"))
        self.add(row(self._number, self._of, 1, self._quorum))
        self.add(self._ages)
        self.add(row(self.sign_in, self.sheet, 1))
        self.fit(wide=True)

    def fit(self, *, wide: bool) -> None:
        """Wider where there is room for whole titles."""
        self.setFixedWidth(theme.px(_WIDE if wide else _WIDTH))

    def show_meeting(self, meeting: Meeting, current: Id) -> None:
        """Show agenda and attendance."""
        self.show_note(_("{count} 项").format(count=len(meeting.agenda)))
        self.rows.set_rows([_item_row(one, current) for one in meeting.agenda])
        self._number.setText("–" if meeting.present is None else str(meeting.present))
        invited = _("人") if meeting.invited is None else _("/ 应到 {invited} 人").format(invited=meeting.invited)
        self._of.setText(invited)
        self._quorum.show_state(*_quorum(meeting))
        told = [_("{group} {count}").format(group=group, count=count) for group, count in meeting.ages]
        self._ages.setText(" · ".join(told))
        self._ages.setVisible(bool(told))


class AfterCard(Card):
    """What the last meeting gave to do, and what is still to be done with this one; `opened(need)`."""

    opened = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._inner: QWidget | None = None
        self.setFixedWidth(theme.px(236))

    def show_meeting(self, meeting: Meeting, unanswered: int, share: tuple[int, int]) -> None:
        """Show both, and the share of proposals answered in time."""
        if self._inner is not None:
            self._inner.hide()
            self._inner.deleteLater()
        inner = Card(frame="", padding=0)
        self._last(inner, meeting)
        inner.add(line())
        inner.add(label(_("会后"), "card_title"))
        for done, words in self._after(meeting, unanswered):
            mark = IconMark("circle-check" if done else "circle-dashed", "green" if done else "text2", 16)
            text = label(words, wrap=True)
            across = row(mark, text)
            across.setStretch(1, 1)
            inner.add(across)
        inner.body.addStretch(1)
        inner.add(line())
        in_time, counted = share
        inner.add(label(_("提议在时限内答复"), "second"))
        words = _("{rate}%（{part} / {whole}）").format(
            rate=round(100 * in_time / counted), part=in_time, whole=counted
        ) if counted else _("还没有到期的提议")  # fmt: skip
        inner.add(label(words, "strong"))
        self._inner = inner
        self.add(inner, 1)

    def _last(self, inner: Card, meeting: Meeting) -> None:
        inner.add(label(_("上次的事"), "card_title"))
        if not meeting.left:
            inner.add(label(_("上次会议没有留下任务。"), "second", wrap=True))
        for one in sorted(meeting.left, key=lambda task: (not task.late, not task.is_open))[:_LEFT_SHOWN]:
            icon, tone = ("clock", "amber") if one.is_open else ("circle-check", "green")
            across = row(IconMark(icon, tone, 16), ElidedLabel(one.content))
            across.setStretch(1, 1)
            if one.late:
                mark = wording.due_mark(one.due_on, self._today)
                across.addWidget(Pill(mark.text, mark.tone))
            else:
                across.addWidget(label(wording.day(one.due_on, self._today), "second"))
            inner.add(across)
        hidden = len(meeting.left) - _LEFT_SHOWN
        if hidden > 0:
            inner.add(label(_("还有 {count} 件").format(count=hidden), "second"))

    def _after(self, meeting: Meeting, unanswered: int) -> list[tuple[bool, str]]:
        """Each thing to be done, and whether it is."""
        decided = sum(bool(one.decision) for one in meeting.agenda)
        days = _("公示 {start} 至 {end}").format(
            start=wording.day(meeting.public_from, self._today), end=wording.day(meeting.public_until, self._today)
        ) if meeting.public_from and meeting.public_until else _("写上公示起止日期")  # fmt: skip
        asked = _("答复提出人 {count} 位").format(count=unanswered) if unanswered else _("提出人都已答复")
        voted = _("表决 {done} / {all} 项").format(done=decided, all=len(meeting.agenda))
        return [
            (decided == len(meeting.agenda) > 0, voted),
            (bool(meeting.public_from and meeting.public_until), days),
            (not unanswered and decided > 0, asked),
        ]


def _item_row(item: Item, current: Id) -> Row:
    second = " · ".join(filter(None, (item.raised_by, item.source)))
    if item.decision:
        return Row(item.title, second, item.id, icon="circle-check", icon_tone="green",
                   marks=(Mark(_(item.decision), TONES.get(item.decision, "grey")),))  # fmt: skip
    if item.id == current:
        return Row(item.title, second, item.id, icon="circle-dot", icon_tone="primary",
                   marks=(Mark(_("正在议"), "primary"),))  # fmt: skip
    return Row(item.title, second, item.id, icon="circle-dashed")


def _quorum(meeting: Meeting) -> tuple[str, str]:
    if meeting.present is None or not meeting.invited:
        return "", "grey"
    if meeting.present > meeting.invited:
        return _("实到比应到多"), "red"
    return (_("过半数，可表决"), "green") if 2 * meeting.present > meeting.invited else (_("不到半数"), "amber")
