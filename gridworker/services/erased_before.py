"""Files that tell again of whom was erased: those records stay out, and a person is asked whether to let them in.

Foreign lists tell of them by rows, our own workbooks by records under an id that nobody knows: another laptop wrote
the same person down. Under the id that was erased nothing comes back at all (`store/erasing.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.erased_keys import signs
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions.entries import Decision, Reading, Statement, Tombstone, Value
from gridworker.exchange.model import Problem
from gridworker.i18n import _
from gridworker.services import access, erasing
from gridworker.services.workspace import Workspace
from gridworker.store import erasing as stones
from gridworker.store.entries import number_of, record_of
from gridworker.store.taking import Brought

CODE: Final = "erased_before"


@dataclass(slots=True)
class Held:
    """What of a file may come in, what is asked about the rest, and by which keys it was known."""

    brought: list[Brought]
    problems: list[Problem] = field(default_factory=list)
    signs: frozenset[str] = frozenset()
    cells: int = 0
    """How many cells stay out."""


def hold_back(workspace: Workspace, brought: Sequence[Brought]) -> Held:
    """Records about whom was erased here, and whatever makes no sense without them, stay out."""
    held = Held(list(brought))
    if not stones.any_remembered(workspace.connection):
        return held
    by_record: dict[Id, list[Brought]] = {}
    for one in brought:
        by_record.setdefault(record_of(one.entry), []).append(one)
    settled, stopped = _Settled(workspace), set[Id]()
    for record, some in by_record.items():
        of = ledgers().get(some[0].ledger)
        keys = signs(of, [one.entry for one in some]) if of and not settled.knows(record, some) else frozenset[str]()
        day = stones.erased_on(workspace.connection, sorted(keys)) if keys else ""
        if day:
            stopped.add(record)
            held.signs |= keys
            held.problems.append(_question(some, day))
    if stopped:
        stopped |= _hanging_on(stopped, by_record)
        held.brought = [one for one in brought if not _is_about(one, stopped)]
        held.cells = sum(sum(one.counted.values()) for one in brought if _is_about(one, stopped))
    return held


class _Settled:
    """Records of our own books nobody is asked about: they stand here, or are erased under this very id."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._erased = workspace, frozenset(stones.numbers(workspace.connection))

    def knows(self, record: Id, some: Sequence[Brought]) -> bool:
        """Whether it is settled; rows of a list never are."""
        if any(isinstance(one.entry, Reading) for one in some):
            return False
        number = number_of(self._workspace.connection, record)
        return number is not None and (
            number in self._erased or self._workspace.row(some[0].ledger, record) is not None
        )


def _question(some: Sequence[Brought], day: str) -> Problem:
    shown = next((one for one in some if one.sheet), some[0])
    message = _("这一行的人或户已于 {day} 永久删除，没有导入；是否仍要导入？")
    return Problem(shown.sheet, shown.cells, CODE, message.format(day=day))


def _hanging_on(stopped: set[Id], by_record: dict[Id, list[Brought]]) -> set[Id]:
    """The records of a file that erasing these would take along: visits of a household, steps of its needs."""
    found, waiting = set(stopped), True
    while waiting:
        new = {
            record
            for record, some in by_record.items()
            if record not in found and any(value in found for one in some for value in _needed(one))
        }
        found |= new
        waiting = bool(new)
    return found


def _needed(one: Brought) -> Iterator[Value]:
    """The records without which one makes no sense."""
    of = ledgers().get(one.ledger)
    names = {known.name for known in of.fields if erasing.goes_along(of, known)} if of else set()
    if of is None or not names:
        return
    if isinstance(one.entry, Statement):
        for group, cell in one.entry.cells.items():
            members = zip(of.members(group), cell.value, strict=False)
            yield from (value for name, value in members if name in names)
    else:
        told = one.entry.values if isinstance(one.entry, Reading) else getattr(one.entry, "patch", {})
        yield from (told[name] for name in names & told.keys())


def _is_about(one: Brought, stopped: set[Id]) -> bool:
    """Whether an entry is of a record that stays out, or says who that record is; what was erased is always told."""
    if isinstance(one.entry, Decision):
        return bool(stopped & {one.entry.a, one.entry.b})
    return not isinstance(one.entry, Tombstone) and record_of(one.entry) in stopped


def let_in(workspace: Workspace, some: Iterable[str]) -> None:
    """A person said yes: these keys are remembered no longer."""
    keys = sorted(some)
    if keys:
        stones.forget(workspace.connection, keys)
        access.note(workspace, "readmit", str(len(keys)))
