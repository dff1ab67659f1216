"""Choosing the kind of a need: type pinyin, a word or the code, Enter takes the first that fits, a digit its chip."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.services import kinds
from gridworker.ui import theme
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.label import label

_OFFERED = 4
_DIGITS = frozenset("123456789"[:_OFFERED])
_PADDING = 26  # of the field, at both sides


class KindPicker(QWidget):
    """A short field and the kinds that fit what stands in it; `chosen(code)`."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = _TypedField(_("诉求类别"), _("拼音、字或编号"))
        self.field.setFixedWidth(theme.text_width(self.field.placeholderText(), 13) + theme.px(_PADDING))
        self._offers = ChipGroup(_("相近的类别"), optional=True, wrap=False)
        self._offers.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field)
        line.addWidget(self._offers, 1)
        self._none = label(_("没有这样的类别，换个写法"), "second", "amber")
        line.addWidget(self._none, 1)
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.field.textChanged.connect(self._offer)
        self.field.taken.connect(self._take_first)
        self.field.left.connect(self._offers.setFocus)
        self.field.numbered.connect(self._take_numbered)
        self._offers.changed.connect(self._take)
        self._offer("")

    def _offer(self, typed: str) -> None:
        found = kinds.matching(typed, _OFFERED)
        self._offers.set_choices(
            Choice(code, kinds.short(code), str(number)) for number, code in enumerate(found, start=1)
        )
        self._offers.setVisible(bool(found))
        self._none.setVisible(not found)

    def _take_numbered(self, number: int) -> None:
        found = kinds.matching(self.field.text(), _OFFERED)
        self._take(found[number - 1] if number <= len(found) else None)

    def _take_first(self) -> None:
        found = kinds.matching(self.field.text(), 1)
        if found and self.field.text().strip():
            self._take(found[0])

    def _take(self, code: str | None) -> None:
        if code:
            self._offers.set_value(None)
            self.field.clear()
            self.chosen.emit(code)


class _TypedField(TextField):
    """Enter takes, ↓ goes to the offers, a digit that no code goes on with is theirs (`numbered`, from 1), unless an
    input method is composing.
    """

    taken = Signal()
    left = Signal()
    numbered = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Serve the offers."""
        plain = not self.composing and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif plain and event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif plain and event.text() in _DIGITS and not (self.text() and kinds.matching(self.text() + event.text(), 1)):
            self.numbered.emit(int(event.text()))
        else:
            super().keyPressEvent(event)
