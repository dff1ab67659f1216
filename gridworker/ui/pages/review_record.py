"""The middle of 审核: one need as its reader needs it (look 13)."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import household_page, naming
from gridworker.services.review import Record, Similar, Step
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.field_history import history_link
from gridworker.ui.pages.review_level import LevelBox
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.timeline import Event, Timeline

LEVELS = {"red": ("red", "紧急"), "yellow": ("amber", "较急"), "blue": ("blue", "一般")}
TONES = {
    "已登记": "grey", "办理中": "blue", "已上报": "violet", "已答复": "green", "待回访": "primary", "逾期": "red",
    "已退回": "amber", "列入计划": "amber", "已办结": "green",
}  # fmt: skip
MODE_ICONS = {"电话": "phone", "上门": "house", "微信": "message-circle", "现场": "wrench"}


class RecordCard(Card):
    """Shows one need; `confirm_asked` to stand by what a book said, `household_asked(id)`, `history_asked`."""

    confirm_asked = Signal()
    household_asked = Signal(object)
    history_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.kind = Pill("", "grey")
        self.level = Pill("", "amber", dot=True)
        self.state = Pill("", "violet")
        self.number = ElidedLabel("", "second")
        self.heading = label("", "record_title", wrap=True)
        self.who = ElidedLabel("", "second")
        self.when = ElidedLabel("", "second")
        self.facts = QGridLayout()
        self.content = label("", wrap=True)
        self.levels = LevelBox()
        self.reply = _ReplyBox()
        self.steps = Timeline()
        self.steps_note = label("", "second")
        self.similar = _SimilarBox()
        self.source = ElidedLabel("", "second")
        self.home = link(_("看住户"))
        self._household: Id | None = None
        self._shown: list[QWidget] = []
        self._build()
        self.reply.confirm.clicked.connect(self.confirm_asked)
        self.home.clicked.connect(lambda: self.household_asked.emit(self._household))

    def _build(self) -> None:
        self.add(row(self.kind, self.level, self.state, 1, self.number))
        self.add(self.heading)
        self.add(row(self.who, 1, self.when))
        self.add(line())
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 2, 6, 0)
        column.setSpacing(10)
        self.facts.setHorizontalSpacing(12)
        self.facts.setVerticalSpacing(5)
        self.facts.setColumnStretch(1, 1)
        self.facts.setColumnStretch(3, 1)
        column.addLayout(self.facts)
        box = Card(frame="inset", padding=12)
        box.add(self.content)
        column.addWidget(box)
        column.addWidget(self.levels)
        column.addWidget(self.reply)
        column.addLayout(row(label(_("办理记录"), "card_title"), 1, self.steps_note))
        column.addWidget(self.steps)
        column.addWidget(self.similar)
        column.addStretch(1)
        self.add(scrolling(inner), 1)
        foot = row(
            IconMark("file-spreadsheet", "text2", 15), self.source, history_link(self.history_asked.emit), self.home
        )
        foot.setStretch(1, 1)
        self.add(foot)

    def show_record(self, found: Record, today: date) -> None:
        """Show a need."""
        level, word = LEVELS.get(found.urgency, LEVELS["blue"])
        self.kind.show_state(found.kind, "grey")
        self.level.show_state(_(word), level, dot=True)
        self.state.show_state(_(found.state), TONES.get(found.state, "grey"))
        self.number.setText(found.text("number"))
        self.heading.setText(_short(found.text("content")))
        self.who.setText(" · ".join(word for word in (found.worker, found.grid) if word))
        registered = _("登记 {day}").format(day=_day(found.text("registered_at")[:10], today))
        self.when.setText(" · ".join(word for word in (registered, found.text("source")) if word))
        self.content.setText(found.text("content"))
        self._show_facts(found)
        self.levels.show_levels(found, today)
        self.reply.show_word(found)
        self._show_steps(found.steps, today)
        self.similar.show_similar(found.similar)
        self.source.setText(found.source or _("本机登记"))
        self._household = found.row.plain("household")
        self.home.setVisible(isinstance(self._household, int))

    def _show_facts(self, found: Record) -> None:
        for old in self._shown:
            self.facts.removeWidget(old)
            old.deleteLater()
        phone = household_page.masked(found.row, "phone")
        reveal = partial(household_page.reveal, self._workspace, "need", found.row.id, "phone")
        shown: list[tuple[str, QWidget]] = [
            (_("反映人"), ElidedLabel(found.text("raised_by") or "—")),
            (_("电话"), MaskedLabel(phone, reveal, "body") if phone else label("—")),
            (_("住址"), ElidedLabel(found.address or found.text("place") or "—")),
            (_("时限"), label(found.text("due_on") or "—")),
            (_("承办"), ElidedLabel(found.text("unit") or "—")),
            (_("办理结果"), ElidedLabel(found.text("result_note") or found.text("result") or "—")),
        ]
        self._shown = []
        for number, (name, value) in enumerate(shown):
            title = label(name, "second")
            self.facts.addWidget(title, number // 2, 2 * (number % 2))
            self.facts.addWidget(value, number // 2, 2 * (number % 2) + 1)
            self._shown += [title, value]

    def _show_steps(self, steps: tuple[Step, ...], today: date) -> None:
        done = [step for step in steps if not step.planned]
        self.steps_note.setText(_("{count} 条").format(count=len(done)))
        self.steps.show_events([_event(step, today) for step in steps])


class _ReplyBox(Card):
    """What a book said in the township's name and nobody here has confirmed."""

    def __init__(self) -> None:
        super().__init__(frame="reply", padding=12)
        self.words = label("", wrap=True)
        self.confirm = Button(_("认可"), icon="check", small=True)
        title = label(_("乡镇答复"), "card_title")
        self.add(row(IconMark("reply", "amber", 16), title, Pill(_("表内填写"), "violet"), 1, self.confirm))
        self.add(self.words)
        self.add(label(_("这是在周报里填的，还没有人在乡镇的程序里认可过。"), "second", wrap=True))

    def show_word(self, found: Record) -> None:
        """Hidden where nothing waits for a yes."""
        names = ("review", "review_note", "assigned_to", "reply")
        words = _("；").join(found.text(name) for name in names if found.text(name))
        self.words.setText(words)
        self.setVisible(bool(found.unconfirmed))


