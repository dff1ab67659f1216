"""Columns told by their values alone."""

import pytest

from gridworker.exchange.structure import Heading
from gridworker.exchange.telling_values import told_by_values

NAMELESS = Heading()


@pytest.mark.parametrize(
    ("told", "columns"),
    [
        (["341524190203041239", "342426190402100016", "341524190512300054"], {"resident.id_no"}),
        (["3-1-101", "3-1-102", "12栋2单元1203"], {"household.address"}),
        (["独居老人", "空巢老人、高龄老人", "残疾"], {"resident.care_tags", "household.tags"}),
        (["反诈、消防", "防溺水", "消防"], {"visit.publicity"}),
        (["红色户", "黄色户", "普通户"], {"household.care_level"}),
        (["在家", "养老院", "外出务工", "外出务工", "跟着小儿子"], {"resident.residence"}),
    ],
)
def test_what_could_be_nothing_else(told: list[str], columns: set[str]) -> None:
    assert {one.column for one in told_by_values(told, NAMELESS)} == columns
    assert all(one.by_root for one in told_by_values(told, NAMELESS))


@pytest.mark.parametrize(
    "told",
    [
        ["2026-7-15", "2026-7-16", "2026-8-1"],
        ["是", "否", "是"],
        ["祖父", "祖母", "父亲"],
        ["低保", "低保", "低保"],
        ["一级", "二级", "三级"],
        ["正常", "一般", "高度关注"],
        ["红色", "黄色", "普通"],
        ["红", "黄", "绿"],
        ["电话", "微信", "上门"],
        ["独居老人", "说不清的词", "残疾"],
        ["3-1-101", "3-1-102"],
        ["18856400001", "18856400002", "18856400003"],
    ],
)
def test_what_could_be_something_else(told: list[str]) -> None:
    assert told_by_values(told, NAMELESS) == ()


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("房东身份证号", ["341524190203041239", "342426190402100016", "341524190512300054"]),
        ("户籍地门牌", ["3-1-101", "3-1-102", "12栋2单元1203"]),
        ("协议书编号", ["2026-11-033", "2026-11-034", "2026-12-035"]),
    ],
)
def test_whose_or_what_the_heading_says_they_are(heading: str, told: list[str]) -> None:
    assert told_by_values(told, Heading("", heading)) == ()
