"""Beside the doors of a building: who looks after it, open needs, the last meeting, how campaigns go."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services.affairs import Line
from gridworker.services.building_page import BuildingPage
from gridworker.services.buildings import share
from gridworker.services.workspace import Workspace
from gridworker.ui.page import GAP
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import LINK, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill


class BuildingSide(QWidget):
    """Four cards; asks for the record, need or campaign that is clicked."""

    record_asked = Signal(object)
    need_asked = Signal(object)
    campaign_asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shares: dict[Id, QLabel] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)

    def show_page(self, page: BuildingPage) -> None:
        """Show another building."""
        while (old := self._column.takeAt(0)) is not None:
            if (gone := old.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for card in (self._carers(page), self._needs(page), self._meeting(page), self._campaigns(page)):
            self._column.addWidget(card)
        self._column.addStretch(1)

    def show_share(self, campaign: Id, words: str) -> None:
        """How a campaign of the building shown stands now."""
        if campaign in self._shares:
            self._shares[campaign].setText(words)

    def _carers(self, page: BuildingPage) -> Card:
        card = Card(_("楼长与包保"))
        if not page.carers:
            card.add(label(_("还没有登记"), "second"))
        for one in page.carers:
            card.add(row(self._record(one), 1))
            role = _(ledger(one.ledger).label)
            card.add(ElidedLabel(" · ".join(filter(None, (role, one.second))), "second"))
        return card

    def _needs(self, page: BuildingPage) -> Card:
        card = Card(_("未办诉求"), _("{count} 件").format(count=len(page.needs)) if page.needs else _("没有"))
        for one in page.needs:
            go = Button(one.content, LINK, gives_way=True)
            go.setToolTip(one.content)
            go.clicked.connect(partial(self.need_asked.emit, one.id))
            mark = wording.due_mark(one.due_on, self._workspace.today)
            due = Pill(mark.text, mark.tone) if mark.tone else label(mark.text, "second")
            card.add(row(label(one.door, "second"), go, 1, due))
        return card

    def _meeting(self, page: BuildingPage) -> Card:
        card = Card(_("最近议事"), "" if page.meeting else _("还没有"))
        if page.meeting:
            card.add(row(self._record(page.meeting), 1))
        return card

    def _campaigns(self, page: BuildingPage) -> Card:
        self._shares.clear()
        card = Card(_("专项行动"), "" if page.campaigns else _("没有进行中的"))
        for one, figure in page.campaigns:
            go = Button(one.name, LINK, gives_way=True)
            go.clicked.connect(partial(self.campaign_asked.emit, one.id))
            count = self._shares[one.id] = label(share(figure))
            count.setToolTip(_("已做 / 本栋应做，不适用的不算"))
            card.add(row(go, 1, count))
        return card

    def _record(self, one: Line) -> Button:
        go = Button(one.title, LINK, gives_way=True)
        go.clicked.connect(partial(self.record_asked.emit, (one.ledger, one.id)))
        return go
