"""Filters kept by name: chips beside the usual ones, × forgets one; a small dialog gives the name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import needs_list, saved_filters
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import Choice
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.label import label

_MARK = "="
"""Before the name of a kept filter as the value of its chip."""


def choices(workspace: Workspace, first: int) -> list[Choice]:
    """The chips of the kept filters, with their digits from `first` on."""
    return [
        Choice(_MARK + name, name, str(place) if place <= 9 else "", needs_list.count(workspace, wish), removable=True)
        for place, (name, wish) in enumerate(saved_filters.kept(workspace).items(), start=first)
    ]


def wish_of(workspace: Workspace, chosen: object) -> needs_list.Wish | None:
    """The wish that a kept filter's chip stands for."""
    return saved_filters.kept(workspace).get(name_of(chosen)) if name_of(chosen) else None


def name_of(chosen: object) -> str:
    """The name of a kept filter; empty for a usual one."""
    return chosen.removeprefix(_MARK) if isinstance(chosen, str) and chosen.startswith(_MARK) else ""


def chip_of(name: str) -> str:
    """The value of a kept filter's chip."""
    return _MARK + name


class NameDialog(Dialog):
    """Window-modal; `named(text)` on Enter."""

    named = Signal(str)

    def __init__(self, parent: QWidget, told: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(_("存为筛选"))
        self.setProperty("ground", "surface")
        self.name = TextField(_("名字"), _("如 本月医疗"))
        self._line = FieldRow(_("名字"), self.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(_("存为筛选"), "card_title"))
        column.addWidget(label(told, "second", wrap=True))
        column.addWidget(self._line)
        back, save = Button(_("取消"), key="Esc"), Button(_("保存"), PRIMARY, icon="bookmark", key="Enter")
        back.clicked.connect(self.reject)
        save.clicked.connect(self._take)
        column.addLayout(row(1, back, save))
        keys.bind(self.name, "Enter", self._take)
        self.setFixedWidth(theme.px(420))

    def _take(self) -> None:
        if self.name.value():
            self.accept()
            self.named.emit(self.name.value())
        else:
            self._line.set_error(_("给筛选起个名字。"))
