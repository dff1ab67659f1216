"""Participation as numbers with their records, and a budget that says when it is empty."""

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import affairs, budgets, editing, participation, records
from gridworker.services.workspace import Workspace
from gridworker.store import queries


def add(workspace: Workspace, name: str, *given: dict[str, object]) -> list[int]:
    found = records.add(workspace, ledger(name), list(given))
    assert not found.problems
    return found.ids


@pytest.fixture
def block(worker: Workspace) -> Workspace:
    """An old and a young person in one building; the old one came, voted and proposed, the young one volunteered."""
    where = {"grid": to_text(worker.grid or 0), "estate": "金江西苑", "building": "3"}
    home, other = add(
        worker,
        "household",
        {**where, "room": "101"},
        {**where, "room": "102"},
    )
    old, young = add(
        worker,
        "resident",
        {"household": to_text(home), "name": "钱招娣", "birth": "1950-01-01"},
        {"household": to_text(other), "name": "吴为", "birth": "2000-01-01"},
    )
    add(worker, "visit", {"household": to_text(home), "visited_at": "2026-11-20", "mode": "home", "outcome": "met"})
    (meeting,) = add(worker, "meeting", {"name": "议事会", "held_at": "2026-11-02 19:00"})
    (party,) = add(worker, "activity", {"name": "读书会", "held_at": "2026-10-02 19:00", "youths": "1", "elders": "3"})
    add(
        worker, "topic", {"title": "路灯", "raised_by": "钱招娣", "household": to_text(home), "raised_on": "2026-11-01"}
    )
    add(
        worker,
        "participant",
        {"meeting": to_text(meeting), "household": to_text(home), "name": "钱招娣", "role": "表决"},
        {"activity": to_text(party), "resident": to_text(young), "name": "吴为", "role": "志愿服务"},
        {"activity": to_text(party), "name": "过路人"},
    )
    assert old
    return worker


def test_who_takes_part_is_a_number_with_its_records(block: Workspace) -> None:
    found = participation.read(block)
    told = {
        one.label: {name: (one.figure(name).numerator, one.figure(name).denominator) for name in participation.MEASURES}
        for one in found.groups
    }
    assert told["老年"] == dict.fromkeys(("visited", "attended", "proposed", "voted"), (1, 1)) | {"volunteered": (0, 1)}
    assert told["青年"] == {
        "visited": (0, 1), "attended": (1, 1), "proposed": (0, 1), "voted": (0, 1), "volunteered": (1, 1),
    }  # fmt: skip
    assert found.groups[0].figure("attended").value is None, "no children live there: there is no share of them"
    assert found.unknown == 1
    assert (found.months[0], found.months[-1]) == ("2025-12", "2026-11")
    assert [(one.numerator, one.denominator) for one in found.younger[-2:]] == [(1, 4), (0, 0)]
    (house,) = participation.read(block, participation.BUILDING).groups
    assert (house.label, house.figure("attended").as_json()["value"]) == ("金江西苑3栋", 1.0)
    assert [name for name, _id in house.records["proposed"]] == ["topic"]


def test_a_budget_is_not_overspent_unasked_and_says_so_where_a_sheet_did(worker: Workspace) -> None:
    (fund,) = add(worker, "fund", {"name": "微实事", "budget": "1000"})
    spending = {"fund": to_text(fund), "title": "路灯", "amount": "900.50"}
    assert not isinstance(editing.save(worker, "spending", 0, spending), dict)
    wrong = editing.save(worker, "spending", 0, {**spending, "amount": "100"})
    assert isinstance(wrong, dict)
    assert "99.50" in wrong["amount"]
    (kept,) = queries.every(worker.connection, "spending")
    assert not isinstance(editing.save(worker, "spending", kept.id, {"amount": "1000"}), dict), "its own is not counted"
    assert budgets.of_fund(worker, fund).left == 0
    add(worker, "spending", {**spending, "amount": "10"})
    facts = {one.label: one.text for one in affairs.read(worker, ledger("fund"), fund).facts}
    assert (facts["已支出（元）"], facts["超支（元）"]) == ("1010.00", "10.00")
