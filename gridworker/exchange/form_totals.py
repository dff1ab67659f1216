"""Sums and counts of forms: which rows they take in, and what they come to, for viewers that do not calculate."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gridworker.exchange.patch_parts import decimal
from gridworker.exchange.patch_sheet import SheetPatch
from gridworker.exchange.raw_xlsx import column_number

_SIMPLE: Final = re.compile(
    r"(SUM|COUNT|COUNTA|AVERAGE|MAX|MIN)\(\$?([A-Z]{1,3})\$?([0-9]+):\$?([A-Z]{1,3})\$?([0-9]+)\)"
)
_SPAN: Final = re.compile(
    r"(?<![!:A-Z$])\$?(?P<column>[A-Z]{1,3})\$?(?P<first>[0-9]{1,7}):\$?(?P=column)\$?(?P<end>[0-9]{1,7})(?![0-9])"
)
_MOST_CELLS: Final = 200_000


def keep_totals(sheet: SheetPatch) -> None:
    """Write down what sums and counts over an area of the sheet come to; other formulas wait for a program."""
    for row, line in list(sheet.rows.items()):
        for cell in [one for one in line if one.find("{*}f") is not None]:
            column = column_number(cell.get("r", "").rstrip("0123456789").encode())
            if (result := _result(sheet, sheet.formula(row, column))) is not None:
                sheet.keep_result(row, column, result)


def _result(sheet: SheetPatch, formula: str) -> float | None:
    """None for what is more than a sum or count, and where an area holds further formulas."""
    found = _SIMPLE.fullmatch(formula)
    if found is None:
        return None
    left, right = column_number(found[2].encode()), column_number(found[4].encode())
    top, bottom = int(found[3]), int(found[5])
    if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
        return None
    held = list(_held(sheet, range(top, bottom + 1), range(left, right + 1)))
    if None in held:
        return None
    numbers = [one for one in held if isinstance(one, float)]
    return _worked_out(found[1], len(held), numbers)


def _worked_out(verb: str, filled: int, numbers: list[float]) -> float | None:
    if verb == "COUNTA":
        return filled
    if verb == "COUNT":
        return len(numbers)
    if verb == "AVERAGE":
        return sum(numbers) / len(numbers) if numbers else None
    total = sum(numbers) if verb == "SUM" else max(numbers, default=0) if verb == "MAX" else min(numbers, default=0)
    return int(total) if total == int(total) else round(total, 6)


def _held(sheet: SheetPatch, rows: range, columns: range) -> Iterator[str | float | None]:
    """What the filled cells of an area hold; None for a formula."""
    for row in rows:
        for column in columns:
            cell = sheet.cell(row, column)
            if cell is None or not len(cell):
                continue
            if cell.find("{*}f") is not None:
                yield None
            elif cell.get("t", "n") == "n":
                yield decimal(cell.findtext("{*}v") or 0)
            else:
                yield sheet.text(row, column)


def summed_to(formulas: Mapping[tuple[int, int], str], first: int) -> int:
    """The last row that totals over the rows from `first` on take in; 0 where there are none.

    Rows below it are filled as well, but as rows put in, so that the totals grow with them.
    """
    spans = (span for text in formulas.values() for span in _SPAN.finditer(text))
    return max((int(one["end"]) for one in spans if int(one["first"]) == first and int(one["end"]) > first), default=0)
