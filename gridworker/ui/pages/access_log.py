"""访问日志 in full: day, person, what was done, to which record by its short number; by words, by what was done."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import access, access_lines
from gridworker.services.access_lines import AccessLine
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

_LISTED: Final = 3000
_OFFERED: Final = 6  # sorts of acts that have a chip of their own; words find the others
_PAUSE: Final = 150
_SIZE: Final = (760, 520)


class LogDialog(Dialog):
    """Window-modal; `opened(ledger, id)` of the record a line is about."""

    opened = Signal(str, object)

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent.window())
        self._workspace = workspace
        self._lines: dict[int, AccessLine] = {}
        self.setWindowTitle(_("访问日志"))
        self.setProperty("ground", "surface")
        self.state = Pill("", "green", dot=True)
        self.typed = TextField(_("查找"), _("日期、姓名、编号，如 2026-11-25"), icon_name="search")
        acts = access_lines.acts(workspace)[:_OFFERED]
        self.acts = ChipGroup(_("做了什么"), [Choice("", _("全部")), *(Choice(act, word) for act, word in acts)])
        self.acts.set_value("")
        columns = [Column(_("谁"), 96), Column(_("时间"), 112, right=True)]
        self.rows = RowList(_("访问日志"), columns, height=30, bold=False)
        self.head = ElidedLabel("", "second")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._connect()
        self._show_lines()
        self._show_state()
        self.rows.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(label(_("访问日志"), "card_title"), self.state, 1))
        column.addWidget(label(_("只记编号，不记居民姓名；只增不改，一直保留（不少于六个月）。"), "second", wrap=True))
        column.addWidget(self.typed)
        column.addWidget(self.acts)
        column.addWidget(headed(_("做了什么"), self.rows), 1)
        column.addWidget(self.head)
        column.addWidget(line())
        self.back, self.go = Button(_("关闭"), key="Esc"), Button(_("去看"), icon="arrow-right", key="Enter")
        column.addLayout(row(1, self.back, self.go))
        self.resize(*map(theme.px, _SIZE))

    def _connect(self) -> None:
        self._pause.timeout.connect(self._show_lines)
        self.typed.textChanged.connect(self._pause.start)
        self.acts.changed.connect(lambda _act: self._show_lines())
        self.rows.chosen.connect(self._offer)
        self.rows.opened.connect(self._open)
        self.back.clicked.connect(self.reject)
        self.go.clicked.connect(lambda: self._open(self.rows.current_key()))
        keys.bind(self.typed, "Down", self.rows.setFocus, _("从查找到列表"))

    def _show_lines(self) -> None:
        found = access_lines.newest(self._workspace, _LISTED, self.acts.value() or "", self.typed.value())
        self._lines = {one.no: one for one in found}
        self.rows.set_rows([_row(one) for one in found])
        self._offer(self.rows.current_key())

    def _show_state(self) -> None:
        broken = access.verify(self._workspace)
        words = _("连续完好") if broken is None else _("第 {no} 行对不上").format(no=broken)
        self.state.show_state(words, "green" if broken is None else "red", dot=True)
        self.head.setText(_("周报封面上印着：{head}").format(head=access.head(self._workspace).words))

    def _offer(self, no: int | None) -> None:
        one = self._lines.get(no or 0)
        self.go.setEnabled(one is not None and one.record is not None)

    def _open(self, no: int | None) -> None:
        one = self._lines.get(no or 0)
        if one is not None and one.record is not None:
            self.accept()
            self.opened.emit(*one.record)


def _row(one: AccessLine) -> Row:
    words = "\u3000".join(word for word in (one.act, one.what) if word)
    return Row(words, key=one.no, marks=(Mark(one.author), Mark(one.at[:16].replace("T", " "))))
