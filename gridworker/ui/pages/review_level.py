"""At which level a need stands, in 审核: the steps upwards with their answers, and the next one."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.rules.escalation import COUNTY
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.escalating import Escalated
from gridworker.services.review import Record
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages import need_escalate, wording
from gridworker.ui.pages.need_forms import ActionForm
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.date_field import stop_at_unread
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.pill import Pill

_WIDTH = 560


class LevelBox(Card):
    """`escalate_asked` for the next step, `answer_asked(step)` for what came back; hidden where there is neither."""

    escalate_asked = Signal()
    answer_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(frame="inset", padding=12)
        self.pill = Pill("", "violet")
        self.up = link(_("上报县"), icon="send")
        self._cap = key_cap("U")
        self.add(row(label(_("所在层级"), "strong"), self.pill, 1, self.up, self._cap))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(4)
        holder = QWidget()
        holder.setLayout(self._steps)
        self._steps.setContentsMargins(0, 0, 0, 0)
        self.add(holder)
        self._lines: list[QWidget] = []
        self.up.clicked.connect(self._on_up)

    def _on_up(self) -> None:
        self.escalate_asked.emit()

    def show_levels(self, found: Record, today: date) -> None:
        """The steps so far, the first first."""
        self.pill.show_state(wording.standing(found.standing, today), "violet")
        for part in (self.up, self._cap):
            part.setVisible(COUNTY in found.upwards)
        for old in self._lines:
            self._steps.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [self._line(one, today) for one in found.passed]
        for line in self._lines:
            self._steps.addWidget(line)
        self.setVisible(bool(found.passed or found.upwards))

    def _line(self, one: Escalated, today: date) -> QWidget:
        made = QWidget()
        days = _("{sent} 报{to}").format(sent=wording.day(one.sent_on, today), to=one.to)
        parts = flowing(label(days))
        if one.paper_no:
            parts.addWidget(label(one.paper_no, "second"))
        if one.outcome:
            parts.addWidget(Pill(_(one.outcome), wording.OUTCOME_TONES.get(one.outcome, "grey")))
        if one.waits and one.due_on:
            mark = wording.due_mark(one.due_on, today)
            told = mark if one.late else None
            words = told.text if told else _("{day}前答复").format(day=wording.day(one.due_on, today))
            parts.addWidget(Pill(words, told.tone if told else "amber"))
        if one.waits and one.to_level == COUNTY:
            answer = link(_("记答复"), icon="reply")
            answer.clicked.connect(partial(self.answer_asked.emit, one.id))
            parts.addWidget(answer)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(parts)
        for text in filter(None, (one.asked, one.answer)):
            column.addWidget(label(text, "second", wrap=True))
        return made


class StepDialog(Dialog):
    """A step of a need to the next level, or the answer to one; `saved(sentence, done)`."""

    saved = Signal(str, object)

    def __init__(self, parent: QWidget, workspace: Workspace, found: Record, passed: Id | None = None) -> None:
        super().__init__(parent.window())
        self._workspace, self._need, self._passed = workspace, found.row.id, passed
        form = need_escalate.answer_form(workspace) if passed else need_escalate.escalate_form(
            workspace, found.row.id, found.upwards
        )  # fmt: skip
        self.form: ActionForm = form
        self.setWindowTitle(form.verb)
        self.setProperty("ground", "surface")
        save = Button(form.verb, PRIMARY, icon="check", key="Ctrl+Enter")
        leave = Button(_("取消"), key="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(found.text("content"), "second", wrap=True))
        column.addWidget(form)
        column.addLayout(row(1, leave, save))
        self.setFixedWidth(theme.px(_WIDTH))
        save.clicked.connect(self._submit)
        leave.clicked.connect(self.reject)
        form.left.connect(self.reject)
        form.submitted.connect(self._save)
        keys.bind(self, "Ctrl+Enter", self._submit)
        form.first_focus().setFocus()

    def _submit(self) -> None:
        if not stop_at_unread(self.form):
            self.form.submit()

    def _save(self, given: Mapping[str, Any]) -> None:
        try:
            sentence, done = need_escalate.done(self._workspace, self._need, self._passed, given)
        except GridworkerError as error:
            self.form.show_problem(error.told, error.field)
            return
        self.accept()
        self.saved.emit(sentence, done)
