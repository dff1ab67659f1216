"""The line over each page: where one is, the day, the search, the page's one main action (look §3)."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from gridworker.ui import keys, theme
from gridworker.ui.widgets.button import PRIMARY, QUIET, Button
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.search_box import SearchBox

_SIDE = 20
VISIT_KEY = "F2"  # bound by the window itself, on every page


@dataclass(frozen=True)
class Heading:
    """Title of what is shown, the page it belongs to (for the way back), and a detail instead of the day."""

    title: str
    parent: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Action:
    """The button at the right of the top bar: word, what it does, icon, the key that does the same."""

    text: str
    run: Callable[[], object]
    icon: str = "plus"
    key: str = ""
    kind: str = PRIMARY


class TopBar(QFrame):
    """Heading at the left, search and action at the right; `back` when the parent page's word is clicked, `arranged`
    when its parts have found their places.
    """

    back = Signal()
    arranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "top_bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._day = ""
        self._action: Action | None = None
        self._shortcuts: list[QShortcut] = []
        self.parent_title = Button("", QUIET)
        self._arrow = IconMark("chevron-right", "text2", 16)
        self.title = label("", "page_title")
        self.detail = ElidedLabel("", "date_line")
        self.search = SearchBox()
        self.button = Button("", PRIMARY)
        self._build()
        self.parent_title.clicked.connect(self.back)
        self.button.clicked.connect(self._run)
        self.show_heading(Heading(""))
        self.show_action(None)

    def show_day(self, day: str) -> None:
        """The date line shown where a heading has no detail of its own."""
        self._day = day
        self.show_heading(self._heading)

    def show_heading(self, heading: Heading) -> None:
        """Say where one is."""
        self._heading = heading
        self.parent_title.show_face(heading.parent)
        self.parent_title.setVisible(bool(heading.parent))
        self._arrow.setVisible(bool(heading.parent))
        self.title.setText(heading.title)
        self.detail.setText(heading.detail or self._day)

    def show_action(self, action: Action | None) -> None:
        """Offer the page's main action, or none."""
        self._action = action
        self.button.setVisible(action is not None)
        for shortcut in self._shortcuts:
            shortcut.deleteLater()
        self._shortcuts = []
        if action:
            if action.key and action.key != VISIT_KEY:
                self._shortcuts = keys.bind(self, action.key, self._run, whole_window=True)
            self.button.set_kind(action.kind)
            self.button.show_face(action.text, icon=action.icon, key=action.key)

    def message_room(self, wanted: QSize) -> QRect:
        """Where a message stands: in place of the day, with a longer sentence in place of the title too."""
        left, right = self.detail.x(), self.detail.geometry().right()
        if right - left < wanted.width():
            left = _SIDE
        return QRect(left, (self.height() - wanted.height()) // 2, right - left, wanted.height())

    def event(self, event: QEvent) -> bool:
        """Tell that the parts were laid out anew."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self.arranged.emit()
        return handled

    def action(self) -> Action | None:
        """The main action offered now."""
        return self._action

    def sizeHint(self) -> QSize:
        """52 px high."""
        return QSize(theme.px(600), theme.px(52))

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(_SIDE, 0, _SIDE, 0)
        line.setSpacing(10)
        for part in (self.parent_title, self._arrow, self.title):
            line.addWidget(part)
        line.addWidget(self.detail, 1)
        line.addWidget(self.search)
        line.addWidget(self.button)
        self.search.setMinimumWidth(theme.px(180))
        self.search.setMaximumWidth(theme.px(300))

    def _run(self) -> None:
        if self._action:
            self._action.run()
