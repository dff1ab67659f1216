"""Rules that look right and are wrong (versions.md §14, §17): the laws must catch each of them.

The seeds are histories known to show the fault; the right rules pass all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest

from gridworker.domain.versions import claims as claims_module
from gridworker.domain.versions import voices as voices_module
from gridworker.domain.versions.claims import Claim
from gridworker.domain.versions.entries import MISSING, GroupValue
from tests.domain.versions.laws import statements_are_as_good_as_versions, without_twins
from tests.domain.versions.world import States, World, random_actions

_right_twins = voices_module.twins


def _as_it_is(states: States) -> States:
    return states


def _seen_per_record(states: States) -> States:
    """S per record: whatever is known of one group counts as known of all."""
    known = frozenset[Any]().union(*(one.known for one in states.values()))
    return {group: replace(one, known=known) for group, one in states.items()}


def _hidden_is_seen(states: States) -> States:
    return {group: replace(one, known=one.known | one.hidden, hidden=frozenset()) for group, one in states.items()}


def _parents_only(states: States) -> States:
    return {group: replace(one, known=one.of | one.hidden) for group, one in states.items()}


def _twins_by_cells(voices: Any, live: frozenset[Any]) -> frozenset[Any]:
    """A cell's `over` taken for what the author of the overwritten version had seen."""
    claims = [replace(one, of=frozenset((id,)), side=one.side or "book") for one in voices.claims for id in one.of]
    return _right_twins(replace(voices, claims=claims), live)


def _without_from(values: dict[Any, GroupValue], partial: Mapping[Any, Claim]) -> None:
    """Members the author could not see become blank."""
    for id, claim in partial.items():
        values[id] = tuple(None if one is MISSING else one for one in claim.value)


@dataclass(frozen=True)
class Fault:
    """A wrong rule, and where it shows."""

    name: str
    fields: tuple[str, ...]
    seeds: range
    distort: Callable[[States], States] = _as_it_is
    module: Any = voices_module
    rule: str = "twins"
    wrong: Callable[..., Any] | None = None


FAULTS = (
    Fault("seen per record", ("id_no", "note"), range(30), _seen_per_record),
    Fault("hidden counted as seen", ("phone",), range(30), _hidden_is_seen),
    Fault("parents only", ("note",), range(30), _parents_only),
    Fault("no twins", ("reply",), range(60), wrong=without_twins),
    Fault("cells used for twins", ("note",), range(300, 600), wrong=_twins_by_cells),
    Fault("no from", ("building", "room"), range(30), module=claims_module, rule="_complete", wrong=_without_from),
)


def _violations(fault: Fault, distort: Callable[[States], States]) -> list[str]:
    found: list[str] = []
    for seed in fault.seeds:
        world = World(distort).play(random_actions(Random(seed), 35), fault.fields)
        found += statements_are_as_good_as_versions(world)
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not _violations(fault, _as_it_is)
    if fault.wrong:
        monkeypatch.setattr(fault.module, fault.rule, fault.wrong)
    assert _violations(fault, fault.distort)
