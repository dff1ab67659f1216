"""Columns that only their values or their place tell to be addresses."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue


def mapped(*rows: list[RawValue]) -> dict[str, str]:
    return dict(understand(RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows])])).sheets[0].mapped)


@pytest.mark.parametrize("word", ["户号", "号", "门"])
def test_the_door_stands_right_behind_the_building(word: str) -> None:
    found = mapped(
        ["户主", "楼栋", word, "联系电话"],
        ["王大明", "3栋", "502", "13800000001"],
        ["李四", "3栋", "601", "13800000002"],
    )
    assert (found["B"], found["C"]) == ("household.building", "household.room")


def test_a_count_of_households_is_no_door() -> None:
    found = mapped(
        ["户号", "户主", "楼栋", "室", "联系电话"],
        ["1", "王大明", "3栋", "502", "13800000001"],
        ["2", "李四", "3栋", "601", "13800000002"],
    )
    assert "A" not in found
    assert found["D"] == "household.room"


def test_a_whole_address_under_the_heading_of_its_estate() -> None:
    found = mapped(
        ["户主", "小区", "联系电话"],
        ["王大明", "金江西苑3栋2单元502", "13800000001"],
        ["李四", "金江西苑3栋1单元101", "13800000002"],
    )
    assert found["B"] == "household.address"


def test_an_estate_alone_stays_one() -> None:
    found = mapped(
        ["户主", "小区", "楼栋", "室", "联系电话"],
        ["王大明", "金江西苑", "3栋", "502", "13800000001"],
        ["李四", "金江西苑", "3栋", "101", "13800000002"],
    )
    assert found["B"] == "household.estate"
