"""One household: who lives there, what is open, what happened; the quick visit form stands beside it (look 07)."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import household_page
from gridworker.services.household_page import HouseholdPage
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.page import GAP, page_row
from gridworker.ui.pages import wording
from gridworker.ui.pages.field_history import bind_history, open_all
from gridworker.ui.pages.undecided import JoinedStrip, UndecidedStrip
from gridworker.ui.pages.visit_form import VisitForm
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label
from gridworker.ui.widgets.pill import Pill

JOIN, SOURCES, HAND_OVER = "join", "sources", "hand_over"
_SHOWN: Final = 8
"""Events shown before 全部 is asked for."""
_LEFT_LEAST: Final = 270
_PADDING: Final = 15  # of a card, with its edge
_LOOKS: Final = {
    "met": ("door-open", "green"),
    "not_met": ("door-closed", "grey"),
    "refused": ("door-closed", "red"),
    "phone": ("phone", "amber"),
    "wechat": ("message-circle", "green"),
    "video": ("video", "blue"),
    "office": ("user-check", "green"),
    household_page.NEED: ("message-square-warning", "blue"),
    household_page.CLOSED: ("circle-check", "green"),
    household_page.STEP: ("list-checks", "blue"),
    "household": ("house", "grey"),
    "resident": ("user", "grey"),
}


class HouseholdView(QWidget):
    """The cards at the left and the form at the right; asks for everything it cannot do itself."""

    need_asked = Signal(object)
    edit_asked = Signal()
    member_asked = Signal(object)
    person_asked = Signal(object)
    deed_asked = Signal(str)
    event_asked = Signal(object)
    choice_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: HouseholdPage | None = None
        self.form = VisitForm(workspace)
        self._cards = QVBoxLayout()
        left = QWidget()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(GAP)
        inner = QWidget()
        inner.setLayout(self._cards)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._head = Card()
        column.addWidget(self._head)
        column.addWidget(scrolling(inner), 1)
        left.setMinimumWidth(theme.px(_LEFT_LEAST))
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._left_column = column
        across = page_row(self)
        if workspace.is_township:
            self.form.setParent(self)
            self.form.hide()
            across.addWidget(left)
        else:
            across.addWidget(SideColumns(self.form, left, side_first=True, weights=(0, 1)))

        bind_history(self, self.show_history)

    def show_household(self, page: HouseholdPage, position: str) -> None:
        """Show a household, and where it stands in a row of due ones."""
        self._shown = page
        self._replace_head(self._head_card(page, position))
        while (old := self._cards.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if page.undecided:
            strip = UndecidedStrip(page.undecided)
            strip.asked.connect(self.choice_asked)
            self._cards.addWidget(strip)
        if page.parts > 1:
            joined = JoinedStrip(page.parts)
            joined.asked.connect(partial(self.deed_asked.emit, SOURCES))
            self._cards.addWidget(joined)
        for card in (self._needs_card(page), self._members_card(page)):
            self._cards.addWidget(card)
        self._cards.addWidget(self._history_card(page, _SHOWN))
        self._cards.addStretch(1)

    def _replace_head(self, card: Card) -> None:
        self._left_column.replaceWidget(self._head, card)
        self._head.deleteLater()
        self._head = card

    def _head_card(self, page: HouseholdPage, position: str) -> Card:
        level = _("{level} · {days}天一访").format(level=wording.level_word(page.level), days=page.cycle_days)
        name = _("{head} 户").format(head=page.head) if page.head else _("（未登记户主）")
        tags = [Pill(tag, "amber") for tag in page.tags[:3]]
        title = row(IconMark("house", "primary", 20), ElidedLabel(name, "record_title"))
        for pill in (Pill(level, wording.LEVEL_TONES.get(page.level, "grey"), dot=True), *tags):
            title.addWidget(pill)
        title.addStretch(1)
        place = label(position, "second")
        title.addWidget(place)
        card = _HeadCard(title, [place, *tags])
        card.add(title)
        card.add(self._where(page))
        return card

    def _where(self, page: HouseholdPage) -> QHBoxLayout:
        people = sum(not one.left for one in page.members)
        facts = [page.address, _("{count}人").format(count=people) if people else "", page.housing]
        made = row(ElidedLabel(" · ".join(part for part in facts if part), tone="text2"))
        made.setStretch(0, 0)
        if page.phone:
            made.addWidget(MaskedLabel(page.phone, partial(self._reveal, "household", page.id)))
        made.addStretch(1)
        if page.phone:
            made.addWidget(key_cap("Alt"))
            made.addWidget(label(_("看全"), "second"))
        edit = link(_("改资料"))
        edit.clicked.connect(self.edit_asked)
        made.addWidget(edit)
        made.addWidget(self._more_button())
        return made

    def _more_button(self) -> Button:
        """What is done rarely, under one word."""
        more = link(_("更多"))
        more.setToolTip("Ctrl+M")
        menu = self._menu = QMenu(more)
        menu.addAction(_("历史"), self.show_history)
        for word, deed in ((_("与另一户合并…"), JOIN), (_("移交到别的网格…"), HAND_OVER)):
            menu.addAction(word, partial(self.deed_asked.emit, deed))
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        self._more = more
        return more

    def open_menu(self) -> None:
        """The rare deeds, by key."""
        self._more.click()

    def show_history(self) -> None:
        """Everything ever said about the household, its people, needs and visits."""
        if self._shown is not None:
            open_all(self, self._workspace, "household", self._shown.id)
