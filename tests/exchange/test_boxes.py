"""Answers ticked within one cell: what is ticked is what the cell says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.exchange.boxes import ticked
from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet

OPTIONS = st.lists(
    st.tuples(st.text("县内市省外就业失", min_size=1, max_size=6), st.booleans()), min_size=2, max_size=5
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("□县内 ☑市内 □省内", "市内"),
        ("是□　否√", "否"),
        ("房屋：□自有 ☑租赁", "租赁"),
        ("■低保 □特困 ■残疾", "低保、残疾"),
        ("☑1.失业 □2.在业", "失业"),
        ("□其他____ □购房", ""),
        ("√", None),
        ("√ 已办 √", None),
        ("县内、市内", None),
        ("☑ □", None),
    ],
)
def test_what_is_ticked(text: str, told: str | None) -> None:
    assert ticked(text) == told


@given(OPTIONS, st.sampled_from([" ", "", "\n", "；"]), st.booleans())
def test_boxes_before_or_behind_say_the_same(options: list[tuple[str, bool]], between: str, before: bool) -> None:
    parts = [("☑" if is_on else "□", word) for word, is_on in options]
    text = between.join(box + word if before else word + box for box, word in parts)
    assert ticked(text) == "、".join(word for word, is_on in options if is_on)


def test_a_column_of_boxes_is_read_as_its_answers() -> None:
    head = ["求职人员登记表"], ["姓名", "就业状态", "意向地点", "户别"]
    one = ["王大明", "□在业 ☑失业", "☑县内 □省外", "■低保 ■残疾"]
    other = ["李小红", "☑在业 ☑失业", "□县内 □省外", "低保"]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[*map(list, head), one, other])])).sheets[0]
    first, second = found.rows
    assert first.values["employment.work_status"] == "失业"
    assert (first.values["employment.wanted_place"], second.values["employment.wanted_place"]) == ("县内", None)
    assert [(problem.cell, problem.code) for problem in second.problems] == [("B4", "invalid")]
