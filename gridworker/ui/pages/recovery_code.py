"""The recovery code to be written down: its groups, and two of them typed back; a new one, for whoever lost it."""

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import keeping
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.field import ErrorLine, FieldRow, TextField
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label, line

_WIDTH = 560


class CodeToWrite(QWidget):
    """The code in groups, and the fields for two of them; hidden until there is a code."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = label("", "record_title")
        self.typed = [TextField(_("一组恢复码")) for _group in range(2)]
        self.ticks = [IconMark("circle-check", "green", 16) for _group in range(2)]
        self.names = [label("", "second") for _group in range(2)]
        self.ask = label("", "body", "text2")
        self.error = ErrorLine()
        self.asked: tuple[int, int] = (0, 0)
        self._code: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._card())
        column.addWidget(self.ask)
        column.addLayout(self._fields())
        column.addWidget(self.error)
        for field in self.typed:
            field.textChanged.connect(self._compare)
        self.hide()

    def first_field(self) -> QWidget:
        """The next group to type."""
        return self.typed[0] if not self._matches(0) else self.typed[1]

    def show_code(self, code: str) -> None:
        """Show the code and ask for two of its groups."""
        self._code = code.split("-")
        first, second = sorted(secrets.SystemRandom().sample(range(len(self._code)), 2))
        self.asked = (first, second)
        self.groups.setText("\u2003".join(self._code))
        self.groups.setAccessibleName(" ".join(self._code))
        self.ask.setText(_("照着纸上输第 {one}、{two} 组，确认抄对了").format(one=first + 1, two=second + 1))
        for name, number in zip(self.names, self.asked, strict=True):
            name.setText(_("第{number}组").format(number=number + 1))
        self.show()
        self.typed[0].setFocus()

    def has_code(self) -> bool:
        """Whether there is one to write down."""
        return bool(self._code)

    def is_confirmed(self) -> bool:
        """Whether both groups were typed back; if not, says so."""
        right = all(self._matches(place) for place in range(2))
        self.error.show_sentence("" if right else _("和上面的恢复码对不上，请照纸上的再输一次。"))
        return right

    def _card(self) -> Card:
        card = Card(frame="reply")
        card.add(row(IconMark("key-round", "amber", 18), label(_("恢复码，请抄写保存"), "card_title"), 1))
        card.add(row(1, self.groups, 1))
        advice = _("忘了密码，只有它能打开。抄在纸上，和电脑分开放；不要拍照，不要发微信。")
        card.add(label(advice, "second", wrap=True))
        card.add(label(_("密码和恢复码都丢了，谁也打不开，数据找不回来。"), "second", "red", wrap=True))
        return card

    def _fields(self) -> QHBoxLayout:
        made = row()
        for name, field, tick in zip(self.names, self.typed, self.ticks, strict=True):
            field.setFixedWidth(theme.px(96))
            field.setMaxLength(4)
            tick.show_icon("circle-dashed", "text3")
            for part in (name, field, tick):
                made.addWidget(part)
            made.addSpacing(12)
        made.addStretch(1)
        return made

    def _matches(self, place: int) -> bool:
        typed = self.typed[place].text().strip().upper()
        return bool(self._code) and typed == self._code[self.asked[place]]

    def _compare(self) -> None:
        self.error.show_sentence("")
        for place, tick in enumerate(self.ticks):
            right = self._matches(place)
            tick.show_icon("circle-check" if right else "circle-dashed", "green" if right else "text3")
        if self.typed[0].hasFocus() and self._matches(0) and not self.typed[1].text():
            self.typed[1].setFocus()


class NewCodeDialog(Dialog):
    """Window-modal: the password, then a new code to write down; `said(message)` about what came of it."""

    said = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(parent.window())
        self._workspace, self._tasks = workspace, tasks
        self.setWindowTitle(_("新恢复码"))
        self.setProperty("ground", "surface")
        self.password = password_field(_("现在的密码"))
        self.asked = FieldRow(_("现在的密码"), self.password, label_width=84)
        self.code = CodeToWrite()
        self.go_on = Button(_("换恢复码"), PRIMARY, icon="key-round", key="Enter")
        self.cancel = Button(_("取消"), key="Esc")
        self._build()
        self.go_on.clicked.connect(self.run)
        self.cancel.clicked.connect(self.reject)
        keys.bind(self, "Enter", self.run)

    def run(self) -> None:
        """Make the code, then make sure that it was written down."""
        if not self.code.has_code():
            self._make()
        elif self.code.is_confirmed():
            keeping.recovery_written(self._workspace)
            self.accept()
            self.said.emit(Message("saved", _("新恢复码已生效，旧的作废。")))

    def reject(self) -> None:
        """Leave; a code that was made stands, though nobody may have written it down."""
        super().reject()
        if self.code.has_code():
            self.said.emit(Message("warning", _("新恢复码还没有核对，下次打开会再提醒；抄错了就再换一个。")))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(_("新恢复码"), "card_title"))
        column.addWidget(label(_("换了以后，旧恢复码马上作废；以前的备份仍用旧的。"), "second", wrap=True))
        column.addWidget(self.asked)
        column.addWidget(self.code)
        column.addStretch(1)
        column.addWidget(line())
        column.addLayout(row(1, self.cancel, self.go_on))
        self.setMinimumWidth(theme.px(_WIDTH))

    def _make(self) -> None:
        password, workspace = self.password.text(), self._workspace.for_thread()
        self.go_on.setEnabled(False)

        def work(_job: Job) -> str:
            try:
                return keeping.new_recovery_code(workspace, password)
            finally:
                workspace.close()

        self._tasks.start(work, done=self._show_code, failed=self._on_failed)

    def _show_code(self, code: str) -> None:
        self.go_on.setEnabled(True)
        self.go_on.show_face(_("抄好了"), icon="check", key="Enter")
        self.asked.hide()
        self.code.show_code(code)

    def _on_failed(self, error: Exception) -> None:
        self.go_on.setEnabled(True)
        self.asked.set_error(sentence_for(error))
        self.password.setFocus()
        self.password.selectAll()
