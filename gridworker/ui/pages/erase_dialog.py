"""永久删除: what goes, what stays, what is beyond reach; a reason and the password before anything happens."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.services import erasing, keeping
from gridworker.services.erasing import Plan
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import DANGER, Button
from gridworker.ui.widgets.card import row, scrolling
from gridworker.ui.widgets.check_box import CheckBox
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import ErrorLine, FieldRow
from gridworker.ui.widgets.label import ElidedLabel, label

_WIDTH: Final = 560
_HEIGHT: Final = 440
_RING: Final = 4
"""Room for the focus ring (px)."""
_NAMED: Final = 3
"""Texts that are named; of the others the count."""

Target = tuple[Ledger, Id]


class EraseDialog(Dialog):
    """Window-modal; `erased(count)` when it is done. Open it with `open()`."""

    erased = Signal(int)

    def __init__(self, parent: QWidget, workspace: Workspace, targets: Sequence[Target], reason: str = "") -> None:
        super().__init__(parent.window())
        self._workspace, self._targets = workspace, targets
        self._tasks = Tasks(self)
        self._plans: list[Plan] = []
        self.setWindowTitle(_("永久删除"))
        self.setProperty("ground", "surface")
        self.title = ElidedLabel("", "card_title")
        self.goes, self.stays, self.beyond = (label("", wrap=True) for _part in range(3))
        self.keep_needs = CheckBox(_("诉求留下，只去掉姓名电话"))
        self.drop_backups = CheckBox("")
        choices = [Choice(code, _(words), str(place)) for place, (code, words) in enumerate(erasing.REASONS.items(), 1)]
        self.reason = ChipGroup(_("原因"), choices)
        self.reason.set_value(reason or None)
        self.password = password_field(_("打开本程序的密码"), _("打开本程序的密码"))
        self.error = ErrorLine()
        self.back, self.forth = Button(_("返回"), key="Esc"), Button(_("永久删除"), DANGER, key="Ctrl+Enter")
        self._build()
        self.keep_needs.toggled.connect(lambda _on: self._show_plans())
        self.back.clicked.connect(self.reject)
        self.forth.clicked.connect(self.erase)
        keys.bind(self, "Ctrl+Enter", self.erase)
        self._show_plans()
        self.reason.setFocus()
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def _build(self) -> None:
        inner = QWidget()
        told = QVBoxLayout(inner)
        told.setContentsMargins(_RING, 0, _RING, 0)
        told.setSpacing(4)
        parts: tuple[tuple[str, QWidget, CheckBox | None], ...] = (
            (_("会删掉"), self.goes, self.keep_needs), (_("会留下"), self.stays, None),
            (_("收不回来"), self.beyond, self.drop_backups),
        )  # fmt: skip
        for words, text, choice in parts:
            told.addWidget(label(words, "strong"))
            told.addWidget(text)
            if choice is not None:
                told.addWidget(choice)
            told.addSpacing(6)
        told.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(scrolling(inner), 1)
        column.addWidget(FieldRow(_("原因"), self.reason))
        column.addWidget(FieldRow(_("密码"), self.password))
        column.addWidget(self.error)
        column.addLayout(row(self.back, 1, self.forth))
        self.drop_backups.setChecked(True)

    def _show_plans(self) -> None:
        """Say what would happen, as things are."""
        keep = self.keep_needs.isChecked()
        self._plans = [erasing.plan(self._workspace, of, id, keep_needs=keep) for of, id in self._targets]
        first = self._plans[0]
        words = f"{_(first.of.label)} {first.title}"
        self.title.setText(words if len(self._plans) == 1 else _("{what} 等 {count} 条").format(
            what=words, count=len(self._plans)))  # fmt: skip
        counts: dict[str, int] = {}
        for one in self._plans:
            for name, count in one.counts.items():
                counts[name] = counts.get(name, 0) + count
        self.keep_needs.setVisible(keep or (first.of.name != "need" and "need" in counts))
        self.goes.setText(_goes(counts, sum(len(one.cleared) for one in self._plans)))
        self.stays.setText(_stays(self._plans))
        self.beyond.setText(_("已经交出去的 {count} 份工作簿，打印件和别人抄走的。").format(count=first.handed_out))
        self.drop_backups.setText(_("另做一份新备份，删掉还存着它的 {count} 份旧备份").format(count=len(first.backups)))
        self.drop_backups.setVisible(bool(first.backups))

    def erase(self) -> None:
        """Prove who asks, then do it beside the window."""
        reason, password = self.reason.value(), self.password.text()
        if not reason or not password:
            self.error.show_sentence(_("请选原因，再输密码。"))
            (self.password if reason else self.reason).setFocus()
            return
        if self._tasks.is_busy():
            return
        renew = self.drop_backups.isChecked() and not self.drop_backups.isHidden()
        twin, plans = self._workspace.for_thread(), self._plans

        def work(_job: object) -> int:
            try:
                keeping.prove(twin, password)
                erasing.erase_all(twin, plans, str(reason))
                if renew:
                    erasing.renew_backups(twin)
            finally:
                twin.close()
            return sum(len(one.going) for one in plans)

        self.forth.setEnabled(False)
        self.error.show_sentence("")
        self._tasks.start(work, done=self._on_done, failed=self._on_failed)

    def reject(self) -> None:
        """Not in the middle of it."""
        if not self._tasks.is_busy():
            super().reject()

    def _on_done(self, count: int) -> None:
        self._tasks.when_idle(self.accept)
        self.erased.emit(count)

    def _on_failed(self, error: Exception) -> None:
        self._tasks.when_idle(lambda: self.forth.setEnabled(True))
        self.error.show_sentence(sentence_for(error))
        self.password.setFocus()


def _goes(counts: dict[str, int], cleared: int) -> str:
    what = _("、").join(f"{_(ledgers()[name].label)} {count}" for name, count in counts.items())
    words = [_("{what}，连同全部历史、草稿和搜索词，文件里一个字也不剩。").format(what=what)]
    if cleared:
        words.append(_("另有 {count} 条记录里写着的姓名、电话和引用一并清空。").format(count=cleared))
    return " ".join(words)


def _stays(plans: Sequence[Plan]) -> str:
    words = [_("一个没有内容的编号：它随周报走，收到的乡镇也一并清除，旧表、旧备份再来也带不回。")]
    mentions = [one for plan in plans for one in plan.mentions]
    if mentions:
        named = _("；").join(f"{one.title} {_(one.label)}" for one in mentions[:_NAMED])
        words.append(
            _("还有 {count} 处文字提到这个名字（{named}），不会动；请看过后改掉，或另行删除那条记录。").format(
                count=len(mentions), named=named
            )
        )
    return " ".join(words)
