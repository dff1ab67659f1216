"""楼栋: the buildings, the doors of one as floors × doors, what is known there; campaigns go door by door by key."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import building_page, buildings, campaigns, canvassing
from gridworker.services.building_page import BuildingPage
from gridworker.services.buildings import Building
from gridworker.services.campaigns import Roll
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, page_row
from gridworker.ui.pages import building_campaign, building_tiles
from gridworker.ui.pages.building_side import BuildingSide
from gridworker.ui.pages.worker_page import CampaignKey, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, scrolling
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.door_grid import DoorGrid
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.swatches import Swatches
from gridworker.ui.widgets.top_bar import VISIT_KEY, Action, Heading

_LIST_WIDTH: Final = 176
_SIDE_WIDTH: Final = 252


class BuildingsPage(WorkerPage):
    """List, doors, side. Key: the id of a household, whose building is shown."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        visit = None if workspace.is_township else Action(_("记录走访"), self._visit, key=VISIT_KEY)
        super().__init__(Heading(_("楼栋")), workspace, bus, visit)
        self.list = RowList(_("楼栋"), (Column(_("见面"), 54, right=True),), height=34, bold=False, least=140)
        self.modes = ChipGroup(_("看什么"))
        self.doors = DoorGrid(_("楼层和门"))
        self.side = BuildingSide(workspace)
        self._facts, self._how = ElidedLabel("", "second"), ElidedLabel("", "second")
        self._legend = Swatches()
        self._sheets = Card(frame="", padding=0)
        self._buildings: dict[buildings.Place, Building] = {}
        self._rolls: dict[Id, Roll] = {}
        self._asked: Id = 0
        self._page: BuildingPage | None = None
        self._build()
        self.list.chosen.connect(lambda _place: self._show_building())
        self.list.opened.connect(lambda _place: self.doors.setFocus())
        self.modes.changed.connect(lambda _mode: self._list_rows())
        self.doors.opened.connect(lambda home: self.navigate.emit("households", HouseholdKey(home)))
        self.side.need_asked.connect(lambda need: self.navigate.emit("needs", need))
        self.side.record_asked.connect(lambda key: self.navigate.emit("affairs", key))
        self.side.campaign_asked.connect(self.show_campaign)
        self._bind()

    def refresh(self) -> None:
        """Read the buildings and the one shown anew."""
        some = campaigns.shown(self.workspace, self._asked)
        self._rolls = {one.id: Roll(self.workspace, one) for one in some}
        self._offer_modes()
        self._buildings = {one.place: one for one in buildings.every(self.workspace)}
        self.none.setVisible(not self._buildings)
        for part in self._parts:
            part.setVisible(bool(self._buildings))
        self._list_rows()

    def on_changed(self, changes: object) -> None:
        """What was said of doors in campaigns is renewed alone: a key must not wait for thousands of doors."""
        entries = canvassing.entries_in(changes)
        if not entries or self._stale or not self.isVisible():
            super().on_changed(changes)
            return
        for roll in self._rolls.values():
            roll.renew(entries)
        self._show_standing()

    def first_focus(self) -> QWidget:
        """The doors, ready for arrows and keys."""
        return self.doors if self._buildings else self.none

    def open_key(self, key: object) -> None:
        """Show the building of a household, its door chosen; or a campaign."""
        if isinstance(key, CampaignKey):
            self._refresh_if_stale()
            self.show_campaign(key.campaign)
        elif isinstance(key, int) and (place := buildings.place_of(self.workspace, key)):
            self.list.select_key(place)
            self.doors.select_key(key)
            self.doors.setFocus()

    def show_campaign(self, campaign: Id) -> None:
        """Paint the doors by how they stand in a campaign, one that is over among them."""
        self._asked = campaign
        if campaign not in self._rolls:
            self.refresh()
        self.modes.set_value(campaign)
        self._list_rows()
        self.doors.setFocus()

    def _bind(self) -> None:
        for number, state in enumerate(campaigns.STATES, 1):
            keys.bind(self.doors, str(number), partial(self._mark, state), _(state))
        keys.bind(self.doors, "E", partial(self._do, building_campaign.edit_entry), _("填行动栏目"))
        keys.bind(self.doors, "P", partial(self._do, building_campaign.print_sheet), _("打印登记表"))
        keys.bind(self.doors, "X", partial(self._do, building_campaign.ask_sheet), _("导出登记表"))
        keys.bind(self, "Ctrl+P", self.print_building, _("打印楼栋图"))
        keys.bind(self, "[", partial(self.list.step, -1), _("上一栋"))
        keys.bind(self, "]", partial(self.list.step, 1), _("下一栋"))

    def _build(self) -> None:
        left, middle = Card(padding=8), Card()
        left.add(self.list, 1)
        left.setFixedWidth(theme.px(_LIST_WIDTH))
        printed = Button(_("打印登记表"), icon="printer", key="P", small=True)
        written = Button(_("导出登记表"), icon="file-spreadsheet", key="X", small=True)
        printed.clicked.connect(partial(self._do, building_campaign.print_sheet))
        written.clicked.connect(partial(self._do, building_campaign.ask_sheet))
        self._sheets.add(flowing(printed, written))
        self.none = EmptyState("building-2", _("还没有楼栋"), _("住户登记了小区和楼栋，这里就按楼层和门排出来。"), ())
        middle.add(self.none, 1)
        middle.add(self._facts)
        middle.add(self.modes)
        picture = scrolling(self.doors)
        middle.add(picture, 1)
        middle.add(self._legend)
        middle.add(self._how)
        middle.add(self._sheets)
        self._parts = (picture, self._facts, self.modes, self._legend, self._how)
        side = scrolling(self.side)
        side.setFixedWidth(theme.px(_SIDE_WIDTH))
        across = page_row(self)
        across.addWidget(left)
        across.addWidget(middle, 1)
        across.addWidget(side)

    def _offer_modes(self) -> None:
        fixed = [(building_tiles.MET, _("上次见面")), (building_tiles.LEVEL, _("关注等级")),
                 (building_tiles.NEEDS, _("未办诉求"))]  # fmt: skip
        before = self.modes.value()
        some = [Choice(value, word) for value, word in fixed]
        self.modes.set_choices([*some, *(Choice(id, one.campaign.name) for id, one in self._rolls.items())])
        self.modes.set_value(before if before in {*self._rolls, *(value for value, _word in fixed)} else fixed[0][0])

    def _list_rows(self) -> None:
        """The buildings with the share that the picture is about."""
        places = list(self._buildings)
        self.list.set_source(len(places), lambda number: self._row(places[number]), places, lead=False)

    def _row(self, place: buildings.Place) -> Row:
        roll, one = self._roll(), self._buildings[place]
        figure = roll.progress(one) if roll else one.met
        return Row(one.name, key=place, marks=(Mark(buildings.share(figure)),))

    def _roll(self) -> Roll | None:
        return self._rolls.get(self.modes.value())

    def _building(self) -> Building | None:
        return self._buildings.get(self.list.current_key())

    def _show_building(self) -> None:
        building = self._building()
        if building is None:
            return
        page = self._page = building_page.read(self.workspace, building, self._rolls.values())
        self.set_heading(Heading(page.name, _("楼栋")))
        self._facts.setText(
            _("{doors} 户 · 常住 {people} 人 · 本月见面 {met} 户").format(
                doors=len(page.doors), people=page.people, met=buildings.share(building.met)
            )
        )
        self._paint_doors(building, page)
        self.side.show_page(page)

    def _paint_doors(self, building: Building, page: BuildingPage) -> None:
        roll, mode = self._roll(), self.modes.value()
        states = roll.states(building) if roll else {}
        self.doors.set_cells([building_tiles.cell(one, mode, states.get(one.household, "")) for one in page.doors])
        self._legend.show_pairs(building_tiles.legend(mode))
        self._sheets.setVisible(roll is not None)
        walk = _("方向键选门，Enter 打开，[ ] 换栋")
        self._how.setText(walk + _("；1 2 3 4 登记并到下一户，E 填行动栏目") if roll else walk)

    def _show_standing(self) -> None:
        """How the building shown stands in the campaigns now: its changed doors, its row, its shares at the side."""
        building = self._building()
        if building is None or self._page is None:
            return
        self._paint_doors(building, self._page)
        self.list.renew(building.place)
        for id, roll in self._rolls.items():
            self.side.show_share(id, buildings.share(roll.progress(building)))

    def _visit(self) -> None:
        home = self.doors.current_key()
        if home is not None:
            self.navigate.emit("households", HouseholdKey(home, visit=True))

    def print_building(self) -> None:
        """The picture of the building on paper or as PDF, without names."""
        from gridworker.services import building_paper
        from gridworker.ui.printing.preview import PrintDialog

        if self._page is None:
            return
        paper = building_paper.paper(self.workspace, self._page)
        PrintDialog(self, self.workspace, _("楼栋图"), [(_("楼栋图"), lambda: paper)]).open()

    def _chosen(self) -> tuple[Roll, Building, Id] | None:
        """The campaign shown, its building and door."""
        roll, building, home = self._roll(), self._building(), self.doors.current_key()
        return (roll, building, home) if roll and building and home is not None else None

    def _mark(self, state: str) -> None:
        if (chosen := self._chosen()) is None:
            return
        if not chosen[0].asked(*chosen[1:]):
            told = _("这户没有要登记的：不在行动的小区，或还没有登记居民。按 Enter 打开这户，可以添加居民。")
            self.said.emit(Message("warning", told))
            return
        done = self.attempt(lambda: canvassing.mark(self.workspace, *chosen, state))
        if done is not None and done.back:
            self.doors.step()
            self.tell_done(_("已登记：{state}").format(state=_(state)), done)

    def _do(self, deed: Callable[[WorkerPage, Roll, Building, Id], object], *_clicked: object) -> None:
        if (chosen := self._chosen()) is not None:
            deed(self, *chosen)
