"""Columns that only their values or their place tell to be addresses: a whole one under 小区, a door under 户号."""

from collections.abc import Mapping, Sequence
from typing import Final

from gridworker.domain.text.address import parse_address
from gridworker.exchange.belief import LEAST_SHARE, ROOTED_SHARE
from gridworker.exchange.columns import Column
from gridworker.exchange.headings import ADDRESS, field_of, fold
from gridworker.exchange.model import RawValue

_PARTS: Final = frozenset({"household.estate", "household.room"})
_ROOM: Final = "household.room"
_BEFORE_DOOR: Final = frozenset({"household.building", "household.unit"})
_DOORS: Final = frozenset({"户号", "户", "号", "门", "室号门牌", "户门号", "层户号"})
"""What heads the doors of a building, and elsewhere counts households."""


def find_addresses(columns: Mapping[int, Column], told: Mapping[int, Sequence[RawValue]]) -> None:
    """A whole address under the heading of its first or last part: 小区 金江西苑3栋2单元502, 门牌号 3-2-502."""
    taken = {column.meaning.column for column in columns.values() if column.meaning}
    if taken & {"household.unit", ADDRESS}:
        return
    for column in columns.values():
        if column.meaning and column.meaning.column in _PARTS:
            some = told[column.number]
            found = (parse_address(str(raw)) for raw in some)
            whole = [one for one in found if one.room and (one.unit if "household.building" in taken else one.building)]
            if some and len(whole) >= LEAST_SHARE * len(some):
                column.meaning = field_of(ADDRESS)


def find_door(columns: Mapping[int, Column]) -> None:
    """The door right behind a building or its unit, under a word that alone would count households."""
    if any(column.meaning and column.meaning.column == _ROOM for column in columns.values()):
        return
    for column in columns.values():
        before = columns.get(column.number - 1)
        stands_behind = before and before.meaning and before.meaning.column in _BEFORE_DOOR
        if stands_behind and column.meaning is None and fold(column.heading.leaf) in _DOORS:
            column.meaning, column.confidence, column.doubt = field_of(_ROOM), ROOTED_SHARE, ""
            return
