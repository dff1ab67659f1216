"""A meeting as it is held: from a need heard at a door to topic, votes, task, done, and back to who asked."""

from datetime import date

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import (
    due,
    household_page,
    meeting_deeds,
    meetings,
    need_page,
    proposals,
    records,
    undoing,
    visiting,
)
from gridworker.services.visiting import NeedGiven
from gridworker.store import queries

HOME = {"estate": "金江西苑", "building": "3", "unit": "2", "room": "502", "head": "徐秀芝"}


def make(workspace, ledger_name, /, **fields):
    return records.add(workspace, ledger(ledger_name), [fields]).ids[0]


@pytest.fixture
def meeting(worker):
    worker.home = make(worker, "household", **HOME)
    make(worker, "resident", household=to_text(worker.home), name="徐秀芝", birth="1903-02-01")
    return make(worker, "meeting", name="第9次议事会", held_at="2026-11-25T19:00", invited=4)


def asked_at_the_door(worker):
    given = NeedGiven({"kind": "N12", "content": "主管道堵了，想用维修金疏通"})
    need = visiting.register(worker, given, worker.home).written.ids[0]
    return make(worker, "topic", **proposals.raised_from(worker, need))


def decide(worker, topic, decision="通过"):
    votes = {"in_favour": 2, "against": 0, "abstained": 0}
    return meeting_deeds.vote(worker, topic, "举手", votes, decision)


def test_a_need_becomes_a_topic_that_waits_with_who_raised_it(worker, meeting):
    topic = asked_at_the_door(worker)
    (one,) = proposals.waiting(worker)
    assert (one.id, one.raised_by, one.source[-4:]) == (topic, "徐秀芝", "0001")
    meeting_deeds.take_up(worker, meeting, topic)
    assert proposals.waiting(worker) == []
    assert [item.title for item in meetings.read(worker, meeting).agenda] == ["主管道堵了，想用维修金疏通"]


def test_who_is_there_is_counted_with_the_age_that_is_known(worker, meeting):
    make(worker, "captain", estate="金江西苑", building="3", name="秦淑芬")
    assert meetings.expected(worker, meeting, "") == [meetings.Person("秦淑芬", "3栋楼长")]
    meeting_deeds.sign_in(worker, meeting, "徐秀芝")
    meeting_deeds.sign_in(worker, meeting, "秦淑芬")
    with pytest.raises(UserError):
        meeting_deeds.sign_in(worker, meeting, "秦淑芬")
    shown = meetings.read(worker, meeting)
    assert (shown.present, shown.invited, shown.ages) == (2, 4, (("老年", 1),))
    assert meetings.expected(worker, meeting, "") == []
    meeting_deeds.sign_out(worker, meeting, next(one.id for one in shown.people if one.name == "秦淑芬"))
    assert meetings.read(worker, meeting).present == 1
    meeting_deeds.count_present(worker, meeting, 3)
    meeting_deeds.sign_in(worker, meeting, "赵明")
    assert meetings.read(worker, meeting).present == 3  # one of those counted
    with pytest.raises(UserError):
        meeting_deeds.count_present(worker, meeting, 5)


def test_votes_that_are_not_those_present_decide_nothing(worker, meeting):
    topic = asked_at_the_door(worker)
    meeting_deeds.take_up(worker, meeting, topic)
    meeting_deeds.count_present(worker, meeting, 3)
    with pytest.raises(UserError, match="差1"):
        decide(worker, topic)
    assert meetings.read(worker, meeting).agenda[0].decision == ""
    meeting_deeds.count_present(worker, meeting, 2)
    decide(worker, topic)
    assert meetings.read(worker, meeting).agenda[0].votes == (2, 0, 0)
    meeting_deeds.count_present(worker, meeting, 3)
    assert "差1" in meetings.read(worker, meeting).agenda[0].unbalanced


def test_a_task_is_a_need_that_today_reminds_of_and_whose_end_goes_back_to_who_asked(worker, meeting):
    topic = asked_at_the_door(worker)
    meeting_deeds.take_up(worker, meeting, topic)
    meeting_deeds.count_present(worker, meeting, 2)
    decide(worker, topic)
    done = meeting_deeds.give(worker, topic, "张贴公示，收意见", "秦淑芬", "2026-11-30")
    (task,) = proposals.way(worker, topic).tasks
    assert (task.responsible, task.due_on, task.is_open) == ("秦淑芬", "2026-11-30", True)
    assert [one.title for one in due.due_steps(worker, worker.today)] == ["秦淑芬：张贴公示，收意见"]
    assert proposals.way(worker, topic).place == 3
    need_page.change(worker, task.need, {"status": "已办结", "result": "已解决"})
    assert proposals.way(worker, topic).place == 4
    assert due.due_steps(worker, worker.today) == []
    proposals.answer(worker, topic, "主管道已疏通，公示七天无异议")
    way = proposals.way(worker, topic)
    assert (way.words[way.place], way.late) == ("答复", False)
    assert worker.row("topic", topic).plain("state") == "已完成"
    undoing.undo(worker, done)
    assert proposals.way(worker, topic).tasks == ()


