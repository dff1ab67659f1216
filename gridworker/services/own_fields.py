"""Fields that people added themselves (自定义项): which there are, and what a new one is called.

Such a field needs no declaration anywhere: its name is its heading, and every version that sets it carries it along.
"""

from gridworker.domain.ledger import OWN, Ledger, own_field, own_label
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.naming import said
from gridworker.services.workspace import Workspace
from gridworker.store import lists
from gridworker.store.rows import Row


def known(workspace: Workspace, of: Ledger) -> list[str]:
    """The names of the fields that somebody added to a ledger and filled for at least one record."""
    return [name for name in lists.own_field_names(workspace.connection, of) if own_field(name)]


def name_for(of: Ledger, typed: str) -> str:
    """The name of an added field with this heading. Raises UserError for an empty one and one that is declared."""
    label = own_label(typed)
    if not label:
        raise UserError("no_name", _("先写这一项叫什么，如 养蜂箱数。"), _("写好按回车。"))
    if any(label in {_(one.label), one.label, *one.synonyms} for one in of.fields):
        raise UserError(
            "known_field", _("“{name}”已经是固定的一项，不用再加。").format(name=label), _("请填在那一项里。")
        )
    return OWN + label


def facts(row: Row) -> tuple[tuple[str, str], ...]:
    """Heading and words of each added field that holds something."""
    of = ledger(row.ledger)
    names = sorted(name for name in row.values.keys() - of.by_name.keys() if row.plain(name) is not None)
    return tuple((one.label, said(one, row.values[name])) for name in names if (one := own_field(name)))
