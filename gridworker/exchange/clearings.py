"""Cells emptied by the column are asked about, not taken: perhaps more was deleted than was meant (excel.md §4)."""

from collections.abc import Mapping
from typing import Final

from gridworker.domain.versions.entries import Version
from gridworker.exchange.layout import Column
from gridworker.exchange.model import Contribution, Problem, RawSheet
from gridworker.exchange.own_rows import RowReading
from gridworker.i18n import _

SHARE: Final = 0.3
LEAST: Final = 10
"""More than this share of at least so many filled cells, or all of several, is too much to be taken silently."""


def without_mass_clearings(
    sheet: RawSheet, columns: Mapping[int, Column], readings: list[RowReading]
) -> list[RowReading]:
    """The readings, with clearings of whole columns turned into questions."""
    for column in columns.values():
        cleared = [one for one in readings if column.name in one.cleared]
        filled = sum(column.name in one.filled for one in readings)
        if _is_mass(len(cleared), filled):
            for one in cleared:
                _turn_into_question(sheet, column, one)
    return readings


def _is_mass(cleared: int, filled: int) -> bool:
    return cleared > 1 and (cleared >= filled or (filled >= LEAST and cleared > SHARE * filled))


def _turn_into_question(sheet: RawSheet, column: Column, reading: RowReading) -> None:
    message = _("“{head}”一栏被成片清空，没有采用；确实要清空的，请在程序里逐条清空。").format(head=column.head)
    reading.problems.append(Problem(sheet.name, reading.cleared[column.name], "mass_clearing", message))
    kept: list[Contribution] = []
    for one in reading.contributions:
        if isinstance(one.entry, Version) and column.name in one.entry.patch and one.entry.patch[column.name] is None:
            count = len(one.entry.patch)
            reading.edited -= count
            reading.flagged += count
        else:
            kept.append(one)
    reading.contributions = kept
