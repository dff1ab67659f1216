"""`seen` as a difference to what a former version of the same record had seen (versions.md §12)."""

from collections.abc import Mapping

from gridworker.domain.ids import Id


def encode(seen: frozenset[Id], held: Mapping[Id, frozenset[Id]]) -> tuple[Id | None, frozenset[Id]]:
    """The held version that explains most of it, and the ids beyond; lossless."""
    for base in sorted(seen & held.keys(), key=lambda id: (-len(held[id]), id)):
        if held[base] <= seen:
            return base, seen - held[base] - {base}
    return None, seen


def decode(base: Id | None, extra: frozenset[Id], held: Mapping[Id, frozenset[Id]]) -> frozenset[Id]:
    """What `encode` was given."""
    return extra if base is None else held[base] | extra | {base}
