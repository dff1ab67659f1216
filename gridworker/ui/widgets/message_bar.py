"""The one bar that tells: saved with 撤销, warning, failure, long work with progress and cancel (look §4)."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.button import QUIET, STOP, VERB, Button, icon_button
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label

Act = Callable[[], object]
UNDO_SECONDS = 10


class ProgressLine(QWidget):
    """A thin bar filled from 0 to 1, in a tone."""

    def __init__(self, share: float = 0.0, tone: str = "primary", width: int = 150) -> None:
        super().__init__()
        self._share, self._tone, self._width = share, tone, width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Fill to a share."""
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(f"{self._share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        """Six pixels high."""
        return QSize(theme.px(self._width), 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track and filling."""
        with QPainter(self) as painter:
            box = QRectF(self.rect())
            paint.rounded(painter, box, 3, theme.color("line"), None)
            box.setWidth(box.width() * self._share)
            if box.width() >= 1:
                paint.rounded(painter, box, 3, theme.color(self._tone), None)


class MessageBar(QFrame):
    """One message at a time; a new one replaces the old. Undo goes away after ten seconds, the rest stays until closed
    or replaced.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._act: Act | None = None
        self._seconds = 0
        self._passing = False
        self._icon = IconMark("circle-check", "green", 16)
        self._sentence = ElidedLabel()
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._progress = ProgressLine()
        self._verb = Button("", VERB)
        self._key = key_cap("")
        self._countdown = label("", "second")
        self._close = icon_button("x", _("关闭提示"), QUIET)
        self._timer = QTimer(self, interval=1000)
        self._build()
        self._timer.timeout.connect(self._on_second_passed)
        self._verb.clicked.connect(self._run_verb)
        self._close.clicked.connect(self.hide_message)
        self.hide()

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 10, 0)
        line.setSpacing(8)
        for part in (self._icon, self._sentence, self._progress, self._verb, self._key, self._countdown, self._close):
            line.addWidget(part)

    def sizeHint(self) -> QSize:
        """As wide as what it says, 40 px high."""
        return QSize(super().sizeHint().width(), theme.px(40))

    def show_saved(self, sentence: str, undo: Act | None = None, seconds: int = UNDO_SECONDS) -> None:
        """Something was done; for some seconds it can be taken back."""
        self._show("circle-check", "green", "saved", sentence, _("撤销") if undo else "", undo)
        self._key.setText("Ctrl+Z")
        self._key.setVisible(undo is not None)
        self._seconds = seconds
        self._countdown.setVisible(undo is not None)
        self._show_seconds()
        self._passing = True
        self._timer.start()

    def show_warning(self, sentence: str, verb: str = "", act: Act | None = None) -> None:
        """Something needs a look; the verb leads there."""
        self._show("triangle-alert", "amber", "warning", sentence, verb, act)

    def show_failure(self, sentence: str, verb: str = "", act: Act | None = None) -> None:
        """Something was not done; the verb is the way out."""
        self._show("circle-x", "red", "failure", sentence, verb, act)

    def show_progress(self, sentence: str, share: float, cancel: Act | None = None) -> None:
        """Long work: what, how far (0 … 1), and how to stop it."""
        self._show("loader", "primary", "saved", sentence, _("取消") if cancel else "", cancel)
        self._verb.set_kind(STOP)
        self._progress.show_share(share)
        self._progress.show()
        self._key.setText("Esc")
        self._key.setVisible(cancel is not None)
        self._close.hide()

    def hide_progress(self, sentence: str) -> None:
        """The work shown came to its end."""
        if self._progress.isVisible() and self._sentence.text() == sentence:
            self.hide_message()

    def undo(self) -> None:
        """Take the saved thing back if that is still offered (Ctrl+Z of the page)."""
        if self.isVisible() and self._countdown.isVisible():
            self._run_verb()

    def cancel(self) -> None:
        """Stop the long work shown, or close the message (Esc of the page)."""
        if self._progress.isVisible():
            self._run_verb()
        else:
            self.hide_message()

    def hide_saved(self) -> None:
        """What was saved on one page is not taken back from another; what needs a look stays."""
        if self._passing:
            self.hide_message()

    def hide_message(self) -> None:
        """Say nothing."""
        self._timer.stop()
        self._passing = False
        self._act = None
        self.hide()

    def sentence(self) -> str:
        """What is said now; empty while hidden."""
        return self._sentence.text() if self.isVisible() else ""

    def _show(self, icon: str, tone: str, kind: str, sentence: str, verb: str, act: Act | None) -> None:
        self._timer.stop()
        self._passing = False
        self._act = act
        self._icon.show_icon(icon, tone)
        self._sentence.setText(sentence)
        self._verb.set_kind(VERB)
        self._verb.show_face(verb)
        self._verb.setVisible(bool(verb))
        for part in (self._key, self._countdown, self._progress):
            part.hide()
        self._close.show()
        self.setAccessibleName(sentence)
        theme.set_style(self, message=kind)
        self.show()
        self.raise_()

    def _run_verb(self) -> None:
        act = self._act
        self.hide_message()
        if act is not None:
            act()

    def _show_seconds(self) -> None:
        self._countdown.setText(_("{seconds} 秒").format(seconds=self._seconds))

    def _on_second_passed(self) -> None:
        self._seconds -= 1
        self._show_seconds()
        if self._seconds <= 0:
            self.hide_message()
