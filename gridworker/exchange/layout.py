"""Which columns a data sheet has and what stands above them; writer and reader derive both from the ledger."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, Privacy, own_field
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.exchange.model import OutRow, OutSheet

ID_HEAD: Final = "记录编号"
TOKEN_HEAD: Final = "校验（勿改）"
DELETION_HEAD: Final = "删除"
HEADS_ENOUGH: Final = 5
"""Headings of one ledger that make a row its heading."""
FURNITURE: Final = "gw-"
"""What stands in the token column of rows that are no records: totals, signatures."""
OWN_FIELDS: Final = "=own"
"""The shown column of the fields that people added, `heading：value` each."""
FULL_ONLY: Final = frozenset({"=next_due", OWN_FIELDS})
"""Shown columns that masking takes away: the next visit's day beside the last one's tells the care level."""
_COMPUTED: Final = {
    "last_met": ("最近见面", 11),
    "next_due": ("下次应访", 11),
    "open_needs": ("未办结诉求", 8),
    "own": ("自定义项", 20),
}
_REFERRED: Final = {"household:address": ("住址", 20), "household:head": ("户主", 9)}
_REF_SUFFIX: Final = "记录号"

Sort = Literal["id", "reference", "field", "shown", "deletion", "token"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a data sheet."""

    sort: Sort
    name: str
    """Field, or `ref:field` or `=name` for what is shown for orientation."""
    head: str
    width: float
    field: Field | None = None
    hidden: bool = False
    """Never to be seen: ids and tokens."""
    extra: bool = False
    """Beyond the main table: folded away and not printed."""


_ID: Final = Column("id", "", ID_HEAD, 12, hidden=True)
_TOKEN: Final = Column("token", "", TOKEN_HEAD, 14, hidden=True)
_DELETION: Final = Column("deletion", DELETED, DELETION_HEAD, 6)


@cache
def all_columns(of: Ledger) -> dict[str, Column]:
    """Every column a sheet of this ledger can have, by its heading without blanks."""
    every = [_ID, _DELETION, _TOKEN]
    every += [_field_column(one, extra=True) for one in of.fields]
    every += [_shown_column(of, name) for name in (*of.columns, OWN_FIELDS) if name not in of.by_name]
    return {fold_head(one.head): one for one in every}


def ledger_of_heads(texts: Iterable[object]) -> Ledger | None:
    """The ledger whose sheet a row heads, by most of our own headings; None for any other row."""
    heads = {fold_head(text) for text in texts if isinstance(text, str)}
    counts = {one.name: len(heads & all_columns(one).keys()) for one in ledgers().values() if one.sheet}
    best = max(counts, key=lambda name: counts[name])
    return ledger(best) if counts[best] >= HEADS_ENOUGH else None


def _field_column(one: Field, *, extra: bool = False) -> Column:
    if one.kind is Kind.REF:
        return Column("reference", one.name, one.label + _REF_SUFFIX, 12, one, hidden=True)
    return Column("field", one.name, one.label, one.width, one, extra=extra)


def own_column(name: str) -> Column | None:
    """The column of a field that people added, headed by its name."""
    one = own_field(name)
    return _field_column(one) if one else None


def _shown_column(of: Ledger, name: str) -> Column:
    if name.startswith("="):
        head, width = _COMPUTED[name[1:]]
        return Column("shown", name, head, width)
    if name in _REFERRED:
        head, width = _REFERRED[name]
        return Column("shown", name, head, width)
    reference, _colon, wanted = name.partition(":")
    one = of.by_name[reference]
    if one.of == "worker":
        return Column("shown", name, one.label, 9)
    other = ledger(one.of).by_name[wanted]
    return Column("shown", name, other.label, other.width)


def columns_of(sheet: OutSheet) -> list[Column]:
    """The columns of one sheet: id, references, the main table, what else is set, deletion, token."""
    of = sheet.ledger
    used = _whole_groups(of, _used(sheet.rows) | set(sheet.columns))
    main = [
        _field_column(of.by_name[name]) if name in of.by_name else own_column(name) or _shown_column(of, name)
        for name in sheet.columns
    ]
    references = [_field_column(one) for one in of.fields if one.kind is Kind.REF and one.name in used]
    known = {one.name for one in main}
    more = [
        _field_column(one, extra=True)
        for one in of.fields
        if one.kind is not Kind.REF and one.name in used and one.name not in known
    ]
    oriented = dict.fromkeys(name for row in sheet.rows for name in row.shown if name not in sheet.columns)
    more += [replace(_shown_column(of, name), extra=True) for name in oriented]
    deletion = [_DELETION] if sheet.visible and not sheet.to_fill else []
    return [_ID, *references, *main, *more, *deletion, _TOKEN]


def _used(rows: Iterable[OutRow]) -> set[str]:
    return {name for row in rows for name, value in row.values.items() if value is not None}


def _whole_groups(of: Ledger, names: set[str]) -> set[str]:
    """Fields with those they move with: a group shown in part would come home as partly unknown."""
    kin = {
        member
        for name in names & of.by_name.keys()
        for member in of.members(of.group_of(name))
        if of.by_name[member].privacy is not Privacy.SENSITIVE
    }
    return names | kin


@cache
def fold_head(text: str) -> str:
    """A heading without blanks, line breaks and width, as re-saving and retyping leave it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@cache
def column_letter(number: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell, both numbers from 1."""
    return f"{column_letter(column)}{row}"
