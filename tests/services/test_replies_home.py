"""Replies that come home: short workbooks, weeks late, over work done meanwhile; and many needs with one word."""

import json
from datetime import date

import openpyxl
import pytest

from gridworker.cli.main import run
from gridworker.domain.ids import to_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import dump, export, intake, needs_list, records, replying, review
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.replying import Reply
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from tests.conftest import PASSWORD
from tests.services.township_books import LAST_WEEK, book, filled, nothing

WORD = Reply("accepted", "", "镇住建办", date(2026, 12, 4), "周五前到场，请通知住户留人。")
REPORT_PASSWORD = "演示上报密码2026"


@pytest.fixture
def sides(open_copy, tmp_path):
    """A worker and the township that has last week's workbook, both under the 上报密码."""
    worker, township = filled(open_copy), open_copy("township")
    for one in (worker, township):
        one.store.set("report_password", REPORT_PASSWORD)
    intake.take(township, [book(worker, tmp_path, LAST_WEEK)])
    return worker, township


def waiting(township):
    return [one.id for one in review.queue(township) if review.TO_REVIEW in one.queues]


def facts(workspace):
    return {(one["ledger"], one["id"]): one for one in map(json.loads, dump.dump(workspace))}


def test_a_reply_is_a_short_workbook_with_the_answered_needs_only(sides, tmp_path):
    _worker, township = sides
    first, second, *_more = waiting(township)
    for need in (first, second):
        replying.save(township, need, WORD)
    (sent,) = replying.send(township, tmp_path, nothing, Wish(full=False))
    opened = openpyxl.load_workbook(sent.file)
    assert opened.sheetnames == ["封面", "诉求台账", "_gw"]
    assert sent.counts == {"need": 2}
    assert replying.outgoing(township) == {}


def test_what_is_kept_secret_stays_in_the_post_until_it_can_leave_encrypted(sides, tmp_path):
    _worker, township = sides
    need = waiting(township)[0]
    records.change(township, ledger("need"), need, {"confidential": True})
    replying.save(township, need, WORD)
    with pytest.raises(UserError, match="没有要发回的答复"):
        replying.send(township, tmp_path, nothing, Wish(full=False))
    assert replying.outgoing(township) == {"JX03": 1}
    replying.send(township, tmp_path, nothing)
    assert replying.outgoing(township) == {}


def test_three_weeks_late_it_brings_the_word_and_touches_nothing_else(sides, tmp_path):
    worker, township = sides
    closed, other, *_more = waiting(township)
    replying.save(township, closed, WORD)
    replying.save(township, other, Reply("returned", "地点写不清"))
    (sent,) = replying.send(township, tmp_path, nothing)
    done = {"status": "closed", "result": "解决", "result_note": "已修好", "closed_on": "2026-11-25"}
    records.change(worker, ledger("need"), closed, done)
    for week in ("2026-W48", "2026-W49"):
        book(Workspace(worker.store, date(2026, 12, 4)), tmp_path, week)
    before = facts(worker)
    late = Workspace(worker.store, date(2026, 12, 16))
    report = intake.take(late, [sent.file]).files[0]
    assert (report.conflicts, report.problems) == (0, [])
    row = worker.row("need", closed)
    assert (row.plain("reply"), row.plain("result_note")) == (WORD.reply, "已修好")
    assert row.plain("closed_on") == "2026-11-25"
    after = facts(worker)
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {
        ("need", to_text(closed)), ("need", to_text(other)),
    }  # fmt: skip


def test_many_needs_are_returned_with_one_comment_that_comes_home(sides, tmp_path):
    worker, township = sides
    some = waiting(township)[:3]
    replying.save(township, some[0], Reply(reply="先前答复"))
    with pytest.raises(UserError, match="退回要写明原因"):
        replying.save_many(township, some, Reply("returned"))
    assert replying.save_many(township, some, Reply("returned", "缺照片，补后再报")) == 3
    assert township.row("need", some[0]).plain("reply") == "先前答复"
    assert replying.outgoing(township) == {"JX03": 3}
    (sent,) = replying.send(township, tmp_path, nothing)
    intake.take(worker, [sent.file])
    for need in some:
        assert worker.row("need", need).plain("review_note") == "缺照片，补后再报"
    assert set(some) <= set(needs_list.ids(worker, needs_list.Wish(needs_list.REPLIED)))


def test_words_given_on_the_command_line_wait_too_and_leave_by_it(sides, tmp_path, monkeypatch, capsys):
    _worker, township = sides
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    asked = ["--data", str(township.store.folder), "--today", "2026-11-25", "--json"]
    need = to_text(waiting(township)[0])
    assert run([*asked, "set", "need", need, "reply=同意"]) == 0
    capsys.readouterr()
    out = tmp_path / "回复.xlsx"
    assert run([*asked, "export", "--replies", "--grid", "JX03", "-o", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {"need": 1}
    assert run([*asked, "export", "--replies", "--grid", "JX03", "-o", str(out)]) == 2
    capsys.readouterr()
    assert run([*asked, "export", "--replies", "-o", str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"files": []}


def test_a_whole_workbook_for_the_grid_takes_the_replies_along(sides, tmp_path):
    _worker, township = sides
    replying.save(township, waiting(township)[0], WORD)
    export.export(township, Period.current(township.today), tmp_path / "整本.xlsx", Wish(grid="JX03"))
    assert replying.outgoing(township) == {}
    assert queries.count(township.connection, "need") > 0
