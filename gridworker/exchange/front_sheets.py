"""The sheets people look at first and last: 封面, 汇总, 需乡镇协调事项, 填报说明."""

from collections.abc import Sequence
from typing import Any, Final

from gridworker.domain.ids import to_text
from gridworker.domain.rules.chain import Link
from gridworker.exchange.data_sheet import day_words, period_words
from gridworker.exchange.model import KindLine, Measure, OutBook
from gridworker.exchange.styles import BAR, BAR_MIDDLE, BAR_STRONG, BODY_FONT, Styles, lines_of, page

_HELP: Final = (
    "浅黄色栏（乡镇答复、交办单位、审核意见、审核说明）由乡镇填写，填好后原样存盘、发回网格员导入即可。",
    "其他栏也可以改：改哪一格就是哪一格，导入时逐格比对，没改的不动，两边都改过的会请人来选。",
    "可以排序、筛选、调列宽、插入行；请不要删除两边隐藏的列，它们说明每一行是哪条记录。",
    "清空一格就是清空这一项；成片清空的先列为待确认，有人同意才清空。",
    "要删除一条记录，请在最右边的“删除”栏填“是”；删掉整行不等于删除记录。",
    "新增的行请写全住址；导入时按新来的一行读入，与已有内容不同的列为待确认。",
    "遮住版里姓名、电话、门牌用 * 遮住，身份证号、关注等级等不出现；遮住的内容在网格员的电脑里是完整的。",
    "本表由“网格走访”程序导出，不联网。文件里有居民信息，请勿转发到群里，用完及时删除。",
)
_MEASURE_HEADS: Final = ("分子", "分母", "比率")
_KIND_HEADS: Final = ("诉求类别", "期初", "新增", "办结", "未办结", "超期", "中位天数")
_COORDINATE_HEADS: Final = ("诉求编号", "类别", "诉求内容", "承办单位", "办理时限", "乡镇意见")


def write_cover(workbook: Any, styles: Styles, book: OutBook, footer: tuple[str, str]) -> None:
    """Who reports what, for when, in which form."""
    sheet = workbook.add_worksheet("封面")
    page(sheet, footer, 0, 0)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 62)
    sheet.set_row(2, 60)
    title = "网格工作周报" if book.role == "worker" else "乡镇回复"
    sheet.merge_range(2, 0, 2, 2, title, styles.get("title"))
    for number, (label, text) in enumerate(_cover_lines(book), start=5):
        sheet.set_row(number, max(26, lines_of(text, 62) * 14 + 6))
        sheet.write_string(number, 1, label, styles.get("head"))
        sheet.write_string(number, 2, text, styles.get("long"))


def _cover_lines(book: OutBook) -> list[tuple[str, str]]:
    counts = "，".join(f"{one.ledger.sheet} {len(one.rows)} 条" for one in book.sheets if one.visible)
    nil = [] if book.only_replies else [("零报告", "是，本期没有走访、诉求和办理" if book.nil else "否")]
    return [
        ("填报单位", book.title),
        ("网格员" if book.role == "worker" else "填报人", book.sender),
        ("周期", period_words(book)),
        ("填报日期", day_words(book.made_on)),
        ("版本", "遮住版" if book.masked else "完整加密版"),
        ("内容", counts),
        *nil,
        ("导出号", to_text(book.export)),
        ("上一份", _link_words(book.predecessor)),
        *([("接替", f"同一周的 {_link_words(book.replaces)}")] if book.replaces else []),
        ("访问日志", book.log.words),
    ]


def _link_words(link: Link | None) -> str:
    """A workbook that left before: its export id and the beginning of its fingerprint."""
    if link is None:
        return "无"
    week = f"第{int(link.week.partition('W')[2])}周　" if link.week else ""
    return f"{week}{to_text(link.export)}　指纹 {link.digest[:12] or '未记'}"


