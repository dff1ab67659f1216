"""The history of a record as people read it: deed by deed, the making of the record first, fields in their order."""

from typing import Final

from gridworker.domain.ledger import Ledger
from gridworker.domain.versions.entries import Value
from gridworker.store.deeds import Deed
from gridworker.store.history import Said

_MADE_WITH: Final = {"household": "grid", "resident": "household", "need": "registered_at"}
"""By ledger: the field that only the deed that made a record sets; clocks cannot tell which was first."""


def by_deed(of: Ledger, said: list[Said]) -> list[tuple[Deed, dict[str, Value]]]:
    """What counts: the versions of one save, or the cells of one book, together."""
    found: dict[Deed, dict[str, Value]] = {}
    for one in said:
        if one.counts:
            found.setdefault(one.deed, {}).update(one.patch)
    ordered = [(deed, _in_order(of, patch)) for deed, patch in found.items()]
    return sorted(ordered, key=lambda told: _MADE_WITH.get(of.name) not in told[1])


def _in_order(of: Ledger, patch: dict[str, Value]) -> dict[str, Value]:
    known = {name: patch[name] for name in of.by_name if name in patch}
    return known | {name: value for name, value in patch.items() if name not in known}
