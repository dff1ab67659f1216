"""The row of due households: where one stands, and who is next until all are done."""

import pytest

from gridworker.ui.pages.household_visits import DueRow


@pytest.mark.parametrize(
    ("done", "here", "following"),
    [((), 11, 12), ((12,), 11, 13), ((13,), 12, 11), ((11, 12), 13, None), ((), 99, None)],
)
def test_the_next_is_the_first_one_left_after_this_and_round_again(done, here, following):
    assert DueRow((11, 12, 13), {*done, here}).following(here) == following


def test_the_place_is_told_in_words_inside_the_row_only():
    row = DueRow((11, 12, 13))
    assert (row.position(12), row.position(99)) == ("到期 2 / 3", "")
