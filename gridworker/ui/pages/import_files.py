"""Files that were looked at: what each would do, in six counts; Space leaves one out, the rest come in."""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.ui import keys, theme
from gridworker.ui.page import page_column, page_row
from gridworker.ui.pages.import_details import DetailsCard
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList, headed

if TYPE_CHECKING:
    from gridworker.services.import_report import FileReport
    from gridworker.services.preview import Looked

_COUNT: Final = 36
_KIND: Final = 62


class FilesView(QWidget):
    """The list at the left, the chosen file at the right; `taken`, `left`, `password_given(password)`.

    `columns_given(place, plans)` when a person said what the columns of a file hold, None to read them first.
    """

    taken = Signal()
    left = Signal()
    password_given = Signal(str)
    columns_given = Signal(int, object)
    erased_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._files: list[Looked] = []
        self._out: set[int] = set()
        self.files = RowList(_("要导入的文件"), _columns(), height=46, select_first=True)
        self.details = DetailsCard()
        self.total = label("", "second")
        self.take_button = Button(_("导入"), PRIMARY, icon="check", key="Ctrl+Enter")
        self.leave_button = Button(_("不导入"), key="Esc")
        self._build()
        self._connect()

    def _build(self) -> None:
        card = self._card = Card(_("要导入的文件"), " ")
        card.add(headed(_("文件"), self.files), 1)
        card.add(row(KeyLegend([("↑ ↓", _("看下一个")), ("Space", _("留下 ／ 带上"))]), 1, self.total))
        right = QWidget()
        column = page_column()
        right.setLayout(column)
        column.addWidget(self.details, 1)
        column.addLayout(row(1, self.leave_button, self.take_button))
        across = page_row()
        across.addWidget(card, 7)
        across.addWidget(right, 5)
        self.setLayout(across)

    def _connect(self) -> None:
        self.files.chosen.connect(self._show_details)
        self.files.opened.connect(lambda _place: self.details.first_focus().setFocus())
        self.take_button.clicked.connect(self._take)
        self.leave_button.clicked.connect(self.left)
        self.details.password_given.connect(self.password_given)
        self.details.columns_given.connect(self._on_columns)
        self.details.columns_asked.connect(lambda: self._on_columns(None))
        self.details.erased_asked.connect(self._on_erased_asked)
        keys.bind(self.files, "Space", self.toggle)
        keys.bind(self, "Ctrl+Enter", self._take)
        keys.bind(self, "Esc", self.left.emit)

    def show_files(self, files: "Sequence[Looked]") -> None:
        """Show what was looked at; only what would do something is taken."""
        self._files = list(files)
        self._out &= set(range(len(files)))
        self._fill()
        self._show_details(self.files.current_key())

    def begin(self, files: "Sequence[Looked]") -> None:
        """Show another group of files, none of them left out."""
        self._out = set()
        self.show_files(files)
        self.files.select_number(0)

    def all_files(self) -> "list[Looked]":
        """Every file shown."""
        return self._files

    def chosen(self) -> "list[Looked]":
        """The files to be taken, and those that cannot be read, which say so once more."""
        return [one for place, one in enumerate(self._files) if self._is_in(place) or one.report.error]

    def toggle(self) -> None:
        """Leave the current file out, or take it after all."""
        place = self.files.current_key()
        if place is not None and self._files[place].is_takable:
            self._out ^= {place}
            self._fill()

    def first_focus(self) -> QWidget:
        """The password that is asked for, or the list."""
        return self.details.password if self.details.is_asking() and len(self._files) == 1 else self.files

    def _is_in(self, place: int) -> bool:
        return self._files[place].is_takable and place not in self._out

    def _on_columns(self, plans: object) -> None:
        place = self.files.current_key()
        if place is not None:
            self.columns_given.emit(place, plans)

    def _on_erased_asked(self) -> None:
        place = self.files.current_key()
        if place is not None:
            self.erased_asked.emit(place)

    def _take(self) -> None:
        if self.take_button.isEnabled():
            self.taken.emit()

    def _show_details(self, place: int | None) -> None:
        if place is not None and place < len(self._files):
            self.details.show_file(self._files[place])

    def _fill(self) -> None:
        inside = [one for place, one in enumerate(self._files) if self._is_in(place)]
        self.files.set_rows([_row(place, one, self._is_in(place)) for place, one in enumerate(self._files)])
        self.take_button.show_face(_("导入 {count} 个文件").format(count=len(inside)), icon="check", key="Ctrl+Enter")
        self.take_button.setEnabled(bool(inside))
        self._card.show_note(self._said(len(inside)))
        words = _("新增 {created} · 改动 {changed} · 两边都改过 {conflicts}")
        told = {name: sum(getattr(one.report, name) for one in inside) for name in ("created", "changed", "conflicts")}
        self.total.setText(words.format(**told))

    def _said(self, inside: int) -> str:
        """How many files of what kind, the ones that want a hand by name."""
        from gridworker.services import preview

        kinds = [one.kind for one in self._files]
        words = {
            preview.LOCKED: _("要密码 {count} 个"),
            preview.BROKEN: _("读不了 {count} 个"),
            preview.KNOWN: _("已导入过 {count} 个"),
        }
        told = [word.format(count=kinds.count(kind)) for kind, word in words.items() if kind in kinds]
        return _("，").join([_("{count} 个文件").format(count=len(kinds)), *told])