def write_summary(workbook: Any, styles: Styles, book: OutBook, footer: tuple[str, str]) -> None:
    """Rates with both their numbers, needs by kind with a balance, two charts."""
    sheet = workbook.add_worksheet("汇总")
    page(sheet, footer, 0, 1)
    for first, last, width in ((0, 0, 24), (1, 3, 13), (4, 4, 3), (5, 5, 18), (6, 11, 11)):
        sheet.set_column(first, last, width)
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, 11, "网格工作周报汇总表", styles.get("title"))
    sheet.set_row(1, 20)
    sheet.merge_range(1, 0, 1, 3, f"填报单位：{book.title}", styles.get("left"))
    sheet.merge_range(1, 5, 1, 8, period_words(book), styles.get("middle"))
    sheet.merge_range(1, 9, 1, 11, day_words(book.made_on), styles.get("right"))
    left = _measures(sheet, styles, 2, "走访", book.visits)
    left = _measures(sheet, styles, left, "诉求", book.needs)
    left = _measures(sheet, styles, left, "社区事务", book.community) if book.community else left
    right = _kinds(sheet, styles, 2, book)
    bottom = max(left, right) + 1
    tall = max(12, len(book.kinds) + 2)
    _charts(workbook, sheet, book, bottom, tall)
    note = (
        "注：见面户＝本期至少见面一次的住户，未见面、拒访、外出、空户不计；分母为 0 记“—”；平均数按合计重算，不相加。"
    )
    sheet.merge_range(bottom + tall, 0, bottom + tall, 11, note, styles.get("note"))
    signs = bottom + tall + 1
    sheet.set_row(signs, 26)
    sheet.merge_range(signs, 0, signs, 3, f"填表人：{book.sender}", styles.get("left"))
    sheet.merge_range(signs, 5, signs, 8, "审核人：", styles.get("left"))
    sheet.merge_range(signs, 9, signs, 11, "（盖章）　　年　　月　　日", styles.get("right"))


def _measures(sheet: Any, styles: Styles, row: int, name: str, some: Sequence[Measure]) -> int:
    for column, head in enumerate((name, *_MEASURE_HEADS)):
        sheet.write_string(row, column, head, styles.get("head"))
    for number, one in enumerate(some, start=row + 1):
        sheet.set_row(number, 21)
        sheet.write_string(number, 0, one.label, styles.get("long"))
        sheet.write_number(number, 1, one.numerator, styles.get("whole"))
        sheet.write_number(number, 2, one.denominator, styles.get("whole"))
        value = one.numerator / one.denominator if one.denominator else "—"
        sheet.write_formula(
            number, 3, f'=IF(C{number + 1}=0,"—",B{number + 1}/C{number + 1})', styles.get("rate"), value
        )
    return row + 1 + len(some)


def _kinds(sheet: Any, styles: Styles, row: int, book: OutBook) -> int:
    some = book.kinds
    for column, head in enumerate(_KIND_HEADS, start=5):
        sheet.write_string(row, column, head, styles.get("head"))
    for number, one in enumerate(some, start=row + 1):
        sheet.set_row(number, 21)
        sheet.write_string(number, 5, one.label, styles.get("long"))
        opened = one.opening + one.new - one.closed
        for column, count in zip((6, 7, 8, 10), (one.opening, one.new, one.closed, one.overdue), strict=True):
            alarm = ("alarm",) if column == 10 and count else ()
            sheet.write_number(number, column, count, styles.get("whole", *alarm))
        line = number + 1
        sheet.write_formula(number, 9, f"=G{line}+H{line}-I{line}", styles.get("whole"), opened)
        days = "—" if one.median_days is None else str(one.median_days)
        sheet.write_string(number, 11, days, styles.get("short"))
    return _kind_total(sheet, styles, row + 1, some, book.withheld)


def _kind_total(sheet: Any, styles: Styles, first: int, some: Sequence[KindLine], withheld: int) -> int:
    row = first + len(some)
    sums = [
        sum(one.opening for one in some),
        sum(one.new for one in some),
        sum(one.closed for one in some),
        sum(one.opening + one.new - one.closed for one in some),
        sum(one.overdue for one in some),
    ]
    sheet.write_string(row, 5, "合计", styles.get("total"))
    for column, value in enumerate(sums, start=6):
        letter = chr(65 + column)
        formula = f"=SUM({letter}{first + 1}:{letter}{row})" if some else "=0"
        sheet.write_formula(row, column, formula, styles.get("total"), value)
    sheet.write_string(row, 11, "", styles.get("total"))
    opening, new, closed, opened, _overdue = sums
    agreed = f"其中保密 {withheld} 件不列入遮住版" if withheld else "与诉求台账一致"
    words = f"期初 {opening} ＋ 新增 {new} － 办结 {closed} ＝ 未办结 {opened}　{agreed}"
    sheet.merge_range(row + 1, 5, row + 1, 11, words, styles.get("balance"))
    return row + 2


