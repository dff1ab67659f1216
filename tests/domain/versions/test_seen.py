"""Differences instead of full `seen` sets: lossless, and small for a lone chain (versions.md §12)."""

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.versions.seen import decode, encode

ids = st.frozensets(st.integers(1, 30))


@given(ids, st.dictionaries(st.integers(1, 30), ids))
def test_lossless(seen: frozenset[int], held: dict[int, frozenset[int]]) -> None:
    base, extra = encode(seen, held)
    assert decode(base, extra, held) == seen


def test_a_chain_costs_one_base_each() -> None:
    chain = {number: frozenset(range(1, number)) for number in range(1, 50)}
    for number, seen in chain.items():
        held = {id: some for id, some in chain.items() if id < number}
        assert encode(seen, held) == ((number - 1, frozenset()) if number > 1 else (None, frozenset()))


def test_the_base_that_explains_most_is_taken() -> None:
    held = {5: frozenset({1}), 6: frozenset({1, 2, 3}), 7: frozenset({1, 2, 9})}
    assert encode(frozenset({1, 2, 3, 5, 6, 7, 8}), held) == (6, frozenset({5, 7, 8}))
