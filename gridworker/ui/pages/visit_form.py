"""快速走访: everything a visit leaves, on one form beside the household; chips by digit, save by Ctrl+Enter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import naming, phrases, visiting
from gridworker.services.household_page import OpenNeed
from gridworker.services.visiting import FormProblem, NeedGiven
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages import wording
from gridworker.ui.pages.form_editors import DayEditor, ManyChips
from gridworker.ui.pages.guide_panel import GuidePanel
from gridworker.ui.pages.visit_form_moment import MomentField
from gridworker.ui.pages.visit_form_more import VisitMore
from gridworker.ui.pages.visit_form_need import NeedBlock
from gridworker.ui.widgets.button import PRIMARY, QUIET, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chip import ChipGroup, Choice, digit_choices
from gridworker.ui.widgets.date_field import go_to
from gridworker.ui.widgets.draft_mark import DraftMark
from gridworker.ui.widgets.field import ErrorLine, FieldRow, LongField
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill

WIDTH = 642
"""Pixels at which seven outcomes stand on one line."""
LEAST = 570
_MODES = ("home", "phone", "wechat", "video", "office")
_TOPICS = 5
_PHRASE = 146  # pixels at scale 1.0: eleven Chinese characters
_GUIDE = 0.3
"""Of the form's height for the card of a kind within it."""
_RULE, _OWN = "rule", "own"


