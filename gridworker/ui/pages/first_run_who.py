"""The first step of the first run: the township's 开户文件, or role, name and grid by hand (look 17)."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import setup_file
from gridworker.services.setup_file import SetUp
from gridworker.services.workspace import Opening
from gridworker.ui import theme
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import ErrorLine, FieldRow, TextField
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.pill import Pill

WORKER = "worker"
TOWNSHIP = "township"


def column_of(parent: QWidget, gap: int = 10) -> QVBoxLayout:
    """A layout without margins for a step."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    return made


@dataclass(frozen=True, slots=True)
class Start:
    """What the first step found out: the opening, and the set-up file it came from, if any."""

    opening: Opening
    shared: SetUp | None = None


class WhoStep(QWidget):
    """The township's 开户文件, or role, name and grid by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.shared: SetUp | None = None
        self.file = Card(frame="inset")
        self.mark = IconMark("file-check", "primary", 20)
        self.file_name = ElidedLabel(_("有乡镇发的开户文件就先打开它"), "strong")
        self.file_note = ElidedLabel(_("网格、姓名、上报密码都在里面，下面不用自己填"), "second")
        self.state = Pill("", "green", dot=True)
        self.choose = Button(_("选开户文件"), icon="folder-open")
        self.role = ChipGroup(_("角色"), [Choice(WORKER, _("网格员"), "1"), Choice(TOWNSHIP, _("乡镇、社区"), "2")])
        self.grid_of = Select(_("我的网格"), _("选择网格…"))
        self.name = TextField(_("姓名"), _("如 陈晓芸"))
        self.township = TextField(_("乡镇"), _("如 梅山镇"))
        self.code = TextField(_("网格编号"), _("如 JX03"))
        self.grid_name = TextField(_("网格名称"), _("如 金江西苑3网格"))
        self.community = TextField(_("社区（村）"), _("如 金江社区"))
        self.error = ErrorLine()
        self._build()
        self.role.set_value(WORKER)
        self.role.changed.connect(self._fit)
        self.choose.clicked.connect(self._ask_file)
        self.grid_of.currentIndexChanged.connect(self._on_grid_chosen)
        self._fit()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.file_name)
        words.addWidget(self.file_note)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.mark)
        line.addLayout(words, 1)
        line.addWidget(self.state)
        line.addWidget(self.choose)
        self.file.add(line)
        self.code.setMaximumWidth(theme.px(110))
        self.rows = {
            "role": FieldRow(_("角色"), self.role, label_width=72),
            "grid_of": FieldRow(_("我的网格"), self.grid_of, label_width=72),
            "name": FieldRow(_("姓名"), self.name, label_width=72),
            "township": FieldRow(_("乡镇"), self.township, label_width=72),
            "grid": FieldRow(_("网格"), self.code, self.grid_name, label_width=72),
            "community": FieldRow(_("社区（村）"), self.community, label_width=72),
        }
        column = column_of(self)
        column.addWidget(self.file)
        column.addSpacing(4)
        for one in self.rows.values():
            column.addWidget(one)
        column.addWidget(self.error)
        column.addStretch(1)

    def first_field(self) -> QWidget:
        """The button that makes typing unnecessary, then the name."""
        return self.choose if self.shared is None else self.grid_of

    def load(self, path: Path) -> None:
        """Take a set-up file; a wrong one is said and nothing changes."""
        try:
            self.shared = setup_file.read(path)
        except UserError as error:
            self.error.show_sentence(error.told)
            return
        self.error.show_sentence("")
        password = _("上报密码 已带入") if self.shared.report_password else _("没有上报密码")
        facts = [self.shared.township, _("{count} 个网格").format(count=len(self.shared.grids)), password]
        self.file_name.setText(path.name)
        self.file_note.setText(" · ".join(fact for fact in facts if fact))
        self.state.show_state(_("已读"), "green", dot=True)
        self.choose.show_face(_("换一个"), icon="folder-open")
        self.role.set_value(WORKER)
        self.township.set_value(self.shared.township)
        self._offer_grids(self.shared)
        self._fit()

    def start(self) -> Start | None:
        """What was said, or None with the sentence that asks for the rest."""
        given = self._opening()
        lacking = self._lacking(given)
        self.error.show_sentence(lacking)
        return None if lacking else Start(given, self.shared)

    def _opening(self) -> Opening:
        role = self.role.value() or WORKER
        given = Opening(role, self.name.value(), township=self.township.value())
        if role == TOWNSHIP:
            return given
        if self.shared:
            code = self.grid_of.currentData() or ""
            known = self.shared.grid(code)
            place = {key: str(known.get(key) or "") for key in ("community", "township")}
            return replace(given, grid=code, grid_name=str(known.get("name") or ""), **place)
        return replace(
            given, grid=self.code.value().upper(), grid_name=self.grid_name.value(), community=self.community.value()
        )

    def _lacking(self, given: Opening) -> str:
        if given.role == WORKER and not given.grid:
            return _("请选一个网格。") if self.shared else _("请填网格编号，照乡镇发的编号写。")
        if not given.name:
            return _("请填姓名。")
        if given.role == TOWNSHIP and not given.township:
            return _("请填乡镇名称，周报和汇总表上要用。")
        return ""

    def _ask_file(self) -> None:
        wanted = _("开户文件 (*.gwsetup);;全部文件 (*)")
        path, _kind = QFileDialog.getOpenFileName(self, _("选开户文件"), "", wanted)
        if path:
            self.load(Path(path))

    def _offer_grids(self, shared: SetUp) -> None:
        self.grid_of.clear()
        for one in shared.grids:
            code = str(one.get("code") or "")
            worker = shared.worker_of(code)
            words = " · ".join(word for word in (f"{code} {one.get('name') or ''}".strip(), worker) if word)
            self.grid_of.addItem(words, code)
        self.grid_of.setCurrentIndex(0 if len(shared.grids) == 1 else -1)

    def _on_grid_chosen(self) -> None:
        if self.shared and self.grid_of.currentData():
            self.name.set_value(self.shared.worker_of(self.grid_of.currentData()))

    def _fit(self) -> None:
        """Show what this role has to say."""
        is_worker = self.role.value() == WORKER
        by_file = self.shared is not None
        self.rows["role"].setVisible(not by_file)
        self.rows["grid_of"].setVisible(by_file)
        self.rows["township"].setVisible(not by_file)
        for name in ("grid", "community"):
            self.rows[name].setVisible(is_worker and not by_file)
