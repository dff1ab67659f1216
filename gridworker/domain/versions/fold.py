"""The fold: from claims to what a row shows, whatever their order (versions.md §2, §4–§6, §9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ids import is_foreign as has_foreign_bit
from gridworker.domain.versions.claims import (
    NO_IDS,
    Claim,
    IsForeign,
    as_fill,
    as_given,
    best_values,
    claims_by_group,
    is_full,
    is_masked,
    says_something,
    standing,
)
from gridworker.domain.versions.entries import MISSING, Entry, GroupValue, Reading, Schema, Tombstone, Version
from gridworker.domain.versions.voices import (
    Voices,
    candidates_of,
    last_full,
    later_than,
    least_masked,
    listen,
    live_ids,
)

DELETED: Final = "_deleted"


@dataclass(frozen=True, slots=True)
class GroupState:
    """What one group comes to, for those who show it and those who write on it."""

    shown: GroupValue
    of: frozenset[Id]
    """The ids whose value is shown."""
    known: frozenset[Id]
    """What a new version of this group has seen (§1)."""
    held: frozenset[Id]
    """All entries held of the component: what is known of a group that nobody ever set."""
    hidden: frozenset[Id] = NO_IDS
    """Ids that stand and are not shown."""
    conflicts: tuple[tuple[GroupValue, tuple[Id, ...]], ...] = ()
    """The values that stand against each other with their ids, the shown one first; empty without a conflict."""
    incomplete: bool = False
    """已变更，全值未到: something stands that is not known here in full."""
    unconfirmed: bool = False
    """表内填写: a township's field whose shown value was found in a book only."""
    proposals: tuple[tuple[Id, GroupValue], ...] = ()
    """Differing foreign values by reading: members it does not give are MISSING, those it asks to clear are None."""


def fold(schema: Schema, entries: Sequence[Entry], is_foreign: IsForeign = has_foreign_bit) -> dict[str, GroupState]:
    """By group that somebody ever set: what stands. The entries are all of one component that take part."""
    if len(entries) == 1 and isinstance(entries[0], Version) and not entries[0].origin:
        return _single(schema, entries[0])
    every = standing(entries)
    groups = claims_by_group(schema, every, is_foreign)
    held = frozenset(one.id for one in every if isinstance(one, (Version, Reading, Tombstone)))
    states = {
        group: _fold_group(claims, schema.is_township(group), held)
        for group, claims in groups.items()
        if any(claim.own or says_something(claim.value) for claim in claims)
    }
    if DELETED in states:
        states[DELETED] = _with_revival(states[DELETED], groups)
    return states


def is_deleted(states: Mapping[str, GroupState]) -> bool:
    """Whether the record is out of all lists; an open conflict about it keeps it in (§8)."""
    return DELETED in states and states[DELETED].shown == (True,)


def _single(schema: Schema, version: Version) -> dict[str, GroupState]:
    """Most records have one version: it is the row (§12)."""
    of = frozenset((version.id,))
    known = of | version.seen
    states: dict[str, GroupState] = {}
    for name, given in version.patch.items():
        group = schema.group_of(name)
        if group not in states:
            members = schema.members(group)
            value = tuple(map(version.patch.get, members)) if len(members) > 1 else (given,)
            unconfirmed = version.side == "book" and schema.is_township(group)
            states[group] = GroupState(value, of, known, of, NO_IDS, (), not is_full(value), unconfirmed)
    return states


def _fold_group(claims: Sequence[Claim], township: bool, held: frozenset[Id]) -> GroupState:
    if len(claims) == 1 and _stands_alone(claims[0]):
        return _lone(claims[0], township, held)
    own = [claim for claim in claims if claim.own]
    foreign = [claim for claim in claims if not claim.own]
    fills = [replace(claim, value=as_fill(claim.value)) for claim in foreign if says_something(claim.value)]
    voices = listen(own or fills, held, township=township)
    known = held.union(voices.said, voices.over, *(claim.of | claim.over for claim in foreign))
    state = _fold_voices(voices, known, held)
    proposing = foreign if own else [claim for claim in foreign if not says_something(claim.value)]
    if proposing:
        state = replace(state, proposals=_proposals(proposing, own, state.shown))
    if township and own:
        sides = {voices.sides.get(id) for id in state.of}
        state = replace(state, unconfirmed="book" in sides and "township" not in sides)
    return state


def _stands_alone(claim: Claim) -> bool:
    return claim.own and not claim.of & claim.over


def _lone(claim: Claim, township: bool, held: frozenset[Id]) -> GroupState:
    """Most groups have one claim, and nothing to weigh."""
    hidden = claim.hidden - claim.over - claim.of
    incomplete = bool(hidden) or not is_full(claim.value)
    unconfirmed = township and claim.side == "book"
    return GroupState(claim.value, claim.of, held | claim.of | claim.over, held, hidden, (), incomplete, unconfirmed)


def _fold_voices(voices: Voices, known: frozenset[Id], held: frozenset[Id]) -> GroupState:
    live = live_ids(voices)
    incomplete = bool(voices.hidden) or not all(is_full(voices.values[id]) for id in live)
    candidates = candidates_of(voices, live)
    conflicts = tuple((value, tuple(sorted(ids))) for value, ids in candidates.items()) if len(candidates) > 1 else ()
    stand = voices.hidden | live
    if candidates:
        shown, of = next(iter(candidates.items()))
    elif found := last_full(voices):
        shown, of = found
        stand |= later_than(voices, of)
    else:
        shown, of = least_masked(voices, live or voices.said)
    return GroupState(shown, of, known, held, stand - of, conflicts, incomplete)


def _proposals(foreign: Iterable[Claim], own: Iterable[Claim], shown: GroupValue) -> tuple[tuple[Id, GroupValue], ...]:
    """Foreign values that differ from what stands and that no version of ours has settled (§9).

    A reading that gives null asks to clear; a blank beside a fill that a cell shows says nothing.
    """
    values = best_values(claim if claim.held else replace(claim, value=as_given(claim.value)) for claim in foreign)
    replaced = NO_IDS.union(*(claim.over for claim in foreign))
    seen = NO_IDS.union(*(claim.over for claim in own if claim.side))
    settled = {value for id, value in values.items() if id in seen}
    return tuple(
        (id, values[id])
        for id in sorted(values.keys() - replaced - seen)
        if values[id] not in settled and not is_masked(values[id]) and not _agrees(values[id], shown)
    )


def _agrees(given: GroupValue, shown: GroupValue) -> bool:
    """Only the members given are compared."""
    return all(one in (MISSING, other) for one, other in zip(given, shown, strict=True))


def _with_revival(state: GroupState, groups: Mapping[str, Iterable[Claim]]) -> GroupState:
    """A record that somebody worked on without knowing of its deletion, nor the deletion of the work, shows (§8).

    A cell does not tell what the author of its value knew, only what the writer of the book did.
    """
    if state.shown != (True,):
        return state
    seen = NO_IDS.union(*(claim.over for claim in groups[DELETED] if claim.of & state.of))
    others = [claim for group, claims in groups.items() if group != DELETED for claim in claims if claim.own]
    knowing = NO_IDS.union(*(claim.of for claim in others if claim.held and claim.over & state.of))
    unknowing = NO_IDS.union(*(claim.of for claim in others)) - knowing - seen - state.of
    against = unknowing.union(*(ids for value, ids in state.conflicts if value == (None,)))
    if not against:
        return state
    sides = (((None,), tuple(sorted(against))), ((True,), tuple(sorted(state.of))))
    return replace(state, shown=(None,), of=against, hidden=state.hidden - against | state.of, conflicts=sides)
