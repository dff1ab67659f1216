"""楼长考评: every quarter each captain is reviewed; whether it was done stands on the captain's page."""

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.naming import display_value
from gridworker.services.workspace import Workspace
from gridworker.store import queries

_MONTHS = 3


def facts(workspace: Workspace, captain: Id) -> tuple[tuple[str, str], ...]:
    """How this quarter's review came out, or that there is none yet."""
    today = workspace.today
    begun = today.replace(month=today.month - (today.month - 1) % _MONTHS, day=1).isoformat()
    where = "captain = ? and reviewed_on >= ?"
    rows = queries.where(workspace.connection, "captain_review", where, [captain, begun], "reviewed_on desc, id desc")
    told = display_value(rows[0], "result") if rows else _("还没有")
    return ((_("本季度考评"), told or _("已考评")),)
