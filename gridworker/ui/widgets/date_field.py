"""A date typed as people say it (今天, 昨天, -2, 1120), shown in full when left; calendar on ↓ (gui.md §7).

F4, the usual key of a calendar, records a need everywhere in this window.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from gridworker.i18n import _
from gridworker.ui.widgets.calendar_popup import CalendarPopup
from gridworker.ui.widgets.field import lead_with

Parse = Callable[[str, date], date | None]
WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")


def weekday(day: date) -> str:
    """一 for a Monday, without the 周 before it."""
    return _(WEEKDAYS[day.weekday()])


def spoken_date(day: date, today: date) -> str:
    """A day as the window writes it: 今天 11月25日 周三, with the year only when it is another one."""
    near = {0: _("今天"), -1: _("昨天"), 1: _("明天")}.get((day - today).days, "")
    year = _("{year}年").format(year=day.year) if day.year != today.year else ""
    shown = _("{month}月{day}日 周{weekday}").format(month=day.month, day=day.day, weekday=weekday(day))
    return f"{near} {year}{shown}".strip()


def refusal(text: str) -> str:
    """What is said of a day that was typed and not understood."""
    return _("看不懂“{text}”，请改写：今天、明天、-2、1120 都行").format(text=text)


def stop_at_unread(form: QWidget, unfold: Callable[[QWidget], object] | None = None) -> bool:
    """Whether a day of the form was typed and not understood: it says so and gets the focus; nothing may be saved.

    `unfold` brings a field to light that the form folded away; without it, what is hidden is not asked for.
    """
    for field in form.findChildren(QLineEdit):
        unread = getattr(field, "unread", None)
        if unread is None or not (unfold or field.isVisible()) or not unread():
            continue
        if unfold is not None:
            unfold(field)
        go_to(field)
        return True
    return False


def go_to(field: QWidget) -> None:
    """Focus a field and bring it into sight."""
    field.setFocus()
    outer = field.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(field)
        outer = outer.parentWidget()


class DateField(QLineEdit):
    """Holds a date or nothing. `parse(text, today)` understands what was typed; `changed` carries the new date;
    `refused` the sentence about what it did not understand, empty once it does.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str, parse: Parse, today: Callable[[], date], *, optional: bool = False) -> None:
        super().__init__()
        self._parse = parse
        self._today = today
        self._value: date | None = None if optional else today()
        self.setAccessibleName(name)
        self.setPlaceholderText(_("如 今天、-2、1120"))
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhPreferLatin)
        calendar = lead_with(self, "calendar-days")
        calendar.triggered.connect(self.open_calendar)
        self.editingFinished.connect(self._read)
        self._show()

    def value(self) -> date | None:
        """The date, including one just typed."""
        self._read()
        return self._value

    def unread(self) -> bool:
        """Whether what stands here was not understood."""
        self._read()
        return self.isModified() and bool(self.text().strip())

    def set_value(self, value: date | None) -> None:
        """Show a date without telling."""
        self._value = value
        self._show()

    def show_unread(self, text: str) -> None:
        """Show again what was typed and not understood, as a draft kept it."""
        self.set_value(None)
        self.setText(text)
        self.setModified(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the calendar."""
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> QWidget:
        """Choose from a month; Enter takes the day, Esc leaves it."""
        popup = CalendarPopup(self, self._value or self._today(), self._today())
        popup.chosen.connect(self._set)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.setFocus()
        return popup

    def _read(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip()
        found = self._parse(text, self._today()) if text else None
        if text and found is None:
            self.refused.emit(refusal(text))
        else:
            self._set(found)

    def _set(self, value: date | None) -> None:
        altered = value != self._value
        self.set_value(value)
        self.refused.emit("")
        if altered:
            self.changed.emit(value)

    def _show(self) -> None:
        self.setText(spoken_date(self._value, self._today()) if self._value else "")
        self.setModified(False)
