"""What calamine hides in ods: merged and error cells, hidden rows, formulas, lists of choices, and the last cell."""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gridworker.exchange.layout import cell_name
from gridworker.exchange.raw_xls_formulas import FUNCTIONS, MOST_FORMULAS
from gridworker.exchange.raw_xlsx import Scan

_TAG: Final = re.compile(
    rb"<table:(table|table-row|table-column|table-cell|covered-table-cell|content-validation)(?=[\s/>])([^>]*)>"
)
_ATTRIBUTE: Final = re.compile(rb'([\w:-]+)="([^"]*)"')
_FORMULA: Final = re.compile(
    r'(?P<text>"(?:[^"]|"")*")|\[\.(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::\.(?P<to>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?\]'
    r"|(?P<function>[A-Z]+)(?=\()|(?P<next>;)|(?P<other>[0-9.]+|[-+*/^&<>=()% ])"
)
_AREA: Final = re.compile("[A-Z]+(?P<top>[0-9]+):[A-Z]+(?P<bottom>[0-9]+)")
_LISTED: Final = re.compile(r'of:cell-content-is-in-list\((?P<words>(?:"[^",]*";?)+)\)')
_LISTED_IN_CELLS: Final = re.compile(
    r"of:cell-content-is-in-(?:list|cell-range)\(\[(?P<sheet>\$?(?:'[^']+'|[^'.\[\]]*))\.(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})"
    r":\.(?P<to>\$?[A-Z]{1,3}\$?[0-9]{1,7})\]\)"
)
_LONGEST_FORMULA: Final = 1000
_FARTHEST: Final = 1 << 20
_MOST_COLUMNS: Final = 1 << 10


@dataclass(slots=True)
class OdsScan(Scan):
    """What one sheet of an ods file holds besides values."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    next_row: int = 1
    next_column: int = 1
    offered: dict[tuple[int, int, str], int] = field(default_factory=dict)
    """By columns and words: where in the lists the area stands that offers them."""


def scan_content(archive: zipfile.ZipFile) -> Iterator[tuple[str, OdsScan]]:
    """The scan of every sheet, by its name."""
    scan: OdsScan | None = None
    words: dict[bytes, str] = {}
    for found in _TAG.finditer(archive.read("content.xml")):
        attributes = dict(_ATTRIBUTE.findall(found[2]))
        if found[1] == b"content-validation":
            words[attributes.get(b"table:name", b"")] = _words(attributes.get(b"table:condition", b""))
        elif found[1] == b"table":
            scan = OdsScan()
            yield html.unescape(attributes.get(b"table:name", b"").decode()), scan
        elif scan is not None and found[1] == b"table-column":
            _column(scan, attributes)
        elif scan is not None and found[1] == b"table-row":
            _row(scan, attributes)
        elif scan is not None:
            _offer(scan, attributes, words.get(attributes.get(b"table:content-validation-name", b""), ""))
            _cell(scan, attributes)


def _row(scan: OdsScan, attributes: dict[bytes, bytes]) -> None:
    repeated = int(attributes.get(b"table:number-rows-repeated", 1))
    scan.row, scan.column = scan.next_row, 1
    scan.next_row += repeated
    if attributes.get(b"table:visibility", b"visible") != b"visible" and repeated < _FARTHEST:
        scan.hidden_rows.update(range(scan.row, scan.next_row))


def _column(scan: OdsScan, attributes: dict[bytes, bytes]) -> None:
    repeated = int(attributes.get(b"table:number-columns-repeated", 1))
    first, scan.next_column = scan.next_column, scan.next_column + repeated
    if attributes.get(b"table:visibility", b"visible") != b"visible" and repeated < _MOST_COLUMNS:
        scan.hidden_columns.update(range(first, scan.next_column))


def _words(condition: bytes) -> str:
    """What a cell lets choose from, as spreadsheets of today write it; empty where it only asks for numbers."""
    told = html.unescape(condition.decode(errors="replace"))
    if listed := _LISTED.fullmatch(told):
        return '"' + ",".join(re.findall('"([^"]*)"', listed["words"])) + '"'
    if listed := _LISTED_IN_CELLS.fullmatch(told):
        return "=" + "!".join(filter(None, (listed["sheet"].lstrip("$"), f"{listed['cell']}:{listed['to']}")))
    return ""


def _offer(scan: OdsScan, attributes: dict[bytes, bytes], words: str) -> None:
    """Note what a cell lets choose from; below one that offers the same its area grows."""
    last = scan.column + int(attributes.get(b"table:number-columns-repeated", 1)) - 1
    bottom, place = scan.next_row - 1, scan.offered.get((scan.column, last, words), -1)
    if not words or len(scan.lists) >= MOST_FORMULAS or bottom > _FARTHEST:
        return
    top = scan.row
    if place >= 0 and (above := _AREA.fullmatch(scan.lists[place][0])) and int(above["bottom"]) == scan.row - 1:
        top = int(above["top"])
    else:
        place = scan.offered[scan.column, last, words] = len(scan.lists)
        scan.lists.append(("", words))
    scan.lists[place] = (f"{cell_name(top, scan.column)}:{cell_name(bottom, last)}", words)


def _cell(scan: OdsScan, attributes: dict[bytes, bytes]) -> None:
    repeated = int(attributes.get(b"table:number-columns-repeated", 1))
    if b"office:value-type" in attributes:
        scan.last_row = max(scan.last_row, scan.next_row - 1)
        scan.last_column = max(scan.last_column, scan.column + repeated - 1)
    if attributes.get(b"calcext:value-type") == b"error":
        scan.faults[scan.row, scan.column] = "error_cell"
    if (told := attributes.get(b"table:formula")) and len(scan.formulas) < MOST_FORMULAS:
        text = _formula(html.unescape(told.decode(errors="replace")))
        scan.formulas |= {(scan.row, scan.column): text} if text else {}
    down = int(attributes.get(b"table:number-rows-spanned", 1))
    right = int(attributes.get(b"table:number-columns-spanned", 1))
    if down > 1 or right > 1:
        scan.merges.append((scan.row, scan.column, scan.row + down - 1, scan.column + right - 1))
    scan.column += repeated


def _formula(told: str) -> str:
    """A formula of OpenFormula as spreadsheets of today read it; empty where it asks beyond its sheet or ours."""
    told = told.removeprefix("of:=")
    parts = list(_FORMULA.finditer(told)) if len(told) <= _LONGEST_FORMULA else []
    is_whole = sum(len(one[0]) for one in parts) == len(told)
    if not parts or not is_whole or any(one["function"] and one["function"] not in FUNCTIONS for one in parts):
        return ""
    return "=" + "".join(map(_told, parts))


def _told(part: re.Match[str]) -> str:
    if part["cell"]:
        return ":".join(filter(None, (part["cell"], part["to"])))
    return "," if part["next"] else part[0]
