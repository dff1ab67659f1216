"""What the page of a record counts, each number with the records behind it."""

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import format_address
from gridworker.i18n import _
from gridworker.services import naming, pairing, participation
from gridworker.services.naming import address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

Counted = tuple[tuple[str, tuple[tuple[str, Id], ...]], ...]


def of_row(workspace: Workspace, row: Row) -> Counted:
    """The numbers of a unit, a cadre or an activity; nothing for other records."""
    if row.ledger in pairing.LEDGERS:
        return _paired(pairing.of_row(workspace, row))
    if row.ledger in {"activity", "meeting"}:
        return _attended(workspace, row)
    return ()


def _paired(found: pairing.Paired | None) -> Counted:
    if found is None:
        return ()
    told = (
        (_("走访 {count} 次"), "visit", found.visits),
        (_("其中陪同 {count} 次"), "visit", found.accompanied),
        (_("解决诉求 {count} 件"), "need", found.settled),
    )
    return tuple((words.format(count=len(ids)), tuple((name, id) for id in ids)) for words, name, ids in told)


def _attended(workspace: Workspace, row: Row) -> Counted:
    """Who signed in, by age group; those whose age nobody knows last."""
    told = _("{group} {count} 人")
    groups = participation.attendance(workspace, row).items()
    return tuple(
        (told.format(group=_(name), count=len(ids)), tuple(("participant", id) for id in ids)) for name, ids in groups
    )


def in_lines(workspace: Workspace, record: tuple[str, Id]) -> tuple[str, str]:
    """A record in two lines of a list: what it is, and what more there is to say."""
    name, id = record
    row = workspace.row(name, id)
    if row is None:
        return naming.title(workspace, ledger(name), id), ""
    home = row.plain("household")
    door = workspace.row("household", home) if isinstance(home, int) else None
    where = format_address(address_of(door), short=True) if door else ""
    head = display_value(door, "head") if door else ""
    if name == "visit":
        day = str(row.plain("visited_at") or "").replace("T", " ")
        more = (display_value(row, "mode"), display_value(row, "outcome"), display_value(row, "companion"))
        return " ".join(filter(None, (day, where, head))), " · ".join(filter(None, more))
    if name == "need":
        told = (where, head, display_value(row, "number"), display_value(row, "closed_on"))
        return display_value(row, "content"), " · ".join(filter(None, told))
    return naming.title_of_row(row), " · ".join(filter(None, (where, head)))
