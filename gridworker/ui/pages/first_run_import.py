"""The first list of households, looked at before it comes in: what was recognised, what it brings, what it cannot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.services.first_import import Preview
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

SHOWN = 200  # problems listed at most; the check result as a workbook has them all


class ImportStep(QWidget):
    """Emits `taken` when the preview is accepted, `another` for a different file, `left` for the way back, `stopped`
    to break off what runs, `page_asked` for the page of imports, where columns are corrected and passwords given. Its
    buttons are in `foot`, which stays in sight while it scrolls.
    """

    taken = Signal()
    another = Signal()
    left = Signal()
    stopped = Signal()
    page_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = ElidedLabel("", "strong")
        self.kind = Pill("", "green", dot=True)
        self.counts = label("", "body")
        self.columns = label("", "second", wrap=True)
        self.progress = ProgressLine(0, width=200)
        self.problems = RowList(_("要核对的单元格"), height=34, bold=False)
        self.heading = label("", "card_title")
        self.accept = Button("", PRIMARY, icon="check", key="Ctrl+Enter")
        self.other = Button(_("换一个文件"), icon="folder-open")
        self.correct = Button(_("改栏目对应"), icon="list-checks")
        self.back = Button(_("返回"))
        self.stop = Button(_("停止"), small=True)
        self.foot = QWidget()
        self._build()
        self._show_busy(False)
        self.accept.clicked.connect(self.taken)
        self.other.clicked.connect(self.another)
        self.back.clicked.connect(self.left)
        self.stop.clicked.connect(self.stopped)
        self.correct.clicked.connect(self.page_asked)

    def _build(self) -> None:
        card = Card(frame="inset")
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        card.add(row(IconMark("file-spreadsheet", "primary", 20), self.name, self.kind, 1, gap=10))
        card.add(self.counts)
        card.add(self.columns)
        column = column_of(self)
        column.addWidget(card)
        column.addLayout(row(self.progress, self.stop, 1))
        column.addWidget(self.heading)
        column.addWidget(self.problems, 1)
        column_of(self.foot).addLayout(row(self.back, self.other, self.correct, 1, self.accept))
        self.problems.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.problems.setMinimumHeight(120)
        self.columns.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def first_field(self) -> QWidget:
        """The way on, where there is one."""
        if self.accept.isEnabled():
            return self.accept
        return self.correct if self.correct.isVisibleTo(self.foot) else self.other

    def show_reading(self, name: str) -> None:
        """A file is being looked at."""
        self.name.setText(name)
        self.kind.show_state("", "green")
        self.counts.setText(_("正在看这份表…"))
        for part in (self.columns, self.heading):
            part.setText("")
        self.problems.set_rows([])
        self.correct.hide()
        self._show_busy(True)

    def show_preview(self, found: Preview) -> None:
        """What the file would bring."""
        self._show_busy(False)
        self.kind.show_state(
            _("本程序的表") if found.is_ours else _("别处的表"), "green" if found.is_ours else "blue", dot=True
        )
        words = _("{rows} 行：新增 {created} 条，改动 {changed} 条；{count} 处要核对")
        told = {"rows": found.rows, "created": found.created, "changed": found.changed, "count": len(found.problems)}
        self.counts.setText(words.format(**told))
        names = _("、").join(f"{letter} {name}" for letter, name in found.columns)
        self.columns.setText(_("认出的列：{names}").format(names=names) if names else _("没有一列认得准，先不导入。"))
        self.heading.setText(_("要核对的，先不导入这些格") if found.problems else "")
        self.problems.set_rows([
            Row(f"{one.sheet} {one.cell}".strip(), aside=one.message, icon="circle-x", icon_tone="red")
            for one in found.problems[:SHOWN]
        ])  # fmt: skip
        self.accept.show_face(
            _("导入 {count} 条").format(count=found.created + found.changed), icon="check", key="Ctrl+Enter"
        )
        self.accept.setEnabled(found.is_useful)
        self.correct.show_face(_("改栏目对应"), icon="list-checks")
        self.correct.setVisible(not found.is_ours)
        self.first_field().setFocus()

    def show_failure(self, sentence: str, *, is_locked: bool = False) -> None:
        """The file could not be looked at; the page of imports takes a password for a locked one."""
        self._show_busy(False)
        self.counts.setText(sentence)
        self.accept.setEnabled(False)
        self.correct.show_face(_("去输密码"), icon="lock")
        self.correct.setVisible(is_locked)
        self.first_field().setFocus()

    def show_result(self, lines: Sequence[str]) -> None:
        """What an import brought that needed no looking first, and the way on."""
        self._show_busy(False)
        self.counts.setText(lines[0])
        self.columns.setText("\n".join(lines[1:]))
        for part in (self.other, self.back, self.correct, self.heading, self.problems):
            part.hide()
        self.accept.show_face(_("开始用"), icon="check", key="Ctrl+Enter")
        self.accept.setFocus()

    def show_taking(self) -> None:
        """The import runs."""
        self._show_busy(True)
        self.counts.setText(_("正在导入，请稍等…"))

    def show_stopped(self, sentence: str) -> None:
        """What ran was broken off."""
        self._show_busy(False)
        self.counts.setText(sentence)
        self.first_field().setFocus()

    def show_share(self, share: float) -> None:
        """How far it is."""
        self.progress.show_share(share)

    def _show_busy(self, busy: bool) -> None:
        self.progress.show_share(0.0)
        for part in (self.progress, self.stop):
            part.setVisible(busy)
        if busy:
            self.stop.setFocus()  # before the others go dark: the next key must not reach a link below
        for button in (self.accept, self.other, self.correct, self.back):
            button.setEnabled(not busy)
