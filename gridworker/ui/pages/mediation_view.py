"""One dispute: how far it has come, who stands against whom, and what was said at each session."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services.mediating import Mediation, Party, Session
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.steps import Steps
from gridworker.ui.widgets.timeline import Event, Timeline

SESSION, PARTY, BACK, NEED, EDIT, PRINT = "session", "party", "back", "need", "edit", "print"


class MediationView(Card):
    """`asked(action, argument)`: a session, a party, a call-back, the need; EDIT carries ledger and id."""

    asked = Signal(str, object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._shown: QWidget | None = None
        need = Button(_("打开诉求"), icon="message-square-warning", key="G")
        party = Button(_("添加当事人"), icon="user", key="P")
        self.back = Button(_("回访"), icon="phone", key="H")
        session = Button(_("记一次调解"), PRIMARY, icon="scale", key="N")
        paper = Button(_("打印"), icon="printer", key="D")
        ways = ((need, NEED), (paper, PRINT), (party, PARTY), (self.back, BACK), (session, SESSION))
        for button, action in ways:
            button.clicked.connect(partial(self.asked.emit, action, None))
        self._place = QVBoxLayout()
        self.add(self._place, 1)
        self.add(line())
        self.add(flowing(need, paper, party, self.back, session))

    def show_dispute(self, page: Mediation) -> None:
        """Show a dispute."""
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        inner = Card(frame="", padding=0)
        self._fill(inner, page)
        inner.body.addStretch(1)
        self._shown = scrolling(inner)
        self._place.addWidget(self._shown)
        self.back.setVisible(any(one.is_agreed and not one.called_back_on for one in page.sessions))

    def _fill(self, inner: Card, page: Mediation) -> None:
        state = wording.state_mark(page.state, page.status)
        tags = flowing(Pill(page.dispute.kind, "primary"), Pill(state.text, state.tone))
        for part in (ElidedLabel(page.where), label(page.dispute.number, "second")):
            tags.addWidget(part)
        inner.add(tags)
        inner.add(label(page.dispute.content, "record_title", wrap=True))
        way = Steps()
        way.show_steps(page.path, page.place)
        inner.add(way)
        facts = [f"{name} {text}" for name, text in page.facts]
        if page.due_on:
            facts.append(_("办理时限 {day}").format(day=wording.day(page.due_on, self._today)))
        inner.add(label(" · ".join(facts), "second", wrap=True))
        inner.add(label(_("当事人"), "card_title"))
        for party in page.parties:
            inner.add(self._party(party))
        if not page.parties:
            inner.add(label(_("还没写当事人，按 P 添加甲方和乙方。"), tone="text2", wrap=True))
        inner.add(label(_("调解记录"), "card_title"))
        log = Timeline([_event(one, self._today) for one in page.sessions])
        log.asked.connect(lambda id: self.asked.emit(EDIT, ("mediation", id)))
        inner.add(log)
        if not page.sessions:
            inner.add(label(_("还没调解，按 N 记第一次。"), tone="text2"))

    def _party(self, one: Party) -> QHBoxLayout:
        edit = link(_("改"))
        edit.setAccessibleName(_("改当事人"))
        edit.clicked.connect(partial(self.asked.emit, EDIT, ("party", one.id)))
        told = flowing(Pill(one.side, "blue"), label(one.name, "strong"), label(one.phone, "second"))
        made = row()
        made.addLayout(told, 1)
        made.addWidget(ElidedLabel(one.where, "second"))
        made.addWidget(edit)
        return made


def _event(one: Session, today: date) -> Event:
    head = " · ".join(filter(None, (wording.moment(one.held_at, today), one.place)))
    kept = _("已回访 {day}").format(day=wording.day(one.called_back_on, today)) if one.called_back_on else ""
    due = _("{day}前履行").format(day=wording.day(one.due_on, today)) if one.due_on else ""
    number = _("协议 {number}").format(number=one.agreement) if one.agreement else ""
    confirmed = _("已司法确认") if one.confirmed else ""
    witness = _("见证 {name}").format(name=one.witness) if one.witness else ""
    after = " · ".join(filter(None, (number, confirmed, due, kept, witness)))
    mark = wording.due_mark(one.due_on, today) if one.owed else None
    pill = _("该回访了") if mark else one.outcome
    tone = "red" if mark else wording.OUTCOME_TONES.get(one.outcome, "amber")
    body = "\n".join(filter(None, (one.content, after)))
    return Event(
        head, body, one.mediator, "scale", "green" if one.is_agreed else "blue", pill=pill, pill_tone=tone, key=one.id
    )
