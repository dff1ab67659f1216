"""What erasure leaves of an entry: the fold of what is left is the fold of all (versions.md §8, law 10)."""

from collections.abc import Callable, Collection
from dataclasses import replace

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import Entry, Reading, Statement, Tombstone, Version

GroupOf = Callable[[str], str]


def left_of(entry: Entry, stones: Collection[Tombstone], group_of: GroupOf) -> Entry | None:
    """An entry without what tombstones of its record take away; None where nothing is left."""
    if isinstance(entry, Version):
        return _of_version(entry, stones, group_of)
    if isinstance(entry, Reading):
        return _of_reading(entry, stones, group_of)
    if isinstance(entry, Statement):
        cells = {group: cell for group, cell in entry.cells.items() if not _is_gone(group, _unseen(stones, cell.over))}
        return replace(entry, cells=cells) if cells else None
    return entry


def _of_version(entry: Version, stones: Collection[Tombstone], group_of: GroupOf) -> Version | None:
    unseen = _unseen(stones, entry.seen)
    patch = {name: value for name, value in entry.patch.items() if not _is_gone(group_of(name), unseen)}
    origin = {group: head for group, head in entry.origin.items() if not _is_gone(group, unseen)}
    return replace(entry, patch=patch, origin=origin) if patch else None


def _of_reading(entry: Reading, stones: Collection[Tombstone], group_of: GroupOf) -> Reading | None:
    """An emptied reading stays where only some groups are erased: it replaces an older one of its row."""
    unseen = _unseen(stones, entry.over)
    if any(not stone.groups for stone in unseen):
        return None
    return replace(
        entry, values={name: value for name, value in entry.values.items() if not _is_gone(group_of(name), unseen)}
    )


def _unseen(stones: Collection[Tombstone], seen: frozenset[Id]) -> list[Tombstone]:
    return [one for one in stones if one.id not in seen]


def _is_gone(group: str, unseen: Collection[Tombstone]) -> bool:
    return any(not stone.groups or group in stone.groups for stone in unseen)
