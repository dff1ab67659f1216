"""看板: the needs by state, a column each; a digit moves the card, and only where the rules allow (field.md §9.3)."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.rules import need_states
from gridworker.i18n import _
from gridworker.services import naming, needs_list
from gridworker.services.needs_list import NeedLine, Wish
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.models.paged import Paged
from gridworker.ui.page import page_column
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

STATES: Final = (
    need_states.REGISTERED, need_states.IN_PROGRESS, need_states.REPORTED, need_states.PLANNED, need_states.CLOSED,
    need_states.WRITTEN_OFF,
)  # fmt: skip
_DIGITS: Final = frozenset("123456")
_CARD: Final = 70
_LEAST: Final = 110


class NeedsBoard(QWidget):
    """`opened(id)` on Enter, `moved(id, state)` when a digit asks for it, `left` back to the list."""

    opened = Signal(object)
    moved = Signal(object, str)
    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.columns: dict[str, RowList] = {}
        self._places: dict[RowList, dict[Id, int]] = {}
        self._counts = {state: label("", "second") for state in STATES}
        self._build()

    def show_needs(self, wish: Wish) -> None:
        """Show what fits a wish, whatever its state."""
        for state, column in self.columns.items():
            kept = column.current_key()
            found = needs_list.ids(self._workspace, Wish(needs_list.ALL, wish.kind, state, wish.typed, wish.order))
            source = Paged(found, self._load)
            column.set_source(len(found), source.row, lead=True)
            self._places[column] = source.places
            if kept in source.places:
                column.select_number(source.places[kept])
            self._counts[state].setText(str(len(found)))

    def show_need(self, id: Id) -> None:
        """Go to a card, wherever it stands now."""
        need = self._workspace.row("need", id)
        column = self.columns.get(str(need.plain("status"))) if need else None
        if column is not None:
            self._enter(column, id).setFocus()

    def first_focus(self) -> QWidget:
        """The column that has the current card, else the first one with any."""
        every = list(self.columns.values())
        chosen = next((one for one in every if one.current_key() is not None), None)
        return self._enter(chosen or next((one for one in every if one.count()), every[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit moves the current card to the column of that number."""
        place = int(event.text()) - 1 if event.text() in _DIGITS else -1
        column = next((one for one in self.columns.values() if one.hasFocus()), None)
        if place >= 0 and column is not None and column.current_key() is not None:
            self.moved.emit(column.current_key(), STATES[place])
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        card = Card()
        back = Button(_("列表"), icon="list-checks", key="B")
        back.clicked.connect(self.left)
        card.add(row(label(_("诉求看板"), "card_title"), 1, back))
        across = row(gap=10)
        for number, state in enumerate(STATES, start=1):
            across.addWidget(self._column(number, state), 1)
        card.add(across, 1)
        legend = [("← →", _("换列")), ("1–6", _("移到该列")), ("Enter", _("打开")), ("B", _("回列表"))]
        card.add(row(1, KeyLegend(legend)))
        page_column(self).addWidget(card)

    def _column(self, number: int, state: str) -> QWidget:
        box = QWidget()
        down = QVBoxLayout(box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(6)
        word = naming.word("need_status", state)
        state_mark = Pill(word, wording.STATE_TONES.get(state, "grey"))
        down.addLayout(row(label(str(number), "second"), state_mark, self._counts[state], 1))
        cards = self.columns[state] = RowList(word, height=_CARD, select_first=False, least=_LEAST, lines=2)
        cards.opened.connect(self.opened)
        for key, step in (("Left", -1), ("Right", 1)):
            keys.bind(cards, key, partial(self._step, state, step))
        down.addWidget(cards, 1)
        return box

    def _step(self, state: str, step: int) -> None:
        """To the next column that has cards."""
        place = STATES.index(state)
        order = STATES[place + 1 :] if step > 0 else STATES[:place][::-1]
        target = next((self.columns[one] for one in order if self.columns[one].count()), None)
        if target is not None:
            self._enter(target).setFocus()

    def _enter(self, column: RowList, id: Id = 0) -> RowList:
        """Make a card of a column the only current one of the board."""
        for other in self.columns.values():
            if other is not column:
                other.selectionModel().clear()
        if id in self._places[column]:
            column.select_number(self._places[column][id])
        elif column.current_key() is None:
            column.select_number(0)
        return column

    def _load(self, wanted: Sequence[Id]) -> list[Row]:
        return [self._row(one) for one in needs_list.lines(self._workspace, wanted)]

    def _row(self, one: NeedLine) -> Row:
        due = wording.due_mark(one.due_on, self._workspace.today)
        if not need_states.is_open({"status": one.status}) or one.status == need_states.PLANNED:
            due = Mark(wording.day(one.closed_on or one.due_on, self._workspace.today))
        second = " · ".join(filter(None, (due.text, one.where or one.kind)))
        icon = "circle-alert" if due.tone in {"red", "amber"} else ""
        return Row(one.content, second, one.id, icon=icon, icon_tone=due.tone or "text2")
