"""One person of a household: what is known, what is open, what happened; states instead of deletion."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from gridworker.domain.rules.residence import DIED, MOVED_OUT
from gridworker.i18n import _
from gridworker.services import household_page
from gridworker.services.resident_page import ResidentPage
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import GAP, page_row
from gridworker.ui.pages.field_history import KEY, history_link
from gridworker.ui.pages.household import need_line, shown_event
from gridworker.ui.pages.undecided import JoinedStrip, UndecidedStrip
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.timeline import Timeline

EDIT, MOVE, JOIN, SOURCES, LEFT, CHOICE, NEED, HOME, HISTORY, REGISTER, ERASE, COPY = (
    "edit", "move", "join", "sources", "left", "choice", "need", "home", "history", "register", "erase", "copy",
)  # fmt: skip


class ResidentView(QWidget):
    """Shows a person; `asked(what, argument)` for everything it cannot do itself."""

    asked = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(GAP)
        inner = QWidget()
        inner.setLayout(self._inside)
        self.edit, self.more = Button(_("改资料"), icon="pencil", key="E"), link(_("更多"))
        page_row(self).addWidget(scrolling(inner))
        for key, what, word in (
            ("E", EDIT, _("成员页：改资料")), ("M", MOVE, _("成员页：迁到另一户")),
            ("H", JOIN, _("成员页：合并重复的人")), ("Backspace", HOME, _("成员页：回到这一户")),
            ("F4", REGISTER, _("登记诉求")), (KEY, HISTORY, _("历史")),
        ):  # fmt: skip
            keys.bind(self, key, partial(self.asked.emit, what, None), word)
        keys.bind(self, "Ctrl+M", self.open_menu)

    def show_resident(self, page: ResidentPage) -> None:
        """Show a person."""
        while (old := self._inside.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._inside.addWidget(self._head(page))
        if page.undecided:
            strip = UndecidedStrip(page.undecided)
            strip.asked.connect(partial(self.asked.emit, CHOICE, None))
            self._inside.addWidget(strip)
        if page.parts > 1:
            joined = JoinedStrip(page.parts)
            joined.asked.connect(partial(self.asked.emit, SOURCES, None))
            self._inside.addWidget(joined)
        columns = QWidget()
        across = QHBoxLayout(columns)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        for card in (self._needs(page), self._facts(page)):
            left.addWidget(card)
        left.addStretch(1)
        across.addLayout(left, 1)
        across.addWidget(self._history(page), 1, Qt.AlignmentFlag.AlignTop)
        self._inside.addWidget(columns)
        self._inside.addStretch(1)

    def _head(self, page: ResidentPage) -> Card:
        card = Card()
        title = row(IconMark("user", "primary", 20), ElidedLabel(page.name, "record_title"))
        if page.left:
            title.addWidget(Pill(page.left, "grey"))
        for tag in page.tags[:4]:
            title.addWidget(Pill(tag, "amber"))
        title.addStretch(1)
        self.edit = Button(_("改资料"), icon="pencil", key="E")
        self.edit.clicked.connect(partial(self.asked.emit, EDIT, None))
        title.addWidget(self.edit)
        card.add(title)
        card.add(self._whose(page))
        card.add(line())
        card.add(self._deeds(page))
        return card

    def _whose(self, page: ResidentPage) -> QHBoxLayout:
        age = _("{age}岁").format(age=page.age) if page.age is not None else ""
        made = row(ElidedLabel(" · ".join(part for part in (page.relation, age) if part), tone="text2"))
        home = link(page.home or _("（未登记住户）"))
        home.setEnabled(bool(page.household))
        home.clicked.connect(partial(self.asked.emit, HOME, None))
        made.addWidget(home)
        for name, text in (("phone", page.phone), ("id_no", page.id_no)):
            if text:
                reveal = partial(household_page.reveal, self._workspace, "resident", page.id, name)
                made.addWidget(MaskedLabel(text, reveal))
        if page.phone or page.id_no:
            made.addWidget(key_cap("Alt"))
            made.addWidget(label(_("看全"), "second"))
        made.addStretch(1)
        return made

    def _deeds(self, page: ResidentPage) -> QHBoxLayout:
        made = row()
        deeds = [(_("迁到另一户"), "M", MOVE, None), (_("合并重复的人"), "H", JOIN, None)]
        for text, key, what, argument in deeds:
            act = link(text)
            act.clicked.connect(partial(self.asked.emit, what, argument))
            made.addWidget(act)
            made.addWidget(key_cap(key))
        for text, state in ((_("已迁出"), MOVED_OUT), (_("已去世"), DIED)):
            if not page.left:
                act = link(text)
                act.clicked.connect(partial(self.asked.emit, LEFT, state))
                made.addWidget(act)
        made.addStretch(1)
        made.addWidget(self._more_button())
        made.addWidget(history_link(partial(self.asked.emit, HISTORY, None)))
        return made

    def open_menu(self) -> None:
        """The rare deeds, by key."""
        self.more.click()

    def _more_button(self) -> Button:
        """The person's rights, under one word."""
        more = self.more = link(_("更多"))
        menu = QMenu(more)
        menu.addAction(_("给本人看资料…"), partial(self.asked.emit, COPY, None))
        menu.addAction(_("永久删除…"), partial(self.asked.emit, ERASE, None))
        more.setToolTip("Ctrl+M")
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _needs(self, page: ResidentPage) -> Card:
        card = Card(_("未办结诉求"), "" if page.needs else _("没有"))
        if page.needs:
            card.add_mark(Pill(_("{count} 件").format(count=len(page.needs)), "amber"))
        add = link(_("登记诉求"), icon="plus")
        add.clicked.connect(partial(self.asked.emit, REGISTER, None))
        card.add_action(add)
        card.add_action(key_cap("F4"))
        for need in page.needs:
            card.add(need_line(need, self._workspace.today, partial(self.asked.emit, NEED, need.id)))
        return card

    def _facts(self, page: ResidentPage) -> Card:
        card = Card(_("资料"), "" if page.facts else _("还没有登记"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (name, text) in enumerate(page.facts):
            at, side = place // 2, place % 2 * 2
            grid.addWidget(label(name, "second"), at, side)
            grid.addWidget(ElidedLabel(text), at, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.add(grid)
        return card

    def _history(self, page: ResidentPage) -> Card:
        card = Card(_("经过"), "" if page.events else _("还没有记录"))
        card.add(Timeline([shown_event(one, self._workspace.today) for one in page.events]))
        return card
