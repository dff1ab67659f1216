"""The laws of versions.md §14 over random histories; numbers as there."""

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gridworker.domain.versions.claims import best_values, claims_by_group, is_full
from gridworker.domain.versions.entries import (
    MISSING,
    Cell,
    Entry,
    GroupValue,
    Masked,
    Reading,
    Statement,
    Tombstone,
    Version,
)
from gridworker.domain.versions.erasing import left_of
from gridworker.domain.versions.fold import GroupState, fold
from tests.domain.versions.cases import SCHEMA, is_foreign
from tests.domain.versions.laws import statements_are_as_good_as_versions
from tests.domain.versions.world import ACTS, FIELDS, RECORD, Book, World

LAW = settings(max_examples=120, deadline=None)
names = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=3, unique=True)


def worlds_of(acts: Sequence[str]) -> st.SearchStrategy[World]:
    """Worlds in which these things happen."""
    one = st.tuples(st.sampled_from(acts), st.integers(0, 2), st.integers(0, 5), st.integers(0, 14))
    return st.builds(lambda some, fields: World().play(some, fields), st.lists(one, min_size=5, max_size=30), names)


worlds = worlds_of(ACTS)
encrypted_worlds = worlds_of([act for act in ACTS if act not in ("export", "export masked")])
dice = st.randoms(use_true_random=False)
saves = st.lists(st.tuples(st.sampled_from(sorted(FIELDS)), st.integers(0, 2)), max_size=8)


def states_of(entries: Sequence[Entry]) -> dict[str, GroupState]:
    return fold(SCHEMA, entries, is_foreign)


def told(states: dict[str, GroupState]) -> dict[str, tuple[Any, ...]]:
    """What people see of a fold."""
    return {
        group: (one.shown, {value for value, _ids in one.conflicts}, one.incomplete, one.unconfirmed, one.proposals)
        for group, one in states.items()
    }


def all_entries(world: World) -> list[Entry]:
    return [entry for store in world.stores for entry in store.entries()]


