"""The sheet 图表 of the 汇总表: figures in small tables, native charts beside them, all on one A4 page."""

from collections.abc import Sequence
from typing import Any, Final

from gridworker.exchange.layout import column_letter
from gridworker.exchange.styles import BAR, BAR_MIDDLE, BAR_STRONG, BODY_FONT, Styles
from gridworker.exchange.unit_table import Placed

LAST_COLUMN: Final = 13
_NAME: Final = "图表"
_AMBER, _BLUE, _RED = "#8A5A0A", "#2563A8", "#B83227"
_TREND_HEADS: Final = ("周", "新增", "办结", "未办结")
_KIND_HEADS: Final = ("类别", "本周新增", "上周新增")
_CHART_COLUMN: Final = 5
_HEIGHT, _WIDTH = 262, 662
_WHOLE: Final = 985
_UNITS_ROWS: Final = 12
_UNITS_HIGH: Final = _UNITS_ROWS * 20 - 8
_MOST_KINDS: Final = 10
_OF_UNITS: Final = (
    ("本周见面户（各网格，按编号）", (("met", "见面户", BAR),)),
    ("未办结诉求（各网格，按编号）", (("open", "未办结", BAR_MIDDLE), ("overdue", "其中超期", _RED))),
)

Trend = Sequence[tuple[str, int, int, int]]
Kinds = Sequence[tuple[str, int, int]]


def write(
    workbook: Any, sheet: Any, styles: Styles, trend: Trend, kinds: Kinds, units: tuple[str, Placed]
) -> None:  # fmt: skip
    """Trend by week, kinds beside last week's, met households and open needs of every grid by its code."""
    for first, last, width in ((0, 0, 13), (1, 3, 9), (4, 4, 2), (5, LAST_COLUMN, 10)):
        sheet.set_column(first, last, width)
    below = _table(sheet, styles, 2, _TREND_HEADS, trend)
    _lines(workbook, sheet, len(trend))
    start = max(below + 1, 17)
    end = _table(sheet, styles, start, _KIND_HEADS, kinds)
    _total(sheet, styles, start + 1, end, kinds)
    if kinds:
        shown = min(len(kinds), _MOST_KINDS)
        _kinds(workbook, sheet, start, shown)
    place = max(end + 2, start + 14)
    _units(workbook, sheet, place, *units)
    sheet.print_area(0, 0, place + 2 * _UNITS_ROWS, LAST_COLUMN)
    sheet.fit_to_pages(1, 1)
    sheet.set_portrait()


def _table(sheet: Any, styles: Styles, row: int, heads: Sequence[str], lines: Sequence[tuple[str | int, ...]]) -> int:
    """A small table; returns the row below it."""
    for column, head in enumerate(heads):
        sheet.write_string(row, column, head, styles.get("head"))
    for number, line in enumerate(lines, start=row + 1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(number, column, value, styles.get("short"))
            else:
                sheet.write_number(number, column, value, styles.get("whole"))
    return row + 1 + len(lines)


def _total(sheet: Any, styles: Styles, first: int, row: int, kinds: Kinds) -> None:
    sheet.write_string(row, 0, "合计", styles.get("total"))
    for column in (1, 2):
        letter = column_letter(column + 1)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})" if kinds else "=0"
        sheet.write_formula(row, column, formula, styles.get("total"), sum(int(line[column]) for line in kinds))


def _lines(workbook: Any, sheet: Any, count: int) -> None:
    """New, closed and open needs by week; the second of a pair dashed."""
    if not count:
        return
    chart = workbook.add_chart({"type": "line"})
    for column, color, dash in ((3, _AMBER, "solid"), (1, BAR_STRONG, "solid"), (2, _BLUE, "dash")):
        last = {"value": True, "font": {"name": BODY_FONT, "size": 9, "bold": True, "color": color}}
        chart.add_series({
            "name": [_NAME, 2, column],
            "categories": [_NAME, 3, 0, 2 + count, 0],
            "values": [_NAME, 3, column, 2 + count, column],
            "line": {"color": color, "width": 1.75, "dash_type": dash},
            "data_labels": {"value": True, "position": "right", "font": last["font"],
                            "custom": [{"delete": True}] * (count - 1) + [{}]},
        })  # fmt: skip
    _dress(chart, "诉求：新增、办结、未办结", legend=True)
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#EAEEF1"}},
                      "line": {"none": True}, "num_font": {"name": BODY_FONT, "size": 9}})  # fmt: skip
    _insert(sheet, 2, chart)


def _kinds(workbook: Any, sheet: Any, start: int, count: int) -> None:
    chart = workbook.add_chart({"type": "bar"})
    for column, color in ((1, BAR_MIDDLE), (2, "#C9CED3")):
        chart.add_series({
            "name": [_NAME, start, column],
            "categories": [_NAME, start + 1, 0, start + count, 0],
            "values": [_NAME, start + 1, column, start + count, column],
            "fill": {"color": color}, "gap": 50,
            "data_labels": {"value": column == 1, "font": {"name": BODY_FONT, "size": 9}},
        })  # fmt: skip
    _dress(chart, "新增诉求按类别", legend=True)
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_y_axis({"reverse": True, "num_font": {"name": BODY_FONT, "size": 9}, "line": {"none": True}})
    _insert(sheet, start, chart)


def _units(workbook: Any, sheet: Any, row: int, name: str, placed: Placed) -> None:
    """Every grid by its code: households met, open needs and those that are late; no ranking."""
    if placed.total == placed.first:
        return
    for place, (title, series) in enumerate(_OF_UNITS):
        chart = workbook.add_chart({"type": "column"})
        for count, word, color in series:
            column = placed.column(count)
            chart.add_series({
                "name": word,
                "categories": [name, placed.first, 0, placed.total - 1, 0],
                "values": [name, placed.first, column, placed.total - 1, column],
                "fill": {"color": color}, "gap": 60,
                "data_labels": {"value": True, "font": {"name": BODY_FONT, "size": 8}},
            })  # fmt: skip
        _dress(chart, title, legend=len(series) > 1)
        chart.set_y_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": _WHOLE, "height": _UNITS_HIGH})
        sheet.insert_chart(row + place * _UNITS_ROWS, 0, chart, {"x_offset": 2, "y_offset": 4})


def _dress(chart: Any, title: str, *, legend: bool) -> None:
    chart.set_title({"name": title, "name_font": {"name": BODY_FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"name": BODY_FONT, "size": 9}} if legend else {"none": True})
    chart.set_x_axis({"num_font": {"name": BODY_FONT, "size": 9}, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"color": "#C9CED3"}})


def _insert(sheet: Any, row: int, chart: Any) -> None:
    chart.set_size({"width": _WIDTH, "height": _HEIGHT + 16})
    sheet.insert_chart(row, _CHART_COLUMN, chart, {"x_offset": 2, "y_offset": 2})
