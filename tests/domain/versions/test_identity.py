"""Who is who: law 11 of versions.md §14, and what gives keys."""

from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.domain.versions.entries import Cell, Decision, Entry, Masked, Reading, Statement, Version
from gridworker.domain.versions.identity import Identity, Keys, keys_of, resolve
from tests.domain.versions.cases import SCHEMA, is_foreign

LAW = settings(max_examples=200, deadline=None)
ADDRESS = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502"}
KEY = frozenset({"address:金江西苑/3/2/502"})

keys = st.frozensets(st.sampled_from("abc"), max_size=2)
natives_of = st.dictionaries(st.sampled_from(["r1", "r2", "r3", "z4"]), keys, max_size=4)
rows_of = st.dictionaries(st.sampled_from(["x1", "x2", "x3", "x4"]), keys, max_size=4)
records = st.sampled_from(["r1", "r2", "r3", "z4", "x1", "x2", "x3", "x4"])


@st.composite
def decisions_of(draw: st.DrawFn) -> list[Decision]:
    """Decisions in the order they were made, each having seen some of the former."""
    made: list[Decision] = []
    for number in range(draw(st.integers(0, 6))):
        seen = draw(st.frozensets(st.sampled_from([one.id for one in made]))) if made else frozenset()
        id = f"k{number * 7 % 10}"
        made.append(Decision(id, draw(records), draw(records), draw(st.booleans()), seen))
    return made


def standing(decisions: Iterable[Decision], known: Keys) -> list[Decision]:
    """Decisions on records here that no other one on the pair has seen."""
    some = [one for one in decisions if one.a != one.b and {one.a, one.b} <= known.keys()]
    return [
        one for one in some if not any(one.id in other.seen and {one.a, one.b} == {other.a, other.b} for other in some)
    ]


