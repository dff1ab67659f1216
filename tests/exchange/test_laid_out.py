"""Cards and turned tables are read like any table, and every cell keeps its name."""

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet
from gridworker.services import foreign_rows
from gridworker.services.workspace import Workspace

Rows = list[list[RawValue]]
PERSON: Rows = [
    ["姓名", "王大明", "性别", "男"],
    ["身份证号", "342426190406180298", "联系电话", "1380000000"],
    ["家庭住址", "大湾组3号", "出生日期", "1904年6月"],
]
TURNED: Rows = [
    ["姓名", "王大明", "李四"],
    ["性别", "男", "女"],
    ["身份证号", "342426190406180298", None],
    ["联系电话", "13800000001", "1380000000"],
]


def book(rows: Rows, **more: object) -> RawBook:
    return RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows], **more)])  # type: ignore[arg-type]


def sheet(rows: Rows, mapping: dict[str, object] | None = None, **more: object) -> ForeignSheet:
    return understand(book(rows, **more), mapping).sheets[0]


def card(head: str) -> Rows:
    return [
        ["户主", head, "联系电话", "13800000001"],
        ["住址", "大湾组3号", "走访日期", "2026-11-03"],
        ["走访方式", "电话", "走访结果", "见面"],
        ["走访内容", "一切正常", None, None],
    ]


def heads(found: ForeignSheet) -> list[object]:
    return [row.values["household.head"] for row in found.rows]


def test_a_form_of_one_person_is_one_record() -> None:
    found = sheet([["居民信息卡"], *PERSON])
    assert found.mapped["B2"] == "resident.name"
    told = found.rows[0]
    assert (told.row, told.values["resident.gender"], told.values["household.room"]) == (2, "男", "3")
    assert {one.cell: one.code for one in told.problems} == {"D3": "invalid", "D4": "partial"}


def test_a_line_above_says_whose_the_labels_below_are() -> None:
    found = sheet([*PERSON, ["监护人信息"], ["姓名", "王二", "电话", "13800000002"]], merges=[(4, 1, 4, 4)])
    assert [row.values["resident.name"] for row in found.rows] == ["王大明"]
    assert {str(one.heading) for one in found.unmapped} == {"监护人信息·姓名", "监护人信息·电话"}


def test_a_tall_cell_says_whose_the_labels_beside_it_are() -> None:
    rows: Rows = [*PERSON, ["监护人", "姓名", "王二", None], [None, "电话", "13800000002", None]]
    found = sheet(rows, merges=[(4, 1, 5, 1)])
    assert {str(one.heading) for one in found.unmapped} == {"监护人·姓名", "监护人·电话"}


def test_a_label_nobody_knows_is_told() -> None:
    found = sheet([*PERSON, ["兴趣爱好", "下棋", "备注", None]])
    assert [str(one.heading) for one in found.unmapped] == ["兴趣爱好"]


def test_answers_in_the_labels_own_cell() -> None:
    found = sheet([["姓名：王大明", "性别：男"], ["身份证号：342426190406180298"], ["联系电话：13800000001"]])
    assert found.mapped == {
        "A1": "resident.name",
        "B1": "resident.gender",
        "A2": "resident.id_no",
        "A3": "resident.phone",
    }
    assert found.rows[0].values["resident.phone"] == "13800000001"


def test_cards_below_each_other() -> None:
    found = sheet([["走访登记卡"], *card("王大明"), [], *card("李四"), [], *card("赵六")])
    assert heads(found) == ["王大明", "李四", "赵六"]
    assert [row.row for row in found.rows] == [2, 7, 12]
    assert {row.values["visit.mode"] for row in found.rows} == {"phone"}


