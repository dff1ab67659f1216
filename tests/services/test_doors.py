"""A typed door: along the stairs just walked, in any form the search understands, never one of several unasked."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import doors, records

HOMES = [
    ("金江西苑", "3", "2", "502", "李桂芳"),
    ("金江西苑", "3", "2", "402", "孙茂才"),
    ("金江西苑", "3", "1", "402", "何玉梅"),
    ("金江西苑", "6", "1", "203", "刘洋"),
    ("金江西苑", "6", "2", "203", "马兰"),
    ("学府春天", "3", "2", "502", "王建国"),
    ("大湾组", "", "", "12", "吴承远"),
]


@pytest.fixture
def estate(worker):
    names = ("estate", "building", "unit", "room", "head")
    records.add(worker, ledger("household"), [dict(zip(names, home, strict=True)) for home in HOMES])
    return worker


def heads(workspace, typed, near=None):
    return [door.head for door in doors.find(workspace, typed, near)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("学府春天3-2-502", ["王建国"]),
        ("3-1-402", ["何玉梅"]),
        ("3栋1单元402", ["何玉梅"]),
        ("12号", ["吴承远"]),
        ("mlan", []),
        ("malan", ["马兰"]),
        ("ml", ["马兰"]),
        ("smc", ["孙茂才"]),
        ("9-9-999", []),
        (" ", []),
    ],
)
def test_a_door_or_a_name_means_its_household(estate, typed, found):
    assert heads(estate, typed) == found


def test_a_door_that_stands_twice_asks(estate):
    assert heads(estate, "3-2-502") == ["王建国", "李桂芳"]
    assert heads(estate, "6-203") == ["刘洋", "马兰"]
    assert heads(estate, "402") == ["何玉梅", "孙茂才"]


def test_what_is_left_out_in_front_is_that_of_the_door_before(estate):
    (near,) = doors.find(estate, "金江西苑3-2-502")
    assert heads(estate, "402", near) == ["孙茂才"]
    assert heads(estate, "1-402", near) == ["何玉梅"]
    assert heads(estate, "3-2-502", near) == ["李桂芳"]
    assert heads(estate, "12", near) == ["吴承远"]


def test_a_unit_left_out_behind_a_building_is_not_guessed(estate):
    (near,) = doors.find(estate, "6-1-203")
    assert heads(estate, "6-203", near) == ["刘洋", "马兰"]


def test_a_door_nobody_knows_tells_what_a_new_household_needs(estate):
    (near,) = doors.find(estate, "金江西苑3-2-502")
    asked = {"estate": "金江西苑", "building": "3", "unit": "2"}
    assert doors.of_new("601", near) == {**asked, "room": "601"}
    assert doors.of_new("5-601", near) == {"estate": "金江西苑", "building": "5", "room": "601"}
    assert doors.of_new("lgf", near) == {}
