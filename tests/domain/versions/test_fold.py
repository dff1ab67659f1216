"""Corners of the fold that the vectors do not reach."""

from itertools import permutations
from typing import Any

import pytest

from gridworker.domain.versions.entries import (
    MISSING,
    Cell,
    Entry,
    Masked,
    Reading,
    Statement,
    Tombstone,
    Value,
    Version,
)
from gridworker.domain.versions.fold import DELETED, GroupState, fold, is_deleted
from tests.domain.versions.cases import FILE, SCHEMA, entry_of, outcome
from tests.domain.versions.test_writing import ids, states_of

ADDRESS = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502"}


def version(id: str, *seen: str, **patch: Any) -> Version:
    return Version(id, "r1", "worker", ids(*seen), patch)


def test_one_version_is_the_row() -> None:
    one = version("v1", "v0", phone=None, building="3")
    assert states_of(one) == states_of(one, one)
    assert states_of(one)["address"].shown == (None, "3", None, None)


def test_one_version_from_a_book_is_unconfirmed() -> None:
    assert states_of(Version("e1", "r1", "book", ids(), {"reply": "好", "note": "a"}))["reply"].unconfirmed


def test_a_long_chain_of_partial_values_is_followed_to_its_end() -> None:
    chain: list[Entry] = [version("00000", **ADDRESS)]
    for number in range(1, 3000):
        patch = {"estate": "金江西苑", "building": str(number), "unit": "2"}
        origin = {"address": f"{number - 1:05}"}
        chain.append(Version(f"{number:05}", "r1", "book", ids(f"{number - 1:05}"), patch, origin))
    assert states_of(*chain)["address"].shown == ("金江西苑", "2999", "2", "502")


def test_a_forged_circle_of_partial_values_is_cut_alike_in_any_order() -> None:
    one = Version("a", "r1", "book", ids(), {"building": "3"}, {"address": "b"})
    other = Version("b", "r1", "book", ids(), {"room": "502"}, {"address": "a"})
    state = states_of(one, other)["address"]
    assert state == states_of(other, one)["address"]
    assert state.incomplete
    assert state.shown == (MISSING, "3", MISSING, "502")


def test_a_forged_circle_of_seen_shows_all() -> None:
    circle = [version("a", "b", note="1"), version("b", "a", note="2")]
    assert [value for value, _ids in states_of(*circle)["note"].conflicts] == [("1",), ("2",)]


def test_a_cell_of_another_release_has_fewer_or_more_members() -> None:
    cells = [Cell(ids("v1"), ("A",)), Cell(ids("v1"), ("A", None, None, "new"))]
    known = version("v1", id_no="A")
    for cell in cells:
        state = states_of(known, Statement("r1", {"identity": cell}))["identity"]
        assert (state.shown, state.conflicts) == (("A", None, None), ())


@pytest.mark.parametrize(
    "claim",
    [
        version("v1", "v0", phone="13800000001"),
        Version("v1", "r1", "book", ids("v0"), {"reply": "好"}),
        Version("v1", "r1", "book", ids("v0"), {"building": "3"}, {"address": "v0"}),
        Statement("r1", {"phone": Cell(ids("v1", "v2"), ("13800000001",), ids("v0"), ids("v3"))}),
        Statement("r1", {"phone": Cell(ids("v1"), (Masked("138****1"),), ids("v0"), ids("v0"))}),
        Statement("r1", {"reply": Cell(ids("v1"), (None,), ids("v1"))}),
        Statement("r1", {"phone": Cell(ids("v1", "v2"), ("1",), ids("v1"))}),
    ],
)
def test_a_lone_claim_folds_as_one_said_twice(claim: Version | Statement) -> None:
    other = version("v9", note="a")
    assert states_of(claim, other) == states_of(claim, claim, other)


def test_a_fill_known_masked_and_in_full_is_one_value() -> None:
    cells = [Cell(ids("x1"), (value,)) for value in (Masked("138****1"), "13800000001")]
    state = states_of(*(Statement("r1", {"phone": cell}) for cell in cells))["phone"]
    assert (state.shown, state.conflicts, state.incomplete) == (("13800000001",), (), False)


