"""办事指南 in 设置: every kind with what is told of it; one's own words, out to a sheet and back."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from gridworker.domain.codes import code_list
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import guide_sheet, kinds, policy
from gridworker.services.guide_sheet import Plan
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages.guide_edit import GuideDialog
from gridworker.ui.pages.guide_import import GuideImportDialog
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

_SHEETS: Final = "*.xlsx *.xls *.ods *.csv *.et"


class GuideCard(Card):
    """Emits `said(message)` and `changed` after other words stand on the cards."""

    said = Signal(object)
    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("办事指南"), _("按 Enter 改成当地的办法"))
        self._workspace, self._tasks = workspace, tasks
        self.list = RowList(_("办事指南"), [Column(_("内容"), 84)], height=30, bold=False)
        self.list.setMinimumHeight(182)
        self.export = Button(_("导出表格"), icon="download")
        self.take_in = Button(_("导入表格"), icon="upload")
        self.add(self.list, 1)
        if workspace.is_township:
            self.add(
                label(_("这里写的会随开户文件发给网格员；已开户的，把导出的表格发给他们导入。"), "second", wrap=True)
            )
        self.add(row(1, self.export, self.take_in))
        self.list.opened.connect(self.edit)
        self.export.clicked.connect(self._ask_place)
        self.take_in.clicked.connect(self._ask_file)
        self.refresh()

    def refresh(self) -> None:
        """Read what is told of each kind."""
        self.list.set_rows([self._row(kind) for kind in code_list(kinds.NAME).codes()])

    def edit(self, kind: str) -> None:
        """Write one card in one's own words."""
        before = policy.own_texts(self._workspace)
        dialog = GuideDialog(self, self._workspace, kind)
        words = _("{kind} 的办事指南已改").format(kind=kinds.label(kind))
        dialog.saved.connect(lambda: self._tell(words, before))
        dialog.open()

    def write_file(self, path: Path) -> None:
        """Write every card into a workbook."""
        try:
            guide_sheet.export(self._workspace, path)
        except GridworkerError as error:
            self.said.emit(Message("failure", sentence_for(error)))
            return
        self.said.emit(Message("saved", _("办事指南已导出：{name}").format(name=path.name)))

    def read_file(self, path: Path) -> None:
        """Read a workbook beside the window, then show what it would change."""
        own = self._workspace.for_thread()

        def work(_job: object) -> Plan:
            try:
                return guide_sheet.read(own, path)
            finally:
                own.close()

        self.take_in.setEnabled(False)
        self._tasks.start(work, done=lambda plan: self._show_plan(path.name, plan), failed=self._on_failed)

    def _row(self, kind: str) -> Row:
        card = policy.card(self._workspace, kind)
        mark = Mark(_("自己写的"), "primary") if card.own else Mark("" if card.texts else _("暂无资料"), "")
        return Row(kinds.label(kind), key=kind, aside=next(iter(card.texts.values()), ""), marks=(mark,))

    def _show_plan(self, name: str, plan: Plan) -> None:
        self.take_in.setEnabled(True)
        dialog = GuideImportDialog(self, name, plan)
        dialog.agreed.connect(lambda: self._take(plan))
        dialog.open()

    def _take(self, plan: Plan) -> None:
        before = policy.own_texts(self._workspace)
        guide_sheet.take(self._workspace, plan)
        self._tell(_("办事指南改了 {count} 处").format(count=len(plan.changes)), before)

    def _tell(self, sentence: str, before: dict[str, dict[str, str]]) -> None:
        self._renew()
        self.said.emit(Message("saved", sentence, act=lambda: self._put_back(before)))

    def _put_back(self, before: dict[str, dict[str, str]]) -> None:
        policy.set_own_texts(self._workspace, before)
        self._renew()

    def _renew(self) -> None:
        self.refresh()
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.take_in.setEnabled(True)
        self.said.emit(Message("failure", sentence_for(error)))

    def _ask_place(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("导出办事指南"), _("办事指南.xlsx"), _("表格 (*.xlsx)"))
        if path:
            self.write_file(Path(path))

    def _ask_file(self) -> None:
        wanted = _("表格 ({kinds});;全部文件 (*)").format(kinds=_SHEETS)
        path, _kind = QFileDialog.getOpenFileName(self, _("导入办事指南"), "", wanted)
        if path:
            self.read_file(Path(path))
