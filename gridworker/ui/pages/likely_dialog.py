"""可能已有: what may be known already, with the reasons; one key opens it, one enters the new one all the same."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services.likely_same import Likely
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

_WIDTH: Final = 620
_ROW: Final = 50
_ICONS: Final = {"household": "house", "resident": "user", "need": "message-square-warning"}


class LikelyDialog(Dialog):
    """Window-modal over the form: `known(Likely)` to open one that is there, `anyway()` to go on."""

    known = Signal(object)
    anyway = Signal()

    def __init__(self, parent: QWidget, found: Sequence[Likely]) -> None:
        super().__init__(parent)
        self._found = list(found)
        self.setWindowTitle(_("可能已有"))
        self.setProperty("ground", "surface")
        self.rows = RowList(_("可能已有"), (Column(_("理由"), 190, right=True),), height=_ROW)
        self._build()
        self.rows.set_rows([likely_row(place, one) for place, one in enumerate(self._found)])
        self.rows.opened.connect(self._open)
        keys.bind(self, "Ctrl+Enter", self._go_on)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(_("可能已有，请先看看"), "card_title"))
        column.addWidget(label(_("是同一个就打开它，不用再登一遍；不是就照样新建。"), "second", wrap=True))
        self.rows.setFixedHeight(theme.px(_ROW) * len(self._found) + 4)
        column.addWidget(self.rows)
        back, go_on = Button(_("返回"), key="Esc"), Button(_("照样保存"), key="Ctrl+Enter")
        look = Button(_("打开"), PRIMARY, icon="arrow-right", key="Enter")
        back.clicked.connect(self.reject)
        go_on.clicked.connect(self._go_on)
        look.clicked.connect(lambda: self._open(self.rows.current_key()))
        column.addLayout(row(back, 1, go_on, look))
        self.setFixedWidth(theme.px(_WIDTH))
        self.rows.setFocus()

    def _open(self, place: int) -> None:
        self.accept()
        self.known.emit(self._found[place])

    def _go_on(self) -> None:
        self.accept()
        self.anyway.emit()


def ask_first(
    parent: QWidget, found: Sequence[Likely], anyway: Callable[[], object], known: Callable[[Likely], object]
) -> None:
    """Go on where nothing is like it; else ask."""
    if not found:
        anyway()
        return
    dialog = LikelyDialog(parent, found)
    dialog.anyway.connect(anyway)
    dialog.known.connect(known)
    dialog.open()


def likely_row(place: int, one: Likely) -> Row:
    """A known record with the strongest reason at the right, the others below."""
    first, *others = one.reasons
    second = " · ".join(filter(None, (one.where, *others)))
    return Row(one.title, second, place, icon=_ICONS[one.ledger], marks=(Mark(first, "amber"),))
