"""One record of the community: its facts, and the records that hang on it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import household_page
from gridworker.services.affairs import Fact, Line, RecordPage
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.affairs_deeds import Deed
from gridworker.ui.pages.field_history import history_link
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row, scrolling
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.label import ElidedLabel, MaskedLabel, label
from gridworker.ui.widgets.pill import Pill

EDIT, DELETE, HISTORY = "edit", "delete", "history"


class RecordView(Card):
    """Shows a record; `asked(what)` for its deeds, `opened(Line)` for a hanging one, `added(ledger name)`."""

    asked = Signal(str)
    opened = Signal(object)
    added = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: QWidget | None = None

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
        inner.add(self._facts(page))
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
        if not fact.hidden:
            return label(fact.text, wrap=True)
        return MaskedLabel(
            fact.text, partial(household_page.reveal, self._workspace, page.line.ledger, page.line.id, fact.hidden)
        )

    def _hang(self, inner: Card, name: str, lines: tuple[Line, ...]) -> None:
        add = link(_("添加{ledger}").format(ledger=_(ledger(name).label)), icon="plus")
        add.clicked.connect(partial(self.added.emit, name))
        head = _("{ledger} {count}").format(ledger=_(ledger(name).label), count=len(lines))
        inner.add(row(label(head, "card_title"), 1, add))
        for one in lines:
            go = link(one.title)
            go.clicked.connect(partial(self.opened.emit, one))
            inner.add(row(go, ElidedLabel(" · ".join(filter(None, (one.state, one.second))), "second"), 1))
