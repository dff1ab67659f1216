"""Several persons in the row of their household, each a resident of its own."""

import random

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.member_blocks import member_blocks
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.structure import Heading
from gridworker.exchange.understood import ForeignSheet
from gridworker.services import foreign_rows
from gridworker.services.workspace import Workspace

Rows = list[list[RawValue]]
PERSON: list[RawValue] = ["李芳", "配偶", "13800000002"]
CHILD: list[RawValue] = ["王小", "子", None]
NONE: list[RawValue] = [None, None, None]


def book(rows: Rows, merges: list[tuple[int, int, int, int]] | None = None) -> RawBook:
    return RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows], merges=merges or [])])


def sheet(rows: Rows, merges: list[tuple[int, int, int, int]] | None = None) -> ForeignSheet:
    return understand(book(rows, merges)).sheets[0]


def persons(found: ForeignSheet) -> list[tuple[object, object, object, str]]:
    return [
        (row.values["resident.name"], row.values.get("resident.relation"), row.home, row.cells["resident.name"])
        for row in found.rows
        if row.block
    ]


HEADINGS = {
    "numbered": ["成员1姓名", "成员1与户主关系", "成员1联系电话", "成员2姓名", "成员2与户主关系", "成员2联系电话"],
    "numbered in words": ["家庭成员一", "关系", "联系电话", "家庭成员二", "关系", "联系电话"],
    "numbered at the end": ["姓名1", "关系1", "电话1", "姓名2", "关系2", "电话2"],
    "not numbered": ["姓名", "关系", "电话", "姓名", "关系", "电话"],
}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS)
def test_each_filled_block_is_a_person_of_the_household(headings: list[RawValue]) -> None:
    rows: Rows = [
        ["户主", "家庭住址", *headings, "备注"],
        ["王大明", "大湾组3号", *PERSON, *CHILD, "低保"],
        ["赵六", "大湾组4号", *NONE, *NONE, None],
        ["孙七", "大湾组5号", "孙小", "女", None, *NONE, None],
    ]
    found = sheet(rows)
    assert persons(found) == [("李芳", "配偶", 2, "C2"), ("王小", "子", 2, "F2"), ("孙小", "女", 4, "C4")]
    own = [row for row in found.rows if not row.block]
    assert [row.values["household.head"] for row in own] == ["王大明", "赵六", "孙七"]
    assert own[0].values["household.note"] == "低保"
    assert (found.mapped["E"], found.mapped["H"]) == ("resident.phone", "resident.phone")
    assert not [one for row in found.rows for one in row.problems]


def test_blocks_below_merged_headings() -> None:
    rows: Rows = [
        ["户主", "家庭住址", "成员一", None, None, "成员二", None, None],
        [None, None, "姓名", "关系", "年龄", "姓名", "关系", "年龄"],
        ["王大明", "大湾组3号", "李芳", "配偶", 61, "王小", "子", 30],
    ]
    found = sheet(rows, [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 8)])
    assert persons(found) == [("李芳", "配偶", 3, "C3"), ("王小", "子", 3, "F3")]
    assert [(one.name, str(one.heading)) for one in found.unmapped] == [("E", "成员一·年龄"), ("H", "成员二·年龄")]


def test_a_block_without_a_name_is_asked_about() -> None:
    head: list[RawValue] = ["户主", "家庭住址", *HEADINGS["numbered"]]
    found = sheet([head, ["王大明", "大湾组3号", None, "配偶", "13800000002", *CHILD]])
    asked = [(one.cell, one.code) for row in found.rows for one in row.problems]
    assert asked == [("C2", "missing_name")]
    assert persons(found)[0][:2] == (None, None)


@pytest.mark.parametrize(
    "headings",
    [
        ["户主", "联系人1", "联系人1电话", "联系人2", "联系人2电话"],
        ["姓名", "电话1", "电话2"],
        ["户主", "走访人员1", "走访人员2", "备注", "备注"],
        ["序号", "姓名", "电话", "备注", "序号", "姓名", "电话"],
        ["姓名", "电话", "住址", "监护人", "姓名", "关系"],
    ],
)
def test_what_is_no_block_of_members(headings: list[str]) -> None:
    assert member_blocks({n: Heading("", text) for n, text in enumerate(headings, start=1)}) == []


def test_a_telephone_of_the_household_is_nobody_elses() -> None:
    head: list[RawValue] = ["户主", "家庭住址", "电话1", "电话2", "成员1姓名", "成员1关系", "成员2姓名", "成员2关系"]
    found = sheet([head, ["王大明", "大湾组3号", "13800000001", "13800000009", "李芳", "配偶", "王小", "子"]])
    assert all("resident.phone" not in row.values for row in found.rows if row.block)


def test_persons_are_the_same_in_any_order_and_again(worker: Workspace) -> None:
    rows: Rows = [["户主", "家庭住址", *HEADINGS["numbered"]], ["王大明", "大湾组3号", *PERSON, *CHILD]]
    told = foreign_rows.contributions(worker, book(rows), "digest", "表.xlsx", None).contributions
    homes = {one.entry.record for one in told if one.ledger == "household"}
    people = [one for one in told if one.ledger == "resident"]
    assert {one.entry.values["household"] for one in people} == homes  # type: ignore[union-attr]
    assert len({one.entry.record for one in people}) == 2
    assert [one.cells for one in people] == ["C2:E2", "F2:H2"]
    again = foreign_rows.contributions(worker, book(rows), "digest", "表.xlsx", None).contributions
    random.Random(1).shuffle(again)
    assert {one.entry.id for one in told} == {one.entry.id for one in again}
