"""What became of every cell of a file, by count: nothing is lost in between."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Literal

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import Reading
from gridworker.store import derive, queries
from gridworker.store.engine import Connection
from gridworker.store.taking import Brought

CELLS: Final = ("in", "unchanged", "applied", "conflicting", "flagged", "proposals")
"""What is counted; the first is the sum of the others."""
Outcome = Literal["unchanged", "applied", "conflicting", "proposals"]


def tally(connection: Connection, brought: Iterable[Brought], read: Mapping[str, int]) -> dict[str, int]:
    """Cells in = unchanged + applied + conflicting + flagged + proposals, after the file went in.

    An edit counts as conflicting while its value stands in an open conflict, else as applied, also where it was known
    before or has been overwritten since. A cell read as somebody else's counts as a proposal while it differs from what
    stands, as applied where it filled a blank, else as unchanged. A group that moves together counts all its cells.
    What is unchanged or flagged in the file alone was `read` before.
    """
    count = Counter(read)
    counted = [one for one in brought if one.counted]
    if counted:
        marks = _Marks(connection)
        for one in counted:
            for group, cells in one.counted.items():
                count[marks.outcome(one, group)] += cells
    told = {name: count[name] for name in CELLS[1:]}
    return {"in": sum(told.values())} | told


class _Marks:
    """What stands open in the store: which ids in which group."""

    def __init__(self, connection: Connection) -> None:
        self._groups = lru_cache(maxsize=1)(derive.groups_of(connection))
        """Of the record asked about last: all groups of an entry are asked about one after the other."""
        self._conflicting: set[tuple[Id, str]] = set()
        self._proposed: set[tuple[Id, str]] = set()
        for _record, group, conflicts, proposals in queries.open_marks(connection):
            self._conflicting |= {(id, group) for _value, ids in json.loads(conflicts or "[]") for id in ids}
            self._proposed |= {(id, group) for id, _value in json.loads(proposals or "[]")}

    def outcome(self, one: Brought, group: str) -> Outcome:
        """What became of one group of an entry."""
        id = getattr(one.entry, "id", 0)
        if (id, group) in self._proposed:
            return "proposals"
        if (id, group) in self._conflicting:
            return "conflicting"
        return "applied" if not isinstance(one.entry, Reading) or self._fills(one.entry, group) else "unchanged"

    def _fills(self, reading: Reading, group: str) -> bool:
        groups = self._groups(reading.record)
        return group in groups and reading.id in groups[group].of
