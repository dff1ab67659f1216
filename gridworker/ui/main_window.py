"""The frame: pages at the left, a line above, one page at a time, one message. It knows no services.

Who owns the window connects `searched` to a search, hands hits to `top_bar.search.show_hits`, and `hit_chosen`
to what opens them. Pages of type `Page` are connected when they are first made.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, Page, PageSpec
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Job
from gridworker.ui.widgets.message_bar import MessageBar
from gridworker.ui.widgets.sidebar import WIDE, NavItem, Sidebar
from gridworker.ui.widgets.top_bar import VISIT_KEY, Action, Heading, TopBar

NARROW_BELOW = 1200  # px of window width at which the sidebar gives way to icons


class MainWindow(QMainWindow):
    """Sidebar, top bar, page stack, message bar."""

    searched = Signal(str)
    hit_chosen = Signal(object)
    page_shown = Signal(str)
    visit_asked = Signal()
    help_asked = Signal(str)
    closing = Signal()

    def __init__(self, specs: Sequence[PageSpec], refresh: Refresh | None = None) -> None:
        super().__init__()
        self._specs = {spec.name: spec for spec in specs}
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self.refresh = refresh or Refresh()
        listed = [NavItem(spec.name, spec.text, spec.icon) for spec in specs if not spec.under]
        self.sidebar = Sidebar(_("网格走访"), listed)
        self.top_bar = TopBar()
        self.stack = QStackedWidget()
        self.message_bar = MessageBar()
        self.setWindowTitle(_("网格走访"))
        self._build()
        self._connect()
        theme.dress(self)
        self.resize(1366, 768)

    def _build(self) -> None:
        frame = QWidget()
        across = QHBoxLayout(frame)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(self.top_bar)
        down.addWidget(self.stack, 1)
        across.addWidget(self.sidebar)
        across.addLayout(down, 1)
        self.setCentralWidget(frame)
        self.message_bar.setParent(frame)

    def _connect(self) -> None:
        self.sidebar.asked.connect(self.show_page)
        self.top_bar.search.query.connect(self.searched)
        self.top_bar.search.chosen.connect(self.hit_chosen)
        self.top_bar.back.connect(self._on_back)
        self.top_bar.arranged.connect(self._place_message_bar)
        self.refresh.changed.connect(self._on_changed)
        listed = [name for name, spec in self._specs.items() if not spec.under]
        page_keys = {name: f"Alt+{number}" for number, name in enumerate(listed, 1)}
        page_keys |= {name: spec.key for name, spec in self._specs.items() if spec.key}
        for name, key in page_keys.items():
            keys.bind(self, key, partial(self.show_page, name), self._specs[name].text, whole_window=True)
        keys.bind(self, "Ctrl+K", self._on_search_asked, whole_window=True)
        keys.bind(self, "F1", lambda: self.help_asked.emit(self._current), whole_window=True)
        keys.bind(self, VISIT_KEY, self._on_visit_asked, _("记录走访"), whole_window=True)

    def page(self, name: str) -> QWidget:
        """A page by name, made now if it was not yet needed."""
        if name not in self._pages:
            made = self._specs[name].factory()
            self._pages[name] = made
            self.stack.addWidget(made)
            if isinstance(made, Page):
                self._connect_page(made)
        return self._pages[name]

    def show_page(self, name: str, key: object = None) -> None:
        """Go to a page; a key asks it to show one record."""
        page = self.page(name)
        self._current = name
        self.message_bar.hide_saved()
        self.sidebar.set_current(self._specs[name].under or name)
        self.stack.setCurrentWidget(page)
        if isinstance(page, Page):
            if key is not None:
                page.open_key(key)
            self._show_head(page.heading, page.action)
        else:
            self._show_head(Heading(self._specs[name].text), None)
        self._fit_sidebar()
        self.focus_page()
        self.page_shown.emit(name)

    def current_page(self) -> str:
        """The name of the page shown."""
        return self._current

    def focus_page(self) -> None:
        """Put the focus where the page wants it, so that no sidebar entry keeps it."""
        page = self._pages[self._current]
        target = page.first_focus() if isinstance(page, Page) else None
        (target or page).setFocus()

    def say(self, message: Message) -> None:
        """Show a message in the line above the page, where it covers nothing that is being worked on."""
        if message.kind == "saved":
            self.message_bar.show_saved(message.sentence, message.act)
        elif message.kind == "warning":
            self.message_bar.show_warning(message.sentence, message.verb, message.act)
        else:
            self.message_bar.show_failure(message.sentence, message.verb, message.act)
        self._place_message_bar()

    def follow(self, job: Job) -> None:
        """Show long work while it lasts, and how to stop it; another message may take its place."""
        bar = self.message_bar

        def show(share: float, _unit: str) -> None:
            bar.show_progress(job.told, share, job.cancel)
            self._place_message_bar()

        show(0.0, "")
        job.tell(job.signals.progress, show)
        job.tell(job.signals.finished, lambda: bar.hide_progress(job.told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows show icons only."""
        super().resizeEvent(event)
        self._fit_sidebar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What nothing else wanted: Ctrl+Z takes back what the message offers, Esc cancels or closes it, else goes back
        from a record to its list, except out of a field in which somebody may be writing.
        """
        if event.matches(QKeySequence.StandardKey.Undo):
            self.message_bar.undo()
        elif event.key() == Qt.Key.Key_Escape:
            is_writing = isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit)
            if self.message_bar.isVisible():
                self.message_bar.cancel()
            elif self.top_bar.parent_title.isVisible() and not is_writing:
                self._on_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let drafts be saved and jobs be stopped."""
        self.closing.emit()
        super().closeEvent(event)

    def _connect_page(self, page: Page) -> None:
        page.heading_changed.connect(lambda _heading: self._on_head_changed(page))
        page.action_changed.connect(lambda _action: self._on_head_changed(page))
        page.navigate.connect(self.show_page)
        page.said.connect(self.say)

    def _show_head(self, heading: Heading, action: Action | None) -> None:
        self.top_bar.show_heading(heading)
        self.top_bar.show_action(action)

    def _on_head_changed(self, page: Page) -> None:
        if self.stack.currentWidget() is page:
            self._show_head(page.heading, page.action)

    def _on_back(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.go_back()

    def _on_visit_asked(self) -> None:
        """F2 records a visit everywhere: by the page's own action where it offers one."""
        action = self.top_bar.action()
        if action is not None and action.key == VISIT_KEY:
            action.run()
        else:
            self.visit_asked.emit()

    def _on_search_asked(self) -> None:
        self.top_bar.search.setFocus()
        self.top_bar.search.selectAll()

    def _on_changed(self, changes: object) -> None:
        for page in self._pages.values():
            if isinstance(page, Page):
                page.on_changed(changes)

    def _fit_sidebar(self) -> None:
        """Words give way to icons in a narrow window, and wherever the page needs the room."""
        page = max(self.top_bar.minimumSizeHint().width(), self.stack.minimumSizeHint().width())
        self.sidebar.set_narrow(self.width() < max(NARROW_BELOW, page + theme.px(WIDE)))

    def _place_message_bar(self) -> None:
        room = self.top_bar.message_room(self.message_bar.sizeHint())
        self.message_bar.setGeometry(room.translated(self.top_bar.pos()))
