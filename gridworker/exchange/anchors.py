"""Beside which columns a column counts: those that make a row a record."""

from collections.abc import Set
from typing import Final

from gridworker.domain.ledgers import ledgers
from gridworker.exchange.headings import ADDRESS

ANCHORS: Final = {
    "household": frozenset({"household.room", ADDRESS, "household.head"}),
    "resident": frozenset({"resident.name", "household.head", "schooling.child"}),
    "visit": frozenset({"visit.visited_at", "visit.content", "visit.outcome"}),
    "need": frozenset({"need.content", "need.kind", "need.number", "need.raised_by"}),
    "worker": frozenset({"worker.name"}),
    "grid": frozenset({"grid.name", "grid.code"}),
    "followup": frozenset({"followup.content", "followup.done_on"}),
}
"""By subject: the columns of which one at least makes a row a record of it."""
PLACES: Final = frozenset({"household.estate", "household.building", "household.unit"})
"""Parts of an address that tell no household from the other."""
INHABITANTS: Final = frozenset({"resident.name", "schooling.child", "need.content"})
"""Columns beside which a place alone tells something: that of a person or a need."""

MET: Final = frozenset({"visit.outcome"})
"""Whether somebody was there: of a visit only where more speaks of one."""
OF_NOTHING: Final = frozenset({"need.kind", "need.note", "need.place"})
"""Columns that alone say nothing that happened: a list of kinds and what belongs to each."""
OF_NOBODY: Final = OF_NOTHING | {"need.content"}
"""Columns that alone say neither who asked nor when: a small list beside a report, of what a round came upon."""


def anchors(owner: str, held: set[str]) -> Set[str]:
    """The columns of which one at least makes a row a record: of the community's ledgers what they call a record by."""
    of = ledgers().get(owner)
    if of is not None and of.area:
        return {f"{owner}.{name}" for name in of.title}
    return ANCHORS.get(owner, held)
