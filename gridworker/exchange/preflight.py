"""Looking before leaping: sizes and extents of a workbook, before anything is unpacked (excel.md §6)."""

import io
import re
import zipfile
import zlib
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _

LARGEST_PART: Final = 600_000_000
LARGEST_BOOK: Final = 800_000_000
MOST_PARTS: Final = 5000
STEEPEST: Final = 150
"""Bytes out of one byte in, for parts over `STEEP_FROM`; real sheets unpack 8 to 12 times."""
STEEP_FROM: Final = 20_000_000
MOST_CELLS: Final = 20_000_000
_CHUNK: Final = 1 << 20
_ROW: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_OVERLAP: Final = 200


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE file is a workbook under a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def check_zip(data: bytes) -> None:
    """Refuse bombs, torn files and cells at the end of the world. Raises UserError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _check_extent(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _damaged() from error


def _damaged() -> UserError:
    return UserError("damaged_file", _("文件不完整或已损坏，打不开。"), _("请让对方重新发一份。"))


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_BOOK:
        raise _too_large()
    for part in parts:
        steep = part.file_size > STEEP_FROM and part.file_size > STEEPEST * max(1, part.compress_size)
        if part.file_size > LARGEST_PART or steep:
            raise _too_large()


def _too_large() -> UserError:
    return UserError("too_large", _("文件解开后大得不正常，没有打开。"), _("请只留需要的行列，另存后再试。"))


def _check_extent(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """The used rectangle: a value in a far corner would be laid out in full by the reader."""
    last_row = last_column = 0
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            for letters, number in _ROW.findall(text):
                last_row = max(last_row, int(number))
                last_column = max(last_column, _number(letters))
            rest = text[-_OVERLAP:]
    if last_row * last_column > MOST_CELLS:
        raise _too_large()


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
