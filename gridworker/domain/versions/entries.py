"""What a store holds: versions, statements, foreign readings, decisions, tombstones.

Every entry is immutable and says nothing about time or place; the deed beside it does.
The exact rules are in the design's versions.md; section numbers are quoted where a rule is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple, Protocol

from gridworker.domain.ids import Id

Side = Literal["worker", "township", "book"]


class Masked(NamedTuple):
    """A value known only as its mask, such as 138****5678. A mark of the cell, not of the text."""

    text: str


class Missing(Enum):
    """A member of a group that the author of this value could not see."""

    MISSING = "missing"


MISSING = Missing.MISSING
Plain = str | int | bool | None
Value = Plain | Masked | Missing
GroupValue = tuple[Value, ...]
"""The value of one group: its members in the ledger's order. None is *cleared*."""


class Schema(Protocol):
    """What the fold needs to know of a ledger."""

    def group_of(self, field: str) -> str:
        """The group a field moves with; a field outside any group is its own."""

    def members(self, group: str) -> tuple[str, ...]:
        """The fields of a group, in their fixed order. `_deleted` is a group of one in every ledger."""

    def is_township(self, group: str) -> bool:
        """Whether the township owns the group, so that its side is shown in a conflict."""

    def key_groups(self) -> frozenset[str]:
        """The groups that natural keys are made of."""

    def keys(self, values: Mapping[str, Value]) -> frozenset[str]:
        """Natural keys that one set of full values gives: complete address, ID number with name (§9)."""


@dataclass(frozen=True, slots=True)
class Version:
    """Somebody set these fields to these values, having seen these ids of these groups."""

    id: Id
    record: Id
    side: Side
    seen: frozenset[Id]
    patch: Mapping[str, Value]
    origin: Mapping[str, Id] = field(default_factory=dict)
    """By group: the head whose unseen members this partial value keeps (`from`, §7)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A visible, unedited cell group of our own workbook: the value of versions `of`."""

    of: frozenset[Id]
    value: GroupValue
    over: frozenset[Id] = frozenset()
    hidden: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of our own workbook: a cell per group."""

    record: Id
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Reading:
    """A row of somebody else's sheet, or a row of our own book without token."""

    id: Id
    record: Id
    values: Mapping[str, Value]
    over: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """A person on who is who."""

    id: Id
    a: Id
    b: Id
    same: bool
    seen: frozenset[Id] = frozenset()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Erasure of a record, or of some of its groups: every entry that has not seen it."""

    id: Id
    record: Id
    groups: frozenset[str] = frozenset()


Entry = Version | Statement | Reading | Decision | Tombstone
