"""What calamine hides in xls: error cells, hidden rows, formulas, how far the cells reach; a walk over BIFF records."""

import io
import struct
from collections.abc import Iterator
from typing import Final

import olefile  # type: ignore[import-untyped]

from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.raw_xls_formulas import Formulas
from gridworker.exchange.raw_xlsx import Scan

_STREAMS: Final = ("Workbook", "Book")
_SHEET: Final = 0x0085
_ROW: Final = 0x0208
_COLUMNS: Final = 0x007D
_MOST_COLUMNS: Final = 256
_ERROR_OR_BOOLEAN: Final = (0x0205, 0x0005)
_FORMULA: Final = (0x0006, 0x0206, 0x0406)
_VALUES: Final = frozenset({*_ERROR_OR_BOOLEAN, *_FORMULA, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, 0x00BD})
_END: Final = 0x000A
_START: Final = frozenset({0x0809, 0x0409, 0x0209})
_HIDDEN: Final = 0x20
_ERROR_RESULT: Final = 2


def scan_workbook(data: bytes) -> dict[str, Scan]:
    """The scan of every sheet, by its name. Raises Unreadable if no workbook is inside."""
    stream = _stream(data)
    sheets = [body for number, body in _records(stream, 0) if number == _SHEET]
    return {_name(body): _scan(stream, struct.unpack_from("<I", body)[0]) for body in sheets}


def _name(body: bytes) -> str:
    """A name of one or two bytes a character, or without that mark in files before 1997."""
    if len(body) == 7 + body[6]:
        return body[7:].decode("gb18030", "replace")
    return body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")


def _stream(data: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        name = next((name for name in _STREAMS if ole.exists(name)), None)
        if name is None:
            raise Unreadable("unknown")
        return bytes(ole.openstream(name).read())


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Number and body of each record up to the end of one substream; charts inside are substreams of their own."""
    depth = 0
    while place + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, place)
        yield number, stream[place + 4 : place + 4 + length]
        place += 4 + length
        depth += (number in _START) - (number == _END)
        if number == _END and depth <= 0:
            return


def _scan(stream: bytes, start: int) -> Scan:
    scan, formulas = Scan(), Formulas()
    for number, body in _records(stream, start):
        formulas.take(number, body)
        if number == _ROW and len(body) >= 16:
            row, options = struct.unpack_from("<H10xH", body)
            if options & _HIDDEN:
                scan.hidden_rows.add(row + 1)
        elif number == _COLUMNS and len(body) >= 10:
            first, last, options = struct.unpack_from("<HH4xH", body)
            if options & 1:
                scan.hidden_columns.update(range(first + 1, min(last + 1, _MOST_COLUMNS) + 1))
        elif number in _VALUES and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            scan.last_row, scan.last_column = max(scan.last_row, row + 1), max(scan.last_column, column + 1)
            if _is_error(number, body):
                scan.faults[row + 1, column + 1] = "error_cell"
    scan.formulas, scan.lists = formulas.told(), formulas.lists
    return scan


def _is_error(number: int, body: bytes) -> bool:
    if number in _ERROR_OR_BOOLEAN:
        return len(body) > 7 and body[7] == 1
    return number in _FORMULA and body[12:14] == b"\xff\xff" and body[6] == _ERROR_RESULT
