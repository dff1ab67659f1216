"""Everything is a claim: what each entry says about each group (versions.md §2)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import (
    MISSING,
    Entry,
    GroupValue,
    Masked,
    Reading,
    Schema,
    Statement,
    Tombstone,
    Value,
    Version,
)

IsForeign = Callable[[Id], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry's word on one group: the value of `of`; `over` was overwritten or known before it."""

    of: frozenset[Id]
    over: frozenset[Id]
    value: GroupValue
    hidden: frozenset[Id] = frozenset()
    own: bool = True
    """Tier 1; False for a foreign row, also where a book of ours shows what it filled."""
    version: Version | None = None
    """The version itself, when it is held."""
    origin: Id | None = None
    """The head whose unseen members this value keeps."""


def is_full(value: GroupValue) -> bool:
    """Whether every member is known in full."""
    return not any(one is MISSING or isinstance(one, Masked) for one in value)


def text_of(value: GroupValue) -> str:
    """A text that orders values alike on every machine."""
    return json.dumps([_plain(one) for one in value], ensure_ascii=False)


def _plain(value: Value) -> object:
    if isinstance(value, Masked):
        return {"masked": value.text}
    return {"missing": True} if value is MISSING else value


def claims_by_group(schema: Schema, entries: Iterable[Entry], is_foreign: IsForeign) -> dict[str, list[Claim]]:
    """All claims of the entries of one component that no tombstone covers."""
    every = list(entries)
    tombstones = [one for one in every if isinstance(one, Tombstone)]
    replaced = {id for one in every if isinstance(one, Reading) for id in one.over}
    found: dict[str, list[Claim]] = {}
    for entry in every:
        if isinstance(entry, Reading) and entry.id in replaced:
            continue  # read anew under another mapping: replaced whole
        for group, claim in _claims(schema, entry, is_foreign):
            if not _is_covered(entry, group, claim, tombstones):
                found.setdefault(group, []).append(claim)
    return found


def _claims(schema: Schema, entry: Entry, is_foreign: IsForeign) -> Iterator[tuple[str, Claim]]:
    if isinstance(entry, Version):
        for group in _groups(schema, entry.patch):
            absent = MISSING if group in entry.origin else None
            value = tuple(entry.patch.get(name, absent) for name in schema.members(group))
            of = frozenset((entry.id,))
            yield group, Claim(of, entry.seen, value, version=entry, origin=entry.origin.get(group))
    elif isinstance(entry, Statement):
        for group, cell in entry.cells.items():
            if cell.of:  # a cell that nobody ever set says nothing
                own = not all(map(is_foreign, cell.of))
                yield group, Claim(cell.of, cell.over, cell.value, cell.hidden, own)
    elif isinstance(entry, Reading):
        for group in _groups(schema, entry.values):
            value = tuple(entry.values.get(name, MISSING) for name in schema.members(group))
            yield group, Claim(frozenset((entry.id,)), entry.over, value, own=False)


def _groups(schema: Schema, fields: Mapping[str, Value]) -> Iterable[str]:
    return dict.fromkeys(schema.group_of(name) for name in fields)


def _is_covered(entry: Entry, group: str, claim: Claim, tombstones: list[Tombstone]) -> bool:
    """Erased: said by somebody who had not seen the tombstone (§8)."""
    return any(
        tombstone.record == _record(entry)
        and (not tombstone.groups or group in tombstone.groups)
        and tombstone.id not in claim.of | claim.over
        for tombstone in tombstones
    )


def _record(entry: Entry) -> Id | None:
    return getattr(entry, "record", None)
