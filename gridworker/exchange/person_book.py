"""What is held on one person as a workbook to read: plain tables, a sheet each, no ids and no tokens."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gridworker.exchange.fresh_book import begun
from gridworker.exchange.weekly import encrypted, save

Table = tuple[str, str, Sequence[str], Sequence[Sequence[str]]]
"""Name of the sheet, a sentence above it, headings, lines."""
_LEAST: Final = 12
_MOST: Final = 60


def write(out: Path, password: str, tables: Sequence[Table]) -> None:
    """Write the tables, encrypted."""
    buffer, book = begun()
    font = {"font_name": "宋体", "font_size": 11, "valign": "top"}
    border = {"border": 1, "border_color": "#7F7F7F"}
    title = book.add_format(font | {"bold": True})
    head = book.add_format(font | border | {"bold": True, "bg_color": "#E7EEF7"})
    body = book.add_format(font | border | {"text_wrap": True})
    for name, sentence, heads, lines in tables:
        sheet = book.add_worksheet(name)
        sheet.write_string(0, 0, sentence, title)
        for column, text in enumerate(heads):
            longest = max((2 * len(line[column]) for line in lines), default=0)
            sheet.set_column(column, column, min(max(longest, _LEAST), _MOST))
            sheet.write_string(1, column, text, head)
            for row, line in enumerate(lines, start=2):
                sheet.write_string(row, column, line[column], body)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
    book.close()
    save(out, encrypted(buffer.getvalue(), password))
