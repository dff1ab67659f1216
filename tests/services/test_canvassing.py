"""专项行动 over people and over buildings: what a key says, how a door shows it, what counts."""

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import buildings, campaigns, canvassing, records, undoing
from gridworker.services.campaigns import Roll
from gridworker.store import queries


def add(workspace, name, *given):
    return records.add(workspace, ledger(name), list(given)).ids


@pytest.fixture
def homes(worker):
    """Two doors of a building, one of another."""
    about = {"grid": to_text(worker.grid), "estate": "金江西苑", "unit": "1"}
    doors = (("3", "101"), ("3", "102"), ("5", "101"))
    return add(worker, "household", *({**about, "building": house, "room": room} for house, room in doors))


def roll_over(workspace, target):
    add(workspace, "campaign", {"name": "防溺水", "target": target})
    return Roll(workspace, campaigns.running(workspace)[0])


def told(workspace):
    return queries.every(workspace.connection, "campaign_entry")


def marked(roll, workspace, building, home, state):
    """A key, and the roll as the page renews it."""
    done = canvassing.mark(workspace, roll, building, home, state)
    roll.renew(canvassing.entries_in(done.written))
    return done


def test_over_people_a_door_is_done_when_all_who_stay_are(worker, homes):
    people = [{"household": to_text(homes[0]), "name": name} for name in ("区海", "区洋")]
    add(worker, "resident", *people, {**people[0], "name": "区江", "residence": "迁出"})
    roll, house = roll_over(worker, "居民"), buildings.every(worker)[0]
    assert (roll.states(house)[homes[0]], roll.progress(house).denominator) == ("未做", 2)
    done = marked(roll, worker, house, homes[0], "已做")
    assert {row.plain("resident") for row in told(worker)} == {
        one.id for one in queries.every(worker.connection, "resident") if one.plain("residence") != "迁出"
    }
    assert roll.states(house) == {homes[0]: "已做", homes[1]: "不适用"}, "where nobody lives nothing is asked"
    assert (roll.progress(house).numerator, roll.progress(house).denominator) == (2, 2)
    (first, _second) = told(worker)
    records.change(worker, ledger("campaign_entry"), first.id, {"state": "不适用"})
    assert roll.states(house)[homes[0]] == "已做"
    roll.renew([first.id])
    assert (roll.states(house)[homes[0]], roll.progress(house).denominator) == ("已做", 1)
    undoing.undo(worker, done)
    roll.renew(undoing.ids_made(done))
    assert (roll.states(house)[homes[0]], told(worker)) == ("未做", [])


def test_over_buildings_one_key_says_it_of_all_doors(worker, homes):
    roll = roll_over(worker, "楼栋")
    third, fifth = buildings.every(worker)
    assert marked(roll, worker, third, homes[0], "已做").written.ids
    marked(roll, worker, third, homes[1], "拒绝")
    (entry,) = told(worker)
    assert (entry.plain("estate"), entry.plain("building"), entry.plain("household")) == ("金江西苑", "3", None)
    assert set(roll.states(third).values()) == {"拒绝"}
    assert set(roll.states(fifth).values()) == {"未做"}
    assert [(one.numerator, one.denominator) for one in (roll.progress(third), roll.progress(fifth))] == [
        (0, 1),
        (0, 1),
    ]
    assert canvassing.entry_of(roll, third, homes[1]) == entry.id
    again = Roll(worker, roll.campaign)
    assert again.states(third) == roll.states(third), "what was renewed is what would be read"
