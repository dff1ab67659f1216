"""社区事务: every ledger of the community, its records, and the one chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import affairs, counting, undoing
from gridworker.services.affairs import Line, Record
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys, theme
from gridworker.ui.page import page_row
from gridworker.ui.pages.affairs_deeds import MAIN_KEY, PRINT_KEY, Deed, deeds_of
from gridworker.ui.pages.affairs_edit import edit_record, new_record
from gridworker.ui.pages.affairs_record import DELETE, EDIT, RecordView
from gridworker.ui.pages.field_history import bind_history, open_all
from gridworker.ui.pages.records_dialog import RecordsDialog
from gridworker.ui.pages.worker_page import BUILDINGS_KEY, VERIFY_KEY, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.button import PRIMARY, Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.empty_state import EmptyState
from gridworker.ui.widgets.field import TextField
from gridworker.ui.widgets.flow import flowing
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList
from gridworker.ui.widgets.top_bar import Action, Heading


class AffairsPage(WorkerPage):
    """Ledgers at the left, records in the middle, one record at the right. Key: (ledger name, id)."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        new = Action(_("新增"), self.add, key="Ctrl+N")
        super().__init__(Heading(_("社区事务")), workspace, bus, new)
        self.ledgers = RowList(_("台账"), (Column(_("条数"), 34, right=True),), height=32, bold=False, least=176)
        self.typed = TextField(_("查找"), _("输几个字来找"), icon_name="search")
        self.records = RowList(_("记录"), (Column(_("状态"), 64, right=True),), least=240)
        self.view = RecordView(workspace)
        self._build()
        self._lines: list[Line] = []
        self.deeds: dict[str, Deed] = {}
        self.ledgers.chosen.connect(lambda _name: self._read())
        self.ledgers.opened.connect(lambda _name: self.records.setFocus())
        self.records.chosen.connect(self._show_record)
        self.records.opened.connect(lambda _id: self._edit())
        self.typed.textChanged.connect(lambda _text: self._show_records())
        self.view.asked.connect(self._do)
        self.view.opened.connect(self._open_line)
        self.view.added.connect(self._add_hanging)
        self.view.meant.connect(self._open_meant)
        self.view.counted.connect(self._show_counted)
        self.view.ticked.connect(self._tick)
        keys.bind(self.records, "E", self._edit, _("修改"))
        keys.bind(self.records, "Delete", self._delete, _("删除"))
        for key, word in ((MAIN_KEY, _("开会、签到、修订、答复")), (PRINT_KEY, _("打印"))):
            keys.bind(self.records, key, partial(self._do_by_key, key), word)
        keys.bind(self.typed, "Down", self.records.setFocus, _("从查找到列表"))
        bind_history(self, self._history)

    def refresh(self) -> None:
        """Read ledgers, counts and records anew."""
        count = affairs.counts(self.workspace)
        rows = []
        for area, some in affairs.areas().items():
            rows.append(Row(_(area), key=area, heading=True))
            rows += [Row(_(one.label), key=one.name, marks=(Mark(str(count[one.name])),)) for one in some]
        self.ledgers.set_rows(rows)
        self._read()

    def first_focus(self) -> QWidget:
        """The ledgers."""
        return self.ledgers

    def open_key(self, key: object) -> None:
        """Show one record of a ledger."""
        if isinstance(key, tuple):
            name, id = key
            self.typed.clear()
            self.ledgers.select_key(name)
            self.records.select_key(id)
            self.records.setFocus()

    def add(self) -> None:
        """Write a new record of the ledger chosen."""
        self._open_new(self._name())

    def _build(self) -> None:
        left, middle = Card(padding=8), Card()
        left.add(self.ledgers, 1)
        doors = Button(_("楼栋"), icon="building-2", key=BUILDINGS_KEY)
        doors.clicked.connect(lambda: self.navigate.emit("buildings", None))
        part = Button(_("参与"), icon="users")
        part.clicked.connect(lambda: self.navigate.emit("participation", None))
        verify = Button(_("核实"), icon="shield-check", key=VERIFY_KEY)
        verify.clicked.connect(lambda: self.navigate.emit("verify", None))
        left.add(flowing(doors, part, verify, gap=4))
        left.setFixedWidth(theme.px(204))
        add = Button(_("新增"), PRIMARY, icon="plus")
        add.clicked.connect(self.add)
        self.none = EmptyState("landmark", "", "", (add,))
        self.to_mediation = link(_("按纠纷看调解"), icon="scale")
        self.to_mediation.clicked.connect(lambda: self.navigate.emit("mediation", None))
        middle.add(self.typed)
        middle.add(row(self.to_mediation, 1))
        middle.add(self.records, 1)
        middle.add(self.none, 1)
        across = page_row(self)
        across.addWidget(left)
        across.addWidget(middle, 1)
        across.addWidget(self.view, 1)

    def _name(self) -> str:
        return str(self.ledgers.current_key())

    def _read(self) -> None:
        self.to_mediation.setVisible(self._name() in {"party", "mediation"})
        self._lines = affairs.lines(self.workspace, ledger(self._name()))
        self._show_records()

    def _show_records(self) -> None:
        of = ledger(self._name())
        found = affairs.matching(self._lines, self.typed.value())
        words = {"ledger": _(of.label)}
        if self.typed.value():
            self.none.show_words(_("没有找到"), _("换个写法再找，或按 Ctrl+N 新增一条{ledger}。").format(**words))
        else:
            advice = _("按 Ctrl+N 登记第一条，或把原来的表格拖进窗口导入。")
            self.none.show_words(_("还没有{ledger}").format(**words), advice)
        self.none.setVisible(not found)
        self.records.setVisible(bool(found))
        self.records.set_rows([_shown(one) for one in found])
        self._show_record(self.records.current_key())

    def _show_record(self, id: Id | None) -> None:
        of = ledger(self._name())
        self.deeds = {one.name: one for one in deeds_of(self, of.name, id)} if id else {}
        page = self.attempt(partial(affairs.read, self.workspace, of, id)) if id else None
        self.view.show_record(page, list(self.deeds.values()))
        if page is not None and id:
            self.rest_on(of.name, id)

    def _open_line(self, line: Line) -> None:
        if line.ledger == "need":
            self.navigate.emit("needs", line.id)
        else:
            self.open_key((line.ledger, line.id))

    def _do(self, what: str) -> None:
        id = self.records.current_key()
        if id and what in self.deeds:
            self.deeds[what].act(self, id)
        else:
            {EDIT: self._edit, DELETE: self._delete}.get(what, self._history)()

    def _do_by_key(self, key: str) -> None:
        for one in self.deeds.values():
            if one.key == key:
                self._do(one.name)

    def _edit(self) -> None:
        if id := self.records.current_key():
            dialog = edit_record(self.workspace, self, ledger(self._name()), id)
            dialog.saved.connect(partial(self._on_saved, self._name()))
            dialog.open()

    def _open_meant(self, name: str, id: Id) -> None:
        """The record that a fact names, on the page it is shown on."""
        row = self.workspace.row(name, id)
        home = row.plain("household") if row and name == "visit" else id
        if ledger(name).area:
            self.open_key((name, id))
        elif name == "need":
            self.navigate.emit("needs", id)
        elif isinstance(home, int):
            self.navigate.emit("households", HouseholdKey(home))

    def _show_counted(self, title: str, records: Sequence[Record]) -> None:
        dialog = RecordsDialog(self, title, records, self._counted_row)
        dialog.opened.connect(self._open_meant)
        dialog.open()

    def _counted_row(self, record: Record) -> Row:
        title, second = counting.in_lines(self.workspace, record)
        return Row(title, second, record)

    def _tick(self, done: list[str], clicked: str) -> None:
        id = self.records.current_key()
        written = self.attempt(lambda: affairs.tick(self.workspace, id, done))
        if written is not None:
            self.tell_done(_("已记成立步骤"), written)
            self.view.focus_step(clicked)

    def _add_hanging(self, name: str) -> None:
        here, id = self._name(), self.records.current_key()
        refs = [one.name for one in ledger(name).fields if one.of == here]
        self._open_new(name, {refs[0]: id})

    def _open_new(self, name: str, given: dict[str, Id] | None = None) -> None:
        dialog = new_record(self.workspace, self, ledger(name), given)
        dialog.saved.connect(partial(self._on_saved, name))
        dialog.open()

    def _on_saved(self, name: str, done: Done) -> None:
        self.tell_done(_("已保存{ledger}").format(ledger=_(ledger(name).label)), done)
        for id in undoing.ids_made(done):
            if name == self._name():
                self.open_key((name, id))

    def _delete(self) -> None:
        if id := self.records.current_key():
            of = ledger(self._name())
            done = self.attempt(lambda: affairs.delete(self.workspace, of, id))
            if done is not None:
                self.tell_done(_("已删除这条{ledger}").format(ledger=_(of.label)), done)

    def _history(self) -> None:
        if id := self.records.current_key():
            open_all(self, self.workspace, self._name(), id)


def _shown(line: Line) -> Row:
    return Row(line.title, line.second, line.id, marks=(Mark(line.state, "primary"),) if line.state else ())
