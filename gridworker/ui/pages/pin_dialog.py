"""设 PIN: six digits that open the locked window while the program runs; the password proves who sets them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import pins
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message
from gridworker.ui.pages.unlock import password_field, pin_field
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.field import ErrorLine, FieldRow
from gridworker.ui.widgets.label import label, line

_WIDTH = 420
_LABELS = 84


class PinDialog(Dialog):
    """Window-modal; `said(message)` about what came of it."""

    said = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(parent.window())
        self._workspace, self._tasks = workspace, tasks
        self.setWindowTitle(_("锁定后用 PIN 打开"))
        self.setProperty("ground", "surface")
        self.password = password_field(_("现在的密码"))
        self.fresh, self.again = pin_field(), pin_field()
        self.again.setAccessibleName(_("再输一次"))
        self.error = ErrorLine()
        self.go_on = Button(_("设定"), PRIMARY, icon="check", key="Enter")
        self.drop = Button(_("不用 PIN"), icon="x")
        self.cancel = Button(_("取消"), key="Esc")
        self._build()
        self.go_on.clicked.connect(self.run)
        self.drop.clicked.connect(self._drop)
        self.cancel.clicked.connect(self.reject)
        keys.bind(self, "Enter", self.run)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "card_title"))
        told = _("程序开着时，锁定后输 6 位数字就能接着用；错 5 次或重新打开程序，仍要密码。")
        column.addWidget(label(told, "second", wrap=True))
        for name, field in ((_("现在的密码"), self.password), (_("PIN"), self.fresh), (_("再输一次"), self.again)):
            column.addWidget(FieldRow(name, field, label_width=_LABELS))
        column.addWidget(self.error)
        column.addStretch(1)
        column.addWidget(line())
        self.drop.setVisible(pins.is_set(self._workspace))
        column.addLayout(row(self.drop, 1, self.cancel, self.go_on))
        self.setMinimumWidth(theme.px(_WIDTH))
        self.password.setFocus()

    def run(self) -> None:
        """Set it, if both times the same was typed."""
        password, digits = self.password.text(), self.fresh.text()
        if digits != self.again.text():
            self._refuse(_("两次输入的 PIN 不一样。"), self.again)
            return
        self.error.show_sentence("")
        self.go_on.setEnabled(False)
        workspace = self._workspace.for_thread()

        def work(_job: Job) -> None:
            try:
                pins.choose(workspace, password, digits)
            finally:
                workspace.close()

        self._tasks.start(work, done=self._on_done, failed=self._on_failed)

    def _on_done(self, _nothing: object) -> None:
        self.accept()
        self.said.emit(Message("saved", _("PIN 已设定，锁定后用它打开。")))

    def _on_failed(self, error: Exception) -> None:
        self.go_on.setEnabled(True)
        self._refuse(sentence_for(error), self.fresh if getattr(error, "code", "") == "weak_pin" else self.password)

    def _refuse(self, sentence: str, field: QLineEdit) -> None:
        self.error.show_sentence(sentence)
        field.setFocus()
        field.selectAll()

    def _drop(self) -> None:
        pins.drop(self._workspace)
        self.accept()
        self.said.emit(Message("saved", _("不再用 PIN，锁定后输密码。")))
