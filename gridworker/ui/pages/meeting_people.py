"""Signing in: the likely ones by Enter, others by typing their name; who is here can be taken out again."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import meeting_deeds, meetings
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import ErrorLine, TextField
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

_ROLES: Final = ("参加", "志愿服务", "组织", "发起")
"""What somebody may do at an activity."""


class SignInDialog(Dialog):
    """Of a meeting or an activity; window-modal; `signed(Done)` after each person. Open it with `open()`."""

    signed = Signal(object)

    def __init__(self, parent: QWidget, workspace: Workspace, id: Id, of: str = "meeting") -> None:
        super().__init__(parent.window())
        self._workspace, self._id, self._of = workspace, id, of
        self.roles = ChipGroup(_("身份"), [Choice(one, _(one)) for one in _ROLES])
        self.setWindowTitle(_("签到"))
        self.setProperty("ground", "surface")
        self.typed = TextField(_("姓名"), _("输名字，回车签到"), icon_name="user-check")
        self.expected = RowList(_("可能到会"), height=30, bold=False)
        self.here = RowList(_("已签到"), height=30, bold=False, select_first=False)
        self.present = TextField(_("实到人数"), digits=True)
        self._count = label("", "card_title")
        self._wrong = ErrorLine()
        self._build()
        self.typed.textChanged.connect(lambda _text: self._show_expected())
        self.expected.opened.connect(self._sign_in)
        keys.bind(self.typed, "Enter", self._take)
        keys.bind(self.typed, "Down", self.expected.setFocus, _("从查找到列表"))
        keys.bind(self.here, "Delete", self._sign_out, _("取消签到"))
        keys.bind(self.present, "Enter", self._set_present)
        self._show()
        self.typed.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(
            row(label(_("签到"), "card_title"), 1, label(_("回车签到，选中已签到的按 Delete 取消"), "second"))
        )
        column.addWidget(self.typed)
        column.addWidget(self.roles)
        column.addWidget(self._wrong)
        across = row(gap=12)
        for word, part in ((_("可能到会"), self.expected), (_("已签到"), self.here)):
            down = QVBoxLayout()
            down.addWidget(label(word, "second"))
            part.setFixedHeight(theme.px(30 * 9))
            down.addWidget(part)
            across.addLayout(down, 1)
        column.addLayout(across)
        self.present.setFixedWidth(theme.px(70))
        leave = Button(_("完成"), PRIMARY, icon="check", key="Esc")
        leave.clicked.connect(self.accept)
        asked = label(_("实到人数"), "second")
        column.addLayout(row(self._count, asked, self.present, 1, leave))
        self.roles.set_value(_ROLES[0])
        self.roles.setVisible(self._of != "meeting")  # what people do at a meeting is seen there
        asked.setVisible(self._of == "meeting")
        self.present.setVisible(self._of == "meeting")
        self.setFixedWidth(theme.px(620))

    def _show(self) -> None:
        gathering = meetings.gathering(self._workspace, self._of, self._id)
        here = meetings.persons(meetings.signed_in(self._workspace, gathering))
        present = gathering.values.get("present")
        self._count.setText(_("已签到 {count} 人").format(count=len(here)))
        self.here.set_rows([Row(one.name, key=one.id, aside=one.about) for one in here])
        self.present.set_value(str(present) if isinstance(present, int) else "")
        self._show_expected()

    def _show_expected(self) -> None:
        found = meetings.expected(self._workspace, self._id, self.typed.text().strip(), self._of)
        self.expected.set_rows([Row(one.name, key=one.name, aside=one.about) for one in found])

    def _take(self) -> None:
        """A name that fits one who is expected alone is meant for that one; else it is somebody new."""
        typed, count = self.typed.value(), self.expected.count()
        if not typed and not count:
            return
        self._sign_in(typed if typed and count != 1 else self.expected.current_key())

    def _sign_in(self, name: str) -> None:
        role = str(self.roles.value())
        if self._do(lambda: meeting_deeds.sign_in(self._workspace, self._id, name, self._of, role)):
            self.typed.clear()
            self._show()

    def _sign_out(self) -> None:
        person = self.here.current_key()
        if person and self._do(lambda: meeting_deeds.sign_out(self._workspace, self._id, person, self._of)):
            self._show()

    def _set_present(self) -> None:
        text = self.present.value()
        if text.isdigit() and self._do(lambda: meeting_deeds.count_present(self._workspace, self._id, int(text))):
            self._show()

    def _do(self, work: Callable[[], Done]) -> bool:
        self._wrong.show_sentence("")
        try:
            self.signed.emit(work())
        except GridworkerError as error:
            self._wrong.show_sentence(error.told)
            return False
        return True