@LAW
@given(natives_of, rows_of, decisions_of(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same(natives: Keys, rows: Keys, decisions: list[Decision], dice: Random) -> None:
    shuffled = decisions * 2
    dice.shuffle(shuffled)
    one = resolve(natives, rows, decisions)
    assert resolve(dict(reversed(natives.items())), dict(reversed(rows.items())), shuffled) == one


@LAW
@given(natives_of, rows_of, decisions_of())
def test_what_persons_decided_holds(natives: Keys, rows: Keys, decisions: list[Decision]) -> None:
    found = resolve(natives, rows, decisions)
    for one in standing(decisions, {**natives, **rows}):
        together = found.names[one.a] == found.names[one.b]
        assert not together if not one.same else together or {one.a, one.b} <= found.questions
    for id, name in found.names.items():
        assert found.names[name] == name
        assert name in natives or not any(found.names[other] == name for other in natives)
        assert id in {**natives, **rows}


@LAW
@given(natives_of, rows_of, decisions_of())
def test_natives_are_joined_by_decisions_only(natives: Keys, rows: Keys, decisions: list[Decision]) -> None:
    by_keys, without = resolve(natives, rows, decisions), resolve(natives, dict.fromkeys(rows, NOTHING), decisions)
    pairs = [(one, other) for one in natives for other in natives]
    assert [same(by_keys, *pair) for pair in pairs] == [same(without, *pair) for pair in pairs]


NOTHING: frozenset[str] = frozenset()


def same(found: Identity, one: Any, other: Any) -> bool:
    return bool(found.names[one] == found.names[other])


@LAW
@given(natives_of, rows_of, decisions_of(), records)
def test_a_closed_part_can_be_resolved_alone(
    natives: Keys, rows: Keys, decisions: list[Decision], touched: Any
) -> None:
    known = {**natives, **rows}
    closed, waiting = set[Any](), {touched} & known.keys()
    while waiting:
        closed |= waiting
        shared = frozenset[str]().union(*(known[id] for id in closed))
        ends = [{one.a, one.b} for one in decisions if {one.a, one.b} & closed]
        waiting = {id for id in known if known[id] & shared or any(id in some for some in ends)} - closed
    whole = resolve(natives, rows, decisions)
    part = resolve(
        {id: some for id, some in natives.items() if id in closed},
        {id: some for id, some in rows.items() if id in closed},
        decisions,
    )
    assert part.names == {id: name for id, name in whole.names.items() if id in closed}
    assert part.questions == whole.questions & closed


def test_apart_rows_that_want_one_household_are_both_asked_about() -> None:
    apart = Decision("k1", "x1", "x2", same=False)
    found = resolve({"r1": KEY}, {"x1": KEY, "x2": KEY, "x3": KEY}, [apart])
    assert found.names == {"r1": "r1", "x1": "x1", "x2": "x2", "x3": "r1"}
    assert found.questions == {"x1", "x2"}


def test_loose_rows_meet_though_the_first_is_apart_from_both() -> None:
    apart = [Decision("k1", "x1", "x2", same=False), Decision("k2", "x1", "x3", same=False)]
    assert resolve({}, {"x1": KEY, "x2": KEY, "x3": KEY}, apart).names == {"x1": "x1", "x2": "x2", "x3": "x2"}


def keys_from(*entries: Entry) -> frozenset[str]:
    return keys_of(SCHEMA, entries, is_foreign)


def test_keys_come_from_former_and_partial_values_in_full() -> None:
    first = Version("v1", "r1", "worker", frozenset(), ADDRESS)
    moved = Version("e1", "r1", "book", frozenset({"v1"}), {"building": "4"} | BARE, {"address": "v1"})
    assert keys_from(first, moved) == KEY | {"address:金江西苑/4/2/502"}
    assert keys_from(moved) == frozenset()


BARE = {"estate": "金江西苑", "unit": "2"}


def test_a_masked_value_gives_no_key() -> None:
    value = ("金江西苑", "3", "2", Masked("**"))
    assert keys_from(Statement("r1", {"address": Cell(frozenset({"v1"}), value)})) == frozenset()


def test_number_and_name_of_different_versions_make_a_key() -> None:
    name = Version("v1", "r1", "worker", frozenset(), {"name": "张三"})
    number = Version("v2", "r1", "worker", frozenset({"v1"}), {"id_no": "A"})
    assert keys_from(name, number) == {"identity:A:张三"}
    assert keys_from(Reading("x1", "x1", {"name": "张三", "id_no": "A"})) == {"identity:A:张三"}


def test_many_changes_cost_no_more_than_their_keys() -> None:
    """Only groups that keys are made of are combined: thirty versions of five others are no matter."""
    names = ("phone", "note", "head", "reply", "content")
    many = [Version(f"v{n:02}", "r1", "worker", frozenset(), {names[n % 5]: str(n)}) for n in range(30)]
    assert keys_from(*many, Version("w", "r1", "worker", frozenset(), ADDRESS)) == KEY


def test_what_is_not_known_whole_gives_no_key() -> None:
    masked = Statement("r1", {"address": Cell(frozenset(["v1"]), ("金江西苑", "3", "2", Masked("**")))})
    assert keys_of(SCHEMA, [masked], is_foreign) == frozenset()
    full = Version("v1", "r1", "worker", frozenset(), ADDRESS)
    assert keys_of(SCHEMA, [masked, full], is_foreign) == KEY


def test_rows_that_are_apart_from_others_only_still_join_what_they_match() -> None:
    """Only rows that are apart from each other are both asked about."""
    natives, rows = {"r1": KEY, "r2": frozenset[str]()}, {"x1": KEY, "x3": KEY}
    apart = [Decision(f"k{row}", row, "r2", False) for row in rows]
    found = resolve(natives, rows, apart)
    assert (found.names["x1"], found.names["x3"], found.questions) == ("r1", "r1", frozenset())
    rivals = resolve(natives, rows, [Decision("k1", "x1", "x3", False)])
    assert (rivals.names["x1"], rivals.names["x3"]) == ("x1", "x3")
    assert rivals.questions == {"x1", "x3"}
