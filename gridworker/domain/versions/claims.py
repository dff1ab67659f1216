"""Everything is a claim: what each entry says about each group (versions.md §2, §7, §8)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import (
    MISSING,
    Entry,
    GroupValue,
    Masked,
    Reading,
    Schema,
    Side,
    Statement,
    Tombstone,
    Value,
    Version,
)

IsForeign = Callable[[Id], bool]
NO_IDS: Final[frozenset[Id]] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry's word on one group: the value of `of`; `over` was overwritten or known before it."""

    of: frozenset[Id]
    over: frozenset[Id]
    value: GroupValue
    hidden: frozenset[Id] = NO_IDS
    own: bool = True
    """Tier 1; False for a foreign row, also where a book of ours shows what it filled."""
    held: bool = False
    """Whether a version or reading says so itself; False for a cell that names it."""
    side: Side | None = None
    """Where a held version was made; None for everything else."""
    origin: Id | None = None
    """The head whose unseen members a partial value keeps."""


def is_full(value: GroupValue) -> bool:
    """Whether every member is known in full."""
    return not any(one is MISSING or isinstance(one, Masked) for one in value)


def as_fill(value: GroupValue) -> GroupValue:
    """A foreign value where it fills a row: what the foreign row does not give is blank."""
    return tuple(None if one is MISSING else one for one in value)


def as_given(value: GroupValue) -> GroupValue:
    """A fill as a cell shows it, back as what the foreign row gave: its blanks are no wish to clear."""
    return tuple(MISSING if one is None else one for one in value)


def says_something(value: GroupValue) -> bool:
    """Whether a foreign value can fill: one that only asks to clear cannot."""
    return any(one is not None and one is not MISSING for one in value)


def is_masked(value: GroupValue) -> bool:
    """Whether a member is known as its mask only."""
    return any(isinstance(one, Masked) for one in value)


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """The entries without those that erasure of their whole record covers (§8)."""
    every = list(entries)
    erased: dict[Id, list[Id]] = {}
    for one in every:
        if isinstance(one, Tombstone) and not one.groups:
            erased.setdefault(one.record, []).append(one.id)
    if not erased:
        return every
    return [one for one in every if not _has_not_seen(one, erased)]


def _has_not_seen(entry: Entry, erased: Mapping[Id, Iterable[Id]]) -> bool:
    if isinstance(entry, Version):
        return not entry.seen.issuperset(erased.get(entry.record, ()))
    return isinstance(entry, Reading) and not entry.over.issuperset(erased.get(entry.record, ()))


def claims_by_group(schema: Schema, entries: Iterable[Entry], is_foreign: IsForeign) -> dict[str, list[Claim]]:
    """All claims of the entries of one component, without what is erased or read anew (§8, §9)."""
    every = standing(entries)
    tombstones = [one for one in every if isinstance(one, Tombstone)]
    replaced = NO_IDS.union(*(one.over for one in every if isinstance(one, Reading)))
    found: dict[str, list[Claim]] = {}
    for entry in every:
        for group, claim in _claims(schema, entry, is_foreign):
            dead = not claim.own and claim.of <= replaced
            if not dead and not (tombstones and _is_covered(entry, group, claim, tombstones)):
                found.setdefault(group, []).append(claim)
    return found


def _claims(schema: Schema, entry: Entry, is_foreign: IsForeign) -> Iterator[tuple[str, Claim]]:
    if isinstance(entry, Version):
        of = frozenset((entry.id,))
        for group in _groups(schema, entry.patch):
            absent = MISSING if group in entry.origin else None
            value = tuple(entry.patch.get(name, absent) for name in schema.members(group))
            origin = entry.origin.get(group)
            yield group, Claim(of, entry.seen, value, held=True, side=entry.side, origin=origin)
    elif isinstance(entry, Statement):
        for group, cell in entry.cells.items():
            if not cell.of or _is_newer(schema, group, cell.value):  # nobody ever set it (§3.4)
                continue
            own = not all(map(is_foreign, cell.of))
            yield group, Claim(cell.of, cell.over, _fitted(schema, group, cell.value), cell.hidden, own)
    elif isinstance(entry, Reading):
        of = frozenset((entry.id,))
        for group in _groups(schema, entry.values):
            value = tuple(entry.values.get(name, MISSING) for name in schema.members(group))
            yield group, Claim(of, entry.over, value, own=False, held=True)


def _is_newer(schema: Schema, group: str, value: GroupValue) -> bool:
    """Whether a cell speaks of several fields that a newer release made a group of: here they are unknown ones."""
    return len(value) > 1 and schema.members(group) == (group,)


def _groups(schema: Schema, fields: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(schema.group_of(name) for name in fields)


def _fitted(schema: Schema, group: str, value: GroupValue) -> GroupValue:
    """A cell's value with as many members as this program knows: the book may be of another release (§7)."""
    size = len(schema.members(group))
    return value if len(value) == size else (value + (None,) * size)[:size]


def _is_covered(entry: Entry, group: str, claim: Claim, tombstones: Iterable[Tombstone]) -> bool:
    """Erased: said about the tombstone's record by somebody who had not seen it (§8)."""
    return any(
        tombstone.record == getattr(entry, "record", None)
        and (not tombstone.groups or group in tombstone.groups)
        and tombstone.id not in claim.over
        for tombstone in tombstones
    )


def best_values(claims: Iterable[Claim]) -> dict[Id, GroupValue]:
    """By id what is known of its value: full before masked, its own word before a cell's, then smallest text (§2)."""
    told: dict[Id, set[GroupValue]] = {}
    partial: dict[Id, Claim] = {}
    values: dict[Id, GroupValue] = {}
    for claim in claims:
        if not claim.held:
            for id in claim.of:
                told.setdefault(id, set()).add(claim.value)
        elif is_full(claim.value):
            values |= dict.fromkeys(claim.of, claim.value)
        else:
            partial |= dict.fromkeys(claim.of, claim)
    for id in told.keys() - values.keys():
        values[id] = _best_told(told[id])
    _complete(values, {id: claim for id, claim in partial.items() if not is_full(values.get(id, (MISSING,)))})
    return values


def _best_told(some: set[GroupValue]) -> GroupValue:
    return next(iter(some)) if len(some) == 1 else min(some, key=lambda one: (not is_full(one), _text_of(one)))


def _text_of(value: GroupValue) -> str:
    """A text that orders values alike on every machine."""
    return json.dumps([_plain(one) for one in value], ensure_ascii=False)


def _plain(value: Value) -> object:
    if isinstance(value, Masked):
        return {"masked": value.text}
    return {"missing": True} if value is MISSING else value


def _complete(values: dict[Id, GroupValue], partial: Mapping[Id, Claim]) -> None:
    """Give partial values the members their authors could not see, from the heads they were made from (§7)."""
    waiting = dict(partial)
    for start in sorted(partial):  # sorted for a forged circle: it is cut at the same place everywhere
        path: list[Claim] = []
        id: Id | None = start
        while id in waiting:
            path.append(waiting.pop(id))
            id = path[-1].origin
        base = values.get(id) if id is not None else None
        for claim in reversed(path):
            base = _filled(claim.value, base) if base else claim.value
            values |= dict.fromkeys(claim.of, base)


def _filled(value: GroupValue, base: Sequence[Value]) -> GroupValue:
    return tuple(theirs if mine is MISSING else mine for mine, theirs in zip(value, base, strict=True))
