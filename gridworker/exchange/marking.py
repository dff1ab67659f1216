"""The received workbook with its problems marked in place, everything else as it came (excel.md §7).

Offending cells stand on red, a column 导入检查结果 says what to do, a list of links leads to each. A hidden column
names the row that each row was, so that the corrected copy brings exactly what was corrected (`returned`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from lxml import etree

from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import Problem
from gridworker.exchange.patch import Patch
from gridworker.exchange.patch_parts import TYPES, WORKBOOK, Parts, integer, tag
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.raw_xlsx import column_number
from gridworker.exchange.returned import CHECK_HEAD, LIST_SHEET, NONE, Origins
from gridworker.exchange.styles import text_width

RED: Final = "FFC8CE"
"""The ground of offending cells: beside the red that spreadsheet programs offer, so that it is known for ours."""
_WHITE: Final = "FFFFFF"
_WIDE: Final = 44.0
_FILLED: Final = 36.0
"""Of that what a line really takes: Chinese breaks early, and fonts differ."""
_LINE: Final = 16.0
"""Points of a line of text."""
_LIST_HEADS: Final = ("工作表", "单元格", "问题", "原文")
_LIST_WIDTHS: Final = (16, 10, 60, 30)
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Table:
    """Where the records of a sheet stand, and what each row is called when it comes back."""

    head_row: int
    origins: Origins = NONE
    """None for our own workbooks, whose rows carry tokens."""


def marked(data: bytes, tables: Mapping[str, Table], problems: Sequence[Problem]) -> bytes:
    """The workbook with its problems marked. Raises Unreadable for a file that is no xlsx."""
    patch = Patch(data)
    for name, table in tables.items():
        if name in patch.parts.sheets:
            _mark(patch, name, table, [one for one in problems if one.sheet == name])
    _list(patch, [one for one in problems if one.sheet in patch.parts.sheets])
    patch.parts.drop_macros()
    return patch.to_bytes()


def _mark(patch: Patch, name: str, table: Table, problems: Sequence[Problem]) -> None:
    sheet = patch.sheet(name)
    check, origin = _columns(sheet, table.head_row)
    told: dict[int, list[str]] = {}
    wrong = set()
    for one in problems:
        letters = one.cell.partition(":")[0].rstrip("0123456789")
        row = int(one.cell.partition(":")[0][len(letters) :] or 0)
        if letters and row:
            told.setdefault(row, []).append(f"{letters}列：{one.message.removesuffix('。')}")
            wrong.add((row, column_number(letters.encode())))
    if sheet.text(table.head_row, check) == CHECK_HEAD:
        _whiten(patch, sheet, wrong)
    for row, column in sorted(wrong):
        sheet.restyle(row, column, patch.styles.with_fill(sheet.style(row, column), RED))
    beside = sheet.style(table.head_row, check - 1)
    sheet.set(table.head_row, check, CHECK_HEAD, beside)
    names = table.origins.cells(table.head_row) if table.origins.files else {}
    for row in sorted({*names, *told} - {table.head_row}):
        words = "；".join(told.get(row, ()))
        if words or sheet.text(row, check):
            sheet.set(row, check, words or None, sheet.style(row, check - 1))
            sheet.raise_row(row, _LINE * ceil(text_width(words) / _FILLED))
    _set_width(sheet, check, _WIDE, hidden=False)
    for row, text in names.items():
        sheet.set(row, origin, text)
    if names:
        _set_width(sheet, origin, 2.0, hidden=True)


def _columns(sheet: SheetPatch, head_row: int) -> tuple[int, int]:
    """The columns of the result and of the origins: those of an earlier check, else behind all that is written."""
    cells = (cell for line in sheet.rows.values() for cell in line if len(cell))
    last = max((_place(cell) for cell in cells), default=1)
    known = next((column for column in range(1, last + 1) if sheet.text(head_row, column) == CHECK_HEAD), last + 1)
    return known, known + 1


def _whiten(patch: Patch, sheet: SheetPatch, wrong: set[tuple[int, int]]) -> None:
    """What an earlier check marked and is right by now stands on white."""
    for row, line in list(sheet.rows.items()):
        for cell in list(line):
            place = (row, _place(cell))
            if place not in wrong and patch.styles.ground(integer(cell, "s")) == RED:
                sheet.restyle(*place, patch.styles.with_fill(integer(cell, "s"), _WHITE))


def _place(cell: etree._Element) -> int:
    return column_number(cell.get("r", "A").rstrip("0123456789").encode())


def _set_width(sheet: SheetPatch, column: int, width: float, *, hidden: bool) -> None:
    """A width for one column behind the others; columns that a wide declaration already covers are cut out of it."""
    root = sheet.parts.change(sheet.part)
    every = root.find("{*}cols")
    if every is None:
        every = etree.Element(tag(root, "cols"))
        sheet.data.addprevious(every)
    for one in list(every):
        first, last = integer(one, "min"), integer(one, "max")
        if first <= column <= last:
            _cut(every, one, column)
    made = etree.Element(tag(root, "col"), min=str(column), max=str(column), width=str(width), customWidth="1")
    if hidden:
        made.set("hidden", "1")
    every.insert(sum(integer(one, "min") < column for one in every), made)


def _cut(every: etree._Element, one: etree._Element, column: int) -> None:
    first, last = integer(one, "min"), integer(one, "max")
    place = every.index(one)
    every.remove(one)
    for low, high in ((column + 1, last), (first, column - 1)):
        if low <= high:
            rest = etree.Element(one.tag, dict(one.attrib))
            rest.set("min", str(low))
            rest.set("max", str(high))
            every.insert(place, rest)


def _list(patch: Patch, problems: Sequence[Problem]) -> None:
    """A sheet of its own with a link to every cell that asks for a hand."""
    part = patch.parts.sheets.get(LIST_SHEET) or _add_sheet(patch.parts)
    root = etree.Element(f"{{{_MAIN}}}worksheet", nsmap={None: _MAIN})
    columns = etree.SubElement(root, f"{{{_MAIN}}}cols")
    for number, width in enumerate(_LIST_WIDTHS, start=1):
        place = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, f"{{{_MAIN}}}col", place)
    etree.SubElement(root, f"{{{_MAIN}}}sheetData")
    links = etree.SubElement(root, f"{{{_MAIN}}}hyperlinks")
    patch.parts.add(part, root)
    sheet = SheetPatch(patch.parts, patch.styles, LIST_SHEET)
    for column, text in enumerate(_LIST_HEADS, start=1):
        sheet.set(1, column, text)
    for row, one in enumerate(problems, start=2):
        for column, text in enumerate((one.sheet, one.cell, one.message, one.value), start=1):
            sheet.set(row, column, text)
        quoted = one.sheet.replace("'", "''")
        etree.SubElement(
            links, f"{{{_MAIN}}}hyperlink", ref=cell_name(row, 2), location=f"'{quoted}'!{one.cell or 'A1'}"
        )
    if not len(links):
        root.remove(links)


def _add_sheet(parts: Parts) -> str:
    """A new sheet behind the others; returns its part."""
    number = 1 + sum(name.startswith("xl/worksheets/") for name in parts.names)
    while (part := f"xl/worksheets/sheet{number}.xml") in parts.names:
        number += 1
    relations, types = parts.change(_RELATIONS), parts.change(TYPES)
    sheets = parts.change(WORKBOOK).find("{*}sheets")
    known = {one.get("Id"): one.get("Type", "") for one in relations}
    first = sheets[0] if sheets is not None and len(sheets) else None
    ids = [str(name) for name in (first.attrib if first is not None else ()) if str(name).endswith("}id")]
    if sheets is None or first is None or not ids or first.get(ids[0]) not in known:
        raise Unreadable("damaged")
    by_id = ids[0]  # strict files have another name space
    id = next(name for name in (f"rId{count}" for count in range(1, len(known) + 2)) if name not in known)
    kind = known[first.get(by_id)]
    told = {"Id": id, "Type": kind, "Target": f"worksheets/sheet{number}.xml"}
    etree.SubElement(relations, tag(relations, "Relationship"), told)
    etree.SubElement(types, tag(types, "Override"), PartName=f"/{part}", ContentType=_SHEET_TYPE)
    highest = max((integer(one, "sheetId") for one in sheets), default=0)
    made = etree.SubElement(sheets, tag(sheets, "sheet"), name=LIST_SHEET, sheetId=str(highest + 1))
    made.set(by_id, id)
    parts.sheets[LIST_SHEET] = part
    return part