def test_cards_beside_each_other_are_two_records(worker: Workspace) -> None:
    rows: Rows = [[*left, None, *right] for left, right in zip(card("王大明"), card("李四"), strict=True)]
    assert heads(sheet(rows)) == ["王大明", "李四"]
    found = foreign_rows.contributions(worker, book(rows), "digest", "卡.xlsx", None)
    homes = [one for one in found.contributions if one.ledger == "household"]
    assert len({one.entry.record for one in homes}) == 2
    assert [one.cells for one in homes] == ["B1:D1", "G1:I1"]


def test_a_turned_table() -> None:
    found = sheet(TURNED)
    assert found.mapped == {"1": "resident.name", "2": "resident.gender", "3": "resident.id_no", "4": "resident.phone"}
    assert [row.values["resident.name"] for row in found.rows] == ["王大明", "李四"]
    assert [one.cell for row in found.rows for one in row.problems] == ["C4"]


def test_a_turned_table_with_groups_to_the_left_of_its_labels() -> None:
    groups = ["基本情况", None, None, "走访情况", None]
    labels = ["户主", "住址", "联系电话", "走访日期", "走访结果"]
    first = ["王大明", "大湾组3号", "13800000001", "2026-11-03", "见面"]
    second = ["李四", "大湾组5号", "13800000002", "2026-11-04", "未见面"]
    rows: Rows = [list(row) for row in zip(groups, labels, first, second, strict=True)]
    found = sheet(rows, merges=[(1, 1, 3, 1), (4, 1, 5, 1)])
    assert heads(found) == ["王大明", "李四"]
    assert [row.values["visit.outcome"] for row in found.rows] == ["met", "not_met"]


def test_a_confirmed_mapping_names_answers_and_rows() -> None:
    turned = sheet(TURNED, {"sheets": [{"columns": {"1": "household.head"}}]})
    assert heads(turned) == ["王大明", "李四"]
    told = sheet(PERSON, {"sheets": [{"columns": {"B1": "household.head"}}]})
    assert heads(told) == ["王大明"]


def test_a_fault_in_a_card_is_asked_about() -> None:
    found = sheet(PERSON, faults={(2, 2): "picture"})
    assert {one.cell: one.code for one in found.rows[0].problems}["B2"] == "picture"


def test_values_that_read_like_labels_make_no_card() -> None:
    head: list[RawValue] = ["姓名", "喜好", "来往", "政治面貌", "身份", "其他"]
    people = [("王大明", "下棋", "电话"), ("李四", "钓鱼", "微信"), ("赵六", "无", "电话"), ("孙七", "跳舞", "微信")]
    rows: Rows = [head, *[[*one, "党员", "学生", place] for place, one in enumerate(people)]]
    assert sheet(rows).mapped == {"A": "resident.name", "D": "resident.politics"}


NUMBERS: list[RawValue] = ["房号", "户主", "电话"]


def numbers(room: str, head: str) -> list[RawValue]:
    return [room, head, "13800000001"]


def test_the_same_table_twice_side_by_side() -> None:
    for gap in ([], [None]):
        rows = [[*NUMBERS, *gap, *NUMBERS], [*numbers("1-101", "王大明"), *gap, *numbers("2-101", "李四")]]
        found = sheet(rows)
        assert heads(found) == ["王大明", "李四"]
        assert {row.row for row in found.rows} == {2}
        assert len({row.mark for row in found.rows}) == 2
        assert not found.unmapped


VISITS: Rows = [["户主", "住址", "走访日期"], ["王大明", "大湾组3号", "2026-11-03"]]
NEEDS: Rows = [["反映人", "诉求内容", "联系电话"], ["李四", "路灯不亮", "1380000000"]]


def both(rows: Rows, mapping: dict[str, object] | None = None) -> list[ForeignSheet]:
    return understand(book(rows), mapping).sheets


def test_another_table_below() -> None:
    visits, needs = both([*VISITS, *[VISITS[1]] * 60, [], ["诉求"], *NEEDS])
    assert (len(visits.rows), visits.mapped["C"]) == (61, "visit.visited_at")
    assert (needs.part, needs.rows[0].values["need.content"]) == ("A65", "路灯不亮")
    assert not visits.ignored_rows.keys() & {65, 66}


