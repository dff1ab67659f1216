"""What the community's own ledgers know of a need: who it went to, its mediation, the project made for it."""

from dataclasses import dataclass

from gridworker.domain.rules.community import DISPUTES
from gridworker.services import affairs, escalating, merged_needs, referring
from gridworker.services.affairs import Line
from gridworker.services.escalating import Escalated
from gridworker.services.referring import Referred
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

_TOLD_APART = frozenset({"referral", "escalation"})


@dataclass(frozen=True, slots=True)
class Around:
    """Referrals with their answers, then all other records that refer to the need, each under its ledger's label."""

    referrals: tuple[Referred, ...] = ()
    others: tuple[Line, ...] = ()
    is_dispute: bool = False
    passed: tuple[Escalated, ...] = ()
    """Steps upwards that nobody answered yet."""


def around(workspace: Workspace, row: Row) -> Around:
    """What hangs on a need; what was said of one that was merged into it counts as its own."""
    hanging = affairs.hanging(workspace, "need", merged_needs.meant(workspace, row.id))
    others = [line for name, lines in hanging if name not in _TOLD_APART for line in lines]
    passed = tuple(one for one in escalating.of_need(workspace, row.id) if one.waits)
    return Around(
        referring.of_need(workspace, row.id), tuple(others), is_dispute=row.plain("kind") in DISPUTES, passed=passed
    )
