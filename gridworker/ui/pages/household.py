"""One household: who lives there, what is open, what happened; the quick visit form stands beside it (look 07)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services import household_page
from gridworker.services.household_page import Event, HouseholdPage, Member, OpenNeed
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import GAP, page_row
from gridworker.ui.pages import wording
from gridworker.ui.pages.field_history import bind_history, open_all
from gridworker.ui.pages.guide_panel import GuidePanel
from gridworker.ui.pages.household_proposals import ProposalsCard
from gridworker.ui.pages.undecided import AskStrip, JoinedStrip, UndecidedStrip
from gridworker.ui.pages.visit_form import VisitForm
from gridworker.ui.widgets import timeline
from gridworker.ui.widgets.button import LINK, QUIET, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.flow import FlowLayout, flowing
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label, line
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.timeline import Timeline

JOIN, SOURCES, HAND_OVER = "join", "sources", "hand_over"
BUILDING, PROPOSE, ERASE = "building", "propose", "erase"
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
    proposal_asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: HouseholdPage | None = None
        self.form = VisitForm(workspace)
        self._cards = QVBoxLayout()
        self.columns: SideColumns | None = None
        left = self._left = QWidget()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(GAP)
        inner = QWidget()
        inner.setLayout(self._cards)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        self._head = Card()
        self.guide = GuidePanel(workspace)
        column.addWidget(self._head)
        column.addWidget(self.guide)
        column.addWidget(scrolling(inner), 1)
        left.setMinimumWidth(theme.px(_LEFT_LEAST))
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._left_column = column
        across = page_row(self)
        if workspace.is_township:
            self.form.setParent(self)
            self.form.hide()
            self.guide.hide()
            across.addWidget(left)
        else:
            self.columns = SideColumns(self.form, left, side_first=True, weights=(0, 1))
            self.columns.turn_to(left)
            self.columns.beside.connect(self._place_guide)
            across.addWidget(self.columns)
            self.form.left.connect(self._leave_form)
            self.form.guided.connect(self.guide.show_kind)
            self.form.guide_asked.connect(self.guide.toggle)
            self.form.wanted.connect(self.turn_to_form)
            keys.bind(self, "F7", self.guide.toggle, _("打开、收起办事指南"))
        bind_history(self, self.show_history)

    def show_household(self, page: HouseholdPage, position: str) -> None:
        """Show a household, and where it stands in a row of due ones."""
        self._shown = page
        self.form.show_open(page.needs)
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
        if page.asks:
            self._cards.addWidget(AskStrip(page.asks))
        self._cards.addWidget(self._needs_card(page))
        if page.proposals:
            proposals = ProposalsCard(page.proposals, self._workspace.today)
            proposals.opened.connect(self.proposal_asked)
            self._cards.addWidget(proposals)
        self._cards.addWidget(self._members_card(page))
        self._cards.addWidget(self._history_card(page, _SHOWN))
        self._cards.addStretch(1)

    def turn_to_form(self) -> None:
        """See the form, where it does not stand beside the cards."""
        if self.columns is not None:
            self.columns.turn_to(self.form)

    def turn_to_cards(self) -> None:
        """See the cards, where they do not stand beside the form."""
        if self.columns is not None:
            self.columns.turn_to(self._left)

    def _leave_form(self) -> None:
        self.turn_to_cards()
        self._more.setFocus()

    def first_focus(self) -> QWidget:
        """The manner of the visit, or the first link of the cards where the form is not seen."""
        return self._more if self.form.isHidden() else self.form.mode

    def _place_guide(self, beside: bool) -> None:
        """Beside the form, or within it where the form has the page to itself."""
        self.form.show_alone(not beside)
        if beside:
            self._left_column.insertWidget(1, self.guide)
            self.guide.set_share()
        else:
            self.form.take_guide(self.guide)

    def _replace_head(self, card: Card) -> None:
        self._left_column.replaceWidget(self._head, card)
        self._head.hide()
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

    def _where(self, page: HouseholdPage) -> FlowLayout:
        people = sum(not one.left for one in page.members)
        facts = [page.address, _("{count}人").format(count=people) if people else "", page.housing]
        facts += [_("{label}：{text}").format(label=name, text=text) for name, text in page.own]
        made = flowing(ElidedLabel(" · ".join(part for part in facts if part), tone="text2"))
        if page.phone:
            made.addWidget(MaskedLabel(page.phone, partial(self._reveal, "household", page.id)))
            made.addWidget(key_cap("Alt"))
            made.addWidget(label(_("看全"), "second"))
        edit = link(_("改资料"))
        edit.clicked.connect(self.edit_asked)
        made.addWidget(edit)
        beside = link(_("本栋"))
        beside.setToolTip(_("看这一栋楼的各户"))
        beside.clicked.connect(partial(self.deed_asked.emit, BUILDING))
        made.addWidget(beside)
        made.addWidget(self._more_button())
        return made

    def _more_button(self) -> Button:
        """What is done rarely, under one word."""
        more = link(_("更多"))
        more.setToolTip("Ctrl+M")
        menu = self._menu = QMenu(more)
        menu.addAction(_("历史"), self.show_history)
        for word, deed in (
            (_("与另一户合并…"), JOIN), (_("移交到别的网格…"), HAND_OVER), (_("提一条议题…"), PROPOSE),
            (_("永久删除…"), ERASE),
        ):  # fmt: skip
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

    def _reveal(self, ledger_name: str, record: int) -> str:
        return household_page.reveal(self._workspace, ledger_name, record, "phone")

    def _needs_card(self, page: HouseholdPage) -> QWidget:
        card = Card(_("未办结诉求"), "" if page.needs else _("没有"))
        if page.needs:
            card.add_mark(Pill(_("{count} 件").format(count=len(page.needs)), "amber"))
            card.show_note(_("先看再记"))
        for need in page.needs:
            card.add(need_line(need, self._workspace.today, partial(self.need_asked.emit, need.id)))
        return card

    def _members_card(self, page: HouseholdPage) -> QWidget:
        people = sum(not one.left for one in page.members)
        card = Card(_("家庭成员"), _("{count} 人").format(count=people) if people else _("还没有登记"))
        add = link(_("添成员"), icon="plus")
        add.clicked.connect(lambda: self.member_asked.emit(0))
        card.add_action(add)
        card.add_action(key_cap("Ctrl+N"))
        for place, member in enumerate(page.members):
            if place:
                card.add(line())
            card.add(self._member_line(member))
        return card

    def _member_line(self, member: Member) -> QHBoxLayout:
        age = _("{age}岁").format(age=member.age) if member.age is not None else ""
        facts = " · ".join(part for part in (member.relation, age) if part)
        name = Button(member.name, QUIET if member.left else LINK)
        name.setAccessibleName(_("{name} 的资料").format(name=member.name))
        name.clicked.connect(partial(self.person_asked.emit, member.id))
        made = row(name, ElidedLabel(facts, "second"))
        if member.left:
            made.addWidget(Pill(member.left, "grey"))
        if member.tags:
            made.addWidget(ElidedLabel(member.tags, "second", "amber"))
        made.addStretch(1)
        if member.phone:
            made.addWidget(MaskedLabel(member.phone, partial(self._reveal, "resident", member.id)))
        edit = link(_("改"))
        edit.setAccessibleName(_("改 {name} 的资料").format(name=member.name))
        edit.clicked.connect(lambda: self.member_asked.emit(member.id))
        made.addWidget(edit)
        return made

    def _history_card(self, page: HouseholdPage, most: int) -> Card:
        card = Card(_("走访与办理"), "" if page.events else _("还没有记录"))
        today = self._workspace.today
        told = Timeline([shown_event(one, today) for one in page.events[:most]])
        told.asked.connect(self.event_asked)
        card.add(told)
        if len(page.events) > most:
            more = link(_("全部 {count} 条").format(count=len(page.events)))
            more.clicked.connect(lambda: self._show_all(card))
            card.add_action(more)
        return card

    def _show_all(self, card: Card) -> None:
        if self._shown is not None:
            self._cards.replaceWidget(card, self._history_card(self._shown, len(self._shown.events)))
            card.hide()
            card.deleteLater()


class _HeadCard(Card):
    """Who this is; the place in the row and tags give way, the last first, where there is not room (look §7)."""

    def __init__(self, title: QHBoxLayout, extras: list[QWidget]) -> None:
        super().__init__()
        self._title, self._extras = title, extras

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of them as fit; counted before any is shown, as showing one may ask for more room at once."""
        super().resizeEvent(event)
        self._title.invalidate()
        wanted = [part.sizeHint().width() + self._title.spacing() for part in self._extras]
        shown = (width for part, width in zip(self._extras, wanted, strict=True) if not part.isHidden())
        taken, room = self._title.sizeHint().width() - sum(shown), self.width() - 2 * _PADDING
        for part, width in zip(self._extras, wanted, strict=True):
            taken += width
            part.setVisible(taken <= room)


def need_line(need: OpenNeed, today: date, act: Callable[[], object]) -> QHBoxLayout:
    """An open need as a line of a card."""
    mark = wording.due_mark(need.due_on, today)
    title = Button(need.content, LINK, gives_way=True)
    title.setToolTip(need.content)
    title.clicked.connect(act)
    made = row(Pill(need.kind, "grey"), title, 1)
    made.addWidget(Pill(mark.text, mark.tone) if mark.tone else label(mark.text, "second"))
    return made


def shown_event(one: Event, today: date) -> timeline.Event:
    """What happened, as the timeline shows it."""
    looks = one.code if one.sort in {household_page.VISIT, household_page.CHANGE} else one.sort
    icon, tone = _LOOKS.get(looks, ("circle-dot", "grey"))
    head = " · ".join(word for word in (wording.day(one.at, today), *one.words) if word)
    return timeline.Event(head, one.body, one.who, icon, tone, key=one if one.own else None)
