"""Any spreadsheet as it lies in the file, opened by content and never by extension (excel.md §2, §6).

The reading itself happens in a child process: calamine ends the whole process on some hostile files.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from gridworker.errors import UserError
from gridworker.exchange import text_books
from gridworker.exchange.child import Child
from gridworker.exchange.model import RawBook
from gridworker.exchange.preflight import check_zip, is_encrypted
from gridworker.i18n import _

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")

Read = Callable[[bytes, str | None], RawBook]


@contextmanager
def reader() -> Iterator[Read]:
    """A reader for many files; one child process serves them all, and another takes over when it dies."""
    child = Child()
    try:
        yield lambda data, password: _read(child, data, password)
    finally:
        child.close()


def read_book(data: bytes, password: str | None = None) -> RawBook:
    """One file. Raises UserError with one sentence for whatever it cannot read."""
    with reader() as read:
        return read(data, password)


def _read(child: Child, data: bytes, password: str | None) -> RawBook:
    if not data:
        raise UserError("empty_file", _("这是一个空文件。"), _("请让对方重新发一份。"))
    if data[:8] == _OLE and is_encrypted(data):
        book = child.read(_checked(decrypted(data, password)), "xlsx")
        book.encrypted = True
        return book
    if data[:4] == _ZIP:
        return child.read(_checked(data), _zip_kind(data))
    if data[:8] == _OLE:
        return child.read(data, "xls")
    return text_books.read(data)


def _checked(data: bytes) -> bytes:
    check_zip(data)
    return data


def _zip_kind(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    raise UserError("not_a_workbook", _("这个文件不是表格。"), _("请选 Excel、WPS 或 CSV 文件。"))


def decrypted(data: bytes, password: str | None) -> bytes:
    """The workbook under a password. Raises UserError for a missing or wrong one."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    if not password:
        raise UserError("password_needed", _("这个文件有密码。"), _("请输入打开它的密码。"))
    target = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password, verify_password=True)
        office.decrypt(target)
    except InvalidKeyError as error:
        raise UserError("wrong_password", _("文件的密码不对。"), _("请核对上报密码后再试。")) from error
    except (DecryptionError, FileFormatError, ParseError, OSError, ValueError, KeyError) as error:
        raise UserError("damaged_file", _("这个加密文件已损坏，打不开。"), _("请让对方重新发一份。")) from error
    return target.getvalue()
