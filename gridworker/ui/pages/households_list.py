"""The list of households: filters, a field to narrow it as one types, and a hundred thousand rows if need be."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import households_list, naming
from gridworker.services.households_list import HomeLine
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.models.paged import Paged
from gridworker.ui.page import page_column
from gridworker.ui.pages import wording
from gridworker.ui.pages.no_households import NoHouseholds
from gridworker.ui.pages.worker_page import SHEET_KEY
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

_PAUSE = 60  # ms of silence before a filter is applied


class HouseholdsList(QWidget):
    """`opened(id)` on Enter, `new_asked` by Ctrl+N where households may be added, `import_asked` for a roster,
    `sheet_asked` to write up paper visits.
    """

    opened = Signal(object)
    new_asked = Signal()
    import_asked = Signal()
    sheet_asked = Signal()

    def __init__(self, workspace: Workspace, *, can_add: bool = True) -> None:
        super().__init__()
        self._workspace = workspace
        self._can_add = can_add
        self.filters = ChipGroup(_("筛选"))
        self.typed = TextField(_("在住户里找"), _("姓名、拼音、门牌、电话尾号"), icon_name="search")
        level, tags, last = Column(_("关注"), 64), Column(_("标签"), 150), Column(_("上次走访"), 170)
        columns = (level, tags, last, Column(_("未办结"), 64, right=True))
        self.rows = RowList(_("住户"), columns, height=46)
        self._count = label("", "second")
        self._none = EmptyState(
            "users", _("没有这样的住户"), _("换个写法，或按 Ctrl+N 登记新住户") if can_add else _("换个写法再找")
        )
        self._nobody = NoHouseholds(can_add=can_add)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._show_rows)
        self._build()
        self.filters.changed.connect(lambda _which: self._show_rows())
        self.typed.textChanged.connect(self._pause.start)
        self.rows.opened.connect(self.opened)
        self._nobody.new_asked.connect(self.new_asked)
        self._nobody.import_asked.connect(self.import_asked)
        keys.bind(self, "/", self.typed.setFocus)
        keys.bind(self.typed, "Down", self.rows.setFocus, _("从查找到列表"))
        keys.bind(self.typed, "Enter", self._open_first)

    def first_focus(self) -> QWidget:
        """The rows, the way to the first household, or the filter that finds nothing."""
        if not self._nobody.isHidden():
            return self._nobody.first_focus() if self._can_add else self.typed
        return self.typed if self._table.isHidden() else self.rows

    def refresh(self) -> None:
        """Read counts and rows anew."""
        words = {
            households_list.ALL: _("全部"),
            households_list.DUE: _("到期"),
            households_list.WATCHED: _("重点"),
            households_list.NEEDS: _("有诉求"),
            households_list.EMPTY: _("空户"),
        }
        counts = households_list.counts(self._workspace)
        self.filters.set_choices(
            Choice(which, words[which], str(number), count) for number, (which, count) in enumerate(counts.items(), 1)
        )
        self.filters.set_value(self.filters.value() or households_list.ALL)
        self._show_rows()

    def _build(self) -> None:
        card = Card()
        self.typed.setFixedWidth(theme.px(240))
        head = row(self.filters, 1, self.typed)
        if self._can_add:
            sheet = Button(_("补录"), icon="file-pen-line", key=SHEET_KEY)
            sheet.clicked.connect(self.sheet_asked)
            head.addWidget(sheet)
            add = Button(_("新住户"), icon="plus", key="Ctrl+N")
            add.clicked.connect(self.new_asked)
            head.addWidget(add)
        card.add(head)
        self._table = headed(_("住户"), self.rows)
        card.add(self._table, 1)
        for part in (self._none, self._nobody):
            part.hide()  # until it is known that nothing is there: what shows counts for the smallest size
            card.add(part, 1)
        visit = [("F2", _("记录走访")), ("Ctrl+P", _("打印登记表"))] if self._can_add else []
        legend = [("↑ ↓", _("选择")), ("Enter", _("打开")), *visit, ("/", _("查找"))]
        card.add(row(self._count, 1, KeyLegend(legend)))
        page_column(self).addWidget(card)

    def _show_rows(self) -> None:
        self._pause.stop()
        kept = self.rows.current_key()
        which = self.filters.value() or households_list.ALL
        found = households_list.ids(self._workspace, which, self.typed.text())
        source = Paged(found, self._load)
        self.rows.set_source(len(found), source.row, lead=True)
        if kept in source.places:
            self.rows.select_number(source.places[kept])
        self._count.setText(_("共 {count} 户").format(count=len(found)))
        self._table.setVisible(bool(found))
        unfiltered = which == households_list.ALL and not self.typed.text().strip()
        self._none.setVisible(not found and not unfiltered)
        self._nobody.setVisible(not found and unfiltered)

    def _load(self, wanted: Sequence[Id]) -> list[Row]:
        return [self._row(one) for one in households_list.lines(self._workspace, wanted)]

    def _row(self, one: HomeLine) -> Row:
        tone = wording.LEVEL_TONES.get(one.level, "grey")
        level = Mark(wording.level_word(one.level), tone if one.level != "normal" else "", dot=one.level != "normal")
        needs = Mark(str(one.open_needs), "amber") if one.open_needs else Mark("")
        marks = (level, Mark(one.tags), Mark(self._last(one)), needs)
        return Row(one.head or _("（未登记户主）"), one.address, one.id, dot=tone, marks=marks)

    def _last(self, one: HomeLine) -> str:
        if one.visit is None:
            return _("还没走访")
        at, mode, outcome = one.visit
        words = (naming.word("visit_mode", mode), naming.word("visit_outcome", outcome))
        return " · ".join((wording.day(at, self._workspace.today), *words))

    def _open_first(self) -> None:
        if self._pause.isActive():
            self._show_rows()
        if self.rows.current_key() is not None:
            self.opened.emit(self.rows.current_key())
