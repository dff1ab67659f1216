"""收表: who handed in which week; files are looked at when they are chosen or dropped (look 12)."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import collect
from gridworker.services.collect import GridLine, Overview
from gridworker.services.hand_in_states import HANDED_IN, LATE, MISSING, SAME, WAITING, ZERO
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import Page, page_column, page_row
from gridworker.ui.pages.choices import Choices
from gridworker.ui.pages.collect_inbox import InboxCard
from gridworker.ui.pages.collect_legend import Legend
from gridworker.ui.pages.collect_matrix import Matrix, MatrixHead
from gridworker.ui.pages.collect_side import ProblemsCard, RemindCard
from gridworker.ui.pages.importing import Importing
from gridworker.ui.pages.township import CHOICES
from gridworker.ui.pages.worker_page import ChoiceKey
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.columns import SideColumns
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.number_tile import NumberTile
from gridworker.ui.widgets.top_bar import Action, Heading

if TYPE_CHECKING:
    from gridworker.services.incoming import PickedUp

SIDE = 316
ALL, LACKING, PROBLEMS, UNCHANGED = "all", "lacking", "problems", "unchanged"


class CollectPage(Page):
    """Number tiles over the table, what waits for a hand beside it; an import lies over all of it."""

    def __init__(self, workspace: Workspace, refresh: Refresh, tasks: Tasks) -> None:
        super().__init__(Heading(_("收表")), Action(_("导入周报"), self.choose_files, "folder-open", "Ctrl+O"))
        self._workspace, self._told = workspace, refresh
        self._own, self._own_action = self.heading, self.action
        self._overview: Overview | None = None
        self.tiles = {
            "in": NumberTile("", "inbox"),
            MISSING: NumberTile(_("未交"), "circle-x", "red", links=True),
            LATE: NumberTile(_("迟交"), "clock", "amber"),
            ZERO: NumberTile(_("零报告"), "minus", "blue"),
        }
        self.filter = ChipGroup(_("筛选"), wrap=False)
        self.community = Select(_("社区"), _("全部社区"))
        self.matrix = Matrix()
        self.head = MatrixHead(self.matrix)
        self.total = label("", "second")
        self.legend = QWidget()
        self.legend.setLayout(row(Legend(), self.total))
        self.problems = ProblemsCard()
        self.remind = RemindCard()
        self.inbox = InboxCard(workspace, tasks)
        self.choices = Choices(workspace, tasks)
        self.choices.hide()
        self.folder = Button(_("导入整个文件夹"), icon="folder-sync")
        self.history = Button(_("导入记录"), icon="history", key="Ctrl+H")
        self.empty = EmptyState(
            "inbox",
            _("还没有网格"),
            _("导入第一批周报，网格自动建好；也可以先在设置里填网格名册。"),
            [self._file_button()],
        )
        self.empty.hide()  # until the table was read: both together would be too high
        self.setAcceptDrops(True)
        self.imports = Importing(workspace, tasks, self._home())
        self._build()
        self._connect()

    def _file_button(self) -> Button:
        made = Button(_("选文件导入"), icon="folder-open")
        made.clicked.connect(self.choose_files)
        return made

    def _build(self) -> None:
        page_column(self).addWidget(self.imports)

    def _home(self) -> QWidget:
        """What is seen while nothing comes in."""
        made = QWidget()
        column = page_column()
        made.setLayout(column)
        tiles = page_row()
        for tile in self.tiles.values():
            tiles.addWidget(tile)
        side = QWidget()
        side.setFixedWidth(SIDE)
        down = page_column()
        for part in (self.problems, self.inbox, self.remind):
            down.addWidget(part, 1 if part is self.problems else 0)
        down.addLayout(row(self.folder, self.history, 1))
        down.setContentsMargins(0, 0, 0, 0)
        side.setLayout(down)
        column.addLayout(tiles)
        column.addWidget(SideColumns(self._main(), side), 1)
        return made

    def _main(self) -> QWidget:
        """The table, and in its place the choices while they are open."""
        made = QWidget()
        down = page_column()
        self.table = self._table()
        down.addWidget(self.choices)
        down.addWidget(self.table, 1)
        down.addStretch(0)
        made.setLayout(down)
        return made

    def _table(self) -> Card:
        card = Card()
        self.filters = QWidget()
        self.filters.setLayout(row(self.filter, 1, self.community))
        card.add(self.filters)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.head)
        lines.addWidget(self.matrix, 1)
        card.add(lines, 1)
        card.add(self.empty, 1)
        card.add(self.legend)
        return card

    def _connect(self) -> None:
        self.filter.changed.connect(lambda _value: self._show_lines())
        self.community.currentIndexChanged.connect(lambda _index: self._show_lines())
        self.tiles[MISSING].clicked.connect(lambda: self._show_only(LACKING))
        self.folder.clicked.connect(self.imports.choose_folder)
        self.history.clicked.connect(self.imports.show_history)
        self.problems.report_asked.connect(self.imports.ask_report)
        self.problems.choices_asked.connect(self._on_choices_asked)
        self.imports.said.connect(self.said)
        self.imports.navigate.connect(self.navigate)
        self.imports.changed.connect(self._told.changed)
        self.imports.arrived.connect(self.problems.show_arrival)
        self.imports.arrived.connect(self.inbox.show_arrival)
        self.inbox.said.connect(self.said)
        self.inbox.picked_up.connect(self._on_picked_up)
        self.inbox.look_asked.connect(self.imports.look_at)
        self.imports.title_changed.connect(self._on_title_changed)
        self.imports.choices_asked.connect(self._on_choices_asked)
        self.choices.decided.connect(self._told.changed)
        self.choices.said.connect(self.said)
        self.choices.emptied.connect(self._leave_choices)
        keys.bind(self.imports.own, "Esc", self._leave_choices)
        keys.bind(self, "Ctrl+H", self.imports.show_history)

    def _on_picked_up(self, done: "PickedUp") -> None:
        if done.arrival is not None:
            self.problems.show_arrival(done.arrival)
            self.inbox.show_arrival(done.arrival)
        self._told.changed.emit(done)

    def first_focus(self) -> QWidget | None:
        """The table, or a step of an import."""
        return self.matrix if self.imports.is_home() else self.imports.first_focus()

    def go_back(self) -> None:
        """From an import to the table."""
        self.imports.leave()

    def _on_title_changed(self, title: str) -> None:
        self.set_heading(Heading(title, parent=self._own.title) if title else self._own)
        self.set_action(None if title else self._own_action)
        if not title and self.isVisible():
            self.matrix.setFocus()

    def open_key(self, key: object) -> None:
        """A grid found by the search, the open choices, or a file to look at."""
        if key == CHOICES:
            self._on_choices_asked()
            return
        if isinstance(key, ChoiceKey):
            self._on_choices_asked(key.record)
            return
        if isinstance(key, Path):
            self.imports.look_at_columns(key)
            return
        grid = self._workspace.row("grid", key) if isinstance(key, int) else None
        if grid is not None:
            self._show_only(ALL)
            self.matrix.select_code(str(grid.plain("code")))

    def refresh(self) -> None:
        """Read the table and the history of imports."""
        self._overview = collect.overview(self._workspace)
        self._show_tiles(self._overview)
        self._show_filters(self._overview)
        self.head.show_overview(self._overview)
        self._show_lines()
        self.problems.show_conflicts(self._overview.conflicts)
        self.imports.refresh()
        self.remind.setVisible(bool(self._overview.lines))
        self.remind.show_sentence(collect.missing_sentence(self._overview))

    def _show_tiles(self, found: Overview) -> None:
        week, total = found.weeks[-1], len(found.lines)
        self.tiles["in"].label.setText(_("{week}已交").format(week=week.label))
        deadline = _("截止 {month}月{day}日").format(month=found.deadline.month, day=found.deadline.day)
        self.tiles["in"].show_number(str(found.count(*HANDED_IN)), f"/ {total}", deadline)
        lacking = len(found.lacking)
        self.tiles[MISSING].show_number(
            str(lacking), note=_("名单可复制") if lacking else "", tone="red" if lacking else "text"
        )
        for state in (LATE, ZERO):
            lines = [line for line in found.lines if line.state == state]
            names = _("、").join(line.code for line in lines[:3])
            self.tiles[state].show_number(str(len(lines)), note=names, tone="text" if not lines else "")

    def _show_filters(self, found: Overview) -> None:
        kept = self.filter.value() or ALL
        words = ((ALL, _("全部")), (LACKING, _("未交")), (PROBLEMS, _("有问题")), (UNCHANGED, _("未变")))
        counts = {name: sum(_belongs(name, line) for line in found.lines) for name, _word in words}
        self.filter.set_choices([Choice(name, word, count=counts[name]) for name, word in words])
        self.filter.set_value(kept)
        communities = list(dict.fromkeys(line.community for line in found.lines if line.community))
        if communities != [self.community.itemText(place) for place in range(1, self.community.count())]:
            self.community.clear()
            self.community.addItem(_("全部社区"))
            self.community.addItems(communities)
        self.community.setVisible(len(communities) > 1)

    def _show_only(self, name: str) -> None:
        self.filter.set_value(name)
        self._show_lines()
        self.matrix.setFocus()

    def _show_lines(self) -> None:
        if self._overview is None:
            return
        community = self.community.currentText() if self.community.currentIndex() > 0 else ""
        name = self.filter.value() or ALL
        lines = [
            line for line in self._overview.lines
            if _belongs(name, line) and (not community or line.community == community)
        ]  # fmt: skip
        self.matrix.show_lines(lines, self._overview.weeks)
        table: tuple[QWidget, ...] = (self.filters, self.head, self.matrix, self.legend)
        gone, seen = ((self.empty,), table) if self._overview.lines else (table, (self.empty,))
        for part in gone:  # first, since all together would ask for too high a window
            part.hide()
        for part in seen:
            part.show()
        self.total.setText(_("共 {count} 个网格").format(count=len(lines)))

    def choose_files(self) -> None:
        """Ask for workbooks."""
        self.imports.choose_files()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        self.imports.look_at([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _on_choices_asked(self, record: Id = 0) -> None:
        self.choices.refresh()
        self.choices.show_record(record)
        self.table.setVisible(not self.choices.count())
        self.choices.setFocus()

    def _leave_choices(self) -> None:
        if self.table.isHidden():
            self.choices.hide()
            self.table.show()
            self.matrix.setFocus()


def _belongs(name: str, line: GridLine) -> bool:
    """Whether a grid is shown under a filter."""
    return {
        ALL: True,
        LACKING: line.state in {MISSING, WAITING, SAME},
        PROBLEMS: line.problems > 0,
        UNCHANGED: line.state == SAME,
    }[name]
