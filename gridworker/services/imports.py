"""Imports as people look back on them: all there were, what taking one back would do, taking and putting it back."""

from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, hand_ins
from gridworker.services.naming import title
from gridworker.services.workspace import Workspace
from gridworker.store import batches, database
from gridworker.store.batches import Heed


def listing(workspace: Workspace) -> list[dict[str, object]]:
    """All imports in the shape of design §6."""
    return [
        {
            "batch": to_text(one.id),
            "group": to_text(one.group),
            "file": one.file,
            "sha256": one.digest.partition("+")[0],
            "kind": one.kind,
            "sender": one.sender,
            "grid": one.grid,
            "week": one.week,
            "state": one.state,
            "at": one.at,
        }
        | hand_ins.listed(one)
        for one in batches.listing(workspace.connection)
    ]


@dataclass(slots=True)
class Undone:
    """What taking an import back did, or would do."""

    withdrawn: int
    kept: int
    later_edits: list[tuple[str, Id, str]] = field(default_factory=list)
    """Ledger, record and field of edits that were built on what went; they stand."""

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        edits = [{"ledger": name, "id": to_text(id), "field": one} for name, id, one in self.later_edits]
        return {"withdrawn": self.withdrawn, "kept": self.kept, "later_edits": edits}


def undo(workspace: Workspace, what: Id, heed: Heed = lambda _share: None) -> Undone:
    """Take a batch or a whole group back, all of it or nothing. Raises UserError for an unknown one."""
    numbers = batches.of_batch_or_group(workspace.connection, what)
    if not numbers:
        raise UserError("unknown_batch", _("没有这次导入：{id}").format(id=to_text(what)), _("用 batches 看导入记录。"))
    with database.transaction(workspace.connection):
        done = batches.withdraw(workspace.connection, numbers, heed)
        access.note(workspace, "undo", to_text(what))
    return Undone(done.withdrawn, done.kept, done.later_edits)


def put_back(workspace: Workspace, what: Id, heed: Heed = lambda _share: None) -> int:
    """Bring a withdrawn batch, or all withdrawn ones of a group, back in; returns how many records they touch."""
    numbers = batches.of_batch_or_group(workspace.connection, what, "undone")
    with database.transaction(workspace.connection):
        touched = batches.set_state(workspace.connection, numbers, "in", heed)
        access.note(workspace, "redo", to_text(what))
    return len(touched)


@dataclass(frozen=True, slots=True)
class Later:
    """A record with edits made after an import that would be taken back; they stay."""

    ledger: str
    id: Id
    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What taking an import back would do; nothing has been changed."""

    withdrawn: int
    kept: int
    later: tuple[Later, ...]


def forecast(workspace: Workspace, what: Id, heed: Heed = lambda _share: None) -> Forecast:
    """Rehearse taking a batch or a group back; whoever wants to save meanwhile goes first."""

    def polite(share: float) -> None:
        heed(share)
        database.give_way()

    while True:
        try:
            with database.rehearsal(workspace.connection):
                done = undo(workspace, what, polite)
            return Forecast(done.withdrawn, done.kept, named(workspace, done))
        except database.GaveWayError:
            database.let_others_write()


def named(workspace: Workspace, done: Undone) -> tuple[Later, ...]:
    """The records with later edits, each once, by what people call them."""
    found: dict[tuple[str, Id], dict[str, None]] = {}
    for name, id, field_name in done.later_edits:
        found.setdefault((name, id), {})[field_name] = None
    return tuple(
        Later(name, id, title(workspace, ledger(name), id), tuple(_label(name, one) for one in fields))
        for (name, id), fields in found.items()
    )


_ABOVE: Final = {"resident": "household", "visit": "household", "followup": "need"}
"""By ledger: the field that names the record on whose page it is read; records of 社区事务 are read by themselves."""


def home_of(workspace: Workspace, one: Later) -> tuple[str, Id] | None:
    """The ledger and id of the record on whose page a later edit can be read: need, household, its own, or none."""
    if one.ledger not in _ABOVE:
        is_shown = one.ledger in {"need", "household"} or ledger(one.ledger).area
        return (one.ledger, one.id) if is_shown else None
    row, name = workspace.row(one.ledger, one.id), _ABOVE[one.ledger]
    above = row.plain(name) if row else None
    return ("need" if name == "need" else "household", above) if isinstance(above, int) else None


def _label(ledger_name: str, field_name: str) -> str:
    found = ledger(ledger_name).field(field_name)
    return _(found.label) if found else _("删除")
