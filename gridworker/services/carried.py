"""What a full workbook carries besides its cells, so that the weekly workbooks together hold all that was entered.

Every household, its residents and what the sheets show, always; and every record that anything was said about since
the workbook before the last week's. So each entry leaves with the workbooks of two weeks, and losing one loses nothing.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledgers
from gridworker.domain.rules import restricted
from gridworker.domain.versions.entries import Entry, Statement, Tombstone
from gridworker.domain.versions.writing import cell_for
from gridworker.exchange.model import Contribution
from gridworker.services.workspace import Workspace
from gridworker.store import batches, derive, entries, erasing, exports, queries
from gridworker.store.deeds import deeds
from gridworker.store.rows import Row

ROSTERS: Final = ("grid", "worker")
"""Ledgers that go along as a whole."""
_WEEKS: Final = 2
"""With how many weeks' workbooks every entry leaves."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """What the weeks before may not have carried: the records, and what to keep with this workbook in the log."""

    records: frozenset[int] = frozenset()
    """Their numbers in the store."""
    mark: bytes | None = None


def unsent(workspace: Workspace, week: str) -> Unsent:
    """What a worker's workbook of a week must carry; of a week done again, any of its workbooks may be the lost one."""
    connection = workspace.connection
    first: dict[str, tuple[int, bytes]] = {}
    for no, of, held in exports.marks(connection):
        first.setdefault(of, (no, held))
    before = [mark for of, mark in first.items() if of != week]
    baseline = set(batches.unpack_keys(before[-_WEEKS][1])) if len(before) >= _WEEKS else set()
    if len(before) > _WEEKS:
        exports.forget_marks(connection, before[-_WEEKS][0])
    keys = entries.held_keys(connection)
    records = frozenset(key >> entries.SHIFT for key in keys if key not in baseline)
    return Unsent(records, batches.pack_keys(keys) if week and week not in first else None)


def entries_of(
    workspace: Workspace,
    records: dict[str, list[Row]],
    more: Iterable[int] = (),
    *,
    whole: bool = False,
    without: Iterable[Id] = (),
) -> list[Contribution]:
    """The entries that take part, record by record, each with its deed; `more` are numbers of further records,
    `without` the ids of those that stay here.

    A whole workbook also passes on what only a newer program understands; whose it is, nobody here can tell. Every
    one passes on what was erased.
    """
    connection = workspace.connection
    wanted: dict[Id, None] = {row.id: None for some in records.values() for row in some}
    for name in ROSTERS:
        wanted |= dict.fromkeys(row.id for row in queries.every(connection, name))
    wanted |= dict.fromkeys(queries.residents_of(connection, [row.id for row in records.get("household", ())]))
    numbers = [no for no in (entries.number_of(connection, id) for id in wanted) if no is not None]
    unknown = entries.numbers_of_unknown(connection) if whole else []
    staying = {entries.number_of(connection, id) for id in without}
    going = list(dict.fromkeys(no for no in (*numbers, *sorted(more), *unknown) if no not in staying))
    return [*_carried(workspace, going), *erasures(workspace, {*going, *staying})]


def erasures(workspace: Workspace, besides: Collection[int | None] = ()) -> list[Contribution]:
    """The tombstones alone, which hold ids only: a masked workbook, and one for another grid, may carry them too."""
    numbers = [no for no in erasing.numbers(workspace.connection) if no not in besides]
    return [one for one in _carried(workspace, numbers) if isinstance(one.entry, Tombstone)]


def _stays(name: str, entry: Entry) -> bool:
    """Whether an entry speaks of restricted groups: it stays, and what came after it goes alone."""
    if name not in ledgers():
        return False
    if isinstance(entry, Statement):
        told = {group: str(cell.value) for group, cell in entry.cells.items()}
        return restricted.told_by(told)
    return restricted.told_by(getattr(entry, "patch", None) or getattr(entry, "values", None) or {})


def _carried(workspace: Workspace, numbers: list[int]) -> Iterator[Contribution]:
    for no in entries.with_joined(workspace.connection, numbers):
        for record in entries.load(workspace.connection, [no]).values():
            held = [one for one in record.entries if one.held > 0]
            by_no = deeds(workspace.connection, {one.deed for one in held})
            going = [(one.entry, one.deed) for one in held if not _stays(record.ledger, one.entry)]
            if len(going) < len(held) and not ledgers()[record.ledger].area:
                rest = _standing(workspace, record)
                going += [(rest, held[-1].deed)] if rest.cells else []
            for entry, by in going:
                deed = by_no[by]
                yield Contribution(
                    record.ledger, entry, author=deed.author, at=deed.at, deed=deed.id, device=deed.device or 0,
                    kind=deed.kind,
                )  # fmt: skip


def _standing(workspace: Workspace, record: entries.RecordEntries) -> Statement:
    """What stands of a record of which an entry stays here, as cells say it: all but what speaks of these groups."""
    found = derive.states_of(workspace.connection, record.id)
    of, states = ledgers()[record.ledger], found[1] if found else {}
    told = {group: dict(zip(of.members(group), state.shown, strict=True)) for group, state in states.items()
            if state.shown and group != DELETED}  # fmt: skip
    return Statement(
        record.id, {group: cell_for(states[group]) for group, one in told.items() if not restricted.told_by(one)}
    )
