"""The report of an import as a workbook: what came in, what became of its cells, and each that asks for a hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import xlsxwriter

from gridworker.exchange.fresh_book import begun
from gridworker.exchange.model import Problem
from gridworker.exchange.weekly import encrypted, save

FILE_HEADS: Final = (
    "文件", "新增", "改动", "未变", "两边都改过", "缺行", "问题",
    "格数", "没改的格", "采用的格", "两边都改过的格", "没采用的格", "待确认的格",
)  # fmt: skip
PROBLEM_HEADS: Final = ("文件", "工作表", "单元格", "问题", "原文")
_FILE_WIDTHS: Final = (44, 8, 8, 8, 12, 8, 8, 9, 10, 10, 15, 12, 12)
_PROBLEM_WIDTHS: Final = (36, 16, 10, 60, 30)

FileLine = tuple[str | int, ...]
"""One file in the order of the headings: the cells add up to their number."""


def write_report(
    out: Path, files: Sequence[FileLine], problems: Sequence[tuple[str, Problem]], password: str | None = None
) -> None:
    """Write the report, encrypted under a password if there is one; it is Chinese in every language."""
    buffer, book = begun()
    font = {"font_name": "宋体", "font_size": 10, "border": 1, "border_color": "#7F7F7F", "valign": "vcenter"}
    head = book.add_format(font | {"bold": True, "bg_color": "#E7EEF7", "align": "center"})
    body = book.add_format(font | {"text_wrap": True})
    _sheet(book, "导入结果", FILE_HEADS, _FILE_WIDTHS, [tuple(map(str, line)) for line in files], head, body)
    told = [(file, one.sheet, one.cell, one.message, one.value) for file, one in problems]
    _sheet(book, "问题清单", PROBLEM_HEADS, _PROBLEM_WIDTHS, told, head, body)
    book.close()
    data = buffer.getvalue()
    save(out, encrypted(data, password) if password else data)


def _sheet(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[str]],
    head: object, body: object,
) -> None:  # fmt: skip
    sheet = book.add_worksheet(name)
    for column, (text, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, text, head)
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, body)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
