"""One table of units with their numbers: counts as typed, rates and totals as formulas that come to the same values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gridworker.exchange.layout import cell_name, column_letter
from gridworker.exchange.styles import Styles

UNKNOWN: Final = "—"
FIRST_NUMBER: Final = 3
"""The column of the first number, from 0; before it stand code, name and people."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A count, or a rate of one count over the sum of others."""

    name: str
    head: str
    over: tuple[str, ...] = ()
    """For a rate: what stands below the line; `name` is then the count above it."""
    group: str = ""
    """The word over its columns, written where a group begins."""
    width: float = 5.6

    @property
    def is_rate(self) -> bool:
        """Whether it is worked out from others."""
        return bool(self.over)


COLUMNS: Final = (
    NumberColumn("homes", "在册\n户", group="走访（本周）", width=6),
    NumberColumn("met", "见面\n户"),
    NumberColumn("met", "覆盖率", ("homes",), width=7),
    NumberColumn("due", "应访\n户"),
    NumberColumn("due_done", "应访\n完成"),
    NumberColumn("due_done", "完成率", ("due",), width=7),
    NumberColumn("visits", "走访\n次数"),
    NumberColumn("not_met", "未见\n面"),
    NumberColumn("opening", "期初", group="诉求（期初＋新增－办结＝未办结）"),
    NumberColumn("new", "本周\n新增"),
    NumberColumn("closed", "本周\n办结"),
    NumberColumn("open", "未办结"),
    NumberColumn("overdue", "其中\n超期"),
    NumberColumn("closed", "办结率", ("opening", "new"), width=7),
    NumberColumn("in_time", "按时\n办结"),
    NumberColumn("in_time", "及时率", ("closed",), width=7),
    NumberColumn("called", "已回访", group="回访（本周办结的）"),
    NumberColumn("answered", "有评价"),
    NumberColumn("satisfied", "满意"),
    NumberColumn("satisfied", "满意率", ("answered",), width=7),
)
STOCK: Final = frozenset({"homes", "opening", "open", "overdue", "due"})
"""What is known of a unit also in a week whose workbook is not here."""
WIDTHS: Final = (8, 14, 8, *(one.width for one in COLUMNS), 10)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit: its counts by name; `lacking` where its workbook of the week is not here."""

    code: str
    name: str
    people: str
    counts: Mapping[str, int]
    lacking: bool = False
    note: str = ""
    source: str = ""
    """A sheet whose total this line repeats by formula."""
    source_row: int = 0

    def shown(self, name: str) -> int | None:
        """A count; nought is unknown where nothing was handed in."""
        value = self.counts[name]
        return None if self.lacking and not value and name not in STOCK else value


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands, from 0: its first line and its total."""

    first: int
    total: int

    def column(self, name: str) -> int:
        """The column of a count, from 0."""
        return _place(name)


def rate_of(counts: Mapping[str, int | None], one: NumberColumn) -> float | str:
    """The value of a rate, or — where it has none."""
    above, below = counts[one.name], sum(counts[name] or 0 for name in one.over)
    return above / below if above is not None and below else UNKNOWN


def totals(lines: Iterable[UnitLine]) -> dict[str, int]:
    """The sums of all counts that are shown."""
    found = {one.name: 0 for one in COLUMNS if not one.is_rate}
    for line in lines:
        for name in found:
            found[name] += line.shown(name) or 0
    return found


def write_heads(sheet: Any, styles: Styles, row: int) -> None:
    """Two rows of headings: groups over counts."""
    head = styles.get("head")
    for column, text in enumerate(("编号", "单位", "网格员")):
        sheet.merge_range(row, column, row + 1, column, text, head)
    last = FIRST_NUMBER + len(COLUMNS)
    sheet.merge_range(row, last, row + 1, last, "备注", head)
    starts = [place for place, one in enumerate(COLUMNS) if one.group]
    for start, end in zip(starts, [*starts[1:], len(COLUMNS)], strict=True):
        sheet.merge_range(row, FIRST_NUMBER + start, row, FIRST_NUMBER + end - 1, COLUMNS[start].group, head)
    for place, one in enumerate(COLUMNS, start=FIRST_NUMBER):
        sheet.write_string(row + 1, place, one.head, head)
    sheet.set_row(row, 20)
    sheet.set_row(row + 1, 32)


def write_lines(sheet: Any, styles: Styles, row: int, lines: Sequence[UnitLine]) -> Placed:
    """The lines and their total."""
    for number, line in enumerate(lines, start=row):
        sheet.set_row(number, 20)
        for column, text in enumerate((line.code, line.name, line.people)):
            sheet.write_string(number, column, text, styles.get("long" if column == 1 else "short"))
        _numbers(sheet, styles, number, line)
        sheet.write_string(number, FIRST_NUMBER + len(COLUMNS), line.note, styles.get("short", *_alarm(line.lacking)))
    placed = Placed(row, row + len(lines))
    _total(sheet, styles, placed, totals(lines))
    return placed


def _alarm(holds: object) -> tuple[str, ...]:
    return ("alarm",) if holds else ()


def _numbers(sheet: Any, styles: Styles, row: int, line: UnitLine) -> None:
    shown = {one.name: line.shown(one.name) for one in COLUMNS if not one.is_rate}
    for column, one in enumerate(COLUMNS, start=FIRST_NUMBER):
        value = shown[one.name]
        if one.is_rate:
            sheet.write_formula(row, column, _rate(row, one), styles.get("rate"), rate_of(shown, one))
        elif line.source:
            formula = f"='{line.source}'!{cell_name(line.source_row + 1, column + 1)}"
            sheet.write_formula(row, column, formula, styles.get("whole"), value or 0)
        elif one.name == "open":
            sheet.write_formula(row, column, _balance(row), styles.get("whole"), value)
        elif value is None:
            sheet.write_string(row, column, UNKNOWN, styles.get("short"))
        else:
            style = styles.get("whole", *_alarm(one.name == "overdue" and value))
            sheet.write_number(row, column, value, style)


def _total(sheet: Any, styles: Styles, placed: Placed, sums: Mapping[str, int]) -> None:
    row = placed.total
    sheet.set_row(row, 22)
    sheet.merge_range(row, 0, row, 2, "合计", styles.get("total"))
    for column, one in enumerate(COLUMNS, start=FIRST_NUMBER):
        letter = column_letter(column + 1)
        if one.is_rate:
            sheet.write_formula(row, column, _rate(row, one), styles.get("total_rate"), rate_of(sums, one))
        else:
            formula = f"=SUM({letter}{placed.first + 1}:{letter}{row})" if row > placed.first else "=0"
            sheet.write_formula(row, column, formula, styles.get("total"), sums[one.name])
    sheet.write_string(row, FIRST_NUMBER + len(COLUMNS), "", styles.get("total"))


def _place(name: str) -> int:
    return next(place for place, one in enumerate(COLUMNS, FIRST_NUMBER) if one.name == name and not one.is_rate)


def _cell(row: int, name: str) -> str:
    return cell_name(row + 1, _place(name) + 1)


def _balance(row: int) -> str:
    return f"=SUM({_cell(row, 'opening')},{_cell(row, 'new')})-SUM({_cell(row, 'closed')})"


def _rate(row: int, one: NumberColumn) -> str:
    above, below = _cell(row, one.name), f"SUM({','.join(_cell(row, name) for name in one.over)})"
    return f'=IF(OR({below}=0,NOT(ISNUMBER({above}))),"{UNKNOWN}",{above}/{below})'
