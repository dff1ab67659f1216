"""The access log: its chain, the heads handed in with every workbook, and how a rewritten log is found."""

import json
from datetime import date

import openpyxl
import pytest

from gridworker.cli.main import run
from gridworker.services import access, collect, intake
from gridworker.services.hand_in_states import BROKEN, log_words
from gridworker.services.workspace import Workspace
from gridworker.store import access as table
from tests.conftest import PASSWORD, TODAY
from tests.services.township_books import LAST_WEEK, THIS_WEEK, book

AFTER = date(2026, 11, 29)


def rewrite(workspace, act="search"):
    """Somebody with the key takes a line away and makes the chain anew, as the program would."""
    kept = [line for line in table.lines(workspace.connection) if line[3] != act]
    workspace.connection.execute("delete from access")
    for _no, at, author, what, about, _chain in kept:
        link = access.link_to(at, author, what, about)
        table.append(workspace.connection, at, author, what, about, link)


@pytest.fixture
def sent(worker, tmp_path):
    """Two weekly workbooks of a laptop; the log is written anew before the second where a test wants it."""

    def make(between=lambda _worker: None):
        access.note(worker, "search", "3")
        access.note(worker, "dump")
        first = book(worker, tmp_path, LAST_WEEK)
        between(worker)
        return [first, book(worker, tmp_path, THIS_WEEK)]

    return make


def words(township):
    lines = collect.overview(Workspace(township.store, AFTER)).lines
    return [(cell.state, log_words() in cell.words) for line in lines for cell in line.cells[-2:]]


def test_the_head_stands_on_the_cover_and_among_what_the_workbook_says_of_itself(sent, worker):
    first, second = (openpyxl.load_workbook(file) for file in sent())
    told = [row[2].value for row in first["封面"].iter_rows() if row[1].value == "访问日志"]
    head = table.value_at(worker.connection, 2)
    assert told == [f"2 行　{head}　截至 {TODAY}"]
    said = {row[0].value: row[1].value for row in second["_gw"].iter_rows()}
    assert (said["chain_lines"], said["chain"]) == ("3", table.value_at(worker.connection, 3))
    assert json.loads(said["chains"].replace("!", "_"))[0][1:] == [2, head]
    assert access.contains(worker, told[0])
    assert not access.contains(worker, "2 行 " + "0" * 32)


@pytest.mark.parametrize("order", [1, -1])
def test_the_township_finds_a_log_that_was_written_anew(sent, township, order):
    files = sent(rewrite)[::order]
    told = intake.take(township, files).files
    assert access.verify(township) is None
    assert [[one.code for one in report.remarks] for report in told][::order] == [[], ["log_rewritten"]]
    assert words(township)[0][1] is False
    assert words(township)[1] == (BROKEN, True)


def test_a_log_that_only_grew_is_nothing_to_tell(sent, township):
    told = intake.take(township, sent()).files
    assert [one.remarks for one in told] == [[], []]
    assert [found for _state, found in words(township)] == [False, False]


@pytest.mark.parametrize("sql", ["update access set what = '9' where no = 1", "delete from access where no = 1"])
def test_check_says_in_one_sentence_that_the_chain_is_broken(worker, capsys, sql):
    for act in ("search", "dump"):
        access.note(worker, act)
    cover = access.head(worker).words
    folder = str(worker.store.folder)
    assert _check(capsys, folder, cover) == (0, [])
    worker.connection.execute(sql)
    code, faults = _check(capsys, folder, cover)
    assert code == 1
    assert faults == ["访问日志从第 1 行起对不上：有人改过或删过。请联系上级核对。"]


def test_check_misses_the_line_of_a_cover(worker, capsys):
    access.note(worker, "search", "3")
    cover = access.head(worker).words
    rewrite(worker)
    assert _check(capsys, str(worker.store.folder), cover)[1] == [
        "访问日志里没有封面上的那一行：改过，或恢复过旧备份。请联系上级核对。"
    ]


def _check(capsys, folder, cover):
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
        code = run(["--data", folder, "--json", "check", "--log-head", cover])
    return code, json.loads(capsys.readouterr().out)["faults"]
