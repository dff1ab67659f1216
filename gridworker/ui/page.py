"""What every page of the window is: a widget that says its heading and main action and hears of changes.

A page receives its services by constructor; it never knows the window. It speaks through signals:
`heading_changed(Heading)`, `action_changed(Action | None)`, `navigate(name, key)`, `said(Message)`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from gridworker.ui.reveal import RevealByAlt
from gridworker.ui.tab_order import in_layout_order
from gridworker.ui.widgets.top_bar import Action, Heading

MARGIN = (20, 14, 20, 14)  # left, top, right, bottom around a page
GAP = 12  # between cards


@dataclass(frozen=True)
class Message:
    """What the message bar shall say: kind is saved, warning or failure; for saved, `act` takes it back."""

    kind: str
    sentence: str
    verb: str = ""
    act: Callable[[], object] | None = None


@dataclass(frozen=True)
class PageSpec:
    """A page of the sidebar: code name, word, icon, and how to make it when it is first shown.

    A page `under` another is not in the sidebar, which marks that one instead; `key` shows it from anywhere.
    """

    name: str
    text: str
    icon: str
    factory: Callable[[], QWidget]
    under: str = ""
    key: str = ""


class Page(QWidget):
    """Base of the pages; override `refresh`, `first_focus` and, where it matters, `affected_by`."""

    heading_changed = Signal(object)
    action_changed = Signal(object)
    navigate = Signal(str, object)
    said = Signal(object)

    def __init__(self, heading: Heading, action: Action | None = None) -> None:
        super().__init__()
        self.heading = heading
        self.action = action
        self._stale = True
        self.reveal = RevealByAlt(self)

    def set_heading(self, heading: Heading) -> None:
        """Say that one is somewhere else now."""
        self.heading = heading
        self.heading_changed.emit(heading)

    def set_action(self, action: Action | None) -> None:
        """Offer another main action in the top bar."""
        self.action = action
        self.action_changed.emit(action)

    def refresh(self) -> None:
        """Read everything shown anew; called before the page is first seen and after changes that affect it."""

    def open_key(self, key: object) -> None:
        """Show one record, asked for by another page or the search."""

    def go_back(self) -> None:
        """Leave the record shown for the page's list: the word before the title was clicked."""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page is shown: its list or first field."""
        return None

    def affected_by(self, changes: object) -> bool:
        """Whether a set of changes touches what is shown; when in doubt, yes."""
        return True

    def on_changed(self, changes: object) -> None:
        """Refresh now if seen, at the next showing otherwise."""
        if not self.affected_by(changes):
            return
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with changes made while hidden."""
        super().showEvent(event)
        self._refresh_if_stale()

    def hasHeightForWidth(self) -> bool:
        """No: the stack of pages would take the height one would like for the least that all need."""
        return False

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab goes in the order of the layouts, whatever came and went."""
        in_layout_order(self)
        return super().focusNextPrevChild(following)

    def _refresh_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()


def page_row(parent: QWidget | None = None) -> QHBoxLayout:
    """A layout of cards side by side with the page's gap; margins only directly in a page."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    _space(made, inside_page=parent is not None)
    return made


def page_column(parent: QWidget | None = None) -> QVBoxLayout:
    """A layout of cards under each other with the page's gap; margins only directly in a page."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    _space(made, inside_page=parent is not None)
    return made


def _space(layout: QBoxLayout, *, inside_page: bool) -> None:
    layout.setContentsMargins(*(MARGIN if inside_page else (0, 0, 0, 0)))
    layout.setSpacing(GAP)
