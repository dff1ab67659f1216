"""Cells emptied by the column are proposals, not edits: perhaps more was deleted than was meant (excel.md §4)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from gridworker.domain.ids import hashed_id
from gridworker.domain.versions.entries import Reading, Version
from gridworker.exchange.layout import Column
from gridworker.exchange.model import Problem, RawSheet
from gridworker.exchange.own_rows import RowReading
from gridworker.exchange.token import RowToken
from gridworker.i18n import _

SHARE: Final = 0.3
LEAST: Final = 10
"""More than this share of at least so many filled cells, or all of several, is too much to be taken silently."""


def with_mass_clearings_proposed(
    sheet: RawSheet, columns: Mapping[int, Column], readings: list[RowReading], tokens: Collection[RowToken]
) -> list[RowReading]:
    """The readings, with clearings of whole columns turned into proposals that a person may accept."""
    for column in columns.values():
        cleared = [one for one in readings if column.name in one.cleared]
        if len(cleared) > 1 and _is_mass(len(cleared), sum(token.was_filled(column.name) for token in tokens)):
            for one in cleared:
                _propose(sheet, column, one)
    return readings


def _is_mass(cleared: int, filled: int) -> bool:
    return cleared >= filled or (filled >= LEAST and cleared > SHARE * filled)


def _propose(sheet: RawSheet, column: Column, reading: RowReading) -> None:
    message = _("“{head}”一栏被成片清空，没有直接清空，列为待确认；同意的请在程序里确认，不同意就不用管。")
    where = reading.cleared[column.name]
    reading.problems.append(Problem(sheet.name, where, "mass_clearing", message.format(head=column.head)))
    for place, one in enumerate(reading.contributions):
        if isinstance(one.entry, Version) and column.name in one.entry.patch:
            offered = {name: value for name, value in one.entry.patch.items() if name in reading.edited_fields}
            id = hashed_id("offered", one.entry.id, foreign=True)
            reading.contributions[place] = replace(one, entry=Reading(id, one.entry.record, offered))
            reading.edited -= sum(one.counted.values())
            reading.offered += sum(one.counted.values())
