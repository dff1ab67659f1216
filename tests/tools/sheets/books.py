"""Workbooks out of pictures: xlsx by XlsxWriter, text and HTML by hand, xls and ods by the real spreadsheet program.

Options of a file: `epoch=1904`; `as=` the form it really has, whatever its name says; `encoding=`, `sep=` of text;
`dimension=A1` writes a wrong extent.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from tests.tools.sheets.picture import Book, Cell, Sheet

_MADE: Final = datetime(2026, 11, 20, 9, 0)
_SEPARATORS: Final = {"tab": "\t", "semicolon": ";", "comma": ",", "wide": "，"}
_MACRO: Final = ("spreadsheetml.sheet.main+xml", "vnd.ms-excel.sheet.macroEnabled.main+xml")
Convert = Callable[[Path, Path], Path]
"""Saves a workbook in the form that the target's ending names."""


def write(book: Book, folder: Path, convert: Convert | None) -> Path | None:
    """Make the file; None if it takes the spreadsheet program and that is not there."""
    target = folder / book.name
    form = book.options.get("as", target.suffix[1:])
    if form in ("csv", "tsv", "txt"):
        target.write_bytes(_text(book))
    elif form == "html":
        target.write_text(_page(book.sheets), encoding=book.options.get("encoding", "utf-8"))
    elif form in ("xls", "ods"):
        return _converted(book, target, form, convert) if convert else None
    else:
        target.write_bytes(_tidied(_workbook(book), book))
    return target


def _converted(book: Book, target: Path, form: str, convert: Convert) -> Path:
    source, made = target.with_suffix(".source.xlsx"), target.with_suffix(f".made.{form}")
    source.write_bytes(_workbook(book))
    convert(source, made)
    target.write_bytes(_rezipped(made.read_bytes(), _undated) if form == "ods" else made.read_bytes())
    source.unlink()
    made.unlink()
    return target


def _workbook(book: Book) -> bytes:
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "date_1904": book.options.get("epoch") == "1904"}
    workbook = xlsxwriter.Workbook(memory, options)
    workbook.set_properties({"created": _MADE, "author": "社区文书"})
    for sheet in book.sheets:
        _sheet(workbook, sheet)
    workbook.close()
    return memory.getvalue()


def _sheet(workbook: Any, sheet: Sheet) -> None:
    page = workbook.add_worksheet(sheet.name)
    formats: dict[tuple[str, str], Any] = {}

    def styled(kind: str, number_format: str) -> Any:
        key = (kind, number_format)
        if key not in formats:
            looks = {"n": {"bold": True, "align": "center"}, "h": {"bold": True, "border": 1, "text_wrap": True}}
            code = int(number_format) if number_format.isdigit() else number_format
            formats[key] = workbook.add_format(looks.get(kind, {"border": 1}) | ({"num_format": code} if code else {}))
        return formats[key]

    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row.cells):
            _cell(page, (number, at), cell, styled(row.kind, cell.number_format))
        if row.hidden:
            page.set_row(number, None, None, {"hidden": True})
    for first, last, cell, kind in merges(sheet):
        page.merge_range(*first, *last, "", styled(kind, cell.number_format))
        _cell(page, first, cell, styled(kind, cell.number_format))
    _furnish(page, sheet)


def _furnish(page: Any, sheet: Sheet) -> None:
    """What is hidden, and lists, comments and pictures."""
    for name in sheet.hidden_columns:
        page.set_column(f"{name}:{name}", None, None, {"hidden": True})
    if "hidden" in sheet.options:
        page.hide()
    if "veryhidden" in sheet.options:
        page.very_hidden()
    for extra in sheet.extras:
        _extra(page, extra)


def _cell(page: Any, at: tuple[int, int], cell: Cell, style: Any) -> None:
    if cell.formula:
        page.write_formula(*at, cell.formula, style, cell.value)
    elif isinstance(cell.value, str):
        page.write_string(*at, cell.value, style)
    elif isinstance(cell.value, date | time):
        page.write_datetime(*at, cell.value, style)
    elif cell.value is None:
        page.write_blank(*at, None, style)
    else:
        page.write_number(*at, cell.value, style)


