"""Taking one's own save back: undo is an ordinary new deed, so it travels like any other (design §2.5)."""

from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.versions.entries import Value
from gridworker.services.workspace import Workspace
from gridworker.store.door import Change, Verdict, Written


@dataclass(frozen=True, slots=True)
class Done:
    """What a deed did, and the changes that would take it back."""

    written: Written
    back: tuple[Change, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    """Decisions on who is who that would take it back."""


def write(workspace: Workspace, kind: str, *changes: Change) -> Done:
    """Enter changes as one deed that can be taken back."""
    before = [_before(workspace, change) for change in changes]
    written = workspace.write(kind, *changes)
    back = [
        Change(change.ledger, {DELETED: True} if old is None else old, id)
        for change, old, id in zip(changes, before, written.ids, strict=True)
    ]
    return Done(written, tuple(reversed(back)))


def together(first: Done, *more: Done) -> Done:
    """Deeds done one after the other as one that is taken back at once."""
    every = (first, *more)
    ids = [id for one in every for id in one.written.ids]
    changed = [change for one in every for change in one.written.changed]
    return Done(Written(ids, changed), tuple(change for one in reversed(every) for change in one.back))


def undo(workspace: Workspace, done: Done) -> Written:
    """Take a deed back: what it made is hidden, what it changed stands as before, what it decided is decided anew."""
    if done.verdicts:
        return workspace.decide("undo", *done.verdicts)
    return workspace.write("undo", *done.back)


def ids_made(done: Done) -> list[Id]:
    """The records that the deed made."""
    return [change.record for change in done.back if DELETED in change.patch]


def _before(workspace: Workspace, change: Change) -> dict[str, Value] | None:
    """The groups of a change as they stand; None for a record that is still to be made."""
    row = workspace.row(change.ledger.name, change.record) if change.record else None
    if row is None:
        return None
    groups = dict.fromkeys(change.ledger.group_of(name) for name in change.patch)
    values = {**row.values, DELETED: row.deleted or None}
    return {name: values.get(name) for group in groups for name in change.ledger.members(group)}
