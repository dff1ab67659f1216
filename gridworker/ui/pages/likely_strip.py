"""可能已有, while one types: the known records that may be the one being entered, with the reasons, in nobody's way."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gridworker.i18n import _
from gridworker.services.likely_same import Likely
from gridworker.ui import theme
from gridworker.ui.pages.likely_dialog import likely_row
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

KEY: Final = "Ctrl+Down"
_PAUSE: Final = 250  # ms of silence before known ones are looked for
_SHOWN: Final = 3
_ROW: Final = 46


class LikelyStrip(QFrame):
    """Asks `find` a moment after `look_again`; hidden while nothing is like it; `known(Likely)` on Enter."""

    known = Signal(object)

    def __init__(self, find: Callable[[], Sequence[Likely]]) -> None:
        super().__init__()
        self.setProperty("frame", "inset")
        self._find = find
        self._found: list[Likely] = []
        self.rows = RowList(
            _("可能已有"), (Column(_("理由"), 130, right=True),), height=_ROW, bold=False, select_first=False
        )
        self.rows.opened.connect(lambda place: self.known.emit(self._found[place]))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 7)
        column.setSpacing(4)
        keys = KeyLegend([("Ctrl+↓", _("去看")), ("Enter", _("打开它，不再新建"))])
        column.addLayout(row(IconMark("copy", "amber", 15), label(_("可能已有"), "strong"), 1, keys))
        column.addWidget(self.rows)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._show)
        self.hide()

    def look_again(self) -> None:
        """Something was typed; look when the typing pauses."""
        self._pause.start()

    def enter(self) -> None:
        """Go to the first of them."""
        if not self.isHidden():
            self.rows.select_number(0)
            self.rows.setFocus()

    def _show(self) -> None:
        if not self.window().isVisible():
            return
        self._found = list(self._find())[:_SHOWN]
        self.rows.set_rows([likely_row(place, one) for place, one in enumerate(self._found)])
        self.rows.setFixedHeight(theme.px(_ROW) * len(self._found) + 2)
        self.setVisible(bool(self._found))
