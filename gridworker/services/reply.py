"""What stands against what, in the words people read beside a choice."""

from gridworker.domain.ledger import DELETED
from gridworker.i18n import _
from gridworker.services.conflicts import Conflict
from gridworker.services.naming import said, title_of_row
from gridworker.services.workspace import Workspace


def words(conflict: Conflict, side: int) -> list[tuple[str, str]]:
    """Label and value of each field of a conflict's side."""
    if conflict.group == DELETED:
        return [(_("删除"), _("是") if conflict.sides[side].value == (True,) else _("否"))]
    of = conflict.ledger
    members = of.members(conflict.group)
    return [
        (_(of.by_name[name].label), said(of.by_name[name], value))
        for name, value in zip(members, conflict.sides[side].value, strict=True)
    ]


def title(workspace: Workspace, conflict: Conflict) -> str:
    """The record of a conflict in a few words."""
    row = workspace.row(conflict.ledger.name, conflict.record)
    return title_of_row(row) if row else ""
