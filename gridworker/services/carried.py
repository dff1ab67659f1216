"""What a full workbook carries besides its cells: every entry of its records and of their residents."""

from collections.abc import Iterable

from gridworker.domain.ids import Id
from gridworker.exchange.model import Contribution
from gridworker.services.workspace import Workspace
from gridworker.store import entries, queries
from gridworker.store.deeds import deeds
from gridworker.store.rows import Row


def entries_of(workspace: Workspace, records: dict[str, list[Row]]) -> list[Contribution]:
    """The entries that take part, record by record, each with its deed."""
    connection = workspace.connection
    wanted: dict[Id, None] = {row.id: None for some in records.values() for row in some}
    for name in ("grid", "worker"):
        wanted |= dict.fromkeys(row.id for row in queries.every(connection, name))
    wanted |= dict.fromkeys(queries.residents_of(connection, [row.id for row in records["household"]]))
    numbers = [no for no in (entries.number_of(connection, id) for id in wanted) if no is not None]
    return list(_carried(workspace, numbers))


def _carried(workspace: Workspace, numbers: list[int]) -> Iterable[Contribution]:
    for no in entries.with_joined(workspace.connection, numbers):
        for record in entries.load(workspace.connection, [no]).values():
            held = [one for one in record.entries if one.held > 0]
            by_no = deeds(workspace.connection, {one.deed for one in held})
            for one in held:
                deed = by_no[one.deed]
                yield Contribution(
                    record.ledger, one.entry, author=deed.author, at=deed.at, deed=deed.id, device=deed.device or 0,
                    kind=deed.kind,
                )  # fmt: skip
