"""Papers of the community: the whole meeting in its minutes, nobody in its notice, versions of a covenant, cards."""

import pytest

from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import affair_papers, covenants, meeting_deeds, meeting_papers, records
from tests.services.test_meetings import asked_at_the_door, decide, make, meeting  # noqa: F401 - a fixture


@pytest.fixture
def held(worker, meeting):  # noqa: F811
    topic = asked_at_the_door(worker)
    meeting_deeds.take_up(worker, meeting, topic)
    meeting_deeds.sign_in(worker, meeting, "徐秀芝")
    meeting_deeds.count_present(worker, meeting, 2)
    meeting_deeds.say(worker, topic, "赵明理：六楼不受影响")
    decide(worker, topic)
    meeting_deeds.resolve(worker, topic, "徐秀芝（3-2-502，19900001234）牵头疏通，金江西苑3栋2单元502先做。")
    meeting_deeds.give(worker, topic, "答复赵明理", "秦淑芬", "2026-11-30")
    return meeting


def test_the_minutes_say_who_what_and_by_when(worker, held):
    text = meeting_papers.minutes(worker, held).text()
    for said in (
        "实到 2 人",
        "徐秀芝",
        "赵明理：六楼不受影响",
        "赞成 2，反对 0，弃权 0；结果：通过",
        "秦淑芬",
        "2026-11-30",
    ):
        assert said in text


def test_the_notice_says_what_was_decided_and_shows_nobody(worker, held):
    paper = meeting_papers.notice(worker, held)
    text = paper.text()
    assert "牵头疏通" in text
    assert "11月30日前" in text
    for secret in ("徐秀芝", "赵明理", "秦淑芬", "19900001234", "502"):
        assert secret not in text + paper.name


def test_who_signed_in_stands_on_the_sheet_with_lines_to_write_on(worker, held):
    rows = meeting_papers.sign_in_sheet(worker, "meeting", held).rows
    assert [one.text for one in rows[0].cells][:3] == ["1", "徐秀芝", "3-2-502"]
    assert rows[5].cells[1].text == ""


def test_a_new_version_of_a_covenant_supersedes_the_old_one(worker, held):
    first = make(worker, "covenant", name="居民公约", version="第一版", clauses="一、楼道不堆物。\n二、不飞线。")
    second = make(worker, "covenant", **covenants.revised(worker, first), meeting=to_text(held))
    known = covenants.read(worker, second)
    assert (known.replaces, known.meeting, len(known.clauses)) == ("第一版", "第9次议事会", 2)
    assert records.get(worker, ledger("covenant"), to_text(second)).plain("version") == "第二版"
    assert "本版已由“第二版”替代" in affair_papers.covenant(worker, first).text()
    assert "替代" not in affair_papers.covenant(worker, second).text()
    with pytest.raises(UserError):
        covenants.revised(worker, first)


def test_a_card_for_each_home_names_whom_to_ask(worker, meeting):  # noqa: F811
    make(worker, "household", estate="金江西苑", building="4", unit="1", room="101", head="赵明")
    captain = make(worker, "captain", estate="金江西苑", building="3", name="秦淑芬", phone="19900001200")
    papers = dict(affair_papers.choices(worker, "captain", captain))
    text = papers["干群连心卡"]().text()
    for said in ("徐秀芝", "金江西苑3栋2单元502", "秦淑芬", "19900001200", "陈晓芸"):
        assert said in text
    assert "赵明" not in text
    roster = papers["楼长名册"]()
    assert [one.text for one in roster.rows[0].cells][:5] == ["1", "金江西苑", "3", "1", "秦淑芬"]
