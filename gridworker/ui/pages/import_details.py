"""One file that was looked at: what it would change, old beside new, and where it asks for a hand."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.ui.pages.first_run_who import column_of
from gridworker.ui.pages.import_columns import ColumnRows
from gridworker.ui.widgets.button import Button, link
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.chip import ChipGroup, Choice
from gridworker.ui.widgets.field import FieldRow, TextField
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.preview import Altered, Looked, Touched

CHANGES: Final = "changes"
COLUMNS: Final = "columns"
PROBLEMS: Final = "problems"
SHOWN: Final = 300
"""Records or problems listed at most; nobody reads more before importing."""
_LONGEST: Final = 40
ERASED_BEFORE: Final = "erased_before"
"""The code of the question about a row that tells of whom was erased."""


class DetailsCard(Card):
    """Changes, problems and columns of one file, or the question for its password: `password_given(password)`.

    `columns_given(plans)` when a person said what its columns hold; `columns_asked` for a file that was taken before;
    `erased_asked` when rows about whom was erased are to come in all the same.
    """

    password_given = Signal(str)
    columns_given = Signal(object)
    columns_asked = Signal()
    erased_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file: Looked | None = None
        self._spoken: dict[int, str] = {}
        self.name = ElidedLabel("", "strong")
        self.told = label("", "second", wrap=True)
        self.tabs = ChipGroup(_("看什么"), [Choice(CHANGES, _("会改动")), Choice(PROBLEMS, _("问题"))], wrap=False)
        self.tabs.set_value(CHANGES)
        self.rows = RowList(_("会改动的内容"), height=44, bold=False, select_first=False)
        self.sentence = label("", "second", "text", wrap=True)
        self.password = TextField(_("文件密码"), _("对方设的密码"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.use = Button(_("打开"), key="Enter")
        self.question = self._build_question()
        self.columns = ColumnRows()
        self.again = link(_("这份表以前导入过，重新对栏目"), icon="refresh-cw")
        self.let_in = link(_("已永久删除的人，仍要导入"), icon="user-check")
        self.rows.setMinimumHeight(120)
        self.columns.setMinimumHeight(120)
        for part in (self.name, self.told, self.question, self.tabs):
            self.add(part)
        self.add(self.rows, 1)
        self.add(self.columns, 1)
        self.add(self.again)
        self.add(self.let_in)
        self.add(self.sentence)
        self._filler = QWidget()
        self.add(self._filler, 1)
        self.tabs.changed.connect(lambda _tab: self._fill())
        self.rows.chosen.connect(self._speak)
        self.columns.chosen.connect(self._speak_of_column)
        self.columns.changed.connect(self.columns_given)
        self.again.clicked.connect(self.columns_asked)
        self.let_in.clicked.connect(self.erased_asked)
        self.password.returnPressed.connect(self._use)
        self.use.clicked.connect(self._use)

    def _build_question(self) -> QWidget:
        box = QWidget()
        column = column_of(box, 4)
        column.addWidget(FieldRow(_("文件密码"), self.password))
        column.addLayout(row(label(_("别的要密码的文件也用它试一次"), "second"), 1, self.use))
        return box

    def first_focus(self) -> QWidget:
        """Where Enter on the file leads."""
        if self.is_asking():
            return self.password
        return self.columns if self._shows_columns() else self.rows

    def show_columns(self) -> None:
        """Go to the columns of the file shown."""
        self.tabs.set_value(COLUMNS)
        self._fill()
        self.columns.setFocus()

    def _shows_columns(self) -> bool:
        return bool(self.tabs.value() == COLUMNS)

    def is_asking(self) -> bool:
        """Whether the file shown wants a password."""
        from gridworker.services import preview

        return self._file is not None and self._file.kind == preview.LOCKED

    def show_file(self, found: "Looked") -> None:
        """Show one file, its problems first if they are all it has."""
        report = found.report
        if self._file is None or self._file.path != found.path:
            is_silent = not found.packed and bool(report.problems or report.remarks)
            self.tabs.set_value(PROBLEMS if is_silent else CHANGES)
        self._file = found
        self.name.setText(report.file)
        self.name.setToolTip(str(found.path))
        self.told.setText(_summary(found))
        self.tabs.set_choices(_tabs(found))
        self.columns.show_plans(report.columns)
        self.question.setVisible(self.is_asking())
        self.tabs.setVisible(report.error is None)
        self._filler.setVisible(report.error is not None)
        self._fill()

    def _fill(self) -> None:
        self.sentence.hide()
        is_read = self._file is not None and self._file.report.error is None
        self.rows.setVisible(is_read and not self._shows_columns())
        self.columns.setVisible(is_read and self._shows_columns())
        self.again.setVisible(self._can_be_asked_again())
        problems = self._file.report.problems if self._file else ()
        self.let_in.setVisible(is_read and any(one.code == ERASED_BEFORE for one in problems))
        if self._file is None or not is_read:
            return
        if self._shows_columns():
            self._speak_of_column(self.columns.current_key())
            return
        if self.tabs.value() == PROBLEMS:
            report = self._file.report
            told = [*report.problems[:SHOWN], *report.remarks]
            rows = [_told_row(place, one, is_remark=one in report.remarks) for place, one in enumerate(told)]
            self._spoken = {place: _whole(one.message, one.value) for place, one in enumerate(told)}
            hidden = len(report.problems) - SHOWN
        else:
            touched = self._file.touched()
            rows, self._spoken = list(_change_rows(touched[:SHOWN])), {}
            hidden = len(touched) - SHOWN
        if hidden > 0:
            rows.append(Row(_("还有 {count} 条，导入后可在各页查看").format(count=hidden), heading=True))
        self.rows.set_rows(rows)
        self.rows.scrollToTop()

    def _can_be_asked_again(self) -> bool:
        """Whether it is somebody else's file that was taken before, and so was not read now."""
        report = self._file.report if self._file else None
        return report is not None and report.kind == "foreign" and bool(report.known) and not report.columns

    def _speak_of_column(self, place: tuple[str, str] | None) -> None:
        self.sentence.setText(self.columns.why(place))
        self.sentence.setVisible(bool(self.sentence.text()))

    def _speak(self, place: int | None) -> None:
        """The whole sentence of a problem: in the list it is cut."""
        self.sentence.setText(self._spoken.get(place, "") if place is not None else "")
        self.sentence.setVisible(bool(self.sentence.text()))

    def _use(self) -> None:
        if self.password.value():
            self.password_given.emit(self.password.value())
            self.password.clear()


