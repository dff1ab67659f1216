"""诉求: the list with its filters, and beside it, or over it in a small window, the need that is chosen (look 09)."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import naming, need_page, needs_list
from gridworker.services.needs_list import NeedLine, Wish
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.models.paged import Paged
from gridworker.ui.page import page_row
from gridworker.ui.pages import need, need_around, need_edit, need_escalate, need_forms, need_refer, wording
from gridworker.ui.pages.need import NeedPanel
from gridworker.ui.pages.need_edit import NeedDialog
from gridworker.ui.pages.need_forms import ActionForm
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.need_pick import merge_into
from gridworker.ui.pages.needs_board import NeedsBoard
from gridworker.ui.pages.needs_filters import NeedFilters
from gridworker.ui.pages.worker_page import ChoiceKey, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import Card, boxed
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.date_field import stop_at_unread
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.key_cap import KeyLegend, key_cap
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed
from gridworker.ui.widgets.top_bar import Action, Heading

_LEAST = 400
"""Pixels at scale 1.0 that the list keeps beside a need."""
_WITH_FORM = {need_states.CLOSED: need.CLOSE, need_states.PLANNED: need.MOVE}
"""By state: the action whose form asks for what a need in it must have."""
_HANDED_ON = {
    need_around.REFER: need_refer.done, need_around.ANSWER: need_refer.done, need.REPORT: need_escalate.done,
    need_around.ANSWER_ABOVE: need_escalate.done,
}  # fmt: skip
"""By action: what saves the form of a need that goes to somebody else, or of what came back."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class NeedsPage(WorkerPage):
    """List at the left, the chosen need at the right."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        super().__init__(Heading(_("诉求")), workspace, bus, Action(_("登记诉求"), self._register, key="F4"))
        self.filters = NeedFilters(workspace)
        columns = (Column(_("状态"), wording.widest_state()), Column(_("时限"), 86, right=True))
        self.rows = RowList(_("诉求"), columns)
        self.panel = NeedPanel(workspace)
        self.board = NeedsBoard(workspace)
        self._count = label("", "second")
        self._keep, self._to_board = link(_("存为筛选"), icon="bookmark"), link(_("看板"), icon="chart-column")
        self._none = EmptyState("message-square-warning", "", "")
        self._any = False
        self._build()
        self._connect()

    def first_focus(self) -> QWidget:
        """The board while it is shown, the list, or the filters where it is empty."""
        if self._stack.currentWidget() is self.board:
            return self.board.first_focus()
        if self._list.isHidden():
            return self.panel.main
        return self.filters.chips if self._table.isHidden() else self.rows

    def refresh(self) -> None:
        """Read counts, rows and the chosen need anew."""
        self._any = self.filters.refresh()
        self._show_rows()

    def open_key(self, key: object) -> None:
        """Show one need by its id, or a filter of the list."""
        self._show_list()
        if isinstance(key, str):
            self.filters.choose(key)
            self._show_rows()
            return
        if key not in self._source.places:
            self.filters.choose(needs_list.ALL)
            self.filters.reset()
            self._show_rows()
        if isinstance(key, int) and key in self._source.places:
            self.rows.select_number(self._source.places[key])
            self.columns.turn_to(self.panel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N writes a step, Z hands the need on, E corrects it, Y U M press the panel's buttons, B shows the board, S
        keeps the filter, / looks for words, digits choose a filter from the list, Esc leads from a need back to the
        list behind it; only where nobody is typing.
        """
        views = {"b": self._switch, "s": self.filters.ask_name}
        actions = {"n": need.STEP, "e": need.EDIT, "z": need_around.REFER}
        if event.text().casefold() in actions and not event.modifiers():
            self._ask(actions[event.text().casefold()], None)
        elif event.text().casefold() in {"y", "u", "m"} and not event.modifiers():
            if self._is_in_sight():
                self.panel.press(event.text().upper())
        elif event.key() == Qt.Key.Key_Escape and self._list.isHidden():
            self._back_to_list()
        elif event.text().casefold() in views and not event.modifiers():
            views[event.text().casefold()]()
        elif event.text() == "/":
            self.filters.typed.setFocus()
        elif self.rows.hasFocus() and not event.modifiers() & ~_KEYPAD and self.filters.chips.press(event.text()):
            self.first_focus().setFocus()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        card = self._list = Card()
        card.add(self.filters)
        self._table = headed(_("诉求"), self.rows)
        card.add(self._table, 1)
        card.add(self._none, 1)
        legend = KeyLegend([("↑ ↓", _("选择")), ("/", _("查找"))])
        keep, board = (boxed(one, key_cap(key)) for one, key in ((self._keep, "S"), (self._to_board, "B")))
        card.add(flowing(self._count, legend, keep, board))
        both = QWidget()
        card.setMinimumWidth(theme.px(_LEAST))
        self.columns = SideColumns(card, self.panel, weights=(10, 9))
        self.columns.beside.connect(lambda beside: self.panel.show_alone(not beside))
        self.panel.show_alone(False)
        page_row(both).addWidget(self.columns)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self.board)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._source = Paged((), self._load)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show_rows)
        self._keep.clicked.connect(self.filters.ask_name)
        self._to_board.clicked.connect(self._switch)
        self.filters.said.connect(self.said)
        self.board.opened.connect(self._open_card)
        self.board.moved.connect(self._move_card)
        self.board.left.connect(self._switch)
        self.rows.chosen.connect(self._show_need)
        self.rows.opened.connect(lambda _need: self._go_to_need())
        self.panel.asked.connect(self._ask)
        self.panel.elsewhere_asked.connect(partial(need_around.go, self))
        self.panel.choice_asked.connect(self._go_to_choice)
        self.panel.left.connect(self._focus_again)
        self.panel.back_asked.connect(self._back_to_list)
        self.panel.household_asked.connect(lambda id: self.navigate.emit("households", HouseholdKey(id)))
        keys.bind(self, "Ctrl+Enter", self._run_main)
        keys.bind(self, "Ctrl+P", lambda: self._ask(need.PRINT, None))
        keys.bind(self, "F7", self.panel.guide.toggle, _("打开、收起办事指南"))
        keys.bind(self.filters.typed, "Down", self.rows.setFocus, _("从查找到列表"))

    def _is_in_sight(self) -> bool:
        """Whether the need is seen; if not it is turned to first: nothing is done to what one does not see."""
        seen = self.panel.isVisibleTo(self)
        if not seen:
            self._go_to_need()
        return seen

    def _run_main(self) -> None:
        if self._is_in_sight():
            self.panel.run_main()

    def _go_to_need(self) -> None:
        self.columns.turn_to(self.panel)
        self.panel.main.setFocus()

    def _back_to_list(self) -> None:
        self.columns.turn_to(self._list)
        self.first_focus().setFocus()

    def _focus_again(self) -> None:
        """After a form: the list, or the need where it stands before the list."""
        (self.panel.main if self._list.isHidden() else self.rows).setFocus()

    def _go_to_choice(self) -> None:
        """What is written differently about the need shown."""
        if self.panel.page is not None:
            self.navigate.emit("weekly", ChoiceKey(self.panel.page.id))

    def _show_rows(self) -> None:
        kept = self.rows.current_key()
        wish = self.filters.wish()
        found = needs_list.ids(self.workspace, wish)
        self._source = Paged(found, self._load)
        self.rows.set_source(len(found), self._source.row, lead=True)
        if kept in self._source.places:
            self.rows.select_number(self._source.places[kept])
        self._count.setText(_("共 {count} 件").format(count=len(found)))
        self._table.setVisible(bool(found))
        self._none.setVisible(not found)
        self._none.show_words(*self._why_none(wish))
        self._show_need(self.rows.current_key())
        if self._stack.currentWidget() is self.board:
            self.board.show_needs(wish)

    def _switch(self) -> None:
        """From the list to the board and back; the same need stays current."""
        if self._stack.currentWidget() is self.board:
            self._show_list()
        else:
            self._stack.setCurrentWidget(self.board)
            self.board.show_needs(self.filters.wish())
        self.first_focus().setFocus()

    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)

    def _open_card(self, id: Id) -> None:
        self.open_key(id)
        self.first_focus().setFocus()

    def _move_card(self, id: Id, target: str) -> None:
        """By the rules: what needs more words opens its form, what is not allowed says why."""
        page = self.attempt(lambda: need_page.read(self.workspace, id))
        if page is None or page.status == target:
            return
        if target in page.moves and target in _WITH_FORM:
            self._open_card(id)
            self._ask(_WITH_FORM[target], target)
            return
        done = self.attempt(lambda: need_page.change(self.workspace, id, {"status": target}))
        if done is not None:
            self.tell_done(_("已移到{state}").format(state=naming.word("need_status", target)), done)
            self.board.show_need(id)

    def _why_none(self, wish: Wish) -> tuple[str, str]:
        """What an empty list says, and what to do."""
        if not self._any:
            return _("还没有诉求"), _("按 F4 登记第一件；走访时也能记")
        if wish == Wish():
            return _("没有未办结的诉求"), _("办结了的在“全部”里")
        return _("没有这样的诉求"), _("换个筛选或写法再找")

    def _load(self, wanted: Sequence[Id]) -> list[Row]:
        return [self._row(one) for one in needs_list.lines(self.workspace, wanted)]

    def _row(self, one: NeedLine) -> Row:
        today = self.workspace.today
        due = wording.due_mark(one.due_on, today)
        if not need_states.is_open({"status": one.status}):
            due = Mark(wording.day(one.closed_on, today))
        elif one.status == need_states.PLANNED:
            due = Mark(wording.day(one.due_on, today))
        icon = {"red": "circle-alert", "amber": "circle-alert"}.get(due.tone, "")
        handed = _("转 {receiver}").format(receiver=one.handed_to) if one.handed_to else ""
        handed = _("{handed}，超期未答复").format(handed=handed) if one.answer_late else handed
        second = " · ".join(part for part in (handed, one.kind, f"{one.who} {one.where}".strip(), one.number) if part)
        state = wording.state_mark(one.state, one.status)
        return Row(one.content, second, one.id, icon=icon, icon_tone=due.tone or "text2", marks=(state, due))

    def _show_need(self, key: Id | None) -> None:
        page = self.attempt(lambda: need_page.read(self.workspace, key)) if key else None
        self.columns.offer_side(page is not None)
        if page is not None and page != self.panel.page:
            self.panel.show_need(page)
            self.rest_on("need", page.id)

    def _ask(self, action: str, argument: Any) -> None:
        """Open the form of an action; what needs no form is done at once."""
        page = self.panel.page
        if page is None:
            return
        if action == need.PRINT:
            self._print(page.id)
        elif action == need.TAKE_UP:
            self._change({"status": need_states.IN_PROGRESS}, _("已继续办理"))
        elif action == need.TICK:
            self._tick(argument)
        elif action in {need.EDIT, need.EDIT_STEP}:
            self._correct(page.id, argument)
        elif action == need.WRITE_OFF:
            self._change({"status": need_states.WRITTEN_OFF}, _("已销号"))
        elif action == need.MOVE and argument == need_states.MERGED:
            merge_into(self.workspace, self, page.id, self._merge_into)
        elif action == need.MOVE and argument in {need_states.IN_PROGRESS, need_states.REGISTERED}:
            self._change({"status": argument}, _("已改状态"))
        else:
            self._open_form(action, argument)

    def _tick(self, papers: Sequence[str]) -> None:
        """The list is read anew meanwhile; the box keeps the focus."""
        paper = self.panel.papers.focused()
        self._change({"materials": papers}, _("已记材料"))
        self.panel.papers.focus(paper)

    def _print(self, id: Id) -> None:
        from gridworker.ui.printing.choices import need_paper

        need_paper(self.workspace, self, id).open()

    def _open_form(self, action: str, argument: Any) -> None:
        page = self.panel.page
        if page is None:
            return
        forms: dict[str, Callable[[], ActionForm]] = {
            need.STEP: lambda: need_forms.step_form(self.workspace),
            need.FINISH: lambda: need_forms.step_form(self.workspace, argument.body),
            need.CLOSE: lambda: need_forms.close_form(self.workspace),
            need.CALL_BACK: need_forms.callback_form,
            need.EXTEND: lambda: need_forms.extend_form(self.workspace, page),
            need.MOVE: lambda: need_forms.move_form(argument),
            need.REPORT: lambda: need_escalate.escalate_form(self.workspace, page.id, page.upwards),
            need_around.ANSWER_ABOVE: lambda: need_escalate.answer_form(self.workspace),
            need_around.REFER: lambda: need_refer.refer_form(self.workspace, page),
            need_around.ANSWER: lambda: need_refer.answer_form(self.workspace),
        }
        form = forms[action]()
        which = argument.step if action == need.FINISH else argument
        form.keep_draft(self.workspace, "/".join(str(part) for part in ("need", page.id, action, which) if part))
        form.submitted.connect(lambda given: self._submit(form, action, argument, given))
        self.columns.turn_to(self.panel)
        self.panel.open_form(form)

    def _submit(self, form: ActionForm, action: str, argument: Any, given: Mapping[str, Any]) -> None:
        page = self.panel.page
        if page is None or stop_at_unread(form):
            return
        try:
            sentence, done = self._do(page.id, action, argument, dict(given))
        except GridworkerError as error:
            form.show_problem(error.told, error.field)
            return
        form.drop_draft()
        self.panel.close_form()
        self._focus_again()
        self.tell_done(sentence, done)

    def _do(self, id: Id, action: str, argument: Any, given: dict[str, Any]) -> tuple[str, Done]:
        if action in {need.STEP, need.FINISH}:
            step = argument.step if action == need.FINISH else 0
            return _("已记办理"), need_page.take_step(self.workspace, id, given, step)
        if action == need.CALL_BACK:
            satisfaction, note = str(given.get("satisfaction") or ""), str(given.get("note") or "")
            again = satisfaction == need_states.DISSATISFIED
            sentence = _("已记回访，重新办理") if again else _("已记回访")
            return sentence, need_page.call_back(self.workspace, id, satisfaction, note)
        if action == need.CLOSE:
            given["status"] = need_states.CLOSED
            return _("已办结，待回访"), need_page.change(self.workspace, id, given)
        if action in _HANDED_ON:
            return _HANDED_ON[action](self.workspace, id, argument, given)
        if action == need.MOVE:
            given["status"] = argument
            return _("已改状态"), need_page.change(self.workspace, id, given)
        return _("已延期"), need_page.put_off(self.workspace, id, given)

    def _merge_into(self, other: Id) -> None:
        given = {"status": need_states.MERGED, "merged_into": to_text(other)}
        into = naming.title(self.workspace, ledger("need"), other)
        self._change(given, _("已并入 {need}").format(need=into))

    def _correct(self, id: Id, step: Id | None) -> None:
        """What stands of the need, or of one of its steps."""
        edit = need_edit.edit_step(self.workspace, self, step) if step else NeedDialog(self.workspace, self, id)
        edit.saved.connect(lambda done: self.tell_done(_("已改记录") if step else _("已改诉求"), done))
        edit.open()

    def _register(self) -> None:
        dialog = NewNeedDialog(self, self.workspace)
        dialog.saved.connect(self._on_registered)
        dialog.known_asked.connect(lambda known: self.open_key(known.id))
        dialog.open()

    def _on_registered(self, done: Done) -> None:
        self.tell_done(_("已登记诉求"), done)
        self.open_key(done.written.ids[0])

    def _change(self, given: Mapping[str, Any], sentence: str) -> None:
        page = self.panel.page
        done = self.attempt(lambda: need_page.change(self.workspace, page.id, given)) if page else None
        if done is not None:
            self.tell_done(sentence, done)
