"""The township's own settings: its grids, the day workbooks are due, the 开户文件."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import access, collect, roster, setup_file
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.page import Message
from gridworker.ui.pages.settings_grid import GridDialog
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import ErrorLine, FieldRow, TextField
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList


class RosterCard(Card):
    """The grids and who walks them; `said(message)`, `changed` after an addition."""

    said = Signal(object)
    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("网格名册"))
        self._workspace = workspace
        self.list = RowList(_("网格"), height=30, bold=False, select_first=False)
        self.list.setMinimumHeight(150)
        self.code = TextField(_("网格编号"), _("编号 JX03"))
        self.name = TextField(_("网格名称"), _("名称"))
        self.community = TextField(_("社区（村）"), _("社区"))
        self.worker = TextField(_("网格员"), _("网格员"))
        self.button = Button(_("添加"), icon="plus")
        self.error = ErrorLine()
        self.write = Button(_("写出开户文件"), icon="download")
        self.code.setMaximumWidth(theme.px(130))
        self.add(self.list, 1)
        self.add(row(self.code, self.name, gap=6))
        self.add(row(self.community, self.worker, self.button, gap=6))
        self.add(self.error)
        advice = _("开户文件里有网格、网格员和上报密码，发给网格员时当钥匙保管。")
        self.add(row(label(advice, "second", wrap=True), self.write))
        self.button.clicked.connect(self.add_grid)
        self.worker.returnPressed.connect(self.add_grid)
        self.list.acted.connect(self.open_grid)
        self.list.opened.connect(self.open_grid)
        self.write.clicked.connect(self._ask_place)
        self.refresh()

    def refresh(self) -> None:
        """Read the grids."""
        lines = roster.roster(self._workspace)
        self.show_note(_("{count} 个网格").format(count=len(lines)))
        self.note.setVisible(True)
        self.list.set_rows([
            Row(f"{one.code} {one.name}", aside=" · ".join(part for part in (one.community, one.workers) if part),
                key=one.id, verb=_("变动"))
            for one in lines
        ])  # fmt: skip

    def add_grid(self) -> None:
        """Enter one grid."""
        fields = (self.code, self.name, self.community, self.worker)
        try:
            roster.add_grid(self._workspace, *(field.value() for field in fields))
        except GridworkerError as error:
            self.error.show_sentence(sentence_for(error))
            return
        self.error.show_sentence("")
        for field in fields:
            field.clear()
        self.code.setFocus()
        self.refresh()
        self.changed.emit()

    def open_grid(self, id: object) -> "GridDialog":
        """Another worker for a grid, or doors that go to another one."""
        lines = roster.roster(self._workspace)
        dialog = GridDialog(self, self._workspace, next(one for one in lines if one.id == id), lines)
        dialog.done_.connect(self._on_moved)
        dialog.open()
        return dialog

    def _on_moved(self, sentence: str) -> None:
        self.refresh()
        self.changed.emit()
        self.said.emit(Message("saved", sentence))

    def _ask_place(self) -> None:
        name = _("{township}_开户文件.gwsetup").format(township=self._workspace.store.get("township"))
        path, _kind = QFileDialog.getSaveFileName(self, _("写出开户文件"), name)
        if path:
            self.write_file(Path(path))

    def write_file(self, path: Path) -> None:
        """Write the set-up file."""
        try:
            setup_file.write(self._workspace, path)
        except OSError as error:
            words = _("写不进去：{why}。换个位置再试。").format(why=error.strerror)
            self.said.emit(Message("failure", words))
            return
        access.note(self._workspace, "setup")
        self.said.emit(Message("saved", _("开户文件已写出：{name}").format(name=path.name)))


class DeadlineCard(Card):
    """Until when a week's workbook is in time; `changed` after a choice."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("收表截止"))
        days = ((4, _("周四")), (5, _("周五")), (6, _("周六")), (7, _("周日")), (8, _("下周一")))
        self.day = ChipGroup(_("截止日"), [Choice(number, word) for number, word in days])
        self.day.set_value(int(workspace.store.get("deadline") or collect.DEADLINE))
        self._workspace = workspace
        self.day.changed.connect(self._on_day_chosen)
        self.add(FieldRow(_("截止日"), self.day))
        self.add(label(_("当天收到算按时，之后算迟交。"), "second"))

    def _on_day_chosen(self, day: int) -> None:
        collect.set_deadline(self._workspace, day)
        self.changed.emit()
