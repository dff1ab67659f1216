"""The focus ring of look §4: 2 px primary, 2 px outside the focused control, painted over its surroundings.

A control opts in with `setProperty("ring", radius)`. The ring is a transparent sibling, so controls need
no spare margin and stay aligned to the pixel.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from gridworker.ui import theme

GAP = 2
WIDTH = 2
_REACH = GAP + WIDTH
_MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QObject):
    """Keeps at most one ring in the application, around the control that has the focus.

    It acts in the next turn of the event loop only: focus also moves while widgets are being destroyed.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._draw)
        app.focusChanged.connect(self._on_focus_changed)

    @classmethod
    def install(cls, app: QApplication) -> None:
        """Give an application its ring, if it has none yet."""
        if app.findChild(cls) is None:
            cls(app)

    def _on_focus_changed(self) -> None:
        self._soon.start()

    def _draw(self) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        target = QApplication.focusWidget()
        self._ring = _Ring(target) if target is not None and target.property("ring") is not None else None


class _Ring(QWidget):
    """One ring around one control, following it and every widget between it and the host.

    It keeps no reference to them: they may go at any time, and the focus says which control is meant.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(_host_of(target))
        self._radius = float(target.property("ring"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # Never move at once, for the same reason: the host may be only half there.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._follow)
        watched: QWidget | None = target
        while watched is not None and watched is not self.parentWidget():
            watched.installEventFilter(self)
            watched = watched.parentWidget()
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow moves of the control and of what holds it."""
        if event.type() in _MOVING:
            self._soon.start()
        return False

    def _follow(self) -> None:
        target, host = QApplication.focusWidget(), self.parentWidget()
        if target is None or host is None or not host.isAncestorOf(target):
            return
        corner = target.mapTo(host, QPoint(0, 0))
        self.setGeometry(target.rect().translated(corner).adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.setVisible(target.isVisibleTo(host))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded line with a gap of surface inside."""
        inset = WIDTH / 2
        radius = self._radius + GAP + inset
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("primary"), WIDTH))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)


def _host_of(target: QWidget) -> QWidget:
    """The widget to paint on: the nearest scrolling viewport, which clips the ring, else the window."""
    above = target.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            return above
        above = above.parentWidget()
    return above or target
