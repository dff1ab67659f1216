"""住户: the list, filtered as one types, and the page of one household with its quick visit form."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import household_page, households_list, visiting
from gridworker.services.household_page import HouseholdPage
from gridworker.services.households_list import HomeLine
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.models.paged import Paged
from gridworker.ui.page import page_column
from gridworker.ui.pages import household_edit, wording
from gridworker.ui.pages.household import HouseholdView
from gridworker.ui.pages.visit_form_draft import DraftKeeper
from gridworker.ui.pages.worker_page import HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed
from gridworker.ui.widgets.top_bar import VISIT_KEY, Action, Heading

_PAUSE = 60  # ms of silence before a filter is applied


class HouseholdsPage(WorkerPage):
    """List and household on one page; the word before the title leads back."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        self._own = Heading(_("住户"))
        super().__init__(self._own, workspace, bus, Action(_("记录走访"), self._record_visit, key=VISIT_KEY))
        self._household: Id = 0
        self._queue: tuple[Id, ...] = ()
        self._saved: set[Id] = set()
        self.list = HouseholdsList(workspace)
        self.view = HouseholdView(workspace)
        self.form = self.view.form
        self.drafts = DraftKeeper(workspace, self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    def first_focus(self) -> QWidget:
        """The manner of the visit on a household, else the list."""
        return self.form.mode if self._household else self.list.rows

    def refresh(self) -> None:
        """Read the household or the list anew."""
        if self._household:
            self._show(self._household)
        else:
            self.list.refresh()

    def open_key(self, key: object) -> None:
        """Show a household, by its id or a HouseholdKey."""
        wanted = key if isinstance(key, HouseholdKey) else HouseholdKey(int(str(key)))
        if wanted.queue != self._queue:
            self._queue, self._saved = wanted.queue, set()
        self._open(wanted.household)
        if wanted.need and self._household:
            self.form.add_need()

    def go_back(self) -> None:
        """Back to the list."""
        self.drafts.flush()
        self._household = 0
        self.list.refresh()
        self._stack.setCurrentWidget(self.list)
        self.set_heading(self._own)
        self.list.rows.setFocus()

    def hideEvent(self, event: Any) -> None:
        """Leaving the page keeps the draft at once."""
        self.drafts.flush()
        super().hideEvent(event)

    def take_back(self, done: Done) -> None:
        """Undo a save; what was typed for a visit is on the form again."""
        super().take_back(done)
        typed = self._typed.pop(id(done), None)
        if typed is not None:
            household, body = typed
            self._open(household)
            self.form.set_draft(body)
            self.drafts.keep()
            self.form.mode.setFocus()

    def _connect(self) -> None:
        self._typed: dict[int, tuple[Id, dict[str, Any]]] = {}
        self.list.opened.connect(self._open_from_list)
        self.list.new_asked.connect(self._new_household)
        self.view.need_asked.connect(lambda need: self.navigate.emit("needs", need))
        self.view.choice_asked.connect(lambda: self.navigate.emit("weekly", None))
        self.view.edit_asked.connect(self._edit_household)
        self.view.member_asked.connect(self._edit_member)
        self.form.submitted.connect(self._save)
        self.form.emptied.connect(self._empty_form)
        keys.bind(self.view, "Ctrl+Enter", self._save)
        keys.bind(self.view, "F4", self.form.add_need)
        keys.bind(self.list, "Ctrl+N", self._new_household)

    def _open_from_list(self, household: Id) -> None:
        self._queue, self._saved = (), set()
        self._open(household)
        self.form.mode.setFocus()

    def _open(self, household: Id) -> None:
        page = self.attempt(lambda: household_page.read(self.workspace, household))
        if page is None:
            return
        self._household = household
        self._stack.setCurrentWidget(self.view)
        self._show_page(page)
        self.drafts.open_for(household, f"{page.head} {page.short_address}".strip())
        self.form.show_next_in_row(self._next() is not None)

    def _show(self, household: Id) -> None:
        page = self.attempt(lambda: household_page.read(self.workspace, household))
        if page is None:
            self.go_back()
        else:
            self._show_page(page)

    def _show_page(self, page: HouseholdPage) -> None:
        title = _("{head} 户").format(head=page.head) if page.head else page.short_address
        self.set_heading(Heading(title, _("住户")))
        self.view.show_household(page, self._position())

    def _position(self) -> str:
        if self._household not in self._queue:
            return ""
        place = self._queue.index(self._household) + 1
        return _("到期 {place} / {count}").format(place=place, count=len(self._queue))

    def _next(self) -> Id | None:
        """The household after this one in the row that is not done yet."""
        if self._household not in self._queue:
            return None
        place = self._queue.index(self._household)
        around = (*self._queue[place + 1 :], *self._queue[:place])
        return next((one for one in around if one not in self._saved), None)

    def _save(self) -> None:
        visit, needs = self.form.given()
        wrong = visiting.problems(self.workspace, visit, needs)
        self.form.show_problems(wrong)
        if wrong:
            return
        household, typed = self._household, self.form.draft()
        done = self.attempt(lambda: visiting.save(self.workspace, household, visit, needs))
        if done is None:
            return
        self._typed = {id(done): (household, typed)}
        self.drafts.drop()
        sentence = self._sentence(len(needs))
        self._saved.add(household)
        self._go_on()
        self.tell_done(sentence, done)

    def _sentence(self, needs: int) -> str:
        whom = self.form.whom.text()
        if needs:
            return _("已保存 {whom} 的走访和 {count} 件诉求").format(whom=whom, count=needs)
        return _("已保存 {whom} 的走访").format(whom=whom)

    def _go_on(self) -> None:
        """To the next due household; stay where there is no row, home when it is done."""
        following = self._next()
        if following is not None:
            self._open(following)
            self.form.mode.setFocus()
        elif self._household in self._queue:
            self._queue = ()
            self.go_back()
            self.navigate.emit("today", None)
        else:
            self._open(self._household)
            self.form.mode.setFocus()

    def _empty_form(self) -> None:
        self.drafts.drop()
        self.drafts.open_for(self._household, self.form.whom.text())
        self.form.mode.setFocus()

    def _record_visit(self) -> None:
        if not self._household and self.list.rows.current_key() is not None:
            self._open_from_list(self.list.rows.current_key())
        elif self._household:
            self.form.mode.setFocus()

    def _new_household(self) -> None:
        dialog = household_edit.new_household(self.workspace, self)
        dialog.saved.connect(self._on_household_made)
        dialog.open()

    def _on_household_made(self, done: Done) -> None:
        self.tell_done(_("已建新住户"), done)
        self._open_from_list(done.written.ids[0])

    def _edit_household(self) -> None:
        dialog = household_edit.edit_household(self.workspace, self, self._household)
        dialog.saved.connect(lambda done: self.tell_done(_("已保存住户资料"), done))
        dialog.open()

    def _edit_member(self, resident: Id) -> None:
        dialog = household_edit.edit_resident(self.workspace, self, self._household, resident)
        dialog.saved.connect(lambda done: self.tell_done(_("已保存成员资料"), done))
        dialog.open()


class HouseholdsList(QWidget):
    """Filters, a field to narrow them, and a hundred thousand rows if need be."""

    opened = Signal(object)
    new_asked = Signal()

    def __init__(self, workspace: Workspace, *, can_add: bool = True) -> None:
        super().__init__()
        self._workspace = workspace
        self.filters = ChipGroup(_("筛选"))
        self.typed = TextField(_("在住户里找"), _("姓名、拼音、门牌、电话尾号"), icon_name="search")
        level, tags, last = Column(_("关注"), 64), Column(_("标签"), 150), Column(_("上次走访"), 170)
        columns = (level, tags, last, Column(_("未办结"), 64, right=True))
        self.rows = RowList(_("住户"), columns, height=46)
        self._count = label("", "second")
        self._none = EmptyState("users", _("没有这样的住户"), _("换个写法，或按 Ctrl+N 登记新住户"))
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._show_rows)
        self._build(can_add=can_add)
        self.filters.changed.connect(lambda _which: self._show_rows())
        self.typed.textChanged.connect(self._pause.start)
        self.rows.opened.connect(self.opened)
        keys.bind(self, "/", self.typed.setFocus)
        keys.bind(self.typed, "Down", self.rows.setFocus)
        keys.bind(self.typed, "Enter", self._open_first)

    def refresh(self) -> None:
        """Read counts and rows anew."""
        words = {
            households_list.ALL: _("全部"),
            households_list.DUE: _("到期"),
            households_list.WATCHED: _("重点"),
            households_list.NEEDS: _("有诉求"),
            households_list.EMPTY: _("空户"),
        }
        counts = households_list.counts(self._workspace)
        self.filters.set_choices(
            Choice(which, words[which], str(number), count) for number, (which, count) in enumerate(counts.items(), 1)
        )
        self.filters.set_value(self.filters.value() or households_list.ALL)
        self._show_rows()

    def _build(self, *, can_add: bool) -> None:
        card = Card()
        self.typed.setFixedWidth(260)
        head = row(self.filters, 1, self.typed)
        if can_add:
            add = Button(_("新住户"), icon="plus", key="Ctrl+N")
            add.clicked.connect(self.new_asked)
            head.addWidget(add)
        card.add(head)
        self._table = headed(_("住户"), self.rows)
        card.add(self._table, 1)
        card.add(self._none, 1)
        legend = KeyLegend([("↑ ↓", _("选择")), ("Enter", _("打开")), ("F2", _("记录走访")), ("/", _("查找"))])
        card.add(row(self._count, 1, legend))
        page_column(self).addWidget(card)

    def _show_rows(self) -> None:
        self._pause.stop()
        kept = self.rows.current_key()
        found = households_list.ids(self._workspace, self.filters.value() or households_list.ALL, self.typed.text())
        source = Paged(found, self._load)
        self.rows.set_source(len(found), source.row, lead=True)
        if kept in source.places:
            self.rows.select_number(source.places[kept])
        self._count.setText(_("共 {count} 户").format(count=len(found)))
        self._table.setVisible(bool(found))
        self._none.setVisible(not found)

    def _load(self, wanted: Sequence[Id]) -> list[Row]:
        return [self._row(one) for one in households_list.lines(self._workspace, wanted)]

    def _row(self, one: HomeLine) -> Row:
        tone = wording.LEVEL_TONES.get(one.level, "grey")
        level = Mark(wording.level_word(one.level), tone if one.level != "normal" else "", dot=one.level != "normal")
        needs = Mark(str(one.open_needs), "amber") if one.open_needs else Mark("")
        marks = (level, Mark(one.tags), Mark(self._last(one)), needs)
        return Row(one.head or _("（未登记户主）"), one.address, one.id, dot=tone, marks=marks)

    def _last(self, one: HomeLine) -> str:
        if one.visit is None:
            return _("还没走访")
        at, mode, outcome = one.visit
        words = (code_list("visit_mode").label(mode), code_list("visit_outcome").label(outcome))
        return " · ".join((wording.day(at, self._workspace.today), *words))

    def _open_first(self) -> None:
        if self._pause.isActive():
            self._show_rows()
        if self.rows.current_key() is not None:
            self.opened.emit(self.rows.current_key())