class VisitForm(Card):
    """The form of one visit: `changed` after anything a person did, `submitted` by Ctrl+Enter, `emptied` by 清空,
    `need_removed(place, NeedGiven)` when a need that held something was taken out, `guide_asked` to open or close
    the card, `guided(kind)` when it is that of another kind, `wanted` when something is to be written in it, `left`
    to see the household again.
    """

    changed = Signal()
    submitted = Signal()
    emptied = Signal()
    need_removed = Signal(int, object)
    guide_asked = Signal()
    guided = Signal(str)
    wanted = Signal()
    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("快速走访"))
        self._workspace = workspace
        self._household: Id = 0
        self._needs: list[NeedBlock] = []
        self._is_alone = False
        self.whom = Pill("", "primary")
        self._open = ElidedLabel("", "second", "amber")
        self._back = Button(_("看住户"), QUIET, key="Esc")
        self.draft_mark = DraftMark()
        self.moment = MomentField(_("走访时间"), lambda: workspace.now)
        self.mode = ChipGroup(_("走访方式"), digit_choices(_words("visit_mode", _MODES)))
        self.outcome = ChipGroup(_("走访结果"), digit_choices(_words("visit_outcome", visiting.OUTCOMES)))
        self.publicity = ManyChips(_("宣传内容"), "publicity", _TOPICS)
        self.more = VisitMore()
        self.content = LongField(_("走访内容"), _("说了什么、看到什么，可留空"))
        self.phrases = ChipGroup(_("常用语"), optional=True)
        self.next_visit = ChipGroup(_("下次走访"))
        self.next_on = DayEditor(_("下次走访日期"), workspace)
        self._next_error = ErrorLine()
        self.clear = Button(_("清空"), QUIET)
        self.save = Button(_("保存"), PRIMARY, icon="check", key="Ctrl+Enter")
        self._build()
        self._connect()
        self.setMinimumWidth(theme.px(LEAST))
        self.setMaximumWidth(theme.px(WIDTH))

    def sizeHint(self) -> QSize:
        """As wide as it may be; the household beside it takes the rest."""
        return QSize(theme.px(WIDTH), super().sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """The phrases may be others by now."""
        super().showEvent(event)
        self._show_phrases()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where no field wanted it, leads back to the household behind the form."""
        if event.key() == Qt.Key.Key_Escape and self._is_alone:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def open_for(self, household: Id, whom: str) -> None:
        """An empty form for a household."""
        self._household = household
        self.whom.show_state(whom, "primary")
        self.set_given({}, ())
        self.draft_mark.hide()
        self.clear.hide()

    def given(self) -> tuple[dict[str, Any], list[NeedGiven]]:
        """What it holds, as the service takes it."""
        visit: dict[str, Any] = {"visited_at": self.moment.value(), "mode": self.mode.value()}
        visit |= {"outcome": self.outcome.value(), "content": self.content.value()}
        visit["publicity"] = self.publicity.codes()
        visit["next_on"] = self.next_on.iso() if self.next_visit.value() == _OWN else ""
        visit |= self.more.given()
        return {name: value for name, value in visit.items() if value}, [block.given() for block in self._needs]

    def draft(self) -> dict[str, Any]:
        """What it holds, as a draft keeps it; a time nobody typed is none."""
        visit, needs = self.given()
        visit["visited_at"] = self.moment.typed()
        return {"visit": visit, "needs": [{"fields": dict(one.fields), "step": dict(one.step)} for one in needs]}

    def set_draft(self, body: dict[str, Any]) -> None:
        """Show a kept draft."""
        self.set_given(body["visit"], [NeedGiven(one["fields"], one["step"]) for one in body["needs"]])
        self.clear.show()

    def set_given(self, visit: dict[str, Any], needs: Sequence[NeedGiven]) -> None:
        """Show these values without telling."""
        self.moment.set_value(str(visit.get("visited_at") or ""))
        self.mode.set_value(visit.get("mode", "home"))
        self.outcome.set_value(visit.get("outcome", "met"))
        self.publicity.fold()
        self.publicity.choose(visit.get("publicity"))
        self.more.set_given(visit)
        self.content.set_value(str(visit.get("content") or ""))
        self.next_on.set_iso(visit.get("next_on"))
        while self._needs:
            self._take_out(self._needs[-1])
        for one in needs:
            self._new_block().set_given(one.fields, one.step)
        self._show_next(_OWN if visit.get("next_on") else _RULE)
        self._show_phrases()
        self.show_problems(())

    def show_open(self, needs: Sequence[OpenNeed]) -> None:
        """What is open, on one line, for where the household's cards are not seen."""
        self._open.setText(
            _("未办结：{needs}").format(needs=_("；").join(one.content for one in needs)) if needs else ""
        )
        self._open.setVisible(self._is_alone and bool(needs))

    def show_alone(self, alone: bool) -> None:
        """Whether the household's cards are behind the form, one key away."""
        self._is_alone = alone
        self._back.setVisible(alone)
        self._open.setVisible(alone and bool(self._open.text()))

    def begin(self) -> None:
        """Go to the first thing to choose."""
        self.wanted.emit()
        self.mode.setFocus()

    def add_need(self) -> None:
        """One more need, ready for its kind to be typed (F4)."""
        self.wanted.emit()
        block = self._new_block()
        self._changed()
        block.first_focus().setFocus()
        self._scroller.ensureWidgetVisible(block)

    def put_back_need(self, place: int, given: NeedGiven) -> None:
        """Show a need again where it stood before it was taken out."""
        self.wanted.emit()
        block = self._new_block(min(place, len(self._needs)))
        block.set_given(given.fields, given.step)
        self._changed()
        block.first_focus().setFocus()
        self._scroller.ensureWidgetVisible(block)

    def show_problems(self, found: Sequence[FormProblem]) -> None:
        """Say what keeps it from being saved, beside the fields; the first of them gets the focus."""
        wrong = {problem.field: problem.message for problem in found if problem.place == visiting.VISIT}
        self._moment_row.set_error(wrong.get("visited_at", ""))
        self._next_error.show_sentence("")
        first: QWidget | None = self.moment if wrong else None
        for place, block in enumerate(self._needs):
            here = block.show_problems({one.field: one.message for one in found if one.place == place})
            first = first or here
        if first is not None:
            go_to(first)

    def take_guide(self, guide: GuidePanel) -> None:
        """Show the card of a kind under the fields, above what is always there."""
        self.body.insertWidget(self.body.indexOf(self._scroller) + 1, guide)
        guide.set_share(_GUIDE)

    def show_next_in_row(self, more: bool) -> None:
        """Whether saving goes on to another household."""
        self.save.show_face(_("保存并下一户") if more else _("保存"), icon="check", key="Ctrl+Enter")

    def _build(self) -> None:
        self.add_mark(self.whom)
        self.add_action(self.draft_mark)
        self.add_action(self._back)
        self.add(self._open)
        self.show_alone(False)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 2, 2, 4)
        self._column.setSpacing(9)
        self.moment.setFixedWidth(theme.px(170))
        more = link(_("类型、见面人"))
        more.clicked.connect(self.more.ask)
        hint = label(_("可输 昨天、-2、1120"), "second")
        self._moment_row = FieldRow(_("走访时间"), self.moment, hint, more, key_cap("F8"))
        keep = link(_("存为常用语"))
        keep.clicked.connect(self._keep_phrase)
        self._keep = keep
        rows = (
            self._moment_row, FieldRow(_("走访方式"), self.mode), FieldRow(_("走访结果"), self.outcome),
            self.more, FieldRow(_("宣传内容"), self.publicity), FieldRow(_("走访内容"), self.content),
            FieldRow(_("常用语"), self.phrases, keep),
        )  # fmt: skip
        for part in rows:
            self._column.addWidget(part)
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(9)
        self._column.addLayout(self._blocks)
        self._offer = link(_("记一件诉求"), icon="plus")
        self._offer_line = QWidget()
        self._offer_line.setLayout(row(self._offer, key_cap("F4"), 1))
        self._column.addWidget(self._offer_line)
        self._column.addStretch(1)
        self._scroller = scrolling(inner)
        self.add(self._scroller, 1)
        self.add(line())
        self.next_on.setFixedWidth(theme.px(140))
        self.add(self._next_error)
        self.add(row(label(_("下次走访"), "second"), self.next_visit, self.next_on, 1, self.clear, self.save))

    def _connect(self) -> None:
        for editor in (self.moment, self.content, self.next_on):
            editor.changed.connect(self._changed)
        self.next_on.refused.connect(self._next_error.show_sentence)
        self.moment.changed.connect(lambda: self._moment_row.set_error(""))
        self.mode.changed.connect(self._on_manner_changed)
        self.outcome.changed.connect(self._on_manner_changed)
        self.publicity.changed.connect(self._changed)
        self.more.changed.connect(self._changed)
        self.phrases.changed.connect(self._insert_phrase)
        self.next_visit.changed.connect(self._on_next_changed)
        self.content.changed.connect(lambda: self._keep.setVisible(bool(self.content.value())))
        self._offer.clicked.connect(self.add_need)
        self.clear.clicked.connect(self.emptied)
        self.save.clicked.connect(self.submitted)
        self._back.clicked.connect(self.left)
        keys.bind(self, "F6", self.phrases.setFocus)
        keys.bind(self, "F8", self.more.ask)
        instance = QApplication.instance()
        if isinstance(instance, QApplication):
            instance.focusChanged.connect(self._on_focus_moved)

    def _changed(self) -> None:
        self.clear.show()
        self.changed.emit()

    def _on_manner_changed(self) -> None:
        self._show_phrases()
        self._show_next(self.next_visit.value())
        self._changed()

    def _show_phrases(self) -> None:
        offered = phrases.offered(self._workspace, phrases.of_outcome(self.outcome.value() or phrases.MET))
        lettered = zip(phrases.LETTERS, offered, strict=False)
        self.phrases.set_choices(Choice(one, _shortened(one), letter) for letter, one in lettered)
        self._keep.setVisible(bool(self.content.value()))

    def _insert_phrase(self, sentence: str | None) -> None:
        if sentence:
            self.phrases.set_value(None)
            self.content.set_value(self.content.value() + sentence)
            self._changed()

    def _keep_phrase(self) -> None:
        group = phrases.of_outcome(self.outcome.value() or phrases.MET)
        phrases.remember(self._workspace, group, self.content.value())
        self._show_phrases()

    def _show_next(self, chosen: str) -> None:
        """By the rhythm of its level, or a day agreed with the people."""
        if not self._household:
            return
        on = date.fromisoformat(self.moment.value()[:10])
        due = visiting.next_due(self._workspace, self._household, on, self.mode.value(), self.outcome.value())
        today = self._workspace.today
        word = wording.day(due.isoformat(), today) if due > today else _("尽快再访")
        self.next_visit.set_choices([Choice(_RULE, word), Choice(_OWN, _("自定"))])
        self.next_visit.set_value(chosen)
        self.next_on.setVisible(chosen == _OWN)

    def _on_next_changed(self, chosen: str) -> None:
        self.next_on.setVisible(chosen == _OWN)
        self._next_error.show_sentence("")
        if chosen == _OWN:
            self.next_on.setFocus()
        self._changed()

    def _new_block(self, place: int | None = None) -> NeedBlock:
        block = NeedBlock(self._workspace)
        block.changed.connect(self._changed)
        block.arranged.connect(lambda: self._on_arranged(block))
        block.guide_asked.connect(self.guide_asked)
        block.another.connect(self.add_need)
        block.unwanted.connect(lambda: self._remove(block))
        at = len(self._needs) if place is None else place
        self._needs.insert(at, block)
        self._blocks.insertWidget(at, block)
        block.show()  # at once: what is hidden cannot take the focus
        self._renumber()
        return block

    def _on_arranged(self, block: NeedBlock) -> None:
        self.guided.emit(block.kind)
        QTimer.singleShot(0, block, lambda: self._show_written(block))  # once it has its height

    def _show_written(self, block: NeedBlock) -> None:
        """All of the need one is writing, its words in any case."""
        if block.content.hasFocus():
            self._scroller.ensureWidgetVisible(block)
            self._scroller.ensureWidgetVisible(block.content)

    def _on_focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The card is that of the need one is writing."""
        here = next((block for block in self._needs if now is not None and block.isAncestorOf(now)), None)
        if here is not None:
            self.guided.emit(here.kind)

    def _remove(self, block: NeedBlock) -> None:
        place, given = self._needs.index(block), block.given()
        self._take_out(block)
        self.content.setFocus()
        self._changed()
        if given.fields or given.step:
            self.need_removed.emit(place, given)

    def _take_out(self, block: NeedBlock) -> None:
        self._needs.remove(block)
        self._blocks.removeWidget(block)
        block.hide()
        block.deleteLater()
        self._renumber()
        self.guided.emit(self._needs[-1].kind if self._needs else "")

    def _renumber(self) -> None:
        for number, block in enumerate(self._needs, start=1):
            block.set_number(number)
        self._offer_line.setVisible(not self._needs)


def _words(list_name: str, wanted: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, naming.word(list_name, code)) for code in wanted]


def _shortened(sentence: str) -> str:
    """As much of a sentence as a chip has room for."""
    metrics = QFontMetrics(theme.font())
    return metrics.elidedText(sentence.rstrip("。."), Qt.TextElideMode.ElideRight, theme.px(_PHRASE))