def _tabs(found: "Looked") -> list[Choice]:
    """What there is to see of a file; columns only of somebody else's, how many are left out beside the word."""
    report = found.report
    tabs = [
        Choice(CHANGES, _("会改动"), count=report.created + report.changed or None),
        Choice(PROBLEMS, _("问题"), count=len(report.problems) or None),
    ]
    left_out = sum(not one.field and one.doubt != "serial" for sheet in report.columns for one in sheet.columns)
    return [*tabs, Choice(COLUMNS, _("栏目对应"), count=left_out or None)] if report.columns else tabs


def _summary(found: "Looked") -> str:
    from gridworker.services import preview

    report = found.report
    if report.error:
        return report.error.told
    if found.kind == preview.KNOWN:
        return _("这份文件以前导入过，一个字没变；再导入只记下又收到了它。")
    if found.kind == preview.RETURNING:
        return _("这份文件以前导入过又撤销了；再导入就是把它放回来。")
    if not report.created + report.changed + report.conflicts + report.proposals:
        return _("这份表没有新内容；导入只记下收到了它。")
    said = _("新增 {created} 条，改动 {changed} 条").format(created=report.created, changed=report.changed)
    if report.conflicts:
        said += _("；两边都改过 {count} 处，导入后再选").format(count=report.conflicts)
    if report.proposals:
        said += _("；与已有的不同、等人确认 {count} 处").format(count=report.proposals)
    if report.absent:
        said += _("；表里少了 {count} 行，不删任何记录").format(count=report.absent)
    if report.remarks:
        said += _("；另有说明 {count} 条").format(count=len(report.remarks))
    if report.problems:
        said += _("；看不懂 {count} 处").format(count=len(report.problems))
    return said


def _told_row(place: int, problem: Any, *, is_remark: bool) -> Row:
    """A problem; or a remark, which nobody has to answer."""
    where = f"{problem.sheet}!{problem.cell}".strip("!") or _("整个文件")
    icon, tone = ("info", "text2") if is_remark else ("triangle-alert", "amber")
    title = f"{where}　{' '.join(problem.value.split())}" if problem.value else where
    return Row(title, problem.message, place, icon=icon, icon_tone=tone)


def _whole(message: str, value: str) -> str:
    sentence = message.removesuffix(_("。"))
    return _("{message}（现在是：{value}）").format(message=sentence, value=value) if value else message


def _change_rows(touched: "Sequence[Touched]") -> Iterator[Row]:
    for one in touched:
        title = f"{_(ledger(one.ledger).label)} · {one.title}"
        fields = [field for field in one.fields if field.state or not one.is_new]
        if one.is_new:
            words = _("，").join(field.after for field in one.fields if field.after and not field.state)
            yield Row(title, words, icon="plus", icon_tone="green", marks=(Mark(_("新增"), "green"),))
        else:
            yield Row(title, heading=True)
        yield from map(_field_row, fields)


def _field_row(field: "Altered") -> Row:
    from gridworker.services import preview

    before, after = (_cut(text) or _("空") for text in (field.before, field.after))
    if field.state == preview.CONFLICT:
        words = _("{one} ↔ {other}").format(one=before, other=after)
        return Row(field.label, words, icon="git-compare", icon_tone="violet", marks=(Mark(_("两边都改过"), "violet"),))
    words = f"{before} → {after}"
    if field.state == preview.PROPOSAL:
        return Row(
            field.label, words, icon="circle-question-mark", icon_tone="blue", marks=(Mark(_("待确认"), "blue"),)
        )
    mark = Mark(_("乡镇"), "amber") if field.township else Mark("")
    icon, tone = ("reply", "amber") if field.township else ("pencil", "text2")
    return Row(field.label, words, icon=icon, icon_tone=tone, marks=(mark,))


def _cut(text: str) -> str:
    plain = text.replace("\n", " ")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
