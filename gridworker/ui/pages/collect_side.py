"""Beside the table of hand-ins: the import that runs, files that ask for a hand, earlier imports, who to remind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.i18n import _
from gridworker.services.arrivals import Import
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.pages.unlock import password_field
from gridworker.ui.widgets.button import STOP, Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.icon_mark import IconMark
from gridworker.ui.widgets.key_cap import key_cap
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.message_bar import ProgressLine
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival
    from gridworker.services.intake import FileReport

PROBLEMS = "problems"
HISTORY = "history"
CONFLICTS = ":conflicts"  # the key of the row that leads to the open choices


class ImportCard(Card):
    """正在导入: how far, which file, how to stop; `cancelled`."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(_("正在导入"))
        self.count = label("", "second")
        self.stop = Button(_("取消"), STOP)
        self.progress = ProgressLine(width=200)
        self.file = ElidedLabel("", "body")
        self.add_action(self.count)
        self.add_action(self.stop)
        self.add_action(key_cap("Esc"))
        self.note.setVisible(True)
        self.add(self.progress)
        self.add(row(IconMark("file-spreadsheet", "text2", 15), self.file))
        self.stop.clicked.connect(self.cancelled)
        self.hide()

    def show_progress(self, share: float, name: str) -> None:
        """How far the import is, and the file it is at."""
        self.progress.show_share(share)
        self.count.setText(f"{share:.0%}")
        self.file.setText(name or _("快好了…"))
        self.show()


class ProblemsCard(Card):
    """Files that ask for a hand, and earlier imports.

    `password_given(file, password)`, `undo_asked(batch)`, `report_asked`, `choices_asked`.
    """

    password_given = Signal(str, str)
    undo_asked = Signal(object)
    report_asked = Signal()
    choices_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reports: dict[str, FileReport] = {}
        self._conflicts = 0
        self._asked = ""
        self.tabs = ChipGroup(_("看什么"), [Choice(PROBLEMS, _("要处理")), Choice(HISTORY, _("导入记录"))], wrap=False)
        self.tabs.set_value(PROBLEMS)
        self.files = RowList(_("要处理的文件"), height=46, select_first=False)
        self.cells = RowList(_("这个文件的问题"), height=46, bold=False, select_first=False)
        self.history = RowList(_("导入记录"), height=46, bold=False, select_first=False)
        self.told = label("", "second", "text", wrap=True)
        self.back = link(_("返回"), icon="chevron-left")
        self.name = ElidedLabel("", "strong")
        self.report = Button(_("导出检查结果"), icon="file-check", small=True)
        self.empty = label("", "second", wrap=True)
        self.field = password_field(_("这份周报的密码"), _("这份周报的密码"))
        self.use = Button(_("再试"))
        self.asked = ElidedLabel("", "strong")
        self.question = self._build_question()
        self.heading = QWidget()
        self.heading.setLayout(row(self.back, self.name))
        for part in (self.tabs, self.heading, self.question):
            self.add(part)
        self.add(self.empty, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.files, self.cells, self.history):
            part.setMinimumHeight(100)
            self.add(part, 1)
        self.add(self.told)
        self.add(row(self.report, 1))
        self._connect()
        self._show()

    def _build_question(self) -> QWidget:
        box = QWidget()
        column = column_of(box, 4)
        column.addWidget(self.asked)
        column.addWidget(label(_("它不是用上报密码加密的，请问网格员"), "second"))
        column.addLayout(row(self.field, self.use))
        box.hide()
        return box

    def _connect(self) -> None:
        self.tabs.changed.connect(lambda _tab: self._show())
        self.files.acted.connect(self._open)
        self.files.opened.connect(self._open)
        self.back.clicked.connect(self._show)
        self.cells.chosen.connect(self._tell)
        self.report.clicked.connect(self.report_asked)
        self.history.acted.connect(self.undo_asked)
        self.use.clicked.connect(self._use)
        self.field.returnPressed.connect(self._use)

    def show_arrival(self, arrival: "Arrival") -> None:
        """The files of an import that have something to say; files that are fine now leave the list."""
        for one in arrival.reports:
            self._reports.pop(one.file, None)
            if one.problems or one.error:
                self._reports[one.file] = one
        self.tabs.set_value(PROBLEMS)
        self._fill()

    def show_state(self, conflicts: int, imports: Sequence[Import]) -> None:
        """Open choices and earlier imports."""
        self._conflicts = conflicts
        self.history.set_rows([_import_row(one) for one in imports])
        self._fill()

    def count(self) -> int:
        """How many things wait for a hand."""
        return len(self._reports) + bool(self._conflicts)

    def _fill(self) -> None:
        rows = [_file_row(one) for one in self._reports.values()]
        if self._conflicts:
            words = _("{count} 处两边都改过").format(count=self._conflicts)
            rows.append(Row(words, _("两份都在，选一个"), CONFLICTS, icon="git-compare", icon_tone="violet"))
        self.files.set_rows(rows)
        count = self.count()
        self.tabs.set_choices([
            Choice(PROBLEMS, _("要处理"), count=count or None), Choice(HISTORY, _("导入记录")),
        ])  # fmt: skip
        self._show()

    def _show(self) -> None:
        problems = self.tabs.value() == PROBLEMS
        self.question.hide()
        self.heading.hide()
        self.cells.hide()
        self.told.hide()
        self.files.setVisible(problems and self.files.count() > 0)
        self.history.setVisible(not problems and self.history.count() > 0)
        shown = self.files if problems else self.history
        self.empty.setVisible(shown.count() == 0)
        self.empty.setText(
            _("没有要处理的文件。把周报或整个文件夹拖进来就能导入。") if problems else _("还没有导入过。")
        )
        self.report.setVisible(problems and bool(self._reports))

    def _open(self, file: str) -> None:
        """What a file has to say: its cells, or the question for its password."""
        if file == CONFLICTS:
            self.choices_asked.emit()
            return
        report = self._reports[file]
        if _wants_password(report):
            self._asked = file
            self.asked.setText(file)
            self.question.show()
            self.field.setFocus()
            return
        self.name.setText(file)
        self.cells.set_rows([_cell_row(one) for one in report.problems])
        self.files.hide()
        self.heading.show()
        self.cells.show()
        self.cells.select_number(0)
        self.cells.setFocus()

    def _tell(self, problem: tuple[str, str] | None) -> None:
        """The whole sentence of the current cell, with what stands there: in the list it is cut."""
        message, value = problem or ("", "")
        self.told.setText(_("{message}（现在是：{value}）").format(message=message, value=value) if value else message)
        self.told.setVisible(bool(message))

    def _use(self) -> None:
        if self._asked and self.field.text():
            self.password_given.emit(self._asked, self.field.text())
            self.field.clear()
            self.question.hide()


