"""What a foreign workbook holds that was not taken as a whole, and what was taken though nobody sees it: remarks."""

from collections.abc import Iterable, Iterator
from typing import Final

from gridworker.exchange.layout import column_letter
from gridworker.exchange.model import Problem, RawBook, RawSheet
from gridworker.exchange.understood import ForeignSheet
from gridworker.i18n import _

_MOST: Final = 12
"""Numbers of hidden rows that are told one by one."""


def remarks(book: RawBook, sheets: Iterable[ForeignSheet]) -> list[Problem]:
    """Each with what it is and how to take it, or how to keep it out."""
    main = {one.name: one for one in sheets if not one.part}
    told = [one for raw in book.sheets for one in _of_sheet(raw, main[raw.name])]
    return told + [Problem("", "", "note", note) for note in book.notes]


def _of_sheet(raw: RawSheet, sheet: ForeignSheet) -> Iterator[Problem]:
    if sheet.state != "read":
        if raw.rows and not sheet.problems:
            count = sum(any(value is not None for value in row) for row in raw.rows)
            yield Problem(raw.name, "", f"sheet_{sheet.state}", _sentence(sheet.state).format(rows=count))
        return
    rows = [row for row in sorted(raw.hidden_rows) if row <= len(raw.rows) and any(raw.rows[row - 1])]
    if rows:
        message = _("有 {count} 行是隐藏的（第 {rows} 行），也一起读了；不要的请在表里删掉再导入。")
        yield Problem(raw.name, "", "hidden_rows", message.format(count=len(rows), rows=_listed(map(str, rows))))
    columns = [column_letter(one) for one in sorted(raw.hidden_columns) if _is_filled(raw, one)]
    if columns:
        message = _("有隐藏的栏（{columns}），也一起读了；不要的请在表里删掉再导入。")
        yield Problem(raw.name, "", "hidden_columns", message.format(columns=_listed(columns)))


def _sentence(state: str) -> str:
    if state == "hidden":
        return _("这张工作表是隐藏的（{rows} 行），没有认出记录，没有导入；要导入请取消隐藏、存盘后再导入。")
    if state == "not_mapped":
        return _("这张工作表（{rows} 行）没有对栏目，没有导入；要导入请重新对一次栏目。")
    return _("这张工作表（{rows} 行）里没有认出表格，没有导入；要导入请写清栏名，一栏一项。")


def hidden_with_records(name: str) -> Problem:
    """That a sheet nobody sees seems to hold records."""
    message = _("这张工作表是隐藏的，里面像有记录，没有导入；要导入请在 Excel 或 WPS 里取消隐藏、存盘后再导入。")
    return Problem(name, "A1", "hidden_sheet", message)


def _is_filled(raw: RawSheet, column: int) -> bool:
    return any(len(row) >= column and row[column - 1] is not None for row in raw.rows)


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return "、".join(every[:_MOST]) + ("…" if len(every) > _MOST else "")
