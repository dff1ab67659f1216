"""只填…: whose rows by grid, care level, kind …, and how ID numbers and days are written."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.form_cells import Shape
from gridworker.services.form_narrow import Chosen, Narrowing
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.flow import FlowLayout

ID_WORDS: Final = (("full", "证号照填"), ("last4", "证号留后四位"), ("masked", "证号遮住"))
DATE_SAMPLES: Final = (
    ("iso", "2026-11-25"), ("dots", "2026.11.25"), ("chinese", "2026年11月25日"), ("short", "11-25"),
)  # fmt: skip
"""By format: the same day, as it stands in a form of any language."""


class FillChoices(QWidget):
    """Drop-downs side by side, in as many lines as they need; `changed` when a person chose."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self)
        self._narrow: dict[str, Select] = {}
        self.ids = _select(_("身份证写法"), [(code, _(word)) for code, word in ID_WORDS])
        self.days = _select(_("日期写法"), [("", _("日期照表")), *DATE_SAMPLES])
        for one in (self.ids, self.days):
            self.flow.addWidget(one)
            one.activated.connect(lambda _place: self.changed.emit())

    def chosen(self) -> Chosen:
        """What is asked for now."""
        where = [(name, str(one.currentData())) for name, one in self._narrow.items() if one.currentData()]
        return Chosen(tuple(where), Shape(self.ids.currentData(), self.days.currentData()))

    def offer(self, found: Sequence[Narrowing]) -> None:
        """Offer these conditions; what was chosen of them stays."""
        if [one.name for one in found] == list(self._narrow):
            return
        kept = self.chosen()
        for one in self._narrow.values():
            self.flow.removeWidget(one)
            one.deleteLater()
        self._narrow = {one.name: self._condition(one) for one in found}
        self._order()
        self.show_chosen(kept)

    def show_chosen(self, chosen: Chosen) -> None:
        """Show what was chosen another time."""
        where = dict(chosen.where)
        for name, one in self._narrow.items():
            one.setCurrentIndex(max(one.findData(where.get(name, "")), 0))
        self.ids.setCurrentIndex(max(self.ids.findData(chosen.shape.id_format), 0))
        self.days.setCurrentIndex(max(self.days.findData(chosen.shape.date_format), 0))

    def _condition(self, one: Narrowing) -> Select:
        label = _(one.label)
        made = _select(label, [("", _("{label}：全部").format(label=label)), *one.words])
        made.setParent(self)
        made.activated.connect(lambda _place: self.changed.emit())
        return made

    def _order(self) -> None:
        """Conditions first, then how things are written."""
        for one in (self.ids, self.days):
            self.flow.removeWidget(one)
        for one in (*self._narrow.values(), self.ids, self.days):
            self.flow.addWidget(one)
            one.show()


def _select(name: str, words: Sequence[tuple[str, str]]) -> Select:
    made = Select(name)
    for code, word in words:
        made.addItem(word, code)
    made.setCurrentIndex(0)
    return made
