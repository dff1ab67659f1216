"""Headings: what they may mean, and what they may not."""

import pytest

from gridworker.domain.ledgers import ledgers
from gridworker.exchange import headings
from gridworker.exchange.bare_headings import plainly
from gridworker.exchange.headings import ADDRESS, meanings
from gridworker.paths import json_resource


def columns(leaf: str, group: str = "") -> set[str]:
    return {one.column for one in meanings(group, leaf)}


@pytest.mark.parametrize(
    ("leaf", "column"),
    [
        ("姓 名", "resident.name"),
        ("姓名*", "resident.name"),
        ("姓　名：", "resident.name"),
        ("联系电话\n（手机）", "household.phone"),
        ("期望月薪（元）", "employment.wanted_pay"),
        ("期望月薪(万元)", "employment.wanted_pay"),
        ("走访时间（年月日）", "visit.visited_at"),
        ("公民身份号码", "resident.id_no"),
        ("室／门牌号", "household.room"),
        ("门牌号", "household.room"),
        ("家庭住址", ADDRESS),
        ("5+2", "schooling.after_school"),
        ("户主（姓名）", "household.head"),
        ("3.联系电话", "resident.phone"),
    ],
)
def test_spelling_does_not_matter(leaf: str, column: str) -> None:
    assert column in columns(leaf)


LOOK_ALIKES = [
    "监护人姓名",
    "姓名（监护人）",
    "紧急联系人电话",
    "联系电话（监护人）",
    "身份证号（户主）",
    "配偶身份证号",
    "父亲姓名",
    "年龄",
    "银行卡号",
    "户籍地址",
    "回访方式",
    "培训时间",
    "毕业时间",
    "走访次数",
    "家庭人口",
    "诉求数量",
    "电话号",
    "3.姓名（监护人）",
    "5. 请填写监护人姓名：*",
    "HZXM_紧急联系人",
]


@pytest.mark.parametrize("leaf", LOOK_ALIKES)
def test_look_alikes_mean_nothing(leaf: str) -> None:
    assert columns(leaf) == set()


@pytest.mark.parametrize(
    ("group", "leaf", "column"),
    [
        ("家庭成员", "姓名", "resident.name"),
        ("户主信息", "姓名", "household.head"),
        ("户主", "电话", "household.phone"),
        ("登记情况", "编号", "need.number"),
        ("回访", "日期", "need.called_back_on"),
        ("回访", "满意度", "need.satisfaction"),
        ("户主", "身份证号", "resident.id_no"),
        ("监护人", "姓名", None),
        ("紧急联系人", "电话", None),
        ("包保干部", "姓名", None),
        ("回访", "方式", None),
        ("计划", "时间", None),
    ],
)
def test_a_group_completes_or_forbids(group: str, leaf: str, column: str | None) -> None:
    assert (column in columns(leaf, group)) if column else columns(leaf, group) == set()


@pytest.mark.parametrize(
    ("leaf", "column"),
    [
        ("老人姓名", "resident.name"),
        ("身份证件号", "resident.id_no"),
        ("家庭详细地址", ADDRESS),
        ("探访日期", "visit.visited_at"),
        ("群众反映的问题", "need.content"),
        ("承办科室", "need.unit"),
        ("参保状态", "medical.insurance"),
        ("自然庄", "household.estate"),
        ("本次入户年月日", "visit.visited_at"),
        ("探访等级", "household.care_level"),
        ("孩子就读学校", "resident.school"),
    ],
)
def test_words_in_a_heading(leaf: str, column: str) -> None:
    assert column in {one.column for one in headings.rooted("", leaf)}
    assert not columns(leaf)


@pytest.mark.parametrize("leaf", [*LOOK_ALIKES, "家属电话", "慰问金额", "出院日期", "入党时间", "残疾证号", "住院天数"])
def test_words_that_sound_alike(leaf: str) -> None:
    assert leaf == "电话号" or not headings.rooted("", leaf)


@pytest.mark.parametrize(
    ("leaf", "called"),
    [
        ("3.请填写户主姓名（必填）", "户主姓名"),
        ("01 请填写孩子的姓名", "孩子的姓名"),
        ("（2）请选择走访方式[单选题]", "走访方式"),
        ("请您详细描述诉求内容：*", "诉求内容"),
        ("4. 您的联系电话：", "联系电话"),
        ("HZXM_户主姓名", "户主姓名"),
        ("3号楼", "3号楼"),
        ("12345热线", "12345热线"),
        ("登记状态", "登记状态"),
    ],
)
def test_what_online_forms_and_platforms_put_around_a_heading(leaf: str, called: str) -> None:
    assert plainly(leaf) == called


def test_every_root_leads_to_a_heading() -> None:
    for heading in json_resource("heading_roots.json").values():
        assert columns(heading), heading


def test_every_label_is_found() -> None:
    for ledger in ledgers().values():
        for field in ledger.fields:
            found = {*columns(field.label), *(one.column for one in headings.in_its_sheet(ledger, field.label))}
            assert f"{field.block or ledger.name}.{field.name}" in found


def test_a_short_word_of_the_community_counts_in_its_own_sheet_only() -> None:
    unit = ledgers()["paired_unit"]
    assert not headings.meanings("", "职务")
    assert [one.column for one in headings.in_its_sheet(unit, "职务")] == ["paired_unit.duty"]


def test_further_words_belong_to_fields() -> None:
    for column, words in json_resource("headings.json").items():
        assert headings.field_of(column)
        assert len(words.split()) == len(set(words.split())), column


def test_generic_headings_alone_and_in_a_group() -> None:
    assert headings.is_generic("", "日期")
    assert not headings.is_generic("回访", "日期")
    assert not headings.is_generic("", "走访日期")


@pytest.mark.parametrize(
    ("texts", "factor"),
    [
        (["金额（万元）"], 10_000),
        (["月薪（千元）"], 1000),
        (["金额", "单位：万元"], 10_000),
        (["金额（元）", "单位：万元"], 1),
        (["金额"], 1),
    ],
)
def test_unit_of_money(texts: list[str], factor: int) -> None:
    assert headings.money_factor(texts) == factor


@pytest.mark.parametrize(
    ("leaf", "holds"), [("监护人姓名", True), ("走访人", True), ("技能特长", False), ("地址", False)]
)
def test_columns_of_people(leaf: str, holds: bool) -> None:
    assert headings.names_person(leaf) is holds
