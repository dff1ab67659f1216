"""The second step of the first run: the password, the recovery code, two of its groups typed back (look 17)."""

import secrets

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import settings
from gridworker.ui import theme
from gridworker.ui.pages.first_run_who import WORKER, Start, column_of
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.field import ErrorLine, TextField
from gridworker.ui.widgets.icon_mark import IconMark
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
        self.code = Card(frame="reply")
        self.groups = label("", "record_title")
        self.typed = [TextField(_("一组恢复码")) for _group in range(2)]
        self.ticks = [IconMark("circle-check", "green", 16) for _group in range(2)]
        self.names = [label("", "second") for _group in range(2)]
        self.ask = label("", "body", "text2")
        self.error = ErrorLine()
        self.asked: tuple[int, int] = (0, 0)
        self._code: list[str] = []
        self._build()
        for field in (self.password, self.again):
            field.textChanged.connect(self._judge)
        for field in self.typed:
            field.textChanged.connect(self._compare)

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
        column.addWidget(self._build_code())
        self.confirm = self._build_confirm()
        column.addWidget(self.confirm)
        column.addWidget(self.error)
        column.addStretch(1)
        self.code.hide()
        self.confirm.hide()

    def _build_code(self) -> QWidget:
        self.code.add(row(IconMark("key-round", "amber", 18), label(_("恢复码，请抄写保存"), "card_title"), 1))
        self.code.add(row(1, self.groups, 1))
        advice = _("忘了密码，只有它能打开。抄在纸上，和电脑分开放；不要拍照，不要发微信。")
        self.code.add(label(advice, "second", wrap=True))
        return self.code

    def _build_confirm(self) -> QWidget:
        box = QWidget()
        column = column_of(box, 6)
        column.addWidget(self.ask)
        line = QHBoxLayout()
        line.setSpacing(8)
        for name, field, tick in zip(self.names, self.typed, self.ticks, strict=True):
            field.setFixedWidth(theme.px(96))
            field.setMaxLength(4)
            tick.show_icon("circle-dashed", "text3")
            for part in (name, field, tick):
                line.addWidget(part)
            line.addSpacing(12)
        line.addStretch(1)
        column.addLayout(line)
        return box

    def first_field(self) -> QWidget:
        """The next thing to type."""
        if not self._code:
            return self.password
        return self.typed[0] if not self._matches(0) else self.typed[1]

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
        self._code = code.split("-")
        first, second = sorted(secrets.SystemRandom().sample(range(len(self._code)), 2))
        self.asked = (first, second)
        self.groups.setText("\u2003".join(self._code))
        self.groups.setAccessibleName(" ".join(self._code))
        self.ask.setText(_("照着纸上输第 {one}、{two} 组，确认抄对了").format(one=first + 1, two=second + 1))
        for name, number in zip(self.names, self.asked, strict=True):
            name.setText(_("第{number}组").format(number=number + 1))
        for field in (self.password, self.again):
            field.setEnabled(False)
        self.code.show()
        self.confirm.show()
        self.typed[0].setFocus()

    def has_code(self) -> bool:
        """Whether the store is made."""
        return bool(self._code)

    def is_confirmed(self) -> bool:
        """Whether both groups were typed back; if not, says so."""
        right = all(self._matches(place) for place in range(2))
        self.error.show_sentence("" if right else _("和上面的恢复码对不上，请照纸上的再输一次。"))
        return right

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

    def _judge(self) -> settings.Strength:
        typed = self.password.text()
        judged = settings.strength(typed, self.again.text() or None)
        self.strength.show_share(judged.share if typed else 0)
        self.said.setText(judged.sentence if typed else _("至少 8 位，汉字一个算两位"))
        self.error.show_sentence("")
        return judged
