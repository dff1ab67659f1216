"""The fold: from claims to what a row shows, whatever their order (versions.md §2, §4–§8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ids import is_foreign as has_foreign_bit
from gridworker.domain.versions.claims import Claim, IsForeign, claims_by_group, is_full, text_of
from gridworker.domain.versions.entries import (
    MISSING,
    Entry,
    GroupValue,
    Reading,
    Schema,
    Tombstone,
    Version,
)

DELETED: Final = "_deleted"
_NOTHING: Final[frozenset[Id]] = frozenset()
_WORKER_FIRST: Final[Mapping[str, int]] = {"worker": 0, "book": 1, "township": 2}
_TOWNSHIP_FIRST: Final[Mapping[str, int]] = {"township": 0, "book": 1, "worker": 2}


@dataclass(frozen=True, slots=True)
class GroupState:
    """What one group comes to, for those who show it and those who write on it."""

    shown: GroupValue
    of: frozenset[Id]
    """The ids whose value is shown."""
    known: frozenset[Id]
    """What a new version of this group has seen (§1)."""
    hidden: frozenset[Id] = _NOTHING
    """Ids that stand and are not shown."""
    conflicts: tuple[tuple[GroupValue, tuple[Id, ...]], ...] = ()
    incomplete: bool = False
    unconfirmed: bool = False
    proposals: tuple[tuple[Id, GroupValue], ...] = ()


def fold(schema: Schema, entries: Sequence[Entry], is_foreign: IsForeign = has_foreign_bit) -> dict[str, GroupState]:
    """By group that somebody ever set: what stands. The entries are all of one component that take part."""
    if len(entries) == 1 and isinstance(entries[0], Version) and not entries[0].origin and not entries[0].seen:
        return _single(schema, entries[0])
    held = _held_ids(entries)
    groups = claims_by_group(schema, entries, is_foreign)
    states = {group: _fold_group(schema, group, claims, held) for group, claims in groups.items()}
    return _with_revivals(states, groups)


def _single(schema: Schema, version: Version) -> dict[str, GroupState]:
    """Most records have one version: it is the row."""
    ids = frozenset((version.id,))
    states: dict[str, GroupState] = {}
    for name in version.patch:
        group = schema.group_of(name)
        if group not in states:
            value = tuple(version.patch.get(member) for member in schema.members(group))
            unconfirmed = version.side == "book" and schema.is_township(group)
            states[group] = GroupState(value, ids, ids, unconfirmed=unconfirmed)
    return states


def _held_ids(entries: Iterable[Entry]) -> frozenset[Id]:
    return frozenset(one.id for one in entries if isinstance(one, (Version, Reading, Tombstone)))


@dataclass(slots=True)
class _Voices:
    """All that is claimed about the ids of one group."""

    claims: list[Claim]
    rank: Mapping[str, int]
    values: dict[Id, GroupValue]
    sides: dict[Id, str]

    def order(self, id: Id) -> tuple[int, Id]:
        """Who is shown first in a conflict (§5)."""
        return (self.rank[self.sides.get(id, "book")], id)


def _fold_group(schema: Schema, group: str, claims: list[Claim], held: frozenset[Id]) -> GroupState:
    own = [claim for claim in claims if claim.own]
    foreign = [claim for claim in claims if not claim.own]
    known = held.union(*(claim.of | claim.over for claim in claims))
    if not own:
        return _fold_foreign(foreign, known)
    township = schema.is_township(group)
    voices = _voices(own, _TOWNSHIP_FIRST if township else _WORKER_FIRST)
    state = _fold_own(voices, known)
    said = {voices.sides.get(id) for id in state.of}
    unconfirmed = township and "book" in said and "township" not in said
    proposals = _proposals(foreign, voices, state)
    return replace(state, unconfirmed=unconfirmed, proposals=proposals)


def _voices(own: list[Claim], rank: Mapping[str, int]) -> _Voices:
    held = {claim.version.id: claim for claim in own if claim.version}
    sides: dict[Id, str] = {id: claim.version.side for id, claim in held.items() if claim.version}
    told: dict[Id, list[GroupValue]] = {}
    for claim in own:
        if not claim.version:
            for id in claim.of:
                told.setdefault(id, []).append(claim.value)
    values: dict[Id, GroupValue] = {}
    for id in held.keys() | told.keys():
        _value(id, held, told, values)
    return _Voices(own, rank, values, sides)


def _value(
    id: Id, held: Mapping[Id, Claim], told: Mapping[Id, list[GroupValue]], values: dict[Id, GroupValue]
) -> GroupValue | None:
    """The best that is known of an id's value: full before masked, its own word before a cell's, then smallest text."""
    if id in values:
        return values[id]
    options = [(not is_full(value), 1, text_of(value), value) for value in told.get(id, ())]
    claim = held.get(id)
    if claim:
        values[id] = claim.value
        value = _completed(claim, held, told, values)
        options.append((not is_full(value), 0, "", value))
    if not options:
        return None
    values[id] = min(options, key=lambda one: one[:3])[3]
    return values[id]


def _completed(
    claim: Claim, held: Mapping[Id, Claim], told: Mapping[Id, list[GroupValue]], values: dict[Id, GroupValue]
) -> GroupValue:
    """A partial value with the members its author could not see, from the head it was made from (§7)."""
    if claim.origin is None:
        return claim.value
    base = _value(claim.origin, held, told, values)
    if base is None:
        return claim.value
    return tuple(theirs if mine is MISSING else mine for mine, theirs in zip(claim.value, base, strict=True))


def _live(claims: list[Claim], voices: _Voices) -> frozenset[Id]:
    """Ids that nobody overwrote, without twins."""
    said = _NOTHING.union(*(claim.of for claim in claims))
    over = _NOTHING.union(*(claim.over for claim in claims))
    live = said - over or said
    if len(live) < 2:
        return live
    return live - _twins(claims, voices, live, over) or live


def _twins(claims: list[Claim], voices: _Voices, live: frozenset[Id], over: frozenset[Id]) -> frozenset[Id]:
    """Live ids that repeat an overwritten version whose author had seen at least as much (§4)."""
    past: dict[GroupValue, list[frozenset[Id]]] = {}
    for claim in claims:
        if claim.version and claim.version.id in over and is_full(voices.values[claim.version.id]):
            past.setdefault(voices.values[claim.version.id], []).append(claim.version.seen)
    if not past:
        return _NOTHING
    before = {id: _NOTHING.union(*(claim.over for claim in claims if id in claim.of)) for id in live}
    return frozenset(id for id in live if any(before[id] <= seen for seen in past.get(voices.values[id], ())))


def _fold_own(voices: _Voices, known: frozenset[Id]) -> GroupState:
    claims = voices.claims
    live = _live(claims, voices)
    said = _NOTHING.union(*(claim.of for claim in claims))
    over = _NOTHING.union(*(claim.over for claim in claims))
    unshown = _NOTHING.union(*(claim.hidden for claim in claims)) - over - said
    candidates = _candidates(voices, live)
    incomplete = bool(unshown) or any(not is_full(voices.values[id]) for id in live)
    if candidates:
        shown, of = next(iter(candidates.items()))
        conflicts = tuple((value, tuple(ids)) for value, ids in candidates.items()) if len(candidates) > 1 else ()
        stand = unshown | live - set(of)
        return GroupState(shown, frozenset(of), known, stand, conflicts, incomplete)
    shown, of = _last_full(voices) or _least_masked(voices, live)
    stand = (unshown | live) - set(of)
    return GroupState(shown, frozenset(of), known, stand, (), incomplete=True)


def _candidates(voices: _Voices, live: Iterable[Id]) -> dict[GroupValue, list[Id]]:
    """Full values of live ids, the one to show first."""
    found: dict[GroupValue, list[Id]] = {}
    for id in sorted(live, key=voices.order):
        if is_full(voices.values[id]):
            found.setdefault(voices.values[id], []).append(id)
    return found


def _last_full(voices: _Voices) -> tuple[GroupValue, list[Id]] | None:
    """What stood last in full while the head is known masked only: the fold of the full claims alone (§6)."""
    full = [claim for claim in voices.claims if any(is_full(voices.values[id]) for id in claim.of)]
    if not full:
        return None
    return next(iter(_candidates(voices, _live(full, voices)).items()), None)


def _least_masked(voices: _Voices, live: frozenset[Id]) -> tuple[GroupValue, list[Id]]:
    first = min(live, key=voices.order)
    shown = voices.values[first]
    return shown, [id for id in live if voices.values[id] == shown]


def _fold_foreign(claims: list[Claim], known: frozenset[Id]) -> GroupState:
    """Nobody of ours said anything: one foreign value fills, several are a conflict (§9)."""
    over = _NOTHING.union(*(claim.over for claim in claims))
    live = [claim for claim in claims if not claim.of <= over] or claims
    candidates: dict[GroupValue, set[Id]] = {}
    for claim in live:
        candidates.setdefault(_filled(claim.value), set()).update(claim.of - over)
    ordered = sorted(candidates.items(), key=lambda one: min(one[1]))
    conflicts = tuple((value, tuple(sorted(ids))) for value, ids in ordered) if len(ordered) > 1 else ()
    shown, of = ordered[0]
    stand = frozenset().union(*candidates.values()) - of
    return GroupState(shown, frozenset(of), known, stand, conflicts)


def _filled(value: GroupValue) -> GroupValue:
    return tuple(None if one is MISSING else one for one in value)


def _proposals(foreign: list[Claim], voices: _Voices, state: GroupState) -> tuple[tuple[Id, GroupValue], ...]:
    """Foreign values that differ from what stands and that no version of ours has settled."""
    over = _NOTHING.union(*(claim.over for claim in foreign)) if foreign else _NOTHING
    seen = _NOTHING.union(*(claim.over for claim in voices.claims))
    settled = [claim.value for claim in foreign if claim.of & seen]
    found: dict[Id, GroupValue] = {}
    for claim in foreign:
        for id in claim.of - over - seen:
            if not _agrees(claim.value, state.shown) and claim.value not in settled:
                found[id] = claim.value
    return tuple(sorted(found.items()))


def _agrees(given: GroupValue, shown: GroupValue) -> bool:
    """Only the members given are compared."""
    return all(one is MISSING or one == other for one, other in zip(given, shown, strict=True))


def _with_revivals(states: dict[str, GroupState], groups: Mapping[str, list[Claim]]) -> dict[str, GroupState]:
    """A record deleted by somebody who had not seen all of it shows, with a conflict on its deletion (§8)."""
    state = states.get(DELETED)
    if state is None or state.shown != (True,):
        return states
    deletions = [claim for claim in groups[DELETED] if claim.of & state.of]
    seen = _NOTHING.union(*(claim.over for claim in deletions))
    others = {id for group, one in states.items() if group != DELETED for id in (one.of | one.hidden)}
    unknowing = {
        id
        for group, claims in groups.items()
        if group != DELETED
        for claim in claims
        for id in claim.of
        if claim.own and id in others - seen and not claim.over & state.of and id not in state.of
    }
    if not unknowing:
        return states
    conflict = (((None,), tuple(sorted(unknowing))), ((True,), tuple(sorted(state.of))))
    return states | {DELETED: replace(state, shown=(None,), conflicts=conflict)}