def test_a_masked_fill_is_no_proposal_until_it_is_known() -> None:
    own = version("v1", phone="13900000000")
    masked = Statement("r1", {"phone": Cell(ids("x1"), (Masked("138****1"),))})
    assert states_of(own, masked)["phone"].proposals == ()
    known = Reading("x1", "x1", {"phone": "13800000001"})
    assert states_of(own, masked, known)["phone"].proposals == (("x1", ("13800000001",)),)


def test_a_cell_that_knows_a_foreign_row_does_not_settle_it() -> None:
    row = Reading("x1", "x1", {"head": "张山"})
    cell = Statement("r1", {"head": Cell(ids("v1"), ("张三",), ids("x1"))})
    assert states_of(cell, row)["head"].proposals == (("x1", ("张山",)),)


def test_a_proposal_names_only_members_the_row_gives() -> None:
    states = states_of(version("v1", **ADDRESS), Reading("x1", "x1", {"building": "4"}))
    assert states["address"].proposals == (("x1", (MISSING, "4", MISSING, MISSING)),)


CLEARING = Reading("x1", "r1", {"phone": None})


def test_a_wish_to_clear_is_a_proposal_and_clears_nothing() -> None:
    own = version("v1", phone="13900000000")
    state = states_of(own, CLEARING)["phone"]
    assert (state.shown, state.conflicts, state.proposals) == (("13900000000",), (), (("x1", (None,)),))
    for decided in (None, "13900000000", "13900000001"):
        assert states_of(own, CLEARING, version("v2", "v1", "x1", phone=decided))["phone"].proposals == ()
    assert states_of(own, version("v2", "v1", phone="1"), CLEARING)["phone"].proposals == (("x1", (None,)),)


def test_a_wish_to_clear_what_is_blank_says_nothing() -> None:
    assert states_of(CLEARING) == {}
    assert states_of(version("v1", note="a"), CLEARING).keys() == {"note"}
    assert states_of(version("v1", phone=None), CLEARING)["phone"].proposals == ()


def test_a_wish_to_clear_a_fill_is_asked_about_and_is_no_conflict() -> None:
    fill = Reading("x2", "x2", {"phone": "13900000000"})
    state = states_of(fill, CLEARING)["phone"]
    assert (state.shown, state.of, state.conflicts) == (("13900000000",), ids("x2"), ())
    assert state.proposals == (("x1", (None,)),)


def test_one_member_to_clear_leaves_the_others_as_they_are() -> None:
    states = states_of(version("v1", **ADDRESS), Reading("x1", "r1", {"unit": None}))
    assert states["address"].proposals == (("x1", (MISSING, MISSING, None, MISSING)),)


def test_the_blanks_of_a_fill_shown_in_a_book_ask_for_nothing() -> None:
    shown = Statement("r1", {"address": Cell(ids("x1"), ("金江西苑", "3", None, "502"))})
    told = states_of(version("v1", **ADDRESS), shown)["address"].proposals
    assert told == ()


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_wishes_to_clear_come_in_any_order(order: tuple[int, ...]) -> None:
    some = [version("v1", phone="1"), version("v2", "v1", note="b"), CLEARING, Reading("x2", "x2", {"phone": "2"})]
    expected = (("x1", (None,)), ("x2", ("2",)))
    assert states_of(*(some[place] for place in order))["phone"].proposals == expected


def test_a_row_read_anew_takes_its_fill_along_wherever_a_book_showed_it() -> None:
    shown = Statement("r1", {"phone": Cell(ids("x1a"), ("5",))})
    again = Reading("x1b", "x1", {"note": "5"}, ids("x1a"))
    assert states_of(Reading("x1a", "x1", {"phone": "5"}), shown, again).keys() == {"note"}


def test_the_same_edit_twice_after_other_work_is_a_twin() -> None:
    base, mine, theirs = version("v1", phone="1"), version("a", "v1", phone="2"), version("b", "v1", "n", phone="2")
    other_work, on = version("n", "v1", note="x"), version("c", "v1", "a", phone="3")
    assert states_of(base, mine, theirs, on, other_work)["phone"].conflicts == ()
    assert states_of(base, mine, theirs, on)["phone"].conflicts, "n may be a phone: nothing may be hidden"


