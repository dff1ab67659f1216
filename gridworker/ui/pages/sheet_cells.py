"""The cells of the line that is being written: fields that Enter and the arrows lead out of, the outcome by one key."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services import naming, visiting
from gridworker.ui import theme
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.field import TextField

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LINES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
OUTCOME_TONES: Final = {"met": "green", "not_met": "amber", "refused": "red", "away": "blue"}


class CellField(TextField):
    """`entered` by Enter, `moved(step)` by the arrows up and down."""

    entered = Signal()
    moved = Signal(int)

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__(name, placeholder)
        self.setProperty("ground", "cell")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What leads out of the cell; undo is the window's where there is nothing typed to undo."""
        if self.composing:
            super().keyPressEvent(event)
        elif event.key() in _ENTER and not _chorded(event):
            self.entered.emit()
        elif event.key() in _LINES and not _chorded(event):
            self.moved.emit(_LINES[Qt.Key(event.key())])
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class OutcomeCell(QWidget):
    """The outcome as digit and pill. `chosen(code)` by its digit, `lettered(text)` for the mode's letters, `entered`
    by Enter, `moved(step)` up and down, `back` by ← and Backspace.
    """

    chosen = Signal(str)
    lettered = Signal(str)
    entered = Signal()
    moved = Signal(int)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def show_outcome(self, code: str) -> None:
        """Show an outcome; none for a line still empty."""
        self._code = code
        self.setAccessibleName(f"{_('走访结果')} {outcome_word(code)}".strip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, letters are the mode's."""
        outcome = outcome_of(event.text())
        if outcome and not _chorded(event):
            self.chosen.emit(outcome)
        elif event.key() in _ENTER and not _chorded(event):
            self.entered.emit()
        elif event.key() in _LINES and not _chorded(event):
            self.moved.emit(_LINES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Backspace):
            self.back.emit()
        elif event.text().isalpha() and not _chorded(event):
            self.lettered.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click comes here to choose."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As a line shows it, in a frame while the keys come here."""
        with QPainter(self) as painter:
            if self.hasFocus():
                paint.rounded(painter, self.rect(), 7, theme.color("surface"), QPen(theme.color("primary"), 2))
            paint_outcome(painter, self.rect().adjusted(theme.px(6), 0, 0, 0), self._code)


def outcome_word(code: str) -> str:
    """见面, 未见面 …; nothing for none."""
    return naming.word("visit_outcome", code) if code else ""


def outcome_of(digit: str) -> str:
    """The outcome that a digit chooses; nothing for another key."""
    place = "1234567".find(digit) if digit else -1
    return visiting.OUTCOMES[place] if place >= 0 else ""


def outcome_keys() -> list[tuple[str, str]]:
    """Digit and word of every outcome."""
    return [(str(place), outcome_word(code)) for place, code in enumerate(visiting.OUTCOMES, 1)]


def paint_outcome(painter: QPainter, box: QRect, code: str) -> None:
    """The outcome's digit and its pill."""
    if not code:
        return
    digit = str(visiting.OUTCOMES.index(code) + 1) if code in visiting.OUTCOMES else ""
    painter.setPen(theme.color("text2"))
    painter.setFont(theme.font(12))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, digit)
    height, word = theme.px(paint.PILL_HEIGHT), outcome_word(code)
    left = box.left() + theme.px(13)
    place = QRect(left, box.center().y() - height // 2 + 1, paint.pill_width(word), height)
    paint.pill(painter, place, word, OUTCOME_TONES.get(code, "grey"))


def _chorded(event: QKeyEvent) -> bool:
    """Whether a key comes with another that changes its meaning."""
    plain = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~plain)
