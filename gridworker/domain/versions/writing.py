"""What a writer must get right: what a new version has seen, what a cell says (versions.md §3)."""

from collections.abc import Mapping

from gridworker.domain.ids import Id
from gridworker.domain.versions.claims import NO_IDS
from gridworker.domain.versions.entries import Cell, Entry, Schema, Value, Version
from gridworker.domain.versions.fold import GroupState


def split_by_seen(
    schema: Schema, states: Mapping[str, GroupState], patch: Mapping[str, Value]
) -> list[tuple[dict[str, Value], frozenset[Id]]]:
    """A patch in parts with one `seen` each, nearly always one: a store has not seen the same of every group (§3.1)."""
    held = next((state.held for state in states.values()), NO_IDS)
    parts: dict[frozenset[Id], dict[str, Value]] = {}
    for name, value in patch.items():
        state = states.get(schema.group_of(name))
        parts.setdefault(state.known if state else held, {})[name] = value
    return [(part, seen) for seen, part in parts.items()]


def cell_for(state: GroupState) -> Cell:
    """What a visible cell of this group says: whose value it is, what that overwrote, what else stands."""
    return Cell(state.of, state.shown, state.known - state.of - state.hidden, state.hidden)


def same_content(one: Entry, other: Entry) -> bool:
    """Whether two entries under one id say the same; if not, one of them is forged or damaged (§10)."""
    if isinstance(one, Version) and isinstance(other, Version):
        return (one.id, one.record, one.seen, one.patch, one.origin) == (
            other.id, other.record, other.seen, other.patch, other.origin,
        )  # fmt: skip
    return one == other
