"""汇总: rates with their fractions, every grid by its code without a ranking, kinds beside last week's (look 14)."""

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from gridworker.domain.calendar import Week, week_of
from gridworker.i18n import _
from gridworker.services import buildings, overview, pictures, rechecking, spans
from gridworker.services.figures import Line
from gridworker.services.overview import Figure, Overview, Trend
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, Page, page_column, page_row
from gridworker.ui.pages.summary_out import SummaryOut
from gridworker.ui.refresh import Refresh
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import icon_button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chart_view import ChartView
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed
from gridworker.ui.widgets.top_bar import Action, Heading

RATES: Final = (
    ("coverage", "走访覆盖率", "户"), ("due_visits", "应访完成率", "户"), ("closing", "办结率", "件"),
    ("timeliness", "及时率", "件"), ("overdue", "超期未办", "件"), ("satisfaction", "回访满意率", "次"),
)  # fmt: skip
SIDE = 300
LEAST_CHART = 70
LEAST_TABLE = 724  # width at scale 1.0: all columns and the word before them
TREND_FROM = 440  # height of the page at scale 1.0 from which there is room for the second chart


class SummaryPage(Page):
    """One week at a time; ← and → go through the weeks."""

    def __init__(self, workspace: Workspace, refresh: Refresh, tasks: Tasks) -> None:
        out = Action(_("导出汇总表"), lambda: self.out.open(self._week), "download", "Ctrl+E")
        super().__init__(Heading(_("汇总")), out)
        self._workspace, self._tasks = workspace, tasks
        self.out = SummaryOut(self, workspace, tasks)
        self._week = week_of(workspace.today)
        self.tiles = {name: RateTile(_(word), _(unit)) for name, word, unit in RATES}
        choices = (
            Choice("grid", _("网格")),
            Choice("worker", _("网格员")),
            Choice("community", _("社区")),
            Choice("kind", _("类别")),
            Choice("week", _("周")),
            Choice("month", _("月")),
        )
        self.by = ChipGroup(_("按什么列"), choices, wrap=False)
        self.by.set_value("grid")
        self.back = icon_button("chevron-left", _("上一周"))
        self.forth = icon_button("chevron-right", _("下一周"))
        self.charts = icon_button("chart-column", _("图表：各网格、类别按月（G）"))
        self.week = label("", "strong")
        columns = (
            Column(_("见面/在册"), 84, right=True), Column(_("覆盖率"), 54, right=True),
            Column(_("应访"), 56, right=True), Column(_("期初＋新增－办结＝未办"), 138, right=True),
            Column(_("超期"), 40, right=True), Column(_("及时率"), 54, right=True), Column(_("天数"), 40, right=True),
            Column(_("回访率"), 54, right=True), Column(_("满意率"), 54, right=True),
        )  # fmt: skip
        self.table = RowList(_("各网格"), columns, height=30, bold=True, least=LEAST_TABLE)
        self.balance = ElidedLabel("", "second")
        self.kinds = ChartView(_("本周新增类别"), width=SIDE - 40, height=165)
        self.kinds_note = label("", "second")
        self.trend = ChartView(_("诉求：新增、办结、未办结"), width=SIDE - 40, height=110)
        self._build()
        self._bind()

    def _bind(self) -> None:
        self.by.changed.connect(lambda _by: self.refresh())
        self.back.clicked.connect(lambda: self._step(-1))
        self.forth.clicked.connect(lambda: self._step(1))
        self.charts.clicked.connect(self._draw)
        keys.bind(self, "G", self._draw, word=_("图表"))
        keys.bind(self.table, "B", self._show_buildings, _("楼栋"))
        self.table.opened.connect(self._prove)
        for key, step in (("Left", -1), ("Right", 1)):
            keys.bind(self.table, key, self._stepper(step))

    def _build(self) -> None:
        tiles = page_row()
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        table = Card(_("各网格"))
        self.title = table.title
        table.show_note(_("按编号排，不排名次；回车看记录"))
        table.add_action(self.by)
        for part in (self.back, self.week, self.forth):
            table.add_action(part)
        self._empty = EmptyState(
            "chart-column", _("还没有可数的"), _("按 Alt+1 到收表，再按 Ctrl+O 收进周报，数字就在这里")
        )
        self._empty.hide()
        table.add(headed("", self.table), 1)
        table.add(self._empty, 1)
        table.add(row(IconMark("circle-check", "green", 15), self.balance))
        kinds = Card(_("本周新增类别"), _("竖线＝上周"))
        kinds.add(self.kinds, 1)
        kinds.add(self.kinds_note)
        self.trend_card = Card(_("诉求"), _("近 13 周"))
        self.trend_card.add_action(self.charts)
        self.trend_card.add(self.trend, 1)
        for chart in (self.kinds, self.trend):
            chart.setMinimumHeight(LEAST_CHART)
        side = QWidget()
        side.setFixedWidth(SIDE)
        down = page_column()
        down.addWidget(kinds, 5)
        down.addWidget(self.trend_card, 4)
        side.setLayout(down)
        column = page_column(self)
        column.addLayout(tiles)
        column.addWidget(SideColumns(table, side), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The second chart goes first where there is little height."""
        super().resizeEvent(event)
        self.trend_card.setVisible(self.height() >= theme.px(TREND_FROM))

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def refresh(self) -> None:
        """Count beside the window: a county has millions of visits."""
        workspace, week, by = self._workspace, self._week, self.by.value() or "grid"
        self.week.setText(week.label)
        self.forth.setEnabled(week < week_of(workspace.today))

        def work(_job: object) -> Overview:
            own = workspace.for_thread()
            try:
                return overview.with_unknown(own, overview.read(own, week, by))
            finally:
                own.close()

        self._tasks.start(work, done=self.show_overview, failed=self._on_failed)

    def show_overview(self, found: Overview) -> None:
        """Show what was counted, unless another week was asked for meanwhile."""
        if found.week != self._week:
            return
        for name, tile in self.tiles.items():
            tile.show_figure(found.total.get(name))
        late = found.total.get("overdue")
        self.tiles["overdue"].set_alarm(bool(late and late.numerator))
        self.table.set_rows([_row(found, line) for line in found.lines])
        self._empty.setVisible(not found.lines)
        detail = _("{week} · 已收 {count} / {all} 个网格").format(
            week=found.week.label, count=found.handed_in, all=found.grids
        )
        self.set_heading(Heading(_("汇总"), detail=detail))
        self.title.setText(_titles()[found.by])
        self._show_balance(found)
        self._show_trend(found.trend)
        self.kinds.show_picture(pictures.kinds(found.kinds))
        rest = [one for one in found.kinds[pictures.MOST_KINDS :] if one.new]
        words = _("其余 {kinds} 类 {count} 件").format(kinds=len(rest), count=sum(one.new for one in rest))
        self.kinds_note.setText(words if rest else "")

    def _show_balance(self, found: Overview) -> None:
        total = found.total
        told = [_("合计 期初＋新增－办结＝未办结：{sum}").format(sum=_stock(total.get))] if total else []
        for name, word in (("in_village", _("小事不出村")), ("in_town", _("大事不出镇"))):
            told += [f"{word} {_fraction(total[name])} {rate(total[name])}"] if name in total else []
        if total and (median := total["days"].value) is not None:
            told.append(_("办理天数（中位）{days}").format(days=median))
        checks = rechecking.counts(self._workspace, found.week.first_day, found.week.last_day)
        if count := sum(checks.values()):
            results = " ".join(f"{_(result)} {number}" for result, number in checks.items())
            told.append(_("抽查核实 {count} 次：{results}").format(count=count, results=results))
        self.balance.setText("　".join(told))

    def _show_trend(self, found: Trend) -> None:
        self.trend.show_picture(pictures.trend(found))

    def _prove(self, key: object) -> None:
        """The records behind the line's numbers."""
        from gridworker.ui.pages.proof_dialog import ProofDialog

        period = spans.period_of(self._week, self.by.value() or "grid", str(key))
        ProofDialog(self, self._workspace, self._tasks, period, self.by.value() or "grid", str(key)).open()

    def _show_buildings(self) -> None:
        """The buildings of the line's grid, from the first door on."""
        if self.by.value() != "grid":
            self.said.emit(Message("warning", _("按网格列时，选一个网格再看它的楼栋。")))
            return
        home = buildings.first_home_of(self._workspace, str(self.table.current_key() or ""))
        if home is None:
            self.said.emit(Message("warning", _("这个网格还没有住户。")))
        else:
            self.navigate.emit("buildings", home)

    def _draw(self) -> None:
        """Every grid on one page."""
        from gridworker.ui.pages.charts_dialog import ChartsDialog

        ChartsDialog(self, self._workspace, self._tasks, self._week).open()

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(Message("failure", sentence_for(error)))

    def _step(self, weeks: int) -> None:
        self._go(min(self._week.shifted(weeks), week_of(self._workspace.today)))

    def _stepper(self, weeks: int) -> Callable[[], None]:
        return lambda: self._step(weeks)

    def _go(self, week: Week) -> None:
        if week != self._week:
            self._week = week
            self.refresh()


def _titles() -> dict[str, str]:
    return {
        "grid": _("各网格"), "worker": _("各网格员"), "community": _("各社区"), "kind": _("各类别"), "week": _("各周"),
        "month": _("各月"),
    }  # fmt: skip


class RateTile(QFrame):
    """A rate, large, with the fraction it comes from beneath."""

    def __init__(self, text: str, unit: str) -> None:
        super().__init__()
        self._unit = unit
        self.setProperty("frame", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = ElidedLabel(text, "second")
        self.rate = label("—", "number")
        self.fraction = ElidedLabel("", "second", "text")
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 9, 10, 9)
        grid.setVerticalSpacing(1)
        for place, part in enumerate((self.name, self.rate, self.fraction)):
            grid.addWidget(part, place, 0)

    def show_figure(self, figure: Figure | None) -> None:
        """A denominator of nought is no rate."""
        self.rate.setText(rate(figure))
        words = f"{figure.numerator} / {figure.denominator} {self._unit}" if figure else ""
        self.fraction.setText(words)
        self.setAccessibleName(f"{self.name.text()} {self.rate.text()} {words}")

    def set_alarm(self, alarm: bool) -> None:
        """Red where something is late."""
        theme.set_style(self.rate, tone="red" if alarm else "")


def rate(figure: Figure | None) -> str:
    """31.4%, or — where nothing is known or the denominator is 0."""
    return f"{figure.value:.1%}" if figure and figure.denominator and figure.value is not None else "—"


def _row(found: Overview, line: Line) -> Row:
    def of(name: str) -> Figure | None:
        return found.figure(line, name)

    lacking = found.by == "grid" and line.key in found.missing
    first = Mark(_("未交"), "red") if lacking else Mark(_fraction(of("coverage")))
    marks = (
        first, Mark(rate(of("coverage"))), Mark(_fraction(of("due_visits"))),
        Mark(_stock(of)), _late(of("overdue")), Mark(rate(of("timeliness"))), Mark(_days(of("days"))),
        Mark(rate(of("callback"))), Mark(rate(of("satisfaction"))),
    )  # fmt: skip
    aside = line.label if found.by == "grid" else ""
    return Row(line.key if found.by == "grid" else line.label, key=line.key, aside=aside, marks=marks)


def _fraction(figure: Figure | None) -> str:
    return f"{figure.numerator}/{figure.denominator}" if figure and figure.denominator else "—"


def _days(figure: Figure | None) -> str:
    """The median of working days; — where nothing was closed."""
    return "—" if figure is None or figure.value is None else str(figure.value)


def _late(figure: Figure | None) -> Mark:
    if figure is None:
        return Mark("—")
    return Mark(str(figure.numerator), "red" if figure.numerator else "")


def _stock(of: Callable[[str], Figure | None]) -> str:
    parts = [of(name) for name in ("opening", "new", "closed", "open")]
    known = [str(one.numerator) for one in parts if one is not None]
    return "{} + {} − {} = {}".format(*known) if len(known) == len(parts) else "—"
