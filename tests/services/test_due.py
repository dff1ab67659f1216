"""Who is due, why, and in which order."""

from datetime import date, timedelta

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.services import due, records
from gridworker.services.workspace import Workspace
from tests.conftest import TODAY


def home(workspace: Workspace, room: str, level: str = "普通", **more: object) -> int:
    given = {
        "estate": "金江西苑",
        "building": "3",
        "unit": "2",
        "room": room,
        "head": "李桂芳",
        "care_level": level,
    } | more
    return records.add(workspace, ledger("household"), [given]).ids[0]


def visit(workspace: Workspace, household: int, days_ago: int, **more: object) -> None:
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    records.add(workspace, ledger("visit"), [{"household": to_text(household), "visited_at": day} | more])


def due_on(workspace: Workspace, household: int) -> date:
    return due.rhythm(workspace).due_on[household]


def test_levels_have_their_rhythm(worker: Workspace) -> None:
    for level, days in {"红": 7, "黄": 30, "绿": 90, "普通": 180}.items():
        one = home(worker, f"{days}", level)
        visit(worker, one, 3)
        assert due_on(worker, one) == TODAY - timedelta(days=3) + timedelta(days=days)


def test_never_met_is_due_today_and_a_closed_door_does_not_count(worker: Workspace) -> None:
    one = home(worker, "101", "红")
    assert due_on(worker, one) == TODAY
    visit(worker, one, 1, outcome="未见面")
    assert due_on(worker, one) == TODAY


def test_a_call_counts_only_where_the_level_allows(worker: Workspace) -> None:
    red, normal = home(worker, "101", "红"), home(worker, "102")
    for one in (red, normal):
        visit(worker, one, 2, mode="电话")
    assert due_on(worker, red) == TODAY
    assert due_on(worker, normal) > TODAY


def test_people_away_and_an_agreed_day(worker: Workspace) -> None:
    away, agreed = home(worker, "101"), home(worker, "102", "红")
    visit(worker, away, 1, outcome="外出")
    assert due_on(worker, away) > TODAY + timedelta(days=300)
    visit(worker, agreed, 1, next_on=(TODAY + timedelta(days=2)).isoformat())
    assert due_on(worker, agreed) == TODAY + timedelta(days=2)


def test_by_risk_then_overdue_then_along_the_stairs(worker: Workspace) -> None:
    rooms = {"1002": "普通", "202": "普通", "301": "红", "302": "红"}
    homes = {room: home(worker, room, level) for room, level in rooms.items()}
    visit(worker, homes["302"], 20)
    plan = due.plan(worker)
    assert [one.address[-4:].lstrip("元") for one in plan.visits] == ["302", "301", "202", "1002"]
    assert plan.visits[0].reason == "红色关注户，每7天走访一次，已超期13天"


def test_promised_steps_and_call_backs(worker: Workspace) -> None:
    need = records.add(worker, ledger("need"), [{"kind": "N12", "content": "灯不亮"}]).ids[0]
    steps = [{"need": to_text(need), "due_on": (TODAY + timedelta(days=days)).isoformat()} for days in (-2, 3, 30)]
    records.add(worker, ledger("followup"), steps)
    plan = due.plan(worker)
    assert [one.days_overdue for one in plan.followups] == [2, 0]
    assert plan.callbacks == []
    records.change(worker, ledger("need"), need, {"status": "已办结", "result": "已解决"})
    assert [one.need for one in due.plan(worker).callbacks] == [need]
