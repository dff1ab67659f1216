"""What a sheet says of all its records, and where: title, line of unit and reporter, footer, names."""

import pytest

from gridworker.exchange.context import same_grid
from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet

HEAD: list[RawValue] = ["户主", "住址", "走访日期", "走访内容"]
LINES: list[list[RawValue]] = [
    ["王大明", "金江西苑3栋2单元502", "11月17日", "水管漏水，已报修"],
    ["王小明", "金江西苑3栋2单元601", "11月18日", "家里都好，没有要办的"],
]


def sheet(
    *above: list[RawValue], below: list[list[RawValue]] | None = None, name: str = "表", file: str = ""
) -> ForeignSheet:
    rows = [*above, HEAD, *LINES, *(below or [])]
    return understand(RawBook("xlsx", [RawSheet(name, rows=rows)]), None, file).sheets[0]


def told(found: ForeignSheet) -> dict[str, list[tuple[str, str]]]:
    facts = found.context.facts
    return {kind: [(one.value, one.at) for one in facts if one.kind == kind] for kind in {one.kind for one in facts}}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("梅山镇金江社区2026年第47周走访台账", "community", "金江社区"),
        ("梅山镇金江社区2026年第47周走访台账", "week", "2026-W47"),
        ("金江社区三网格入户走访登记", "grid", "3网格"),
        ("2026年11月第3网格走访台账", "grid", "3网格"),
        ("填报单位：金江西苑3网格　填报人：陈晓芸　时间：2026年11月20日", "grid", "金江西苑3网格"),
        ("填报单位：金江西苑3网格　填报人：陈晓芸　时间：2026年11月20日", "reporter", "陈晓芸"),
        ("网格：后街网格    网格员：罗 燕", "grid", "后街网格"),
        ("网格：后街网格    网格员：罗 燕", "worker", "罗燕"),
        ("1-5网格走访台账", "grid", None),
        ("各网格长、3网格长走访台账", "grid", None),
        ("2026年11月第3周走访台账", "week", None),
        ("单位：户、人", "unit", None),
        ("填报人：　　　　审核人：", "reporter", None),
    ],
)
def test_a_line_above_the_heading_says_it(text: str, kind: str, value: str | None) -> None:
    assert [one for one, _at in told(sheet([text])).get(kind, [])] == ([value] if value else [])


def test_each_place_is_named_and_the_nearest_comes_first() -> None:
    found = sheet(
        ["金江社区走访台账"], ["网格：", "3网格"], below=[["填表人：陈晓芸"]], name="3网格",
        file="梅山镇_金江社区3网格_陈晓芸_2026年第47周.xlsx",
    )  # fmt: skip
    assert told(found) == {
        "community": [("金江社区", "A1"), ("金江社区", "file")],
        "grid": [("3网格", "A2"), ("3网格", "sheet"), ("3网格", "file")],
        "reporter": [("陈晓芸", "A6")],
        "week": [("2026-W47", "file")],
        "year": [("2026", "file")],
    }
    assert "陈晓芸" in found.context.words
    assert not found.problems


def test_places_that_say_otherwise_are_one_question_for_the_sheet() -> None:
    found = sheet(["金江社区三网格走访台账"], file="5网格.xlsx")
    assert [(one.code, one.cell) for one in found.problems] == [("contradictory_context", "A1")]
    assert "5网格" in found.problems[0].message


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("三网格", "金江西苑3网格", True),
        ("第03网格", "3网格", True),
        ("3网格", "金江13网格", False),
        ("3网格", "5网格", False),
    ],
)
def test_names_of_a_grid(one: str, other: str, *, same: bool) -> None:
    assert same_grid(one, other) is same
