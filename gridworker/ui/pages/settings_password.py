"""密码: the one that opens the data, and the 上报密码 that the township's workbooks share."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, keeping, settings
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.pages.pin_dialog import PinDialog
from gridworker.ui.pages.recovery_code import NewCodeDialog
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import ErrorLine, FieldRow
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine

HIDDEN = "••••••••"


class PasswordCard(Card):
    """Changes the password of this laptop; `said(message)`, `lock_asked`."""

    said = Signal(object)
    lock_asked = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("打开数据的密码"))
        self._workspace, self._tasks = workspace, tasks
        self.old = password_field(_("现在的密码"))
        self.fresh = password_field(_("新密码"))
        self.again = password_field(_("再输一次"))
        self.strength = ProgressLine(0, "green", 90)
        self.judged = ElidedLabel("", "second")
        self.error = ErrorLine()
        self.button = Button(_("改密码"), icon="key-round")
        self.lock = Button(_("锁定"), icon="lock")
        self.renew = Button(_("新恢复码"), icon="refresh-cw")
        self.pin = Button(_("PIN"), icon="key-round")
        for name, field in ((_("现在的"), self.old), (_("新密码"), self.fresh), (_("再输一次"), self.again)):
            self.add(FieldRow(name, field))
        self.add(row(self.strength, self.judged))
        minutes = ((str(one), _("{count} 分钟").format(count=one)) for one in settings.IDLE_CHOICES)
        self.idle = ChipGroup(_("多久不动就锁定"), [Choice(int(value), word) for value, word in minutes])
        self.idle.set_value(settings.idle_minutes(workspace))
        self.idle.changed.connect(lambda chosen: settings.set_idle_minutes(workspace, chosen))
        self.add(row(FieldRow(_("自动锁定"), self.idle), self.pin))
        self.add(self.error)
        self.add(row(self.lock, self.renew, 1, self.button))
        for field in (self.fresh, self.again):
            field.textChanged.connect(self._judge)
        self.button.clicked.connect(self.change)
        self.lock.clicked.connect(self.lock_asked)
        self.renew.clicked.connect(self.ask_new_code)
        self.pin.clicked.connect(self.ask_pin)

    def ask_new_code(self) -> None:
        """For whoever lost the recovery code, or never wrote it down."""
        dialog = NewCodeDialog(self, self._workspace, self._tasks)
        dialog.said.connect(self.said)
        dialog.open()

    def ask_pin(self) -> None:
        """Six digits for whoever only went to the door for a moment."""
        dialog = PinDialog(self, self._workspace, self._tasks)
        dialog.said.connect(self.said)
        dialog.open()

    def change(self) -> None:
        """Try it; the old password proves who asks."""
        judged = self._judge()
        if not judged.good:
            self.error.show_sentence(judged.sentence if self.again.text() else _("请把新密码输两次。"))
            return
        folder, old, fresh = self._workspace.store.folder, self.old.text(), self.fresh.text()
        self.button.setEnabled(False)
        self._tasks.start(
            lambda _job: keeping.rekey(folder, old, "", fresh), done=self._on_changed, failed=self._on_failed
        )

    def _judge(self) -> settings.Strength:
        judged = settings.strength(self.fresh.text(), self.again.text() or None)
        self.strength.show_share(judged.share if self.fresh.text() else 0)
        self.judged.setText(judged.sentence if self.fresh.text() else "")
        self.error.show_sentence("")
        return judged

    def _on_changed(self, _nothing: object) -> None:
        self.button.setEnabled(True)
        for field in (self.old, self.fresh, self.again):
            field.clear()
        self.said.emit(Message("saved", _("密码已改，下次用新密码打开。以前的备份仍用旧密码。")))

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.error.show_sentence(sentence_for(error))


class ReportPasswordCard(Card):
    """The 上报密码: shown while Alt is held; the township may set another."""

    said = Signal(object)

    def __init__(self, workspace: Workspace, noted: Callable[[], object]) -> None:
        super().__init__(_("上报密码"))
        self._workspace = workspace
        self._noted = noted
        self.none = label(_("还没有上报密码"), "strong")
        self.known = QWidget()
        shown = MaskedLabel(HIDDEN, self._reveal, "strong")
        self.known.setLayout(row(shown, label(_("按住"), "second"), key_cap("Alt"), label(_("看全"), "second"), 1))
        self.add(self.none)
        self.add(self.known)
        self.field = password_field(_("新的上报密码"), _("新的上报密码"))
        self.error = ErrorLine()
        self.button = Button(_("设定"), icon="check")
        if workspace.is_township:
            self.add(label(_("各网格的周报用它加密；改了以后要重发开户文件。"), "second", wrap=True))
            line = row(self.field, self.button)
            self.add(line)
            self.add(self.error)
            self.button.clicked.connect(self.set)
            self.field.returnPressed.connect(self.set)
        else:
            self.add(label(_("乡镇在开户文件里给的，周报用它加密；没有它只能导出遮住版。"), "second", wrap=True))
        self.refresh()

    def refresh(self) -> None:
        """Whether there is one."""
        known = bool(settings.report_password(self._workspace))
        self.known.setVisible(known)
        self.none.setVisible(not known)

    def set(self) -> None:
        """Keep another one."""
        try:
            settings.set_report_password(self._workspace, self.field.text())
        except UserError as error:
            self.error.show_sentence(error.message)
            return
        self.error.show_sentence("")
        self.field.clear()
        self.refresh()
        self.said.emit(Message("saved", _("上报密码已设定，请重发开户文件。")))

    def _reveal(self) -> str:
        access.note(self._workspace, "reveal", "report_password")
        self._noted()
        return settings.report_password(self._workspace)
