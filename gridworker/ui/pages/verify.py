"""核实: what is unusual about records, and a random sample of visits; neutral words, no order of people."""

from collections import Counter
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from gridworker.domain.calendar import parse_week, week_of
from gridworker.domain.ledgers.recheck import DRAWN, RESULTS, SIGNS
from gridworker.i18n import _
from gridworker.services import rechecking
from gridworker.services.papers import Paper
from gridworker.services.period import Period
from gridworker.services.rechecking import Asked
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, page_row
from gridworker.ui.pages.verify_side import VerifySide, result_tone
from gridworker.ui.pages.worker_page import HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import Heading

_LEAST: Final = 420
_WEEKS: Final = 8
_USUAL: Final = 10
_SEED, _COUNT, _LIST = 120, 54, 104  # widths at scale 1.0


class VerifyPage(WorkerPage):
    """Signs and the sample at the left, the record at the right; a worker sees the own grid and explains."""

    def __init__(self, workspace: Workspace, bus: Refresh, tasks: Tasks) -> None:
        super().__init__(Heading(_("核实")), workspace, bus)
        self._tasks = tasks
        self._unusual: list[Asked] = []
        self._drawn: list[Asked] = []
        self._lines: dict[int, Asked] = {}
        self.which = ChipGroup(_("看哪些"))
        self.seed = TextField(_("抽样种子"), _("如 2026-W48"))
        self.count = TextField(_("抽几次"), str(_USUAL), digits=True)
        self.week, self.grid = Select(_("哪一周")), Select(_("哪个网格"))
        self.draw = Button(_("抽样"), PRIMARY)
        self.paper = Button(_("打印名单"), icon="printer", key="P")
        self.rows = RowList(_("要核实的记录"), (Column(_("结果"), 84, right=True),), height=51)
        self.none = EmptyState("shield-check", "", "")
        self.side = VerifySide(workspace)
        self._sums = label("", "second", wrap=True)
        self._build()
        self._connect()

    def _build(self) -> None:
        for field, width in ((self.seed, _SEED), (self.count, _COUNT), (self.week, _LIST), (self.grid, _LIST)):
            field.setFixedWidth(theme.px(width))
        for week in (week_of(self.workspace.today).shifted(-back) for back in range(_WEEKS)):
            self.week.addItem(week.label, str(week))
        self.seed.set_value(str(self.week.itemData(0)))
        self.sampling = QWidget()
        self.sampling.setLayout(flowing(self.seed, self.count, self.week, self.grid, self.draw, self.paper, gap=6))
        self.card = card = Card()
        card.setMinimumWidth(theme.px(_LEAST))
        card.add(self.which)
        card.add(self.sampling)
        card.add(label(_("只是提示，多半有正常的原因，如用了常用语；不排名、不打分，请核实。"), "second", wrap=True))
        card.add(self.rows, 1)
        card.add(self.none, 1)
        card.add(self._sums)
        self.columns = SideColumns(card, self.side, weights=(11, 9))
        page_row(self).addWidget(self.columns)

    def _connect(self) -> None:
        self.which.changed.connect(lambda _value: self._show())
        self.week.activated.connect(lambda _place: self.seed.set_value(str(self.week.currentData())))
        self.draw.clicked.connect(self.sample)
        self.paper.clicked.connect(self.print_list)
        self.seed.returnPressed.connect(self.sample)
        self.count.returnPressed.connect(self.sample)
        self.rows.chosen.connect(self._choose)
        self.rows.opened.connect(lambda _key: self._go_to_record())
        self.side.saved.connect(self._save)
        self.side.record_asked.connect(self._open_record)
        self.side.left.connect(lambda: self.columns.turn_to(self.card))
        self.columns.beside.connect(lambda beside: self.side.show_alone(not beside))
        keys.bind(self, "Ctrl+Enter", self.side.submit)
        keys.bind(self.rows, "P", self.print_list, _("打印名单"))
        for place in range(len(RESULTS)):
            keys.bind(self.rows, str(place + 1), partial(self.side.choose, place))

    def first_focus(self) -> QWidget:
        """The list, or the filters while it is empty."""
        return self.which if self.rows.isHidden() else self.rows

    def refresh(self) -> None:
        """Look through the last weeks, beside the window."""
        self._offer_grids()
        workspace = self.workspace

        def work(_job: Job) -> list[Asked]:
            own = workspace.for_thread()
            try:
                return rechecking.unusual(own)
            finally:
                own.close()

        self._tasks.start(work, done=self.show_unusual, failed=self._on_failed)
        if self._drawn:
            self.sample()

    def show_unusual(self, found: list[Asked]) -> None:
        """What was found, under its signs."""
        self._unusual = found
        kept = self.which.value()
        counts = Counter(one.reason for one in found)
        signs = [Choice(sign, _(sign), count=counts[sign]) for sign in SIGNS if counts[sign]]
        self.which.set_choices([*signs, Choice(DRAWN, _(DRAWN), count=len(self._drawn))])
        self.which.set_value(kept if kept in counts or kept == DRAWN else (signs[0].value if signs else DRAWN))
        self._show()

    def sample(self) -> None:
        """Draw by the seed; the list is the same on every machine that has these visits."""
        week = parse_week(str(self.week.currentData()))
        count = int(self.count.value() or _USUAL)
        period, grid = Period.of_week(week), str(self.grid.currentData() or "")
        drawn = self.attempt(lambda: rechecking.draw(self.workspace, self.seed.value(), period, count, grid))
        if drawn is not None:
            self._drawn = drawn
            self.show_unusual(self._unusual)

    def print_list(self) -> None:
        """The sample on paper, to be looked at first."""
        if self._drawn and self.which.value() == DRAWN:
            from gridworker.ui.printing.preview import PrintDialog

            title = _("走访抽查核实表")
            PrintDialog(self, self.workspace, title, [(title, self._paper)]).open()

    def _paper(self) -> Paper:
        from gridworker.services import recheck_papers

        about = " ".join(filter(None, (self.week.currentText(), self.grid.currentText())))
        return recheck_papers.sample_list(self.workspace, self._drawn[0].seed, about, self._drawn)

    def _offer_grids(self) -> None:
        kept = self.grid.currentData()
        self.grid.clear()
        self.grid.addItem(_("全部网格"), "")
        for code in rechecking.grid_codes(self.workspace):
            self.grid.addItem(code, code)
        self.grid.setCurrentIndex(max(self.grid.findData(kept), 0))
        self.grid.setVisible(self.workspace.is_township)

    def _show(self) -> None:
        which = self.which.value() or DRAWN
        shown = self._drawn if which == DRAWN else [one for one in self._unusual if one.reason == which]
        self._lines = {one.id: one for one in shown}
        self.sampling.setVisible(which == DRAWN)
        self.paper.setEnabled(bool(self._drawn))
        self.rows.set_rows([_row(one) for one in shown])
        self.rows.setVisible(bool(shown))
        self.none.setVisible(not shown)
        advice = _("写好种子和次数，按“抽样”；两边写同样的种子，抽到同样的走访") if which == DRAWN else ""
        self.none.show_words(_("还没有抽样") if which == DRAWN else _("没有要核实的"), advice)
        told = Counter(one.result for one in shown if one.result)
        sums = "　".join(f"{_(result)} {told[result]}" for result in RESULTS) if told else ""
        self._sums.setText(sums)
        self._choose(self.rows.current_key())

    def _choose(self, key: object) -> None:
        one = self._lines.get(key) if isinstance(key, int) else None
        self.columns.offer_side(one is not None)
        if one is not None:
            self.side.show_asked(one, self.workspace.today)

    def _go_to_record(self) -> None:
        self.columns.turn_to(self.side)
        self.side.first_focus().setFocus()

    def _save(self, given: dict[str, object]) -> None:
        one = self.side.asked
        done = self.attempt(lambda: rechecking.record(self.workspace, one, given)) if one else None
        if done is not None:
            self.tell_done(_("已记核实"), done)
            self.rows.setFocus()
            self.rows.step(1)

    def _open_record(self) -> None:
        one = self.side.asked
        if one is not None and one.ledger == "need":
            self.navigate.emit("needs", one.record)
        elif one is not None and one.household:
            self.navigate.emit("households", HouseholdKey(one.household))

    def _on_failed(self, error: Exception) -> None:
        self.said.emit(Message("failure", sentence_for(error)))


def _row(one: Asked) -> Row:
    second = " · ".join(filter(None, (one.grid, one.worker, *one.words)))
    told = one.result or (_("已说明") if one.explained else _("请核实"))
    return Row(one.title, second, one.id, marks=(Mark(_(told), result_tone(one.result) if one.result else ""),))
