"""Choosing one known record: a field to type in, the lines that fit, Enter takes the line."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

_PAUSE: Final = 60  # ms of silence before lines are looked for
_WIDTH: Final = 560
_ROW: Final = 46
_SHOWN: Final = 6

Find = Callable[[str], Sequence[Row]]
"""The lines that fit typed words; for none the likeliest."""


class PickDialog(Dialog):
    """Window-modal; `picked(key)` of the line taken. Open it with `open()`."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, hint: str, find: Find) -> None:
        super().__init__(parent.window())
        self._find = find
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.typed = TextField(_("查找"), hint, icon_name="search")
        self.rows = RowList(title, (Column(_("理由"), 120, right=True),), height=_ROW)
        self._none = label("", "second")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._show_found)
        self._build(title)
        self.typed.textChanged.connect(self._pause.start)
        self.rows.opened.connect(self._take)
        keys.bind(self.typed, "Down", self.rows.setFocus, _("从查找到列表"))
        keys.bind(self.typed, "Enter", self._take_current)
        self._show_found()
        self.typed.setFocus()

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(title, "card_title"))
        column.addWidget(self.typed)
        self.rows.setFixedHeight(theme.px(_ROW) * _SHOWN + 4)
        column.addWidget(self._none)
        column.addWidget(self.rows)
        back, take = Button(_("取消"), key="Esc"), Button(_("选定"), PRIMARY, icon="check", key="Enter")
        back.clicked.connect(self.reject)
        take.clicked.connect(self._take_current)
        column.addLayout(row(1, back, take))
        self.setFixedWidth(theme.px(_WIDTH))

    def _show_found(self) -> None:
        self._pause.stop()
        found = list(self._find(self.typed.value()))
        self.rows.set_rows(found)
        self._none.setText(_("没有找到，换个写法再找") if self.typed.value() else _("输几个字来找"))
        self._none.setVisible(not found)

    def _take_current(self) -> None:
        if self._pause.isActive():
            self._show_found()
        if self.rows.current_key() is not None:
            self._take(self.rows.current_key())

    def _take(self, key: object) -> None:
        self.accept()
        self.picked.emit(key)
