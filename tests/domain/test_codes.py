import pytest

from gridworker.domain.codes import INLINE, code_list, code_list_names, inline, materials, materials_note
from gridworker.domain.ledger import Kind
from gridworker.domain.ledgers import ledgers
from gridworker.paths import json_resource

SEPARATORS = set(",，、；;/|\n")
FIXED = {
    "care_level": {"red", "yellow", "green", "normal"},
    "housing": {"own", "rented", "vacant"},
    "visit_mode": {"home", "phone", "wechat", "video", "office", "other"},
    "visit_outcome": {"met", "not_met", "refused", "vacant", "away", "moved", "wrong_address"},
    "urgency": {"red", "yellow", "blue"},
    "review": {"accepted", "returned"},
    "need_kind": {f"N{number:02d}" for number in [*range(1, 24), 99]},
}
MULTI = {one.of for of in ledgers().values() for one in of.fields if one.kind is Kind.MULTI}


@pytest.mark.parametrize("name", code_list_names())
def test_every_word_of_a_list_names_one_code(name):
    listed = code_list(name)
    for item in listed.items:
        for word in (item.code, item.label, *item.aliases, f"{item.code} {item.label}"):
            assert listed.find(word) == item.code, word
    assert len(set(listed.codes())) == len(listed.items)


@pytest.mark.parametrize("name", sorted(MULTI))
def test_words_of_a_list_for_several_values_hold_no_separator(name):
    for item in code_list(name).items:
        assert not SEPARATORS & set("".join((item.code, item.label, *item.aliases)))


@pytest.mark.parametrize(("name", "codes"), FIXED.items())
def test_code_names_that_the_design_fixes(name, codes):
    assert codes <= set(code_list(name).codes())


def test_every_list_that_a_ledger_names_exists():
    wanted = {one.of for of in ledgers().values() for one in of.fields if one.kind in {Kind.CODE, Kind.MULTI}}
    assert {name for name in wanted if not name.startswith(INLINE)} <= set(code_list_names())
    assert all(code_list(name).codes() for name in wanted)


def test_words_declared_on_the_spot_are_their_own_codes():
    chosen = code_list(inline(("自荐", ("推荐", "举荐"))))
    assert chosen.codes() == ("自荐", "推荐")
    assert chosen.find("举荐") == "推荐"
    assert chosen.label("自荐") == "自荐"


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("visit_mode", "入户走访", "home"),
        ("visit_outcome", "是", "met"),
        ("visit_outcome", "否", "not_met"),
        ("care_level", "红", "red"),
        ("urgency", "一般", "blue"),
        ("urgency", "较急", "yellow"),
        ("need_status", "已办结", "已办结"),
        ("need_status", "办理中", "办理中"),
        ("need_status", "registered", "已登记"),
        ("satisfaction", "基本满意", "基本满意"),
        ("relation", "户主", "户主"),
        ("relation", "儿子", "子"),
        ("relation", "女儿", "女"),
        ("relation", "配偶", "配偶"),
        ("gender", "男", "男"),
        ("insurance", "居民医保", "城乡居民"),
        ("insurance", "居民", "城乡居民"),
        ("insurance", "职工", "职工"),
        ("residence", "外出务工", "外出务工"),
        ("need_kind", "心理", "N18"),
        ("need_kind", "助餐", "N08"),
        ("need_kind", "课后服务", "N07"),
        ("need_kind", "下水道", "N12"),
        ("need_kind", "上学", "N02"),
        ("need_kind", "欠薪", "N15"),
        ("need_kind", "电动车充电", "N10"),
        ("need_kind", "安置", "N16"),
        ("need_kind", "政策咨询", "N22"),
        ("need_kind", "物业", "N09"),
        ("need_kind", "残疾证", "N06"),
        ("need_kind", "看病报销", "N03"),
        ("need_kind", "电瓶车", "N10"),
        ("need_kind", "水电气路/公共设施", "N12"),
        ("need_kind", "Ｎ０３　医疗报销", "N03"),
        ("matter", "异地就医备案", "异地就医备案"),
        ("hard_to_employ", "零就业家庭", "零就业家庭"),
        ("need_kind", " 医 疗报销", "N03"),
        ("household_tags", "Ａ类低保", "低保"),
        ("materials", "身份证复印件", "身份证"),
        ("residence", "不在家", None),
        ("visit_mode", "A.入户走访", "home"),
        ("visit_mode", "01-入户走访", "home"),
        ("gender", "1 男", "男"),
        ("gender", "2-女性", "女"),
        ("urgency", "蓝（一般）", "blue"),
        ("registration", "随迁子女（外地户籍）", "随迁"),
        ("urgency", "红（一般）", None),
        ("household_tags", "低保（已退出）", None),
        ("need_status", "已办结（居民不认可）", None),
        ("satisfaction", "满意（不）", None),
        ("relation", "3女", None),
        ("need_result", "正在解决", None),
        ("satisfaction", "未回访", None),
        ("need_status", "化解了", "已办结"),
        ("visit_mode", "其他方式", "other"),
        ("care_tags", "退役军人家庭", None),
        ("gender", "男人", None),
        ("need_kind", "低保救助", "N05"),
        ("need_status", "办理销号", None),
    ],
)
def test_cells_as_people_write_them(name, cell, code):
    assert code_list(name).find(cell) == code


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("need_status", "办理中 已办结"),
        ("satisfaction", "基本满意 满意 非常满意"),
        ("gender", "男 女"),
        ("registration", "本地 随迁"),
        ("housing_proof", "祖辈 租房 购房"),
        ("stage", "小学一年级"),
        ("application", "已报名 未报名 材料不全"),
        ("household_tags", "低保 残疾 独居老人 监测户"),
        ("residence", "在家 在校 外出务工"),
        ("work_status", "务农 失业 待业 灵活就业"),
        ("matter", "住院报销 医疗救助 异地就医备案 门诊慢特病"),
    ],
)
def test_words_that_are_their_own_codes(name, words):
    assert [code_list(name).find(word) for word in words.split()] == words.split()
    assert [code_list(name).label(word) for word in words.split()] == words.split()


def test_a_word_that_is_only_similar_names_nothing():
    assert code_list("need_kind").find("医疗报销单") is None
    assert code_list("visit_mode").find("") is None


def test_an_unknown_code_stands_for_itself():
    assert code_list("visit_mode").label("家访") == "家访"
    assert code_list("visit_mode").label("home") == "入户"
    assert code_list("need_kind").label("N10", short=True) == "停车充电"
    assert code_list("need_kind").extra("N77", "unit") is None
    with pytest.raises(KeyError):
        code_list("no_such_list")


def test_kinds_of_needs_carry_their_defaults():
    kinds = code_list("need_kind")
    assert {code for code in kinds.codes() if kinds.extra(code, "sensitive")} == {"N03", "N06", "N18"}
    for code in kinds.codes():
        assert kinds.extra(code, "urgency") in code_list("urgency").codes()
        assert kinds.extra(code, "unit")
        assert len(str(kinds.extra(code, "short"))) <= 4


@pytest.mark.parametrize("of", ["matter", "stage", "registration"])
def test_checklists_hold_known_papers_for_known_cases(of):
    for code, papers in json_resource("codes", "materials.json")[of].items():
        assert code in code_list(of).codes()
        assert set(papers) <= set(code_list("materials").codes())
        assert materials(of, code) == tuple(papers)


def test_a_case_without_checklist_asks_for_nothing():
    assert materials("matter", "植发") == ()
    assert materials_note() == "以当地公告为准"
    assert all(materials(of, code) for of in ("matter", "stage") for code in code_list(of).codes())
