"""What the reading process does with one file: unlock it, look before leaping, take the values, note what is hidden."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime, time
from math import isfinite
from typing import Any, Final

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gridworker.exchange import raw_memory, raw_mend, raw_ods, raw_text, raw_xls, raw_xlsx, raw_zip, slow_hash
from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.raw_ods import OdsScan
from gridworker.exchange.raw_xlsx import Scan

MOST_CELLS: Final = 4_000_000
"""Cells of all rectangles together, which the library lays out in full: 24 bytes each, texts some hundred more."""
MOST_FILLED: Final = 10_000_000
"""The same where most of them hold something."""
_WIDE: Final = 200_000
"""Cells of one rectangle from which its width counts: looking for headings in all of it takes minutes."""
_CHECKED: Final = 2000
"""Rows between two looks at the memory left."""
_SPARSE: Final = 4
"""Cells for each filled one from which a sheet is not full but holds something far away."""
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_EXACT: Final = 10**15
"""Spreadsheet programs keep 15 digits; longer numbers stay floats, so that the loss is seen."""
_MIDNIGHT: Final = time()
_PICTURE: Final = "=DISPIMG("
_PICTURES: Final = (_PICTURE, "=_xlfn.DISPIMG(")
_DAMAGE: Final = (
    CalamineError, zipfile.BadZipFile, zlib.error, etree.LxmlError, struct.error,
    EOFError, OSError, KeyError, IndexError, ValueError, NotImplementedError,
)  # fmt: skip


def read(data: bytes, password: str | None = None) -> RawBook:
    """One file as it lies. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty")
    try:
        return _read(data, password)
    except PasswordError as error:
        raise Unreadable("password_needed") from error
    except _DAMAGE as error:
        raise Unreadable("damaged") from error


def _read(data: bytes, password: str | None) -> RawBook:
    if data[:4] == _ZIP:
        return _read_zip(data)
    if data[:8] != _OLE:
        return raw_text.read_text(data)
    opened = unlocked(data, password)
    if opened is None:
        return _read_xls(data)
    book = _read_zip(opened) if opened[:4] == _ZIP else _read_xls(opened)
    book.encrypted = True
    return book


def unlocked(data: bytes, password: str | None) -> bytes | None:
    """The workbook inside a locked one, None for an open one. Raises Unreadable."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    slow_hash.remember()
    target = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return None
        if not password:
            raise Unreadable("password_needed")
        office.load_key(password=password, **({"verify_password": True} if office.format == "ooxml" else {}))
        office.decrypt(target)
    except InvalidKeyError as error:
        raise Unreadable("wrong_password") from error
    except FileFormatError:
        return None
    except (DecryptionError, ParseError) as error:
        raise Unreadable("damaged") from error
    return target.getvalue()


def is_locked(data: bytes) -> bool:
    """Whether nobody reads it without a password."""
    try:
        return data[:8] == _OLE and unlocked(data, None) is not None
    except Unreadable as error:
        return error.reason == "password_needed"


def _read_zip(data: bytes) -> RawBook:
    with raw_zip.open_zip(data) as archive:
        if raw_zip.kind_of(archive) == "ods":
            return RawBook("ods", _sheets(data, dict(raw_ods.scan_content(archive))))
        book = RawBook("xlsx", _xlsx_sheets(data, archive))
        book.modified_by = raw_xlsx.last_modified_by(archive)
        if raw_xlsx.has_external_links(archive):
            book.notes.append("external_links")
        return book


def _xlsx_sheets(data: bytes, archive: zipfile.ZipFile) -> list[RawSheet]:
    scans = dict(raw_xlsx.scan_sheets(archive))
    try:
        return _sheets(data, scans)
    except CalamineError:
        return _sheets(raw_mend.with_bare_numbers(archive), scans)


def _read_xls(data: bytes) -> RawBook:
    return RawBook("xls", _sheets(data, raw_xls.scan_workbook(data)))


def _sheets(data: bytes, scans: Mapping[str, Scan]) -> list[RawSheet]:
    """All sheets with cells, charts left out. Raises Unreadable for rectangles that would fill the memory."""
    _check_size(scans)
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        for told in workbook.sheets_metadata:
            if told.typ is SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_name(told.name)
                visible = told.visible is SheetVisibleEnum.Visible
                sheets.append(_sheet(sheet, visible, scans.get(told.name, Scan())))
    return sheets


def _check_size(scans: Mapping[str, Scan]) -> None:
    area = sum(scan.area for scan in scans.values())
    filled = sum(scan.filled for scan in scans.values())
    long = any(scan.last_row > raw_text.MOST_ROWS for scan in scans.values())
    if not long and (area <= MOST_CELLS or area <= min(MOST_FILLED, _SPARSE * filled)):
        return
    if area <= _SPARSE * filled:
        raise Unreadable("too_large")
    name, largest = max(scans.items(), key=lambda one: one[1].area)
    raise Unreadable("far_cell", name, cell_name(largest.last_row, largest.last_column))


def _sheet(sheet: CalamineSheet, visible: bool, scan: Scan) -> RawSheet:
    raw = RawSheet(sheet.name, visible, _rows(sheet), scan.faults)
    width = max(map(len, raw.rows), default=0)
    if width > raw_text.MOST_COLUMNS and width * len(raw.rows) > _WIDE:
        row = next(number for number, values in enumerate(raw.rows, start=1) if len(values) == width)
        raise Unreadable("far_cell", raw.name, cell_name(row, width))
    raw.hidden_rows, raw.hidden_columns = frozenset(scan.hidden_rows), frozenset(scan.hidden_columns)
    raw.formulas, raw.lists = scan.formulas, scan.lists
    if isinstance(scan, OdsScan):
        raw.merges = scan.merges
    else:
        ranges = sheet.merged_cell_ranges or ()
        raw.merges = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]
    _take_pictures(raw)
    return raw


def _rows(sheet: CalamineSheet) -> list[list[RawValue]]:
    """All rows without trailing blanks. Text is taken as it is; the test for it stands here because it costs most."""
    rows: list[list[RawValue]] = []
    before: list[RawValue] = [None] * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows()):
        if number % _CHECKED == 0:
            raw_memory.check()
        values = before + [value if type(value) is str and value and value[0] != "=" else _tidy(value) for value in row]
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _tidy(value: Any) -> RawValue:
    """Blank as None, whole numbers as int, days without a time as dates, pictures by their mark; no number as text."""
    kind = type(value)
    if kind is str:
        return _PICTURE if value.startswith(_PICTURES) else value or None
    if kind is float:
        if not isfinite(value):
            return str(value)
        return int(value) if abs(value) < _EXACT and value.is_integer() else value
    if kind is int:
        return value if abs(value) < _EXACT else float(value)
    tidy: RawValue = value.date() if kind is datetime and value.time() == _MIDNIGHT else value
    return tidy


def _take_pictures(raw: RawSheet) -> None:
    """Pictures in cells are formulas that show as text; they are no text."""
    for row, values in enumerate(raw.rows, start=1):
        while _PICTURE in values:
            column = values.index(_PICTURE)
            raw.faults[row, column + 1] = "picture"
            values[column] = None
