"""The second step of the first run: the password, the recovery code, two of its groups typed back (look 17)."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import settings
from gridworker.ui.pages.first_run_who import WORKER, Start, column_of
from gridworker.ui.pages.recovery_code import CodeToWrite
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.field import ErrorLine
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine


class PasswordStep(QWidget):
    """The password twice; after the store is made, the recovery code and two of its groups typed back."""

    def __init__(self) -> None:
        super().__init__()
        self.who = ElidedLabel("", "strong")
        self.where = ElidedLabel("", "second")
        self.password = password_field(_("密码"))
        self.again = password_field(_("再输一次"))
        self.strength = ProgressLine(0, "green", 150)
        self.said = ElidedLabel(_("至少 8 位，汉字一个算两位；短句也行，如“三栋楼下桂花香”"), "second")
        self.recovery = CodeToWrite()
        self.error = ErrorLine()
        self._build()
        for field in (self.password, self.again):
            field.textChanged.connect(self._judge)

    def _build(self) -> None:
        box = Card(frame="inset")
        box.add(self.who)
        box.add(self.where)
        column = column_of(self)
        column.addWidget(box)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for name, field in ((_("密码"), self.password), (_("再输一次"), self.again)):
            one = QVBoxLayout()
            one.setSpacing(4)
            one.addWidget(label(name, "second"))
            one.addWidget(field)
            fields.addLayout(one, 1)
        column.addLayout(fields)
        column.addLayout(row(self.strength, self.said, 1))
        column.addWidget(self.recovery)
        column.addWidget(self.error)
        column.addStretch(1)

    def first_field(self) -> QWidget:
        """The next thing to type."""
        return self.recovery.first_field() if self.recovery.has_code() else self.password

    def show_start(self, start: Start) -> None:
        """Say whose data this becomes."""
        given = start.opening
        self.who.setText(" · ".join(word for word in (given.name, f"{given.grid} {given.grid_name}".strip()) if word))
        report = _("上报密码 已带入") if start.shared and start.shared.report_password else ""
        facts = (given.township, given.community, _("网格员") if given.role == WORKER else _("乡镇、社区"), report)
        self.where.setText(" · ".join(word for word in facts if word))

    def good_password(self) -> str:
        """The password, or nothing with the sentence that says why not."""
        judged = self._judge()
        lacking = "" if judged.good else judged.sentence if self.again.text() else _("请把密码再输一次。")
        self.error.show_sentence(lacking)
        return self.password.text() if judged.good else ""

    def show_code(self, code: str) -> None:
        """Show the recovery code and ask for two of its groups."""
        for field in (self.password, self.again):
            field.setEnabled(False)
        self.recovery.show_code(code)

    def _judge(self) -> settings.Strength:
        typed = self.password.text()
        judged = settings.strength(typed, self.again.text() or None)
        self.strength.show_share(judged.share if typed else 0)
        self.said.setText(judged.sentence if typed else _("至少 8 位，汉字一个算两位"))
        self.error.show_sentence("")
        return judged
