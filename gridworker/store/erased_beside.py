"""What was erased, told once more beside the store: a restored backup learns it before anybody opens it.

The file holds ids and the codes of natural keys, which say nothing to whoever lacks the key inside the store.
"""

import json
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import from_text, to_text
from gridworker.domain.versions.entries import Tombstone
from gridworker.errors import GridworkerError
from gridworker.leftovers import draft_of
from gridworker.store import database, erasing
from gridworker.store.engine import Connection, DatabaseError
from gridworker.store.erasing import Stone

FILE: Final = "erased.json"


@dataclass(slots=True)
class Erased:
    """Tombstones and codes of natural keys, each once."""

    stones: dict[int, Stone] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, stones: Sequence[Stone], codes: Sequence[tuple[str, str]]) -> None:
        """Take more in."""
        self.stones |= {one.entry.id: one for one in stones}
        self.codes |= dict(codes)


def write(folder: Path, connection: Connection) -> None:
    """Tell all that this store has erased, and what was told beside it before."""
    found = _from_file(folder)
    found.add(erasing.stones(connection), erasing.remembered(connection))
    told = {"erased": [_packed(one) for _id, one in sorted(found.stones.items())], "codes": sorted(found.codes.items())}
    with database.told_plainly(), draft_of(folder / FILE) as draft:
        draft.write_text(json.dumps(told), encoding="utf-8")


def of_folder(folder: Path, key: bytes) -> Erased:
    """What was erased here: told beside the store, and by the store itself where the key still opens it."""
    found = _from_file(folder)
    if (folder / database.FILE).exists():
        with suppress(DatabaseError, GridworkerError), closing(database.open_with_key(folder, key)) as connection:
            found.add(erasing.stones(connection), erasing.remembered(connection))
    return found


def _from_file(folder: Path) -> Erased:
    """A damaged file tells nothing: the store itself may know."""
    found = Erased()
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        found.add([_unpacked(one) for one in told["erased"]], [(code, at) for code, at in told["codes"]])
    return found


def _packed(one: Stone) -> list[Any]:
    return [one.ledger, to_text(one.entry.id), to_text(one.entry.record), sorted(one.entry.groups), one.at]


def _unpacked(told: list[Any]) -> Stone:
    ledger, id, record, groups, at = told
    return Stone(ledger, Tombstone(from_text(id), from_text(record), frozenset(groups)), at)
