"""Which records of the community's ledgers a workbook holds: those of its grids, and what hangs on its records."""

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Kind, Ledger, Privacy
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.rules import restricted
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.engine import Connection
from gridworker.store.rows import Row


def sheets() -> list[Ledger]:
    """The ledgers of the community that have a sheet."""
    return [of for of in ledgers().values() if of.area and of.sheet]


class Community:
    """Asks of every record where it belongs: by its grid, else by the first record it refers to."""

    def __init__(
        self, workspace: Workspace, core: Mapping[str, list[Row]], grids: Collection[Id], *, whole: bool, masked: bool
    ) -> None:
        self._connection = workspace.connection
        self._core = {name: {row.id for row in some} for name, some in core.items()}
        self._grids = grids
        self._whole = whole
        """Whether records that belong nowhere go along, too."""
        self._masked = masked
        self._asked: dict[Id, bool] = {}

    def records(self) -> dict[str, list[Row]]:
        """By ledger what goes out; ledgers without a record are left out."""
        found = {name: [row for row in some if self._goes(row)] for name, some in self._every.items()}
        return {name: some for name, some in found.items() if some}

    @cached_property
    def _every(self) -> dict[str, list[Row]]:
        return {of.name: queries.every(self._connection, of.name, _order(of)) for of in sheets()}

    @cached_property
    def _by_id(self) -> dict[Id, Row]:
        return {row.id: row for some in self._every.values() for row in some}

    def _goes(self, row: Row) -> bool:
        if row.id not in self._asked:
            self._asked[row.id] = False  # of records that refer to each other in a ring none is decided by the other
            self._asked[row.id] = row.id not in self._withheld | self.restricted and self._belongs(row)
        return self._asked[row.id]

    def _belongs(self, row: Row) -> bool:
        grid = row.plain("grid")
        if isinstance(grid, int):
            return grid in self._grids
        for name, id in _referred(row):
            if not isinstance(id, int):
                continue
            if name in self._core:
                return id in self._core[name] or (name == "need" and id in self._needs_here)
            if id in self._by_id:
                return self._goes(self._by_id[id])
        return self._whole

    @cached_property
    def _needs_here(self) -> set[Id]:
        """Needs of these grids that were closed before: what hangs on them goes on going out."""
        some = queries.plain_columns(self._connection, "need", ["grid"])
        return {id for id, grid in some if grid in self._grids}

    @cached_property
    def _withheld(self) -> set[Id | str]:
        return _speaking_of_secrets(self._connection, self._by_id.values()) if self._masked else set()

    @cached_property
    def restricted(self) -> set[Id | str]:
        """What speaks of restricted groups goes into no weekly workbook, not even under a password."""
        some = self._by_id.values()
        return _with_referring(some, {row.id for row in some if restricted.told_by(row.values)})


def withheld(connection: Connection) -> set[Id | str]:
    """What of the community's ledgers leaves only encrypted."""
    return _speaking_of_secrets(connection, [row for of in sheets() for row in queries.every(connection, of.name)])


def _speaking_of_secrets(connection: Connection, some: Collection[Row]) -> set[Id | str]:
    """What speaks of a need to be kept secret leaves only encrypted, like the need, and so what refers to that."""
    secret = queries.where(connection, "need", "confidential = 1")
    return _with_referring(some, {one for row in secret for one in (row.id, row.plain("number")) if one})


def _with_referring(some: Collection[Row], found: set[Id | str]) -> set[Id | str]:
    """Records with all that refer to them, and to those."""
    more = found
    while more:
        more = {row.id for row in some if found.intersection(other for _of, other in _referred(row))}
        more -= found
        found = found | more
    return found


def _order(of: Ledger) -> str:
    """By what a record is called, as far as a masked book shows it: the order of rows tells no name."""
    named = (f'"{name}"' for name in of.title if of.by_name[name].privacy is Privacy.PLAIN)
    return ", ".join((*named, "id"))


def _referred(row: Row) -> Iterator[tuple[str, Id | str]]:
    """Ledger of each record a row refers to, and its id or what a sheet called it: the number of a need."""
    for one in ledger(row.ledger).fields:
        id = row.plain(one.name) if one.kind is Kind.REF else None
        if isinstance(id, int | str):
            yield one.of, id
