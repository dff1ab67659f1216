"""What stands below or above a table and is none of its records is told, never read as some."""

import pytest

from gridworker.exchange.foreign import understand
from gridworker.exchange.model import RawBook, RawSheet, RawValue
from gridworker.exchange.understood import ForeignSheet

Rows = list[list[RawValue]]
VISITS: Rows = [
    ["序号", "户主", "住址", "走访日期", "走访情况"],
    [1, "王大明", "大湾组3号", "2026-11-03", "好"],
    [2, "李芳", "大湾组4号", "2026-11-03", "腿脚不便"],
]


def sheets(rows: Rows) -> list[ForeignSheet]:
    return understand(RawBook("xlsx", [RawSheet("表", rows=[list(row) for row in rows])])).sheets


def marks(found: ForeignSheet) -> list[int]:
    return [row.row for row in found.rows]


LISTS: dict[str, tuple[Rows, str]] = {
    "below a title": ([[], ["附：雨量站值守表"], ["日期", "值守人", "雨量"], ["7月1日", "甲", "12mm"]], "A6"),
    "a list of meetings": ([[], ["时间", "地点", "主题", "人数"], ["11月2日", "会议室", "安全生产", 12]], "A5"),
    "without a heading": ([["本周工作小结"], [1, "走访红色户3户，发放宣传单40张"], [2, "配合物业清理楼道"]], "A4"),
    "behind a total": (
        [["合计", None, "2户"], ["时间", "地点", "参会人"], ["11月2日", "会议室"]],
        "A5",
    ),
}


@pytest.mark.parametrize(("below", "cell"), LISTS.values(), ids=LISTS)
def test_a_list_of_something_else_is_told_and_not_read(below: Rows, cell: str) -> None:
    (found,) = sheets([*VISITS, *below])
    assert marks(found) == [2, 3]
    assert found.unread == [cell]
    assert len(VISITS) + len(below) in found.ignored_rows


ODD: list[RawValue] = [3, "赵六", None, None, None]


@pytest.mark.parametrize(
    "below",
    [
        [[], ODD],
        [["二、李家冲"], ODD, [4, "孙七", "大湾组5号", None, None]],
        [["合计", None, "2户"], [], [3, "钱电话", "大湾组6号", "2026-11-04", "好"]],
        [[], [None, "王小", "大湾组7号", None, "电话"]],
        [["注：红色为重点户"], [3, "赵六", "不详", "2026-11-04", "老人住院两个月，子女轮流照看，想申请临时救助"]],
    ],
)
def test_a_record_behind_a_break_stays_one(below: Rows) -> None:
    (found,) = sheets([*VISITS, *below])
    assert marks(found)[-1] == len(VISITS) + len(below)
    assert found.unread == []


def test_a_table_above_the_best_known_one_is_read_too() -> None:
    needs: Rows = [
        ["诉求台账"],
        ["诉求编号", "反映人", "诉求内容", "联系电话", "办理时限", "承办单位"],
        ["A1", "张三", "停车难", "13800000001", "2026-11-20", "物业"],
    ]
    main, visits = sheets([["走访记录"], *VISITS, [], *needs])
    assert (main.mapped["C"], marks(main)) == ("need.content", [8])
    assert (visits.part, visits.mapped["D"], marks(visits)) == ("A2", "visit.visited_at", [3, 4])


def test_lines_of_a_form_above_a_table_are_none() -> None:
    form: Rows = [
        ["走访周报"],
        ["所属社区", "金江", "填报日期", "2026-11-06"],
        ["网格员", "陈晓芸", "联系电话", "13800000003"],
    ]
    (found,) = sheets([*form, ["走访户数", "新增诉求"], [40, 3], *VISITS])
    assert (marks(found), found.unread) == ([7, 8], [])


def test_a_table_of_words_nobody_knows_is_shown_with_its_columns() -> None:
    (found,) = sheets([["改厕回头看"], ["坑位", "化粪池", "冲水桶", "抽粪费"], ["双坑", "三格", "3", "80"]])
    assert (found.header_rows, found.rows) == ((2,), [])
    assert {one.name for one in found.unmapped} >= {"B", "C"}


def test_a_title_told_again_begins_a_card() -> None:
    card: Rows = [["户主", "谷雨晴", "联系电话", "13800000001"], ["居住地址", "大湾组3号", "走访方式", "电话"]]
    (found,) = sheets([["访视记录单（一）"], *card, [], ["访视记录单（二）"], *card])
    assert [row.values.get("household.room") for row in found.rows] == ["3", "3"]
    assert [row.values.get("visit.mode") for row in found.rows] == ["phone", "phone"]