def _charts(workbook: Any, sheet: Any, book: OutBook, row: int, tall: int) -> None:
    """The figures behind the charts stand beside them, out of print."""
    for number, (label, count) in enumerate(book.weeks):
        sheet.write_string(row + number, 14, label)
        sheet.write_number(row + number, 15, count)
    sheet.print_area(0, 0, row + tall + 1, 11)
    if book.weeks:
        weeks = _chart(workbook, "column", "近八周见面户", row, 14, len(book.weeks), BAR)
        weeks.set_size({"width": 470, "height": tall * 20 - 12})
        sheet.insert_chart(row, 0, weeks, {"x_offset": 2, "y_offset": 4})
    if book.kinds:
        last = 3 + len(book.kinds)
        kinds = workbook.add_chart({"type": "bar"})
        kinds.add_series(
            {
                "categories": f"='汇总'!$F$4:$F${last}",
                "values": f"='汇总'!$J$4:$J${last}",
                "fill": {"color": BAR_MIDDLE},
                "data_labels": {"value": True},
                "gap": 60,
            }
        )
        _dress(kinds, "未办结诉求按类别")
        kinds.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        kinds.set_y_axis({"reverse": True, "num_font": {"name": BODY_FONT, "size": 9}, "line": {"none": True}})
        kinds.set_size({"width": 632, "height": tall * 20 - 12})
        sheet.insert_chart(row, 5, kinds, {"x_offset": 2, "y_offset": 4})


def _chart(workbook: Any, kind: str, title: str, row: int, column: int, count: int, color: str) -> Any:
    chart = workbook.add_chart({"type": kind})
    points = [None] * (count - 1) + [{"fill": {"color": BAR_STRONG}}]
    chart.add_series(
        {
            "categories": ["汇总", row, column, row + count - 1, column],
            "values": ["汇总", row, column + 1, row + count - 1, column + 1],
            "fill": {"color": color},
            "points": points,
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    _dress(chart, title)
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return chart


def _dress(chart: Any, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"name": BODY_FONT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": {"name": BODY_FONT, "size": 9}, "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"color": "#C9CED3"}})


def write_coordinate(workbook: Any, styles: Styles, book: OutBook, footer: tuple[str, str]) -> None:
    """需乡镇协调事项: a list to lay before the meeting; answers belong into 诉求台账."""
    sheet = workbook.add_worksheet("需乡镇协调事项")
    page(sheet, footer, 0, 2)
    widths = (15, 12, 56, 18, 12, 30)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, 5, "需乡镇协调事项", styles.get("title"))
    sheet.merge_range(1, 0, 1, 2, f"填报单位：{book.title}", styles.get("left"))
    sheet.merge_range(1, 3, 1, 5, period_words(book), styles.get("right"))
    sheet.set_row(2, 28)
    for column, head in enumerate(_COORDINATE_HEADS):
        sheet.write_string(2, column, head, styles.get("head_reply" if column == 5 else "head"))
    for number, line in enumerate(book.coordinate, start=3):
        sheet.set_row(number, max(24, lines_of(line[2], widths[2]) * 14 + 6))
        for column, text in enumerate(line):
            sheet.write_string(number, column, text, styles.get("long" if column == 2 else "short"))
        sheet.write_string(number, 5, "请在“诉求台账”的浅黄色栏答复", styles.get("long", "reply"))
    if not book.coordinate:
        sheet.merge_range(3, 0, 3, 5, "本期没有需要乡镇协调的事项。", styles.get("short"))


def write_help(workbook: Any, styles: Styles, footer: tuple[str, str]) -> None:
    """填报说明: what may be done with this workbook."""
    sheet = workbook.add_worksheet("填报说明")
    page(sheet, footer, 0, 0)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 110)
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, 1, "填报说明", styles.get("title"))
    for number, text in enumerate(_HELP, start=1):
        sheet.set_row(number, lines_of(text, 110) * 18 + 12)
        sheet.write_string(number, 0, f"{number}.", styles.get("prose"))
        sheet.write_string(number, 1, text, styles.get("prose"))
