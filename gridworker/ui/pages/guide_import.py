"""What a workbook would change on the cards of 办事指南, and which of its cells keep it from coming in."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import kinds, policy
from gridworker.services.guide_sheet import Change, Plan
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import label, line
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

_WIDTH: Final = 660
_HEIGHT: Final = 440


class GuideImportDialog(Dialog):
    """Window-modal; `agreed` when everything is to come in. Open it with `open()`."""

    agreed = Signal()

    def __init__(self, parent: QWidget, name: str, plan: Plan) -> None:
        super().__init__(parent.window())
        self._plan = plan
        self.setWindowTitle(_("导入办事指南"))
        self.setProperty("ground", "surface")
        self.rows = RowList(_("改动"), height=48, bold=False)
        self.take = Button(
            _("导入 {count} 处").format(count=len(plan.changes)), PRIMARY, icon="check", key="Ctrl+Enter"
        )
        self.take.setVisible(bool(plan.changes) and not plan.problems)
        problems = [
            Row(one.message, key=one.cell, icon="circle-x", icon_tone="red", tint="red") for one in plan.problems
        ]
        self.rows.set_rows([*problems, *map(_row, plan.changes)])
        self._build(name)
        keys.bind(self, "Ctrl+Enter", self._agree)
        self.rows.setFocus()

    def _build(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(_("导入办事指南"), "card_title"))
        column.addWidget(label(f"{name} · {_advice(self._plan)}", "second", wrap=True))
        column.addWidget(self.rows, 1)
        self.rows.setVisible(self.rows.count() > 0)
        column.addStretch(0 if self.rows.count() else 1)
        column.addWidget(line())
        back = Button(_("关闭") if self.take.isHidden() else _("取消"), key="Esc")
        back.clicked.connect(self.reject)
        self.take.clicked.connect(self._agree)
        column.addLayout(row(1, back, self.take))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT if self.rows.count() else 160))

    def _agree(self) -> None:
        if not self.take.isHidden():
            self.accept()
            self.agreed.emit()


def _advice(plan: Plan) -> str:
    if plan.problems:
        return _("有 {count} 格要先改好，现在什么都不导入；改好存盘后再导入。").format(count=len(plan.problems))
    if plan.changes:
        return _("会改下面 {count} 处，其他不动；空格不清掉原有的。").format(count=len(plan.changes))
    return _("和现在的一样，没有要改的。")


def _row(one: Change) -> Row:
    title = f"{kinds.label(one.kind)} · {_(policy.WORDS[one.part])}"
    return Row(
        title, _("{before} → {after}").format(before=one.before or _("（空）"), after=one.after), (one.kind, one.part)
    )
