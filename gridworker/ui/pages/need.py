"""One need: where it stands on its way, the township's word, what was done; one main action (look 09, right)."""

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayoutItem, QMenu, QVBoxLayout, QWidget

from gridworker.domain.rules import need_states
from gridworker.i18n import _
from gridworker.services import household_page, naming
from gridworker.services.need_log import Event
from gridworker.services.need_page import NeedPage
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages import wording
from gridworker.ui.pages.field_history import bind_history, history_link, open_all
from gridworker.ui.pages.guide_panel import SHARE, GuidePanel
from gridworker.ui.pages.need_around import AroundBox
from gridworker.ui.pages.need_forms import ActionForm
from gridworker.ui.pages.need_parts import MaterialsLine, ReplyBox
from gridworker.ui.pages.undecided import UndecidedStrip
from gridworker.ui.pages.visit_form_fields import Checklist
from gridworker.ui.widgets import timeline
from gridworker.ui.widgets.button import PRIMARY, Button, icon_button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.flow import FlowLayout, flowing
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.steps import Steps
from gridworker.ui.widgets.timeline import Timeline

STEP, CLOSE, CALL_BACK, EXTEND, REPORT, WRITE_OFF, MOVE, FINISH, PRINT, EDIT, EDIT_STEP, TAKE_UP, TICK = (
    "step", "close", "callback", "extend", "report", "write_off", "move", "finish", "print", "edit",
    "edit_step", "take_up", "tick",
)  # fmt: skip
_LOOKS: Final = {
    "registered": ("message-square-warning", "grey"),
    "step": ("list-checks", "blue"),
    "passed": ("send", "violet"),
    "planned": ("calendar-check", "amber"),
    "moved": ("arrow-right", "violet"),
    "reply": ("reply", "amber"),
    "called": ("phone", "green"),
    "changed": ("pencil", "grey"),
}
_LEAST: Final = 430
_LITTLE_GUIDE: Final = 0.13
"""Of the page's height: a form, and in a low window what was done, go before what is read."""
_LOW: Final = 560
_MORE_MOVES: Final = (
    need_states.IN_PROGRESS, need_states.REPORTED, need_states.PLANNED, need_states.MERGED, need_states.VOIDED,
    need_states.WITHDRAWN, need_states.REGISTERED,
)  # fmt: skip


