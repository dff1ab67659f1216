"""排查: the week's looking round for disputes as one record, 0 起 among them."""

from dataclasses import dataclass

from gridworker.domain.calendar import week_of
from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.community import DISPUTES
from gridworker.domain.rules.need_states import LEFT_OUT
from gridworker.domain.versions.entries import Value
from gridworker.services import undoing
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change

_ABOUT = "矛盾纠纷"


@dataclass(frozen=True, slots=True)
class Screening:
    """How a week stands: disputes registered and settled in it, and when looking round was reported, if it was."""

    found: int
    settled: int
    told_on: str
    told: int
    """What the report says was found."""

    @property
    def is_told(self) -> bool:
        """Whether the week's report says what is known now."""
        return bool(self.told_on) and self.told == self.found


def of_week(workspace: Workspace) -> Screening:
    """This week, as far as it has come."""
    week = week_of(workspace.today)
    some = queries.between(
        workspace.connection, "need", "registered_at", week.first_day.isoformat(), workspace.today.isoformat()
    )
    disputes = [row for row in some if row.plain("kind") in DISPUTES and row.plain("status") not in LEFT_OUT]
    row = workspace.row("screening", _record(workspace))
    told = row if row and not row.deleted else None
    return Screening(
        len(disputes), sum(bool(one.plain("closed_on")) for one in disputes),
        str(told.plain("held_on") or "") if told else "", int(told.plain("found") or 0) if told else 0,
    )  # fmt: skip


def report(workspace: Workspace) -> Done:
    """Write down that the week was looked round, with what was found; said again, the same record says it anew."""
    found = of_week(workspace)
    patch: dict[str, Value] = {
        "grid": workspace.grid, "held_on": workspace.today.isoformat(), "about": _ABOUT, "found": found.found,
        "settled": found.settled, "worker": workspace.worker, DELETED: None,
    }  # fmt: skip
    return undoing.write(workspace, "set", Change(ledger("screening"), patch, _record(workspace)))


def _record(workspace: Workspace) -> Id:
    """One for each grid and week, on any machine."""
    return hashed_id("screening", workspace.store.get("grid"), week_of(workspace.today).label)
