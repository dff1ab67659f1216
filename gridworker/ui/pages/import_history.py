"""导入记录: every import, and what taking one back would do, told before it is done; one taken back can return."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import arrivals
from gridworker.services.arrivals import Import
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.page import page_row
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import DANGER, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

if TYPE_CHECKING:
    from gridworker.services.imports import Forecast, Later

LISTED: Final = 2000


class HistoryView(QWidget):
    """`forecast_asked(id)`, `undo_asked(id)`, `return_asked(id)` of a file or a group; `opened(Later)`; `left`."""

    forecast_asked = Signal(object)
    undo_asked = Signal(object)
    return_asked = Signal(object)
    opened = Signal(object)
    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._imports: dict[Id, Import] = {}
        self._asked: Id = 0
        columns = [Column(_("新增"), 44, right=True), Column(_("改动"), 44, right=True), Column(_("现在"), 62)]
        self.list = RowList(_("导入记录"), columns, height=46, bold=False)
        self.later = RowList(_("之后的修改"), height=44, bold=False, select_first=False)
        self.name = ElidedLabel("", "strong")
        self.state = Pill("", "grey")
        self.told = label("", "body", wrap=True)
        self.kept = label("", "second", wrap=True)
        self.one = Button(_("撤销这个文件"), icon="undo-2", key="Enter")
        self.group = Button("", icon="undo-2")
        self.put_back = Button(_("重新放回"), icon="refresh-cw", key="Enter")
        self.confirm = Button(_("确定撤销"), DANGER, icon="undo-2", key="Ctrl+Enter")
        self.refuse = Button(_("不撤销"))
        self.empty = label(_("还没有导入过。"), "second")
        self._build()
        self._connect()
        self._show_parts()

    def _build(self) -> None:
        left = Card(_("导入记录"), _("每一次导入都能整个撤销，撤销了还能放回"))
        left.add(headed(_("文件"), self.list), 1)
        left.add(self.empty, 1)
        left.add(row(KeyLegend([("↑ ↓", _("看下一个")), ("Enter", _("撤销 ／ 放回")), ("Esc", _("返回"))]), 1))
        right = Card()
        right.add(row(self.name, self.state, 1))
        right.add(self.told)
        right.add(self.kept)
        right.add(self.later, 1)
        self._filler = QWidget()
        right.add(self._filler, 1)
        right.add(row(1, self.refuse, self.group, self.one, self.put_back, self.confirm))
        self.later.setMinimumHeight(100)
        across = page_row()
        across.addWidget(left, 7)
        across.addWidget(right, 5)
        self.setLayout(across)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _id: self._show_one())
        self.list.opened.connect(lambda _id: self._ask())
        self.one.clicked.connect(self._ask)
        self.group.clicked.connect(self._ask_group)
        self.put_back.clicked.connect(self._ask)
        self.confirm.clicked.connect(self._confirm)
        self.refuse.clicked.connect(self._show_one)
        self.later.opened.connect(self.opened)
        self.later.acted.connect(self.opened)
        keys.bind(self, "Ctrl+Enter", self._confirm)
        keys.bind(self, "Esc", self._back)

    def refresh(self) -> None:
        """Read the imports anew."""
        found = arrivals.imports(self._workspace, LISTED)
        self._imports = {one.id: one for one in found}
        rows: list[Row] = []
        for place, one in enumerate(found):
            if not place or found[place - 1].group != one.group:
                rows.append(self._group_row(one, sum(other.group == one.group for other in found)))
            rows.append(_import_row(one))
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_one()

    def current(self) -> Import | None:
        """The import chosen."""
        return self._imports.get(self.list.current_key())

    def show_forecast(self, what: Id, found: "Forecast") -> None:
        """Say what taking it back would do, before it is done."""
        self._asked = what
        if what not in self._imports:
            count = sum(one.group == what and not one.undone for one in self._imports.values())
            self.name.setText(_("这一批 {count} 个文件").format(count=count))
        words = _("撤销会撤回 {gone} 项；别的文件也带来过的 {kept} 项保留。")
        self.told.setText(words.format(gone=found.withdrawn, kept=found.kept))
        self.kept.setText(_("之后的修改保留：") if found.later else _("没有人在它之后改过这些内容。"))
        self.later.set_rows([_later_row(one) for one in found.later])
        self._show_parts(later=bool(found.later), asking=True)
        self.confirm.setFocus()

    def _group_row(self, one: Import, count: int) -> Row:
        moment = wording.moment(one.at, self._workspace.today)
        words = _("{moment} · 一次导入 {count} 个文件").format(moment=moment, count=count)
        return Row(words, heading=True, key=("group", one.group))

    def _show_one(self) -> None:
        deciding = self.confirm.hasFocus() or self.refuse.hasFocus()
        one, self._asked = self.current(), 0
        self.name.setText(one.file if one else "")
        self.state.show_state(*_state(one) if one else ("", "grey"))
        self.told.setText(self._facts(one) if one else "")
        self.kept.setText("")
        self.later.set_rows([])
        group = [other for other in self._imports.values() if one and other.group == one.group and not other.undone]
        self.group.show_face(_("撤销这一批 {count} 个文件").format(count=len(group)), icon="undo-2")
        self._show_parts(one=bool(one and not one.undone), group=len(group) > 1, back=bool(one and one.undone))
        if deciding:
            self.list.setFocus()

    def _facts(self, one: Import) -> str:
        who = " · ".join(word for word in (one.sender, one.grid, one.week) if word)
        moment = _("{moment} 导入").format(moment=wording.moment(one.at, self._workspace.today))
        counts = ""
        if one.created is not None:
            counts = _("新增 {created} 条，改动 {changed} 条").format(created=one.created, changed=one.changed)
        problems = _("问题 {count} 处").format(count=one.problems) if one.problems else ""
        return "\n".join(word for word in (who, moment, counts, problems) if word)

    def _show_parts(
        self, *, one: bool = False, group: bool = False, back: bool = False, later: bool = False, asking: bool = False
    ) -> None:
        shown = {self.one: one, self.group: group, self.put_back: back, self.later: later, self.confirm: asking}
        for part, wanted in shown.items():
            part.setVisible(wanted)
        self.refuse.setVisible(asking)
        self._filler.setVisible(not later)

    def _ask(self) -> None:
        one = self.current()
        if one is not None:
            (self.return_asked if one.undone else self.forecast_asked).emit(one.id)

    def _ask_group(self) -> None:
        one = self.current()
        if one is not None:
            self.forecast_asked.emit(one.group)

    def _confirm(self) -> None:
        if self._asked:
            self.undo_asked.emit(self._asked)

    def _back(self) -> None:
        if self._asked:
            self._show_one()
            self.list.setFocus()
        else:
            self.left.emit()


def _state(one: Import) -> tuple[str, str]:
    return (_("已撤销"), "grey") if one.undone else (_("在"), "green")


def _import_row(one: Import) -> Row:
    who = " · ".join(word for word in (one.sender, one.grid, one.week) if word)
    icon, tone = ("undo-2", "grey") if one.undone else ("file-spreadsheet", "text2")
    counts = ("—" if number is None else str(number) for number in (one.created, one.changed))
    marks = (*(Mark(word) for word in counts), Mark(*_state(one)))
    return Row(one.file, who or _("没有写明是谁的"), one.id, icon=icon, icon_tone=tone, marks=marks)


def _later_row(one: "Later") -> Row:
    title = f"{_(ledger(one.ledger).label)} · {one.title}"
    return Row(title, _("、").join(one.labels), one, icon="pencil", verb=_("去看"))
