"""Counting votes in a meeting: three boxes typed one after the other, the sum told at once, the decision."""

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.rules import community
from gridworker.i18n import _
from gridworker.services.meeting_deeds import MODES
from gridworker.services.meetings import VOTES, Item
from gridworker.ui import theme
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import label

_HEIGHT: Final = 84
_MOST: Final = 9999
_TONES: Final = ("green", "red", "text2")
_STEPS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Plus: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_Minus: -1}


class VoteBox(QWidget):
    """One number: digits type it, ↑ ↓ + − change it by one; `changed` after each, `left` on Enter."""

    changed = Signal()
    left = Signal()

    def __init__(self, word: str, key: str, tone: str) -> None:
        super().__init__()
        self._word, self._key, self._tone = word, key, tone
        self._fresh = True
        self._number: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", 8)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_value(None)

    def value(self) -> int | None:
        """The number; None while nothing was counted."""
        return self._number

    def set_value(self, number: int | None) -> None:
        """Show a number without telling; the next digit begins anew."""
        self._number, self._fresh = number, True
        self.setAccessibleName(f"{self._word} {'' if number is None else number}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        """Word above, number below."""
        return QSize(theme.px(120), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Narrow, never lower."""
        return QSize(theme.px(84), theme.px(_HEIGHT))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed now replaces the number."""
        self._fresh = True
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No frame any more."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, step, go on; other keys are the page's."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and event.text().isascii() and event.text().isdigit():
            typed = event.text() if self._fresh or self._number is None else f"{self._number}{event.text()}"
            self._take(min(int(typed), _MOST))
            self._fresh = False
        elif plain and event.key() in _STEPS:
            self._take(max(0, (self._number or 0) + _STEPS[Qt.Key(event.key())]))
        elif plain and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._take(None)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click at the left takes one away, at the right adds one, in the middle only comes here."""
        third = event.position().x() / max(self.width(), 1)
        if third < 1 / 3 or third > 2 / 3:
            self._take(max(0, (self._number or 0) + (1 if third > 1 / 2 else -1)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, word and key, the number between − and +."""
        centre = Qt.AlignmentFlag.AlignCenter
        with QPainter(self) as painter:
            own = self.hasFocus()
            edge = QPen(theme.color("primary" if own else "border"), 2 if own else 1)
            paint.rounded(painter, self.rect(), 8, theme.color("surface"), edge)
            side = theme.px(12)
            upper = self.rect().adjusted(side, theme.px(8), -side, 0)
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("text2"))
            painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, self._word)
            painter.setFont(theme.font(11))
            painter.drawText(upper, Qt.AlignmentFlag.AlignRight, self._key)
            lower = self.rect().adjusted(side, theme.px(26), -side, -theme.px(4))
            painter.setFont(theme.font(16))
            painter.drawText(lower, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "−")
            painter.drawText(lower, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "+")
            painter.setFont(theme.font(30, bold=True))
            painter.setPen(theme.color(self._tone))
            painter.drawText(lower, centre, "–" if self._number is None else str(self._number))

    def _take(self, number: int | None) -> None:
        self.set_value(number)
        self._fresh = False
        self.changed.emit()


class VoteCard(Card):
    """`counted(mode, votes, decision)` when the votes are those present and somebody has gone on or decided."""

    counted = Signal(str, object, str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__(_("表决"), " ")
        words = zip((_("赞成"), _("反对"), _("弃权")), ("Z", "F", "Q"), _TONES, strict=True)
        self.boxes = [VoteBox(*one) for one in words]
        self.mode = ChipGroup(_("表决方式"), [Choice(one, _(one)) for one in MODES])
        kinds = (community.PASSED, community.NOT_PASSED, community.PUT_OFF)
        self.decision = ChipGroup(_("表决结果"), [Choice(one, _(one)) for one in kinds], optional=True)
        self._sum = label("", "strong", wrap=True)
        self._present: int | None = None
        self._item: Id = 0
        self._saved: tuple[object, ...] = ()
        self.add_action(self.mode)
        self.add_action(key_cap("Ctrl+2"))
        self.add(row(*self.boxes, gap=10))
        under = row(self._sum)
        under.setStretch(0, 1)
        under.addWidget(self.decision)
        self.add(under)
        for place, box in enumerate(self.boxes):
            box.changed.connect(self._on_changed)
            box.left.connect(partial(self._go_on, place))
        self.decision.changed.connect(lambda _value: self.commit())
        self.mode.changed.connect(lambda _value: self.commit())

    def show_item(self, item: Item | None, present: int | None) -> None:
        """Show what was voted on a topic; what is being counted for it stays."""
        self._present = present
        counting = self._now() != self._saved and item is not None and item.id == self._item
        self._item = item.id if item else 0
        if counting:
            self._tell()
            return
        for place, box in enumerate(self.boxes):
            box.set_value(item.votes[place] if item else None)
        self.mode.set_value(item.vote_mode if item and item.vote_mode else MODES[0])
        self.decision.set_value(item.decision if item else None)
        self._saved = self._now()
        self._tell()

    def commit(self) -> bool:
        """Tell what was counted once it adds up; false while it does not."""
        wrong = self._wrong()
        decided = self.decision.value() or ""
        empty = all(box.value() is None for box in self.boxes)
        if wrong or self._now() == self._saved or (empty and not decided):
            return not wrong
        self._saved = self._now()
        votes = {name: box.value() if empty else box.value() or 0 for name, box in zip(VOTES, self.boxes, strict=True)}
        self.counted.emit(self.mode.value(), votes, decided or self._usual())
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Z, F and Q go to their box."""
        keys = {Qt.Key.Key_Z: 0, Qt.Key.Key_F: 1, Qt.Key.Key_Q: 2}
        if event.key() in keys and not event.modifiers():
            self.boxes[keys[Qt.Key(event.key())]].setFocus()
        else:
            super().keyPressEvent(event)

    def _now(self) -> tuple[object, ...]:
        return (*(box.value() for box in self.boxes), self.mode.value(), self.decision.value())

    def _usual(self) -> str:
        return community.usual_decision(self.boxes[0].value() or 0, self._present or self._counted())

    def _counted(self) -> int:
        return sum(box.value() or 0 for box in self.boxes)

    def _wrong(self) -> str:
        votes = {name: box.value() for name, box in zip(VOTES, self.boxes, strict=True)}
        return community.unbalanced_votes(votes, self._present)

    def _on_changed(self) -> None:
        if not self._wrong() and self.boxes[0].value() is not None:
            self.decision.set_value(self._usual())
        self._tell()

    def _tell(self) -> None:
        """The sum aloud: what adds up in green, what does not with the difference in red."""
        wrong, empty = self._wrong(), all(box.value() is None for box in self.boxes)
        numbers = " + ".join(str(box.value() or 0) for box in self.boxes)
        if empty:
            said = (
                _("有表决权 {present} 人").format(present=self._present) if self._present else _("先签到或写上实到人数")
            )
        elif wrong:
            said = wrong
        else:
            said = _("{numbers} = {sum} 实到").format(numbers=numbers, sum=self._counted())
        self._sum.setText(said)
        theme.set_style(self._sum, tone="text2" if empty else "red" if wrong else "green")

    def _go_on(self, place: int) -> None:
        if place + 1 < len(self.boxes):
            self.boxes[place + 1].setFocus()
        elif self.commit():
            self.finished.emit()