def _extra(page: Any, line: str) -> None:
    """`list F4:F9 甲,乙`, `comment B4 …`, `format H5:H16 办理中`, `image J1`."""
    what, where, *told = line.split(" ", 2)
    if what == "list":
        source = told[0] if told[0].startswith("=") else told[0].split(",")
        page.data_validation(where, {"validate": "list", "source": source})
    elif what == "comment":
        page.write_comment(where, told[0], {"author": "文书"})
    elif what == "format":
        page.conditional_format(where, {"type": "text", "criteria": "containing", "value": told[0]})
    else:
        page.insert_image(where, "mark.png", {"image_data": io.BytesIO(_PIXEL)})


_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000"
    "050001a5f645400000000049454e44ae426082"
)


def merges(sheet: Sheet) -> Iterator[tuple[tuple[int, int], tuple[int, int], Cell, str]]:
    """Ranges of two cells and more, those that ^ and < continue: first, last, the cell, the kind of its row."""
    grid = [[cell.merge for cell in row.cells] for row in sheet.rows]
    for number, row in enumerate(sheet.rows):
        for at, cell in enumerate(row.cells):
            if cell.merge:
                continue
            right = at
            while right + 1 < len(grid[number]) and grid[number][right + 1] == "<":
                right += 1
            down = number
            while down + 1 < len(grid) and at < len(grid[down + 1]) and grid[down + 1][at] == "^":
                down += 1
            if (right, down) != (at, number):
                yield (number, at), (down, right), cell, row.kind


def _tidied(data: bytes, book: Book) -> bytes:
    """What the options spoil on purpose."""
    wrong = book.options.get("dimension")
    macro = book.name.endswith(".xlsm")
    if not wrong and not macro:
        return data

    def changed(name: str, part: bytes) -> bytes:
        if wrong and name.startswith("xl/worksheets/"):
            return re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{wrong}"'.encode(), part)
        return part.replace(_MACRO[0].encode(), _MACRO[1].encode()) if name == "[Content_Types].xml" and macro else part

    return _rezipped(data, changed)


def _undated(name: str, part: bytes) -> bytes:
    """An ods part without the hour it was made at."""
    if name != "meta.xml":
        return part
    return re.sub(rb"<(meta:creation-date|dc:date|meta:editing-duration)>[^<]*</\1>", b"", part)


def _rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The archive anew, in its order and with one time of day."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = info.compress_type
            new.writestr(entry, change(info.filename, old.read(info)))
    return memory.getvalue()


def _text(book: Book) -> bytes:
    out = io.StringIO(newline="")
    separator = _SEPARATORS[book.options.get("sep", "comma")]
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    for row in book.sheets[0].rows:
        writer.writerow([_shown(cell) for cell in row.cells])
    return out.getvalue().encode(book.options.get("encoding", "utf-8"))


def _shown(cell: Cell) -> str:
    """A value as a text file shows it."""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y/%m/%d %H:%M}"
    if isinstance(cell.value, date):
        return f"{cell.value.year}/{cell.value.month}/{cell.value.day}"
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value or "")


def _page(sheets: list[Sheet]) -> str:
    """A page such as portals hand out as .xls."""
    return "<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'></head><body>" + (
        "".join(_html_table(sheet) for sheet in sheets) + "</body></html>"
    )


def _html_table(sheet: Sheet) -> str:
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last, *_rest in merges(sheet)}
    lines = []
    for number, row in enumerate(sheet.rows):
        cells = []
        for at, cell in enumerate(row.cells):
            if cell.merge:
                continue
            down, right = spans.get((number, at), (1, 1))
            span = (f" rowspan={down}" if down > 1 else "") + (f" colspan={right}" if right > 1 else "")
            cells.append(f"<td{span}>{escape(_shown(cell))}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table border=1>{''.join(lines)}</table>"
