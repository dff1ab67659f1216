"""Beside the table of hand-ins: files of the last import that ask for a hand, and who to remind."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gridworker.i18n import _
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.row import Row
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.arrivals import Arrival
    from gridworker.services.import_report import FileReport

CONFLICTS = ":conflicts"  # the key of the row that leads to the open choices


class ProblemsCard(Card):
    """Files of the last import that ask for a hand: `report_asked`, `choices_asked`."""

    report_asked = Signal()
    choices_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("要处理"))
        self._reports: dict[str, FileReport] = {}
        self._conflicts = 0
        self.files = RowList(_("要处理的文件"), height=46, select_first=False)
        self.cells = RowList(_("这个文件的问题"), height=46, bold=False, select_first=False)
        self.told = label("", "second", "text", wrap=True)
        self.back = link(_("返回"), icon="chevron-left")
        self.name = ElidedLabel("", "strong")
        self.report = Button(_("导出检查结果"), icon="file-check", small=True)
        self.empty = label(_("没有要处理的文件。把周报或整个文件夹拖进来就能导入。"), "second", wrap=True)
        self.heading = QWidget()
        self.heading.setLayout(row(self.back, self.name))
        self.add(self.heading)
        self.add(self.empty, 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.files, self.cells):
            part.setMinimumHeight(100)
            self.add(part, 1)
        self.add(self.told)
        self.add(row(self.report, 1))
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.files.acted.connect(self._open)
        self.files.opened.connect(self._open)
        self.back.clicked.connect(self._show)
        self.cells.chosen.connect(self._tell)
        self.report.clicked.connect(self.report_asked)

    def show_arrival(self, arrival: "Arrival") -> None:
        """The files of an import that have something to say; files that are fine now leave the list."""
        for one in arrival.reports:
            self._reports.pop(one.file, None)
            if one.problems or one.error:
                self._reports[one.file] = one
        self._fill()

    def show_conflicts(self, count: int) -> None:
        """How many choices are open."""
        self._conflicts = count
        self._fill()

    def count(self) -> int:
        """How many things wait for a hand."""
        return len(self._reports) + bool(self._conflicts)

    def _fill(self) -> None:
        rows = [_file_row(one) for one in self._reports.values()]
        if self._conflicts:
            words = _("{count} 处写法不同").format(count=self._conflicts)
            rows.append(Row(words, _("几份都在，选一个"), CONFLICTS, icon="git-compare", icon_tone="violet"))
        self.files.set_rows(rows)
        self.show_note(str(self.count() or ""))
        self._show()

    def _show(self) -> None:
        self.heading.hide()
        self.cells.hide()
        self.told.hide()
        self.files.setVisible(self.files.count() > 0)
        self.empty.setVisible(self.files.count() == 0)
        self.report.setVisible(bool(self._reports))

    def _open(self, file: str) -> None:
        """What a file has to say, cell by cell."""
        if file == CONFLICTS:
            self.choices_asked.emit()
            return
        self.name.setText(file)
        self.cells.set_rows([_cell_row(one) for one in self._reports[file].problems])
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


def _file_row(report: "FileReport") -> Row:
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
