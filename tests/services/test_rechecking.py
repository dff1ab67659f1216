"""核实: the same signals and sample on both sides, one record of what was found, the worker's word beside it."""

import pytest

from gridworker.domain.calendar import parse_week, week_of
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.ledgers.recheck import DRAWN
from gridworker.errors import UserError
from gridworker.reports import signals
from gridworker.services import conflicts, intake, recheck_papers, rechecking, records, replying, undoing
from gridworker.services.period import Period
from gridworker.services.replying import Reply
from gridworker.store import queries
from tests.services.township_books import THIS_WEEK, book, filled, nothing

WEEK = Period.of_week(parse_week(THIS_WEEK))
PASSWORD = "演示上报密码2026"
SAID = {"content": "家中一切正常，宣传了防诈骗知识"}


@pytest.fixture
def sides(open_copy, tmp_path):
    """A worker with three visits in the same words, and the township that has the week's workbook."""
    worker, township = filled(open_copy), open_copy("township")
    homes = [row.id for row in queries.every(worker.connection, "household")][:3]
    for home in homes:
        given = {"household": to_text(home), "visited_at": "2026-11-24", "mode": "home", "outcome": "met"} | SAID
        assert not records.add(worker, ledger("visit"), [given]).problems
    for one in (worker, township):
        one.store.set("report_password", PASSWORD)
    intake.take(township, [book(worker, tmp_path)])
    return worker, township


def same_text(workspace):
    found = [one for one in rechecking.unusual(workspace) if one.reason == signals.SAME_TEXT]
    return [one for one in found if workspace.row("visit", one.record).plain("content") == SAID["content"]]


def test_both_sides_see_the_same_signals_and_write_into_one_record(sides, tmp_path):
    worker, township = sides
    assert [one.id for one in same_text(worker)] == [one.id for one in same_text(township)]
    first = same_text(township)[0]
    assert (len(same_text(township)), first.words, first.grid) == (3, ("走访内容在 3 户一字不差",), "JX03")
    with pytest.raises(UserError, match="核实结果"):
        rechecking.record(township, first, {"note": "去看过"})
    done = rechecking.record(township, first, {"result": "有出入", "note": "当天不在家"})
    rechecking.record(worker, same_text(worker)[0], {"explained": "当天集中宣传，统一写的"})
    intake.take(township, [book(worker, tmp_path, name="再交.xlsx")])
    told = same_text(township)[0]
    assert (told.result, told.note, told.explained) == ("有出入", "当天不在家", "当天集中宣传，统一写的")
    assert conflicts.conflicts(township) == []
    need = queries.every(township.connection, "need")[0]
    replying.save(township, need.id, Reply("accepted", reply="好"))
    (sent,) = replying.send(township, tmp_path, nothing)
    intake.take(worker, [sent.file])
    assert same_text(worker)[0].result == "有出入"
    undoing.undo(township, done)
    assert same_text(township)[0].result == ""


def test_a_sample_is_the_same_on_both_sides_and_its_results_are_counted(sides):
    worker, township = sides
    drawn = rechecking.draw(township, "2026-W48", WEEK, 4, "JX03")
    assert [one.id for one in drawn] == [one.id for one in rechecking.draw(worker, "2026-W48", WEEK, 4)]
    assert rechecking.draw(township, "2026-W48", WEEK, 4, "没有") == []
    rechecking.record(township, drawn[0], {"result": "属实"})
    rechecking.record(township, drawn[1], {"result": "未联系上"})
    today = week_of(township.today)
    found = rechecking.counts(township, today.first_day, today.last_day)
    assert found == {"属实": 1, "有出入": 0, "不实": 0, "未联系上": 1}
    again = rechecking.draw(township, "2026-W48", WEEK, 4)
    assert [one.result for one in again] == ["属实", "未联系上", "", ""]
    assert {one.reason for one in again} == {DRAWN}
    with pytest.raises(UserError, match="种子"):
        rechecking.draw(township, " ", WEEK, 4)


def test_the_paper_tells_the_seed_and_no_whole_name(sides):
    _worker, township = sides
    drawn = rechecking.draw(township, "2026-W48", WEEK, 3)
    text = recheck_papers.sample_list(township, "2026-W48", "第48周", drawn).text()
    heads = [row.plain("head") for row in queries.every(township.connection, "household") if row.plain("head")]
    assert "抽样种子：2026-W48" in text
    assert not any(str(head) in text for head in heads)
