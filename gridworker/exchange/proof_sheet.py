"""The proof of one number as a workbook: its records, and the files and cells they came from."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gridworker.exchange.fresh_book import begun
from gridworker.exchange.weekly import save

HEADS: Final = ("算在哪里", "记录", "文件", "工作表和单元格")
_WIDTHS: Final = (11, 62, 44, 22)


def write(
    out: Path, about: str, definition: str, lines: Sequence[tuple[str, ...]], name: str = "核对表",
    heads: Sequence[str] = HEADS,
) -> None:  # fmt: skip
    """What the number is, how it is counted, and one line per record and place; or another list of records."""
    buffer, book = begun()
    font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    border = {"border": 1, "border_color": "#7F7F7F"}
    head = book.add_format(font | border | {"bold": True, "bg_color": "#E7EEF7", "align": "center"})
    body = book.add_format(font | border | {"text_wrap": True})
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, about, book.add_format(font | {"bold": True, "font_size": 12}))
    sheet.write_string(1, 0, definition, book.add_format(font))
    for column, (text, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, head)
    for row, line in enumerate(lines, start=3):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, body)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    save(out, buffer.getvalue())
