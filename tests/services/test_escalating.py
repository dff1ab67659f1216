"""上报: a need goes from the grid to the community, the township, the county, and comes home with the answers."""

from datetime import timedelta

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import due, escalating, facts, intake, need_page, records, replying, review, undoing, visiting
from gridworker.services.replying import Reply
from gridworker.services.visiting import NeedGiven
from gridworker.services.workspace import Workspace
from tests.services.township_books import book, nothing


def hear(workspace, content="自来水管年年冻裂"):
    given = {"kind": "N12", "content": content, "source": "来电", "raised_by": "欧阳若兰", "phone": "19900004321"}
    return visiting.register(workspace, NeedGiven(given)).written.ids[0]


def levels(workspace):
    """By need where it stands, as the numbers see it, if that is above the grid."""
    return {one.id: one.level for one in facts.every_need(workspace) if one.level != "网格"}


def test_a_need_goes_up_step_by_step_and_is_waited_for(worker):
    need = hear(worker)
    done = escalating.escalate(worker, need, {"to_level": "社区", "receiver": "金江社区", "due_on": "2026-11-27"})
    page = need_page.read(worker, need)
    assert (page.status, page.standing.level, page.standing.since) == ("办理中", "社区", "2026-11-25")
    assert page.upwards == ("乡镇",)
    assert ("上报社区", "金江社区", "") in [event.words for event in page.events]
    later = Workspace(worker.store, worker.today + timedelta(days=5))
    (late,) = due.plan(later).escalations
    assert (late.receiver, late.late) == ("金江社区", True)
    assert due.plan(later).as_json()["escalations"][0]["days_overdue"] == 3
    with pytest.raises(UserError, match="结果"):
        escalating.answer(later, late.id, {"answer": "在看"})
    escalating.answer(later, late.id, {"outcome": "退回", "answer": "先找物业"})
    page = need_page.read(later, need)
    assert (page.standing.level, page.around.passed, due.plan(later).escalations) == ("网格", (), [])
    assert any(event.body == "先找物业" for event in page.events)
    undoing.undo(worker, done)
    assert (need_page.read(worker, need).standing.level, need_page.read(worker, need).status) == ("网格", "已登记")


def test_what_is_above_stays_out_of_reach(worker):
    need = hear(worker)
    escalating.escalate(worker, need, {})
    page = need_page.read(worker, need)
    assert (page.status, page.standing.level, page.upwards) == ("已上报", "乡镇", ())
    with pytest.raises(UserError, match="没有可报的上级"):
        escalating.escalate(worker, need, {"to_level": "社区"})
    with pytest.raises(UserError, match="网格"):
        escalating.escalate(worker, hear(worker, "路灯"), {"to_level": "县"})


def test_levels_follow_mergers_and_what_the_need_says_itself(worker):
    first, second, told, quiet = (hear(worker, text) for text in ("漏水", "漏水到楼下", "路灯", "安静"))
    escalating.escalate(worker, first, {"to_level": "社区"})
    need_page.change(worker, first, {"status": "已合并", "merged_into": to_text(second)})
    need_page.change(worker, told, {"status": "已上报"})
    found = levels(worker)
    assert (found[second], found[told]) == ("社区", "乡镇")
    assert quiet not in found
    assert [one.to_level for one in escalating.of_need(worker, second)] == ["社区"]


@pytest.mark.parametrize("password", ["", "演示上报密码2026"], ids=["masked", "full"])
def test_steps_travel_up_with_the_week_and_home_with_the_reply(open_copy, tmp_path, password):
    worker, township = open_copy("worker"), open_copy("township")
    for one in (worker, township):
        one.store.set("report_password", password)
    need = hear(worker)
    escalating.escalate(worker, need, {"to_level": "社区", "paper_no": "金社〔2026〕3号"})
    escalating.escalate(worker, need, {})
    intake.take(township, [book(worker, tmp_path)])
    assert levels(township) == {need: "乡镇"}
    assert [one.paper_no for one in escalating.of_need(township, need)] == ["金社〔2026〕3号", ""]
    escalating.escalate(township, need, {"to_level": "县", "receiver": "县水利局", "due_on": "2026-12-02"})
    (sent,) = replying.send(township, tmp_path, nothing)
    assert sent.counts == {"need": 1, "escalation": 3}
    intake.take(worker, [sent.file])
    page = need_page.read(worker, need)
    assert (page.standing.level, [one.to for one in page.around.passed]) == ("县", ["县 县水利局"])
    replying.save(township, need, Reply("returned", "请先补照片"))
    assert escalating.standing_of(township, township.row("need", need)).level == "县"
    county = escalating.of_need(township, need)[-1]
    escalating.answer(township, county.id, {"outcome": "退回"})
    assert escalating.standing_of(township, township.row("need", need)).level == "社区"
    records.change(township, ledger("need"), need, {"review": None, "review_note": None})
    assert replying.outgoing(township) == {worker.store.get("grid"): 1}


def test_what_the_county_has_waits_under_its_own_filter_until_it_answers(open_copy, tmp_path):
    worker, township = open_copy("worker"), open_copy("township")
    need = hear(worker)
    escalating.escalate(worker, need, {})
    intake.take(township, [book(worker, tmp_path)])
    assert review.waiting_count(township) == 1
    escalating.escalate(township, need, {"to_level": "县", "due_on": "2026-11-26"})
    later = Workspace(township.store, township.today + timedelta(days=3))
    (line,) = review.queue(later)
    assert line.queues == {review.WHISTLE, review.OVERDUE, review.OPEN}
    assert review.waiting_count(later) == 0
    found = review.record(later, need)
    assert (found.standing.level, [one.late for one in found.passed], found.upwards) == ("县", [False, True], ())
    escalating.answer(later, found.passed[-1].id, {"outcome": "已解决", "answer": "年内改造"})
    (line,) = review.queue(later)
    assert line.queues == {review.TO_REVIEW, review.WHISTLE, review.OPEN}