class RemindCard(Card):
    """发到群里: the sentence about who is missing, and its copy."""

    def __init__(self) -> None:
        super().__init__(_("发到群里"))
        self.sentence = label("", "second", wrap=True)
        self.copy = link(_("复制"), icon="copy")
        self.note.setVisible(True)
        self.add_action(self.copy)
        self.add(self.sentence)
        self.copy.clicked.connect(self.copy_sentence)

    def show_sentence(self, sentence: str) -> None:
        """Another sentence."""
        self.sentence.setText(sentence)
        self.copy.show_face(_("复制"), icon="copy")

    def copy_sentence(self) -> None:
        """Codes and workers' names only: nothing about residents is in it."""
        QApplication.clipboard().setText(self.sentence.text())
        self.copy.show_face(_("已复制"), icon="check")


def _wants_password(report: "FileReport") -> bool:
    return report.error is not None and "pass" in report.error.code


def _file_row(report: "FileReport") -> Row:
    if _wants_password(report):
        return Row(report.file, _("密码不对"), report.file, icon="lock", icon_tone="blue", verb=_("输入密码"))
    first = report.problems[0] if report.problems else None
    words = f"{first.cell} {first.message}".strip() if first else ""
    if len(report.problems) > 1:
        words = _("{count} 处：{first}").format(count=len(report.problems), first=words)
    failed = report.error is not None
    icon, tone = ("circle-x", "red") if failed else ("triangle-alert", "amber")
    return Row(report.file, words, report.file, icon=icon, icon_tone=tone, verb=_("看问题"))


def _cell_row(problem: Any) -> Row:
    place = f"{problem.sheet} {problem.cell}".strip() or _("整个文件")
    return Row(place, problem.message, (problem.message, problem.value), icon="circle-x", icon_tone="red")


def _import_row(one: Import) -> Row:
    moment = one.at[5:16].replace("T", " ")
    who = " ".join(word for word in (one.grid, one.week, one.sender) if word)
    second = " · ".join(word for word in (who, moment, _("已撤销") if one.undone else "") if word)
    icon, tone = ("undo-2", "grey") if one.undone else ("file-spreadsheet", "text2")
    return Row(one.file, second, one.id, icon=icon, icon_tone=tone, verb="" if one.undone else _("撤销"))
