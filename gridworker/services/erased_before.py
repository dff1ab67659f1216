"""Lists that tell again of whom was erased: those rows stay out, and a person is asked whether to let them in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.erased_keys import signs
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions.entries import Reading
from gridworker.exchange.model import Problem
from gridworker.i18n import _
from gridworker.services import access
from gridworker.services.workspace import Workspace
from gridworker.store import erasing
from gridworker.store.taking import Brought

CODE: Final = "erased_before"


@dataclass(slots=True)
class Held:
    """What of a file may come in, what is asked about the rest, and by which keys it was known."""

    brought: list[Brought]
    problems: list[Problem] = field(default_factory=list)
    signs: frozenset[str] = frozenset()


def hold_back(workspace: Workspace, brought: Sequence[Brought]) -> Held:
    """Rows of foreign lists about whom was erased here, and what refers to them, stay out."""
    held = Held(list(brought))
    if not erasing.any_remembered(workspace.connection):
        return held
    by_record: dict[Id, list[Brought]] = {}
    for one in brought:
        if isinstance(one.entry, Reading):
            by_record.setdefault(one.entry.record, []).append(one)
    stopped: set[Id] = set()
    for record, some in by_record.items():
        of = ledgers().get(some[0].ledger)
        keys = signs(of, [one.entry for one in some]) if of else frozenset()
        day = erasing.erased_on(workspace.connection, sorted(keys))
        if day:
            stopped.add(record)
            held.signs |= keys
            held.problems.append(_question(some[0], day))
    if stopped:
        held.brought = [one for one in brought if not _is_about(one, stopped)]
    return held


def _question(one: Brought, day: str) -> Problem:
    message = _("这一行的人或户已于 {day} 永久删除，没有导入；是否仍要导入？")
    return Problem(one.sheet, one.cells, CODE, message.format(day=day))


def _is_about(one: Brought, stopped: set[Id]) -> bool:
    """Whether an entry is of a record that stays out, or points to one."""
    if getattr(one.entry, "record", 0) in stopped:
        return True
    of = ledgers().get(one.ledger)
    values = one.entry.values if isinstance(one.entry, Reading) else getattr(one.entry, "patch", {})
    return of is not None and any(values.get(known.name) in stopped for known in of.fields if known.kind is Kind.REF)


def let_in(workspace: Workspace, some: Iterable[str]) -> None:
    """A person said yes: these keys are remembered no longer."""
    keys = sorted(some)
    if keys:
        erasing.forget(workspace.connection, keys)
        access.note(workspace, "readmit", str(len(keys)))
