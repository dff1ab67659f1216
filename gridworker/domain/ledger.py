"""How a ledger (台账) is declared; table, form, sheet, recogniser, masking and search derive from it."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from gridworker.domain.rules.numbering import parse_number
from gridworker.domain.text.address import Address, address_key
from gridworker.domain.text.blanks import clean_text
from gridworker.domain.text.id_number import in_18
from gridworker.domain.versions.entries import Value

DELETED: Final = "_deleted"
"""The pseudo field of every ledger: true hides the record, its history stays (versions.md §8)."""


OWN: Final = "+"
"""What the name of a field begins with that people added themselves; the rest of its name is its heading."""


LONGEST_OWN: Final = 30
"""Characters in the name of an added field."""


class Kind(StrEnum):
    """What a field holds; canonical forms are in `values`."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    TIME = "time"
    INT = "int"
    MONEY = "money"
    BOOL = "bool"
    CODE = "code"
    MULTI = "multi"
    REF = "ref"

    __hash__ = str.__hash__  # Enum's own takes longer than the look-up it is for, once for every cell


class Privacy(StrEnum):
    """How far a field may travel unmasked (design §5)."""

    PLAIN = "plain"
    PERSONAL = "P"
    SENSITIVE = "S"


class Mask(StrEnum):
    """How a personal value looks in a masked file."""

    TEXT = "text"
    NAME = "name"
    PHONE = "phone"
    ROOM = "room"
    BIRTH = "birth"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger. Name, kind and meaning never change after a release."""

    name: str
    label: str
    kind: Kind
    privacy: Privacy | None
    of: str = ""
    """The code list of a code or multi field, the ledger of a reference."""
    synonyms: tuple[str, ...] = ()
    required: bool = False
    township: bool = False
    mask: Mask = Mask.TEXT
    block: str = ""
    """The kind's own block this field belongs to, such as `medical`; empty for everybody's fields."""
    width: int = 10
    """Column width in the workbook, in half-width characters."""


def own_field(name: str) -> Field | None:
    """The field that people added under this name, such as `+养蜂箱数`: any text, never in a masked file."""
    label = name.removeprefix(OWN)
    if label == name or not label or label != own_label(label):
        return None
    return Field(name, label, Kind.TEXT, Privacy.SENSITIVE, width=14)


def own_label(text: str) -> str:
    """A heading as the name of an added field takes it: one line without blanks at its ends, width or slashes."""
    plain = " ".join(clean_text(unicodedata.normalize("NFKC", text)).split()).replace("/", "／")
    return plain.lstrip(OWN)[:LONGEST_OWN].strip()


def _nothing_wrong(_values: Mapping[str, Value]) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, eq=False)
class Ledger:
    """One declared ledger. Fields and group members are append-only: old tokens speak in positions."""

    name: str
    label: str
    letter: str
    """One character that names the ledger in tokens; unique and never reused."""
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    """Fields that identify a record to a person."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = ""
    """Name of its data sheet in the weekly workbook; empty for none."""
    columns: tuple[str, ...] = ()
    """Main columns of that sheet: a field, `ref:field` shown for orientation, or `=name` computed."""
    keys_from: tuple[str, ...] = ()
    """What may identify a record in a foreign list: `address`, `identity` (§9), or a `number` of ours."""
    order: int = 50
    """Place in lists of ledgers."""
    blocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By block: the codes of the kind field that bring it."""
    area: str = ""
    """The part of 社区事务 it is kept under; empty for ledgers with pages of their own."""
    asked: tuple[str, ...] = ()
    """Fields a new record is asked for first, eight at most; the rest stand under 更多."""
    called: tuple[str, ...] = ()
    """What sheets of it are called besides label and sheet name, such as 楼栋长名册."""
    check: Callable[[Mapping[str, Value]], Mapping[str, str]] = _nothing_wrong
    """What is wrong with a record's values: by field a sentence that says what to do."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {one.name: one for one in self.fields}

    @cached_property
    def bools(self) -> frozenset[str]:
        """The fields that say yes or no."""
        return frozenset(one.name for one in self.fields if one.kind is Kind.BOOL)

    def block_of(self, kind: object) -> str:
        """The block that a kind brings; empty for none."""
        return next((name for name, kinds in self.blocks.items() if kind in kinds), "")

    def field(self, name: str) -> Field | None:
        """A declared field, or one that people added; None for what only a newer program knows."""
        return self.by_name.get(name) or own_field(name)

    def knows(self, names: Iterable[str]) -> bool:
        """Whether all these fields can be shown and changed here."""
        return all(name == DELETED or self.field(name) is not None for name in names)

    @cached_property
    def position(self) -> dict[str, int]:
        """By field: its fixed place in tokens."""
        return {one.name: place for place, one in enumerate(self.fields)}

    @cached_property
    def _group_of(self) -> dict[str, str]:
        own = {one.name: one.name for one in self.fields}
        grouped = {member: group for group, members in self.groups.items() for member in members}
        return own | grouped | {DELETED: DELETED}

    @cached_property
    def group_names(self) -> tuple[str, ...]:
        """All groups in field order."""
        return tuple(dict.fromkeys(self._group_of[one.name] for one in self.fields))

    def group_of(self, field: str) -> str:
        """The group a field moves with; unknown fields are kept as groups of one."""
        return self._group_of.get(field, field)

    def members(self, group: str) -> tuple[str, ...]:
        """The fields of a group, in their fixed order."""
        return self.groups.get(group, (group,))

    @cached_property
    def _township_groups(self) -> frozenset[str]:
        return frozenset(self.group_of(one.name) for one in self.fields if one.township)

    def is_township(self, group: str) -> bool:
        """Whether the township owns the group."""
        return group in self._township_groups

    def key_groups(self) -> frozenset[str]:
        """The groups that natural keys are made of."""
        names = {"address": ("grid", "estate"), "identity": ("id_no", "name"), "number": ("number",)}
        return frozenset(self.group_of(name) for kind in self.keys_from for name in names[kind])

    def keys(self, values: Mapping[str, Value]) -> frozenset[str]:
        """Natural keys of one set of full values: complete address in its grid, ID number with name (§9), number."""
        found = set()
        if "address" in self.keys_from:
            parts = [values.get(name) for name in ("estate", "building", "unit", "room")]
            if all(part is None or isinstance(part, str) for part in parts):
                key = address_key(str(values.get("grid") or ""), Address(*(str(part or "") for part in parts)))
                found |= {f"address:{key}"} if key else set()
        if "identity" in self.keys_from:
            number, name = values.get("id_no"), values.get("name")
            if isinstance(number, str) and isinstance(name, str):
                found.add(f"identity:{in_18(number)}:{name}")
        if "number" in self.keys_from and parse_number(str(values.get("number"))):
            found.add(f"number:{values['number']}")
        return frozenset(found)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Travel between processes by name: a ledger is a constant."""
        from gridworker.domain.ledgers import ledger

        return ledger, (self.name,)
