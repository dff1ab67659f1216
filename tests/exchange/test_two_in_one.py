"""A person and the telephone in one cell are read as two columns, and nothing of a cell is lost."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet


def sheet(heading: str, *cells: str, mapping: dict[str, object] | None = None) -> ForeignSheet:
    rows: list[list[RawValue]] = [["走访登记"], ["序号", heading, "住址", "走访日期", "走访内容"]]
    for number, cell in enumerate(cells, start=1):
        rows.append([number, cell, f"大湾组{number}号", "2026-11-03", "家里都好"])
    return understand(RawBook("xlsx", [RawSheet("表", rows=rows)]), mapping).sheets[0]


@pytest.mark.parametrize("heading", ["户主（电话）", "户主及联系电话", "户主/手机", "户主、联系方式", "户主"])
@pytest.mark.parametrize("cell", ["{}（{}）", "{}{}", "{} {}", "{}/{}", "{}：{}"])
def test_both_are_taken(heading: str, cell: str) -> None:
    found = sheet(heading, cell.format("王大明", "13800000001"), cell.format("李四", "0564-7356789"))
    told = [(row.values["household.head"], row.values["household.phone"]) for row in found.rows]
    assert told == [("王大明", "13800000001"), ("李四", "0564-7356789")]
    assert {row.cells["household.phone"] for row in found.rows} == {"B3", "B4"}
    assert not [one for row in found.rows for one in row.problems]


def test_whoever_else_stands_in_the_cell_is_asked_about() -> None:
    found = sheet("户主（电话）", "王大明（13800000001）", "李四（儿子13800000002）", "张三")
    assert [row.values["household.phone"] for row in found.rows] == ["13800000001", None, None]
    assert [(one.cell, one.code) for row in found.rows for one in row.problems] == [("B4", "two_facts")]


@pytest.mark.parametrize(
    "cell",
    [
        "周大丙女儿电话13800000003",
        "周大五（妻）13800000004",
        "周九 村委会13800000005",
        "周丑母 13800000006",
        "138000001",
    ],
)
def test_whose_telephone_it_may_be_is_asked_and_the_column_read(cell: str) -> None:
    told = [cell, "王大明电话13800000001", "李四手机：13800000002"]
    found = sheet("户主及电话", *told)
    heads = [(row.values["household.head"], row.values["household.phone"]) for row in found.rows]
    assert heads == [(None, None), ("王大明", "13800000001"), ("李四", "13800000002")]
    problems = [(one.cell, one.code, one.value) for row in found.rows for one in row.problems]
    assert problems == [("B3", "two_facts", cell)]


def test_a_single_cell_that_holds_both_makes_no_column() -> None:
    found = sheet("户主", "王大明", "李四（13800000002）", "张三", "赵六")
    assert "household.phone" not in found.mapped.values()
    assert [one.cell for row in found.rows for one in row.problems] == ["B4"]


def test_the_column_more_may_be_told_otherwise() -> None:
    columns = {"B": "household.head", "F": "resident.phone", "C": "household.address", "D": "visit.visited_at"}
    told: dict[str, object] = {"sheets": [{"sheet": "表", "header_rows": [2], "columns": columns}]}
    found = sheet("户主（电话）", "王大明（13800000001）", mapping=told)
    assert found.rows[0].values["resident.phone"] == "13800000001"


def test_a_telephone_of_nobody_we_keep_is_told_at_its_heading() -> None:
    head: list[RawValue] = ["户主", "住址", "走访日期", "走访内容", "走访人及电话"]
    rows: list[list[RawValue]] = [
        [name, f"大湾组{door}号", "2026-11-03", "家里都好", "张敏（13800000009）"]
        for door, name in enumerate(("王大明", "李四"), start=1)
    ]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[["走访登记表"], head, *rows])])).sheets[0]
    assert [(one.heading.leaf, one.heading_at) for one in found.unmapped] == [("走访人电话", "E2")]
    assert found.rows[0].values["visit.worker"] == "张敏"


def test_the_same_table_twice_side_by_side_is_parted_twice() -> None:
    half: list[RawValue] = ["楼栋", "室号", "户主及电话"]
    rows: list[list[RawValue]] = [
        [str(one), "101", f"王{name}（1380000000{one}）", None, str(one), "201", f"李{name}（1390000000{one}）"]
        for one, name in enumerate("大小明", start=1)
    ]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[["住户"], [*half, None, *half], *rows])])).sheets[0]
    told = [(row.values["household.head"], row.values["household.phone"]) for row in found.rows]
    assert told[0] == ("王大", "13800000001")
    assert ("李明", "13900000003") in told


def test_a_column_that_is_there_for_telephones_takes_them_where_it_is_blank() -> None:
    head: list[RawValue] = ["户主及电话", "联系电话", "住址"]
    rows: list[list[RawValue]] = [
        ["王大明13800000001", None, "大湾组1号"],
        ["李四13800000002", "138 0000 0002", "大湾组2号"],
        ["赵六13800000003", "13900000009", "大湾组3号"],
    ]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[["住户"], head, *rows])])).sheets[0]
    assert [row.values["household.phone"] for row in found.rows] == ["13800000001", "13800000002", "13900000009"]
    assert [row.values["household.head"] for row in found.rows][:2] == ["王大明", "李四"]
    assert [one.cell for row in found.rows for one in row.problems] == ["A5"]


def test_the_telephone_may_stand_first() -> None:
    head: list[RawValue] = ["电话及户主", "住址"]
    rows: list[list[RawValue]] = [["13800000001 王大明", "大湾组1号"], ["13800000002 李四", "大湾组2号"]]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[["住户"], head, *rows])])).sheets[0]
    assert [row.values["household.head"] for row in found.rows] == ["王大明", "李四"]


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (("刘洋女", "王大明男", "刘胜男女"), ["刘洋", "王大明", "刘胜男"]),
        (("刘洋女", "王大明（男）"), ["刘洋", "王大明"]),
        (("刘胜男", "王大明（男）", "李四", "（女）", "男"), [None, "王大明", "李四", None, None]),
    ],
)
def test_gender_with_nothing_between_only_where_every_cell_has_it(
    cells: tuple[str, ...], names: list[str | None]
) -> None:
    rows: list[list[RawValue]] = [["居民名册"], ["姓名（性别）", "身份证号", "住址"]]
    rows += [[cell, None, f"大湾组{door}号"] for door, cell in enumerate(cells, start=1)]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=rows)])).sheets[0]
    assert [row.values["resident.name"] for row in found.rows] == names
    assert found.rows[1].values["resident.gender"] == "男"
    assert [one.code for row in found.rows for one in row.problems] == ["two_facts"] * names.count(None)
