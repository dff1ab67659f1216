"""`seen` as a difference to what a former version of the same record had seen (versions.md §12)."""

from collections.abc import Mapping

from gridworker.domain.ids import Id


def encode(seen: frozenset[Id], held: Mapping[Id, frozenset[Id]]) -> tuple[Id | None, frozenset[Id]]:
    """The held version that explains most of it, and the ids beyond; lossless."""
    base, explained = None, 0
    for id in seen & held.keys():
        if len(held[id]) >= explained and held[id] <= seen and id not in held[id]:
            base, explained = id, len(held[id]) + 1
    return base, seen if base is None else seen - held[base] - {base}


def decode(base: Id | None, extra: frozenset[Id], held: Mapping[Id, frozenset[Id]]) -> frozenset[Id]:
    """What `encode` was given."""
    return extra if base is None else held[base] | extra | {base}
