"""What the printed forms say: doors in order, nothing of a secret need, no people in file names or the log."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.services import access_lines, need_papers, papers, records, visit_papers, visiting
from gridworker.services.visit_papers import Building
from gridworker.services.visiting import NeedGiven

HOMES = [
    ("3", "2", "1002", "孙茂才", "red"),
    ("3", "2", "502", "李桂芳", "normal"),
    ("3", "1", "402", "何玉梅", "yellow"),
    ("10", "1", "101", "刘洋", "normal"),
]


@pytest.fixture
def estate(worker):
    names = ("building", "unit", "room", "head", "care_level")
    homes = [{"estate": "金江西苑", **dict(zip(names, one, strict=True))} for one in HOMES]
    made = records.add(worker, ledger("household"), homes)
    worker.homes = made.ids
    return worker


def columns(paper, place):
    return [row.cells[place].text for row in paper.rows[:-1]]


def test_buildings_come_along_the_way_with_their_households(estate):
    assert visit_papers.buildings(estate) == [Building("金江西苑", "3", 3), Building("金江西苑", "10", 1)]
    assert visit_papers.building_of(estate, estate.homes[3]) == ("金江西苑", "10")


def test_the_form_has_the_doors_of_its_building_in_order(estate):
    visiting.save(estate, estate.homes[1], {"visited_at": "2026-11-16"})
    paper = visit_papers.blank_form(estate, visit_papers.buildings(estate)[0])
    assert columns(paper, 1) == ["3-1-402", "3-2-502", "3-2-1002"]
    assert columns(paper, 2) == ["何玉梅", "李桂芳", "孙茂才"]
    assert columns(paper, 3) == ["黄", "", "红"]
    assert columns(paper, 4) == ["", "11-16", ""]
    assert set(columns(paper, 5)) == set(columns(paper, 8)) == {""}
    assert paper.landscape


def hear(workspace, **fields):
    given = NeedGiven({"kind": "N03", "matter": "住院报销", "content": "出院后报销不会办", **fields})
    return visiting.register(workspace, given, workspace.homes[1]).written.ids[0]


def test_the_slip_says_what_is_known_and_leaves_room_for_the_rest(estate):
    paper = need_papers.referral_slip(estate, hear(estate))
    said = {
        row.cells[place].text: row.cells[place + 1].text for row in paper.rows for place in range(0, len(row.cells), 2)
    }
    assert said["诉求人"] == "李桂芳"
    assert said["地址"] == "金江西苑3栋2单元502"
    assert said["事项内容"] == "出院后报销不会办"
    assert said["承办单位"] == "医保窗口"
    assert (said["领导意见"], said["签发人"], said["反馈日期"]) == ("", "", "")


def test_a_secret_need_names_nobody_on_its_slip(estate):
    text = need_papers.referral_slip(estate, hear(estate, confidential=True)).text()
    assert "李桂芳" not in text
    assert "502" not in text
    assert "（保密）" in text


def test_the_list_of_materials_ticks_what_is_there(estate):
    need = hear(estate, materials=["身份证", "社保卡"])
    assert need_papers.has_materials(estate, need)
    paper = need_papers.material_list(estate, need)
    there = {row.cells[1].text: row.cells[2].text for row in paper.rows[:-2]}
    assert there["身份证"] == there["社保卡"] == "√"
    assert there["发票原件"] == "□"
    assert not need_papers.has_materials(estate, hear(estate, kind="N12"))


def test_printing_is_logged_and_names_nobody(estate):
    need = hear(estate)
    made = [visit_papers.blank_form(estate, visit_papers.buildings(estate)[0]), need_papers.referral_slip(estate, need),
            need_papers.material_list(estate, need)]  # fmt: skip
    for paper in made:
        papers.note_printed(estate, paper)
        assert not any(head in paper.name + paper.logged for *_place, head, _level in HOMES)
        assert "个人信息" in paper.foot
    lines = [(line.act, line.what) for line in access_lines.newest(estate, 3)]
    number = estate.row("need", need).plain("number")
    assert lines == [("打印", f"诉求 {number}"), ("打印", f"诉求 {number}"), ("打印", "走访登记表，3 户")]
