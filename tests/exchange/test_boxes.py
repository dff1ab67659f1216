"""Answers ticked within one cell: what is ticked is what the cell says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridworker.exchange.boxes import choice
from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet
from gridworker.exchange.understood import ForeignSheet

WORDS = st.lists(st.text("县内市外就业失", min_size=1, max_size=6), min_size=2, max_size=5, unique=True)


@pytest.mark.parametrize(
    ("text", "offered", "ticked"),
    [
        ("□县内 ☑市内 □省内", ("县内", "市内", "省内"), ("市内",)),
        ("是□　否√", ("是", "否"), ("否",)),
        ("房屋：□自有 ☑租赁", ("自有", "租赁"), ("租赁",)),
        ("1、□自有 ☑租赁 □____", ("自有", "租赁"), ("租赁",)),
        ("■低保 □特困 ■残疾", ("低保", "特困", "残疾"), ("低保", "残疾")),
        ("☐在业 ☒失业", ("在业", "失业"), ("失业",)),
        ("☑1.失业 □2.在业", ("失业", "在业"), ("失业",)),
        ("①☑在业 ②□失业", ("在业", "失业"), ("在业",)),
        ("（1）☑在业 （2）□失业 （3）□退休", ("在业", "失业", "退休"), ("在业",)),
        ("□县内 □市内", ("县内", "市内"), ()),
    ],
)
def test_what_is_offered_and_ticked(text: str, offered: tuple[str, ...], ticked: tuple[str, ...]) -> None:
    assert choice(text) == (offered, ticked)


@pytest.mark.parametrize(
    "text",
    [
        "√", "√ 已办 √", "县内、市内", "☑ □", "王○、李○", "●讲了防诈骗●讲了医保", "住房□自有☑租赁□", "□ 在业 ☑ 失业 □",
        "☑有 ☒无",
        "□ 老人独居，血压偏高；□ 煤气灶老化，已提醒更换", "□县内 □省内 □其他：广东东莞", "☑县内 □省内，最好离家近",
        "□就业 □其他:要修路灯", "1.电线老化□已改□ 2.灭火器过期□",
    ],
)  # fmt: skip
def test_what_says_more_or_may_be_read_in_two_ways_is_no_choice(text: str) -> None:
    assert choice(text) is None


@given(WORDS, st.data(), st.sampled_from([" ", "\n", "；"]), st.booleans())
def test_boxes_before_or_behind_say_the_same(words: list[str], data: st.DataObject, between: str, before: bool) -> None:
    marks = data.draw(st.lists(st.sampled_from("☑□"), min_size=len(words), max_size=len(words)))
    text = between.join(mark + word if before else word + mark for word, mark in zip(words, marks, strict=True))
    ticked = tuple(word for word, mark in zip(words, marks, strict=True) if mark == "☑")
    assert choice(text) == (tuple(words), ticked)


def people(*rows: list[str]) -> ForeignSheet:
    head = [["求职人员登记表"], ["姓名", "就业状态", "意向地点", "技能"]]
    return understand(RawBook("xlsx", [RawSheet("表", rows=[*map(list, head), *map(list, rows)])])).sheets[0]


def test_a_column_of_boxes_is_read_as_its_answers() -> None:
    found = people(
        ["王大明", "□在业 ☑失业", "☑县内 □省外", "☐电工 ☒焊工"],
        ["李小红", "☑在业 ☑失业", "□县内 □省外", "☒电工 ☐焊工"],
        ["赵红", "□在业 □失业 □其他：打零工", "☑县内 □省外", "会缝纫"],
    )
    told = [[row.values[f"employment.{name}"] for name in ("wanted_place", "skills")] for row in found.rows]
    assert told == [["县内", "焊工"], [None, "电工"], ["县内", "会缝纫"]]
    assert found.rows[0].values["employment.work_status"] == "失业"
    assert [[one.cell for one in row.problems] for row in found.rows] == [[], ["B4"], ["B5"]]


def test_of_a_card_a_list_is_proof_enough() -> None:
    rows = [
        ["居民信息登记卡"], ["姓名", "王大明", "性别", "☑男 □女"], ["住址", "大湾组3号", "联系电话", "13800000001"],
        ["就业状态", "☑在业 □失业 □退休", "政治面貌", "□党员 ☑群众"],
    ]  # fmt: skip
    told = understand(RawBook("xlsx", [RawSheet("表", rows=[*rows])])).sheets[0].rows[0].values
    assert [told[f"resident.{name}"] for name in ("gender", "work_status", "politics")] == ["男", "在业", "群众"]


def test_a_text_with_boxes_in_it_is_kept_whole() -> None:
    prose = ["□ 老人独居，血压偏高；□ 煤气灶老化，已提醒", "□楼道灯不亮 □下水道堵塞", "□楼道灯不亮 □下水道堵塞"]
    rows = [["2026-3-1", "王大明", "见面", "王○、李○", text] for text in prose]
    head = ["走访日期", "户主", "走访结果", "见面人", "走访内容"]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[["走访台账"], head, *rows])])).sheets[0]
    assert [row.values["visit.content"] for row in found.rows] == prose
    assert {row.values["visit.met"] for row in found.rows} == {"王○、李○"}
