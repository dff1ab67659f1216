"""One data sheet: the table people see, with ids and tokens in hidden columns at its edges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate, combinations, pairwise
from typing import Any, Final

from gridworker.domain import values
from gridworker.domain.codes import code_list
from gridworker.domain.ids import to_text
from gridworker.domain.ledger import Kind
from gridworker.domain.versions.entries import MISSING, Masked, Value
from gridworker.exchange.layout import FURNITURE, Column, columns_of
from gridworker.exchange.model import OutBook, OutRow, OutSheet
from gridworker.exchange.styles import Styles, lines_of, page
from gridworker.exchange.token import encode_token, in_cell

DELETE: Final = "是"
TITLE_ROW, UNIT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
_LINE_HEIGHT: Final = 14
_LEAST_WIDTH: Final = 110
"""Of the printed columns together: unit, week and date stand above them in thirds."""
_NEEDS: Final = (46, 33, 28)
"""Half-width characters of what stands there: unit, week, date."""
_TYPING: Final = {Kind.DATE: "typed_date", Kind.TIME: "typed_time", Kind.INT: "typed_whole", Kind.MONEY: "typed_money"}
_FIRST_CERTAIN: Final = datetime(1900, 3, 1)
"""Before it Excel and LibreOffice count days differently, because 1900 was no leap year."""
_STYLE_OF: Final = {Kind.DATE: "date", Kind.TIME: "time", Kind.INT: "whole", Kind.MONEY: "money", Kind.LONG: "long"}
_TITLES: Final = {"走访台账": "入户走访台账", "诉求台账": "居民诉求台账", "办理记录": "诉求办理记录"}


@dataclass(slots=True)
class Sheet:
    """What the parts of one sheet share."""

    book: OutBook
    out: OutSheet
    columns: list[Column]
    page: Any
    styles: Styles

    @property
    def printed(self) -> list[int]:
        """Numbers of the columns of the printed table."""
        return [n for n, one in enumerate(self.columns) if one.sort != "deletion" and not one.hidden and not one.extra]


def write_sheet(workbook: Any, styles: Styles, book: OutBook, out: OutSheet, footer: tuple[str, str]) -> None:
    """Write one data sheet."""
    name = out.name or out.ledger.sheet or out.ledger.label
    made = Sheet(book, out, columns_of(out), workbook.add_worksheet(name), styles)
    _widen(made)
    _columns(made)
    _head(made)
    for number, row in enumerate(out.rows):
        _row(made, FIRST_ROW + number, row)
    last = FIRST_ROW + len(out.rows)
    _foot(made, last)
    _validations(workbook, made, last)
    page(made.page, footer, TITLE_ROW, HEAD_ROW)
    made.page.print_area(TITLE_ROW, made.printed[0], last + 1, made.printed[-1])
    made.page.freeze_panes(FIRST_ROW, 0)
    made.page.autofilter(HEAD_ROW, 0, max(HEAD_ROW, last - 1), len(made.columns) - 1)  # ids and tokens sort along
    if not out.visible:
        made.page.hide()


def _widen(made: Sheet) -> None:
    """The columns of a narrow table share the room that what stands above the table needs."""
    factor = _LEAST_WIDTH / sum(made.columns[number].width for number in made.printed)
    if factor > 1:
        for number in made.printed:
            made.columns[number] = replace(made.columns[number], width=made.columns[number].width * factor)


def _columns(made: Sheet) -> None:
    for number, one in enumerate(made.columns):
        style = made.styles.get("hidden" if one.hidden else _typing_style(one))
        options: dict[str, Any] = {"hidden": one.hidden or one.extra}
        if one.extra:
            options |= {"level": 1}
        made.page.set_column(number, number, one.width, style, options)


def _typing_style(one: Column) -> str:
    """How a whole column takes what is typed into new rows: long numbers stay text, days are days."""
    kind = one.field.kind if one.field else Kind.TEXT
    return _TYPING.get(kind, "typed_text")


def _head(made: Sheet) -> None:
    first, last = made.printed[0], made.printed[-1]
    name = made.out.title or made.out.ledger.sheet or made.out.ledger.label
    made.page.set_row(TITLE_ROW, 38)
    _merge(made, TITLE_ROW, first, last, _TITLES.get(name, name), "title")
    made.page.set_row(UNIT_ROW, 20)
    thirds = _thirds(made)
    told = (f"填报单位：{made.book.title}", period_words(made.book), f"填报日期：{day_words(made.book.made_on)}")
    for (start, end), text, style in zip(thirds, told, ("left", "middle", "right"), strict=False):
        _merge(made, UNIT_ROW, start, end, text, style)
    made.page.set_row(HEAD_ROW, 32)
    for number, one in enumerate(made.columns):
        style = "hidden" if one.hidden else "head_reply" if one.field and one.field.township else "head"
        made.page.write_string(HEAD_ROW, number, one.head, made.styles.get(style))


def period_words(book: OutBook) -> str:
    """第47周　2026年11月16日—11月22日."""
    week = f"第{int(book.week.partition('W')[2])}周　" if book.week else ""
    until = f"—{book.last.month}月{book.last.day}日" if book.last != book.first else ""
    return f"{week}{day_words(book.first)}{until}"


def day_words(day: date) -> str:
    """2026年11月16日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _thirds(made: Sheet) -> list[tuple[int, int]]:
    """Three parts of the printed width: unit, week, date; each with the room its words need, as columns allow."""
    printed = made.printed
    if len(printed) < 3:
        return [(printed[0], printed[-1])]
    edges = [0.0, *accumulate(made.columns[number].width for number in printed)]

    def lacking(cut: tuple[int, int]) -> float:
        ends = (0, *cut, len(printed))
        return max(
            need - (edges[end] - edges[start]) for need, (start, end) in zip(_NEEDS, pairwise(ends), strict=True)
        )

    first, second = min(combinations(range(1, len(printed)), 2), key=lacking)
    return [(printed[0], printed[first - 1]), (printed[first], printed[second - 1]), (printed[second], printed[-1])]


