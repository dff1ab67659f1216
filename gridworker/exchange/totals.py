"""Totals of a foreign table, compared with the rows they add up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from gridworker.domain.text.blanks import is_blank
from gridworker.domain.text.numbers import compact, find_quantity
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Grid, Table
from gridworker.exchange.typing_values import plain

_FEWEST: Final = 2
"""Numbers that make a column one that is added up."""
_LONGEST: Final = Decimal(10**9)
"""Larger numbers are telephones and the like, which nobody adds."""
_TOLERANCE: Final = Decimal("0.01")


def wrong_totals(grid: Grid, table: Table) -> list[tuple[int, int, str, str]]:
    """Row, column, told and right total, wherever a total is neither the sum since the last one nor that of all."""
    totals = [row for row, reason in table.ignored.items() if reason == "total" and row > table.header_rows[-1]]
    found = []
    for column in table.headings if totals else ():
        cells = {row: grid.value(row, column) for row in table.records}
        for before, row in zip([0, *totals], totals, strict=False):
            told = _number(grid.value(row, column))
            every = [cells[one] for one in table.records if one < row]
            since = [cells[one] for one in table.records if before < one < row]
            sums = [total for some in (every, since) if (total := _sum(some)) is not None]
            if told is not None and sums and all(abs(told - one) > _TOLERANCE for one in sums):
                found.append((row, column, f"{told}", f"{sums[0]}"))
    return found


def _sum(cells: Iterable[RawValue]) -> Decimal | None:
    """The sum of cells that are all numbers or blank; None where they are not."""
    numbers = [_number(one) for one in cells if not is_blank(plain(one))]
    if len(numbers) < _FEWEST or None in numbers:
        return None
    return sum((one for one in numbers if one is not None), Decimal(0))


def _number(raw: RawValue) -> Decimal | None:
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, (int, float)):
        number = Decimal(repr(raw))
        return number if abs(number) < _LONGEST else None
    quantity = find_quantity(compact(raw)) if isinstance(raw, str) else None
    whole = quantity and len(quantity.rest) <= 1 and not quantity.rest.isdigit() and not quantity.in_han
    return quantity.value if quantity and whole and abs(quantity.value) < _LONGEST else None
