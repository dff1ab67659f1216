"""Headings and words of cells as somebody who never saw the program wrote them down, each in a sheet of its subject."""

import json
from pathlib import Path
from typing import Final

import pytest

from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Field, Kind
from gridworker.domain.text.yes_no import parse_yes_no
from gridworker.exchange.foreign import understand
from gridworker.exchange.headings import field_of
from gridworker.exchange.model import RawBook, RawSheet, RawValue

DATA: Final = Path(__file__).parents[1] / "data" / "vocabulary"
NAMES = ["王大明", "李小红", "赵春兰", "孙家旺", "周玉芳", "吴传贵"]
WORKERS = ["张敏", "张敏", "张敏", "张敏", "李军", "李军"]
UNITS = ["民政办", "社区居委会", "住建办", "中心校", "民政办", "司法所"]
SCHOOLS = ["中心校", "城关小学", "实验小学", "第二小学", "中心校", "城关小学"]
LEADERS = ["吴良才", "胡家文", "吴良才", "漆本良", "胡家文", "吴良才"]
PHONES = [f"1380000000{one}" for one in range(1, 7)]
DAYS = [f"2026-11-0{one}" for one in range(3, 9)]
IDS = [
    "341524190203041239", "342426190402100016", "341524190512300054", "342426190406180298", "341524190203078631",
    "341524190506065950",
]  # fmt: skip
DOORS = [
    "金江西苑3栋2单元502", "金江西苑3栋1单元101", "滨河小区5栋1单元302", "大塘组3号", "大塘组5号", "上湾组12号",
]  # fmt: skip
SAID = [
    "家里漏雨想修一修屋顶", "路灯坏了几个月没人修", "孩子上学的事情想问问", "下水道堵了味道很大",
    "老人腿脚不便想装扶手", "想问医保报销怎么办",
]  # fmt: skip
BY_KIND: dict[Kind, list[str]] = {
    Kind.DATE: DAYS, Kind.TIME: DAYS, Kind.INT: ["2", "3", "4", "5", "6", "2"], Kind.LONG: SAID,
    Kind.MONEY: ["3500", "4000", "5000", "2800", "6200", "4500"], Kind.BOOL: ["是", "否", "是", "是", "否", "是"],
}  # fmt: skip
BY_FIELD: dict[str, list[str]] = {
    "estate": ["金江西苑", "滨河小区", "大塘组", "上湾组", "大塘组", "滨河小区"],
    "building": ["1栋", "2栋", "3栋", "12栋", "5栋", "6栋"],
    "unit": UNITS, "assigned_to": UNITS, "phone": PHONES, "id_no": IDS, "worker": WORKERS, "address": DOORS,
    "room": ["101", "502", "302", "201", "601", "402"],
    "hospital": ["县人民医院", "县中医院", "镇卫生院", "安医附院", "县人民医院", "县医院"],
    "wanted_school": SCHOOLS, "school": SCHOOLS, "leader": LEADERS, "owner": LEADERS, "responsible": LEADERS,
    "wanted_job": ["保洁", "保安", "服装", "电工", "厨师", "司机"],
    "wanted_place": ["县内", "镇上", "合肥", "浙江", "县内", "江苏"],
    "skills": ["电工证", "驾驶证C1", "厨师", "缝纫", "电焊", "无"],
    "training": ["电工", "月嫂", "茶叶加工", "电商", "不愿意", "叉车"],
    "place": ["3栋楼下", "村口", "小区东门", "河边", "大塘组路口", "2栋楼道"],
    "placed_at": ["县服装厂", "镇茶厂", "物业公司", "县医院", "电子厂", "超市"],
    "companion": ["李书记", "张主任", "村医小王", "陈警官", "李书记", "张主任"],
    "treated_on": ["9.2-9.11", "2026.8.30", "2026.7.19", "10.1-10.8", "2026-10-09", "2026.11.2"],
    "number": [f"SQ-{one:03}" for one in range(1, 7)],
}  # fmt: skip
SHEETS: dict[str, tuple[str, dict[str, str]]] = {
    "household": ("住户信息台账", {
        "户主": "household.head", "联系电话": "household.phone", "小区": "household.estate",
        "楼栋": "household.building", "单元": "household.unit", "室": "household.room",
    }),
    "resident": ("居民花名册", {
        "姓名": "resident.name", "身份证号": "resident.id_no", "性别": "resident.gender", "出生日期": "resident.birth",
    }),
    "visit": ("入户走访登记表", {
        "户主": "household.head", "住址": "household.address", "走访时间": "visit.visited_at",
        "走访内容": "visit.content", "走访方式": "visit.mode",
    }),
    "need": ("群众诉求登记台账", {
        "反映人": "need.raised_by", "诉求内容": "need.content", "登记时间": "need.registered_at",
        "诉求类别": "need.kind",
    }),
    "employment": ("求职登记表", {
        "姓名": "resident.name", "身份证号": "resident.id_no", "求职意向": "employment.wanted_job",
        "期望月薪": "employment.wanted_pay", "技能": "employment.skills",
    }),
    "schooling": ("适龄儿童入学登记表", {
        "儿童姓名": "schooling.child", "出生日期": "resident.birth", "意向学校": "schooling.wanted_school",
        "入学类别": "schooling.stage", "课后服务": "schooling.after_school",
    }),
    "medical": ("医疗报销代办登记表", {
        "姓名": "resident.name", "身份证号": "resident.id_no", "医疗事项": "medical.matter",
        "就诊医院": "medical.hospital", "递交日期": "medical.submitted_on",
    }),
    "dispute": ("矛盾纠纷排查化解台账", {
        "反映人": "need.raised_by", "纠纷内容": "need.content", "登记时间": "need.registered_at",
        "化解方式": "dispute.settled_by", "涉及人数": "dispute.involved",
    }),
    "hazard": ("安全隐患排查整改台账", {
        "隐患内容": "need.content", "发生地点": "need.place", "登记时间": "need.registered_at",
        "隐患等级": "hazard.hazard_level", "整改措施": "hazard.fix",
    }),
    "followup": ("诉求跟踪办理记录", {
        "诉求编号": "need.number", "反映人": "need.raised_by", "办理日期": "followup.done_on",
        "办理措施": "followup.content", "办理方式": "followup.mode",
    }),
}  # fmt: skip
"""By subject: the title of its sheet, and the columns beside the one that is asked about."""
LEAST: Final = {"headings": 0.98, "unusual_headings": 0.93, "words": 0.97}
MOST_LOOK_ALIKES: Final = {"headings": 56, "unusual_headings": 31}
"""Look-alikes that are taken for the field where the cells below are its own; in truth other things stand there."""


