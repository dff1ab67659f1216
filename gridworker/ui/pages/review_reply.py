"""The right of 审核: the township's word on one need (look 13)."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from gridworker.domain.calendar import working_days_between
from gridworker.domain.text.typed_dates import parse_typed_date
from gridworker.i18n import _
from gridworker.services import defaults
from gridworker.services.replying import Reply
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.date_field import DateField, stop_at_unread
from gridworker.ui.widgets.field import ErrorLine, LongField, TextField
from gridworker.ui.widgets.label import label, line

ACCEPTED, RETURNED = "accepted", "returned"


class ReplyCard(Card):
    """Fields of the reply; `saved(reply)` on the button or Ctrl+Enter, `skipped`."""

    saved = Signal(object)
    skipped = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("审核"))
        self._workspace = workspace
        self._before = self._shown = Reply()
        self._many = False
        self.verdict = ChipGroup(
            _("审核意见"), [Choice(ACCEPTED, _("通过"), "A"), Choice(RETURNED, _("退回"), "R")], optional=True
        )
        self.note_text = LongField(_("审核说明"), _("为什么通过或退回"), lines=2)
        self.unit = TextField(_("交办单位"), _("交给谁办"))
        self.known_units = Select(_("常用单位"), _("常用…"))
        self.due_on = DateField(_("办理时限"), parse_typed_day, lambda: workspace.today, optional=True)
        self.text = LongField(_("乡镇答复"), _("写给网格员和住户看的话"), lines=4)
        self.error = ErrorLine()
        self.skip = Button(_("跳过"), key="S")
        self.save = Button(_("通过并下一条"), PRIMARY, icon="check", key="Ctrl+Enter")
        self._build()
        self._connect()

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2, 0, 6, 2)
        column.setSpacing(5)
        column.addWidget(self.verdict)
        column.addSpacing(4)
        self.span = label("", "second")
        nothing = label()
        for name, hint, parts in (
            (_("审核说明"), nothing, [self.note_text]),
            (_("交办单位"), nothing, [self.unit, self.known_units]),
            (_("办理时限"), self.span, [self.due_on]),
            (_("乡镇答复"), label(_("网格员看得到"), "second"), [self.text]),
        ):
            column.addLayout(row(label(name, "second"), 1, hint))
            column.addLayout(row(*parts, gap=6))
            column.addSpacing(3)
        column.addWidget(self.error)
        column.addStretch(1)
        self.add(scrolling(inner), 1)
        self.add(line())
        self.foot = label(_("答复攒着，点“发出回复”一起发"), "second")
        self.add(self.foot)
        self.add(row(self.skip, 1, self.save))

    def _connect(self) -> None:
        self.verdict.changed.connect(lambda _value: self._fit())
        self.known_units.activated.connect(self._take_unit)
        self.due_on.refused.connect(self.error.show_sentence)
        self.due_on.changed.connect(lambda _day: self._show_span())
        self.save.clicked.connect(self.submit)
        self.skip.clicked.connect(self.skipped)

    def offer_units(self, units: Sequence[str]) -> None:
        """Names known as 交办单位."""
        self.known_units.clear()
        self.known_units.addItems(list(units))
        self.known_units.setCurrentIndex(-1)
        completer = QCompleter(list(units), self.unit)
        if popup := completer.popup():
            theme.dress(popup)  # a window of its own
        self.unit.setCompleter(completer)

    def show_reply(self, word: Reply) -> None:
        """What was said so far; while several are selected the fields are for all of them."""
        self._shown = word
        if self._many:
            return
        self._before = word
        self.verdict.set_value(word.review or ACCEPTED)
        self.note_text.set_value(word.review_note)
        self.unit.set_value(word.assigned_to)
        self.due_on.set_value(word.due_on)
        self.text.set_value(word.reply)
        self._show_span()
        self.error.show_sentence("")
        self._fit()

    def reply(self) -> Reply:
        """What the fields say."""
        verdict, day = self.verdict.value() or "", self.due_on.value()
        return Reply(verdict, self.note_text.value(), self.unit.value(), day, self.text.value())

    def is_touched(self) -> bool:
        """Whether somebody wrote something that is not saved."""
        now = self.reply()
        return (now.review_note, now.assigned_to, now.due_on, now.reply) != (
            self._before.review_note, self._before.assigned_to, self._before.due_on, self._before.reply,
        )  # fmt: skip

    def show_many(self, count: int) -> None:
        """Several needs are selected: what is filled in goes to all of them, what is empty leaves theirs as it is."""
        before, self._many = self._many, count > 1
        if self._many and not before:
            self._clear_untouched()
        elif before and not self._many:
            self.show_reply(self._shown)
        words = _("已选 {count} 件：写了的给每一件，空着的不改").format(count=count)
        self.foot.setText(words if self._many else _("答复攒着，点“发出回复”一起发"))

    def _clear_untouched(self) -> None:
        """What stands here of one need is not meant for the others; what somebody just wrote is."""
        before, now = self._before, self.reply()
        self._before = Reply(before.review)
        if now.review_note == before.review_note:
            self.note_text.set_value("")
        if now.assigned_to == before.assigned_to:
            self.unit.set_value("")
        if now.due_on == before.due_on:
            self.due_on.set_value(None)
        if now.reply == before.reply:
            self.text.set_value("")
        self._show_span()

    def show_error(self, sentence: str) -> None:
        """Why it was not saved."""
        self.error.show_sentence(sentence)
        self.note_text.setFocus()

    def submit(self) -> None:
        """Hand the word over."""
        if stop_at_unread(self):
            return
        self.saved.emit(self.reply())

    def choose(self, verdict: str) -> None:
        """通过 or 退回 by key."""
        self.verdict.set_value(verdict)
        self._fit()
        self.note_text.setFocus() if verdict == RETURNED else self.text.setFocus()

    def _show_span(self) -> None:
        """How long that is from today, in working days."""
        day, today = self.due_on.value(), self._workspace.today
        self.error.show_sentence("")
        if day is None or day < today:
            late = _("已过 {days} 天").format(days=(today - day).days) if day else ""
            theme.set_style(self.span, tone="red")
            self.span.setText(late)
            return
        theme.set_style(self.span, tone="text2")
        days = working_days_between(today, day, defaults.holidays())
        self.span.setText(_("{days}个工作日").format(days=days) if days else _("今天"))

    def _take_unit(self, place: int) -> None:
        self.unit.set_value(self.known_units.itemText(place))
        self.known_units.setCurrentIndex(-1)

    def _fit(self) -> None:
        words = {ACCEPTED: _("通过并下一条"), RETURNED: _("退回并下一条")}
        self.save.show_face(words.get(self.verdict.value(), _("保存并下一条")), icon="check", key="Ctrl+Enter")


def parse_typed_day(text: str, today: date) -> date | None:
    """A typed day; a time of day typed with it is left out."""
    found = parse_typed_date(text, today)
    return date(found.year, found.month, found.day) if found else None
