"""Sheets of the 汇总表: many small native charts to one scale; new needs by kind and month on warm ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from gridworker.exchange.fresh_book import chart_words
from gridworker.exchange.layout import column_letter
from gridworker.exchange.styles import BAR_STRONG, BODY_FONT, Styles

SERIES: Final = (("未办结", "#8A5A0A", "solid"), ("新增", BAR_STRONG, "solid"), ("办结", "#2563A8", "dash"))
"""The lines of a chart in order, with colour and dash."""
HEADS: Final = ("编号", "单位", "项目")
_WIDTHS: Final = (9, 20, 8)
_WEEK_WIDTH: Final = 6.5
_ACROSS: Final = 3
_WIDE, _HIGH, _ROWS, _ROW = 304, 152, 8, 20
"""A chart in pixels, the rows over which it lies, and the pixels of a row."""
KIND: Final = "类别"
_KIND_WIDTH, _MONTH_WIDTH = 20, 10
_LIGHT, _DARK = "#FFFFFF", "#5FB0A3"


@dataclass(frozen=True, slots=True)
class UnitTrend:
    """A grid or community: for each line of SERIES its numbers by week."""

    code: str
    name: str
    lines: Sequence[Sequence[int]]


def last_column(weeks: int) -> int:
    """The last column of the sheet of charts."""
    return len(HEADS) + weeks - 1


def write_trends(
    workbook: Any, sheet: Any, styles: Styles, row: int, weeks: Sequence[str], some: Sequence[UnitTrend]
) -> None:
    """Charts in rows from a row on, below them the numbers that they are drawn from."""
    for column in range(len(HEADS) + len(weeks)):
        sheet.set_column(column, column, _WIDTHS[column] if column < len(HEADS) else _WEEK_WIDTH)
    heads = row + -(-len(some) // _ACROSS) * _ROWS
    for number in range(row, heads):
        sheet.set_row_pixels(number, _ROW)
    for column, head in enumerate((*HEADS, *weeks)):
        sheet.write_string(heads, column, head, styles.get("head"))
    if some:
        sheet.set_h_pagebreaks([heads])
    most = max((number for one in some for line in one.lines for number in line), default=0)
    for place, one in enumerate(some):
        first = heads + 1 + place * len(SERIES)
        _numbers(sheet, styles, first, one)
        chart = _chart(workbook, sheet.get_name(), one, heads, first, most)
        beside = {"x_offset": place % _ACROSS * (_WIDE + 6) + 2, "y_offset": 2}
        sheet.insert_chart(row + place // _ACROSS * _ROWS, 0, chart, beside)


def _numbers(sheet: Any, styles: Styles, first: int, one: UnitTrend) -> None:
    for row, ((name, *_look), line) in enumerate(zip(SERIES, one.lines, strict=True), start=first):
        for column, text in enumerate((one.code, one.name, name)):
            sheet.write_string(row, column, text, styles.get("short"))
        for column, number in enumerate(line, start=len(HEADS)):
            sheet.write_number(row, column, number, styles.get("whole"))


def _chart(workbook: Any, sheet: str, one: UnitTrend, heads: int, first: int, most: int) -> Any:
    chart = workbook.add_chart({"type": "line"})
    start, end = len(HEADS), last_column(len(one.lines[0]))
    for row, (name, color, dash) in enumerate(SERIES, start=first):
        chart.add_series({
            "name": name,
            "categories": [sheet, heads, start, heads, end],
            "values": [sheet, row, start, row, end],
            "line": {"color": color, "width": 1.5, "dash_type": dash},
        })  # fmt: skip
    small = {"name": BODY_FONT, "size": 8}
    title = {"name": BODY_FONT, "size": 9, "bold": True}
    chart.set_title({"name": chart_words(f"{one.code} {one.name}".strip()), "name_font": title, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": small, "interval_unit": 4})
    chart.set_y_axis({"min": 0, "max": max(most, 1), "num_font": small, "line": {"none": True},
                      "major_gridlines": {"visible": True, "line": {"color": "#EAEEF1"}}})  # fmt: skip
    chart.set_chartarea({"border": {"color": "#C9CED3"}})
    chart.set_size({"width": _WIDE, "height": _HIGH})
    return chart


def write_months(
    sheet: Any, styles: Styles, row: int, months: Sequence[str], kinds: Sequence[tuple[str, Sequence[int]]]
) -> None:
    """A line for each kind with its sum, a total of each month, both as formulas; the more, the darker the ground."""
    sheet.set_column(0, 0, _KIND_WIDTH)
    sheet.set_column(1, len(months) + 1, _MONTH_WIDTH)
    for column, head in enumerate((KIND, *months, "合计")):
        sheet.write_string(row, column, head, styles.get("head"))
    end = row + 1 + len(kinds)
    last = column_letter(len(months) + 1)
    for number, (kind, counts) in enumerate(kinds, start=row + 1):
        sheet.write_string(number, 0, kind, styles.get("short"))
        for column, count in enumerate(counts, start=1):
            sheet.write_number(number, column, count, styles.get("whole"))
        formula = f"=SUM(B{number + 1}:{last}{number + 1})"
        sheet.write_formula(number, len(months) + 1, formula, styles.get("total"), sum(counts))
    sums = [sum(counts[place] for _kind, counts in kinds) for place in range(len(months))]
    sheet.write_string(end, 0, "合计", styles.get("total"))
    for column, total in enumerate((*sums, sum(sums)), start=1):
        letter = column_letter(column + 1)
        formula = f"=SUM({letter}{row + 2}:{letter}{end})" if kinds else "=0"
        sheet.write_formula(end, column, formula, styles.get("total"), total)
    if kinds:
        scale = {"type": "2_color_scale", "min_color": _LIGHT, "max_color": _DARK}
        sheet.conditional_format(row + 1, 1, end - 1, len(months), scale)
