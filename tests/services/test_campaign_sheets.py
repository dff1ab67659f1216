"""The sheets of a campaign: filled in they come home, ours by their tokens, retyped ones by door and heading."""

import io

import msoffcrypto
import openpyxl
import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import buildings, campaign_sheets, campaigns, canvassing, conflicts, intake, records
from gridworker.services.campaigns import UNSETTLED, Roll
from gridworker.services.intake import Options
from gridworker.store import queries

PASSWORD = "上报密码2026"
DOORS = (("101", "区海平"), ("201", "吴为民"), ("301", "何去病"), ("401", "关山月"))


@pytest.fixture
def homes(worker):
    """Four doors of a building, asked by a campaign with two columns of its own."""
    about = {"grid": to_text(worker.grid), "estate": "金江西苑", "building": "3", "unit": "1"}
    given = [{**about, "room": room, "head": head} for room, head in DOORS]
    ids = records.add(worker, ledger("household"), given).ids
    told = {"name": "电车上牌", "target": "住户", "columns": "号牌号码、充电方式"}
    records.add(worker, ledger("campaign"), [told])
    return ids


def campaign_of(workspace):
    return campaigns.running(workspace)[0]


def states(workspace):
    """How the doors of the first building stand, down the stairs."""
    building = buildings.every(workspace)[0]
    found = Roll(workspace, campaign_of(workspace)).states(building)
    rooms = {row.id: row.plain("room") for row in queries.every(workspace.connection, "household")}
    return {rooms[home]: state for home, state in found.items()}


def own(workspace, name="+号牌号码"):
    return sorted(filter(None, (row.plain(name) for row in queries.every(workspace.connection, "campaign_entry"))))


def sheet_of(workspace, path):
    """The sheets for all buildings, opened as a person does who knows the password."""
    campaign = campaign_of(workspace)
    campaign_sheets.write(workspace, campaign, campaign_sheets.parts(workspace, campaign), path, PASSWORD)
    return opened(path)


def opened(path):
    locked, plain = msoffcrypto.OfficeFile(io.BytesIO(path.read_bytes())), io.BytesIO()
    locked.load_key(PASSWORD)
    locked.decrypt(plain)
    return openpyxl.load_workbook(plain)


def filled(book, path, *lines):
    """Room, heading and what is written there."""
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    rows = {str(sheet.cell(row, heads["住址"]).value)[-3:]: row for row in range(4, 4 + len(DOORS))}
    for room, head, text in lines:
        sheet.cell(rows[room], heads[head], text)
    book.save(path)
    return path


def test_our_sheet_comes_home_by_its_tokens_and_two_marks_of_a_door_are_a_conflict(worker, township, homes, tmp_path):
    book = sheet_of(worker, tmp_path / "blank.xlsx")
    heads = [cell.value for cell in book.worksheets[0][3]]
    assert [one for one in heads if "号" not in one or one == "号牌号码"][:6] == [
        "住址", "户主", "号牌号码", "充电方式", "完成情况", "完成日期",
    ]  # fmt: skip
    building, roll = buildings.every(worker)[0], Roll(worker, campaign_of(worker))
    canvassing.mark(worker, roll, building, homes[1], "拒绝")
    back = filled(
        book, tmp_path / "filled.xlsx",
        ("101", "号牌号码", "皖N12345"), ("101", "完成情况", "已做"), ("101", "完成日期", "2026-11-20"),
        ("201", "完成情况", "已做"), ("301", "充电方式", "飞线"),
    )  # fmt: skip
    report = intake.take(worker, [back]).files[0]
    assert (report.kind, report.problems, report.conflicts) == ("ours", [], 1)
    assert states(worker) == {"101": "已做", "201": "拒绝", "301": "未做", "401": "未做"}
    assert (own(worker), own(worker, "+充电方式")) == (["皖N12345"], ["飞线"])
    (conflict,) = conflicts.conflicts(worker)
    assert conflict.group == "standing", "state and day move together"
    assert intake.take(worker, [back]).files[0].changed == 0
    for _turn in range(2):
        intake.take(township, [back])
    assert own(township) == ["皖N12345"], "the sheet says all by itself, on any machine"


