"""Handing up: the period, what goes out, masked or full, the file, and the sentence for the chat."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import export, weekly_page
from gridworker.services.export import Exported, Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.pages import wording
from gridworker.ui.pages.chat_line import ChatLine
from gridworker.ui.pages.form_editors import DayEditor
from gridworker.ui.pages.unlock import SHORTEST, password_field
from gridworker.ui.tasks import Job, Tasks
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.date_field import stop_at_unread
from gridworker.ui.widgets.field import FieldRow
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.label import label, line
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

CHAT_KEY: Final = "Ctrl+Shift+C"
"""Copies the sentence for the chat."""
_OWN: Final = "own"
_FULL, _MASKED = "full", "masked"
_COUNTED: Final = ("household", "visit", "need", "followup")
_SHOWN: Final = 20


class ExportCard(Card):
    """The weekly workbook before it leaves; `left(Exported)`, `failed(error)`."""

    left = Signal(object)
    failed = Signal(object)

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__(_("上报"))
        self._workspace, self._tasks = workspace, tasks
        self.period = ChipGroup(_("周期"))
        self._first, self._last = DayEditor(_("从"), workspace), DayEditor(_("到"), workspace)
        self.privacy = ChipGroup(
            _("内容"), [Choice(_FULL, _("完整版（加密）"), "1"), Choice(_MASKED, _("遮住版"), "2")]
        )
        self.password = password_field(_("本次密码"), _("至少8位，告诉乡镇"))
        self.save = Button(_("导出周报"), PRIMARY, icon="download", key="Ctrl+Enter")
        self._counts = {name: label("", "number") for name in _COUNTED}
        self._notes = label("", "second", wrap=True)
        self._why = label("", "second", wrap=True)
        self.chat = ChatLine(CHAT_KEY)
        self._build()
        self.period.changed.connect(lambda _which: self.refresh())
        self.privacy.changed.connect(lambda _which: self.refresh())
        self._first.changed.connect(lambda _day: self.refresh())
        self._last.changed.connect(lambda _day: self.refresh())
        self.save.clicked.connect(self.choose)

    def refresh(self) -> None:
        """Count anew."""
        self._show_periods()
        masked = self.privacy.value() == _MASKED
        found = weekly_page.outline(self._workspace, self.chosen(), masked=masked)
        for name, number in self._counts.items():
            number.setText(str(found.counts[name]))
        notes = [_("其中需乡镇协调 {count} 件").format(count=found.coordinate)]
        if found.held_back:
            notes.append(_("保密的 {count} 件不随遮住版发出").format(count=found.held_back))
        unreported = weekly_page.unreported(self._workspace).sentence()
        self._notes.setText(_("，").join([*notes, unreported] if unreported else notes))
        self._why.setText(self._reason(masked=masked))
        self._password_row.setVisible(not masked and not weekly_page.has_password(self._workspace))
        self.chat.show_sentence(found.sentence)

    def chosen(self) -> Period:
        """The days asked for; an open end is today."""
        which = self.period.value()
        if which == _OWN:
            today = self._workspace.today
            last = self._last.value() or today
            return weekly_page.range_of(min(self._first.value() or last, last), last)
        return weekly_page.period_of(self._workspace, which or 0)

    def choose(self) -> None:
        """Ask where to, then export."""
        if self._lacks_password() or stop_at_unread(self):
            return
        name = export.default_name(self._workspace, self.chosen())
        folder = self._workspace.store.get("export_folder") or str(Path.home())
        title, kinds = _("导出周报到"), _("Excel 工作簿 (*.xlsx)")
        file, _kind = QFileDialog.getSaveFileName(self, title, str(Path(folder) / name), kinds)
        if file:
            self.export_to(Path(file))

    def _lacks_password(self) -> bool:
        """Whether a full workbook is asked for that nothing would protect; says so beside the field."""
        needed = self.privacy.value() == _FULL and not weekly_page.has_password(self._workspace)
        lacks = needed and len(self.password.value()) < SHORTEST
        self._password_row.set_error(_("先设至少8位的密码，或改报遮住版") if lacks else "")
        if lacks:
            self.password.setFocus()
        return lacks

    def export_to(self, out: Path) -> None:
        """Write the workbook beside the window."""
        if self._lacks_password() or stop_at_unread(self):
            return
        masked = self.privacy.value() == _MASKED
        wish = Wish(not masked, reason=_("周报上报"), password=self.password.value())
        period = self.chosen()
        self._workspace.store.set("export_folder", str(out.parent))
        workspace = self._workspace.for_thread()
        self.save.setEnabled(False)

        def work(job: Job) -> Exported:
            try:
                return export.export(workspace, period, out, wish, job.step)
            finally:
                workspace.close()

        told = _("正在导出 {name}").format(name=out.name)
        self._tasks.start(work, done=self._on_left, failed=self._on_failed, cancelled=self._on_stopped, told=told)

    def _build(self) -> None:
        for part in (self._first, self._last):
            part.setFixedWidth(theme.px(176))
        self._own_days = FieldRow("", self._first, label(_("到"), "second"), self._last)
        self._password_row = FieldRow(_("本次密码"), self.password)
        self.add(FieldRow(_("周期"), self.period))
        self.add(self._own_days)
        self.add(FieldRow(_("内容"), self.privacy))
        self.add(self._password_row)
        self.add(self._why)
        self.add(line())
        self.add(self._numbers())
        self.add(self._notes)
        self.body.addStretch(1)
        self.add(line())
        self.add(row(IconMark("message-square-text", "primary", 16), label(_("发到群里"), "strong"), 1))
        self.add(self.chat)
        self.add(line())
        self.add(row(1, self.save))
        self.period.set_choices(self._period_choices())
        self.period.set_value(0)
        self.privacy.set_value(_FULL if weekly_page.has_password(self._workspace) else _MASKED)

    def _numbers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        for place, (name, number) in enumerate(self._counts.items()):
            of = ledger(name)
            grid.addWidget(number, 0, place)
            grid.addWidget(label(_(of.sheet or of.label), "second"), 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _period_choices(self) -> list[Choice]:
        this, last = (weekly_page.period_of(self._workspace, back) for back in (0, 1))
        words = (_("本周 {week}"), _("上周 {week}"))
        made = [
            Choice(back, word.format(week=weekly_page.week_word(period)), str(back + 1))
            for back, (word, period) in enumerate(zip(words, (this, last), strict=True))
        ]
        return [*made, Choice(_OWN, _("自定"), "3")]

    def _show_periods(self) -> None:
        self._own_days.setVisible(self.period.value() == _OWN)

    def _reason(self, *, masked: bool) -> str:
        if masked:
            return _("姓名、电话、门牌打码，身份证和敏感内容不发；谁都能打开。")
        if weekly_page.has_password(self._workspace):
            return _("用上报密码加密，乡镇的程序直接能收；丢了也打不开。")
        return _("这台电脑没有上报密码：请导入乡镇的开户文件，或在这里设本次密码。")

    def _on_left(self, done: Exported) -> None:
        self.save.setEnabled(True)
        self.password.clear()
        self.left.emit(done)

    def _on_stopped(self) -> None:
        self._on_failed(UserError("stopped", _("导出已停下，没有写出文件。"), _("要交的时候再导一次。")))

    def _on_failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self.failed.emit(error)


class HistoryCard(Card):
    """What left lately."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("报过的表"))
        self._workspace = workspace
        self.rows = RowList(_("报过的表"), height=44, bold=False, select_first=False)
        self._none = label(_("还没有导出过。"), "second")
        self.add(self.rows, 1)
        self.add(self._none)

    def refresh(self) -> None:
        """Read the list anew."""
        found = weekly_page.left(self._workspace)[:_SHOWN]
        self.rows.set_rows([self._row(one) for one in found])
        self.rows.setVisible(bool(found))
        self._none.setVisible(not found)

    def _row(self, one: weekly_page.Left) -> Row:
        today = self._workspace.today
        days = _("{first}—{last}").format(first=wording.day(one.first, today), last=wording.day(one.last, today))
        kind = Mark(_("遮住版"), "grey") if one.masked else Mark(_("完整版"), "green")
        return Row(
            one.file, f"{wording.moment(one.at, today)} · {days}", one.at, icon="file-spreadsheet", marks=(kind,)
        )
