"""Spreadsheets that are text: CSV in any Chinese encoding, HTML saved as xls."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from gridworker.errors import UserError
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.i18n import _

_DELIMITERS: Final = ",\t;，"
_ENCODINGS: Final = ("utf-8", "gb18030")
_MOST: Final = 5_000_000
"""Cells that a text may hold."""


def read(data: bytes) -> RawBook:
    """The book of a text file. Raises UserError."""
    text = decoded(data)
    if text.lstrip()[:1] == "<":
        return _read_html(text)
    return RawBook("csv", [RawSheet("", rows=_read_csv(text))])


def decoded(data: bytes) -> str:
    """The text: by its mark, else strict UTF-8, else strict GB18030 (which knows 流波䃥, as GBK does not)."""
    try:
        if data[:3] == b"\xef\xbb\xbf":
            return data.decode("utf-8-sig")
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return data.decode("utf-16")
        if b"\x00" not in data[:4096]:
            for encoding in _ENCODINGS:
                try:
                    return data.decode(encoding)
                except UnicodeDecodeError:
                    continue
    except UnicodeDecodeError:
        pass
    raise UserError(
        "not_a_workbook", _("这个文件不是表格，或文字编码认不出。"), _("请用 WPS 或 Excel 打开，另存为 xlsx。")
    )


def _read_csv(text: str) -> list[list[RawValue]]:
    sample = text[:20_000]
    delimiter = max(_DELIMITERS, key=sample.count)
    rows: list[list[RawValue]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            rows.append([value if value != "" else None for value in row])
            cells += len(row)
            if cells > _MOST:
                raise UserError("too_large", _("文件大得不正常，没有打开。"), _("请只留需要的行列，另存后再试。"))
    except csv.Error as error:
        raise UserError("damaged_file", _("CSV 文件读不下去。"), _("请用 WPS 或 Excel 打开，另存为 xlsx。")) from error
    return rows


def _read_html(text: str) -> RawBook:
    """The tables of a page; spans are laid out as in the page."""
    from lxml import html
    from lxml.etree import LxmlError

    parser = html.HTMLParser(no_network=True, remove_comments=True, recover=True, huge_tree=False)
    try:
        page = html.fromstring(text, parser=parser)
        tables = [table for table in page.iter("table") if not any(True for _inner in table.iterdescendants("table"))]
    except (LxmlError, ValueError) as error:
        raise UserError(
            "damaged_file", _("网页格式的表格读不下去。"), _("请用 WPS 或 Excel 打开，另存为 xlsx。")
        ) from error
    if not tables:
        raise UserError("not_a_workbook", _("这个文件里没有表格。"), _("请选 Excel、WPS 或 CSV 文件。"))
    sheets = []
    for number, table in enumerate(tables, start=1):
        sheet = RawSheet(f"表{number}")
        for row, line in enumerate(table.iter("tr"), start=1):
            _lay_out(sheet, row, line.iter("td", "th"))
        sheets.append(sheet)
    return RawBook("html", sheets)


def _lay_out(sheet: RawSheet, row: int, cells: Iterable[object]) -> None:
    while len(sheet.rows) < row:
        sheet.rows.append([])
    taken = {
        column for top, left, bottom, right in sheet.merges if top <= row <= bottom for column in range(left, right + 1)
    }
    column = 1
    for cell in cells:
        while column in taken:
            column += 1
        wide, tall = (min(1000, max(1, int(cell.get(name, "1") or 1))) for name in ("colspan", "rowspan"))  # type: ignore[attr-defined]
        line = sheet.rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = " ".join(cell.text_content().split()) or None  # type: ignore[attr-defined]
        if wide > 1 or tall > 1:
            sheet.merges.append((row, column, row + tall - 1, column + wide - 1))
        column += wide