@LAW
@given(worlds, dice)
def test_order_and_repetition_change_nothing(world: World, dice: Random) -> None:
    """Law 1."""
    entries = all_entries(world)
    shuffled = entries + dice.choices(entries, k=len(entries) // 2) if entries else []
    dice.shuffle(shuffled)
    assert states_of(shuffled) == states_of(entries)


@LAW
@given(encrypted_worlds)
def test_passing_on_inside_an_encrypted_book_loses_nothing(world: World) -> None:
    """Law 2: A, B → C → D is as A, B → D, and then the direct books change nothing."""
    *senders, c = world.stores
    direct = [world.export(one, masked=False, inside=True) for one in senders]
    c.made, c.books = [], dict.fromkeys(direct, True)
    passed_on = world.export(c, masked=False, inside=True)
    at_d = states_of([entry for book in direct for entry in book.entries()])
    assert told(states_of(passed_on.entries())) == told(at_d)
    assert told(states_of([entry for book in (passed_on, *direct) for entry in book.entries()])) == told(at_d)


@LAW
@given(worlds)
def test_statements_are_as_good_as_versions(world: World) -> None:
    """Law 3."""
    assert not list(statements_are_as_good_as_versions(world))


def lone_books(
    world: World, steps: Sequence[tuple[str, int]], kinds: Random
) -> list[tuple[Book, dict[str, GroupValue]]]:
    """One editor's books after each of his saves, each with what stood at his desk then."""
    found = []
    for name, value in steps:
        world.edit(world.stores[0], name, FIELDS[name][value])
        kind = kinds.randrange(3)
        book = world.export(world.stores[0], masked=kind == 0, inside=kind == 2)
        found.append((book, {group: one.shown for group, one in world.stores[0].states().items()}))
    return found


@LAW
@given(saves, dice)
def test_a_lone_editor_never_meets_a_conflict(steps: list[tuple[str, int]], dice: Random) -> None:
    """Law 4: whatever of his books is read in whatever order; and the reader's masked book changes nothing at home."""
    world = World()
    books = lone_books(world, steps, dice)
    editor, _other, reader = world.stores
    read = dice.sample(books, dice.randint(0, len(books)))
    reader.books = dict.fromkeys((book for book, _desk in read), True)
    for group, state in reader.states().items():
        newest = next(desk for book, desk in reversed(books) if book in reader.books and group in book.cells)
        assert not state.conflicts
        assert state.incomplete or state.shown == newest[group]
    before = editor.states()
    editor.books[world.export(reader, masked=True, inside=False)] = True
    assert told(editor.states()) == told(before)


@LAW
@given(saves, saves, st.sampled_from(sorted(FIELDS)), st.integers(0, 2), st.integers(0, 2))
def test_the_same_edit_twice_is_no_conflict(
    before: list[tuple[str, int]], between: list[tuple[str, int]], name: str, value: int, later: int
) -> None:
    """Law 5: two laptops type the same, one of them after other work, and the other goes on."""
    world = World()
    one, other, _third = world.stores
    for step in before:
        world.edit(one, step[0], FIELDS[step[0]][step[1]])
    other.books[world.export(one, masked=False, inside=True)] = True
    group = SCHEMA.group_of(name)
    for step in between:
        if SCHEMA.group_of(step[0]) != group:
            world.edit(other, step[0], FIELDS[step[0]][step[1]])
    for store in (one, other):
        world.edit(store, name, FIELDS[name][value])
    assert not states_of(all_entries(world))[group].conflicts
    world.edit(one, name, FIELDS[name][later])
    state = states_of(all_entries(world))[group]
    assert not state.conflicts
    assert state.shown == one.states()[group].shown


@LAW
@given(st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=3, unique=True), dice)
def test_a_re_saved_copy_comes_late(fields: list[str], dice: Random) -> None:
    """Law 5: two copies of one returned book with one edit, the first of them worked on already."""
    world = World()
    store = world.stores[0]
    for name in fields:
        world.edit(store, name, FIELDS[name][0])
    book = world.export(store, masked=dice.random() < 0.5, inside=False)
    for copy in (world.type_into(book, fields[0], FIELDS[fields[0]][1]) for _ in range(2)):
        assert copy is not None
        store.books[copy] = True
        if len(store.books) == 1:
            world.edit(store, fields[0], FIELDS[fields[0]][2])
    assert not any(state.conflicts for state in store.states().values())


@LAW
@given(worlds)
def test_an_absent_predecessor_adds_no_conflict(world: World) -> None:
    """Law 6: no two ids stand against each other of which one has seen the other, whatever is absent."""
    versions = list(world.versions.values())
    for absent in range(len(versions)):
        for state in states_of(versions[:absent] + versions[absent + 1 :]).values():
            sides = [ids for _value, ids in state.conflicts]
            standing = {id for ids in sides for id in ids}
            assert not any(world.versions[id].seen & standing for id in standing)


@LAW
@given(worlds, st.integers(0, 2), st.integers(0, 20))
def test_undo_is_as_if_it_never_came_and_redo_brings_it_back(world: World, who: int, which: int) -> None:
    """Law 7: also what is written meanwhile has not seen what was taken back."""
    store = world.stores[who]
    book = world.export(world.stores[which % 3], masked=False, inside=True)
    before = store.states()
    fresh = book not in store.books
    store.books[book] = True
    everything = store.states()
    store.books[book] = False
    assert not fresh or store.states() == before
    only_here = {one.id for one in book.inside} - store.versions().keys()
    written = world.edit(store, "note", "meanwhile")
    assert not written.seen & only_here - named(store.entries())
    store.made.remove(written)
    store.books[book] = True
    assert store.states() == everything


def named(entries: Sequence[Entry]) -> frozenset[Any]:
    """Ids that entries taking part know of, held or not."""
    claims = [claim for some in claims_by_group(SCHEMA, entries, is_foreign).values() for claim in some]
    return frozenset().union(*(claim.of | claim.over for claim in claims))


