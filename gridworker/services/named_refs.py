"""Records that a sheet refers to by name, such as the meeting of a topic: kept as written, asked about if unknown."""

from collections.abc import Iterator, Sequence

from gridworker.domain.ledger import Field, Kind, Ledger
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.model import Problem
from gridworker.exchange.understood import ForeignSheet
from gridworker.i18n import _
from gridworker.services import foreign_lines
from gridworker.services.workspace import Workspace
from gridworker.store import queries


def name_field(of: Ledger) -> str:
    """The field by whose words a record is meant: the first text of its title."""
    return next((name for name in of.title if of.by_name[name].kind is Kind.TEXT), "")


def is_named(one: Field) -> bool:
    """Whether people write the name of what a field refers to."""
    return one.kind is Kind.REF and bool(ledger(one.of).area)


def unknown(workspace: Workspace, sheets: Sequence[ForeignSheet]) -> Iterator[Problem]:
    """What these sheets name and neither they nor the store have."""
    names = _Names(workspace, sheets)
    for sheet in sheets:
        for row in sheet.rows:
            for column, value in foreign_lines.told(row).items():
                owner = foreign_lines.ledger_of(column)
                one = ledger(owner).field(column.partition(".")[2]) if owner else None
                if one and is_named(one) and isinstance(value, str) and value not in names.of(one.of):
                    message = _("还没有登记叫“{name}”的{ledger}，先按原文记下；登记以后请在这条记录里选它。")
                    told = message.format(name=value, ledger=_(ledger(one.of).label))
                    yield Problem(sheet.name, row.cells.get(column, f"A{row.row}"), "unknown_reference", told, value)


class _Names:
    """By ledger the names that are known, read once."""

    def __init__(self, workspace: Workspace, sheets: Sequence[ForeignSheet]) -> None:
        self._workspace = workspace
        self._found: dict[str, set[object]] = {}
        self._brought: dict[str, set[object]] = {}
        titled = {f"{of.name}.{name_field(of)}": of.name for of in ledgers().values() if of.area}
        for sheet in sheets:
            for row in sheet.rows:
                for column in row.values.keys() & titled.keys():
                    self._brought.setdefault(titled[column], set()).add(row.values[column])

    def of(self, name: str) -> set[object]:
        """The names of a ledger's records, of the sheets' own among them."""
        if name not in self._found:
            field = name_field(ledger(name))
            rows = queries.plain_columns(self._workspace.connection, name, [field]) if field else ()
            self._found[name] = {said for _id, said in rows} | self._brought.get(name, set())
        return self._found[name]
