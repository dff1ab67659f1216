"""Opening what is there: the password, or the recovery code and a new one."""

from typing import Final

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import pins, settings
from gridworker.ui import keys
from gridworker.ui.shell_gate import brand, small_card
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.field import ErrorLine, TextField
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.message_bar import ProgressLine

SHORTEST: Final = 8
"""Letters of a password under which a file leaves, at least."""


def password_field(name: str, placeholder: str = "") -> TextField:
    """A field that shows dots."""
    made = TextField(name, placeholder, icon_name="lock")
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def pin_field() -> TextField:
    """Six digits and nothing else: what an input method makes of letters would be a wrong PIN."""
    made = password_field(_("PIN"), _("6 位数字"))
    made.setMaxLength(pins.LENGTH)
    made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText)
    made.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), made))
    return made


class _PasswordForm(QWidget):
    """One field and its button."""

    given = Signal(str)
    forgotten = Signal()

    def __init__(self, where: str) -> None:
        super().__init__()
        self.field = password_field(_("密码"), _("输入密码"))
        self.error = ErrorLine()
        self.button = Button(_("打开"), PRIMARY, icon="arrow-right", key="Enter")
        self.forgot = link(_("忘了密码"))
        place = label(where, "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("输入密码打开数据"), "card_title"))
        column.addWidget(label(_("数据只在这台电脑，加密存放。"), "second"))
        column.addSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.error)
        column.addSpacing(4)
        column.addLayout(row(self.forgot, 1, self.button))
        column.addSpacing(6)
        column.addWidget(place)
        self.button.clicked.connect(self._give)
        self.forgot.clicked.connect(self.forgotten)
        self.field.returnPressed.connect(self._give)

    def first_field(self) -> QWidget:
        """Where typing starts."""
        return self.field

    def show_error(self, sentence: str) -> None:
        """The sentence below, the field selected."""
        self.error.show_sentence(sentence)
        self.field.setFocus()
        self.field.selectAll()

    def _give(self) -> None:
        self.error.show_sentence("")
        if self.field.text():
            self.given.emit(self.field.text())
        else:
            self.show_error(_("请先输入密码。"))


class _PinForm(QWidget):
    """Six digits; the sixth gives them."""

    given = Signal(str)
    password_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.field = pin_field()
        self.error = ErrorLine()
        self.by_password = link(_("用密码打开"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("已锁定"), "card_title"))
        column.addWidget(label(_("输 PIN 接着用；没存的字都留着。"), "second", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self.error)
        column.addSpacing(4)
        column.addLayout(row(self.by_password, 1))
        self.field.textEdited.connect(self._give)
        self.by_password.clicked.connect(self.password_asked)

    def first_field(self) -> QWidget:
        """Where typing starts."""
        return self.field

    def show_error(self, sentence: str) -> None:
        """The sentence below, the field empty again."""
        self.error.show_sentence(sentence)
        self.field.clear()
        self.field.setFocus()

    def _give(self, typed: str) -> None:
        if len(typed) == pins.LENGTH:
            self.error.show_sentence("")
            self.given.emit(typed)


class _RecoveryForm(QWidget):
    """The code from the paper and a new password twice."""

    given = Signal(str, str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.code = TextField(_("恢复码"), _("六组，每组四位，空格和横线可不输"), icon_name="key-round")
        self.fresh = password_field(_("新密码"), _("新密码"))
        self.again = password_field(_("再输一次"), _("再输一次新密码"))
        self.strength = ProgressLine(width=120)
        self.said = label("", "second", wrap=True)
        self.error = ErrorLine()
        self.button = Button(_("改密码并打开"), PRIMARY, icon="key-round", key="Enter")
        self.leave = Button(_("返回"))
        self._build()
        for field in (self.fresh, self.again):
            field.textChanged.connect(self._judge)
        self.leave.clicked.connect(self.back)
        self.button.clicked.connect(self._give)
        keys.bind(self, "Enter", self._give)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("用恢复码改密码"), "card_title"))
        column.addWidget(label(_("恢复码是第一次使用时抄在纸上的 24 位。"), "second"))
        column.addSpacing(4)
        for field in (self.code, self.fresh, self.again):
            column.addWidget(field)
        column.addWidget(self.strength)
        column.addWidget(self.said)
        column.addWidget(self.error)
        column.addSpacing(4)
        column.addLayout(row(self.leave, 1, self.button))

    def first_field(self) -> QWidget:
        """Where typing starts."""
        return self.code

    def show_error(self, sentence: str) -> None:
        """The sentence below, the code selected."""
        self.error.show_sentence(sentence)
        self.code.setFocus()
        self.code.selectAll()

    def _judge(self) -> settings.Strength:
        judged = settings.strength(self.fresh.text(), self.again.text() or None)
        self.strength.show_share(judged.share if self.fresh.text() else 0)
        self.said.setText(judged.sentence if self.fresh.text() else "")
        return judged

    def _give(self) -> None:
        judged = self._judge()
        self.error.show_sentence("")
        if sum(sign.isalnum() for sign in self.code.text()) != settings.CODE_LENGTH:
            self.show_error(_("恢复码是 24 位，请照纸上的再核对。"))
        elif not judged.good:
            self.error.show_sentence(judged.sentence if self.again.text() else _("请把新密码再输一次。"))
        else:
            self.given.emit(self.code.text(), self.fresh.text())


