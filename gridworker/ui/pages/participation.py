"""参与: who takes part, by age group or building, with the trend; every number leads to its records."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QWidget

from gridworker.domain.ledgers import ledger
from gridworker.domain.pictures import Picture, Series
from gridworker.i18n import _
from gridworker.services import naming, participation
from gridworker.services.participation import AGE, ATTENDED, BUILDING, Group, Participation, Record
from gridworker.services.workspace import Workspace
from gridworker.ui.page import page_row
from gridworker.ui.pages.worker_page import HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.card import Card, scrolling
from gridworker.ui.widgets.chart_view import ChartView
from gridworker.ui.widgets.charts import WHOLE
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed
from gridworker.ui.widgets.top_bar import Heading

_WIDTH: Final = 62


class ParticipationPage(WorkerPage):
    """Numbers and trend at the left, the records of the number chosen at the right."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        super().__init__(Heading(_("参与")), workspace, bus)
        ways = {AGE: _("按年龄段"), BUILDING: _("按楼栋"), ATTENDED: _("各楼栋谁来参加")}
        self.by = ChipGroup(_("分组"), [Choice(by, word) for by, word in ways.items()])
        self.by.set_value(AGE)
        self.lists = {by: RowList(_("分组"), _columns(by), height=32, bold=False, least=420) for by in ways}
        self.what = ChipGroup(_("看哪个数"))
        self.records = RowList(_("记录"), height=32, bold=False, least=200)
        self.trend = ChartView(_("六十岁以下占活动参加人次的比例"), height=90)
        self._unknown, self._share = label("", "second", wrap=True), label("", "second", wrap=True)
        self._none = label(_("这一组还没有这样的记录。"), "second", wrap=True)
        self._found: Participation | None = None
        self._build()
        self.by.changed.connect(lambda _by: self.refresh())
        self.what.changed.connect(lambda _what: self._show_records())
        for groups in self.lists.values():
            groups.chosen.connect(lambda _label: self._show_records())
            groups.opened.connect(lambda _label: self.records.setFocus())
        self.records.opened.connect(self._open)

    def refresh(self) -> None:
        """Count anew."""
        by = self.by.value()
        found = self._found = participation.read(self.workspace, by)
        names = participation.measures(by)
        chosen = self.what.value()
        self.what.set_choices([Choice(name, _(word)) for name, word in names.items()])
        self.what.set_value(chosen if chosen in names else "attended" if "attended" in names else next(iter(names)))
        for way, part in self._headed.items():
            part.setVisible(way == by)
        self.groups.set_rows([_row(one, names) for one in found.groups])
        self._unknown.setText(
            _("另有 {count} 条名单上的人对不上居民，没有算进去。").format(count=found.unknown) if found.unknown else ""
        )
        shares = [100 * one.numerator / one.denominator if one.denominator else None for one in found.younger]
        months = [_("{month}月").format(month=int(one[5:])) for one in found.months]
        self.trend.show_picture(Picture("lines", months, [Series(_("六十岁以下 %"), shares)], WHOLE))
        whole = found.younger_in_all()
        self._share.setText(
            _("近12个月活动参加 {all} 人次，六十岁以下 {part} 人次（{share}）").format(
                all=whole.denominator,
                part=whole.numerator,
                share=f"{whole.value:.0%}" if whole.value is not None else "—",
            )
        )
        self._show_records()

    @property
    def groups(self) -> RowList:
        """The groups as they are made now."""
        return self.lists[self.by.value()]

    def first_focus(self) -> QWidget:
        """The groups."""
        return self.groups

    def _build(self) -> None:
        numbers, trend, right = Card(), Card(_("六十岁以下的参与")), Card(_("这个数是哪些记录"))
        numbers.add(self.by)
        self._headed = {by: headed(_("组 · 居民数"), groups) for by, groups in self.lists.items()}
        for part in self._headed.values():
            numbers.add(part, 1)
        told = _("每格是“做过的居民 / 本组在册居民”，近12个月，一人只算一次；没有居民的组写“—”。")
        numbers.add(label(told, "second", wrap=True))
        numbers.add(self._unknown)
        trend.add(self._share)
        trend.add(self.trend, 1)
        right.add(self.what)
        right.add(self._none)
        right.add(self.records, 1)
        left = Card(frame="", padding=0)
        left.add(numbers, 3)
        left.add(trend, 2)
        across = page_row(self)
        across.addWidget(scrolling(left), 3)
        across.addWidget(right, 2)

    def _show_records(self) -> None:
        chosen = self.groups.current_key()
        group = next((one for one in self._found.groups if one.label == chosen), None) if self._found else None
        records = list(group.records[self.what.value()]) if group else []
        self._none.setVisible(not records)
        self.records.set_source(len(records), lambda number: self._named(records[number]), records, lead=False)

    def _named(self, record: Record) -> Row:
        return Row(naming.title(self.workspace, ledger(record[0]), record[1]), key=record)

    def _open(self, record: Record) -> None:
        if record[0] == "household":
            self.navigate.emit("households", HouseholdKey(record[1]))
        else:
            self.navigate.emit("affairs", record)


def _columns(by: str) -> list[Column]:
    return [Column(_(word), _WIDTH, right=True) for word in participation.measures(by).values()]


def _row(group: Group, names: Iterable[str]) -> Row:
    marks = tuple(Mark(group.share(name)) for name in names)
    return Row(f"{_(group.label)} · {group.residents}", key=group.label, marks=marks)
