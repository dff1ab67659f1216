"""The one door through which new workbooks are made: text that came from anywhere stays text."""

import io
from typing import Final

import xlsxwriter

_AS_TEXT: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def begun() -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    """Where it will stand once it is closed, and a workbook that makes no formula, link or number out of text."""
    buffer = io.BytesIO()
    return buffer, xlsxwriter.Workbook(buffer, _AS_TEXT)


def chart_words(text: str) -> str:
    """Words for the title of a chart: there the writer takes 丽景!A1 for a reference to a cell."""
    return text.replace("!", "！").removeprefix("=")
