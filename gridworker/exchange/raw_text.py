"""Spreadsheets that are text: CSV in any Chinese encoding, and pages saved under the name of a workbook."""

import csv
import re
from collections.abc import Iterator
from typing import Any, Final

from gridworker.domain.text.numbers import plain
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.raw_errors import Unreadable

MOST_CELLS: Final = 4_000_000
MOST_ROWS: Final = 200_000
"""Of any sheet, down to the last that holds something: nobody keeps more by hand, and each one takes memory."""
MOST_COLUMNS: Final = 1000
"""Side by side with something in them; understanding more takes minutes, and nobody made them by hand."""
LONGEST_TEXT: Final = 40_000_000
LONGEST_PAGE: Final = 12_000_000
"""Bytes; a page takes some thirty times as much while it is taken apart."""
_DELIMITERS: Final = ",\t;"
_SAMPLE: Final = 20_000
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP: Final = re.compile(r"\s*<[!?a-zA-Z]")
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
_LINE: Final = re.compile(r"[^\r\n]+(?:\r\n?|\n)?|\r\n?|\n")
_WIDEST_SPAN: Final = 1000


def decode(data: bytes) -> str:
    """The text by its mark, else as strict UTF-8, else as strict GB18030, which knows 流波䃥. Raises Unreadable."""
    encodings = ("utf-8-sig",) if data[:3] == b"\xef\xbb\xbf" else ("utf-8", "gb18030")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encodings = ("utf-16",)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text, 0, _SAMPLE):
            return text
    raise Unreadable("unknown")


def read_text(data: bytes) -> RawBook:
    """A text file as a book: one sheet without a name, or one per table of a page. Raises Unreadable."""
    if len(data) > LONGEST_TEXT:
        raise Unreadable("too_large")
    text = decode(data)
    if _MARKUP.match(text):
        if len(data) > LONGEST_PAGE:
            raise Unreadable("too_large")
        return RawBook("html", list(_tables(text)))
    return RawBook("csv", [RawSheet("", rows=_lines(text))])


def _lines(text: str) -> list[list[RawValue]]:
    delimiter = max(_DELIMITERS, key=text[:_SAMPLE].count)
    rows: list[list[RawValue]] = []
    cells = 0
    try:
        for line in csv.reader((one[0] for one in _LINE.finditer(text)), delimiter=delimiter):
            if any(line[MOST_COLUMNS:]):
                raise Unreadable("too_large")
            rows.append([value or None for value in line[:MOST_COLUMNS]])  # millions of commas may follow
            cells += len(rows[-1])
            if cells > MOST_CELLS or len(rows) > MOST_ROWS:
                raise Unreadable("too_large")
    except csv.Error as error:
        raise Unreadable("damaged") from error
    return rows


def _tables(text: str) -> Iterator[RawSheet]:
    """The tables that hold no others. Raises Unreadable if there is none."""
    from lxml import etree, html

    try:
        page = html.document_fromstring(_DECLARATION.sub("", text), parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("damaged") from error
    tables = [
        table for table in page.iter("table") if table.find(".//table") is None and table.find(".//tr") is not None
    ]
    if not tables:
        raise Unreadable("unknown")
    for number, table in enumerate(tables, start=1):
        sheet = RawSheet(f"表{number}")
        for row, line in enumerate(table.iter("tr"), start=1):
            sheet.rows.append(_lay_out(sheet, row, line))
        yield sheet


def _lay_out(sheet: RawSheet, row: int, line: Any) -> list[RawValue]:
    """The cells of one row in their columns, those covered from above left blank."""
    covered = {
        column for top, left, bottom, right in sheet.merges if top < row <= bottom for column in range(left, right + 1)
    }
    values: list[RawValue] = []
    for cell in line.iterchildren("td", "th"):
        while len(values) + 1 in covered:
            values.append(None)
        right, down = _span(cell.get("colspan")), _span(cell.get("rowspan"))
        if right > 1 or down > 1:
            column = len(values) + 1
            sheet.merges.append((row, column, row + down - 1, column + right - 1))
        values.append(" ".join(cell.text_content().split()) or None)
        values += [None] * (right - 1)
        if len(values) > MOST_CELLS // row or any(values[MOST_COLUMNS:]):
            raise Unreadable("too_large")
    return values[:MOST_COLUMNS]


def _span(text: str | None) -> int:
    return min(plain(text or "") or 1, _WIDEST_SPAN)
