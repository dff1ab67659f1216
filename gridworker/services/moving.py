"""Moving on purpose: a person to another household, a household to another grid; nothing else moves with them."""

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.need_states import is_open
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import naming, undoing
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row


def resident(workspace: Workspace, person: Id, household: Id) -> Done:
    """A person lives in another household from now on; what he is to its head is asked anew, his needs stay his."""
    row, _home = _standing(workspace, "resident", person), _standing(workspace, "household", household)
    if row.plain("household") == household:
        raise UserError("same_place", _("本来就在这一户。"), _("没有改动。"))
    patch = {"household": household, "relation": None, "residence": None}
    return undoing.write(workspace, "move", Change(ledger("resident"), patch, person))


def household(workspace: Workspace, home: Id, grid: Id, *, with_needs: bool = False) -> Done:
    """A household belongs to another grid; its open needs go along only if asked to."""
    row, _grid = _standing(workspace, "household", home), _standing(workspace, "grid", grid)
    if row.plain("grid") == grid:
        raise UserError("same_place", _("本来就在这个网格。"), _("没有改动。"))
    needs = open_needs(workspace, home) if with_needs else []
    changes = [Change(ledger("household"), {"grid": grid}, home)]
    changes += [Change(ledger("need"), {"grid": grid}, need.id) for need in needs]
    return undoing.write(workspace, "move", *changes)


def open_needs(workspace: Workspace, home: Id) -> list[Row]:
    """The needs of a household that somebody still works on."""
    return [row for row in queries.of_household(workspace.connection, "need", home) if is_open(row.values)]


def grids(workspace: Workspace, but: Id) -> list[tuple[Id, str]]:
    """The grids known here besides one, by code."""
    rows = [row for row in queries.every(workspace.connection, "grid", "code") if row.id != but]
    return [(row.id, naming.title_of_row(row)) for row in rows]


def _standing(workspace: Workspace, ledger_name: str, id: Id) -> Row:
    row = workspace.row(ledger_name, id)
    if row is None or row.deleted:
        label = _(ledger(ledger_name).label)
        raise UserError("unknown_record", _("找不到这条{ledger}记录。").format(ledger=label), _("没有改动。"))
    return row