@LAW
@given(worlds)
def test_masked_never_beats_full(world: World) -> None:
    """Law 8: and every member shown was written by somebody, or is masked."""
    for store in world.stores:
        states = store.states()
        for group, claims in claims_by_group(SCHEMA, store.entries(), is_foreign).items():
            shown = states[group].shown
            written = [world.real[id][group] for id in world.real if group in world.real[id]]
            assert is_full(shown) or not any(map(is_full, best_values(claims).values()))
            for place, one in enumerate(shown):
                assert isinstance(one, Masked) or one is MISSING or one in {value[place] for value in written}


@LAW
@given(worlds)
def test_nothing_vanishes(world: World) -> None:
    """Law 9: all that was ever entered is in the union's history, and every touched group has a live id."""
    entries = [*all_entries(world), *world.versions.values()]
    claims = claims_by_group(SCHEMA, entries, is_foreign)
    states = states_of(entries)
    for id, values in world.real.items():
        for group, value in values.items():
            assert best_values(claims[group])[id] == value
    for group, some in claims.items():
        over = frozenset().union(*(claim.over for claim in some))
        assert states[group].of
        assert not states[group].of & over


@LAW
@given(worlds, st.sets(st.sampled_from(sorted(FIELDS)), max_size=2), dice)
def test_erasure_covers_what_has_not_seen_it(world: World, fields: set[str], dice: Random) -> None:
    """Law 10: known or yet to come; work that has seen the tombstone counts."""
    groups = frozenset(SCHEMA.group_of(name) for name in fields)
    tombstone = Tombstone("t", RECORD, groups)
    entries = all_entries(world)
    after = world.stores[dice.randrange(3)]
    seen = frozenset(one.id for one in entries if isinstance(one, Version)) | {"t"}
    fresh = Version("z", RECORD, after.side, seen, {"phone": "13912340002"})
    kept = [one for one in (left_of(entry, [tombstone], SCHEMA.group_of) for entry in entries) if one is not None]
    assert told(states_of([*kept, tombstone, fresh])) == told(states_of([*entries, tombstone, fresh]))
    assert states_of([*entries, tombstone, fresh])["phone"].shown == ("13912340002",)
    left = states_of([*entries, tombstone])
    assert not left if not groups else not groups & left.keys()


@LAW
@given(worlds)
def test_dominated_statements_may_be_left_out(world: World) -> None:
    """Law 13: a statement each cell of which another repeats, knowing no less, adds nothing to the fold."""
    for store in world.stores:
        entries = store.entries()
        statements = [one for one in entries if isinstance(one, Statement)]
        kept: list[Entry] = [one for one in entries if not isinstance(one, Statement)]
        for place, one in enumerate(statements):
            others = statements[place + 1 :] + [other for other in kept if isinstance(other, Statement)]
            if not any(dominates(other, one) for other in others):
                kept.append(one)
        assert told(states_of(kept)) == told(states_of(entries))


def dominates(other: Statement, one: Statement) -> bool:
    return all(group in other.cells and repeats(other.cells[group], cell) for group, cell in one.cells.items())


def repeats(other: Cell, cell: Cell) -> bool:
    same = other.of == cell.of and other.value == cell.value
    return same and other.over >= cell.over and other.hidden >= cell.hidden


@LAW
@given(worlds, st.lists(st.tuples(st.sampled_from(sorted(FIELDS)), st.integers(0, 2)), max_size=4), dice)
def test_foreign_rows_fill_and_propose_in_any_order(
    world: World, given_rows: list[tuple[str, int]], dice: Random
) -> None:
    """Law 1 and §9: they never change what we said, and fill only what nobody of ours ever set."""
    rows: list[Entry] = [
        Reading(f"x{number}", f"x{number}", {name: FIELDS[name][value]})
        for number, (name, value) in enumerate(given_rows)
    ]
    own = world.stores[0].entries()
    entries = [*own, *rows, *rows]
    dice.shuffle(entries)
    before, after = states_of(own), states_of(entries)
    assert after == states_of([*rows, *own])
    for group, state in before.items():
        now = after[group]
        assert (now.shown, now.of, now.conflicts) == (state.shown, state.of, state.conflicts)
    for group in after.keys() - before.keys():
        assert all(is_foreign(id) for id in after[group].of)
