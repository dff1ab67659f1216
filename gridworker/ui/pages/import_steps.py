"""Two moments of an import: while it works, with how far and how to stop; and after it, with where to go on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival

_WIDTH = 520


class WorkView(QWidget):
    """What is being done, which file it is at, how far; `cancelled`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "card_title")
        self.count = label("", "second")
        self.progress = ProgressLine(width=_WIDTH - 40)
        self.file = ElidedLabel("", "body")
        self.stop = Button(_("停下"), key="Esc")
        card = Card()
        card.setFixedWidth(theme.px(_WIDTH))
        card.add(row(self.title, 1, self.count))
        card.add(self.progress)
        card.add(row(IconMark("file-spreadsheet", "text2", 15), self.file))
        card.add(row(1, self.stop))
        _centre(self, card)
        self.stop.clicked.connect(self.cancelled)
        keys.bind(self, "Esc", self.cancelled.emit)

    def begin(self, title: str) -> None:
        """Something else begins."""
        self.title.setText(title)
        self.show_progress(0.0, "")

    def show_progress(self, share: float, words: str) -> None:
        """How far it is; `words` are the file."""
        self.progress.show_share(share)
        self.count.setText(f"{share:.0%}")
        self.file.setText(words or "…")


class DoneView(QWidget):
    """What an import did and the one place to go on: `choices_asked`, `report_asked`, `undo_asked`, `left`."""

    choices_asked = Signal()
    report_asked = Signal()
    undo_asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "card_title")
        self.counts = label("", "body", wrap=True)
        self.advice = label("", "second", wrap=True)
        self.choices = Button("", icon="git-compare")
        self.report = Button(_("导出检查结果"), icon="file-check")
        self.undo = Button(_("撤销这次导入"), icon="undo-2", key="Ctrl+Z")
        self.back = Button(_("返回"), key="Esc")
        card = Card()
        card.setFixedWidth(theme.px(_WIDTH))
        card.add(row(IconMark("circle-check", "green", 20), self.title, 1))
        card.add(self.counts)
        card.add(self.advice)
        card.add(row(self.undo, 1, self.back, self.report, self.choices))
        _centre(self, card)
        self.choices.clicked.connect(self.choices_asked)
        self.report.clicked.connect(self.report_asked)
        self.undo.clicked.connect(self.undo_asked)
        self.back.clicked.connect(self.left)
        keys.bind(self, "Esc", self.left.emit)
        keys.bind(self, "Ctrl+Z", self.undo_asked.emit)

    def first_focus(self) -> QWidget:
        """The way on."""
        return next((one for one in (self.choices, self.report) if one.isVisibleTo(self)), self.back)

    def show_arrival(self, arrival: "Arrival") -> None:
        """Say what came in and what waits for a hand."""
        conflicts, problems = arrival.total("conflicts"), arrival.problems
        self.title.setText(arrival.title())
        self.counts.setText(arrival.counts())
        self.choices.setVisible(conflicts > 0)
        self.choices.show_face(_("去选 {count} 处").format(count=conflicts), icon="git-compare")
        self.choices.set_kind(PRIMARY)
        self.report.setVisible(problems > 0)
        self.report.set_kind(PRIMARY if not conflicts else "secondary")
        advice = []
        if conflicts:
            advice.append(_("两边都改过的，两份都在，要选一个。"))
        if problems:
            advice.append(_("看不懂的没有进数据；检查结果写明每一格，可以发回给填表的人。"))
        self.advice.setText("".join(advice))


def _centre(box: QWidget, card: QWidget) -> None:
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(2)
    column.addLayout(row(1, card, 1))
    column.addStretch(3)
