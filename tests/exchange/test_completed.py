"""Headings with words too many or too few, known by what stands below them."""

import pytest

from gridworker.exchange.completed import completed
from gridworker.exchange.model import RawValue

DAYS: list[RawValue] = ["11.03", "11月7日", "2026-11-09"]


@pytest.mark.parametrize(
    ("leaf", "told", "column"),
    [
        ("现居住情况", ["在家", "外出务工", "在家"], "resident.residence"),
        ("本次走访", DAYS, "visit.visited_at"),
        ("本人是否在家", ["在家", "外出", "在家"], "visit.outcome"),
        ("简要案情", ["两家共用一条水沟，一家填了盖房", "茶园边界树被砍"], "need.content"),
    ],
)
def test_what_the_rest_means_with_what_the_cells_are(leaf: str, told: list[RawValue], column: str) -> None:
    found = completed("", leaf, told)
    assert column in {one.column for one in found}
    assert all(one.by_root for one in found)


@pytest.mark.parametrize(
    ("leaf", "told"),
    [
        ("走访频次", ["每周一次", "每月两次", "每周一次"]),
        ("上次走访", DAYS),
        ("监护人", ["18856400001", "18856400002"]),
        ("本次", DAYS),
        ("整改", DAYS),
        ("现等级", ["一级", "二级"]),
        ("本次走访", ["2026-11-09"]),
    ],
)
def test_what_stays_unknown(leaf: str, told: list[RawValue]) -> None:
    assert completed("", leaf, told) == ()
