"""Records beside each other, field by field: before they are joined, and where each value came from afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services.deciding import Compared, Part
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill

_WIDTH: Final = 720
_HEIGHT: Final = 480
_NAMES: Final = 110


@dataclass(frozen=True, slots=True)
class Words:
    """What the dialog says: its title, the sentence below it, the verb of its button."""

    title: str
    hint: str
    verb: str


class CompareDialog(Dialog):
    """Window-modal; `agreed(id)` on Ctrl+Enter, the id being the part chosen where one has to be."""

    agreed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        parts: Sequence[Part],
        lines: Sequence[Compared],
        *,
        choose: bool = False,
    ) -> None:
        super().__init__(parent.window())
        self._parts = list(parts)
        self.setWindowTitle(words.title)
        self.setProperty("ground", "surface")
        self.which = ChipGroup(_("哪一份"), digit_choices((one.id, one.title) for one in self._parts))
        self.which.set_value(self._parts[-1].id)
        self.keep = Button(words.verb, PRIMARY, icon="check", key="Ctrl+Enter")
        self._build(words, lines, choose=choose)
        keys.bind(self, "Ctrl+Enter", self._agree)
        (self.which if choose else self.keep).setFocus()

    def _build(self, words: Words, lines: Sequence[Compared], *, choose: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(words.title, "card_title"))
        column.addWidget(label(words.hint, "second", wrap=True))
        inner = QWidget()
        inner.setLayout(self._table(lines))
        column.addWidget(scrolling(inner), 1)
        column.addWidget(line())
        back = Button(_("取消"), key="Esc")
        back.clicked.connect(self.reject)
        self.keep.clicked.connect(self._agree)
        if choose:
            column.addLayout(row(label(_("哪一份"), "second"), self.which, 1))
        else:
            self.which.hide()
        column.addLayout(row(1, back, self.keep))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def _table(self, lines: Sequence[Compared]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnMinimumWidth(0, theme.px(_NAMES))
        for place, part in enumerate(self._parts, start=1):
            grid.addWidget(ElidedLabel(part.title, "strong"), 0, place)
            grid.addWidget(ElidedLabel(_entered(part), "second"), 1, place)
            grid.setColumnStretch(place, 1)
        for at, one in enumerate(lines, start=2):
            grid.addWidget(label(one.label, "second"), at, 0)
            for place, text in enumerate(one.values, start=1):
                grid.addWidget(ElidedLabel(text or "—", tone="amber" if one.differs and text else ""), at, place)
            if one.differs:
                grid.addWidget(Pill(_("不一样"), "amber"), at, len(self._parts) + 1)
        grid.setRowStretch(len(lines) + 2, 1)
        return grid

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.which.value())


def _entered(part: Part) -> str:
    """Who entered it, and when."""
    return _("{who} {day}登记").format(who=part.who, day=part.at[:10]).strip()
