"""What a visit may say besides: its sort, who was met, who came along; folded away until asked for (F8) or said."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.codes import code_list
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.ui.widgets.chip import ChipGroup, digit_choices
from gridworker.ui.widgets.field import FieldRow, TextField


class VisitMore(QWidget):
    """Three fields in two lines; `changed` after anything a person did."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = ((code, naming.word("purpose", code)) for code in code_list("purpose").codes())
        self.purpose = ChipGroup(_("走访类型"), digit_choices(words), optional=True)
        self.met = TextField(_("见面人"), _("见面人"))
        self.companion = TextField(_("陪同人员"), _("陪同人员"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addWidget(FieldRow(_("走访类型"), self.purpose))
        column.addWidget(FieldRow(_("见面人"), self.met, self.companion))
        for editor in (self.purpose, self.met, self.companion):
            editor.changed.connect(self.changed)
        self.hide()

    def ask(self) -> None:
        """Unfold and go to the first field."""
        self.show()
        self.purpose.setFocus()

    def given(self) -> dict[str, Any]:
        """What it holds."""
        told = {"purpose": self.purpose.value(), "met": self.met.value(), "companion": self.companion.value()}
        return {name: value for name, value in told.items() if value}

    def set_given(self, visit: Mapping[str, Any]) -> None:
        """Show these values without telling; without any it is folded."""
        self.purpose.set_value(visit.get("purpose"))
        self.met.set_value(str(visit.get("met") or ""))
        self.companion.set_value(str(visit.get("companion") or ""))
        self.setVisible(bool(self.given()))
