"""A guided tour: the window behind a veil with one part left clear, and a card that says what it is for.

Enter goes on, Backspace back, Esc leaves; while it is shown no other key and no click reaches the window.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from gridworker.i18n import _
from gridworker.ui import theme
from gridworker.ui.main_window import MainWindow
from gridworker.ui.widgets.button import PRIMARY, QUIET, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import label

_VEIL: Final = 0.78
_WIDTH: Final = 360
_AROUND: Final = 6  # px left clear around the part that is pointed at
_GAP: Final = 12  # px between it and the card
_KEYS: Final = {
    Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Right: 1,
    Qt.Key.Key_Backspace: -1, Qt.Key.Key_Left: -1,
}  # fmt: skip
"""By key: how many stops to go on."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A part of a page, found when one is there; with what it is for. `key` is what the page is asked to show."""

    page: str
    find: Callable[[MainWindow], QWidget]
    title: str
    words: str
    key: Callable[[MainWindow], object] = lambda _window: None


class Tour(QWidget):
    """Lies over a whole window; `ended` when the last stop was seen or the person left."""

    ended = Signal()

    def __init__(self, window: MainWindow, stops: Sequence[Stop], place: int = 0) -> None:
        super().__init__(window)
        self._window, self._stops = window, stops
        self.place = place
        self.title = label("", "card_title")
        self.words = label("", wrap=True)
        self._count = label("", "second")
        self.leave_button = Button(_("离开"), QUIET, key="Esc")
        self.back_button = Button(_("上一步"), key="Backspace", small=True)
        self.next_button = Button("", PRIMARY, key="Enter", small=True)
        self.card = self._built()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._arrange)
        self.next_button.clicked.connect(lambda: self.go(1))
        self.back_button.clicked.connect(lambda: self.go(-1))
        self.leave_button.clicked.connect(self.leave)
        window.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show()
        self._show_stop()

    def go(self, step: int) -> None:
        """On to the next stop, or back; past the last one it ends."""
        if self.place + step >= len(self._stops):
            self.leave()
        elif self.place + step >= 0:
            self.place += step
            self._show_stop()

    def leave(self) -> None:
        """Give the window back."""
        self._window.removeEventFilter(self)
        self.hide()
        self._window.focus_page()
        self.ended.emit()
        self.deleteLater()

    def target(self) -> QWidget:
        """What is pointed at: the part of this stop, or the whole page where the part is not shown."""
        found = self._stops[self.place].find(self._window)
        return found if found.isVisible() else self._window.stack

    def clear(self) -> QRect:
        """Where the veil is open, in the window."""
        target = self.target()
        seen = target.visibleRegion().boundingRect()
        box = QRect(target.mapTo(self._window, seen.topLeft()), seen.size())
        return box.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND).intersected(self.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window: its size, its layout, its font."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.StyleChange}:
            self._soon.start()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """No key of the window or the page works under the veil."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On, back, or out."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif step := _KEYS.get(Qt.Key(event.key())):
            self.go(step)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab stays where the keys of the tour are."""
        self.setFocus()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The veil, and a frame around what is left clear."""
        opening = QPainterPath()
        opening.addRoundedRect(QRectF(self.clear()), 8, 8)
        veil = QPainterPath()
        veil.addRect(QRectF(self.rect()))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(veil.subtracted(opening), theme.color("bg", _VEIL))
            painter.setPen(QPen(theme.color("primary"), 2))
            painter.drawPath(opening)

    def _built(self) -> Card:
        card = Card(frame="focus")
        card.setParent(self)
        card.add(row(self.title, 1, self._count))
        card.add(self.words)
        card.add(row(self.leave_button, 1, self.back_button, self.next_button))
        for button in (self.leave_button, self.back_button, self.next_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return card

    def _show_stop(self) -> None:
        stop = self._stops[self.place]
        self._window.show_page(stop.page, stop.key(self._window))
        self.title.setText(stop.title)
        self.words.setText(stop.words)
        self._count.setText(f"{self.place + 1} / {len(self._stops)}")
        last = self.place + 1 == len(self._stops)
        self.next_button.show_face(_("开始用") if last else _("下一步"), key="Enter")
        self.back_button.setEnabled(self.place > 0)
        self.setAccessibleName(f"{stop.title} {stop.words}")
        _scroll_to(self.target())
        self.setFocus()
        self._arrange()
        self._soon.start()  # what the page lays out only now has its place in the next turn

    def _arrange(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()
        width = theme.px(_WIDTH)
        self.card.setFixedWidth(width)
        size = QSize(width, max(self.card.heightForWidth(width), self.card.minimumSizeHint().height()))
        self.card.setGeometry(QRect(place_beside(self.clear(), size, self.rect()), size))
        self.update()


def place_beside(clear: QRect, card: QSize, room: QRect) -> QPoint:
    """Where a card stands beside a part without leaving the room: right, left, below, above, else in its corner."""
    right, left = clear.right() + _GAP, clear.left() - _GAP - card.width()
    below, above = clear.bottom() + _GAP, clear.top() - _GAP - card.height()
    across = min(max(clear.left(), _GAP), room.right() - _GAP - card.width())
    down = min(max(clear.top(), _GAP), room.bottom() - _GAP - card.height())
    if right + card.width() <= room.right():
        return QPoint(right, down)
    if left >= room.left():
        return QPoint(left, down)
    if below + card.height() <= room.bottom():
        return QPoint(across, below)
    if above >= room.top():
        return QPoint(across, above)
    return QPoint(room.right() - _GAP - card.width(), room.bottom() - _GAP - card.height())


def _scroll_to(target: QWidget) -> None:
    """Bring a part into view where it stands in something that scrolls."""
    around = target.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(target, 0, 0)
