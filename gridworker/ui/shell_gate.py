"""The window before the window: first run, unlocking, and the few words said while closing."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.message_bar import ProgressLine


class Gate(QWidget):
    """Shows one part in its middle; `painted` when it was first seen, `left` when a person closes it."""

    painted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("网格走访"))
        self._part: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._leaving = self._seen = False
        theme.dress(self)
        self.resize(1366, 768)

    def show_part(self, part: QWidget) -> None:
        """Show this instead of what was shown."""
        if self._part is not None:
            self._column.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
        self._part = part
        self._column.addWidget(part)
        part.setFocus()

    def part(self) -> QWidget | None:
        """What is shown."""
        return self._part

    def leave(self) -> None:
        """Close without telling: the next window is there."""
        self._leaving = True
        self.close()

    def event(self, event: QEvent) -> bool:
        """Tell of the first paint once it is over."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the person is gone."""
        super().closeEvent(event)
        if not self._leaving:
            self.left.emit()


def brand() -> QHBoxLayout:
    """The program's mark and name."""
    return row(IconMark("footprints", "primary", 26), label(_("网格走访"), "record_title"), 1, gap=7)


def small_card(width: int = 420) -> tuple[QWidget, QVBoxLayout]:
    """A card in the middle of the gate, and the column to fill."""
    outer = QWidget()
    card = QFrame()
    card.setProperty("frame", "card")
    card.setFixedWidth(theme.px(width))
    inside = QVBoxLayout(card)
    inside.setContentsMargins(28, 24, 28, 24)
    inside.setSpacing(10)
    column = QVBoxLayout(outer)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(2)
    column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
    return outer, inside


def notice(icon: str, title: str, advice: str) -> QWidget:
    """A few words in the middle: what is going on, what to do."""
    outer, inside = small_card()
    inside.addWidget(EmptyState(icon, title, advice))
    return outer


def opening() -> QWidget:
    """What is shown first."""
    return notice("lock", _("正在打开…"), "")


class Waiting(QWidget):
    """A few words in the middle while something is made, with how far it is; `cancelled` where it can be stopped."""

    cancelled = Signal()

    def __init__(self, icon: str, title: str, advice: str) -> None:
        super().__init__()
        outer, inside = small_card()
        self.progress = ProgressLine(0, width=200)
        self.said = label("", "second")
        self.said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(EmptyState(icon, title, advice))
        inside.addWidget(self.progress)
        inside.addWidget(self.said)
        self.stop = Button(_("取消"), key="Esc")
        self.stop.clicked.connect(self.cancelled)
        inside.addLayout(row(1, self.stop, 1))
        keys.bind(self, "Esc", self.cancelled.emit)
        self.setFocusProxy(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(outer)

    def show_progress(self, share: float, words: str) -> None:
        """How far it is, and at what."""
        self.progress.show_share(share)
        self.said.setText(words)
