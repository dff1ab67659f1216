"""到期清理: what has been kept long enough; a person keeps it or erases it, for one or for many."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import access, retention
from gridworker.services.retention import Expired
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages.erase_dialog import EraseDialog
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import DANGER, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

_SIZE: Final = (760, 520)


class RetentionDialog(Dialog):
    """Window-modal; `changed` after something was kept or erased. Open it with `open()`."""

    changed = Signal()

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent.window())
        self._workspace = workspace
        self._found: list[Expired] = []
        self.setWindowTitle(_("到期清理"))
        self.setProperty("ground", "surface")
        columns = [Column(_("为什么"), 240), Column(_("从哪天起算"), 96, right=True)]
        self.rows = RowList(_("到期的记录"), columns, height=30, bold=False)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.state = ElidedLabel("", "second")
        self.back = Button(_("关闭"), key="Esc")
        self.keep = Button(_("再留一年"), key="K")
        self.erase = Button(_("永久删除…"), DANGER, key="Delete")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(_("到期清理"), "card_title"))
        words = _("办结、迁出或过了保存期的记录，按月数算；到期不会自己删除，留还是删由人决定。")
        column.addWidget(label(words, "second", wrap=True))
        column.addWidget(headed(_("记录"), self.rows), 1)
        column.addWidget(self.state)
        column.addLayout(row(self.back, 1, self.keep, self.erase))
        self.resize(*map(theme.px, _SIZE))
        self.back.clicked.connect(self.reject)
        self.keep.clicked.connect(self.keep_chosen)
        self.erase.clicked.connect(self.ask_to_erase)
        keys.bind(self.rows, "K", self.keep_chosen)
        keys.bind(self.rows, "Delete", self.ask_to_erase)
        keys.bind(self.rows, "Ctrl+A", self.rows.selectAll)
        access.note(workspace, "retention")
        self.refresh()
        self.rows.setFocus()

    def refresh(self) -> None:
        """Read the list anew."""
        self._found = retention.expired(self._workspace)
        self.rows.set_rows([_row(place, one) for place, one in enumerate(self._found)])
        words = _("{count} 条到期；Ctrl+A 全选，Shift 连选。").format(count=len(self._found))
        self.state.setText(words if self._found else _("没有到期的记录。"))
        for button in (self.keep, self.erase):
            button.setEnabled(bool(self._found))

    def chosen(self) -> list[Expired]:
        """What is selected."""
        return [self._found[place] for place in self.rows.selected_keys()]

    def keep_chosen(self) -> None:
        """They stay; in a year they are asked about again."""
        if some := self.chosen():
            retention.keep(self._workspace, [one.id for one in some])
            self.refresh()
            self.changed.emit()

    def ask_to_erase(self) -> None:
        """What that would do, before it is done."""
        if some := self.chosen():
            targets = [(ledger(one.ledger), one.id) for one in some]
            dialog = EraseDialog(self, self._workspace, targets, "expired")
            dialog.erased.connect(self._on_erased)
            dialog.open()

    def _on_erased(self, _count: int) -> None:
        self.refresh()
        self.changed.emit()


def _row(place: int, one: Expired) -> Row:
    return Row(
        f"{_(ledger(one.ledger).label)} {one.title}", key=place, marks=(Mark(_(one.rule.words)), Mark(one.since))
    )


class RetentionCard(Card):
    """到期清理 in the settings: `changed` after something was kept or erased."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("到期清理"))
        self._workspace = workspace
        self.button = Button(_("看到期的记录"), icon="list-checks")
        self.add(label(_("办结、迁出或过了保存期的记录，一条条看过再决定留还是删。"), "second", wrap=True))
        self.add(row(1, self.button))
        self.button.clicked.connect(self.open_list)

    def open_list(self) -> None:
        """The list, for a person to go through."""
        dialog = RetentionDialog(self, self._workspace)
        dialog.changed.connect(self.changed)
        dialog.open()
