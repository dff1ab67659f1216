"""What a household's page says: masked numbers, open needs, events newest first, edits old → new."""

import pytest

from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import editing, household_page, households_list, undoing, visiting
from gridworker.services.visiting import NeedGiven
from gridworker.store import access, queries
from gridworker.store.door import Change
from tests import invented


@pytest.fixture
def home(worker):
    patch = {
        "grid": worker.grid, "estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "李测试",
        "phone": "19900000001", "care_level": "red", "tags": "独居老人",
    }  # fmt: skip
    id = worker.write("add", Change(ledger("household"), patch)).ids[0]
    person = {"household": id, "name": "李测试", "relation": "户主", "birth": "1901-05-06", "phone": "19900000002"}
    worker.write("add", Change(ledger("resident"), person))
    return id


def test_the_head_of_the_page(worker, home):
    page = household_page.read(worker, home)
    assert (page.head, page.address, page.short_address) == ("李测试", "金江西苑3栋2单元502", "3-2-502")
    assert (page.level, page.cycle_days, page.tags) == ("red", 7, ("独居老人",))
    assert page.phone == "199****0001"
    assert (page.members[0].phone, page.members[0].age) == ("199****0002", 125)
    assert page.undecided == 0


def test_revealing_is_logged_without_the_number(worker, home):
    assert household_page.reveal(worker, "household", home, "phone") == "19900000001"
    line = list(access.lines(worker.connection))[-1]
    assert line[3] == "reveal"
    assert "1990" not in line[4]


def test_events_come_newest_first_with_need_step_and_edit(worker, home):
    visiting.save(worker, home, {"visited_at": "2026-11-20T09:00", "mode": "home", "outcome": "refused"})
    heard = [NeedGiven({"kind": "N12", "content": "灯不亮"})]
    visiting.save(worker, home, {"visited_at": "2026-11-24T09:00", "mode": "phone", "outcome": "met"}, heard)
    editing.save(worker, "household", home, {"phone": "19900009999", "care_level": "yellow"})
    page = household_page.read(worker, home)
    assert [event.sort for event in page.events] == ["change", "visit", "need", "visit"]
    assert page.events[0].body == "联系电话：199****0001 → 199****9999\n关注等级：红 → 黄"
    assert page.events[3].code == "refused"
    assert page.needs[0].content == "灯不亮"


def test_a_closed_need_is_an_event_and_open_no_more(worker, home):
    done = visiting.save(
        worker,
        home,
        {"visited_at": "2026-11-20", "mode": "home", "outcome": "met"},
        [NeedGiven({"kind": "N12", "content": "灯"})],
    )
    from gridworker.services import need_page

    need_page.change(worker, done.written.ids[1], {"status": "已办结", "result": "已解决", "closed_on": "2026-11-25"})
    page = household_page.read(worker, home)
    assert page.needs == ()
    assert page.events[0].sort == household_page.CLOSED


def test_a_deleted_or_unknown_household_is_refused(worker, home):
    worker.write("delete", Change(ledger("household"), {"_deleted": True}, home))
    for id in (home, 12):
        with pytest.raises(UserError):
            household_page.read(worker, id)


def test_editing_names_what_is_wrong_by_field(worker, home):
    assert "phone" in editing.save(worker, "household", home, {"phone": "1990"})
    assert "name" in editing.save(worker, "resident", 0, {"relation": "子"})
    twin = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502"}
    assert isinstance(editing.save(worker, "household", 0, twin), undoing.Done)
    assert editing.save(worker, "household", 0, {"estate": "金江西苑"}) == {"room": "要填室号或门牌号"}


def test_the_list_filters_and_finds_by_people(worker, home):
    demo_free = households_list.ids(worker)
    assert demo_free == [home]
    assert households_list.ids(worker, typed="lcs") == [home]
    assert households_list.ids(worker, typed="王") == []
    assert households_list.ids(worker, households_list.WATCHED) == [home]
    assert households_list.ids(worker, households_list.EMPTY) == []
    (line,) = households_list.lines(worker, [home])
    assert (line.visit, line.open_needs) == (None, 0)


def test_buildings_are_walked_by_their_numbers(worker, home):
    for building in ("10", "2"):
        patch = {"grid": worker.grid, "estate": "金江西苑", "building": building, "room": "101"}
        worker.write("add", Change(ledger("household"), patch))
    rows = queries.by_ids(worker.connection, "household", households_list.ids(worker))
    assert [rows[id].plain("building") for id in households_list.ids(worker)] == ["2", "3", "10"]


def test_counts_hold_for_invented_people(worker):
    invented.fill(worker, 60, 4, 1)
    counts = households_list.counts(worker)
    assert counts["all"] == 60
    assert counts["watched"] == len(households_list.ids(worker, "watched"))
