"""What stands between and below the records: sections that say something of them, totals, members of a household."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet
from gridworker.services import foreign_rows
from gridworker.services.workspace import Workspace

HEAD: list[RawValue] = ["序号", "户主", "门牌号", "诉求数量"]


def book(*rows: list[RawValue]) -> RawBook:
    return RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows])])


def sheet(*rows: list[RawValue]) -> ForeignSheet:
    return understand(book(*rows)).sheets[0]


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("一、东湾组", "household.estate", "东湾组"),
        ("（二）金江西苑（共12户）", "household.estate", "金江西苑"),
        ("3号楼", "household.building", "3"),
        ("红色户", "household.care_level", "red"),
    ],
)
def test_a_section_tells_of_the_rows_below_it(section: str, name: str, value: str) -> None:
    found = sheet(HEAD, [1, "李四", "11号", 1], [section], [2, "王大明", "12号", 1], [3, "赵六", "13号", 1])
    assert [row.values.get(name) for row in found.rows] == [None, value, value]


def test_a_section_of_other_words_tells_nothing() -> None:
    found = sheet(HEAD, ["一、重点关注"], [1, "李四", "11号", 1], [2, "赵六", "13号", 1])
    assert set(found.rows[0].values) == {"household.head", "household.room"}


def test_a_column_of_the_row_is_believed_before_its_section() -> None:
    found = sheet(["小区", *HEAD], ["一、东湾组"], ["西湾组", 1, "李四", "11号", 1], [None, 2, "赵六", "13号", 1])
    assert [row.values["household.estate"] for row in found.rows] == ["西湾组", None]


def totals(*rows: list[RawValue]) -> list[tuple[str, str]]:
    return [(one.cell, one.code) for one in sheet(HEAD, *rows).problems]


def test_totals_are_compared_with_their_rows() -> None:
    rows: list[list[RawValue]] = [[1, "李四", "11号", 1], [2, "赵六", "13号", "4件"]]
    assert totals(*rows, ["合计", None, None, 5]) == []
    assert totals(*rows, ["合计", None, None, 6]) == [("D4", "wrong_total")]
    part: list[RawValue] = ["小计", None, None, 5]
    assert totals(*rows, part, *rows, part, ["合计", None, None, 10]) == []
    assert totals(*rows, part, *rows, ["小计", None, None, 4], ["合计", None, None, 11]) == [
        ("D7", "wrong_total"),
        ("D8", "wrong_total"),
    ]
    assert totals(*rows, ["合计", "2户", None, None]) == []


def test_members_below_their_head_live_with_him(worker: Workspace) -> None:
    head: list[RawValue] = ["户主", "家庭住址", "姓名", "与户主关系"]
    rows: list[list[RawValue]] = [
        ["王大明", "大湾组3号", "王大明", "户主"],
        [None, None, "李芳", "妻"],
        [None, None, "王小", "子"],
        [],
        [None, None, "无家", "子"],
        ["赵六", "大湾组4号", "赵六", "本人"],
    ]
    found = foreign_rows.contributions(worker, book(head, *rows), "digest", "表.xlsx", None)
    homes = [one.entry.record for one in found.contributions if one.ledger == "household"]
    parents = [one.entry.values.get("household") for one in found.contributions if one.ledger == "resident"]  # type: ignore[union-attr]
    assert parents == [homes[0], homes[0], homes[0], None, homes[1]]