class NeedPanel(Card):
    """Shows one need; `asked(action, argument)` for everything that changes it."""

    asked = Signal(str, object)
    household_asked = Signal(object)
    elsewhere_asked = Signal(object, str, object)
    """Need, action and argument of what is not done on this page."""
    choice_asked = Signal()
    left = Signal()
    back_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page: NeedPage | None = None
        self.form: ActionForm | None = None
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 4, 4)
        self._inside.setSpacing(8)
        inner = QWidget()
        inner.setLayout(self._inside)
        self._inner = inner
        self._scroller = scrolling(inner)
        self.guide = GuidePanel(workspace, keeps_head=True)
        self.papers = Checklist(columns=3)
        self.guide.extra.addWidget(self.papers)
        self.papers.changed.connect(lambda: self.asked.emit(TICK, self.papers.value()))
        self.add(self._scroller, 1)
        self.add(self.guide)
        self.add(line())
        self._extend = Button(_("延期"), icon="timer", key="Y")
        self._report = Button(_("上报"), icon="send", key="U")
        self._more = Button(_("更多"), icon="ellipsis", key="M")
        self._print = icon_button("printer", _("打印交办单、材料清单 Ctrl+P"))
        self.main = Button("", PRIMARY)
        self._menu = QMenu(self._more)
        self._cancel = Button(_("取消"), key="Esc")
        self._back = Button(_("列表"), key="Esc")
        self._is_alone = False
        self._back.clicked.connect(self.back_asked)
        self.add(row(self._back, self._extend, self._report, self._more, self._print, 1, self._cancel, self.main))
        self._cancel.clicked.connect(self.leave_form)
        self._extend.clicked.connect(lambda: self.asked.emit(EXTEND, None))
        self._report.clicked.connect(lambda: self.asked.emit(REPORT, None))
        self._more.clicked.connect(self.open_menu)
        self._print.clicked.connect(lambda: self.asked.emit(PRINT, None))
        self.main.clicked.connect(self.run_main)
        bind_history(self, self.show_history)

    def minimumSizeHint(self) -> QSize:
        """Room for the way of a need and for every button: the main one never gives way."""
        least = super().minimumSizeHint()
        return least.expandedTo(QSize(theme.px(_LEAST), least.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card takes more where there is more room."""
        super().resizeEvent(event)
        self._fit_guide()

    def _fit_guide(self) -> None:
        low = self.form is not None or self.height() < theme.px(_LOW)
        self.guide.set_share(_LITTLE_GUIDE if low else SHARE)

    def show_alone(self, alone: bool) -> None:
        """Whether the list is behind it, one key away."""
        self._is_alone = alone
        self._back.setVisible(alone and self.form is None)

    def show_need(self, page: NeedPage) -> None:
        """Show a need."""
        self.page = page
        self.form = None
        self._fit_guide()
        self._clear()
        self._inside.addLayout(self._tags(page))
        self._inside.addWidget(label(page.content, "record_title", wrap=True))
        self._inside.addLayout(self._whose(page))
        if page.undecided:
            strip = UndecidedStrip(page.undecided)
            strip.asked.connect(self.choice_asked)
            self._inside.addWidget(strip)
        if page.path:
            path = Steps()
            path.show_steps(page.path, page.place)
            self._inside.addWidget(path)
        self._inside.addWidget(line())
        self._inside.addLayout(self._facts(page))
        if page.reply:
            self._inside.addWidget(ReplyBox(page.reply, self._workspace.today))
        self._inside.addLayout(self._log_head())
        self._slot = self._inside.count()
        log = Timeline([_event(one, self._workspace.today) for one in page.events])
        log.asked.connect(partial(self.asked.emit, EDIT_STEP))
        self._inside.addWidget(log)
        around = AroundBox(page.around, self._workspace.today)
        around.asked.connect(self.asked)
        around.elsewhere_asked.connect(partial(self.elsewhere_asked.emit, page.id))
        self._inside.addWidget(around)
        self._inside.addStretch(1)
        self._show_actions(page)
        self._show_guide(page)
        self._scroller.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._inner.updateGeometry)  # once lines know their width

    def _show_guide(self, page: NeedPage) -> None:
        """The card of its kind, with the papers to tick."""
        papers = page.materials
        self.papers.show_papers(papers.needed if papers else ())
        self.papers.set_value(papers.there if papers else ())
        self.guide.show_kind(page.kind_code)

    def open_form(self, form: ActionForm) -> None:
        """Put a form above the log and go into it."""
        self.close_form()
        self.form = form
        self._fit_guide()
        self._back.hide()
        self._inside.insertWidget(self._slot, form)
        form.show()  # at once: what is hidden cannot take the focus
        form.left.connect(self.leave_form)
        form.first_focus().setFocus()
        for part in (self._extend, self._report, self._more, self._print):
            part.hide()
        self._cancel.show()
        self.main.show()
        self.main.show_face(form.verb, icon="check", key="Ctrl+Enter")
        QTimer.singleShot(0, self, self._show_form)  # once everything has its place

    def _show_form(self) -> None:
        """As much of the form as there is room for, its first field in any case."""
        if self.form is not None:
            self._scroller.ensureWidgetVisible(self.form)
            self._scroller.ensureWidgetVisible(self.form.first_focus())

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self._inside.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
            self._fit_guide()
            self.show_alone(self._is_alone)
        if self.page is not None:
            self._show_actions(self.page)

    def leave_form(self) -> None:
        """Think better of it."""
        self.close_form()
        self.left.emit()

    def run_main(self) -> None:
        """The main action, or the open form's."""
        if self.form is not None:
            self.form.submit()
        elif self.page is not None and (action := main_action(self.page)):
            self.asked.emit(action, None)

    def _clear(self) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            _drop(item)

    def _tags(self, page: NeedPage) -> QHBoxLayout:
        pills = flowing(Pill(page.kind, "primary"))
        if page.urgency:
            tone = wording.URGENCY_TONES.get(page.urgency, "grey")
            pills.addWidget(Pill(wording.urgency_word(page.urgency), tone, dot=True))
        state = wording.state_mark(page.state, page.status)
        if not page.path or page.state in {need_states.RETURNED, need_states.PLANNED}:
            pills.addWidget(Pill(state.text, state.tone))
        if page.standing.is_above_grid:
            pills.addWidget(Pill(wording.standing(page.standing, self._workspace.today), "violet"))
        if page.reopened:
            pills.addWidget(Pill(_("重办 {count} 次").format(count=page.reopened), "amber"))
        made = row()
        made.addLayout(pills, 1)
        made.addWidget(history_link(self.show_history))
        edit = link(_("改"))
        edit.setAccessibleName(_("改诉求"))
        edit.clicked.connect(lambda: self.asked.emit(EDIT, None))
        made.addWidget(edit)
        made.addWidget(key_cap("E"))
        if page.confidential:
            lock = IconMark("lock", "text2", 15)
            lock.setToolTip(_("保密：只随加密的完整版上报"))
            made.addWidget(lock)
        return made

    def _whose(self, page: NeedPage) -> FlowLayout:
        who = Button(page.who or _("（未登记反映人）"), "link", icon="user", gives_way=True)
        who.setEnabled(page.household is not None)
        who.clicked.connect(lambda: self.household_asked.emit(page.household))
        made = flowing(who, ElidedLabel(page.where))
        if page.phone:
            made.addWidget(MaskedLabel(page.phone, partial(self._reveal, page.id)))
            made.addWidget(key_cap("Alt"))
        registered = _("登记 {day}").format(day=wording.day(page.registered_at, self._workspace.today))
        made.addWidget(label(page.number, "second"))
        made.addWidget(label(" · ".join(word for word in (registered, page.source) if word), "second"))
        return made

    def show_history(self) -> None:
        """Everything ever said about the need and its steps."""
        if self.page is not None:
            open_all(self, self._workspace, "need", self.page.id)

    def _reveal(self, need: int) -> str:
        return household_page.reveal(self._workspace, "need", need, "phone")

    def _facts(self, page: NeedPage) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        due = wording.due_mark(page.due_on, self._workspace.today)
        is_open = need_states.is_open({"status": page.status})
        day = label(wording.day(page.due_on, self._workspace.today) or due.text)
        late = flowing(day, Pill(due.text, due.tone)) if due.tone and is_open else flowing(day)
        limit = QWidget()
        limit.setLayout(late)
        cells: list[tuple[str, QWidget]] = [(_("办理时限"), limit)]
        cells += [(name, ElidedLabel(text)) for name, text in page.facts]
        if page.materials:
            cells.append((_("材料"), MaterialsLine(page.materials)))
        for place, (name, widget) in enumerate(cells):
            at, side = place // 2, place % 2 * 2
            grid.addWidget(label(name, "second"), at, side)
            grid.addLayout(row(widget), at, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _log_head(self) -> QHBoxLayout:
        add = link(_("记一条"), icon="plus")
        add.clicked.connect(lambda: self.asked.emit(STEP, None))
        made = row(label(_("办理记录"), "card_title"), 1, add, key_cap("N"))
        planned = next((one for one in self.page.events if one.sort == "planned"), None) if self.page else None
        if planned:
            done = link(_("计划的办了"), icon="check")
            done.clicked.connect(lambda: self.asked.emit(FINISH, planned))
            made.insertWidget(2, done)
        return made

    def _show_actions(self, page: NeedPage) -> None:
        self._cancel.hide()
        self._print.show()
        action = main_action(page)
        words = {CLOSE: _("办结"), CALL_BACK: _("回访"), WRITE_OFF: _("销号"), TAKE_UP: _("继续办理")}
        word = words.get(action, "")
        self.main.setVisible(bool(word))
        self.main.show_face(word, icon="phone" if action == CALL_BACK else "check", key="Ctrl+Enter")
        is_open = need_states.is_open({"status": page.status})
        self._extend.setVisible(is_open and bool(page.due_on))
        self._report.setVisible(bool(page.upwards) and is_open)
        self._menu.clear()
        for target in _MORE_MOVES:
            if target in page.moves and not (target == need_states.REPORTED and is_open):
                word = _("改为 {state}").format(state=naming.word("need_status", target))
                self._menu.addAction(word, partial(self.asked.emit, MOVE, target))
        self._more.setVisible(not self._menu.isEmpty())

    def press(self, key: str) -> None:
        """The button that shows this key, if it is offered now."""
        for button in (self._extend, self._report, self._more):
            if button.key() == key and button.isVisible():
                button.click()

    def open_menu(self) -> None:
        """Above the button, which stands at the foot of the page; its first line is chosen at once."""
        corner = self._more.mapToGlobal(self._more.rect().topLeft())
        corner.setY(corner.y() - self._menu.sizeHint().height() - 4)
        self._menu.popup(corner)
        self._menu.setActiveAction(self._menu.actions()[0])


def main_action(page: NeedPage) -> str:
    """What Ctrl+Enter does for a need as it stands: take up what was returned, close, call back, write off."""
    if page.state == need_states.RETURNED:
        return TAKE_UP
    if need_states.is_open({"status": page.status}):
        return CLOSE
    if page.state == need_states.TO_CALL_BACK:
        return CALL_BACK
    return WRITE_OFF if page.status == need_states.CLOSED else ""


def _event(one: Event, today: date) -> timeline.Event:
    icon, tone = _LOOKS.get(one.sort, ("circle-dot", "grey"))
    words = [word for word in one.words if word]
    if one.sort == "planned":
        mark = wording.due_mark(one.at, today)
        planned = _("计划 {day}").format(day=wording.day(one.at, today))
        pill = mark.text if mark.tone else planned
        head = " · ".join([_("接着办"), *([planned] if mark.tone else []), *words])
        return timeline.Event(
            head, one.body, one.who, icon, tone, pill=pill, pill_tone=mark.tone or "amber", key=one.own
        )
    return timeline.Event(" · ".join([wording.day(one.at, today), *words]), one.body, one.who, icon, tone, key=one.own)


def _drop(item: QLayoutItem) -> None:
    """Delete whatever a layout held, layouts within it too."""
    widget, inner = item.widget(), item.layout()
    if widget is not None:
        widget.hide()
        widget.deleteLater()
    while inner is not None and (held := inner.takeAt(0)) is not None:
        _drop(held)
