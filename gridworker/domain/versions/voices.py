"""Who is heard in one group: what lives, what repeats, what is shown first (versions.md §2, §4–§6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.versions.claims import NO_IDS, Claim, best_values, is_full
from gridworker.domain.versions.entries import GroupValue

_WORKER_FIRST: Final[Mapping[str, int]] = {"worker": 0, "book": 1, "township": 2}
_TOWNSHIP_FIRST: Final[Mapping[str, int]] = {"township": 0, "book": 1, "worker": 2}
_UNKNOWN_SIDE: Final = 1


@dataclass(slots=True)
class Voices:
    """All that the claims of one tier say about one group."""

    claims: Sequence[Claim]
    said: frozenset[Id]
    over: frozenset[Id]
    hidden: frozenset[Id]
    """Ids that stand somewhere and of which nothing else is known."""
    values: Mapping[Id, GroupValue]
    sides: Mapping[Id, str]
    elsewhere: frozenset[Id]
    """What is held and says nothing about this group."""
    rank: Mapping[str, int]

    def order(self, id: Id) -> tuple[int, Id]:
        """Who is shown first in a conflict (§5)."""
        side = self.sides.get(id)
        return (self.rank[side] if side else _UNKNOWN_SIDE, id)


def listen(claims: Sequence[Claim], held: frozenset[Id], *, township: bool) -> Voices:
    """Hear the claims of one tier on one group; `held` are all entries held, `township` says who owns it."""
    said = NO_IDS.union(*(claim.of for claim in claims))
    over = NO_IDS.union(*(claim.over for claim in claims))
    hidden = NO_IDS.union(*(claim.hidden for claim in claims)) - over - said
    rank = _TOWNSHIP_FIRST if township else _WORKER_FIRST
    sides = {id: claim.side for claim in claims if claim.side for id in claim.of}
    return Voices(claims, said, over, hidden, best_values(claims), sides, held - said, rank)


def live_ids(voices: Voices) -> frozenset[Id]:
    """Ids that nobody overwrote, without twins.

    Books that show an old value for a hidden one may leave none; else that is a forged circle, and all stand.
    """
    live = voices.said - voices.over or (NO_IDS if voices.hidden else voices.said)
    return live if len(live) < 2 else live - twins(voices, live) or live


def twins(voices: Voices, live: frozenset[Id]) -> frozenset[Id]:
    """Live ids that repeat an overwritten version whose author had seen at least as much (§4).

    What it had seen is in the `over` of every claim about it, so one that is small enough proves it; what it had seen
    of other groups is no matter. Of the overwritten version only its own `seen` counts: a cell's `over` is larger than
    what the author knew.
    """
    past: dict[GroupValue, list[frozenset[Id]]] = {}
    for claim in voices.claims:
        if claim.side and claim.of <= voices.over:
            for id in claim.of:
                past.setdefault(voices.values[id], []).append(claim.over)
    return frozenset(
        id
        for claim in (voices.claims if past else ())
        for id in claim.of & live
        if is_full(voices.values[id])
        and any(claim.over - voices.elsewhere <= seen for seen in past.get(voices.values[id], ()))
    )


def candidates_of(voices: Voices, live: Iterable[Id]) -> dict[GroupValue, frozenset[Id]]:
    """Full values of live ids, the one to show first."""
    found: dict[GroupValue, list[Id]] = {}
    for id in sorted(live, key=voices.order):
        if is_full(voices.values[id]):
            found.setdefault(voices.values[id], []).append(id)
    return {value: frozenset(ids) for value, ids in found.items()}


def last_full(voices: Voices) -> tuple[GroupValue, frozenset[Id]] | None:
    """What stood last in full while the head is known masked only: the fold of what is full alone (§6)."""
    full = [claim for claim in voices.claims if any(is_full(voices.values[id]) for id in claim.of)]
    if not full:
        return None
    said = frozenset(id for claim in full for id in claim.of if is_full(voices.values[id]))
    over = NO_IDS.union(*(claim.over for claim in full))
    before = replace(voices, claims=full, said=said, over=over, hidden=NO_IDS)
    return next(iter(candidates_of(before, live_ids(before)).items()))


def later_than(voices: Voices, of: frozenset[Id]) -> frozenset[Id]:
    """All that does not come before an old value shown: who sees the old one has seen none of it (§3.3)."""
    return voices.said.difference(*(claim.over for claim in voices.claims if claim.of & of))


def least_masked(voices: Voices, live: frozenset[Id]) -> tuple[GroupValue, frozenset[Id]]:
    """What to show while nothing is known in full."""
    shown = voices.values[min(live, key=voices.order)]
    return shown, frozenset(id for id in live if voices.values[id] == shown)
