"""How records are called in the words of people."""

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.text.address import Address, format_address
from gridworker.domain.values import display
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row


def address_of(row: Row) -> Address:
    """The address of a household row."""
    return Address(*(display_value(row, name) for name in ("estate", "building", "unit", "room")))


def display_value(row: Row, name: str) -> str:
    """A field in its words; references as ids."""
    return display(ledger(row.ledger).by_name[name], row.values.get(name))


def title(workspace: Workspace, of: Ledger, id: Id) -> str:
    """A record in a few words, or its id when it is not known here."""
    row = workspace.row(of.name, id)
    return title_of_row(row) if row else to_text(id)


def title_of_row(row: Row) -> str:
    """A row in a few words: what identifies it to a person."""
    of = ledger(row.ledger)
    if of.name == "household":
        return " ".join(part for part in (format_address(address_of(row)), display_value(row, "head")) if part)
    parts = [display_value(row, name) for name in of.title]
    return " ".join(part for part in parts if part)
