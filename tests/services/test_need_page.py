"""What a need's page says, and what a person may do there."""

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import need_page, needs_list, records, review, undoing, visiting
from gridworker.services.visiting import NeedGiven
from gridworker.store.door import Change


@pytest.fixture
def need(worker):
    given = {
        "kind": "N03", "content": "不会报销", "matter": "住院报销", "hospital": "县人民医院", "amount": "8640",
        "materials": ["身份证", "社保卡"], "source": "来电",
    }  # fmt: skip
    return visiting.register(worker, NeedGiven(given)).written.ids[0]


def test_the_page_says_facts_and_papers(worker, need):
    page = need_page.read(worker, need)
    assert ("就诊医院", "县人民医院") in page.facts
    assert ("金额（元）", "8640.00") in page.facts
    assert page.materials.there == ("身份证", "社保卡")
    assert "发票原件" in page.materials.missing
    assert (page.path[page.place], page.reply) == ("已登记", None)


@pytest.mark.parametrize(
    ("patch", "word"),
    [
        ({"status": "办理中"}, "办理中"),
        ({"status": "已上报"}, "已上报"),
        ({"status": "已上报", "reply": "可以"}, "已答复"),
        ({"status": "已上报", "reply": "不行", "review": "returned"}, "已上报"),
        ({"status": "已办结", "result": "已解决", "closed_on": "2026-11-25"}, "待回访"),
        ({"status": "已办结", "result": "已解决", "closed_on": "2026-11-25", "called_back_on": "2026-11-25"}, "已回访"),
        ({"status": "已销号", "result": "已解决", "closed_on": "2026-11-25"}, "已销号"),
        ({"status": "列入计划"}, "办理中"),
    ],
)
def test_the_way_shows_the_place_reached(worker, need, patch, word):
    worker.write("set", Change(ledger("need"), patch, need))
    page = need_page.read(worker, need)
    assert page.path[page.place] == word


def test_what_was_voided_has_no_way(worker, need):
    need_page.change(worker, need, {"status": "已作废", "moved_reason": "重复"})
    assert need_page.read(worker, need).path == ()


def test_a_step_moves_a_registered_need_on_and_promises_the_next(worker, need):
    done = need_page.take_step(
        worker, need, {"mode": "电话", "content": "问过", "next_on": "2026-11-27", "next": "去交"}
    )
    page = need_page.read(worker, need)
    assert page.status == "办理中"
    assert [(event.sort, event.body) for event in page.events if event.body in {"去交", "问过"}] == [
        ("planned", "去交"),
        ("step", "问过"),
    ]
    undoing.undo(worker, done)
    assert need_page.read(worker, need).status == "已登记"
    assert [event.sort for event in need_page.read(worker, need).events if event.sort in {"planned", "step"}] == []


def test_a_promised_step_is_fulfilled_not_doubled(worker, need):
    need_page.take_step(worker, need, {"content": "问过", "next_on": "2026-11-27", "next": "去交"})
    planned = next(event for event in need_page.read(worker, need).events if event.sort == "planned")
    need_page.take_step(worker, need, {"content": "交了"}, planned.step)
    sorts = [event.sort for event in need_page.read(worker, need).events]
    assert (sorts.count("planned"), sorts.count("step")) == (0, 2)


@pytest.mark.parametrize("given", [{}, {"content": "好", "next": "再去"}])
def test_a_step_that_says_too_little_is_refused(worker, need, given):
    with pytest.raises(UserError):
        need_page.take_step(worker, need, given)


def test_moves_obey_the_rules(worker, need):
    with pytest.raises(UserError, match="办理结果"):
        need_page.change(worker, need, {"status": "已办结"})
    with pytest.raises(UserError, match="延期"):
        need_page.change(worker, need, {"due_on": "2027-01-31"})
    with pytest.raises(UserError):
        need_page.change(worker, need, {"status": "已销号"})
    assert need_page.read(worker, need).status == "已登记"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"due_on": "2026-11-04", "moved_reason": "等配件"}, "due_on"),
        ({"due_on": "2026-11-24", "moved_reason": "等配件"}, "due_on"),
        ({"moved_reason": "等配件"}, "due_on"),
        ({"due_on": "2026-12-31"}, "moved_reason"),
    ],
)
def test_putting_off_asks_for_a_later_day_still_to_come_and_a_new_reason(worker, need, given, field):
    worker.write("set", Change(ledger("need"), {"due_on": "2026-11-04", "moved_reason": "上次的理由"}, need))
    with pytest.raises(UserError) as refused:
        need_page.put_off(worker, need, given)
    assert refused.value.field == field
    assert worker.row("need", need).plain("due_on") == "2026-11-04"
    need_page.put_off(worker, need, {"due_on": "2026-11-25", "moved_reason": "等配件"})
    assert worker.row("need", need).plain("due_on") == "2026-11-25"


def test_calling_back(worker, need):
    need_page.change(worker, need, {"status": "已办结", "result": "已解决"})
    assert needs_list.counts(worker)[needs_list.CALL_BACK] == 1
    need_page.call_back(worker, need, "基本满意", "还要再看")
    assert needs_list.counts(worker)[needs_list.CALL_BACK] == 0
    assert worker.row("need", need).plain("called_back_on") == "2026-11-25"