def _columns() -> list[Column]:
    counts = (_("新增"), _("改动"), _("两边改"), _("待确认"), _("缺行"), _("问题"))
    scale = theme.current().scale
    widths = (max(_COUNT, ceil(theme.text_width(word, 12) / scale)) for word in counts)
    return [
        Column(_("种类"), _KIND),
        *(Column(word, width, right=True) for word, width in zip(counts, widths, strict=True)),
    ]


def _row(place: int, one: "Looked", is_in: bool) -> Row:
    icon, tone, tint = _lead(one, is_in)
    report = one.report
    if report.error:
        return Row(
            report.file, report.error.told, place, icon=icon, icon_tone=tone, tint=tint,
            marks=(kind_mark(one), *[Mark("")] * 6),
        )  # fmt: skip
    who = " · ".join(word for word in (report.sender, report.grid, week_label(report)) if word)
    second = who or _("没有写明是谁的")
    second = second if is_in else _("不导入：{who}").format(who=second)
    marks = (kind_mark(one), *(_count(report, name) for name in _COUNTED))
    return Row(report.file, second, place, icon=icon, icon_tone=tone, marks=marks)


_COUNTED: Final = {"created": "", "changed": "", "conflicts": "violet", "proposals": "blue", "absent": "amber"} | {
    "problems": "amber"
}


def _count(report: "FileReport", name: str) -> Mark:
    found = getattr(report, name)
    number = len(found) if name == "problems" else found
    return Mark(str(number), _COUNTED[name] if number else "")


def _lead(one: "Looked", is_in: bool) -> tuple[str, str, str]:
    """Icon, its tone and the tint of the row."""
    from gridworker.services import preview

    if one.kind == preview.BROKEN:
        return "circle-x", "red", "red"
    if one.kind == preview.LOCKED:
        return "lock", "amber", "amber"
    return ("circle-check", "primary", "") if is_in else ("circle-dashed", "grey", "")


def kind_mark(one: "Looked") -> Mark:
    """What a file is, in one word."""
    from gridworker.services import preview

    words = {
        preview.OURS: (_("本程序"), "green"),
        preview.FOREIGN: (_("别处"), "blue"),
        preview.KNOWN: (_("已导入"), "grey"),
        preview.RETURNING: (_("放回"), "green"),
        preview.LOCKED: (_("要密码"), "amber"),
        preview.BROKEN: (_("读不了"), "red"),
    }
    return Mark(*words[one.kind])


def week_label(report: "FileReport") -> str:
    """第48周 of a file that names its week."""
    from gridworker.domain.calendar import parse_week

    return parse_week(report.week).label if report.week else ""
