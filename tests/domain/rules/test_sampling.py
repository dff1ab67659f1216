"""The random sample: the same seed and records choose the same ones, whatever the order, and it is fair."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from gridworker.domain.rules.sampling import sample

IDS = st.lists(st.integers(1, 2**62), unique=True, max_size=40)


def test_one_sample_is_fixed_for_ever():
    assert sample("2026-W48", range(2, 202, 2), 5) == [190, 54, 182, 92, 194]


@given(IDS, st.integers(0, 50), st.randoms())
def test_order_and_repetition_change_nothing(ids, count, dice):
    found = sample("2026-W48", ids, count)
    mixed = [*ids, *ids]
    dice.shuffle(mixed)
    assert sample(" 2026-W48 ", mixed, count) == found
    assert len(found) == min(count, len(ids))


@given(IDS, st.integers(1, 10), st.integers(2**62, 2**63 - 1))
def test_a_late_record_pushes_out_one_at_most(ids, count, late):
    assert len(set(sample("7", ids, count)) - set(sample("7", [*ids, late], count))) <= 1


def test_every_record_has_its_chance():
    drawn = Counter(id for seed in range(2000) for id in sample(str(seed), range(10), 3))
    assert min(drawn.values()) > 500
    assert max(drawn.values()) < 700
