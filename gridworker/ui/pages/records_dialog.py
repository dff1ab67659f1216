"""The records behind a number: listed to be looked through, each opened where it is at home."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services.affairs import Record
from gridworker.ui import theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

_WIDTH, _ROWS, _ROW = 620, 9, 46


class RecordsDialog(Dialog):
    """Window-modal; `opened(ledger, id)` after it closed itself. Open it with `open()`."""

    opened = Signal(str, object)

    def __init__(self, parent: QWidget, title: str, records: Sequence[Record], shown: Callable[[Record], Row]) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.rows = RowList(title, height=_ROW, bold=False)
        self.rows.setFixedHeight(theme.px(_ROW * _ROWS))
        leave = Button(_("关闭"), key="Esc")
        leave.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(ElidedLabel(title, "card_title"))
        column.addWidget(self.rows)
        column.addLayout(row(KeyLegend([("Enter", _("打开"))]), 1, leave))
        self.setFixedWidth(theme.px(_WIDTH))
        self.rows.set_source(len(records), lambda number: shown(records[number]), list(records), lead=False)
        self.rows.opened.connect(self._open)
        self.rows.setFocus()

    def _open(self, record: Record) -> None:
        self.accept()
        self.opened.emit(*record)
