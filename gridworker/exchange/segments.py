"""Which columns of a sheet are one table: runs of filled columns, cut where a table stands twice, joined over a gap."""

from collections.abc import Mapping, Sequence
from typing import Final

from gridworker.exchange.headings import ADDRESS, is_serial, meanings, names_person
from gridworker.exchange.model import RawValue

_NARROWEST: Final = 2
"""Columns of a table that stands twice side by side."""
_FEWEST: Final = 3
"""Records that show that two runs of columns are filled alike."""
_ALIKE: Final = 0.9
_OWNERS: Final = frozenset({ADDRESS, "household.room", "household.estate", "need.number", "grid.name", "grid.code"})
"""Columns besides those of persons that tell whose a record is."""
_EVENTS: Final = frozenset({"visit.visited_at", "visit.content", "visit.outcome", "need.content", "need.kind"})
"""Columns of which one makes a table of households one of visits or needs."""

Headings = Mapping[int, tuple[str, str]]
"""Group and text by column."""
Rows = Sequence[Sequence[RawValue]]
Spans = Sequence[tuple[int, int]]


def segments(runs: Sequence[list[int]], headings: Headings, rows: Rows, over: Spans) -> list[list[int]]:
    """Runs of columns as tables. `rows`: below the heading; `over`: first and last column of merged titles above."""
    joined: list[list[int]] = []
    for run in filter(None, runs):
        if joined and _goes_on(joined[-1], run, headings, rows, over):
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return [part for run in joined for part in _cut(run, headings)]


def _cut(run: list[int], headings: Headings) -> list[list[int]]:
    """A run of columns whose headings stand there twice or more, as parts with each heading once."""
    texts = [headings.get(column, ("", "")) for column in run]
    for length in range(_NARROWEST, len(run) // 2 + 1):
        if len(run) % length == 0 and texts == texts[:length] * (len(run) // length):
            return [run[place : place + length] for place in range(0, len(run), length)]
    return [run]


def _goes_on(left: list[int], right: list[int], headings: Headings, rows: Rows, over: Spans) -> bool:
    """Whether columns behind an empty one tell what befell those before it: they name nobody themselves."""
    if right[0] - left[-1] > 2 or not _names_owner(left, headings) or _names_someone(right, headings):
        return False
    before, behind = _fields(left, headings), _fields(right, headings)
    if before & behind or (before & _OWNERS and behind & _OWNERS):
        return False
    events = _ledgers(behind & _EVENTS)
    if not (events or behind & _OWNERS) or (before & _EVENTS and not events <= _ledgers(before & _EVENTS)):
        return False
    return any(first <= left[0] and last >= right[-1] for first, last in over) or _are_filled_alike(left, right, rows)


def _ledgers(columns: set[str]) -> set[str]:
    return {one.partition(".")[0] for one in columns}


def _fields(run: list[int], headings: Headings) -> set[str]:
    return {one.column for column in run if column in headings for one in meanings(*headings[column])}


def _names_owner(run: list[int], headings: Headings) -> bool:
    return bool(_fields(run, headings) & _OWNERS) or _names_someone(run, headings)


def _names_someone(run: list[int], headings: Headings) -> bool:
    leaves = [headings[one][1] for one in run if one in headings]
    return any(names_person(leaf) or is_serial(leaf) for leaf in leaves)


def _are_filled_alike(left: list[int], right: list[int], rows: Rows) -> bool:
    pairs = [(_is_filled(row, left), _is_filled(row, right)) for row in rows]
    some, both = sum(map(any, pairs)), sum(map(all, pairs))
    return both >= _FEWEST and both >= _ALIKE * some


def _is_filled(row: Sequence[RawValue], run: list[int]) -> bool:
    return any(one <= len(row) and row[one - 1] is not None for one in run)
