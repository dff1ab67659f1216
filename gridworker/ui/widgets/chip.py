"""Chips to choose from: one or several of a group, by digit, arrow keys or mouse (look §4, gui.md §7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.flow import FlowLayout

_HEIGHT = 27
_PADDING = 12
_KEY_GAP = 7
_CROSS = 12


@dataclass(frozen=True)
class Choice:
    """One chip: the value it stands for, its word, its key, a count at the right, an × to remove it."""

    value: Any
    text: str
    key: str = ""
    count: int | None = None
    removable: bool = False


class Chip(QAbstractButton):
    """A capsule that can be chosen; `removed` when its × or Delete was used."""

    removed = Signal()

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setText(choice.text)
        self.setCheckable(True)
        self.setProperty("ring", theme.px(_HEIGHT) / 2)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        count = "" if choice.count is None else f" {choice.count}"
        self.setAccessibleName(f"{choice.text}{count}")

    def sizeHint(self) -> QSize:
        """Wide enough for the bold word, so that choosing moves nothing."""
        width = theme.text_width(self.text(), 13, bold=True) + 2 * theme.px(_PADDING)
        if self.choice.key:
            width += theme.text_width(self.choice.key, 11) + _KEY_GAP
        if self.choice.count is not None:
            width += theme.text_width(str(self.choice.count), 12) + _KEY_GAP
        if self.choice.removable:
            width += theme.px(_CROSS) + 3
        return QSize(width, theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Capsule, key, word, count, cross."""
        with QPainter(self) as painter:
            chosen = self.isChecked()
            ground = "primary_weak" if chosen else "hover" if self.underMouse() else "surface"
            edge = QPen(theme.color("primary" if chosen else "field_border"), 1.2 if chosen else 1)
            paint.rounded(painter, self.rect(), self.height() / 2, theme.color(ground), edge)
            self._paint_words(painter, "primary" if chosen else "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; all other keys are the group's, the arrows too, which Qt would take by geometry."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the × removes, anywhere else chooses."""
        cross = self.width() - theme.px(_PADDING + _CROSS) - 2
        if self.choice.removable and event.position().x() >= cross:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        left = theme.px(_PADDING)
        if self.choice.key:
            left = self._paint_word(painter, left, self.choice.key, "text3", size=11) + _KEY_GAP
        bold = self.isChecked()
        right = self._paint_word(painter, left, self.text(), ink, bold=bold)
        if self.choice.count is not None:
            self._paint_word(painter, right + _KEY_GAP, str(self.choice.count), ink if bold else "text2", size=12)
        if self.choice.removable:
            size = theme.px(_CROSS)
            box = QRect(self.width() - theme.px(_PADDING) - size + 2, (self.height() - size) // 2, size, size)
            paint_icon(painter, box, "x", ink)

    def _paint_word(
        self, painter: QPainter, left: int, text: str, ink: str, *, size: int = 13, bold: bool = False
    ) -> int:
        painter.setFont(theme.font(size, bold=bold))
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return left + theme.text_width(text, size, bold=bold)


class ChipGroup(QWidget):
    """A row of chips with one tab stop: arrows move, digits or letters choose, Space toggles.

    Exclusive groups hold one value (arrows choose as they go), others a tuple. `changed` carries the value
    after a person's choice, never after `set_value`; `removed` the value of a chip whose × was used.
    """

    changed = Signal(object)
    removed = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Iterable[Choice] = (),
        *,
        exclusive: bool = True,
        optional: bool = False,
        wrap: bool = True,
    ) -> None:
        super().__init__()
        self._exclusive = exclusive
        self._optional = optional
        self._wrap = wrap
        self._chips: list[Chip] = []
        self._layout = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Show other chips, keeping the values still among them chosen."""
        kept = self.value()
        for old in self._chips:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = [self._make_chip(choice) for choice in choices]
        self.set_value(kept)

    def value(self) -> Any:
        """The chosen value or None; in a group of several, the tuple of chosen values."""
        chosen = tuple(chip.choice.value for chip in self._chips if chip.isChecked())
        if not self._exclusive:
            return chosen
        return chosen[0] if chosen else None

    def set_value(self, value: Any) -> None:
        """Choose without telling; unknown values choose nothing."""
        wanted: Sequence[Any] = (value,) if self._exclusive else tuple(value or ())
        for chip in self._chips:
            chip.setChecked(chip.choice.value in wanted)
        self._move_tab_stop()

    def press(self, key: str) -> bool:
        """Choose the chip with this key and leave the focus where it is; whether there is one."""
        chip = self._chip_for_key(key)
        if chip is not None:
            self._choose(chip)
        return chip is not None

    def chips(self) -> tuple[Chip, ...]:
        """The chips in order."""
        return tuple(self._chips)

    def minimumSizeHint(self) -> QSize:
        """The widest chip, or the whole line where it must not wrap."""
        return super().minimumSizeHint() if self._wrap else self.sizeHint()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Focus the chip that is the tab stop."""
        for chip in self._chips:
            if chip.focusPolicy() & Qt.FocusPolicy.TabFocus:
                chip.setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, the chips' own keys, Delete; everything else goes on to the page."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in step:
            self._move_focus(step[Qt.Key(event.key())])
        elif plain and (chip := self._chip_for_key(event.text())):
            chip.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._choose(chip)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._delete_focused()
        else:
            super().keyPressEvent(event)

    def _make_chip(self, choice: Choice) -> Chip:
        chip = Chip(choice, self)
        chip.clicked.connect(lambda: self._on_chip_clicked(chip))
        chip.removed.connect(lambda: self.removed.emit(choice.value))
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _on_chip_clicked(self, chip: Chip) -> None:
        chip.setChecked(not chip.isChecked())  # undo Qt's own toggle; _choose knows the group's rule
        self._choose(chip)

    def _choose(self, chip: Chip) -> None:
        before = self.value()
        if not self._exclusive:
            chip.setChecked(not chip.isChecked())
        else:
            wanted = not (self._optional and chip.isChecked())
            for other in self._chips:
                other.setChecked(other is chip and wanted)
        self._move_tab_stop(chip)
        if self.value() != before:
            self.changed.emit(self.value())

    def _move_focus(self, step: int) -> None:
        focused = [place for place, chip in enumerate(self._chips) if chip.hasFocus()]
        if not focused:
            return
        chip = self._chips[(focused[0] + step) % len(self._chips)]
        chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._move_tab_stop(chip)
        if self._exclusive and not chip.isChecked():
            self._choose(chip)

    def _delete_focused(self) -> None:
        for chip in self._chips:
            if chip.hasFocus() and chip.choice.removable:
                chip.removed.emit()
            elif chip.hasFocus() and self._optional and chip.isChecked():
                self._choose(chip)

    def _chip_for_key(self, text: str) -> Chip | None:
        typed = text.casefold()
        return next((chip for chip in self._chips if typed and chip.choice.key.casefold() == typed), None)

    def _move_tab_stop(self, chip: Chip | None = None) -> None:
        chosen = [each for each in self._chips if each.isChecked()]
        stop = chip or next(iter(chosen or self._chips), None)
        for each in self._chips:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus)


def digit_choices(pairs: Iterable[tuple[Any, str]]) -> list[Choice]:
    """Choices keyed 1 … 9 in order, from pairs of value and word."""
    return [Choice(value, text, str(number) if number <= 9 else "") for number, (value, text) in enumerate(pairs, 1)]
