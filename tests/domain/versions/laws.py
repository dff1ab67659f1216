"""The laws of versions.md §14 as checks: each says what is wrong with a world, or nothing."""

from collections.abc import Iterator
from unittest.mock import patch

from gridworker.domain.versions import voices as voices_module
from gridworker.domain.versions.claims import is_full
from gridworker.domain.versions.fold import GroupState, fold
from tests.domain.versions.cases import SCHEMA, is_foreign
from tests.domain.versions.world import Store, World

_real_twins = voices_module.twins


def without_twins(*_any: object) -> frozenset[object]:
    """No twin is ever dropped."""
    return frozenset()


def statements_are_as_good_as_versions(world: World) -> Iterator[str]:
    """Law 3: no false, no hidden conflict, no stale and no invented value, nothing incomplete without a reason."""
    for number, store in enumerate(world.stores):
        for group, state in store.states().items():
            for wrong in _compare(world, store, group, state):
                yield f"store {number}, {group}: {wrong}"


def _compare(world: World, store: Store, group: str, state: GroupState) -> Iterator[str]:
    truth = store.truth(group)
    versions = [world.whole(id, group) for id in sorted(truth)]
    with patch.object(voices_module, "twins", _real_twins):
        real = fold(SCHEMA, versions, is_foreign)[group]
    with patch.object(voices_module, "twins", without_twins):
        loose = fold(SCHEMA, versions, is_foreign)[group]
    values = {value for value, _ids in state.conflicts}
    if not values <= {value for value, _ids in loose.conflicts} and not state.incomplete:
        yield f"false conflict {values}"
    if real.conflicts and not state.conflicts and not state.incomplete:
        yield f"hidden conflict {real.conflicts}"
    if not (state.incomplete or state.conflicts or real.conflicts) and state.shown != real.shown:
        yield f"stale {state.shown} instead of {real.shown}"
    if is_full(state.shown) and state.shown not in {world.real[id][group] for id in truth}:
        yield f"invented {state.shown}"
    if _holds_all(world, store, truth, group) and (state.shown != real.shown or state.incomplete):
        yield f"{state.shown}, incomplete {state.incomplete}, though all is here"


def _holds_all(world: World, store: Store, truth: frozenset[object], group: str) -> bool:
    held = store.versions()
    need = set(truth).union(*(world.versions[id].seen for id in truth))
    for id in sorted(truth, key=str):
        step = world.versions[id].origin.get(group)
        while step is not None:
            need.add(step)
            step = world.versions[step].origin.get(group)
    return need <= held.keys()
