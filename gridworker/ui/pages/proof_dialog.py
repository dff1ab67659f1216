"""核对: the records behind each number of one line, the files and cells they came from, and the whole as a workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from gridworker.i18n import _
from gridworker.services import figures
from gridworker.services.period import Period
from gridworker.services.proof import VISITS
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.models.paged import Paged
from gridworker.ui.page import Message, Page
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.figures import Line
    from gridworker.services.proof import ProofLine, ProofTable

_WIDTH: Final = 860
_HEIGHT: Final = 520


class ProofDialog(Dialog):
    """One number at a time; Ctrl+S writes its records as a workbook."""

    def __init__(self, page: Page, workspace: Workspace, tasks: Tasks, period: Period, by: str, key: str) -> None:
        super().__init__(page.window())
        self._page, self._workspace, self._tasks = page, workspace, tasks
        self._period, self._by, self._key = period, by, key
        self._table: ProofTable | None = None
        self.setWindowTitle(_("核对：数字是哪些记录算出来的"))
        self.setProperty("ground", "surface")
        names = [name for name in figures.MEASURES if by != "kind" or name not in VISITS]
        self.measure = ChipGroup(_("哪个数"), [Choice(name, _(figures.MEASURES[name])) for name in names])
        self.measure.set_value(names[0])
        self.sum = label("", "card_title")
        self.definition = label("", "second", wrap=True)
        self.rows = RowList(_("记录"), (Column(_("算在哪里"), 90, right=True),), height=46)
        self.out = Button(_("写出核对表"), PRIMARY, icon="file-spreadsheet", key="Ctrl+S")
        self._build()
        self.measure.changed.connect(lambda _name: self._read())
        self.out.clicked.connect(self._ask)
        self.rows.opened.connect(self._deeper)
        keys.bind(self, "Ctrl+S", self._ask)
        self._read()
        self.rows.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(9)
        for part in (self.sum, self.measure, self.definition, self.rows):
            column.addWidget(part)
        column.setStretchFactor(self.rows, 1)
        leave = Button(_("关闭"), key="Esc")
        leave.clicked.connect(self.reject)
        column.addLayout(row(1, leave, self.out))
        self.setFixedSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def _read(self) -> None:
        workspace, name = self._workspace, self.measure.value() or ""

        def work(_job: object) -> "ProofTable":
            from gridworker.services import proof

            own = workspace.for_thread()
            try:
                return proof.read(own, self._period, self._by, self._key, name)
            finally:
                own.close()

        self._tasks.start(work, done=self.show_table, failed=self._on_failed)

    def show_table(self, table: "ProofTable") -> None:
        """Show the records of a number, unless another was asked for meanwhile."""
        from gridworker.services import proof

        if table.measure != self.measure.value():
            return
        self._table = table
        self.sum.setText(f"{table.label}　{_(figures.MEASURES[table.measure])}　{proof.in_words(table.figure)}")
        self.definition.setText(_(proof.DEFINITIONS[table.measure]))
        if table.grids:
            self.rows.set_rows([_grid_row(one, table.measure) for one in table.grids])
            return
        paged = Paged(table.records, lambda ids: [_row(one) for one in proof.lines(self._workspace, table, ids)])
        self.rows.set_source(len(table.records), paged.row, table.records, lead=False)

    def _deeper(self, key: object) -> None:
        """Of what is too wide the grid; it opens over this one and comes back to it."""
        if self._table and self._table.grids:
            deeper = ProofDialog(self._page, self._workspace, self._tasks, self._period, "grid", str(key))
            deeper.measure.set_value(self._table.measure)
            deeper.open()

    def _on_failed(self, error: Exception) -> None:
        self._page.said.emit(Message("failure", sentence_for(error)))

    def _ask(self) -> None:
        if self._table is None:
            return
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        name = _("核对表_{line}_{number}.xlsx").format(
            line=self._table.label, number=_(figures.MEASURES[self._table.measure])
        )
        path, _kind = QFileDialog.getSaveFileName(self, _("写出核对表"), str(Path(folder) / name), "(*.xlsx)")
        if path:
            self.write(Path(path))

    def write(self, path: Path) -> None:
        """The records as a workbook; the dialog stays for the next number."""
        from gridworker.services import proof

        table, period = self._table, self._period
        assert table is not None

        def say(_done: object) -> None:
            self._page.said.emit(Message("saved", _("核对表已写出：{name}").format(name=path.name)))

        def work(_job: object) -> None:
            own = self._workspace.for_thread()
            try:
                proof.write(own, table, period, path)
            finally:
                own.close()

        self._tasks.start(work, done=say, failed=self._on_failed)


def _grid_row(line: "Line", measure: str) -> Row:
    from gridworker.services import proof

    return Row(line.key, line.label, key=line.key, marks=(Mark(proof.in_words(line.measures[measure])),))


def _row(line: "ProofLine") -> Row:
    places = _("；").join(" ".join(place) for place in line.places) or _("在本机登记")
    mark = Mark(_("计入"), "green") if line.counts else Mark(_("只在分母"))
    return Row(line.words, places, key=line.id, marks=(mark,))
