"""What becomes of a grid: another worker walks it from a day on, or a building goes to another grid."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import handing_over
from gridworker.services.roster import RosterLine
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages.review_reply import parse_typed_day
from gridworker.ui.shell_failures import sentence_for
from gridworker.ui.tab_order import Dialog
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.check_box import Select
from gridworker.ui.widgets.date_field import DateField, stop_at_unread
from gridworker.ui.widgets.field import ErrorLine, FieldRow, TextField
from gridworker.ui.widgets.label import label

_WIDTH: Final = 560


class GridDialog(Dialog):
    """One grid; `done_` carries what was done, then it closes."""

    done_ = Signal(str)

    def __init__(self, parent: QWidget, workspace: Workspace, line: RosterLine, every: Sequence[RosterLine]) -> None:
        super().__init__(parent.window())
        self._workspace, self._line = workspace, line
        title = f"{line.code} {line.name}"
        self.setWindowTitle(title)
        self.setProperty("ground", "surface")
        self.heir = TextField(_("接手的网格员"), _("姓名"))
        self.since = DateField(_("从哪天起"), parse_typed_day, lambda: workspace.today)
        self.hand_over = Button(_("交接"), icon="user-check")
        self._buildings = handing_over.buildings(workspace, line.code)
        self._others = [one for one in every if one.id != line.id]
        self.building = Select(_("楼栋、村民组"))
        for place, homes in self._buildings:
            self.building.addItem(_("{place}，{count} 户").format(place=place, count=len(homes)))
        self.to = Select(_("划给哪个网格"))
        self.to.addItems([f"{one.code} {one.name}" for one in self._others])
        self.move_ = Button(_("划过去"), icon="arrow-right")
        self.error = ErrorLine()
        self._build(title)
        self.hand_over.clicked.connect(self.give)
        self.heir.returnPressed.connect(self.give)
        self.move_.clicked.connect(self.give_building)
        self.heir.setFocus()

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(title, "card_title"))
        person = Card(_("换网格员"), _("现在：{names}").format(names=self._line.workers or _("没有")))
        person.add(FieldRow(_("接手"), self.heir))
        person.add(FieldRow(_("从"), self.since))
        words = _("走访、诉求、办理记录都不动：谁记的还是谁记的，没办完的随网格走。")
        person.add(label(words, "second", wrap=True))
        person.add(row(1, self.hand_over))
        column.addWidget(person)
        doors = Card(_("划出一栋"))
        doors.add(FieldRow(_("楼栋"), self.building))
        doors.add(FieldRow(_("划给"), self.to))
        words = _("只划这一栋的住户和没办结的诉求；拆网格先在名册里添加新网格，再一栋一栋划过去。")
        doors.add(label(words, "second", wrap=True))
        doors.add(row(1, self.move_))
        doors.setVisible(bool(self._buildings and self._others))
        column.addWidget(doors)
        leave = Button(_("关闭"), key="Esc")
        leave.clicked.connect(self.reject)
        column.addWidget(self.error)
        column.addLayout(row(1, leave))
        self.setFixedWidth(theme.px(_WIDTH))

    def give(self) -> None:
        """Hand the grid over."""
        if stop_at_unread(self):
            return
        day, name = self.since.value() or self._workspace.today, self.heir.value()
        try:
            handing_over.hand_over(self._workspace, self._line.code, name, day)
        except GridworkerError as error:
            self.error.show_sentence(sentence_for(error))
            return
        words = _("{grid} 从 {day} 起由 {name} 接手；请写出新的开户文件发给本人。")
        self._leave(words.format(grid=self._line.code, day=day.isoformat(), name=name))

    def give_building(self) -> None:
        """Move one building's households."""
        _place, homes = self._buildings[self.building.currentIndex()]
        to = self._others[self.to.currentIndex()]
        count = handing_over.move(self._workspace, homes, to.code)
        self._leave(_("{count} 户已划给 {grid}。").format(count=count, grid=to.code))

    def _leave(self, sentence: str) -> None:
        self.accept()
        self.done_.emit(sentence)
