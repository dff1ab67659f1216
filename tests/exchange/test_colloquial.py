"""Headings as people talk, and what a form would call them."""

import pytest

from gridworker.exchange.colloquial import put_formally
from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue


@pytest.mark.parametrize(
    ("asked", "called"),
    [
        ("哪天去看的", "看望日期"),
        ("上回哪天去的", "走访日期"),
        ("材料哪天交的", "递交日期"),
        ("最迟哪天劝好", "化解时限"),
        ("谁去看的", "看望人"),
        ("是不是参保", "是否参保"),
        ("叫啥名", "姓名"),
        ("来说事的人", "反映人"),
        ("家里咋样", "家里情况"),
    ],
)
def test_what_a_form_would_call_it(asked: str, called: str) -> None:
    assert next(put_formally(asked)) == called


@pytest.mark.parametrize("heading", ["走访日期", "户主", "住址", "哪天", "诉求内容"])
def test_what_is_called_so_already(heading: str) -> None:
    assert not list(put_formally(heading))


def test_a_village_clerks_list_of_visits() -> None:
    head: list[RawValue] = ["叫啥名", "住哪", "哪天去看的", "老人说啥了", "谁去看的"]
    row: list[RawValue] = ["王大明", "大塘组3号", "2026-10-12", "饭能自己做，柴够烧到过年", "李四"]
    found = understand(
        RawBook("xlsx", [RawSheet("看老人", rows=[["楼房村看望老人记录"], head, row, row, row])])
    ).sheets[0]
    assert [*found.mapped.values()] == [
        "resident.name", "household.address", "visit.visited_at", "visit.content", "visit.worker",
    ]  # fmt: skip