def test_the_log_tells_the_township_in_one_line_and_moves_with_their_old_state(worker, need):
    need_page.change(worker, need, {"status": "已上报"})
    worker.write("reply", Change(ledger("need"), {"reply": "可以", "review": "accepted", "assigned_to": "医保"}, need))
    events = need_page.read(worker, need).events
    reply = next(event for event in events if event.sort == "reply")
    assert (reply.words, reply.body) == (("乡镇答复", "通过", "交办 医保"), "可以")
    moved = next(event for event in events if event.sort == "moved")
    assert (moved.words, moved.body) == (("已上报",), "原为 已登记")


def test_the_list_says_the_state_and_leaves_lateness_to_the_date(worker, need):
    worker.write("set", Change(ledger("need"), {"due_on": "2026-11-01"}, need))
    (line,) = needs_list.lines(worker, needs_list.ids(worker, needs_list.Wish(needs_list.OVERDUE)))
    assert (line.state, line.due_on) == ("已登记", "2026-11-01")


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (needs_list.Wish(kind="N03"), 1),
        (needs_list.Wish(kind="N01"), 0),
        (needs_list.Wish(status="已登记"), 1),
        (needs_list.Wish(typed="报销"), 1),
        (needs_list.Wish(typed="%"), 0),
        (needs_list.Wish(needs_list.REPLIED), 0),
    ],
)
def test_wishes(worker, need, wish, found):
    assert len(needs_list.ids(worker, wish)) == found


def test_an_unknown_need_is_refused(worker):
    with pytest.raises(UserError):
        need_page.read(worker, 12)


def returned(worker, need, **more):
    patch = {"reply": "材料不全", "review": "returned", "review_note": "缺发票", **more}
    worker.write("reply", Change(ledger("need"), patch, need))


def told(worker, need, sort):
    return [(event.words, event.body) for event in need_page.read(worker, need).events if event.sort == sort]


def test_a_return_is_worked_on_reported_again_and_waits_for_another_answer(worker, need):
    need_page.change(worker, need, {"status": "已上报"})
    returned(worker, need)
    assert need_page.read(worker, need).state == "已退回"
    need_page.take_step(worker, need, {"content": "补了发票"})
    assert need_page.read(worker, need).state == "已答复"
    need_page.change(worker, need, {"status": "已上报"})
    page = need_page.read(worker, need)
    assert (page.status, page.state, page.reply) == ("已上报", "已上报", None)
    assert told(worker, need, "moved")[0] == (("已上报", "退回后再报"), "原为 办理中")
    assert told(worker, need, "reply") == [(("乡镇答复", "退回"), "材料不全 缺发票")]
    assert review.waiting_count(worker) == 1
    returned(worker, need, review_note="还缺复印件")
    assert need_page.read(worker, need).state == "已退回"


def test_saying_reported_once_more_answers_a_return_too(worker, need):
    need_page.change(worker, need, {"status": "已上报"})
    returned(worker, need)
    records.change(worker, ledger("need"), need, {"status": "已上报"})
    assert need_page.read(worker, need).state == "已上报"
    assert told(worker, need, "moved")[0] == (("退回后再报",), "")


def test_what_was_closed_and_returned_is_closed_anew(worker, need):
    need_page.change(worker, need, {"status": "已办结", "result": "已解决"})
    returned(worker, need)
    assert need_page.read(worker, need).state == "已退回"
    need_page.change(worker, need, {"status": "办理中"})
    need_page.change(worker, need, {"status": "已办结", "result": "解释说明"})
    page = need_page.read(worker, need)
    assert (page.state, page.reopened, page.reply.text) == ("待回访", 1, "材料不全")


def test_each_dissatisfied_call_back_is_told_and_counted(worker, need):
    for _round in range(2):
        need_page.change(worker, need, {"status": "已办结", "result": "已解决"})
        need_page.call_back(worker, need, "不满意", "钱没到账")
    page = need_page.read(worker, need)
    assert (page.status, page.reopened) == ("办理中", 2)
    assert told(worker, need, "called") == [(("回访", "不满意"), "钱没到账")] * 2
    assert told(worker, need, "changed") == []
    closings = [words for words, _body in told(worker, need, "moved") if words[0] == "已办结"]
    assert closings == [("已办结", "已解决")] * 2
    assert worker.row("need", need).plain("note") == "钱没到账\n钱没到账"


def test_the_log_names_the_need_a_merged_one_went_into_and_the_reason_of_a_voided_one(worker, need):
    other = visiting.register(worker, NeedGiven({"kind": "N03", "content": "也不会报销"})).written.ids[0]
    need_page.change(worker, other, {"status": "已合并", "merged_into": to_text(need)})
    number = worker.row("need", need).plain("number")
    assert told(worker, other, "moved") == [(("已合并",), f"{number} 不会报销")]
    need_page.change(worker, need, {"status": "已作废", "moved_reason": "重复登记"})
    assert told(worker, need, "moved") == [(("已作废",), "重复登记")]


def test_the_log_tells_both_dates_of_an_extension_and_its_reason(worker, need):
    before = worker.row("need", need).plain("due_on")
    need_page.change(worker, need, {"due_on": "2027-01-31", "moved_reason": "等医保局"})
    assert told(worker, need, "moved") == [(("办理时限", f"{before} 改为 2027-01-31"), "等医保局")]
