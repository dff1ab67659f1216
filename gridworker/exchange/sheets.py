"""What the child process does: the values of a workbook by calamine, and what calamine hides by a scan of the XML."""

import io
import re
import zipfile
from datetime import date, datetime
from typing import Any, Final, Literal

from gridworker.exchange.model import RawBook, RawSheet, RawValue

Kind = Literal["xlsx", "xls", "ods"]
_ERROR: Final = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]+)"')
_FORMULA_ONLY: Final = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})([0-9]+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_HIDDEN_ROW: Final = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]+)"')
_SHEET: Final = re.compile(rb"<sheet\b[^>]*>")
_ATTRIBUTE: Final = re.compile(rb'([\w:]+)="([^"]*)"')
_RELATION: Final = re.compile(rb"<Relationship\b[^>]*>")
_PICTURE: Final = "=DISPIMG("
_EXACT: Final = 10**15


def read(data: bytes, kind: Kind) -> RawBook:
    """A workbook of a kind that calamine reads."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    hidden = _visibility(book)
    scans = _scans(data) if kind == "xlsx" else {}
    found = RawBook(kind, [])
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        raw = RawSheet(name, name not in hidden)
        raw.rows = [[_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        _trim(raw.rows)
        raw.merges = _merges(sheet)
        _note_faults(raw, scans.get(name))
        found.sheets.append(raw)
    if kind == "xlsx" and _has_external_links(data):
        found.notes.append("external_links")
    return found


def _visibility(book: Any) -> set[str]:
    return {one.name for one in book.sheets_metadata if "Visible" not in str(one.visible)}


def _merges(sheet: Any) -> list[tuple[int, int, int, int]]:
    ranges = sheet.merged_cell_ranges or []
    return [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in ranges]


def _value(value: Any) -> RawValue:
    """Whole numbers as such; those beyond what a spreadsheet keeps stay floats, so that the loss is seen."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if isinstance(value, str):
        return value if value != "" else None
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return date(value.year, value.month, value.day)
    return value  # type: ignore[no-any-return]


def _trim(rows: list[list[RawValue]]) -> None:
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()


def _scans(data: bytes) -> dict[str, bytes]:
    """By sheet name: its XML."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        targets = _targets(archive.read("xl/_rels/workbook.xml.rels"))
        for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
            attributes = dict(_ATTRIBUTE.findall(tag))
            part = targets.get(attributes.get(b"r:id", b""), "")
            if part in names:
                found[_text(attributes.get(b"name", b""))] = archive.read(part)
    return found


def _targets(relations: bytes) -> dict[bytes, str]:
    found = {}
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get(b"Target", b"").decode()
        found[attributes.get(b"Id", b"")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _text(raw: bytes) -> str:
    import html

    return html.unescape(raw.decode("utf-8", "replace"))


def _note_faults(raw: RawSheet, xml: bytes | None) -> None:
    for row, line in enumerate(raw.rows, start=1):
        for column, value in enumerate(line, start=1):
            if isinstance(value, str) and value.startswith(_PICTURE):
                raw.faults[row, column] = "picture"
    if xml is None:
        return
    for code, pattern in (("error_cell", _ERROR), ("formula_without_value", _FORMULA_ONLY)):
        for letters, number in pattern.findall(xml):
            raw.faults[int(number), _column(letters)] = code
    raw.hidden_rows = frozenset(int(number) for number in _HIDDEN_ROW.findall(xml))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _has_external_links(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith("xl/externalLinks/") for name in archive.namelist())
