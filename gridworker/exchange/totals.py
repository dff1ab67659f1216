"""Totals of a foreign table, compared with the rows they add up."""

from dataclasses import dataclass
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


@dataclass(slots=True)
class _Adding:
    """Cells being added up."""

    total: Decimal = Decimal(0)
    count: int = 0
    all_numbers: bool = True

    def add(self, raw: RawValue) -> None:
        """One more cell, unless it is blank."""
        if not is_blank(plain(raw)):
            number = _number(raw)
            self.all_numbers &= number is not None
            self.total += number or 0
            self.count += 1

    @property
    def is_sum(self) -> bool:
        """Whether enough was added, and nothing but numbers."""
        return self.all_numbers and self.count >= _FEWEST


def wrong_totals(grid: Grid, table: Table) -> list[tuple[int, int, str, str]]:
    """Row, column, told and right total, wherever a total is neither the sum since the last one nor that of all."""
    totals = {row for row, reason in table.ignored.items() if reason == "total" and row > table.header_rows[-1]}
    rows = sorted(totals.union(table.records)) if totals else []
    found = []
    for column in table.headings if totals else ():
        every, since = _Adding(), _Adding()
        for row in rows:
            raw = grid.value(row, column)
            if row not in totals:
                every.add(raw)
                since.add(raw)
                continue
            told, sums = _number(raw), [one.total for one in (every, since) if one.is_sum]
            if told is not None and sums and all(abs(told - one) > _TOLERANCE for one in sums):
                found.append((row, column, f"{told}", f"{sums[0]}"))
            since = _Adding()
    return found


def _number(raw: RawValue) -> Decimal | None:
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, (int, float)):
        number = Decimal(repr(raw))
        return number if abs(number) < _LONGEST else None
    quantity = find_quantity(compact(raw)) if isinstance(raw, str) else None
    whole = quantity and len(quantity.rest) <= 1 and not quantity.rest.isdigit() and not quantity.in_han
    return quantity.value if quantity and whole and abs(quantity.value) < _LONGEST else None
