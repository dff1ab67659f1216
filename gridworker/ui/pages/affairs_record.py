"""One record of the community: its facts, and the records that hang on it."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import household_page, proposals
from gridworker.services.affairs import Fact, Line, RecordPage, Step
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.affairs_deeds import Deed
from gridworker.ui.pages.affairs_way import WayBox
from gridworker.ui.pages.field_history import history_link
from gridworker.ui.widgets.button import LINK, Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.check_box import CheckBox
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label
from gridworker.ui.widgets.pill import Pill

EDIT, DELETE, HISTORY = "edit", "delete", "history"
_LISTED: Final = 12
"""Hanging records of one ledger that are listed; a campaign has hundreds."""
_SHOWN = ("need", "household")
"""Ledgers besides the community's whose records have pages that a fact can lead to."""
_COLUMNS = 3


class RecordView(Card):
    """Shows a record; `asked(what)` for its deeds, `opened(Line)` for a hanging one, `added(ledger name)`."""

    asked = Signal(str)
    opened = Signal(object)
    added = Signal(str)
    meant = Signal(str, object)
    """A record that a fact names: its ledger and id."""
    counted = Signal(str, object)
    """A number in words, and the records behind it."""
    ticked = Signal(list, str)
    """All steps that are done now, and the one just clicked."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: QWidget | None = None
        self._boxes: dict[str, CheckBox] = {}

    def show_record(self, page: RecordPage | None, deeds: Sequence[Deed] = ()) -> None:
        """Show a record with what can be done with it, or that none is chosen."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        inner = Card(frame="", padding=0)
        if page is None:
            inner.add(label(_("在列表里选一条，这里就显示它的内容。"), tone="text2", wrap=True))
        else:
            self._fill(inner, page, deeds)
        inner.body.addStretch(1)
        self._shown = scrolling(inner)
        self.add(self._shown, 1)

    def _fill(self, inner: Card, page: RecordPage, deeds: Sequence[Deed]) -> None:
        title = row(ElidedLabel(page.line.title, "record_title"))
        if page.line.state:
            title.addWidget(Pill(page.line.state, "primary"))
        inner.add(title)
        edit, delete = Button(_("修改"), icon="pencil", key="E", small=True), link(_("删除"), icon="trash-2")
        edit.clicked.connect(partial(self.asked.emit, EDIT))
        delete.clicked.connect(partial(self.asked.emit, DELETE))
        own = [Button(one.word, icon=one.icon, key=one.key, small=True) for one in deeds]
        for button, one in zip(own, deeds, strict=True):
            button.clicked.connect(partial(self.asked.emit, one.name))
        inner.add(flowing(*own, edit, delete, history_link(partial(self.asked.emit, HISTORY))))
        if page.line.ledger == "topic":
            way = WayBox(proposals.way(self._workspace, page.line.id), self._workspace.today)
            way.opened.connect(self.opened)
            inner.add(way)
        inner.add(self._facts(page))
        if page.steps:
            self._steps(inner, page.steps)
        if page.counted:
            self._count(inner, page)
        for name, lines in page.hanging:
            self._hang(inner, name, lines)

    def _facts(self, page: RecordPage) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, fact in enumerate(page.facts):
            grid.addWidget(label(fact.label, "second"), place, 0)
            grid.addWidget(self._value(page, fact), place, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _value(self, page: RecordPage, fact: Fact) -> QWidget:
        if fact.meant and (fact.meant[0] in _SHOWN or ledger(fact.meant[0]).area):
            go = _giving_way(fact.text)
            go.clicked.connect(partial(self.meant.emit, *fact.meant))
            held = QWidget()
            held.setLayout(row(go, 1))
            return held
        if not fact.hidden:
            return label(fact.text, wrap=True)
        return MaskedLabel(
            fact.text, partial(household_page.reveal, self._workspace, page.line.ledger, page.line.id, fact.hidden)
        )

    def _steps(self, inner: Card, steps: tuple[Step, ...]) -> None:
        """The steps of setting up, ticked where they are done."""
        count = sum(one.done for one in steps)
        inner.add(label(_("成立步骤 {done}/{all}").format(done=count, all=len(steps)), "card_title"))
        grid = QGridLayout()
        self._boxes = {one.code: CheckBox(one.word) for one in steps}
        for place, one in enumerate(steps):
            box = self._boxes[one.code]
            box.setChecked(one.done)
            box.clicked.connect(partial(self._on_ticked, one.code))
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS, Qt.AlignmentFlag.AlignLeft)
        inner.add(grid)
        inner.add(label(_("通行做法，以乡镇住建部门的通知为准"), "hint"))

    def _on_ticked(self, code: str) -> None:
        self.ticked.emit([name for name, box in self._boxes.items() if box.isChecked()], code)

    def focus_step(self, code: str) -> None:
        """Back to a step after the record was read anew."""
        if code in self._boxes:
            self._boxes[code].setFocus()

    def _count(self, inner: Card, page: RecordPage) -> None:
        """Numbers that lead to the records behind them."""
        words = _("签到名单") if page.line.ledger in {"activity", "meeting"} else _("包保期间")
        inner.add(label(words, "card_title"))
        links = []
        for told, records in page.counted:
            go = Button(told, LINK)
            go.setEnabled(bool(records))
            go.clicked.connect(partial(self.counted.emit, f"{page.line.title} · {told}", records))
            links.append(go)
        inner.add(flowing(*links, gap=14))

    def _hang(self, inner: Card, name: str, lines: tuple[Line, ...]) -> None:
        add = link(_("添加{ledger}").format(ledger=_(ledger(name).label)), icon="plus")
        add.clicked.connect(partial(self.added.emit, name))
        head = _("{ledger} {count}").format(ledger=_(ledger(name).label), count=len(lines))
        inner.add(row(label(head, "card_title"), 1, add))
        for one in lines[:_LISTED]:
            go = _giving_way(one.title)
            go.clicked.connect(partial(self.opened.emit, one))
            inner.add(row(go, ElidedLabel(" · ".join(filter(None, (one.state, one.second))), "second"), 1))
        if rest := lines[_LISTED:]:
            more = link(_("还有{count}条").format(count=len(rest)))
            more.clicked.connect(partial(self.opened.emit, rest[0]))
            inner.add(row(more, 1))


def _giving_way(words: str) -> Button:
    """A link as long as there is room for, the whole in its tooltip."""
    made = Button(words, LINK, gives_way=True)
    made.setToolTip(words)
    return made
