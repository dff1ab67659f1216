"""The queue of 审核: needs by urgency and due date, under four filters (look 13)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.review import OPEN, OVERDUE, QUEUES, TO_REVIEW, UNCONFIRMED, WHISTLE, Waiting
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

WORDS: Final = {TO_REVIEW: "待审核", UNCONFIRMED: "表内填写", OVERDUE: "超期", WHISTLE: "吹哨", OPEN: "未办结"}
DOTS: Final = {"red": "red", "yellow": "amber", "blue": "blue"}


class QueueCard(Card):
    """Emits `chosen(id or None)` as one goes through it, `opened(id)` on Enter, `marked(how many are selected)`."""

    chosen = Signal(object)
    opened = Signal(object)
    marked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Waiting] = ()
        self.filter = ChipGroup(_("看哪些"))
        self.list = RowList(_("诉求"), height=51, bold=False)
        self.empty = EmptyState("clipboard-check", "", "")
        self.done = label("", "second")
        self.add(self.filter)
        self.verify = link(_("核实提示、抽查"), icon="shield-check")
        self.add(row(label(_("按紧急程度、时限排"), "second"), 1, self.verify))
        self.add(self.list, 1)
        self.add(self.empty, 1)
        self.add(row(KeyLegend([("J K", _("下一条 / 上一条")), ("Shift ↓", _("多选"))]), 1, self.done))
        self.list.setSelectionMode(RowList.SelectionMode.ExtendedSelection)
        self.list.selectionModel().selectionChanged.connect(lambda: self.marked.emit(len(self.list.selected_keys())))
        self.filter.set_choices([Choice(TO_REVIEW, _(WORDS[TO_REVIEW]))])
        self.filter.set_value(TO_REVIEW)
        self.filter.changed.connect(lambda _value: self._show())
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)

    def show_lines(self, lines: Sequence[Waiting], today: date) -> None:
        """Other needs; the current one stays current if it is still there, else the one in its place."""
        self._lines, self._today = lines, today
        kept = self.filter.value() or TO_REVIEW
        counts = {name: sum(name in one.queues for one in lines) for name in QUEUES}
        shown = [name for name in QUEUES if counts[name] or name in {TO_REVIEW, OPEN, kept}]
        self.filter.set_choices([Choice(name, _(WORDS[name]), count=counts[name]) for name in shown])
        self.filter.set_value(kept)
        self._show()

    def show_done(self, count: int) -> None:
        """How many were decided in this sitting."""
        self.done.setText(_("这次已审 {count}").format(count=count) if count else "")

    def select(self, id: Id) -> None:
        """Go to one need, under the filter that shows it."""
        line = next((one for one in self._lines if one.id == id), None)
        if line is not None and self.filter.value() not in line.queues:
            self.filter.set_value(next(name for name in QUEUES if name in line.queues))
            self._show()
        self.list.select_key(id)

    def step(self, step: int) -> None:
        """The next or the previous one."""
        self.list.step(step)

    def _show(self) -> None:
        kept, place = self.list.current_key(), max(self.list.currentIndex().row(), 0)
        wanted = self.filter.value() or TO_REVIEW
        rows = [self._row(one) for one in self._lines if wanted in one.queues]
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.empty.show_words(*self._why_none(wanted))
        self.list.blockSignals(True)
        self.list.set_rows(rows)
        self.list.blockSignals(False)
        if not self.list.select_key(kept):
            self.list.select_number(min(place, len(rows) - 1))
        self.chosen.emit(self.list.current_key())

    def _why_none(self, wanted: str) -> tuple[str, str]:
        """What is missing and what to do: nothing was ever taken in, all is decided, or the filter finds nothing."""
        if not self._lines:
            return _("还没有要审核的诉求"), _("按 Alt+1 到收表，再按 Ctrl+O 收进周报，要协调的就排在这里")
        if wanted == TO_REVIEW:
            return _("都审完了"), _("收进新的周报，这里会再有。")
        return _("这个筛选里没有"), _("点上面的“待审核”，看还要审的")

    def _row(self, one: Waiting) -> Row:
        marks = []
        if UNCONFIRMED in one.queues:
            marks.append(Mark(_("表内填写"), "violet"))
        marks.append(self._due(one))
        level = wording.standing(one.standing, self._today) if one.standing.is_above_grid else ""
        words = (naming.word("urgency", one.urgency), level, one.number, one.worker)
        second = " · ".join(word for word in words if word)
        return Row(one.title, second, one.id, dot=DOTS.get(one.urgency, "blue"), marks=tuple(marks))

    def _due(self, one: Waiting) -> Mark:
        if one.due_on is None:
            return Mark("")
        if one.days_late:
            return Mark(_("超 {days} 天").format(days=one.days_late), "red")
        if one.due_on == self._today:
            return Mark(_("今天"), "amber")
        return Mark(_("{month}月{day}日").format(month=one.due_on.month, day=one.due_on.day))