def _merge(made: Sheet, row: int, first: int, last: int, text: str, style: str) -> None:
    if first == last:
        made.page.write_string(row, first, text, made.styles.get(style))
    else:
        made.page.merge_range(row, first, row, last, "", made.styles.get(style))
        made.page.write_string(row, first, text, made.styles.get(style))


def _row(made: Sheet, number: int, row: OutRow) -> None:
    lines = 1
    fields = [one.name for one in made.columns if one.field]
    for place, one in enumerate(made.columns):
        if one.sort == "id":
            made.page.write_string(number, place, in_cell(to_text(row.record)), made.styles.get("hidden"))
        elif one.sort == "token":
            token = encode_token(made.out.ledger, made.book.export, row, fields)
            made.page.write_string(number, place, in_cell(token), made.styles.get("hidden"))
        elif one.sort == "shown":
            text = row.shown.get(one.name, "")
            made.page.write_string(number, place, text, _format(made, one, row, text))
            lines = max(lines, lines_of(text, one.width))
        elif one.sort == "deletion":
            made.page.write_blank(number, place, None, made.styles.get("short"))
        else:
            text = _field(made, number, place, one, row)
            if not one.hidden and not one.extra:
                lines = max(lines, lines_of(text, one.width))
    made.page.set_row(number, max(21, lines * _LINE_HEIGHT + 6))


def _field(made: Sheet, number: int, place: int, one: Column, row: OutRow) -> str:
    """Write one field's cell; returns its text for the height of the row."""
    assert one.field is not None
    value = row.values.get(one.name)
    text = to_text(value) if isinstance(value, int) and one.field.kind is Kind.REF else values.display(one.field, value)
    style = _format(made, one, row, text)
    if one.hidden:
        made.page.write_string(number, place, in_cell(text), made.styles.get("hidden"))
    elif value is None or value is MISSING:
        made.page.write_blank(number, place, None, style)
    elif isinstance(value, Masked):
        made.page.write_string(number, place, text, style)
    else:
        _typed(made, number, place, one, value, text, style)
    return text


def _typed(made: Sheet, number: int, place: int, one: Column, value: Value, text: str, style: Any) -> None:
    kind = one.field.kind if one.field else Kind.TEXT
    if kind in {Kind.DATE, Kind.TIME} and (moment := _moment(str(value))):
        made.page.write_datetime(number, place, moment, style)
    elif kind is Kind.INT:
        made.page.write_number(number, place, int(str(value)), style)
    elif kind is Kind.MONEY:
        made.page.write_number(number, place, int(str(value)) / 100, style)
    else:
        made.page.write_string(number, place, text, style)


def _moment(text: str) -> datetime | None:
    """The day and time a date cell can hold so that every program reads them back; else the text itself is written."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    says_midnight = len(text) > 10 and not (moment.hour or moment.minute)  # a cell cannot tell it from no time
    return moment if moment >= _FIRST_CERTAIN and not says_midnight else None


def _format(made: Sheet, one: Column, row: OutRow, text: str) -> Any:
    kind = one.field.kind if one.field else Kind.TEXT
    name = _STYLE_OF.get(kind, "short")
    value = row.values.get(one.name) if one.field else None
    if kind is Kind.TIME and len(str(value)) == 10:
        name = "date"
    if name == "short" and (one.width >= 14 or len(text) > 2 * one.width):
        name = "long"
    variants = ["reply"] if one.field and one.field.township else []
    variants += ["alarm"] if one.name in row.alarm else []
    return made.styles.get(name, *variants)


def _foot(made: Sheet, row: int) -> None:
    """The total, whose words equal the rows, and the line to sign on."""
    printed = made.printed
    made.page.set_row(row, 24)
    cut = printed[min(2, len(printed) - 2)]
    _merge(
        made,
        row,
        printed[0],
        cut,
        f"合计　{len(made.out.rows)} {'户' if made.out.ledger.name == 'household' else '条'}",
        "total",
    )
    _merge(made, row, cut + 1, printed[-1], made.out.total, "total_left")
    made.page.set_row(row + 1, 26)
    signs = (f"填表人：{made.book.sender}", "审核人：", "（盖章）　　　　年　　月　　日")
    for (start, end), text, style in zip(_thirds(made), signs, ("left", "middle", "right"), strict=False):
        _merge(made, row + 1, start, end, text, style)
    for number in (row, row + 1):
        made.page.write_string(number, len(made.columns) - 1, FURNITURE, made.styles.get("hidden"))


def _validations(workbook: Any, made: Sheet, last: int) -> None:
    """Lists to choose from: in the township's columns, and for a deletion."""
    for place, one in enumerate(made.columns):
        if last <= FIRST_ROW:
            continue
        options = _options(made.book.units, one, to_fill=made.out.to_fill)
        if options and len(",".join(options)) <= 250:
            made.page.data_validation(
                FIRST_ROW, place, last - 1, place,
                {"validate": "list", "source": list(options), "error_type": "information", "ignore_blank": True},
            )  # fmt: skip


def _options(units: Sequence[str], one: Column, *, to_fill: bool) -> Sequence[str]:
    if one.sort == "deletion":
        return [DELETE]
    if not (one.field and (one.field.township or to_fill)):
        return ()
    if one.field.kind is Kind.CODE:
        known = code_list(one.field.of)
        return [known.label(code) for code in known.codes()]
    return units if one.name == "assigned_to" else ()
