"""Headings that may mean two things: the title, the neighbours or the words below decide, or nobody does."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet


def sheet(*rows: list[RawValue]) -> ForeignSheet:
    return understand(RawBook("xlsx", [RawSheet("表", rows=list(rows))])).sheets[0]


DIARY: list[RawValue] = ["日期", "走访对象", "民情记录", "群众诉求", "办理情况"]
DAY: list[RawValue] = ["2026-11-03", "王大明", "到家里坐了半小时，老人刚出院", "出院的单子不会报销", "已报社区办理"]


@pytest.mark.parametrize(
    ("title", "column"), [("民情日记", "visit.visited_at"), ("群众诉求登记", "need.registered_at")]
)
def test_a_day_is_of_what_the_title_speaks_of(title: str, column: str) -> None:
    found = sheet([title], DIARY, DAY, DAY)
    assert found.mapped["A"] == column


@pytest.mark.parametrize(
    ("words", "column"),
    [
        (["打工", "在校生", "个体"], "resident.work_status"),
        (["常住", "迁出", "空挂户"], "resident.residence"),
        (["务工", "在读", "务工"], None),
    ],
)
def test_the_words_below_tell_which_list_is_meant(words: list[str], column: str | None) -> None:
    rows: list[list[RawValue]] = [["王大明", word] for word in words]
    assert sheet(["人员摸底"], ["姓名", "去向"], *rows).mapped.get("B") == column


def test_a_degree_beside_disabilities_is_no_level_of_care() -> None:
    head: list[RawValue] = ["户主", "残疾类别", "等级"]
    rows: list[list[RawValue]] = [["王大明", "肢体", "一级"], ["李小红", "视力", "二级"]]
    assert "C" not in sheet(head, *rows).mapped
    assert sheet(["户主", "电话", "等级"], *rows).mapped["C"] == "household.care_level"


def test_the_rest_of_an_address_stands_in_the_estate_above() -> None:
    first: list[RawValue] = ["王大明", "滨河小区3栋1单元101"]
    found = sheet(["户主", "住址"], first, ["李小红", "同上3号楼2单元202"])
    row = found.rows[1]
    assert [row.values[f"household.{part}"] for part in ("estate", "building", "room")] == ["滨河小区", "3", "202"]
    assert [one.code for one in row.problems] == ["ambiguous"]


def test_whose_age_a_title_tells_is_not_when_it_was_made() -> None:
    title: list[RawValue] = ["秋季入学摸底（2019年9月1日至2020年8月31日出生）"]
    found = sheet(title, ["户主", "住址", "走访日期"], ["王大明", "滨河小区3栋1单元101", "11月3日"])
    assert found.rows[0].values["visit.visited_at"] is None
    assert [one.cell for one in found.rows[0].problems] == ["C3"]


def test_labels_of_signatures_are_no_record() -> None:
    found = sheet(
        ["户主", "住址", "走访日期"], ["王大明", "滨河小区3栋1单元101", "2026-11-03"], ["经办：", None, "分管："]
    )
    assert [row.row for row in found.rows] == [2]
    assert found.ignored_rows[3] == "sign"


WISH: list[RawValue] = ["卜小红", "19900000001", "北门口坑坑洼洼，下雨积水", "2026-10-09"]
CHECK: list[RawValue] = ["王大明", "滨河小区3栋1单元101", "2026-11-03", "邹德银"]


@pytest.mark.parametrize(
    ("title", "head", "row", "columns"),
    [
        (
            "居民建议征集",
            ["点单人", "点单人电话", "点单内容", "点单日期"],
            WISH,
            ["need.raised_by", "need.phone", "need.content", "need.registered_at"],
        ),
        (
            "入户验线",
            ["户主", "住址", "验线日期", "验线人"],
            CHECK,
            ["household.head", "household.address", "visit.visited_at", "visit.worker"],
        ),
        ("入户慰问", ["户主", "住址", "验线日期", "备注"], CHECK, ["household.head", "household.address", None]),
        ("入户体检", ["户主", "住址", "体检日期", "备注"], CHECK, ["household.head", "household.address", None]),
    ],
)
def test_a_word_for_what_the_sheet_is_about_is_known_by_its_ends(
    title: str, head: list[RawValue], row: list[RawValue], columns: list[str | None]
) -> None:
    others = [[f"{str(row[0])[:2]}{name}", f"{str(row[1])[:-1]}{last}", *row[2:]] for name, last in ("安2", "宁3")]
    found = sheet([title], head, row, *others)
    assert [found.mapped.get(letter) for letter in "ABCD"][: len(columns)] == columns


@pytest.mark.parametrize(
    ("title", "head", "column"),
    [
        ("公租房年审", ["承租户", "性别", "身份证号"], "resident.name"),
        ("入户宣传", ["林农姓名", "性质", "走访日期"], "household.head"),
        ("入户宣传", ["用餐老人", "性质", "走访日期"], "resident.name"),
        ("入户宣传", ["校长姓名", "性质", "走访日期"], None),
        ("公租房年审", ["林农姓名", "性质", "备注"], None),
    ],
)
def test_whom_rows_name_under_a_word_nobody_lists(title: str, head: list[RawValue], column: str | None) -> None:
    rows: list[list[RawValue]] = [["王大明", "男", "2026-11-03"], ["李小红", "女", "2026-11-04"]]
    if head[2] == "身份证号":
        rows = [[*row[:2], number] for row, number in zip(rows, (341524190203041239, 342426190402100016), strict=True)]
    assert sheet([title], head, *rows).mapped.get("A") == column


@pytest.mark.parametrize(
    ("heads", "column"),
    [
        (["姓名", "困难类别"], "resident.care_tags"),
        (["户主", "保障类别"], "household.tags"),
        (["户主", "家庭成员", "保障类别"], None),
        (["户主", "家庭成员", "人员保障类别"], "resident.care_tags"),
    ],
)
def test_nobody_knows_whether_a_word_is_of_the_person_or_the_home(heads: list[RawValue], column: str | None) -> None:
    names: list[RawValue] = ["王大明", "王小明"][: len(heads) - 1]
    rows: list[list[RawValue]] = [[*names, word] for word in ("低保", "重残", "特困供养")]
    assert sheet(heads, *rows).mapped.get("ABC"[len(names)]) == column


def test_a_day_in_a_card_answers_the_label_before_it_and_is_none() -> None:
    card: list[list[RawValue]] = [
        ["老人姓名", "王大明", "性别", "男", "出生日期", "1904-08-11"],
        ["身份证号", "341524190203041239", None, None, "联系电话", "18856400001"],
        ["探访日期", "2026.11.9", "探访方式", "上门", "是否见到本人", "是"],
        ["探访人", "李明", None, "下次探访日期", "2026年12月9日"],
    ]
    [row] = sheet(["独居老人探访卡"], *card).rows
    assert row.values["visit.next_on"] == "2026-12-09"


def test_the_title_right_above_a_table_tells_whose_its_days_are() -> None:
    rows: list[list[RawValue]] = [["2026年网格周报"], ["新增诉求", 4], ["入户明细"], DIARY, DAY, DAY]
    assert sheet(*rows).mapped["A"] == "visit.visited_at"


def test_the_year_of_the_sheets_beside_is_taken_and_told() -> None:
    diary = RawSheet("走访", rows=[["2026年11月走访"], DIARY, DAY])
    needs = RawSheet("诉求", rows=[["登记时间", "反映人", "诉求内容"], ["11.09", "王大明", "下水沟堵了，一直没有人来"]])
    found = understand(RawBook("xlsx", [diary, needs])).sheets[1]
    assert found.rows[0].values["need.registered_at"] == "2026-11-09"
    assert [one.code for one in found.problems] == ["year_beside"]


@pytest.mark.parametrize(("asks", "column"), [("需要帮什么", "need.phone"), ("班级", None)])
def test_who_looks_after_a_child_is_called_about_what_is_asked_for_it(asks: str, column: str | None) -> None:
    rows: list[list[RawValue]] = [
        ["翟小雨", "女", "翟正清", "15165252794", "想要一套水彩笔"],
        ["单明轩", "男", "单国才", "18754291190", "周末没人辅导作业"],
    ]
    assert (
        sheet(["困境儿童关爱"], ["孩子姓名", "性别", "监护人", "监护人手机号", asks], *rows).mapped.get("D") == column
    )


def test_who_heads_a_home_is_asked_where_landlord_and_tenant_stand() -> None:
    head: list[RawValue] = ["房屋地址", "房东", "房东电话", "姓名", "联系方式"]
    let: list[RawValue] = ["金江西苑3栋2单元502", "王大明", "18856400001", "李小红", "18856400002"]
    own: list[RawValue] = ["金江西苑3栋2单元501", "张国强", "18856400003", None, None]
    found = sheet(["出租房登记"], head, let, own)
    assert [[one.cell for one in row.problems] for row in found.rows] == [["B3"], []]
    assert found.mapped["C"] == "household.phone"
    assert found.mapped.get("E") in {None, "resident.phone"}


@pytest.mark.parametrize(("heading", "column"), [("村民电话", "need.phone"), ("子女电话", None)])
def test_a_telephone_is_of_whom_it_calls_like_the_column_before(heading: str, column: str | None) -> None:
    head: list[RawValue] = ["反映日期", "反映村民", heading, "反映事由"]
    rows: list[list[RawValue]] = [
        ["2026-10-08", "王大明", "18856400001", "修渠的账没贴出来"],
        ["2026-10-12", "李小红", "18856400002", "低保评议没喊我们组"],
    ]
    assert sheet(["村务监督反映"], head, *rows).mapped.get("C") == column


LIGHTS: list[list[RawValue]] = [
    ["王大明", "路灯不亮了要修"],
    ["李小红", "下水道堵了要疏通"],
    ["赵红", "门口积水很严重"],
]


@pytest.mark.parametrize(
    ("heading", "words", "column"),
    [
        ("等级", ["红", "黄", "绿"], None),
        ("等级", ["红", "黄", "蓝"], "need.urgency"),
        ("卫生评比", ["红", "黄", "绿"], None),
        ("回访形式", ["电话", "微信", "上门"], None),
        ("审核", ["电话", "微信", "上门"], None),
        ("诉求类别", ["红", "黄", "绿"], None),
    ],
)
def test_words_of_a_list_are_no_proof_where_the_heading_says_something_else(
    heading: str, words: list[str], column: str | None
) -> None:
    rows = [[*one, word] for one, word in zip(LIGHTS, words, strict=True)]
    assert sheet(["诉求台账"], ["反映人", "诉求内容", heading], *rows).mapped.get("C") == column


def test_a_level_beside_a_person_is_of_the_list_that_knows_every_word() -> None:
    head: list[RawValue] = ["户主", "住址", "走访日期", "等级"]
    rows: list[list[RawValue]] = [["王大明", "滨河小区3栋1单元101", "2026-11-03", one] for one in "红黄绿"]
    assert sheet(["走访台账"], head, *rows).mapped["D"] == "household.care_level"


def test_the_home_of_a_child_is_told_apart_from_how_a_flat_is_used() -> None:
    head: list[RawValue] = ["学生姓名", "性别", "住房情况", "入学类别"]
    rows: list[list[RawValue]] = [["燕小乙", "女", one, "小学一年级"] for one in ("购房", "租房", "祖辈")]
    assert sheet(["秋季入学登记"], head, *rows).mapped["C"] == "schooling.housing_proof"
    plain: list[list[RawValue]] = [["王大明", "滨河小区3栋1单元101", one] for one in ("自住", "出租", "空置")]
    assert sheet(["户主", "住址", "住房情况"], *plain).mapped["C"] == "household.housing"


@pytest.mark.parametrize(
    ("second", "words", "column"),
    [
        ("办好没", ["已解决", "已解决", "部分解决"], "need.result"),
        ("办好没", ["是", "否", "是"], None),
        ("缓急", ["一般", "一般", "一般"], None),
    ],
)
def test_how_a_need_ended_may_be_told_beside_how_far_it_is(second: str, words: list[str], column: str | None) -> None:
    first = "紧急程度" if second == "缓急" else "办理进度"
    rows = [[*one, words[0] if second == "缓急" else "办理中", word] for one, word in zip(LIGHTS, words, strict=True)]
    assert sheet(["反映人", "诉求内容", first, second], *rows).mapped.get("D") == column


def test_who_did_what_the_days_are_of() -> None:
    head: list[RawValue] = ["检查日期", "户主", "住址", "查出隐患", "整改期限", "整改情况", "检查人"]
    row: list[RawValue] = ["2026-11-03", "王大明", "滨河小区3栋1单元101", "插座烧焦", "2026-11-09", "已整改", "李四"]
    assert sheet(["入户安全检查"], head, row, row).mapped["G"] == "visit.worker"


def test_a_list_of_kinds_is_no_list_of_needs() -> None:
    rows: list[list[RawValue]] = [["供水供电", "自来水、管网"], ["物业管理", "收费、服务"]]
    assert not sheet(["诉求类别", "备注"], *rows).rows
    told = sheet(["诉求台账"], ["诉求类别", "地点", "备注"], *([kind, "北门", note] for kind, note in rows))
    assert not told.rows
    assert [one.heading.leaf for one in told.unmapped] == ["诉求类别", "地点", "备注"]


def test_whether_somebody_was_there_makes_no_visit() -> None:
    rows: list[list[RawValue]] = [[name, "配偶", one] for name, one in (("王大明", "在家"), ("李小红", "在家"))]
    assert "C" not in sheet(["姓名", "与户主关系", "见没见到"], *rows).mapped


@pytest.mark.parametrize(("group", "heads"), [("承办单位", ["名称", "联系电话"]), ("调查人员", ["姓名", "电话"])])
def test_what_stands_below_who_does_the_work_is_theirs(group: str, heads: list[RawValue]) -> None:
    head: list[list[RawValue]] = [["姓名", "住址", group, None], [None, None, *heads]]
    rows: list[list[RawValue]] = [[name, "滨河小区3栋1单元101", "李四", "13800000001"] for name in ("王大明", "赵红")]
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[*head, *rows], merges=merges)])).sheets[0]
    assert {name for letter, name in found.mapped.items() if letter in "CD"} <= {"need.unit"}


@pytest.mark.parametrize("heading", ["承办人电话", "受理人手机", "承办单位电话", "接待人联系方式", "社区电话"])
def test_the_telephone_of_who_does_the_work_is_nobodys_here(heading: str) -> None:
    rows: list[list[RawValue]] = [[*one, "供电所", "0564-7356789"] for one in LIGHTS]
    assert "D" not in sheet(["诉求登记表"], ["反映人", "诉求内容", "承办单位", heading], *rows).mapped


def test_building_and_unit_in_one_column_beside_that_of_the_room() -> None:
    head: list[RawValue] = ["户主", "小区", "楼栋单元", "室号"]
    found = sheet(
        head,
        ["王大明", "滨河小区", "3栋1单元", "101"],
        ["李小红", "滨河小区", "2#2单元", None],
        ["赵红", "滨河小区", "3-2", "502"],
    )
    parts = [[row.values[f"household.{one}"] for one in ("estate", "building", "unit", "room")] for row in found.rows]
    assert parts == [["滨河小区", "3", "1", "101"], ["滨河小区", "2", "2", None], ["滨河小区", "3", "2", "502"]]
    assert [one.cell for row in found.rows for one in row.problems] == ["C3"]


def test_a_number_of_a_room_stays_one_where_nothing_else_tells_it() -> None:
    head: list[RawValue] = ["小区", "楼栋单元", "户主", "联系电话"]
    found = sheet(
        head, *([["滨河小区", door, "王大明", "13800000001"] for door in ("3栋502室", "5#302", "3号楼1101室")])
    )
    assert [row.values["household.room"] for row in found.rows] == ["502", "302", "1101"]
    beside = sheet(["户主", "小区", "楼栋", "房号"], *([["王大明", "滨河小区", "3栋", "1单元101室"]] * 3))
    assert [beside.rows[0].values[f"household.{one}"] for one in ("building", "unit", "room")] == ["3", "1", "101"]


def test_a_group_of_a_village_and_the_number_of_a_door_are_a_whole_address() -> None:
    found = sheet(["户主", "住址", "门牌号"], ["王大明", "大湾组", "1"], ["李小红", "三组", "3"])
    assert [row.problems for row in found.rows] == [[], []]


def test_an_address_without_a_building_is_asked_about_beside_the_number_of_the_door() -> None:
    found = sheet(["户主", "地址", "房号", "电话"], ["王大明", "老粮站旁", "5", "13800001113"])
    assert [one.cell for one in found.rows[0].problems] == ["B2"]


def test_a_day_where_a_time_may_stand_is_written_like_all_days() -> None:
    head: list[RawValue] = ["参保人姓名", "就诊医院", "就诊时间", "总费用"]
    days: list[RawValue] = ["2026.8.6", 46240, "8.3-8.12", "12月20日"]
    found = sheet(["2026年8月医疗报销登记"], head, *([["王大明", "县医院", day, 100] for day in days]))
    told = [row.values["medical.treated_on"] for row in found.rows]
    assert told == ["2026-08-06", "2026-08-06", "8.3-8.12", "2025-12-20"]
    assert [one.code for row in found.rows for one in row.problems] == ["ambiguous"]
    assert found.takes_year


def test_the_people_who_look_after_somebody_are_not_that_person() -> None:
    head: list[list[RawValue]] = [["老人姓名", "身份证号", "赡养人", None], [None, None, "姓名", "电话"]]
    rows: list[list[RawValue]] = [["王大明", "342426190406180298", "王二", "13800000001"]] * 3
    merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4)]
    found = understand(RawBook("xlsx", [RawSheet("表", rows=[*head, *rows], merges=merges)])).sheets[0]
    assert found.mapped == {"A": "resident.name", "B": "resident.id_no"}


def test_a_telephone_in_a_list_of_visits_is_of_nobody_who_asked() -> None:
    head: list[RawValue] = ["走访日期", "住址", "电话", "走访结果", "走访内容", "群众诉求"]
    row: list[RawValue] = ["2026-11-03", "滨河小区3栋1单元101", "13800000001", "见面", "家里都好", "路灯不亮"]
    assert sheet(["跑户周报"], head, row, row, row).mapped["C"] == "household.phone"
    named = sheet(["跑户周报"], [*head[:1], "谁家（户主）", *head[1:]], *([[row[0], "王大明", *row[1:]]] * 3))
    assert (named.mapped["B"], named.mapped["D"]) == ("household.head", "household.phone")


def test_of_two_columns_the_filled_one_keeps_the_field() -> None:
    head: list[RawValue] = ["走访日期", "户主", "住址", "走访时间"]
    row: list[RawValue] = [None, "王大明", "大湾组3号", "2026-11-03"]
    assert sheet(["走访登记"], head, row, row).mapped["D"] == "visit.visited_at"


def test_how_far_a_need_is_under_words_that_elsewhere_ask_how_a_person_is() -> None:
    head: list[RawValue] = ["反映人", "诉求内容", "目前状态"]
    rows: list[list[RawValue]] = [["王大明", "路灯不亮", "已办结"], ["李四", "下水道堵了", "正在办理"]]
    assert sheet(["诉求登记"], head, *rows).mapped["C"] == "need.status"


def test_whoever_stands_in_every_row_is_nobody_who_asks() -> None:
    head: list[RawValue] = ["诉求内容", "纠纷排查人", "登记日期"]
    rows: list[list[RawValue]] = [[f"路灯{one}不亮", "李四", f"2026-11-0{one}"] for one in range(1, 7)]
    assert "B" not in {key for key, column in sheet(["诉求登记"], head, *rows).mapped.items() if "raised_by" in column}


def test_a_step_in_a_sheet_of_steps_is_of_the_step() -> None:
    head: list[RawValue] = ["诉求编号", "跟进日期", "跟进方式", "跟进情况", "跟进人", "跟进结果"]
    row: list[RawValue] = ["SQ-001", "2026-11-03", "电话", "已联系物业上门看过", "李四", "有进展"]
    found = sheet(["诉求跟踪办理记录"], head, row, row).mapped
    assert [found.get(key) for key in "BCD"] == ["followup.done_on", "followup.mode", "followup.content"]
    assert found.get("F") == "followup.outcome"
