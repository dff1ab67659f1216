"""An entry comes out of the store as it went in, and the same words always have the same text."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.versions.entries import (
    MISSING,
    Cell,
    Decision,
    Entry,
    Masked,
    Reading,
    Statement,
    Tombstone,
    Version,
)
from gridworker.domain.versions.packing import SIDES, EntryKind, kind_of, pack, unpack

numbers = st.integers(1, 12)
ids = st.frozensets(numbers, max_size=4)
names = st.sampled_from(["head", "phone", "_deleted"])
values = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3), st.builds(Masked, st.text(max_size=3)))
known_or_not = st.one_of(values, st.just(MISSING))
fields = st.dictionaries(names, known_or_not, max_size=2)
cells = st.builds(Cell, ids, st.tuples(known_or_not, known_or_not), ids, ids)
held = st.dictionaries(numbers, ids, max_size=4)
entries = st.one_of(
    st.builds(Version, numbers, st.just(7), st.sampled_from(SIDES), ids, fields, st.dictionaries(names, numbers)),
    st.builds(Statement, st.just(7), st.dictionaries(names, cells, max_size=2)),
    st.builds(Reading, numbers, st.just(7), fields, ids),
    st.builds(Decision, numbers, numbers, numbers, st.booleans(), ids),
    st.builds(Tombstone, numbers, st.just(7), st.frozensets(names)),
)


@given(entries, held)
def test_what_is_packed_comes_out_the_same(entry: Entry, known: dict[int, frozenset[int]]) -> None:
    id: Any = getattr(entry, "id", 0)
    side = SIDES.index(entry.side) if isinstance(entry, Version) else 0
    assert unpack(kind_of(entry), id, 7, side, pack(entry, known), known) == entry


def test_the_same_words_have_the_same_text_in_whatever_order_they_were_said() -> None:
    one = {"head": "张三", "phone": None}
    assert pack(Reading(1, 7, one), {}) == pack(Reading(1, 7, dict(reversed(one.items()))), {})
    assert pack(Version(1, 7, "worker", frozenset(), one), {}) == '{"head":"张三","phone":null}'


def test_the_store_reads_what_the_first_release_wrote() -> None:
    """The numbers of kinds and sides stand in every store: they never change."""
    assert [kind.value for kind in EntryKind] == [0, 1, 2, 3, 4]
    assert SIDES == ("worker", "township", "book")
    masked = '[[3],{"head":[[0],[{"m":"张*"}],[],[]]}]'
    assert unpack(1, 0, 7, 0, masked, {}) == Statement(7, {"head": Cell(frozenset([3]), (Masked("张*"),))})
    later = Version(9, 7, "book", frozenset([1, 2]), {"unit": MISSING}, {"address": 2})
    assert unpack(0, 9, 7, 2, '[{"unit":{"x":1}},1,[1],{"address":2}]', {1: frozenset([2])}) == later