def field(column: str) -> Field:
    found = field_of(column)
    assert found, column
    return found.field


def values(column: str) -> list[str]:
    name = column.partition(".")[2]
    one = None if name == "address" else field(column)
    if column == "household.unit":
        return ["1单元", "2单元", "1单元", "3单元", "2单元", "1单元"]
    if name in BY_FIELD or one is None:
        return BY_FIELD[name]
    if one.kind in {Kind.CODE, Kind.MULTI}:
        labels = [item.label for item in code_list(one.of).items if item.label not in {"其他", "未知", "未说明"}]
        return (labels * 6)[:6]
    return BY_KIND.get(one.kind, NAMES)


def meant(column: str, heading: str) -> str:
    """What a heading is read as in a sheet of its subject, over cells that the field takes."""
    title, beside = SHEETS[column.partition(".")[0]]
    others = {head: name for head, name in beside.items() if name != column}
    head: list[RawValue] = [*others, heading]
    cells = [*map(values, others.values()), values(column)]
    rows: list[list[RawValue]] = [[title], head, *(list(row) for row in zip(*cells, strict=True))]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=rows)])).sheets[0]
    return next((one.meaning.column for one in found.columns if one.number == len(head) and one.meaning), "")


ALIKE: Final = (
    {"resident.phone", "household.phone", "need.phone"},
    {"employment.work_status", "resident.work_status"},
    {"medical.insurance", "resident.insurance"},
    {"household.note", "resident.note", "visit.note"},
    {"household.tags", "resident.care_tags"},
    {"need.kind", "dispute.dispute_type"},
    {"schooling.child", "resident.name"},
    {"need.raised_by", "household.head"},
)
"""Fields of which either is as good an answer."""


def is_right(column: str, found: str) -> bool:
    return found == column or any({column, found} <= some for some in ALIKE)


def told(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["headings", "unusual_headings"])
def test_headings_in_other_peoples_words(name: str) -> None:
    asked = [(column, heading) for column, one in told(name).items() for heading in one["headings"]]
    wrong = [(column, heading) for column, heading in asked if not is_right(column, meant(column, heading))]
    assert len(wrong) <= (1 - LEAST[name]) * len(asked), wrong


@pytest.mark.parametrize("name", ["headings", "unusual_headings"])
def test_look_alikes_among_them(name: str) -> None:
    asked = [(column, heading) for column, one in told(name).items() for heading in one["look_alikes"]]
    taken = [(column, heading) for column, heading in asked if meant(column, heading) == column]
    assert len(taken) <= MOST_LOOK_ALIKES[name], taken


@pytest.mark.parametrize("column", sorted(told("words")))
def test_words_of_lists_as_other_people_write_them(column: str) -> None:
    one, unknown = field(column), []
    every = [(word, code) for code, words in told("words")[column].items() for word in words]
    for word, code in every:
        is_yes_no = one.kind is Kind.BOOL
        found = str(parse_yes_no(word).value).lower() if is_yes_no else code_list(one.of).find(word)
        unknown += [word] if found in {None, "none"} else []
        assert found in {code, None, "none"}, word
    assert len(unknown) <= (1 - LEAST["words"]) * len(every), unknown
