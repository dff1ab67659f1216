"""The township's 汇总表 as a file: every unit with its numbers, native charts, what is open and late (field.md §3.21).

It is for reading and handing up; nothing in it comes home.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gridworker.exchange import gw, level_sheets, township_charts, trend_sheets, unit_table
from gridworker.exchange.data_sheet import day_words
from gridworker.exchange.fresh_book import begun
from gridworker.exchange.layout import column_letter
from gridworker.exchange.level_sheets import LevelLine, WhistleLine
from gridworker.exchange.styles import Styles, lines_of, page
from gridworker.exchange.trend_sheets import UnitTrend
from gridworker.exchange.unit_table import COLUMNS, FIRST_NUMBER, WIDTHS, UnitLine

SUMMARY, COMMUNITIES, CHARTS, TRENDS, MONTHS, PROBLEMS, LATE, LEVELS, WHISTLES, HAND_INS = SHEETS = (
    "汇总", "各社区", "图表", "各网格图", "类别按月", "问题清单", "超期清单", "分级办结", "吹哨清单", "收表情况",
)  # fmt: skip
_LIST_WIDTHS: Final = (15, 9, 9, 11, 6, 44, 9, 11, 13, 13, 11, 7, 26)
LIST_HEADS: Final = (
    "诉求编号", "网格", "网格员", "类别", "缓急", "诉求内容", "状态", "登记日期", "承办单位", "交办单位", "办理时限",
    "超期天数", "乡镇答复",
)  # fmt: skip
_CONTENT, _DAYS_LATE, _REPLY = 5, 11, 12
_SPANS: Final = {
    (0, 1): (0, "诉求编号"), (2, 2): (2, "网格员"), (3, 4): (3, "类别"), (5, 6): (6, "状态"), (7, 14): (5, "诉求内容"),
    (15, 17): (8, "承办单位"), (18, 19): (10, "办理时限"), (20, 20): (10, "超期天数"), (21, 23): (11, "乡镇答复"),
}  # fmt: skip
"""On a community's sheet, by first and last column: which of a need's words stand there, under which heading."""
_SPAN_CONTENT, _SPAN_DAYS = 4, 7
_LACKING: Final = ("未交", "待交", "未变", "—")
_LAST: Final = FIRST_NUMBER + len(COLUMNS)
_NOTE: Final = (
    "注：见面户＝本周至少见面一次的住户，未见面、拒访、外出、空户不计；应访户＝到期应访的住户；"
    "办结率＝本周办结÷（期初＋本周新增）；及时率＝按时办结÷本周办结；满意率＝满意÷有评价的回访；分母为 0 记“—”。"
    "没有交表的网格，不知道的数记“—”，不是 0；平均数按合计重算，不相加；按编号排，不排名次。"
)


@dataclass(frozen=True, slots=True)
class ListLine:
    """An open need, in words as this workbook shows them; `days_late` above 0 past its due date."""

    unit: str
    """The community it belongs to."""
    words: tuple[str, ...]
    """In the order of LIST_HEADS, without the days."""
    days_late: int


@dataclass(frozen=True, slots=True)
class TownshipBook:
    """A whole 汇总表 before it is a file."""

    title: str
    week: str
    """第48周."""
    first: date
    last: date
    made_on: date
    sender: str
    masked: bool
    units: Sequence[tuple[str, Sequence[UnitLine]]]
    """Communities with their grids, grids by code."""
    needs: Sequence[ListLine]
    withheld: int
    """Open secret needs that are counted and not listed in a masked book."""
    withheld_late: int
    trend: Sequence[tuple[str, int, int, int]]
    """Week, new, closed, open."""
    kinds: Sequence[tuple[str, int, int]]
    """Kind, new this week, new the week before."""
    hand_ins: Sequence[tuple[str, ...]]
    """Code, name, people, and a word for each week."""
    hand_in_weeks: Sequence[str]
    levels: Sequence[LevelLine] = ()
    """Grids by code, with what was settled at which level."""
    whistles: Sequence[WhistleLine] = ()
    """Open needs above the grid."""
    weeks: Sequence[str] = ()
    trends: Sequence[UnitTrend] = ()
    """Every grid, or community where grids are many, over these weeks."""
    months: Sequence[str] = ()
    kinds_by_month: Sequence[tuple[str, Sequence[int]]] = ()

    @property
    def lines(self) -> list[UnitLine]:
        """Every grid, by code."""
        return sorted((line for _name, some in self.units for line in some), key=lambda line: line.code)


def workbook_bytes(book: TownshipBook) -> bytes:
    """The workbook in plain, in memory only."""
    buffer, workbook = begun()
    _Writer(workbook, book).write()
    workbook.set_properties({"title": "网格工作周汇总表", "author": "网格走访", "company": ""})
    workbook.close()
    return buffer.getvalue()


class _Writer:
    """Sheets in the order in which they are read; those that others refer to are placed before."""

    def __init__(self, workbook: Any, book: TownshipBook) -> None:
        self._workbook, self._book = workbook, book
        self._styles = Styles(workbook)
        form = "遮住版" if book.masked else "完整加密版"
        self._footer = (f"{book.title}　{book.week}", form)
        self._responsible = by_responsible(book.needs)
        names = sheet_names([*(name for name, _lines in book.units), *self._responsible])
        self._names, self._responsible_names = names[: len(book.units)], names[len(book.units) :]

    def write(self) -> None:
        workbook, book = self._workbook, self._book
        summary, communities, charts, trends, months, problems, late, levels, whistles, hand_ins = (
            workbook.add_worksheet(name) for name in SHEETS
        )
        totals = {name: self._community(*one) for name, one in zip(self._names, book.units, strict=True)}
        self._units(communities, "各社区汇总表", self._community_lines(totals))
        placed = self._units(summary, "网格工作周汇总表", book.lines)
        listed = self._list(problems, "问题清单（未办结诉求）", book.needs)
        late_needs = [one for one in book.needs if one.days_late > 0]
        listed_late = self._list(late, "超期清单", late_needs)
        self._checks(summary, placed, ((PROBLEMS, listed, "open", book.withheld),
                                       (LATE, listed_late, "overdue", book.withheld_late)))  # fmt: skip
        self._by_level(levels, whistles)
        for name, (unit, needs) in zip(self._responsible_names, self._responsible.items(), strict=True):
            self._list(workbook.add_worksheet(name), f"{unit}承办诉求（未办结）", needs)
        self._hand_ins(hand_ins)
        self._title(charts, "网格工作图表", township_charts.LAST_COLUMN)
        page(charts, self._footer, 0, 1)
        township_charts.write(workbook, charts, self._styles, book.trend, book.kinds, (SUMMARY, placed))
        self._many(trends, months)
        mark = workbook.add_worksheet(gw.SUMMARY_SHEET)
        mark.write_string(0, 0, book.week)
        mark.very_hidden()

    def _many(self, trends: Any, months: Any) -> None:
        """Many small charts, and kinds by month."""
        book = self._book
        self._title(
            trends, "各网格诉求图（黄未办结，绿新增，蓝虚线办结；同一比例）", trend_sheets.last_column(len(book.weeks))
        )
        trend_sheets.write_trends(self._workbook, trends, self._styles, 2, book.weeks, book.trends)
        self._title(months, "新增诉求（类别按月）", max(len(book.months) + 1, 5))
        trend_sheets.write_months(months, self._styles, 2, book.months, book.kinds_by_month)
        for sheet in (trends, months):
            page(sheet, self._footer, 0, 1)

    def _title(self, sheet: Any, text: str, last: int) -> None:
        book, styles = self._book, self._styles
        sheet.set_row(0, 38)
        sheet.set_row(1, 20)
        sheet.merge_range(0, 0, 0, last, f"{book.title}{text}", styles.get("title"))
        third = (last + 1) // 3
        days = f"{book.week}　{day_words(book.first)}—{book.last.month}月{book.last.day}日"
        told = (f"填报人：{book.sender}", days, f"填报日期：{day_words(book.made_on)}")
        ends = ((0, third - 1, "left"), (third, last - third, "middle"), (last - third + 1, last, "right"))
        for text_, (start, end, style) in zip(told, ends, strict=True):
            if start == end:
                sheet.write_string(1, start, text_, styles.get(style))
            else:
                sheet.merge_range(1, start, 1, end, text_, styles.get(style))

    def _units(self, sheet: Any, title: str, lines: Sequence[UnitLine]) -> unit_table.Placed:
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        self._title(sheet, title, _LAST)
        unit_table.write_heads(sheet, self._styles, 2)
        placed = unit_table.write_lines(sheet, self._styles, 4, lines)
        note = placed.total + 1
        sheet.set_row(note, 38)
        sheet.merge_range(note, 0, note, _LAST, _NOTE, self._styles.get("note"))
        sheet.freeze_panes(4, 2)
        page(sheet, self._footer, 0, 3)
        return placed

    def _community(self, name: str, lines: Sequence[UnitLine]) -> int:
        """The sheet of one community: its grids, and below them what is open there. Returns the row of its total."""
        sheet = self._workbook.add_worksheet(self._names[[one for one, _lines in self._book.units].index(name)])
        placed = self._units(sheet, f"{name}网格工作周汇总表", lines)
        row = placed.total + 3
        needs = [one for one in self._book.needs if one.unit == name]
        self._spanned(sheet, row, [head for _place, head in _SPANS.values()], "head")
        for number, one in enumerate(needs, start=row + 1):
            words = [one.words[place] for place, _head in _SPANS.values()]
            words[_SPAN_DAYS] = str(one.days_late) if one.days_late > 0 else ""
            most = lines_of(words[_SPAN_CONTENT], _span_width(_SPAN_CONTENT))
            sheet.set_row(number, max(20, most * 14 + 6))
            self._spanned(sheet, number, words, "long")
        end = row + 1 + len(needs)
        formula = f"=COUNTA(A{row + 2}:A{end})" if needs else "=0"
        sheet.merge_range(end, 0, end, 1, "合计（件）", self._styles.get("total"))
        sheet.write_formula(end, 2, formula, self._styles.get("total"), len(needs))
        return placed.total

    def _spanned(self, sheet: Any, row: int, words: Sequence[str], style: str) -> None:
        """A line of wide cells over the narrow columns of the numbers."""
        for (first, last), text in zip(_SPANS, words, strict=True):
            made = self._styles.get("short" if style == "long" and last - first < 5 else style)
            if first == last:
                sheet.write_string(row, first, text, made)
            else:
                sheet.merge_range(row, first, row, last, text, made)

    def _community_lines(self, totals: dict[str, int]) -> list[UnitLine]:
        return [
            UnitLine(
                f"{len(lines)}个网格",
                name,
                "",
                unit_table.totals(lines),
                note=_lacking(lines),
                source=sheet,
                source_row=row,
            )
            for (sheet, row), (name, lines) in zip(totals.items(), self._book.units, strict=True)
        ]

    def _list(self, sheet: Any, title: str, needs: Sequence[ListLine]) -> tuple[int, int]:
        """A list of needs with its count. Returns its first line and the row of the count."""
        for column, width in enumerate(_LIST_WIDTHS):
            sheet.set_column(column, column, width)
        self._title(sheet, title, len(LIST_HEADS) - 1)
        sheet.set_row(2, 30)
        for column, head in enumerate(LIST_HEADS):
            sheet.write_string(2, column, head, self._styles.get("head"))
        for number, one in enumerate(needs, start=3):
            self._need(sheet, number, one)
        end = 3 + len(needs)
        formula = f"=COUNTA(A4:A{end})" if needs else "=0"
        sheet.write_string(end, 0, "合计（件）", self._styles.get("total"))
        sheet.write_formula(end, 1, formula, self._styles.get("total"), len(needs))
        sheet.merge_range(end, 2, end, len(LIST_HEADS) - 1, "", self._styles.get("total"))
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, max(2, end - 1), len(LIST_HEADS) - 1)
        page(sheet, self._footer, 0, 2)
        return 3, end

    def _by_level(self, levels: Any, whistles: Any) -> None:
        """小事不出村、大事不出镇, and what no level here can settle."""
        self._title(levels, "诉求分级办结表", level_sheets.LAST_LEVEL)
        level_sheets.write_levels(levels, self._styles, 2, self._book.levels)
        self._title(whistles, "吹哨清单（需上级协调事项）", level_sheets.LAST_WHISTLE)
        level_sheets.write_whistles(whistles, self._styles, 2, self._book.whistles)
        for sheet in (levels, whistles):
            sheet.freeze_panes(3, 1)
            page(sheet, self._footer, 0, 2)

    def _need(self, sheet: Any, row: int, one: ListLine) -> None:
        words = [*one.words[:_DAYS_LATE], "", *one.words[_DAYS_LATE:]]
        most = max(lines_of(words[column], _LIST_WIDTHS[column]) for column in (_CONTENT, _REPLY))
        sheet.set_row(row, max(24, most * 14 + 6))
        for column, text in enumerate(words):
            late = ("alarm",) if one.days_late > 0 and column in {10, _DAYS_LATE} else ()
            if column == _DAYS_LATE and one.days_late > 0:
                sheet.write_number(row, column, one.days_late, self._styles.get("whole", *late))
            else:
                style = "long" if column in {_CONTENT, _REPLY} else "short"
                sheet.write_string(row, column, text, self._styles.get(style, *late))

    def _checks(
        self, sheet: Any, placed: unit_table.Placed, lists: Sequence[tuple[str, tuple[int, int], str, int]]
    ) -> None:
        """The totals beside the lists they must equal, worked out by the spreadsheet program itself."""
        row = placed.total + 2
        for name, (_first, end), count, withheld in lists:
            cell = f"{column_letter(placed.column(count) + 1)}{placed.total + 1}"
            there = f"'{name}'!B{end + 1}"
            secret = f"，另有保密 {withheld} 件不列出" if withheld else ""
            agreed, differs = f"与{name}一致{secret}", f"与{name}不一致，请核对"
            formula = f'=IF({cell}={there}+{withheld},"{agreed}","{differs}")'
            sheet.merge_range(row, 0, row, _LAST, "", self._styles.get("balance"))
            sheet.write_formula(row, 0, formula, self._styles.get("balance"), agreed)
            row += 1

    def _hand_ins(self, sheet: Any) -> None:
        book = self._book
        heads = ("编号", "网格", "网格员", *book.hand_in_weeks)
        for column in range(len(heads)):
            sheet.set_column(column, column, (9, 18, 12)[column] if column < 3 else 11)
            sheet.write_string(2, column, heads[column], self._styles.get("head"))
        self._title(sheet, "收表情况", len(heads) - 1)
        for number, line in enumerate(book.hand_ins, start=3):
            sheet.set_row(number, 20)
            for column, text in enumerate(line):
                alarm = ("alarm",) if column > 2 and text == _LACKING[0] else ()
                sheet.write_string(number, column, text, self._styles.get("short", *alarm))
        end = 3 + len(book.hand_ins)
        sheet.merge_range(end, 0, end, 2, "已交", self._styles.get("total"))
        for column in range(3, len(heads)):
            words = [one[column] for one in book.hand_ins]
            area = f"{column_letter(column + 1)}4:{column_letter(column + 1)}{end}"
            less = "".join(f'-COUNTIF({area},"{word}")' for word in _LACKING)
            formula = f"=COUNTA({area}){less}" if words else "=0"
            count = sum(word not in _LACKING for word in words)
            sheet.write_formula(end, column, formula, self._styles.get("total"), count)
        sheet.freeze_panes(3, 3)
        page(sheet, self._footer, 0, 2)


def _span_width(place: int) -> float:
    first, last = list(_SPANS)[place]
    return sum(WIDTHS[first : last + 1])


def _lacking(lines: Sequence[UnitLine]) -> str:
    count = sum(line.lacking for line in lines)
    return f"{count} 个网格未交" if count else ""


def by_responsible(needs: Sequence[ListLine]) -> dict[str, list[ListLine]]:
    """Open needs by who has to settle them: the unit the township named, else the one that handles them."""
    found: dict[str, list[ListLine]] = {}
    for one in needs:
        handling, assigned = (one.words[LIST_HEADS.index(head)] for head in ("承办单位", "交办单位"))
        if unit := assigned or handling:
            found.setdefault(unit, []).append(one)
    return dict(sorted(found.items()))


_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "＿"))


def sheet_names(names: Sequence[str]) -> list[str]:
    """Names that a workbook allows for its sheets, none twice and none of the fixed ones."""
    taken = {*SHEETS, gw.SUMMARY_SHEET, "history"}
    found: list[str] = []
    for name in names:
        plain = name.translate(_FORBIDDEN)[:28] or "未写社区"
        options = [plain, *(f"{plain}{number}" for number in range(2, 100))]
        chosen = next(one for one in options if one.casefold() not in taken)
        taken.add(chosen.casefold())
        found.append(chosen)
    return found
