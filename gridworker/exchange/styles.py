"""How our workbooks look: an official township table (excel.md §8, look §6)."""

from typing import Any, Final

import xlsxwriter

BODY_FONT: Final = "宋体"
TITLE_FONT: Final = "黑体"
LINE: Final = "#7F7F7F"
HEAD: Final = "#E7EEF7"
TOTAL: Final = "#F2F4F7"
REPLY_HEAD: Final = "#F7E9B8"
REPLY: Final = "#FFF8E3"
ALARM: Final = "#B83227"
CALM: Final = "#2A7548"
BAR: Final = "#9CCBC5"
BAR_STRONG: Final = "#0F6E66"
BAR_MIDDLE: Final = "#62B2A7"
_FOOTER: Final = 100
"""Characters of either side of a footer: spreadsheet programs take 255 of all of it."""

_BASE: Final[dict[str, Any]] = {"font_name": BODY_FONT, "font_size": 10, "valign": "vcenter"}
_GRID: Final[dict[str, Any]] = _BASE | {"border": 1, "border_color": LINE}
STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"font_name": TITLE_FONT, "font_size": 19, "bold": True, "align": "center", "valign": "vcenter"},
    "left": _BASE | {"font_size": 11},
    "middle": _BASE | {"font_size": 11, "align": "center"},
    "right": _BASE | {"font_size": 11, "align": "right"},
    "note": _BASE | {"font_size": 9, "font_color": "#526070", "text_wrap": True, "valign": "top"},
    "prose": _BASE | {"font_size": 11, "text_wrap": True, "valign": "top"},
    "head": _GRID | {"font_size": 10.5, "bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD},
    "head_reply": _GRID
    | {"font_size": 10.5, "bold": True, "align": "center", "text_wrap": True, "bg_color": REPLY_HEAD},
    "short": _GRID | {"align": "center", "text_wrap": True, "num_format": "@"},
    "long": _GRID | {"text_wrap": True, "indent": 1, "num_format": "@"},
    "date": _GRID | {"align": "center", "num_format": "yyyy-mm-dd"},
    "time": _GRID | {"align": "center", "text_wrap": True, "num_format": "mm-dd hh:mm"},
    "whole": _GRID | {"align": "center", "num_format": "0"},
    "money": _GRID | {"align": "right", "num_format": "#,##0.00"},
    "rate": _GRID | {"align": "center", "num_format": "0.0%"},
    "total": _GRID | {"bold": True, "align": "center", "bg_color": TOTAL, "num_format": "0"},
    "total_money": _GRID | {"bold": True, "align": "right", "bg_color": TOTAL, "num_format": "#,##0.00"},
    "total_rate": _GRID | {"bold": True, "align": "center", "bg_color": TOTAL, "num_format": "0.0%"},
    "total_left": _GRID | {"bold": True, "indent": 1, "bg_color": TOTAL},
    "balance": _GRID | {"align": "center", "font_color": CALM},
    "typed_text": _BASE | {"num_format": "@"},
    "typed_date": _BASE | {"num_format": "yyyy-mm-dd"},
    "typed_time": _BASE | {"num_format": "yyyy-mm-dd hh:mm"},
    "typed_whole": _BASE | {"num_format": "0"},
    "typed_money": _BASE | {"num_format": "0.00"},
    "hidden": {"font_name": "Consolas", "font_size": 8, "num_format": "@", "font_color": LINE},
}
_VARIANTS: Final[dict[str, dict[str, Any]]] = {
    "reply": {"bg_color": REPLY},
    "alarm": {"font_color": ALARM, "bold": True},
}


class Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}

    def get(self, name: str, *variants: str) -> Any:
        """A format by name, with variants such as `reply` and `alarm` on top."""
        key = (name, *variants)
        if key not in self._made:
            properties = dict(STYLES[name])
            for variant in variants:
                properties |= _VARIANTS[variant]
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def text_width(text: str) -> int:
    """Width in half-width characters: a Han character, of three bytes, counts two. Not cached: texts are private."""
    return len(text) if text.isascii() else len(text) + (len(text.encode(errors="replace")) - len(text)) // 2


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column, with slack so that no lone 。 falls on a line of its own."""
    room = max(2.0, width - 2)
    return sum(max(1, -(-text_width(line) // int(room))) for line in text.split("\n"))


def page(sheet: Any, footer: tuple[str, str], first_row: int, last_head: int) -> None:
    """A4 landscape, as wide as the paper, headings on every page, a footer that says what it is."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.65)
    sheet.hide_gridlines(2)
    sheet.repeat_rows(first_row, last_head)
    left, right = (text[:_FOOTER].replace("&", "＆") for text in footer)  # a bare one begins an instruction
    sheet.set_footer(f"&L&8{left}&C&8第 &P 页　共 &N 页&R&8{right}")
