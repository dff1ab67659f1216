"""What a writer must get right: `seen` per group, cells that name whose value they show (versions.md §3, §10)."""

from dataclasses import replace
from typing import Any

from gridworker.domain.versions.entries import Cell, Entry, Masked, Reading, Statement, Tombstone, Version
from gridworker.domain.versions.fold import GroupState, fold
from gridworker.domain.versions.writing import cell_for, same_content, split_by_seen
from tests.domain.versions.cases import SCHEMA, is_foreign


def ids(*some: str) -> frozenset[Any]:
    return frozenset(some)


def states_of(*entries: Entry) -> dict[str, GroupState]:
    return fold(SCHEMA, entries, is_foreign)


V1 = Version("v1", "r1", "worker", ids(), {"id_no": "A", "note": "a"})
BLIND = Statement("r1", {"note": Cell(ids("v5"), ("n",), ids("v1"))})


def test_one_version_per_distinct_seen() -> None:
    parts = split_by_seen(SCHEMA, states_of(V1, BLIND), {"id_no": "B", "note": "c"})
    assert parts == [({"id_no": "B"}, ids("v1")), ({"note": "c"}, ids("v1", "v5"))]


def test_nearly_always_one_version() -> None:
    later = Version("v2", "r1", "worker", ids("v1"), {"phone": "1"})
    patch = {"note": "b", "phone": "2", "head": "张三"}
    assert split_by_seen(SCHEMA, states_of(V1, later), patch) == [(patch, ids("v1", "v2"))]


def test_of_a_group_never_set_is_known_what_is_held_and_nothing_that_cells_of_others_name() -> None:
    tombstone = Tombstone("t1", "r1", ids("phone"))
    assert split_by_seen(SCHEMA, states_of(BLIND), {"id_no": "B"}) == [({"id_no": "B"}, ids())]
    assert split_by_seen(SCHEMA, states_of(V1, BLIND, tombstone), {"phone": "1"}) == [({"phone": "1"}, ids("v1", "t1"))]
    assert split_by_seen(SCHEMA, {}, {"phone": "1"}) == [({"phone": "1"}, ids())]


def test_what_is_not_shown_is_not_seen() -> None:
    one, other = (Version(id, "r1", "worker", ids("v1"), {"note": id}) for id in ("a", "b"))
    assert cell_for(states_of(V1, one, other)["note"]) == Cell(ids("a"), ("a",), ids("v1"), ids("b"))


def test_who_is_shown_an_old_value_has_seen_nothing_later() -> None:
    masked = [
        Statement("r1", {"phone": Cell(ids("v3"), (Masked("139****3"),), ids("v2", "v1"))}),
        Statement("r1", {"phone": Cell(ids("v2"), (Masked("139****2"),), ids("v1", "v0"))}),
    ]
    first = Version("v1", "r1", "worker", ids("v0"), {"phone": "13900000001"})
    state = states_of(first, *masked)["phone"]
    assert state.incomplete
    assert cell_for(state) == Cell(ids("v1"), ("13900000001",), ids("v0"), ids("v2", "v3"))


def test_content_is_everything_but_the_deed() -> None:
    assert same_content(V1, replace(V1, side="book"))
    assert not same_content(V1, replace(V1, patch={"id_no": "A", "note": "b"}))
    assert not same_content(V1, replace(V1, seen=ids("v0")))
    assert not same_content(V1, replace(V1, origin={"identity": "v0"}))
    assert not same_content(V1, Tombstone("v1", "r1"))
    assert not same_content(Reading("x1", "x1", {"note": "a"}), Reading("x1", "x1", {"note": "b"}))