WORK, GONE = version("v1", note="a"), version("d1", "v1", _deleted=True)


def test_work_that_did_not_know_of_the_deletion_stands_against_it() -> None:
    states = states_of(WORK, GONE, version("v2", "v1", note="b"))
    state = states[DELETED]
    assert not is_deleted(states)
    assert state.conflicts == (((None,), ("v2",)), ((True,), ("d1",)))
    assert (state.of, state.hidden) == (ids("v2"), ids("d1"))


def test_later_work_that_saw_both_decides_nothing() -> None:
    entries = [WORK, GONE, version("v2", "v1", note="b"), version("v3", "v1", "v2", "d1", note="c")]
    assert states_of(*entries)[DELETED].conflicts
    assert not states_of(*entries, version("k", "v1", "v2", "v3", "d1", _deleted=None))[DELETED].conflicts
    assert is_deleted(states_of(*entries, version("k", "v1", "v2", "v3", "d1", _deleted=True)))


def test_a_record_kept_here_and_deleted_there_stays_in_the_lists() -> None:
    kept = [version("k1", "v1", "d0", _deleted=None), version("d1", "v1", "d0", _deleted=True)]
    states = states_of(WORK, version("d0", "v1", _deleted=True), *kept)
    assert not is_deleted(states)
    assert states[DELETED].conflicts == (((None,), ("k1",)), ((True,), ("d1",)))


def test_work_done_before_the_record_was_kept_again_asks_nothing() -> None:
    kept = version("k1", "v1", "d1", _deleted=None)
    assert states_of(WORK, GONE, kept, version("v2", "v1", note="b"))[DELETED].conflicts == ()


def test_only_the_deletion_that_stands_knew_of_the_work() -> None:
    kept, again = version("k1", "v1", "v2", "d1", _deleted=None), version("d2", "v1", "d1", "k1", _deleted=True)
    work = version("v2", "v1", note="b")
    states = states_of(WORK, work, version("d1", "v1", "v2", _deleted=True), kept, again)
    assert states[DELETED].conflicts == (((None,), ("v2",)), ((True,), ("d2",)))


def test_a_row_of_a_list_revives_nothing() -> None:
    assert is_deleted(states_of(WORK, GONE, Reading("x1", "x1", {"phone": "1"})))


def test_a_value_in_full_beats_one_that_a_masked_head_overwrote() -> None:
    masked = Statement("r1", {"phone": Cell(ids("v2"), (Masked("139****2"),), ids("v1"))})
    state = states_of(version("v1", phone="1"), masked, version("v3", "v2", phone="3"))["phone"]
    assert (state.shown, state.of, state.conflicts) == (("3",), ids("v3"), ())


def test_a_forged_circle_beside_something_unshown_still_shows_something() -> None:
    circle = [
        Statement("r1", {"phone": Cell(ids(one), (Masked(one),), ids(other), ids("v9"))})
        for one, other in (("v1", "v2"), ("v2", "v1"))
    ]
    state = states_of(*circle)["phone"]
    assert (state.shown, state.incomplete) == ((Masked("v1"),), True)


def test_a_fill_known_from_a_book_only_is_known_with_all_before_it() -> None:
    cell = Statement("r1", {"phone": Cell(ids("x2"), ("5",), ids("x1"))})
    assert states_of(version("v1", phone="1"), cell)["phone"].known == ids("v1", "x1", "x2")


@pytest.mark.parametrize(("field", "ranks"), [("phone", "worker book township"), ("reply", "township book worker")])
def test_in_a_conflict_the_side_decides_what_is_shown_and_never_the_id_before_it(field: str, ranks: str) -> None:
    sides = ranks.split()
    for better, worse in permutations(range(3), 2):
        low, high = (Version(id, "r1", sides[rank], ids(), {field: id}) for id, rank in (("a", better), ("b", worse)))  # type: ignore[arg-type]
        assert states_of(low, high)[field].shown == (("a",) if better < worse else ("b",))
        unknown = Statement("r1", {field: Cell(ids("c"), ("c",))})
        assert (states_of(high, unknown)[field].shown == ("c",)) == (worse == 2)


