"""A look at a zip before it is unpacked: would it fit into memory, and which workbook is it."""

import io
import zipfile
from typing import Final, Literal

from gridworker.exchange.raw_errors import Unreadable

LARGEST_PART: Final = 300_000_000
"""Bytes of one part unpacked; 100 000 rows of 25 columns take a third of it."""
LARGEST_WHOLE: Final = 500_000_000
STEEPEST: Final = 100
"""Bytes out of one byte in; real workbooks unpack to eight or twelve times."""
STEEP_FROM: Final = 20_000_000
"""Bytes unpacked below which steepness says nothing."""
MOST_PARTS: Final = 5000
_UNDER_PASSWORD: Final = 0x1


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive, its directory looked through. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Unreadable("damaged") from error
    parts = archive.infolist()
    if any(part.flag_bits & _UNDER_PASSWORD for part in parts):
        raise Unreadable("unknown")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE or any(map(_is_bomb, parts)):
        raise Unreadable("too_large")
    return archive


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    steep = part.file_size > STEEP_FROM and part.file_size > STEEPEST * max(1, part.compress_size)
    return steep or part.file_size > LARGEST_PART


def kind_of(archive: zipfile.ZipFile) -> Literal["xlsx", "ods"]:
    """Which workbook an archive holds; xlsm counts as xlsx. Raises Unreadable for others."""
    names = frozenset(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and b"spreadsheet" in archive.read("mimetype" if "mimetype" in names else "content.xml"):
        return "ods"
    raise Unreadable("unknown")
