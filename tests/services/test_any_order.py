"""Any set of our books, foreign sheets and decisions, in any order, dumps the same bytes (design §2.4)."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign import laws
from tests.campaign.devices import Pool, ids_by, in_short, read_once_each
from tests.campaign.histories import History

OURS = ("enter", "enter", "hand_out", "type_into_a_book", "decide", "delete")
THEIRS = (
    "bring_sheet",
    "bring_sheet",
    "bring_sheet",
    "correct_columns",
    "mark_and_put_right",
    "decide_who",
    "decide_who",
)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    with read_once_each(), in_short():
        yield Pool(tmp_path_factory.mktemp("any_order"))


@settings(max_examples=settings.default.max_examples // 5)
@given(st.lists(st.sampled_from(OURS + THEIRS), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_any_order_of_anything_dumps_the_same_bytes(
    pool: Pool, tmp_path_factory: pytest.TempPathFactory, acts: list[str], dice: Random
) -> None:
    """Stores of both roles, each file once or more, some taken back and put back; made anew; sent on by workbook."""
    with ids_by(1):
        history = History(pool, tmp_path_factory.mktemp("files"), dice)
        for act in acts:
            history.let(getattr(history, act))
        laws.everybody_converges(history)
        laws.rows_are_folds(history)
        laws.what_was_said_travels(history)
    pool.take_back()
