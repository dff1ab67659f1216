"""What calamine hides in xlsx: error cells, formulas without a value, hidden rows, and how far the cells reach.

The sheet parts are looked through as bytes, chunk by chunk; it costs a tenth of reading the values.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from gridworker.exchange.raw_errors import Unreadable

_CHUNK: Final = 1 << 20
_HEAD: Final = 1 << 13
_LONGEST: Final = 4 << 20
"""Bytes of one cell or of what follows the last; a text of a cell has 32 767 characters at most."""
_LARGE: Final = 1_000_000
"""Cells of a rectangle from which its width is worth a second look."""
_UNUSUAL: Final = re.compile(rb"<\w+:(?:worksheet|sheetData|row)|<\w+ \w+='")
_PREFIX: Final = re.compile(rb"<(/?)[A-Za-z]\w*:")
_WIDE: Final = re.compile(rb'<c\s[^>]*?r="([A-Za-z]+)[0-9]+"[^>/]*>(?!</c>)')
_TWO_LETTERS: Final = re.compile(rb'r="[A-Za-z]{2}')
_CELL_NAME: Final = re.compile(rb'[\s:]r="([A-Za-z]{0,3})([0-9]{1,7})"')
_FILLED: Final = re.compile(rb'<c\s[^>]*?r="[A-Za-z]*([0-9]{1,7})"[^>/]*>(?!</c>)')
_LONG: Final = 5
"""Digits of a row so far down that the rows before it may be out of their order at a price."""
_TAG: Final = re.compile(rb"<(row|c)\b([^>]*)>")
_VALUE: Final = re.compile(rb"<v\b[^>]*>[^<]|<is\b")
_HIDDEN: Final = re.compile(rb'hidden="(?:1|true)"')
_COLUMN: Final = re.compile(rb"<col\b([^>]*)>")
_ENDS: Final = re.compile(rb'\b(?:min|max)="([0-9]{1,5})"')
_MOST_COLUMNS: Final = 1 << 14
_ERROR: Final = b't="e"'
_NARROW: Final = 26
"""Columns that are named by one letter."""


@dataclass(slots=True)
class Scan:
    """What one sheet holds besides values."""

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    lists: list[tuple[str, str]] = field(default_factory=list)
    """Of old formats, as `RawSheet` tells them."""
    last_row: int = 0
    last_column: int = 0
    filled: int = 0
    """Cells with a value, where they were counted: in large sheets."""
    row: int = 0
    column: int = 0
    """Where the look has come to."""

    @property
    def area(self) -> int:
        """Cells of the rectangle that a reader lays out."""
        return self.last_row * self.last_column


def scan_sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, Scan]]:
    """The scan of every sheet, by its name."""
    names = frozenset(archive.namelist())
    for sheet, part in sheet_parts(archive):
        if part in names:
            yield sheet, scan_part(archive, part)


def last_modified_by(archive: zipfile.ZipFile) -> str:
    """Who saved the document last."""
    if "docProps/core.xml" not in archive.namelist():
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        core = etree.fromstring(archive.read("docProps/core.xml"), parser)
    except etree.XMLSyntaxError:
        return ""
    return str(core.findtext("{*}lastModifiedBy") or "")


def has_external_links(archive: zipfile.ZipFile) -> bool:
    """Whether formulas refer to other files."""
    return any(name.startswith("xl/externalLinks/") for name in archive.namelist())


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of every sheet, in their order; the library that reads them does not mind where they are listed."""
    relations = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations.iterfind("{*}Relationship")}
    for sheet in _parse(archive, "xl/workbook.xml").iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", targets.get(relation, "")))[1:]


def _parse(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(part), parser)


def scan_part(archive: zipfile.ZipFile, part: str) -> Scan:
    """Look through one sheet; only a large one is measured to the column. Raises Unreadable for a cell without end."""
    scan = _scan(archive, part, exact=False)
    return _scan(archive, part, exact=True) if scan.area > _LARGE else scan


def _scan(archive: zipfile.ZipFile, part: str, *, exact: bool) -> Scan:
    """Chunks are cut before a row or cell begins, so that none is torn."""
    scan, rest = Scan(), b""
    with archive.open(part) as stream:
        head = stream.read(_HEAD)
        is_plain = not _UNUSUAL.search(head)
        while chunk := head or stream.read(_CHUNK):
            text, head = rest + chunk, b""
            text = text if is_plain else _plain(text)
            _look_at_columns(scan, text)
            cut = max(text.rfind(b"<c "), text.rfind(b"<c>"), text.rfind(b"<row"), 0)
            _look(scan, text[:cut], exact=exact)
            rest = text[cut:]
            if len(rest) > _LONGEST:
                raise Unreadable("too_large")
    _look(scan, rest, exact=exact)
    return scan


