"""The last step of the first run: the ways to begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label


@dataclass(frozen=True, slots=True)
class Option:
    """One way to begin."""

    name: str
    icon: str
    title: str
    advice: str
    verb: str


class BeginStep(QWidget):
    """The ways to begin; `chosen(name)`."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = column_of(self)
        for option in options:
            column.addWidget(self._card(option))
        column.addStretch(1)

    def first_field(self) -> QWidget:
        """The first way."""
        return next(iter(self.buttons.values()))

    def _card(self, option: Option) -> Card:
        card = Card(frame="inset")
        button = Button(option.verb)
        button.clicked.connect(lambda: self.chosen.emit(option.name))
        self.buttons[option.name] = button
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(option.title, "card_title"))
        words.addWidget(label(option.advice, "second", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(IconMark(option.icon, "primary", 20, round_size=40))
        line.addLayout(words, 1)
        line.addWidget(button)
        card.add(line)
        return card
