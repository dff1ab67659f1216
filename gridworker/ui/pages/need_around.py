"""What hangs on a need in the community's own ledgers: whom it went to, mediation, projects; a line each."""

from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import proposals
from gridworker.services.affairs import Line
from gridworker.services.escalating import Escalated
from gridworker.services.need_community import Around
from gridworker.services.referring import Referred
from gridworker.ui.pages import wording
from gridworker.ui.pages.affairs_edit import new_record
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.flow import FlowLayout, flowing
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill

REFER, ANSWER, SLIP, OPEN = "refer", "answer", "slip", "open"
ANSWER_ABOVE = "answer_above"
PROJECT, MEDIATE, TOPIC = "project", "mediate", "topic"


class AroundBox(QWidget):
    """`asked(action, argument)` for a form of the need: a new referral, the answer to one; `elsewhere_asked` for a
    slip to print, a record to open or to make.
    """

    asked = Signal(str, object)
    elsewhere_asked = Signal(str, object)

    def __init__(self, around: Around, today: date) -> None:
        super().__init__()
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._head(around))
        for step in around.passed:
            column.addLayout(self._passed(step))
        for one in around.referrals:
            column.addLayout(self._referral(one))
            said = " · ".join(filter(None, (one.services, one.asked, one.answer)))
            if said:
                column.addWidget(label(said, "second", wrap=True))
        for line in around.others:
            column.addLayout(self._line(line))

    def _head(self, around: Around) -> QHBoxLayout:
        made = row(label(_("转办与协作"), "card_title"), 1)
        if around.is_dispute:
            made.addWidget(self._link(_("调解"), "scale", MEDIATE))
        made.addWidget(self._link(_("立项"), "briefcase", PROJECT))
        made.addWidget(self._link(_("提议题"), "vote", TOPIC))
        made.addWidget(self._link(_("转办"), "arrow-right", REFER))
        made.addWidget(key_cap("Z"))
        return made

    def _referral(self, one: Referred) -> QHBoxLayout:
        parts = flowing(IconMark("arrow-right", "text2", 15), label(one.receiver, "strong"))
        days = _("{sent} 转出").format(sent=wording.day(one.sent_on, self._today))
        parts.addWidget(label(days, "second"))
        self._show_limit(parts, one)
        if one.outcome:
            parts.addWidget(Pill(one.outcome, wording.OUTCOME_TONES.get(one.outcome, "grey")))
        made = row()
        made.addLayout(parts, 1)
        if one.waits:
            made.addWidget(self._link(_("记答复"), "reply", ANSWER, one.id))
        made.addWidget(self._link(_("交办单"), "printer", SLIP, one.id))
        return made

    def _passed(self, one: Escalated) -> QHBoxLayout:
        """A step upwards that waits for its answer."""
        parts = flowing(IconMark("send", "text2", 15), label(one.to, "strong"))
        days = _("{sent} 上报").format(sent=wording.day(one.sent_on, self._today))
        parts.addWidget(label(" · ".join(filter(None, (days, one.paper_no))), "second"))
        self._show_limit(parts, one)
        made = row()
        made.addLayout(parts, 1)
        made.addWidget(self._link(_("记答复"), "reply", ANSWER_ABOVE, one.id))
        return made

    def _show_limit(self, parts: FlowLayout, one: Referred | Escalated) -> None:
        if one.late:
            mark = wording.due_mark(one.due_on, self._today)
            parts.addWidget(Pill(mark.text, mark.tone))
        elif one.waits and one.due_on:
            parts.addWidget(Pill(_("{day}前答复").format(day=wording.day(one.due_on, self._today)), "amber"))

    def _line(self, line: Line) -> QHBoxLayout:
        go = link(line.title)
        go.clicked.connect(partial(self.elsewhere_asked.emit, OPEN, line))
        made = row(label(_(ledger(line.ledger).label), "second"), go)
        if line.state:
            made.addWidget(Pill(line.state, wording.OUTCOME_TONES.get(line.state, "grey")))
        made.addWidget(ElidedLabel(line.second, "second"), 1)
        return made

    def _link(self, word: str, icon: str, action: str, argument: object = None) -> QWidget:
        made = link(word, icon=icon)
        told = self.asked if action in {REFER, ANSWER, ANSWER_ABOVE} else self.elsewhere_asked
        made.clicked.connect(partial(told.emit, action, argument))
        return made


def go(page: WorkerPage, need: Id, action: str, argument: object) -> None:
    """Print the slip of a referral, open what hangs on a need, or make a project, session or topic of it."""
    if action == SLIP:
        from gridworker.ui.printing.choices import slip_of_referral

        slip_of_referral(page.workspace, page, need, cast("Id", argument)).open()
    elif action in {PROJECT, TOPIC}:
        sentence = _("已立项") if action == PROJECT else _("已提为议题")
        made = ledger("project" if action == PROJECT else "topic")
        known = proposals.raised_from(page.workspace, need) if action == TOPIC else {"need": need}
        dialog = new_record(page.workspace, page, made, known)
        dialog.saved.connect(partial(page.tell_done, sentence))
        dialog.open()
    elif action == MEDIATE:
        page.navigate.emit("mediation", need)
    elif isinstance(argument, Line):
        page.navigate.emit("affairs", (argument.ledger, argument.id))
