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


def test_lines_of_places_lie_inside_each_other_until_one_is_not_understood() -> None:
    one: list[RawValue] = [None, "李四", "11号", None]
    rows = [["金江西苑"], ["3栋（28户）"], one, ["4栋", None, "共2户"], one, ["5栋2单元"], one, ["第2页"], one]
    found = sheet(HEAD, *rows, ["平房"], one, ["二、东湾组"], one)
    told = [[row.values.get(f"household.{name}") for name in ("estate", "building", "unit")] for row in found.rows]
    west = "金江西苑"
    assert told == [
        [west, "3", None], [west, "4", None], [west, "5", "2"], [west, "5", "2"], [None] * 3, ["东湾组", None, None],
    ]  # fmt: skip
    assert [(one.cell, one.code) for one in found.problems] == [("A11", "unknown_section")]


def test_a_line_completes_an_address_but_never_against_itself() -> None:
    rows: list[list[RawValue]] = [
        ["金江西苑3栋"],
        ["李四", "2单元502"],
        ["赵六", "5栋1单元501"],
        ["王大明", "大湾组3号"],
    ]
    found = sheet(["户主", "家庭住址"], *rows)
    told = [[row.values.get(f"household.{name}") for name in ("estate", "building")] for row in found.rows]
    assert told == [["金江西苑", "3"], [None, "5"], ["大湾组", None]]


def test_a_line_tells_the_day_of_the_visits_below_it() -> None:
    rows: list[list[RawValue]] = [
        ["11月3日 星期二"],
        ["李四", "大湾组3号", "好"],
        ["11月4日"],
        ["赵六", "大湾组4号", "好"],
    ]
    head: list[RawValue] = ["户主", "家庭住址", "走访情况"]
    found = sheet(["2026年11月走访台账"], head, *rows)
    assert [row.values.get("visit.visited_at") for row in found.rows] == ["2026-11-03", "2026-11-04"]
    unsure = sheet(head, *rows)
    assert [row.values.get("visit.visited_at") for row in unsure.rows] == [None, None]
    assert [(one.cell, one.code) for one in unsure.problems] == [("A2", "unknown_section"), ("A4", "unknown_section")]


def test_a_row_of_one_cell_is_nobodys() -> None:
    more: list[RawValue] = [None, None, "晚上路灯不亮，看不见路"]
    found = sheet(["户主", "家庭住址", "走访情况"], ["李四", "大湾组3号", "好"], more, ["赵六", "大湾组4号", "好"])
    assert [(one.cell, one.code) for row in found.rows for one in row.problems] == [("C3", "no_owner")]
    assert found.rows[1].values["visit.content"] is None


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


FAMILY: list[RawValue] = ["户主", "家庭住址", "姓名", "与户主关系"]
FIRST: list[RawValue] = ["王大明", "大湾组3号", "王大明", "户主"]
HOMES: dict[str, tuple[list[list[RawValue]], list[tuple[int, int, int, int]]]] = {
    "head told again": ([FAMILY, FIRST, ["王大明", None, "李芳", "配偶"]], []),
    "merged, no door": ([FAMILY, ["王大明", "大湾组", "王大明", "户主"], [None, None, "李芳", None]], [(2, 1, 3, 1)]),
    "no column of heads": ([["门牌号", "姓名", "与户主关系"], ["3栋101", "王大明", "户主"], [None, "李芳", "妻"]], []),
    "next page": ([FAMILY, FIRST, FAMILY, [None, None, "李芳", "配偶"]], []),
    "below a form": (
        [["户主", "王大明", "联系电话", "13800000001"], ["家庭住址", "大湾组3号", "小区", "大湾组"], ["家庭成员"],
         ["姓名", "性别", "身份证号", "关系"], ["李芳", "女", None, "配偶"]], [(3, 1, 3, 4)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "merges"), HOMES.values(), ids=HOMES)
def test_a_member_lives_in_the_household_above(
    worker: Workspace, rows: list[list[RawValue]], merges: list[tuple[int, int, int, int]]
) -> None:
    made = RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows], merges=merges)])
    found = foreign_rows.contributions(worker, made, "digest", "表.xlsx", None).contributions
    homes = {one.entry.record for one in found if one.ledger == "household"}
    people = {one.entry.values["name"]: one.entry.values.get("household") for one in found if one.ledger == "resident"}  # type: ignore[union-attr]
    assert len(homes) == 1
    assert people["李芳"] in homes


@pytest.mark.parametrize("member", [[None, None, "李芳", "户主"], ["李芳", None, "李芳", "配偶"]])
def test_a_person_of_another_household_does_not(member: list[RawValue]) -> None:
    assert [row.home for row in sheet(FAMILY, FIRST, member).rows] == [0, 0]


def test_each_card_has_its_own_list_of_relatives() -> None:
    def card(head: str, door: str, other: str) -> list[list[RawValue]]:
        form: list[list[RawValue]] = [["户主", head, "联系电话", "13800000001"], ["家庭住址", door, "户别", "低保户"]]
        return [
            ["住户信息表"],
            *form,
            ["姓名", "关系", "身份证号", "联系电话"],
            [other, "配偶", None, "13800000002"],
            [],
        ]

    made = RawBook(
        "xlsx", [RawSheet("表", rows=card("王大明", "大湾组3号", "李芳") + card("赵六", "大湾组4号", "钱七"))]
    )
    form, first, second = understand(made).sheets
    assert [row.mark for row in form.rows] == ["A2", "A8"]
    assert [(row.values["resident.name"], row.home) for row in first.rows + second.rows] == [
        ("李芳", "A2"),
        ("钱七", "A8"),
    ]
