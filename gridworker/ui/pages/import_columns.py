"""What each column of a foreign file was read as, with samples; Enter chooses another field, Delete leaves it out."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from gridworker.i18n import _
from gridworker.ui import keys
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.widgets.row import Mark, Row
from gridworker.ui.widgets.row_delegate import Column
from gridworker.ui.widgets.row_list import RowList

if TYPE_CHECKING:
    from gridworker.services.columns import ColumnPlan, Plans, SheetPlan
    from gridworker.services.whereabouts import Said

_MEMORY: Final = "@memory"
"""The line that says that columns are remembered."""
_FIELD: Final = 166
_SURE: Final = 0.9
"""Confidence from which a field is shown as certain."""

Place = tuple[str, str]
"""Sheet and column letter."""


class ColumnRows(RowList):
    """The columns of a file, sheet by sheet; `changed(plans)` once a person chose otherwise."""

    changed = Signal(object)

    def __init__(self, left_out: str = "") -> None:
        super().__init__(_("栏目对应"), [Column(_("读成"), _FIELD)], height=44, bold=False)
        self._left_out = left_out or _("不导入")
        self._plans: Plans = ()
        self.opened.connect(self.ask)
        keys.bind(self, "Del", self.leave_out, _("不要这一列"))

    def show_plans(self, plans: "Plans") -> None:
        """Show the columns of these tables."""
        self._plans = plans
        self.set_rows([row for one in plans for row in self._rows_of(one, several=len(plans) > 1)])

    def ask(self, place: Place | None) -> None:
        """Let a person say what a column holds."""
        found, said = self._find(place), self._find_said(place)
        if said is not None and place is not None:
            self._ask_place(place, said)
        if found is not None:
            sheet, column = found
            title = _("“{heading}”这一栏是什么").format(heading=column.heading or column.letter)
            dialog = PickDialog(self, title, _("如 电话、住址、不导入"), partial(_fitting, sheet, column))
            dialog.picked.connect(partial(self._take, (sheet.sheet, column.letter)))
            dialog.open()

    def _ask_place(self, place: Place, said: "Said") -> None:
        """Let a person say in which grid, or by whom, all records of a sheet are."""
        from gridworker.services import columns

        title = columns.place_label(said.field)
        hint = _("如 2026，或不填") if said.is_year else _("编号、名称，或不填")
        dialog = PickDialog(self, title, hint, partial(_fitting_places, said))
        dialog.picked.connect(partial(self._place, place))
        dialog.open()

    def leave_out(self) -> None:
        """Do not take the current column, or what is said of all records."""
        from gridworker.services import columns

        found, said = self._find(self.current_key()), self._find_said(self.current_key())
        if self._is_memory(self.current_key()):
            self.changed.emit(columns.to_forget(self._plans, self.current_key()[0]))
        if said is not None and said.value:
            self._place(self.current_key(), "")
        if found is not None and found[1].field:
            self._take((found[0].sheet, found[1].letter), "")

    def why(self, place: Place | None) -> str:
        """What is to be said of a column: its samples in full, and why it is left out."""
        from gridworker.services import columns

        found, said = self._find(place), self._find_said(place)
        if said is not None:
            return _of_place(said)
        if self._is_memory(place):
            return _("这种表头照上次改好的读。Delete 忘掉，按程序认出的重读。")
        if found is None:
            return ""
        column = found[1]
        samples = _("例如：{samples}").format(samples=_("、").join(column.samples)) if column.samples else _("全是空的")
        keys_told = _("回车改选，Delete 不要这一栏。") if column.field else _("回车选它是哪一项。")
        return _("。").join(filter(None, (columns.why(column), samples, keys_told)))

    def _take(self, place: Place, field: str) -> None:
        from gridworker.services import columns

        self.changed.emit(columns.changed(self._plans, *place, field))

    def _place(self, place: Place, value: str) -> None:
        from gridworker.services import columns

        self.changed.emit(columns.placed(self._plans, *place, value))

    def _rows_of(self, plan: "SheetPlan", *, several: bool) -> list[Row]:
        head = [Row(plan.sheet, heading=True)] if several and plan.sheet else []
        places = [_place_row(plan, said) for said in plan.places]
        memory = [_memory_row(plan)] if plan.memory is not None else []
        return [*head, *memory, *places, *(self._row(plan, column) for column in plan.columns)]

    def _row(self, plan: "SheetPlan", column: "ColumnPlan") -> Row:
        title = f"{column.letter}　{column.heading}" if column.heading else column.letter
        icon, tone = _lead(column)
        return Row(
            title, _(" ／ ").join(column.samples), (plan.sheet, column.letter), icon=icon, icon_tone=tone,
            marks=(_mark(column, self._left_out),),
        )  # fmt: skip

    def _find(self, place: Place | None) -> "tuple[SheetPlan, ColumnPlan] | None":
        if place is None:
            return None
        found = ((one, column) for one in self._plans for column in one.columns)
        return next(((one, column) for one, column in found if (one.sheet, column.letter) == place), None)

    @staticmethod
    def _is_memory(place: Place | None) -> bool:
        return place is not None and place[1] == _MEMORY

    def _find_said(self, place: Place | None) -> "Said | None":
        every = ((one.sheet, said) for one in self._plans for said in one.places)
        return next((said for sheet, said in every if (sheet, said.field) == place), None)


def _memory_row(plan: "SheetPlan") -> Row:
    """That columns are read as a person corrected them before, and for whose sheets."""
    whose = _("{sender}的表").format(sender=plan.memory) if plan.memory else _("所有这样的表")
    return Row(_("记住的对应"), whose, (plan.sheet, _MEMORY), icon="history", icon_tone="blue")


def _place_row(plan: "SheetPlan", said: "Said") -> Row:
    """What holds for all records of a sheet: amber where it says something that was not taken."""
    from gridworker.services import columns

    is_open = not said.value
    tone = "blue" if said.by_hand else "amber" if is_open and said.told else "grey" if is_open else "green"
    icons = {"blue": "user-check", "amber": "circle-question-mark", "grey": "circle-dashed", "green": "circle-check"}
    return Row(
        columns.place_label(said.field), said.told, (plan.sheet, said.field), icon=icons[tone], icon_tone=tone,
        marks=(Mark(said.shown or _("不填"), tone),),
    )  # fmt: skip


def _of_place(said: "Said") -> str:
    if said.by_hand:
        return _("您选定的；回车改选，Delete 不填。")
    told = _("表里写着：{told}").format(told=said.told) if said.told else _("表里没有写")
    return _("{told}。回车改选，Delete 不填。").format(told=told)


def _fitting_places(said: "Said", typed: str) -> Sequence[Row]:
    """The grids or workers that fit typed words; leaving it open is the last."""
    fitting = [Row(name, "", value) for value, name in said.choices if all(word in name for word in typed.split())]
    kept = _("写了年份的照样采用，没写的逐个问") if said.is_year else _("各行自己写的照样采用")
    return [*fitting, Row(_("不填"), kept, "", icon="circle-dashed", icon_tone="grey")]


def _mark(column: "ColumnPlan", left_out: str) -> Mark:
    from gridworker.services import columns

    if column.doubt == "serial" and not column.field:
        return Mark(_("行号"), "grey")
    if not column.field:
        return Mark(left_out, "grey" if column.by_hand else "amber")
    tone = "blue" if column.by_hand else "green" if column.confidence >= _SURE else "amber"
    told = columns.label(column.field)
    return Mark(column.heading if told == column.field else told, tone)


def _lead(column: "ColumnPlan") -> tuple[str, str]:
    if column.field:
        return ("user-check", "blue") if column.by_hand else ("circle-check", "green")
    return (
        ("circle-dashed", "grey") if column.by_hand or column.doubt == "serial" else ("circle-question-mark", "amber")
    )


def _fitting(sheet: "SheetPlan", column: "ColumnPlan", typed: str) -> Sequence[Row]:
    """The fields that fit typed words, the likeliest first; leaving out stands at the end of the first look."""
    from gridworker.services import columns

    out = Row(_("不导入这一栏"), "", "", icon="circle-dashed", icon_tone="grey")
    taken = {one.field: one.heading for one in sheet.columns if one.field and one is not column}
    rows = [
        Row(
            columns.label(name),
            _("现在是“{heading}”那一栏").format(heading=taken[name]) if name in taken else "",
            name,
            marks=(_reason(column, name),),
        )
        for name in columns.targets(sheet, column)
        if columns.fits(name, typed)
    ]
    return [*rows, out] if typed and typed in out.title else [*rows[:2], out, *rows[2:]] if not typed else rows


def _reason(column: "ColumnPlan", name: str) -> Mark:
    from gridworker.services import columns

    if name == column.suggestion:
        return Mark(_("栏名相近"), "amber")
    return Mark(_("新的一项"), "blue") if columns.is_own(name) else Mark("")
