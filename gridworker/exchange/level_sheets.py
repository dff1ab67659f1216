"""Sheets of the 汇总表 about levels: 分级办结 (小事不出村、大事不出镇), and 吹哨清单, what was passed upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from gridworker.exchange.layout import column_letter
from gridworker.exchange.styles import Styles, lines_of

HEADS: Final = (
    "编号", "单位", "本周办结", "网格\n办结", "社区\n办结", "乡镇\n办结", "县级\n办结", "网格内\n办结率",
    "小事\n不出村", "大事\n不出镇",
)  # fmt: skip
_WIDTHS: Final = (10, 22, 10, 9, 9, 9, 9, 10, 10, 10)
_CLOSED, _FIRST_LEVEL, _FIRST_RATE = 2, 3, 7
NOTE: Final = (
    "注：层级是办结时所在的一级：没报出网格的算网格；报到社区的算社区；报到乡镇，或乡镇答复、交办过的算乡镇；报到县的算县。"
    "网格内办结率＝网格办结÷本周办结；小事不出村＝（网格＋社区）÷本周办结；大事不出镇＝（网格＋社区＋乡镇）÷本周办结。"
    "分母为 0 记“—”；合计按总数重算，不相加。"
)
WHISTLE_HEADS: Final = (
    "诉求编号", "网格", "网格员", "类别", "诉求内容", "现在层级", "上报日期", "报给单位", "文号", "请求事项",
    "答复时限", "超期天数", "上级答复",
)  # fmt: skip
_WHISTLE_WIDTHS: Final = (15, 9, 9, 11, 36, 8, 11, 14, 16, 24, 11, 7, 26)
_LONG: Final = (4, 9, 12)
_DAYS: Final = 11


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One grid: how many needs were settled at each level, from the grid upwards; None where nothing was handed in."""

    code: str
    name: str
    settled: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class WhistleLine:
    """An open need above the grid, in words in the order of WHISTLE_HEADS, without the days."""

    words: tuple[str, ...]
    days_late: int


def write_levels(sheet: Any, styles: Styles, row: int, lines: Sequence[LevelLine]) -> int:
    """Heads, lines, total and note from a row on; rates and totals are formulas. Returns the row of the total."""
    for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, head, styles.get("head"))
    sheet.set_row(row, 32)
    for number, line in enumerate(lines, start=row + 1):
        sheet.set_row(number, 20)
        sheet.write_string(number, 0, line.code, styles.get("short"))
        sheet.write_string(number, 1, line.name, styles.get("long"))
        _counts(sheet, styles, number, line.settled)
    total = row + 1 + len(lines)
    _total(sheet, styles, row + 1, total, [line.settled for line in lines if line.settled])
    sheet.set_row(total + 1, 52)
    sheet.merge_range(total + 1, 0, total + 1, len(HEADS) - 1, NOTE, styles.get("note"))
    return total


def _counts(sheet: Any, styles: Styles, row: int, settled: tuple[int, ...] | None) -> None:
    for place in range(_CLOSED, len(HEADS)):
        if settled is None:
            sheet.write_string(row, place, "—", styles.get("short"))
    if settled is None:
        return
    first, last = column_letter(_FIRST_LEVEL + 1), column_letter(_FIRST_RATE)
    sheet.write_formula(row, _CLOSED, f"=SUM({first}{row + 1}:{last}{row + 1})", styles.get("whole"), sum(settled))
    for place, count in enumerate(settled, start=_FIRST_LEVEL):
        sheet.write_number(row, place, count, styles.get("whole"))
    _rates(sheet, row, settled, styles.get("rate"))


def _rates(sheet: Any, row: int, settled: Sequence[int], style: Any) -> None:
    first, closed = column_letter(_FIRST_LEVEL + 1), f"{column_letter(_CLOSED + 1)}{row + 1}"
    for place in range(3):
        above = f"SUM({first}{row + 1}:{column_letter(_FIRST_LEVEL + 1 + place)}{row + 1})"
        value = sum(settled[: place + 1]) / sum(settled) if sum(settled) else "—"
        sheet.write_formula(row, _FIRST_RATE + place, f'=IF({closed}=0,"—",{above}/{closed})', style, value)


def _total(sheet: Any, styles: Styles, first: int, row: int, settled: Sequence[tuple[int, ...]]) -> None:
    sums = [sum(column) for column in zip(*settled, strict=True)] or [0, 0, 0, 0]
    sheet.merge_range(row, 0, row, 1, "合计", styles.get("total"))
    for place, value in enumerate((sum(sums), *sums), start=_CLOSED):
        letter = column_letter(place + 1)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})" if row > first else "=0"
        sheet.write_formula(row, place, formula, styles.get("total"), value)
    _rates(sheet, row, sums, styles.get("total_rate"))


def write_whistles(sheet: Any, styles: Styles, row: int, lines: Sequence[WhistleLine]) -> None:
    """Heads, needs and their count from a row on."""
    for column, (head, width) in enumerate(zip(WHISTLE_HEADS, _WHISTLE_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, head, styles.get("head"))
    sheet.set_row(row, 24)
    for number, line in enumerate(lines, start=row + 1):
        words = [*line.words[:_DAYS], "", *line.words[_DAYS:]]
        most = max(lines_of(words[column], _WHISTLE_WIDTHS[column]) for column in _LONG)
        sheet.set_row(number, max(24, most * 14 + 6))
        for column, text in enumerate(words):
            late = ("alarm",) if line.days_late > 0 and column in {_DAYS - 1, _DAYS} else ()
            if column == _DAYS and line.days_late > 0:
                sheet.write_number(number, column, line.days_late, styles.get("whole", *late))
            else:
                sheet.write_string(number, column, text, styles.get("long" if column in _LONG else "short", *late))
    end = row + 1 + len(lines)
    sheet.write_string(end, 0, "合计（件）", styles.get("total"))
    formula = f"=COUNTA(A{row + 2}:A{end})" if lines else "=0"
    sheet.write_formula(end, 1, formula, styles.get("total"), len(lines))
    sheet.merge_range(end, 2, end, len(WHISTLE_HEADS) - 1, "", styles.get("total"))


LAST_LEVEL: Final = len(HEADS) - 1
LAST_WHISTLE: Final = len(WHISTLE_HEADS) - 1
