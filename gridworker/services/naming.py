"""How records are called in the words of people."""

from collections.abc import Callable, Sequence
from typing import Final

from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, Mask
from gridworker.domain.ledgers import ledger
from gridworker.domain.masking import mask_phone
from gridworker.domain.text.address import Address, format_address
from gridworker.domain.values import display, split_multi
from gridworker.domain.versions.entries import GroupValue, Value
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

ADDRESS: Final = ("estate", "building", "unit", "room")
"""The fields of a household that are its address."""


def address_of(row: Row) -> Address:
    """The address of a household, or as much of one as another record has."""
    return Address(*(_part(row, name) for name in ADDRESS))


def _part(row: Row, name: str) -> str:
    value = row.values.get(name)
    if isinstance(value, str) or name not in ledger(row.ledger).by_name:
        return value if isinstance(value, str) else ""
    return display_value(row, name)


def word(list_name: str, code: str, short: bool = False) -> str:
    """A code in the words of the current language; an unknown one stands for itself."""
    return _(code_list(list_name).label(code, short))


def said(field: Field, value: Value) -> str:
    """A value in the words of the current language; workbooks show the Chinese ones of `values.display`."""
    if field.kind is Kind.MULTI and isinstance(value, str):
        return _("、").join(word(field.of, code) for code in split_multi(value))
    shown = display(field, value)
    return _(shown) if field.kind in {Kind.CODE, Kind.BOOL} else shown


def display_value(row: Row, name: str) -> str:
    """A field in its words, for the window and the command line; references as ids."""
    return said(ledger(row.ledger).by_name[name], row.values.get(name))


def title(workspace: Workspace, of: Ledger, id: Id) -> str:
    """A record in a few words, or its id when it is not known here."""
    row = workspace.row(of.name, id)
    return title_of_row(row) if row else to_text(id)


def title_of_row(row: Row) -> str:
    """A row in a few words: what identifies it to a person."""
    of = ledger(row.ledger)
    return in_words(of.title, lambda name: display_value(row, name))


def in_words(names: Sequence[str], told: Callable[[str], str]) -> str:
    """Fields that identify a record in one line, what is an address as one word of it: 金江西苑3栋 李四."""
    place = format_address(Address(*(told(name) if name in names else "" for name in ADDRESS)))
    first = next((name for name in names if name in ADDRESS), "")
    parts = [place if name == first else told(name) for name in names if name == first or name not in ADDRESS]
    return " ".join(dict.fromkeys(filter(None, parts)))


def home_of(workspace: Workspace, need: Id) -> str:
    """The household of a need in a few words; empty for none."""
    row = workspace.row("need", need)
    home = row.plain("household") if row else None
    return title(workspace, ledger("household"), home) if isinstance(home, int) else ""


def masked(field: Field, value: Value) -> str:
    """A value as the window shows it until somebody asks for it in full: telephone and ID numbers masked."""
    text = said(field, value)
    if field.name == "id_no" and "*" not in text:
        return text and text[:6] + "****"
    return mask_phone(text) if field.mask is Mask.PHONE and text and "*" not in text else text


def told(field: Field, value: Value) -> str:
    """The same for a change: 空 for none."""
    return masked(field, value) or _("空")


def group_words(
    workspace: Workspace, of: Ledger, group: str, value: GroupValue, *, full: bool = True
) -> list[tuple[str, str]]:
    """Label and words of each field that moves with a group; numbers masked unless wanted in full."""
    if group == DELETED:
        return [(_("删除"), _("是") if value == (True,) else _("否"))]
    members = of.members(group)
    fields = zip(members, value, strict=True)
    return [(label_of(of, name), _words(workspace, of, name, one, full=full)) for name, one in fields]


def label_of(of: Ledger, name: str) -> str:
    """What a field is called; an unknown one by its own name."""
    field = of.field(name)
    return _(field.label) if field else name


def _words(workspace: Workspace, of: Ledger, name: str, value: Value, *, full: bool) -> str:
    field = of.field(name)
    if field is None:
        return "" if value is None else str(value)
    if field.kind is Kind.REF and isinstance(value, int):
        return title(workspace, ledger(field.of), value)
    return said(field, value) if full else masked(field, value)
