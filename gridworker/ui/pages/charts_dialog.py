"""图表: every grid of the township on one page, and new needs by kind and month."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from gridworker.domain.calendar import Week
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import Message, Page
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.small_multiples import SmallMultiples

if TYPE_CHECKING:
    from gridworker.services.many_charts import HeatTable, Panel

_WIDTH: Final = 1010
_HEIGHT: Final = 540
GRIDS, KINDS = "grids", "kinds"


class ChartsDialog(Dialog):
    """Two pictures of the weeks up to one; both are read beside the window."""

    def __init__(self, page: Page, workspace: Workspace, tasks: Tasks, week: Week) -> None:
        super().__init__(page.window())
        self._page, self._workspace, self._tasks, self._week = page, workspace, tasks, week
        self._found: tuple[list[Panel], HeatTable] | None = None
        self.setWindowTitle(_("图表"))
        self.setProperty("ground", "surface")
        self.which = ChipGroup(_("看什么"), [Choice(GRIDS, _("各网格诉求")), Choice(KINDS, _("类别按月"))], wrap=False)
        self.which.set_value(GRIDS)
        self.about = ElidedLabel("", "second")
        self.charts = SmallMultiples(_("图表"))
        around = QScrollArea()
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setWidgetResizable(True)
        around.setWidget(self.charts)
        leave = Button(_("关闭"), key="Esc")
        leave.clicked.connect(self.reject)
        printed = Button(_("打印"), icon="printer", key="Ctrl+P")
        printed.clicked.connect(self.print_charts)
        keys.bind(self, "Ctrl+P", self.print_charts)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        column.addLayout(row(self.which, self.about, 1))
        column.addWidget(around, 1)
        column.addLayout(row(1, printed, leave))
        room = page.window().size()
        self.setFixedSize(min(theme.px(_WIDTH), room.width() - 40), min(theme.px(_HEIGHT), room.height() - 30))
        self.which.changed.connect(lambda _which: self._show())
        self._read()

    def _read(self) -> None:
        def work(_job: object) -> "tuple[list[Panel], HeatTable]":
            from gridworker.services import many_charts

            own = self._workspace.for_thread()
            try:
                return many_charts.read(own, self._week)
            finally:
                own.close()

        self._tasks.start(work, done=self._on_read, failed=self._on_failed)

    def _on_read(self, found: "tuple[list[Panel], HeatTable]") -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        if self._found is None:
            return
        panels, table = self._found
        if self.which.value() == KINDS:
            self.about.setText(_("每月新增件数，颜色越浓越多"))
            self.charts.show_heat(table.columns, table.lines)
        else:
            self.about.setText(_("近 13 周：黄＝未办结，绿＝新增，蓝虚线＝办结；按编号排，同一比例"))
            self.charts.show_panels([(f"{one.key} {one.label}", one.picture) for one in panels])

    def print_charts(self) -> None:
        """Both pictures on paper or as PDF, to be looked at first."""
        from gridworker.services import chart_papers
        from gridworker.ui.printing.preview import PrintDialog

        if self._found is None:
            return
        grids, months = self._found
        self.accept()
        paper = chart_papers.paper(self._workspace, self._week, grids, months)
        PrintDialog(self._page, self._workspace, _("图表"), [(_("图表"), lambda: paper)]).open()

    def _on_failed(self, error: Exception) -> None:
        self._page.said.emit(Message("failure", sentence_for(error)))
