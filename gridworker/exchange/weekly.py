"""The weekly workbook as a file: written in memory, encrypted there when it is full, and only then put on the disk."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import to_text
from gridworker.errors import UserError
from gridworker.exchange import front_sheets, gw
from gridworker.exchange.data_sheet import write_sheet
from gridworker.exchange.fresh_book import begun
from gridworker.exchange.model import OutBook
from gridworker.exchange.raw_errors import Unreadable
from gridworker.exchange.styles import Styles
from gridworker.i18n import _
from gridworker.leftovers import draft_of, of_disk, sweep

_LEAST: Final = 4096
"""Bytes from which a locked file opens again; the library cannot write the short streams of smaller ones."""


def write_weekly(book: OutBook, out: Path, password: str | None = None) -> str:
    """Write the workbook, encrypted under a password if one is given; returns the sha256 of the file.

    Raises UserError or DataError.
    """
    data = workbook_bytes(book)
    data = encrypted(data, password) if password else data
    save(out, data)
    return hashlib.sha256(data).hexdigest()


def workbook_bytes(book: OutBook) -> bytes:
    """The workbook in plain, in memory only."""
    buffer, workbook = begun()
    styles, footer = Styles(workbook), _footer(book)
    front_sheets.write_cover(workbook, styles, book, footer)
    if not book.only_replies:
        front_sheets.write_summary(workbook, styles, book, footer)
    for sheet in book.sheets:
        if sheet.visible:
            write_sheet(workbook, styles, book, sheet, footer)
    if not book.only_replies:
        front_sheets.write_coordinate(workbook, styles, book, footer)
        front_sheets.write_help(workbook, styles, footer)
    for sheet in book.sheets:
        if not sheet.visible:
            write_sheet(workbook, styles, book, sheet, footer)
    _write_gw(workbook, book)
    workbook.close()
    return buffer.getvalue()


def forms_bytes(book: OutBook) -> bytes:
    """Sheets to be filled in and nothing else: their rows tell by themselves whose they are."""
    buffer, workbook = begun()
    styles, footer = Styles(workbook), _footer(book)
    for sheet in book.sheets:
        write_sheet(workbook, styles, book, sheet, footer)
    workbook.close()
    return buffer.getvalue()


def _footer(book: OutBook) -> tuple[str, str]:
    week = f"　第{int(book.week.partition('W')[2])}周" if book.week else ""
    form = "遮住版" if book.masked else "完整加密版"
    return f"{book.title}{week}", f"导出号 {to_text(book.export)} · {form}"


def _write_gw(workbook: Any, book: OutBook) -> None:
    sheet = workbook.add_worksheet(gw.SHEET)
    for row, (key, value) in enumerate(gw.lines(book)):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
    export = to_text(book.export)
    workbook.set_custom_property("gw_export_id", export)
    workbook.define_name("gw_export", f'="{export}"')
    workbook.set_properties({"title": "网格工作周报", "author": "网格走访", "company": ""})


def encrypted(data: bytes, password: str) -> bytes:
    """The workbook under a password (ECMA-376 agile encryption, as Excel, WPS and LibreOffice open it)."""
    from msoffcrypto.exceptions import FileFormatError
    from msoffcrypto.format.ooxml import OOXMLFile

    source, target = io.BytesIO(data if len(data) >= _LEAST else _unpacked(data)), io.BytesIO()
    try:
        OOXMLFile(source).encrypt(password, target)
    except FileFormatError as error:  # somebody else's workbook without the usual parts
        raise Unreadable("damaged") from error
    return target.getvalue()


def _unpacked(data: bytes) -> bytes:
    """The same workbook with its parts not compressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(target, "w") as archive:
        for part in packed.infolist():
            archive.writestr(part.filename, packed.read(part))
    return target.getvalue()


def save(out: Path, data: bytes) -> None:
    """Give finished bytes their name in one step, so that no half workbook is ever found."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        sweep(out.parent)
        with draft_of(out) as draft:
            draft.write_bytes(data)
    except PermissionError as error:
        raise UserError(
            "file_in_use",
            _("写不进 {name}，它可能正在 Excel 或 WPS 里打开。").format(name=out.name),
            _("请关掉它再导出一次。"),
        ) from error
    except OSError as error:
        raise of_disk(error) from error
