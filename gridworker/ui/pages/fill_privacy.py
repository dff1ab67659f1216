"""How a filled form leaves: masked; in full under a password; in full and open, which has to be chosen by its name."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services import weekly_page
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.pages.unlock import SHORTEST, password_field
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.label import label

MASKED, FULL, OPEN = "masked", "full", "open"
_SECONDS: Final = 9


class FillPrivacy(QWidget):
    """Masked or in full, what for, and under which password; `changed` when a form has to be looked at anew."""

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace, self._is_locked = workspace, False
        self.which = ChipGroup(_("内容"))
        self.why = TextField(_("用途"), _("如 民政核对，会记入访问日志"))
        self.password = password_field(_("打开密码"))
        self._told = label(_("不加密：谁拿到这个文件，都能看到全部姓名、证号、电话。"), "second", wrap=True)
        self._build()
        self.which.changed.connect(lambda _which: self._on_chosen())
        self.why.editingFinished.connect(self.changed)

    def is_full(self) -> bool:
        """Whether everything is to be filled in unmasked."""
        return self.which.value() in {FULL, OPEN}

    def is_open(self) -> bool:
        """Whether a full form is to leave under no password."""
        return bool(self.which.value() == OPEN)

    def reason(self) -> str:
        """What an unmasked form is for."""
        return self.why.value() if self.is_full() else ""

    def lock(self) -> str:
        """The password that was typed for a full form which came under none."""
        return self.password.value() if self._asks_password() else ""

    def lacks(self) -> bool:
        """Whether an unmasked form lacks its reason or its password; says so beside the field."""
        no_reason = self.is_full() and not self.reason()
        self._why_line.set_error(_("写一句用途，如 民政核对") if no_reason else "")
        needs = self._asks_password() and not (weekly_page.has_password(self._workspace) and not self.lock())
        no_password = needs and len(self.lock()) < SHORTEST
        self._password_line.set_error(_("先设至少8位的密码，或改填遮住版") if no_password else "")
        if no_reason or no_password:
            (self.why if no_reason else self.password).setFocus()
        return no_reason or no_password

    def show_form(self, *, is_locked: bool) -> None:
        """A form that came under a password stays under it: then nothing is asked and nothing can leave open."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self._offer()

    def forget(self) -> None:
        """Another form: the password typed for the last one is not for this one."""
        self.password.clear()

    def _build(self) -> None:
        column = column_of(self, _SECONDS)
        self._why_line, self._password_line = FieldRow(_("用途"), self.why), FieldRow(_("打开密码"), self.password)
        for part in (FieldRow(_("内容"), self.which), self._why_line, self._password_line, self._told):
            column.addWidget(part)
        self.which.set_value(MASKED)
        self._offer()

    def _offer(self) -> None:
        choices = [Choice(MASKED, _("遮住版"), "1"), Choice(FULL, _("完整版（加密）"), "2")]
        if not self._is_locked:
            choices.append(Choice(OPEN, _("完整版（不加密）"), "3"))
        was = self.which.value() or MASKED
        self.which.set_choices(choices)
        self.which.set_value(FULL if was == OPEN and self._is_locked else was)
        self._show_parts()

    def _asks_password(self) -> bool:
        return bool(self.which.value() == FULL) and not self._is_locked

    def _show_parts(self) -> None:
        has_one = weekly_page.has_password(self._workspace)
        words = _("不填就用上报密码") if has_one else _("至少8位，告诉收表的人")
        self.password.setPlaceholderText(words)
        self._why_line.setVisible(self.is_full())
        self._password_line.setVisible(self._asks_password())
        self._told.setVisible(self.is_open())

    def _on_chosen(self) -> None:
        self._show_parts()
        if self.is_full() and not self.reason():
            self.why.setFocus()
        else:
            self.changed.emit()
