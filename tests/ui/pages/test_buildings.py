"""楼栋: the doors of a building by real keys; a campaign goes door by door and can be taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import building_page, buildings, records
from gridworker.ui.pages.worker_page import CampaignKey
from tests.ui.worker_window import open_window, press, rows_of

Key = Qt.Key


def add(workspace, name, *given):
    found = records.add(workspace, ledger(name), list(given))
    assert not found.problems
    return found.ids


def tower(workspace, floors, doors):
    """One building, and a campaign over its doors."""
    grid = to_text(workspace.grid)
    homes = [
        {
            "grid": grid,
            "estate": "金江西苑",
            "building": "3",
            "unit": "1",
            "room": f"{floor}{door:02}",
            "head": "钱招娣",
        }
        for floor in range(1, floors + 1)
        for door in range(1, doors + 1)
    ]
    ids = add(workspace, "household", *homes)
    (campaign,) = add(workspace, "campaign", {"name": "电车上牌", "target": "住户", "columns": "号牌号码、充电方式"})
    return ids, campaign


def test_a_campaign_goes_door_by_door_and_one_key_is_taken_back(qtbot, worker, monkeypatch):
    homes, campaign = tower(worker, 30, 10)
    window = open_window(qtbot, worker, households=0)
    press(Key.Key_F9)
    page = window.page("buildings")
    page.show_campaign(campaign)
    page.doors.select_key(homes[0])
    monkeypatch.setattr(building_page, "read", None)  # a key reads nothing but its own door
    for key in (Key.Key_1, Key.Key_4, Key.Key_3):
        press(key)
    assert page.doors.current_key() == homes[3]
    told = {row.plain("household"): row.plain("state") for row in rows_of(worker, "campaign_entry")}
    assert told == {homes[0]: "已做", homes[1]: "拒绝", homes[2]: "不适用"}
    shown = page.list.model().row(0).marks[0].text
    assert shown == "1 / 299", "what is not concerned counts nowhere"
    press(Key.Key_Up)
    assert page.doors.current_key() == homes[13]
    page.doors.select_key(homes[0])
    press(Key.Key_2)
    assert len(rows_of(worker, "campaign_entry")) == 3, "a door said again is no second record"
    assert page.list.model().row(0).marks[0].text == "0 / 299"
    window.message_bar.undo()
    assert page.list.model().row(0).marks[0].text == shown
    assert {row.plain("household"): row.plain("state") for row in rows_of(worker, "campaign_entry")} == told


def test_a_building_says_who_cares_for_it_and_opens_from_a_household(qtbot, worker):
    homes, campaign = tower(worker, 2, 2)
    about = {"grid": to_text(worker.grid), "estate": "金江西苑"}
    add(worker, "captain", {**about, "building": "3", "name": "区海平"}, {**about, "building": "4", "name": "吴为"})
    add(worker, "captain", {**about, "building": "3", "name": "何去", "until_on": "2026-01-31"})
    add(worker, "paired_unit", {**about, "name": "县供水公司"})
    add(worker, "need", {"household": to_text(homes[3]), "kind": "N03", "content": "楼道灯不亮"})
    window = open_window(qtbot, worker, households=0)
    window.show_page("households", homes[3])
    window.page("households").view.deed_asked.emit("building")
    page = window.page("buildings")
    assert page.doors.current_key() == homes[3]
    shown = building_page.read(worker, buildings.every(worker)[0])
    assert [one.title for one in shown.carers] == ["金江西苑3栋 区海平", "县供水公司 金江西苑"]
    assert [(one.content, one.door) for one in shown.needs] == [("楼道灯不亮", "3-1-202")]
    press(Key.Key_Return)
    assert window.page("households").household == homes[3]
    records.change(worker, ledger("campaign"), campaign, {"state": "已结束"})
    page.refresh()
    assert campaign not in page._rolls
    window.show_page("buildings", CampaignKey(campaign))
    assert page.modes.value() == campaign, "one that is over is shown when it is asked for"
    press(Key.Key_E)
    dialog = QApplication.activeModalWidget()
    dialog.editors["+号牌号码"].set_value("皖N12345")
    dialog.save()
    (entry,) = rows_of(worker, "campaign_entry")
    assert (entry.plain("+号牌号码"), entry.plain("household")) == ("皖N12345", homes[3])