def test_the_next_meeting_sees_what_the_last_left_and_what_it_put_off(worker, meeting):
    topic = asked_at_the_door(worker)
    meeting_deeds.take_up(worker, meeting, topic)
    meeting_deeds.say(worker, topic, "徐秀芝：一楼三家返味")
    meeting_deeds.count_present(worker, meeting, 2)
    decide(worker, topic, "暂缓")
    meeting_deeds.give(worker, topic, "再比三家价", "秦淑芬", "2026-11-30")
    following = make(worker, "meeting", name="第10次议事会", held_at="2026-12-09T19:00")
    assert [one.content for one in meetings.read(worker, following).left] == ["再比三家价"]
    assert [one.id for one in proposals.waiting(worker)] == [topic]
    meeting_deeds.take_up(worker, following, topic)
    assert proposals.waiting(worker) == []
    (again,) = meetings.read(worker, following).agenda
    assert (again.raised_by, again.source, again.minutes) == ("徐秀芝", "上次会议留下", ())
    (before,) = meetings.read(worker, meeting).agenda
    assert before.minutes[0].endswith("徐秀芝：一楼三家返味")


def test_the_share_answered_in_time_counts_what_is_answered_or_due(open_copy):
    worker = open_copy(today=date(2026, 11, 25))
    topics = [make(worker, "topic", title=f"议题{day}", raised_on=f"2026-10-{day}") for day in (10, 20, 30)]
    assert proposals.answered_in_time(worker) == (0, 2)  # the third has until 29 November
    proposals.answer(worker, topics[2], "已列入计划")
    assert proposals.answered_in_time(worker) == (1, 3)
    proposals.answer(worker, topics[0], "已办")
    assert proposals.answered_in_time(worker) == (1, 3)


def test_who_proposed_is_told_at_the_door_and_today_says_who_waits(worker, meeting):
    visiting.save(worker, worker.home, {})
    topic = make(worker, "topic", title="加装扶手", due_on="2026-11-28", **proposals.raised_at(worker, worker.home))
    assert worker.row("topic", topic).plain("visit")
    (shown,) = household_page.read(worker, worker.home).proposals
    assert (shown.step, shown.answered_on) == ("提出", "")
    assert [one.id for one in due.plan(worker).proposals] == [topic]
    proposals.answer(worker, topic, "下周装")
    (shown,) = household_page.read(worker, worker.home).proposals
    assert (shown.step, shown.answer) == ("答复", "下周装")
    assert due.plan(worker).proposals == ()


def test_what_each_did_at_a_meeting_is_told_from_what_happened_there(worker, meeting):
    topic = asked_at_the_door(worker)
    meeting_deeds.take_up(worker, meeting, topic)

    def roles():
        return {one.plain("name"): one.plain("role") for one in queries.every(worker.connection, "participant")}

    for name in ("徐秀芝", "赵明"):
        meeting_deeds.sign_in(worker, meeting, name)
    assert roles() == {"徐秀芝": "参加,发起", "赵明": "参加"}
    meeting_deeds.say(worker, topic, "赵明：同意，先疏通一次")
    done = decide(worker, topic)
    assert roles() == {"徐秀芝": "参加,表决,发起", "赵明": "参加,发言,表决"}
    undoing.undo(worker, done)
    assert roles() == {"徐秀芝": "参加,发起", "赵明": "参加,发言"}
    assert meetings.read(worker, meeting).agenda[0].votes == (None, None, None)


def test_at_an_activity_names_are_signed_in_with_what_they_did(worker, meeting):
    party = make(worker, "activity", name="楼道大扫除", held_at="2026-11-20T08:30")
    make(worker, "captain", estate="金江西苑", building="3", name="秦淑芬")
    assert meetings.expected(worker, party, "", "activity") == [meetings.Person("秦淑芬", "3栋楼长")]
    meeting_deeds.sign_in(worker, party, "徐秀芝", "activity", "志愿服务")
    done = meeting_deeds.sign_in(worker, party, "秦淑芬", "activity")
    with pytest.raises(UserError):
        meeting_deeds.sign_in(worker, party, "秦淑芬", "activity")
    here = meetings.signed_in(worker, meetings.gathering(worker, "activity", party))
    told = {one.name: one.about for one in meetings.persons(here)}
    assert told == {"徐秀芝": "志愿服务", "秦淑芬": ""}
    assert {one.plain("name"): one.plain("age_group") for one in here} == {"徐秀芝": "老年", "秦淑芬": None}
    meeting_deeds.sign_out(worker, party, done.written.ids[0], "activity")
    assert len(meetings.signed_in(worker, meetings.gathering(worker, "activity", party))) == 1
    assert meetings.read(worker, meeting).people == (), "nobody came to the meeting for that"