class Unlock(QWidget):
    """Emits `password_given(password)`, `recovery_given(code, new password)`, or `pin_given(digits)`."""

    password_given = Signal(str)
    recovery_given = Signal(str, str)
    pin_given = Signal(str)

    def __init__(self, where: str, *, takes_pin: bool = False) -> None:
        super().__init__()
        outer, inside = small_card()
        self.password = _PasswordForm(where)
        self.recovery = _RecoveryForm()
        self.pin = _PinForm()
        self._form: _PasswordForm | _RecoveryForm | _PinForm = self.password
        inside.addLayout(brand())
        for form in (self.password, self.recovery, self.pin):
            inside.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(outer)
        self.password.given.connect(self._on_password_given)
        self.password.forgotten.connect(lambda: self._turn_to(self.recovery))
        self.recovery.given.connect(self._on_recovery_given)
        self.recovery.back.connect(lambda: self._turn_to(self.password))
        self.pin.given.connect(self._on_pin_given)
        self.pin.password_asked.connect(lambda: self._turn_to(self.password))
        self._turn_to(self.pin if takes_pin else self.password)

    def show_busy(self, busy: bool) -> None:
        """While the key is derived nothing can be typed."""
        self._form.setEnabled(not busy)
        if not busy:
            self._form.first_field().setFocus()

    def show_error(self, sentence: str) -> None:
        """Say why it did not open, with the field ready for another try."""
        self.show_busy(False)
        self._form.show_error(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        """Ready to type."""
        super().showEvent(event)
        self._form.first_field().setFocus()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The first field has it."""
        self._form.first_field().setFocus(reason)

    def ask_for_password(self, sentence: str) -> None:
        """No PIN will do any more."""
        self.show_busy(False)
        self._turn_to(self.password)
        self.password.show_error(sentence)

    def _turn_to(self, form: _PasswordForm | _RecoveryForm | _PinForm) -> None:
        self._form = form
        for one in (self.password, self.recovery, self.pin):
            one.setVisible(form is one)
        form.first_field().setFocus()

    def _on_password_given(self, password: str) -> None:
        self.show_busy(True)
        self.password_given.emit(password)

    def _on_recovery_given(self, code: str, password: str) -> None:
        self.show_busy(True)
        self.recovery_given.emit(code, password)

    def _on_pin_given(self, digits: str) -> None:
        self.show_busy(True)
        self.pin_given.emit(digits)
