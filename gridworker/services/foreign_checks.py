"""What the ledgers' own rules say of rows in somebody else's sheet: taken as written, and asked about."""

from collections.abc import Iterator

from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.exchange.model import Problem
from gridworker.exchange.understood import ForeignRow, ForeignSheet
from gridworker.services import foreign_lines


def wrong(sheet: ForeignSheet) -> Iterator[Problem]:
    """By row and ledger: each sentence of `Ledger.check`, at the cell it is about or at the row's first."""
    for row in sheet.rows:
        for name, said in _by_ledger(row).items():
            values = {column.partition(".")[2]: value for column, value in said.items()}
            for field, sentence in ledger(name).check(values).items():
                cell = row.cells.get(f"{name}.{field}", f"A{row.row}")
                yield Problem(sheet.name, cell, "check", sentence, str(values.get(field) or ""))


def _by_ledger(row: ForeignRow) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for column, value in foreign_lines.told(row).items():
        if name := foreign_lines.ledger_of(column):
            found.setdefault(name, {})[column] = value
    return found
