"""Where the table of a sheet lies, and which rows are no records."""

import pytest

from gridworker.exchange.model import RawSheet, RawValue
from gridworker.exchange.structure import Table, find_table

HEAD: list[RawValue] = ["序号", "户主", "住址", "联系电话", "走访日期"]
ROW: list[RawValue] = [1, "王大明", "金江西苑3栋2单元502", "13800000001", "2026-11-03"]


def table(*rows: list[RawValue], merges: list[tuple[int, int, int, int]] | None = None) -> Table:
    found = find_table(RawSheet("表", rows=[list(row) for row in rows], merges=merges or []))
    assert found
    return found


def test_title_and_unit_stand_above() -> None:
    found = table(["走访台账"], ["填报单位：金江社区", None, "时间：2026年11月"], HEAD, ROW)
    assert found.header_rows == (3,)
    assert found.ignored == {1: "note", 2: "note"}
    assert found.records == [4]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["合计", "12户"], "total"),
        ([None, "合  计", None, 3], "total"),
        (["本页小计", 3], "total"),
        (["填表人：李四", None, "审核人："], "sign"),
        (["填表人", "李四"], "sign"),
        (["采集人：      日期："], "sign"),
        (["（盖章）"], "sign"),
        (["网格员：      网格长："], "sign"),
        (["注：红色为重点户。"], "note"),
        (["填表说明：一、本表每周五上报"], "note"),
        (["备注：以上均已核实"], "note"),
        (["一、金江西苑"], "section"),
        (["金江西苑小区"], "section"),
        (HEAD, "repeat-header"),
        ([None, "户主", "住址", "联系电话", None], "repeat-header"),
        ([2], "blank"),
    ],
)
def test_rows_that_are_no_records(row: list[RawValue], reason: str) -> None:
    found = table(HEAD, ROW, row, ROW)
    assert found.ignored == {3: reason}
    assert found.records == [2, 4]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "2", "3", "4", "5"],
        ["甲", "乙", "丙", "1", "2"],
        [None, "必填", "填写到室", "必填", "格式：2026-11-03"],
        ["示例", "张三", "某小区1栋", "138********", "2026-11-03"],
        ["XH", "HZXM", "DZ", "LXDH", "ZFRQ"],
        ["文本", "文本", "文本", "文本", "日期"],
    ],
)
def test_rows_that_explain_the_heading(row: list[RawValue]) -> None:
    assert table(HEAD, row, ROW).ignored == {2: "note"}


@pytest.mark.parametrize(
    "row",
    [
        [1, "王累计划", "大湾组1号", "无", None],
        [None, "李四", None, None, None],
        [1, "王大明", "日期：不详", "13800000001", "2026-11-03"],
    ],
)
def test_records_that_look_a_little_like_furniture(row: list[RawValue]) -> None:
    assert table(HEAD, ROW, row).records == [2, 3]


def test_two_heading_rows_with_merges() -> None:
    found = table(
        ["序号", "住户", None, "走访", None],
        [None, "户主", "住址", "日期", "结果"],
        ROW,
        merges=[(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)],
    )
    assert found.header_rows == (1, 2)
    assert [str(one) for one in found.headings.values()] == ["序号", "住户·户主", "住户·住址", "走访·日期", "走访·结果"]


def test_two_heading_rows_of_a_text_file_where_nothing_is_merged() -> None:
    found = table(["序号", "住户", "", "走访", ""], ["", "户主", "住址", "日期", "结果"], ROW)
    assert found.header_rows == (1, 2)
    assert [str(one) for one in found.headings.values()] == ["序号", "住户·户主", "住户·住址", "走访·日期", "走访·结果"]


def test_three_heading_rows_merged_over_each_other() -> None:
    found = table(
        ["序号", "住户情况", None, "走访情况", None],
        [None, "户主信息", None, "走访时间", "走访结果"],
        [None, "户主", "住址", None, None],
        ROW,
        ROW,
        merges=[(1, 1, 3, 1), (1, 2, 1, 3), (2, 2, 2, 3), (1, 4, 1, 5), (2, 4, 3, 4), (2, 5, 3, 5)],
    )
    assert found.header_rows == (1, 2, 3)
    assert [one.leaf for one in found.headings.values()] == ["序号", "户主", "住址", "走访时间", "走访结果"]


def test_a_second_table_to_the_right_is_none_of_it() -> None:
    found = table([*HEAD, None, "宣传内容", "场次"], [*ROW, None, "反诈", 1], [None] * 6 + ["消防", 2])
    assert list(found.headings) == [1, 2, 3, 4, 5]
    assert found.records == [2]


@pytest.mark.parametrize("merges", [[(1, 3, 1, 4), (2, 3, 2, 4), (3, 3, 3, 4), (4, 3, 4, 4)], []])
def test_a_heading_over_two_columns_or_a_blank_one_does_not_cut_a_table(
    merges: list[tuple[int, int, int, int]],
) -> None:
    head: list[RawValue] = ["序号", "户主", "走访内容", None, "走访结果", "小区", "楼栋", "室号"]
    row: list[RawValue] = [1, "王大明", "家里都好", None, "见面", "金江西苑", "3", "502"]
    found = table(head, row, row, row, merges=merges)
    assert [one.leaf for one in found.headings.values()] == [one for one in head if one]


def test_figures_above_and_another_table_below() -> None:
    other: list[RawValue] = ["诉求编号", "反映人", "诉求内容", "办理时限"]
    found = table(
        ["周报"], ["总户数", "走访"], [380, 8], [], HEAD, ROW, [], other, ["A1", "张三", "停车难", "2026-11-20"]
    )
    assert found.header_rows == (5,)
    assert found.ignored == {1: "note", 2: "section", 3: "section", 8: "section", 9: "section"}
    assert found.records == [6]


def test_a_column_without_heading_that_holds_data_does_not_end_the_table() -> None:
    found = table(["户主", None, "联系电话", "走访日期"], ["王大明", "低保", "13800000001", "2026-11-03"])
    assert list(found.headings) == [1, 2, 3, 4]
    assert str(found.headings[2]) == ""


def test_a_told_heading_is_taken() -> None:
    sheet = RawSheet("表", rows=[["甲", "乙"], ["丙", "丁"], [1, 2]])
    assert find_table(sheet) is None
    told = find_table(sheet, (1, 2))
    assert told
    assert (told.header_rows, told.records) == ((1, 2), [3])


def test_an_error_in_an_empty_row_is_a_record_to_ask_about() -> None:
    sheet = RawSheet("表", rows=[HEAD, ROW, [None] * 5], faults={(3, 4): "error_cell"})
    found = find_table(sheet)
    assert found
    assert found.records == [2, 3]


def test_an_empty_column_in_a_table_does_not_cut_it() -> None:
    gap: list[RawValue] = ["户主", "住址", None, "走访日期", "走访情况"]
    rows: list[list[RawValue]] = [["王大明", "大湾组3号", None, "2026-11-03", "好"]] * 3
    assert list(table(gap, *rows).headings) == [1, 2, 4, 5]
    assert list(table(["走访台账"], gap, rows[0], merges=[(1, 1, 1, 5)]).headings) == [1, 2, 4, 5]
    other: list[RawValue] = ["王大明", "2026-11-03", "好", None, "反诈", "2026-11-03"]
    assert list(table(["户主", "走访日期", "走访情况", None, "宣传内容", "日期"], *[other] * 3).headings) == [1, 2, 3]


def test_a_heading_far_down_is_found() -> None:
    assert table(*([f"说明第{one}条"] for one in range(90)), HEAD, ROW).header_rows == (91,)