class _SimilarBox(Card):
    """同类诉求这样办过."""

    def __init__(self) -> None:
        super().__init__(frame="inset", padding=12)
        self.note_line = ElidedLabel("", "second")
        self.lines = [(ElidedLabel(""), Pill("", "green")) for _line in range(2)]
        self.add(row(IconMark("history", "text2", 16), label(_("同类诉求这样办过"), "strong"), 1, self.note_line))
        for words, state in self.lines:
            self.add(row(words, state))

    def show_similar(self, found: Similar) -> None:
        """Hidden where there were none."""
        self.setVisible(found.count > 0)
        days = _("，中位 {days} 个工作日").format(days=found.median_days) if found.median_days is not None else ""
        self.note_line.setText(_("近半年 {count} 件{days}").format(count=found.count, days=days))
        for place, (words, state) in enumerate(self.lines):
            known = place < len(found.examples)
            number, result, satisfaction = found.examples[place] if known else ("", "", "")
            words.setText(f"{number}\u3000{result}")
            words.setVisible(known)
            tone = "green" if "满意" in satisfaction and "不" not in satisfaction else "grey"
            state.show_state(naming.word("satisfaction", satisfaction), tone)


def _short(text: str) -> str:
    """The first sentence as a title."""
    for mark in "。；！？\n":
        text = text.partition(mark)[0]
    return text if len(text) <= 40 else text[:39] + "…"


def _day(text: str, today: date) -> str:
    if len(text) < 10:
        return text
    day = date.fromisoformat(text[:10])
    year = _("{year}年").format(year=day.year) if day.year != today.year else ""
    return year + _("{month}月{day}日").format(month=day.month, day=day.day)


def _event(step: Step, today: date) -> Event:
    head = " · ".join(word for word in (_day(step.day, today), naming.word("followup_mode", step.mode)) if word)
    if step.planned:
        return Event(head, step.content, step.who, "calendar-days", "amber", pill=_("计划"))
    icon = MODE_ICONS.get(step.mode, "message-square-warning" if not step.content else "file-text")
    return Event(head, step.content, step.who, icon, "blue" if step.content else "grey")
