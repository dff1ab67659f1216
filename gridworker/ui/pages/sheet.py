"""补录: the paper visits of a day, one line each; Enter stores a line and opens the next (look 08)."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services import naming, phrases, sheet
from gridworker.services.sheet import Line, Sheet, State
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, page_row
from gridworker.ui.pages import household_edit, sheet_view, wording
from gridworker.ui.pages.form_editors import DayEditor
from gridworker.ui.pages.sheet_foot import SheetFoot
from gridworker.ui.pages.sheet_need import LineNeedDialog
from gridworker.ui.pages.sheet_rows import SheetHead, SheetRows, in_sight
from gridworker.ui.pages.sheet_side import SheetSide
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import SECONDARY
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.date_field import stop_at_unread
from gridworker.ui.widgets.draft_mark import DraftMark
from gridworker.ui.widgets.draft_timer import DraftTimer
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.label import label, line
from gridworker.ui.widgets.top_bar import Action, Heading

_COUNTED: Final = {"stored": "green", "waiting": "red", "needs": "blue"}


class SheetPage(WorkerPage):
    """Day and mode above, the lines, the keys below; everything typed is kept as a draft."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        action = Action(_("打印空白登记表"), self._print_blank, "printer", "Ctrl+P", SECONDARY)
        super().__init__(Heading(_("补录"), _("今日")), workspace, bus, action)
        self.sheet = Sheet(workspace)
        self._typed: dict[int, tuple[int, Line]] = {}
        self.day = DayEditor(_("走访日期"), workspace)
        self.mode = ChipGroup(_("走访方式"), _modes())
        self.rows, self.foot, self.side = SheetRows(), SheetFoot(), SheetSide(workspace)
        self._draft_mark = DraftMark()
        self._counts = {name: label("", "strong", tone) for name, tone in _COUNTED.items()}
        self._timer = DraftTimer(self, self.keep)
        self._build()
        self._connect()
        at = self.sheet.load()
        if at:
            self._draft_mark.show_saved(wording.clock_of(at))

    def first_focus(self) -> QWidget:
        """The door of the line."""
        return self.rows.door

    def refresh(self) -> None:
        """Read anew what stands behind the lines."""
        self.sheet.renew()
        self.side.refresh()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Ready for the next paper, whatever line one left."""
        if not event.spontaneous():
            self.sheet.go_free()
            self._show()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings a stored line back as it stands."""
        if event.key() == Qt.Key.Key_Escape and self.sheet.give_up():
            self._timer.soon()
            self.rows.door.setModified(False)
            self._show()
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """To the plan of the day."""
        self.navigate.emit("today", None)

    def hideEvent(self, event: Any) -> None:
        """Leaving the page keeps the draft at once."""
        self._timer.flush()
        super().hideEvent(event)

    def keep(self) -> None:
        """Keep everything that stands here."""
        self._timer.stop()
        self.sheet.keep()
        self._draft_mark.show_saved(self.workspace.now)

    def take_back(self, done: Done) -> None:
        """Undo a save; what was typed stands on its line again."""
        super().take_back(done)
        typed = self._typed.pop(id(done), None)
        if typed is not None:
            self.sheet.restore(*typed)
            self._show()
            self.rows.content.setFocus()
            self.keep()

    def _build(self) -> None:
        self.day.setFixedWidth(theme.px(168))
        card = Card()
        counted = row(gap=5)
        for name, word in (("stored", _("已存")), ("waiting", _("待改")), ("needs", _("件诉求"))):
            counted.addWidget(self._counts[name])
            counted.addWidget(label(word, "second"))
        head = row(label(_("日期"), "second"), self.day, self.mode)
        head.addLayout(counted)
        head.addStretch(1)
        head.addWidget(self._draft_mark)
        card.add(head)
        card.add(SheetHead())
        self._scroller = in_sight(self.rows)
        card.add(self._scroller, 1)
        card.add(line())
        card.add(self.foot)
        side = scrolling(self.side)
        side.setFixedWidth(self.side.width())
        page_row(self).addWidget(SideColumns(card, side))

    def _connect(self) -> None:
        rows = self.rows
        self.day.changed.connect(lambda _day: self._put(day=self.day.iso() or self.sheet.line.day))
        self.mode.changed.connect(lambda mode: self._put(mode=mode))
        rows.door.changed.connect(self._on_door_typed)
        rows.content.changed.connect(lambda text: self._put(content=text.strip()))
        rows.outcome.chosen.connect(self._on_outcome_chosen)
        rows.outcome.lettered.connect(self._on_letter)
        rows.door.entered.connect(self._on_door_entered)
        rows.outcome.entered.connect(rows.content.setFocus)
        rows.outcome.back.connect(rows.door.setFocus)
        rows.content.entered.connect(self._enter)
        for cell in (rows.door, rows.outcome, rows.content):
            cell.moved.connect(lambda step, cell=cell: self._go(self.sheet.place + step, cell))
        rows.asked.connect(lambda place: self._go(place, rows.door))
        self.foot.home_chosen.connect(self._on_home_chosen)
        self.foot.phrase_chosen.connect(self._on_phrase_chosen)
        for key, act in (("F4", self._hear), ("F6", self._offer_phrases), ("F8", self._go_waiting),
                         ("Ctrl+D", self._repeat), ("Ctrl+Del", self._drop)):  # fmt: skip
            keys.bind(self, key, act)
        keys.bind(self, "Ctrl+Enter", self._enter, _("存这一行，到下一行"))

    def _put(self, **said: Any) -> None:
        self.sheet.put(**said)
        self._timer.soon()
        self._show()

    def _on_door_typed(self, text: str) -> None:
        self.sheet.type_door(text)
        self._timer.soon()
        self._show()

    def _on_door_entered(self) -> None:
        """On with the household that is meant; choose one of several; make one where there is none."""
        state = self.sheet.state(self.sheet.line)
        if state is State.SEVERAL:
            self.foot.homes.setFocus()
        elif state is State.UNKNOWN:
            self._make_home()
        elif self.sheet.line.household:
            self.rows.outcome.setFocus()

    def _on_home_chosen(self, household: int) -> None:
        self.sheet.take(household)
        self._timer.soon()
        self._show()
        self.rows.outcome.setFocus()

    def _on_outcome_chosen(self, outcome: str) -> None:
        self._put(outcome=outcome)
        self.rows.content.setFocus()

    def _on_letter(self, letter: str) -> None:
        mode = next((code for code, key in sheet.MODES.items() if key == letter), None)
        if mode:
            self._put(mode=mode)

    def _make_home(self) -> None:
        dialog = household_edit.new_household(self.workspace, self, self.sheet.new_home())
        dialog.saved.connect(self._on_home_made)
        dialog.open()
        dialog.editors["head"].setFocus()

    def _on_home_made(self, done: Done) -> None:
        self.tell_done(_("已建新住户"), done)
        self._on_home_chosen(done.written.ids[0])

    def _enter(self) -> None:
        """Store the line and open the next."""
        if self._store():
            self.sheet.go_on()
            self._show()
            self.rows.door.setFocus()
            self.keep()

    def _store(self) -> bool:
        """Store the line; false if something keeps it from being stored."""
        if stop_at_unread(self):
            return False
        if not self.sheet.line.household:
            self.rows.door.setFocus()
            self._on_door_entered()
            return False
        place, before = self.sheet.place, self.sheet.line
        done = self.attempt(self.sheet.enter)
        if self.sheet.line.saved and done is not None:
            self._typed = {id(done): (place, before)}
            door = self.sheet.door(before)
            whom = f"{door.head} {door.short}".strip() if door else ""
            self.tell_done(_("已存第 {number} 行 {whom}").format(number=place + 1, whom=whom), done)
        return self.sheet.line.saved

    def _hear(self) -> None:
        """A need of this line: the visit is stored first, so that the need belongs to it."""
        if not self._store():
            return
        door = self.sheet.door(self.sheet.line)
        dialog = LineNeedDialog(self, self.workspace, self.sheet, door.head or door.short if door else "")
        dialog.saved.connect(self._on_heard)
        dialog.open()

    def _on_heard(self, done: Done) -> None:
        self.tell_done(_("已记诉求"), done)
        self._enter()

    def _offer_phrases(self) -> None:
        group = phrases.of_outcome(self.sheet.line.outcome)
        self.foot.show_phrases(phrases.offered(self.workspace, group))

    def _on_phrase_chosen(self, sentence: str) -> None:
        self._put(content=self.rows.content.value() + sentence)
        self.rows.content.setFocus()

    def _print_blank(self) -> None:
        from gridworker.ui.printing.choices import visit_form

        dialog = visit_form(self.workspace, self, self.sheet.line.household)
        if dialog is None:
            self.said.emit(Message("warning", _("还没有住户，先建一户或导入名册")))
        else:
            dialog.open()

    def _repeat(self) -> None:
        """The words of the line above."""
        if self.sheet.place:
            self._put(content=self.sheet.lines[self.sheet.place - 1].content)
            self.rows.content.setFocus()

    def _drop(self) -> None:
        """Away with a line that was begun in vain; a stored one is taken back or put right."""
        if not self.sheet.drop():
            self.said.emit(Message("warning", _("存了的行不能去掉：改对再按 Enter，按 Esc 恢复，或刚存时按 Ctrl+Z")))
            return
        self._typed.clear()  # lines have moved
        self._timer.soon()
        self._show()
        self.rows.door.setFocus()

    def _go_waiting(self) -> None:
        """To the next line that waits for something."""
        waiting = self.sheet.waiting()
        if waiting:
            after = next((place for place in waiting if place > self.sheet.place), waiting[0])
            self._go(after, self.rows.door)

    def _go(self, place: int, cell: QWidget) -> None:
        """To a line; below the last written one a new one begins."""
        last = len(self.sheet.lines) - 1
        if place > last and self.sheet.state(self.sheet.lines[last]) is not State.EMPTY:
            self.sheet.go_on()
        else:
            self.sheet.go(place)
        self._show()
        cell.setFocus()

    def _show(self) -> None:
        """Show the sheet as it stands now."""
        current, rows = self.sheet.line, self.rows
        state = self.sheet.state(current)
        rows.show_lines(sheet_view.views(self.sheet), self.sheet.place)
        door = self.sheet.door(current)
        typing = rows.door.hasFocus() and rows.door.isModified()
        _fill(rows.door, current.door if typing or door is None else door.short)
        _fill(rows.content, current.content)
        rows.outcome.show_outcome("" if state is State.EMPTY else current.outcome)
        if self.day.iso() != current.day and not self.day.unread():
            self.day.set_iso(current.day)
        self.mode.set_value(current.mode)
        offers = self.sheet.offers(current)
        self.foot.show_homes(offers) if offers else self.foot.show_keys()
        self._show_numbers()
        self.side.show_line(self.sheet.place + 1, current.household, self.sheet.earlier(self.sheet.place))
        box = rows.line_box(self.sheet.place)
        self._scroller.ensureVisible(0, box.center().y(), 0, box.height())

    def _show_numbers(self) -> None:
        stored, needs = sheet.counts(self.sheet.lines)
        waiting = self.sheet.to_mend()
        numbers = {"stored": stored, "waiting": len(waiting), "needs": needs}
        for name, number in numbers.items():
            self._counts[name].setText(str(number))
        self.side.show_waiting([sheet_view.advice(self.sheet, place) for place in waiting])


def _modes() -> list[Choice]:
    return [Choice(code, naming.word("visit_mode", code), key) for code, key in sheet.MODES.items()]


def _fill(cell: TextField, text: str) -> None:
    """Show a text; what says the same is left alone, for the cursor's sake."""
    if cell.text().strip() != text:
        cell.set_value(text)
