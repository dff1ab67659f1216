"""What happened, newest first: round marks on a line, head and author, body below (look §4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.icons import paint_icon
from gridworker.ui.widgets import paint
from gridworker.ui.widgets.button import link
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label
from gridworker.ui.widgets.pill import Pill

_MARK = 23
_INDENT = 34


@dataclass(frozen=True)
class Event:
    """One thing that happened: head (date · way · outcome), who, what; a pill or a quiet word after the head."""

    head: str
    body: str = ""
    who: str = ""
    icon: str = "circle-dot"
    tone: str = "grey"
    aside: str = ""
    pill: str = ""
    pill_tone: str = "amber"
    faded: bool = False
    """Told in grey: it counts no more."""
    key: object = None
    """What `asked` carries when it may be corrected here."""
    full: Callable[[], str] | None = None
    """The body in full for who holds Alt; None where nothing of it is masked."""


class Timeline(QWidget):
    """Events under each other; put it into `scrolling()` when there may be many. `asked(key)` for one to correct."""

    asked = Signal(object)

    def __init__(self, events: Sequence[Event] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.show_events(events)

    def show_events(self, events: Sequence[Event]) -> None:
        """Show these instead."""
        while self._column.count() > 1:
            old = self._column.takeAt(0)
            if old is not None and (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for place, event in enumerate(events):
            entry = _Entry(event, last=place == len(events) - 1)
            entry.asked.connect(self.asked)
            self._column.insertWidget(place, entry)


class _Entry(QWidget):
    """One event with its mark and the line to the next."""

    asked = Signal(object)

    def __init__(self, event: Event, *, last: bool) -> None:
        super().__init__()
        self._event = event
        self._last = last
        self.setAccessibleName(_("，").join(word for word in (event.head, event.aside, event.body, event.who) if word))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(_INDENT), 1, 0, 9)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(0, 1)
        head = row(ElidedLabel(event.head, "strong"))
        if event.pill:
            head.addWidget(Pill(event.pill, event.pill_tone))
        head.addWidget(ElidedLabel(event.aside, "second"), 1)
        grid.addLayout(head, 0, 0)
        grid.addLayout(self._corner(event), 0, 1)
        if event.body:
            grid.addWidget(self._body(event), 1, 0, 1, 2)

    def _body(self, event: Event) -> QLabel:
        tone = "text3" if event.faded else ""
        if event.full is None:
            return label(event.body, tone=tone, wrap=True)
        made = MaskedLabel(event.body, event.full, "body", wrap=True)
        made.setProperty("tone", tone)
        return made

    def _corner(self, event: Event) -> QHBoxLayout:
        """Who, and the way to correct it."""
        made = row(label(event.who, "second"))
        if event.key is not None:
            edit = link(_("改"))
            edit.setAccessibleName(_("改 {head}").format(head=event.head))
            edit.clicked.connect(lambda: self.asked.emit(event.key))
            made.addWidget(edit)
        return made

    def sizeHint(self) -> QSize:
        """At least as high as the mark."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme.px(_MARK) + 7))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line first, mark over it."""
        size = theme.px(_MARK)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._last:
                painter.setPen(QPen(theme.color("border"), 1.5))
                painter.drawLine(QPoint(size // 2, size), QPoint(size // 2, self.height()))
            mark = QRect(0, 0, size, size)
            paint.rounded(painter, mark, size / 2, theme.color(paint.weak_token(self._event.tone)), None)
            inner = theme.px(13)
            offset = (size - inner) // 2
            paint_icon(painter, QRect(offset, offset, inner, inner), self._event.icon, self._event.tone)
            painter.setPen(Qt.PenStyle.NoPen)