def test_a_cell_that_nobody_ever_set_overwrites_nothing() -> None:
    blank = Statement("r1", {"phone": Cell(ids(), (None,), ids("v1"))})
    assert states_of(version("v1", phone="1"), blank, version("v9", note="a"))["phone"].shown == ("1",)


def test_a_cell_of_another_release_is_fitted_to_the_members_known_here() -> None:
    for told in (("金江西苑", "3"), ("金江西苑", "3", None, None, "东侧")):
        shown = states_of(Statement("r1", {"address": Cell(ids("v1"), told)}))["address"].shown
        assert shown == ("金江西苑", "3", None, None)


@pytest.mark.parametrize(
    ("one", "other"), [("a", "b"), ("z", Masked("a*")), (Masked("a*"), Masked("b*")), (Masked("a*"), MISSING)]
)
def test_of_forged_words_on_one_version_the_same_is_believed_everywhere(one: Value, other: Value) -> None:
    cells = [Statement("r1", {"phone": Cell(ids("v1"), (value,))}) for value in (one, other)]
    assert states_of(*cells)["phone"].shown == states_of(*reversed(cells))["phone"].shown == (one,)


def test_a_versions_own_word_counts_before_a_cells() -> None:
    forged = Statement("r1", {"phone": Cell(ids("v1"), ("0",))})
    assert states_of(version("v1", phone="1"), forged)["phone"].shown == ("1",)


def test_a_partial_value_that_a_cell_tells_in_full_is_full() -> None:
    partial = Version("e1", "r1", "book", ids("v1"), {"estate": "金江西苑", "building": "4"}, {"address": "v1"})
    cell = Statement("r1", {"address": Cell(ids("e1"), ("金江西苑", "4", "2", "502"), ids("v1"))})
    state = states_of(partial, cell)["address"]
    assert (state.shown, state.incomplete) == (("金江西苑", "4", "2", "502"), False)


def test_a_row_that_came_after_the_erasure_counts() -> None:
    tombstone = Tombstone("t1", "x1")
    assert states_of(tombstone, Reading("x1a", "x1", {"phone": "1"}, ids("t1")))["phone"].shown == ("1",)
    assert states_of(tombstone, Reading("x1a", "x1", {"phone": "1"})) == {}


def test_of_two_masked_heads_the_one_shown_is_named() -> None:
    cells = [Statement("r1", {"phone": Cell(ids(id), (Masked(id),))}) for id in ("v1", "v2")]
    state = states_of(*cells)["phone"]
    assert (state.shown, state.of, state.hidden) == ((Masked("v1"),), ids("v1"), ids("v2"))


def test_a_row_read_anew_proposes_its_new_value_only() -> None:
    again = Reading("x1b", "x1", {"phone": "6"}, ids("x1a"))
    states = states_of(version("v1", phone="1"), Reading("x1a", "x1", {"phone": "5"}), again)
    assert states["phone"].proposals == (("x1b", ("6",)),)


def test_what_is_erased_is_not_known_either() -> None:
    tombstone = Tombstone("t1", "r1")
    fresh = version("v2", "t1", head="李四")
    erased = [version("v1", head="张三"), Reading("x1", "r1", {"phone": "1"})]
    assert states_of(*erased, tombstone, fresh) == states_of(tombstone, fresh)


def test_integers_need_no_predicate() -> None:
    """In production the lowest bit tells own from foreign."""
    own, row = Version(2, 2, "worker", frozenset(), {"head": "张三"}), Reading(5, 5, {"head": "张山", "phone": "1"})
    states: dict[str, GroupState] = fold(SCHEMA, [own, row])
    assert states["head"].proposals == ((5, ("张山",)),)
    assert states["phone"].of == {5}


@pytest.mark.parametrize("name", ["wrong-clock", "both-changed", "reply-township-shown"])
def test_clocks_decide_nothing(name: str) -> None:
    """Law 12: entries carry no time at all; whatever the deeds said, the outcome is the same."""
    case = next(one for one in FILE["cases"] if one["name"] == name)
    for backwards in (False, True):
        timed = [raw | {"at": f"20{90 - n if backwards else n}-01-01"} for n, raw in enumerate(case["entries"])]
        assert outcome(map(entry_of, timed)) == case["expect"]