def _look_at_columns(scan: Scan, text: bytes) -> None:
    """Hidden ones are declared before the first row."""
    for attributes in set(_COLUMN.findall(text)) if b"<col " in text else ():
        ends = sorted(map(int, _ENDS.findall(attributes)))
        if _HIDDEN.search(attributes) and len(ends) == 2:  # both ends
            scan.hidden_columns.update(range(max(1, ends[0]), min(ends[1], _MOST_COLUMNS) + 1))


def _plain(text: bytes) -> bytes:
    """Without name space prefixes and single quotes, which some writers use."""
    text = _PREFIX.sub(rb"<\1", text)
    return text.replace(b"='", b'="').replace(b"' ", b'" ').replace(b"'>", b'">').replace(b"'/", b'"/')


def _look(scan: Scan, text: bytes, *, exact: bool) -> None:
    _measure(scan, text, exact=exact)
    names_cells = b' r="' in text
    if _ERROR in text or b"<f" in text or b' hidden="' in text or not names_cells:
        _walk(scan, text)


def _measure(scan: Scan, text: bytes, *, exact: bool) -> None:
    """How far cells with values reach; blank cells with a style do not count."""
    end = max(text.rfind(b"</v>"), text.rfind(b"</is>"))
    if end < 0:
        return
    name = _CELL_NAME.search(text, max(0, text.rfind(b"<c ", 0, end)), end)
    scan.last_row = max(scan.last_row, int(name[2]) if name else 0, *_far_rows(text, name))
    scan.filled += text.count(b"</v>") + text.count(b"</is>") if exact else 0
    if exact or _TWO_LETTERS.search(text):
        scan.last_column = max(scan.last_column, *map(column_number, set(_WIDE.findall(text))))
    else:
        scan.last_column = max(scan.last_column, _NARROW)


def _far_rows(text: bytes, last: re.Match[bytes] | None) -> set[int]:
    """Rows of cells that may lie below the last one, as rows need not be in their order. In narrow and short sheets
    only those named with more digits are looked for: others take little room.
    """
    digits = len(last[2]) if last else 0
    is_small = digits < _LONG and not _TWO_LETTERS.search(text)
    if is_small and not re.search(rb'\sr="[A-Za-z]*[0-9]{%d}' % (digits + 1), text):
        return set()
    return set(map(int, set(_FILLED.findall(text))))


def _walk(scan: Scan, text: bytes) -> None:
    """Every row and cell by turns; positions may be left out, then they follow from the one before."""
    for found in _TAG.finditer(text):
        attributes = found[2]
        if found[1] == b"row":
            scan.row, scan.column = _position(attributes, scan.row + 1, 0)
            if _HIDDEN.search(attributes):
                scan.hidden_rows.add(scan.row)
            continue
        scan.row, scan.column = _position(attributes, scan.row, scan.column + 1)
        if not attributes.endswith(b"/"):
            scan.last_row = max(scan.last_row, scan.row)
            fault = _fault(attributes, text, found.end())
            if fault:
                scan.faults[scan.row, scan.column] = fault


def _position(attributes: bytes, row: int, column: int) -> tuple[int, int]:
    found = _CELL_NAME.search(attributes)
    if found is None:
        return row, column
    return int(found[2]), column_number(found[1]) if found[1] else column


def _fault(attributes: bytes, text: bytes, start: int) -> str:
    if _ERROR in attributes:
        return "error_cell"
    if not text.startswith(b"<f", start) or b't="str"' in attributes:
        return ""
    cell = text[start : text.find(b"</c>", start)]
    if _VALUE.search(cell):
        return ""
    return "picture" if b"DISPIMG(" in cell else "formula_without_value"


def cell_of(name: str) -> tuple[int, int] | None:
    """Row and column of a cell, B3 is (3, 2); None for what names a column or a row alone."""
    letters = name.rstrip("0123456789")
    return (int(name[len(letters) :]), column_number(letters.encode())) if letters and letters != name else None


def column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
