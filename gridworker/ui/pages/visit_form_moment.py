"""When something was: day and time, typed as people say it (今天 14:02, 昨天, -2).

Nothing typed is now where a moment is needed, and stays nothing where it may be left out.
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gridworker.domain.text.typed_dates import parse_typed_date
from gridworker.i18n import _
from gridworker.ui.widgets.calendar_popup import CalendarPopup
from gridworker.ui.widgets.date_field import refusal, spoken_date


class MomentField(QLineEdit):
    """Holds an ISO day or moment, or nothing; `changed` carries it; `refused` as of a DateField."""

    changed = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, now: Callable[[], datetime], optional: bool = False) -> None:
        super().__init__()
        self._optional = optional
        self._now = now
        self._value = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(_("如 昨天、-2、1120"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self.editingFinished.connect(self._read)
        self._show()

    def value(self) -> str:
        """What was typed; else the present minute, or nothing if it may be left out."""
        self._read()
        return self._value or self._unsaid()

    def unread(self) -> bool:
        """Whether what stands here was not understood."""
        self._read()
        return self.isModified() and bool(self.text().strip())

    def typed(self) -> str:
        """What a person typed, as it stands when it was not understood; empty for nothing."""
        return self.text().strip() if self.unread() else self._value

    def set_value(self, value: str | None) -> None:
        """Show a moment without telling; what a draft kept unread stands as it was typed."""
        known = not value or _is_iso(value)
        self._value = value if value and known else ""
        self._show()
        if not known:
            self.setText(value)
            self.setModified(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the calendar."""
        if event.key() != Qt.Key.Key_Down:
            super().keyPressEvent(event)
            return
        today = self._now().date()
        popup = CalendarPopup(self, date.fromisoformat((self._value or today.isoformat())[:10]), today)
        popup.chosen.connect(lambda day: self._take(day.isoformat()))
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        popup.setFocus()

    def _read(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip()
        found = parse_typed_date(text, self._now().date()) if text else None
        if text and found is None:
            self.refused.emit(refusal(text))
        elif isinstance(found, datetime):
            self._take(found.isoformat(timespec="minutes"))
        else:
            self._take(found.isoformat() if found else "")

    def _take(self, value: str) -> None:
        altered = value != self._value
        self.set_value(value)
        self.refused.emit("")
        if altered:
            self.changed.emit(value)

    def _show(self) -> None:
        shown = self._value or self._unsaid()
        self.setText(self._spoken(shown) if shown else "")
        self.setModified(False)

    def _unsaid(self) -> str:
        return "" if self._optional else self._now().isoformat(timespec="minutes")

    def _spoken(self, moment: str) -> str:
        today = self._now().date()
        day = date.fromisoformat(moment[:10])
        words = _("今天") if day == today else spoken_date(day, today)
        return f"{words} {moment[11:16]}".strip()


def _is_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