def test_a_cell_of_a_column_of_its_own_is_compared_with_what_left(worker, homes, tmp_path):
    filled(sheet_of(worker, tmp_path / "one.xlsx"), tmp_path / "one.xlsx", ("101", "号牌号码", "皖N11111"))
    intake.take(worker, [tmp_path / "one.xlsx"])
    again = sheet_of(worker, tmp_path / "two.xlsx")
    entry = next(row for row in queries.every(worker.connection, "campaign_entry") if row.plain("+号牌号码"))
    records.change(worker, ledger("campaign_entry"), entry.id, {"+号牌号码": "皖N22222"})
    intake.take(worker, [filled(again, tmp_path / "stale.xlsx", ("201", "号牌号码", "皖N33333"))])
    assert own(worker) == ["皖N22222", "皖N33333"], "a cell left alone says nothing against what was written since"
    edited = intake.take(worker, [filled(again, tmp_path / "edited.xlsx", ("101", "号牌号码", "皖N44444"))])
    assert edited.files[0].conflicts == 1


def test_a_retyped_sheet_is_known_by_its_columns_and_settles_nothing_by_itself(worker, homes, tmp_path):
    building, roll = buildings.every(worker)[0], Roll(worker, campaign_of(worker))
    canvassing.mark(worker, roll, building, homes[1], "拒绝")
    book = openpyxl.Workbook()
    for line in (
        ("金江西苑3栋登记情况",),
        ("序号", "门牌号", "户主", "号牌号码", "充电方式", "是否完成", "备注"),
        (1, "金江西苑3-1-101", "区海平", "皖N12345", "集中充电", "完成", "下午在家"),
        (2, "金江西苑3-1-201", "吴为民", "皖N54321", "", "完成", ""),
    ):
        book.active.append(line)
    book.save(tmp_path / "typed.xlsx")
    report = intake.take(worker, [tmp_path / "typed.xlsx"], Options()).files[0]
    assert (report.kind, report.problems) == ("foreign", [])
    assert states(worker) == {"101": "已做", "201": UNSETTLED, "301": "未做", "401": "未做"}
    assert own(worker) == ["皖N12345", "皖N54321"]
    assert not any(row.plain("note") for row in queries.every(worker.connection, "household")), "told of the campaign"
    canvassing.mark(worker, Roll(worker, campaign_of(worker)), building, homes[1], "已做")
    assert states(worker)["201"] == "已做"


def test_the_paper_has_a_line_for_each_door_and_room_for_the_columns_of_the_campaign(worker, homes):
    campaign, building = campaign_of(worker), buildings.every(worker)[0]
    canvassing.mark(worker, Roll(worker, campaign), building, homes[0], "已做")
    paper = campaign_sheets.paper(worker, campaign, campaign_sheets.part_of(worker, campaign, building))
    text = paper.text()
    assert all(
        word in text for word in ("电车上牌登记表", "3-1-301", "何去病", "号牌号码", "■已做　□不适用", "共 4 条")
    )
    assert queries.count(worker.connection, "campaign_entry") == 1, "a paper makes no records"


def test_buildings_that_are_asked_themselves_stand_on_one_sheet(worker, homes, tmp_path):
    about = {"grid": to_text(worker.grid), "estate": "金江西苑", "building": "5", "unit": "1", "room": "101"}
    records.add(worker, ledger("household"), [about])
    records.add(worker, ledger("campaign"), [{"name": "卫生清理", "target": "楼栋", "from_on": "2026-11-01"}])
    campaign = campaign_of(worker)
    (part,) = campaign_sheets.parts(worker, campaign)
    assert len(part.buildings) == 2
    assert "共 2 条" in campaign_sheets.paper(worker, campaign, part).text()
    sheet = sheet_of(worker, tmp_path / "houses.xlsx").worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[3]}
    assert [sheet.cell(row, heads["楼栋"]).value for row in (4, 5)] == ["3", "5"]
