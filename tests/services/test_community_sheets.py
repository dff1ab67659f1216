"""Sheets that others keep about the community go into its ledgers; names of other records are kept or asked about."""

from pathlib import Path

import openpyxl
import pytest

from gridworker.domain.ledgers import ledger
from gridworker.exchange import foreign, raw
from gridworker.services import columns, intake, records
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store import queries

SHEETS: dict[str, tuple[str, str, str]] = {
    "楼栋长名册": (
        "captain",
        "小区 楼栋 楼栋长 性别 政治面貌 联系电话 产生方式 任职时间",
        "金江西苑 3栋 严守诚 男 中共党员 19900004321 自荐 2026-03-01",
    ),
    "议事会台账": (
        "meeting",
        "会议名称 会议时间 地点 主持人 记录人 应到 实到 参会人员",
        "第三次居民议事会 2026-11-20 社区二楼 严守诚 欧阳若兰 30 25 严守诚、欧阳若兰",
    ),
    "社区活动登记": (
        "activity",
        "活动名称 活动时间 活动地点 主办单位 儿童 青年 中年 老年 志愿者",
        "读书会 2026-11-20 图书室 社区居委会 12 3 5 8 2",
    ),
    "包保名录": (
        "paired_unit",
        "单位名称 小区 楼栋 责任人 职务 联系电话 包保户数",
        "县税务局 金江西苑 3栋 严守诚 副局长 19900004321 60",
    ),
    "业委会台账": (
        "organisation",
        "小区 名称 类型 状态 负责人 联系电话 成立时间 任期止",
        "金江西苑 金江西苑业主委员会 业主委员会 正常 严守诚 19900004321 2024-05-01 2027-04-30",
    ),
    "设施清单": (
        "facility",
        "设施名称 设施类型 小区 位置 开放时间 管理人 联系电话 设施状态",
        "儿童图书室 图书室 金江西苑 3栋架空层 9:00-17:00 严守诚 19900004321 正常",
    ),
    "议题清单": (
        "topic",
        "议题 提出人 提出日期 会议名称 赞成 反对 弃权 表决结果",
        "加装充电桩 严守诚 2026-11-10 第三次居民议事会 20 3 2 通过",
    ),
}


def write(folder: Path, title: str) -> Path:
    _name, heads, told = SHEETS[title]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([title], ["序号", *heads.split()], [1, *told.split()]):
        sheet.append(row)
    book.save(folder / f"{title}.xlsx")
    return folder / f"{title}.xlsx"


def take(workspace: Workspace, folder: Path, title: str) -> FileReport:
    return intake.take(workspace, [write(folder, title)]).files[0]


@pytest.mark.parametrize("title", SHEETS)
def test_a_sheet_called_like_a_ledger_goes_into_it_whole(worker: Workspace, tmp_path: Path, title: str) -> None:
    name, heads, _told = SHEETS[title]
    report = take(worker, tmp_path, title)
    assert {one.code for one in report.problems} == ({"unknown_reference"} if name == "topic" else set())
    [row] = queries.every(worker.connection, name)
    assert row.values["grid"] == grid_id("JX03")
    assert sum(value is not None for value in row.values.values()) == len(heads.split()) + 1
    assert not queries.every(worker.connection, "household")


def test_a_record_that_is_known_by_name_is_no_question(worker: Workspace, tmp_path: Path) -> None:
    records.add(worker, ledger("meeting"), [{"name": "第三次居民议事会", "held_at": "2026-11-20"}])
    assert take(worker, tmp_path, "议题清单").problems == []
    [row] = queries.every(worker.connection, "topic")
    assert row.values["meeting"] == "第三次居民议事会"


def test_one_that_nobody_knows_is_asked_about_at_its_cell(worker: Workspace, tmp_path: Path) -> None:
    [asked] = take(worker, tmp_path, "议题清单").problems
    assert (asked.cell, asked.value) == ("E3", "第三次居民议事会")
    assert "议事会" in asked.message


def test_a_column_may_be_given_to_any_ledger_of_the_community(tmp_path: Path) -> None:
    book = raw.read_book_here(write(tmp_path, "楼栋长名册").read_bytes())
    [plan] = columns.plans(foreign.understand(book, None, "").sheets)
    offered = columns.targets(plan, plan.columns[1])
    assert offered.index("captain.estate") < offered.index("household.room") < offered.index("topic.meeting")


def test_what_a_ledgers_own_rules_refuse_is_taken_as_written_and_asked_at_its_cell(
    worker: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, heads, told = SHEETS["议事会台账"]
    monkeypatch.setitem(SHEETS, "议事会台账", (name, heads, told.replace(" 30 25 ", " 25 30 ")))
    report = take(worker, tmp_path, "议事会台账")
    assert [(one.code, one.cell) for one in report.problems] == [("check", "H3")]
    assert queries.every(worker.connection, "meeting")[0].plain("present") == 30
