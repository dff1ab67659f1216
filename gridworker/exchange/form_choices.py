"""The words that the cells of a form let choose from."""

import re
from typing import Final

from gridworker.exchange.patch_parts import WORKBOOK
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.raw_xlsx import column_number

_AREA: Final = re.compile(r"(?:'?(?P<sheet>[^'!]+)'?!)?\$?([A-Z]{1,3})\$?([0-9]+)(?::\$?([A-Z]{1,3})\$?([0-9]+))?")
_LONGEST_LIST: Final = 500


def choices(cells: SheetPatch, row: int) -> dict[int, tuple[str, ...]]:
    """The words of lists that the cells of a row offer: written out, or in a column, which may have a name."""
    found = {}
    for one in cells.root.iter("{*}dataValidation"):
        if one.get("type") != "list":
            continue
        told = "".join(one.itertext("{*}formula1", "{*}f")).strip()
        areas = (one.get("sqref") or "".join(one.itertext("{*}sqref"))).split()
        words = _words(cells, told)
        for area in areas:
            for column in _columns_over(area, row) if words else ():
                found[column] = words
    return found


def _columns_over(area: str, row: int) -> range:
    """The columns of an area that reaches a row."""
    place = _AREA.fullmatch(area)
    if place is None:
        return range(0)
    left, top = column_number(place[2].encode()), int(place[3])
    right, bottom = (column_number(place[4].encode()), int(place[5])) if place[4] else (left, top)
    return range(left, right + 1) if top <= row <= bottom else range(0)


def _words(cells: SheetPatch, told: str) -> tuple[str, ...]:
    if told.startswith('"'):
        return tuple(word.strip() for word in told.strip('"').split(",") if word.strip())
    place = _AREA.fullmatch(_named(cells, told))
    name = place["sheet"] or cells.name if place else ""
    if place is None or not place[4] or name not in cells.parts.sheets:
        return ()
    other = SheetPatch(cells.parts, cells.styles, name)
    column, first, last = column_number(place[2].encode()), int(place[3]), int(place[5])
    rows = range(first, min(last, first + _LONGEST_LIST) + 1)
    return tuple(text for row in rows if (text := other.text(row, column)))


def _named(cells: SheetPatch, told: str) -> str:
    """The area that a name of the book stands for; anything else as it is."""
    book = cells.parts.read(WORKBOOK)
    names = {one.get("name"): one.text or "" for one in book.iterfind("{*}definedNames/{*}definedName")}
    bare = told.removeprefix("=").strip()
    return names.get(bare, bare).strip()
