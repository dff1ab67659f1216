"""What people may ask of what is held on them: to read it, to have it erased (PIPL art. 45–47)."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.page import Message
from gridworker.ui.pages.erase_dialog import EraseDialog
from gridworker.ui.pages.unlock import SHORTEST, password_field
from gridworker.ui.pages.worker_page import WorkerPage
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.field import ErrorLine, FieldRow
from gridworker.ui.widgets.label import label

_WIDTH = 460


class Rights:
    """Dialogs over the page of a household or person."""

    def __init__(self, page: WorkerPage) -> None:
        self._page = page

    def erase(self, of: Ledger, record: Id) -> None:
        """For ever; the page then shows what is left."""
        dialog = self._page.attempt(lambda: EraseDialog(self._page, self._page.workspace, [(of, record)]))
        if dialog is not None:
            dialog.erased.connect(self._on_erased)
            dialog.open()

    def _on_erased(self, count: int) -> None:
        self._page.bus.changed.emit(())
        self._page.said.emit(Message("saved", _("已永久删除 {count} 条记录。").format(count=count)))

    def copy(self, person: Id) -> None:
        """All that is held on a person as a workbook, under a password told face to face."""
        dialog = CopyDialog(self._page)
        dialog.chosen.connect(lambda out, password: self._write(person, out, password))
        dialog.open()

    def _write(self, person: Id, out: Path, password: str) -> None:
        from gridworker.services import person_copy

        done = self._page.attempt(lambda: person_copy.write(self._page.workspace, person, out, password))
        if done is not None:
            self._page.said.emit(Message("saved", _("已写到 {file}。").format(file=out.name)))


class CopyDialog(Dialog):
    """Asks for a password and a file: `chosen(out, password)`."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(_("给本人看资料"))
        self.setProperty("ground", "surface")
        self.password = password_field(_("这个文件的密码"), _("至少8位，当面告诉本人"))
        self.error = ErrorLine()
        back, forth = Button(_("返回"), key="Esc"), Button(_("写成工作簿"), PRIMARY, key="Ctrl+Enter")
        back.clicked.connect(self.reject)
        forth.clicked.connect(self.choose)
        keys.bind(self, "Ctrl+Enter", self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(_("给本人看资料"), "card_title"))
        words = _("登记了什么、谁登记的、交给过谁、谁看过，写成一个加密的工作簿；同住的人遮住。写出去会记进访问日志。")
        column.addWidget(label(words, "second", wrap=True))
        column.addWidget(FieldRow(_("密码"), self.password))
        column.addWidget(self.error)
        column.addLayout(row(1, back, forth))
        self.setFixedWidth(theme.px(_WIDTH))
        self.password.setFocus()

    def choose(self) -> None:
        """Ask where to."""
        if len(self.password.text()) < SHORTEST:
            self.error.show_sentence(_("密码至少8位。"))
            return
        name, kinds = _("个人资料.xlsx"), _("Excel 工作簿 (*.xlsx)")
        file, _kind = QFileDialog.getSaveFileName(self, _("写到"), str(Path.home() / name), kinds)
        if file:
            self.chosen.emit(Path(file), self.password.text())
            self.accept()