def test_another_table_beside(worker: Workspace) -> None:
    rows: Rows = [[*left, None, *right] for left, right in zip(VISITS, NEEDS, strict=True)]
    visits, needs = both(rows)
    assert (visits.part, needs.part) == ("", "E1")
    assert [one.cell for row in needs.rows for one in row.problems] == ["G2"]
    told = understand(book(rows)).as_json()["sheets"]
    assert len(told) == 1
    assert told[0]["more"][0]["columns"] == {"E": "need.raised_by", "F": "need.content", "G": "need.phone"}
    found = foreign_rows.contributions(worker, book(rows), "digest", "表.xlsx", None)
    assert {one.ledger for one in found.contributions} == {"household", "visit", "need"}


def test_a_mapping_of_another_table_names_its_first_cell() -> None:
    rows: Rows = [[*left, None, *right] for left, right in zip(VISITS, NEEDS, strict=True)]
    main = {"sheet": "表", "header_rows": [1], "columns": {"A": "household.head"}}
    assert [one.part for one in both(rows, {"sheets": [main]})] == [""]
    more = {"sheet": "表!E1", "header_rows": [1], "columns": {"E": "household.head"}}
    assert [one.mapped for one in both(rows, {"sheets": [main, more]})] == [main["columns"], more["columns"]]


def test_a_block_nobody_understands_is_told(worker: Workspace) -> None:
    rows: Rows = [[*VISITS[0], None, "宣传", "场次"], [*VISITS[1], None, "反诈", 1]]
    found = foreign_rows.contributions(worker, book(rows), "digest", "表.xlsx", None)
    assert [(one.cell, one.code) for one in found.problems] == [("E1", "unread_table")]


def test_a_turned_table_that_goes_on_below() -> None:
    found = sheet([*TURNED, [None], *([row[0], *row[:0:-1]] for row in TURNED)])
    assert [row.values["resident.name"] for row in found.rows] == ["王大明", "李四", "李四", "王大明"]
    assert [row.mark for row in found.rows] == ["B1", "C1", "B6", "C6"]
    assert [one.cell for row in found.rows for one in row.problems] == ["C4", "B9"]


def test_a_record_of_which_little_is_told_is_none_the_less_one() -> None:
    below: Rows = [["姓名", "孙七", "赵六"], ["性别", "男", None], ["身份证号", None, None], ["联系电话", None, None]]
    found = sheet([*TURNED, *below])
    assert [row.values["resident.name"] for row in found.rows] == ["王大明", "李四", "孙七", "赵六"]
    assert len(sheet([[*row, "周八" if row[0] == "姓名" else None] for row in TURNED]).rows) == 3


def test_a_list_of_what_a_round_came_upon_is_told_and_taken_if_a_person_says_so() -> None:
    rows: Rows = [
        ["走访日期", "户主", "住址", "走访结果", "走访内容"],
        ["2026-3-2", "王大明", "滨河小区3栋1单元101", "见面", "家里都好"],
        [None], ["序号", "诉求类别", "诉求内容", "地点"],
        [1, "就业", "路灯坏了要修好", "北门"], [2, "医疗", "下水道堵了", "南门"],
    ]  # fmt: skip
    assert [(one.part, one.unread) for one in both(rows)] == [("", ["A4"])]
    for title, count in (("本周诉求清单", [1, 2]), ("诉求办理流程", [1]), ("诉求分类说明", [1])):
        titled: Rows = [*rows[:2], [None], [title], *rows[3:]]
        assert [len(one.rows) for one in both(titled)] == count
    main = {"sheet": "表", "header_rows": [1], "columns": {"A": "visit.visited_at", "B": "household.head"}}
    other = {"sheet": "表!A4", "columns": {"B": "need.kind", "C": "need.content"}, "defaults": {"need.grid": "JX03"}}
    assert [len(one.rows) for one in both(rows, {"sheets": [main, other]})] == [1, 2]
