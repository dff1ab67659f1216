"""Workbooks that Excel opens and the reader's library refuses: mended in memory, when it has refused them."""

import io
import re
import zipfile
from typing import Final

_BLANKS: Final = re.compile(rb"<v>\s+([^<\s]+)\s*</v>|<v>([^<\s]+)\s+</v>")
"""Around numbers; some writers fill them up to one width."""


def with_bare_numbers(archive: zipfile.ZipFile) -> bytes:
    """The workbook with no blanks around the values of its cells."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as mended:
        for part in archive.infolist():
            data = archive.read(part)
            if part.filename.startswith("xl/worksheets/"):
                data = _BLANKS.sub(rb"<v>\1\2</v>", data)
            mended.writestr(part.filename, data)
    return memory.getvalue()
