"""The foot of the evening sheet: the keys, or what can be chosen right now by digit or letter."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.text.address import format_address
from gridworker.i18n import _
from gridworker.services.doors import Door
from gridworker.services.phrases import LETTERS
from gridworker.ui.pages.sheet_cells import outcome_keys
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label

MOST = 9
"""Households that a digit can choose."""


class SheetFoot(QWidget):
    """`home_chosen(id)` and `phrase_chosen(sentence)`."""

    home_chosen = Signal(object)
    phrase_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.homes = ChipGroup(_("相近的住户"), optional=True)
        self.phrases = ChipGroup(_("常用语"), optional=True)
        self._outcomes = KeyLegend(outcome_keys())
        self._actions = KeyLegend(
            [("F4", _("加诉求")), ("F6", _("常用语")), ("Ctrl+D", _("同上")), ("Enter", _("下一行"))]
        )
        self._title, self._more = label(_("结果键"), "second"), label("", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        digits = QWidget()
        digits.setLayout(row(self._title, self._outcomes, 1))
        self._keys = SideColumns(digits, self._actions, weights=(1, 0))
        column.addWidget(self._keys)
        across = row(self._more)
        across.addWidget(self.homes, 1)
        across.addWidget(self.phrases, 1)
        column.addLayout(across)
        self.homes.changed.connect(self._on_home)
        self.phrases.changed.connect(self._on_phrase)
        self.show_keys()

    def show_keys(self) -> None:
        """The keys of a line."""
        self._show("", None)

    def show_homes(self, found: Sequence[Door]) -> None:
        """The households a door may mean; the first nine by their digits."""
        apart = len({one.address.estate for one in found}) > 1
        words_of = ((one, format_address(one.address) if apart else one.short) for one in found[:MOST])
        self.homes.set_choices(
            Choice(one.id, f"{one.head or _('（未登记户主）')} {place}", str(number))
            for number, (one, place) in enumerate(words_of, 1)
        )
        self.homes.set_value(None)
        words = _("{count} 户，回车后选一户") if len(found) <= MOST else _("{count} 户，门牌写全一些")
        self._show(words.format(count=len(found)), self.homes)

    def show_phrases(self, offered: Sequence[str]) -> None:
        """Sentences by their letters, ready to choose."""
        self.phrases.set_choices(Choice(one, one, letter) for letter, one in zip(LETTERS, offered, strict=False))
        self.phrases.set_value(None)
        self._show(_("常用语"), self.phrases)
        self.phrases.setFocus()

    def _show(self, words: str, group: ChipGroup | None) -> None:
        self._more.setText(words)
        self._keys.setVisible(group is None)
        self._more.setVisible(group is not None)
        self.homes.setVisible(group is self.homes)
        self.phrases.setVisible(group is self.phrases)

    def _on_home(self, household: object) -> None:
        if household:
            self.home_chosen.emit(household)

    def _on_phrase(self, sentence: str | None) -> None:
        if sentence:
            self.phrase_chosen.emit(sentence)
