"""The command line of design §6: shapes, exit codes, and that `--json` prints one object and nothing else."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gridworker.cli.main import run
from gridworker.services.workspace import Workspace
from tests.conftest import PASSWORD

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(worker: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command on a fresh worker's store; the exit code and the JSON object."""
    folder = worker.store.folder
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)

    def called(*arguments: str) -> tuple[int, Any]:
        code = run(["--data", str(folder), "--today", "2026-11-25", *arguments, "--json"])
        lines = capsys.readouterr().out.splitlines()
        return code, json.loads(lines[0]) if len(lines) == 1 else [json.loads(line) for line in lines]

    return called


def _file(tmp_path: Path, given: object) -> str:
    path = tmp_path / "given.json"
    path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return str(path)


HOME = {"estate": "金江西苑", "building": "3栋", "unit": "2单元", "room": "502室", "head": "李桂芳", "care_level": "红"}


def test_a_household_a_visit_and_a_need(call: Call, tmp_path: Path) -> None:
    code, told = call("add", "household", "--json-file", _file(tmp_path, HOME))
    assert (code, told["problems"]) == (0, [])
    home = told["ids"][0]
    visit = {"household": {"address": "金江西苑3栋2单元502"}, "content": "一切都好"}
    code, told = call("add", "visit", "--json-file", _file(tmp_path, [visit]))
    assert code == 0
    shown = call("show", "visit", told["ids"][0])[1]
    assert shown["fields"]["household"] == home
    assert shown["fields"]["outcome"] == "met"
    assert shown["fields"]["visited_at"].startswith("2026-11-25")
    need = {
        "household": home,
        "kind": "看病报销",
        "content": "出院后报销不会办",
        "amount": 531260,
        "matter": "住院报销",
    }
    code, told = call("add", "need", "--json-file", _file(tmp_path, need))
    shown = call("show", "need", told["ids"][0])[1]
    assert shown["fields"]["kind"] == "N03"
    assert shown["fields"]["amount"] == 531260
    assert shown["fields"]["number"].startswith("JX03-2026-")
    assert shown["fields"]["status"] == "已登记"
    assert shown["fields"]["due_on"] > "2026-12-01"
    assert shown["computed"]["overdue"] is False


def test_set_clears_and_tells_what_changed(call: Call, tmp_path: Path) -> None:
    home = call("add", "household", "--json-file", _file(tmp_path, HOME | {"phone": "19900001234"}))[1]["ids"][0]
    assert call("set", "household", home, "phone=", "tags=独居老人,低保")[1]["changed"] == ["phone", "tags"]
    shown = call("show", "household", home, "--history")[1]
    assert shown["fields"]["phone"] is None
    assert shown["fields"]["tags"] == ["独居老人", "低保"]
    assert shown["fields"]["building"] == "3"
    assert [one["source"]["kind"] for one in shown["history"]] == ["add", "set"]
    assert {"version", "at", "author", "source", "patch"} <= shown["history"][0].keys()
    assert call("set", "household", home, "tags=独居老人,低保")[1]["changed"] == []


def test_what_cannot_be_read_is_a_problem_with_its_text(call: Call, tmp_path: Path) -> None:
    code, told = call("add", "household", "--json-file", _file(tmp_path, HOME | {"phone": "1381234"}))
    assert code in {0, 1}
    code, told = call(
        "add", "household", "--json-file", _file(tmp_path, HOME | {"room": "503", "phone": "138123456789"})
    )
    assert code == 1
    assert told["problems"][0]["field"] == "phone"
    assert told["problems"][0]["value"] == "138123456789"
    assert call("show", "household", told["ids"][0])[1]["fields"]["phone"] == "138123456789"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "household", "AAAAAAAAAAA"], "unknown_record"),
        (["show", "nonsense", "AAAAAAAAAAA"], "unknown_ledger"),
        (["add", "visit", "--json-file", "/nonexistent.json"], "bad_json"),
        (["undo", "AAAAAAAAAAA"], "unknown_batch"),
        (["import", "/nonexistent.xlsx"], "no_file"),
        (["stats", "--week", "2026-W54"], "bad_week"),
        (["resolve", "need/x/y", "--take", "AAAAAAAAAAA"], "unknown_conflict"),
        (["frobnicate"], "usage"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(call: Call, arguments: list[str], code: str) -> None:
    exit_code, told = call(*arguments)
    assert exit_code == 2
    assert told["error"]["code"] == code
    assert told["error"]["message"]
    assert set(told["error"]) == {"code", "message", "hint"}


def test_a_record_without_what_it_must_have_saves_nothing(call: Call, tmp_path: Path) -> None:
    code, told = call(
        "add", "need", "--json-file", _file(tmp_path, [{"kind": "N12", "content": "灯不亮"}, {"kind": "N12"}])
    )
    assert (code, told["error"]["code"]) == (2, "required")
    assert not [line for line in call("dump")[1] if line["ledger"] == "need"]


def test_demo_due_search_stats_dump_check(call: Call) -> None:
    code, told = call("demo", "--households", "40", "--weeks", "4", "--seed", "3")
    assert (code, told["counts"]["household"]) == (0, 40)
    plan = call("due")[1]
    assert plan["on"] == "2026-11-25"
    assert {"household", "address", "due_on", "days_overdue", "reason"} == plan["visits"][0].keys()
    assert {"id", "need", "due_on", "days_overdue"} == plan["followups"][0].keys()
    hits = call("search", "3-2", "--limit", "3")[1]["hits"]
    assert len(hits) <= 3
    assert {"ledger", "id", "title", "subtitle"} == hits[0].keys()
    row = call("stats", "--week", "2026-W47")[1]["rows"][0]
    assert row["key"] == "JX03"
    balance = {name: row["measures"][name]["numerator"] for name in ("opening", "new", "closed", "open")}
    assert balance["opening"] + balance["new"] - balance["closed"] == balance["open"]
    lines = call("dump")[1]
    assert {line["ledger"] for line in lines} >= {
        "household",
        "resident",
        "visit",
        "need",
        "followup",
        "grid",
        "worker",
    }
    code, health = call("check")
    assert (code, health["ok"], health["faults"]) == (0, True, [])
    assert health["log"].keys() == {"lines", "head", "day"}
    assert call("demo")[1]["error"]["code"] == "not_fresh"


def test_same_seed_and_day_give_the_same_facts(open_copy: Callable[..., Workspace]) -> None:
    from gridworker.services import demo, dump

    one, other = open_copy("worker"), open_copy("worker")
    for workspace in (one, other):
        demo.fill(workspace, 30, 3, 5)
    assert list(dump.dump(one)) == list(dump.dump(other))


def test_moves_follow_the_rules(call: Call, tmp_path: Path) -> None:
    need = call("add", "need", "--json-file", _file(tmp_path, {"kind": "N12", "content": "灯不亮"}))[1]["ids"][0]
    assert call("set", "need", need, "status=已销号")[1]["error"]["code"] == "move_refused"
    assert call("set", "need", need, "status=已办结")[0] == 2
    assert call("set", "need", need, "status=已办结", "result=已解决")[0] == 0
    assert call("show", "need", need)[1]["fields"]["closed_on"] == "2026-11-25"


def test_init_refuses_to_overwrite(call: Call) -> None:
    code, told = call("init", "--role", "worker", "--name", "甲", "--grid", "JX03")
    assert (code, told["error"]["code"]) == (2, "store_exists")


def test_backup_and_restore(call: Call, tmp_path: Path) -> None:
    call("demo", "--households", "10", "--weeks", "1")
    before = call("dump")[1]
    file = call("backup", "-o", str(tmp_path / "one.gwbackup"))[1]["file"]
    call("set", "household", next(one["id"] for one in before if one["ledger"] == "household"), "head=改过")
    assert call("dump")[1] != before
    assert call("restore", file)[1]["ok"]
    assert call("dump")[1] == before


def test_messages_in_english(
    worker: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    assert run(["--data", str(worker.store.folder), "--language", "en", "show", "nonsense", "x"]) == 2
    assert "ledger" in capsys.readouterr().err


def test_needs_start_where_the_rules_allow_and_codes_are_taken_once(call: Call, tmp_path: Path) -> None:
    need = {"kind": "N12", "content": "灯不亮", "status": "已销号"}
    assert call("add", "need", "--json-file", _file(tmp_path, need))[1]["error"]["code"] == "move_refused"
    assert (
        call("add", "grid", "--json-file", _file(tmp_path, {"code": "JX03", "name": "别的"}))[1]["error"]["code"]
        == "exists"
    )


def test_unknown_words_are_kept_and_told(call: Call, tmp_path: Path) -> None:
    code, told = call("add", "household", "--json-file", _file(tmp_path, HOME | {"care_level": "紫色"}))
    assert (code, told["problems"][0]["code"]) == (1, "unknown_code")
    assert call("show", "household", told["ids"][0])[1]["fields"]["care_level"] == "紫色"


def test_ids_are_text_in_every_line(call: Call) -> None:
    call("demo", "--households", "5", "--weeks", "1")
    for line in call("dump", "--versions")[1]:
        assert not re.search(r"[0-9]{16,}", json.dumps(line).replace("999999", ""))


@pytest.mark.parametrize(
    "given",
    [
        {"format": "gridworker-setup 1"},
        {"format": "gridworker-setup 1", "grids": [{"name": "x"}], "workers": [], "units": []},
    ],
)
def test_a_bad_set_up_file_leaves_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: object
) -> None:
    monkeypatch.setenv("GRIDWORKER_PASSPHRASE", PASSWORD)
    folder = tmp_path / "store"
    arguments = ["init", "--role", "worker", "--name", "甲", "--grid", "X", "--setup", _file(tmp_path, given), "--json"]
    assert run(["--data", str(folder), *arguments]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "bad_setup"
    assert not folder.exists()


def test_search_finds_by_tail_and_shows_no_whole_number(call: Call, tmp_path: Path) -> None:
    call("add", "household", "--json-file", _file(tmp_path, HOME | {"phone": "19900001234"}))
    (hit,) = call("search", "1234")[1]["hits"]
    assert hit["title"] == "李桂芳"
    assert "199****1234" in hit["subtitle"]


def test_merge_and_split_who_is_who(call: Call, tmp_path: Path) -> None:
    homes = [HOME, HOME | {"head": "李桂方"}]
    one, other = call("add", "household", "--json-file", _file(tmp_path, homes))[1]["ids"]
    code, told = call("merge", "household", one, other)
    assert (code, sorted(told["joined"])) == (0, sorted([one, other]))
    assert told["id"] in {one, other}
    (open_one,) = call("conflicts")[1]["conflicts"]
    assert open_one["conflict"] == f"household/{told['id']}/head"
    assert {side["value"] for side in open_one["values"]} == {"李桂芳", "李桂方"}
    assert call("show", "household", one)[1]["id"] == call("show", "household", other)[1]["id"] == told["id"]
    assert call("merge", "household", one, other)[0] == 2
    assert call("split", "household", one, other) == (0, {"id": one, "apart": [one, other]})
    assert call("conflicts")[1]["conflicts"] == []
    assert call("show", "household", other)[1]["fields"]["head"] == "李桂方"
    assert call("check")[0] == 0


def test_a_new_recovery_code_takes_the_place_of_the_lost_one(call: Call, tmp_path: Path) -> None:
    code, told = call("rekey", "--new-recovery-code")
    assert code == 0
    assert re.fullmatch(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", told["recovery_code"])
    new = tmp_path / "new"
    new.write_text(PASSWORD, encoding="utf-8")
    change = ("rekey", "--new-passphrase-file", str(new), "--recovery-code")
    assert call(*change, told["recovery_code"])[0] == 0
    call("rekey", "--new-recovery-code")
    assert call(*change, told["recovery_code"])[0] == 2
    assert call("rekey", "--new-recovery-code", "--recovery-code", "AAAA")[0] == 2


FORM = Path(__file__).parents[1] / "data" / "forms" / "T1_走访统计表.xlsx"


def test_a_form_is_filled_masked_or_in_full(call: Call, tmp_path: Path) -> None:
    home = call("add", "household", "--json-file", _file(tmp_path, HOME))[1]["ids"][0]
    visit = {"household": home, "content": "一切都好", "visited_at": "2026-11-20"}
    call("add", "visit", "--json-file", _file(tmp_path, [visit]))
    out = str(tmp_path / "填好.xlsx")
    code, told = call("fill", str(FORM), "-o", out)
    assert code == 0
    assert {"file", "ledger", "columns", "rows", "missing"} <= told.keys()
    assert (told["file"], told["ledger"], told["rows"], told["masked"]) == (out, "visit", 1, True)
    assert told["columns"]["C"] == "household.address"
    assert [one["fields"] for one in told["missing"]] == [["household.phone"]]
    assert call("fill", str(FORM), "-o", out, "--full")[0] == 2
    full = ("fill", str(FORM), "-o", out, "--full", "--reason", "核对", "--where", "outcome=未见面")
    for way in ((), ("--open",)):  # no password is known here
        code, told = call(*full, *way)
        assert (code, told["rows"], told["masked"], told["encrypted"]) == (0, 0, False, False)
    code, told = call("fill", str(FORM), "-o", out, "--week", "2026-W40", "--date-format", "dots")
    assert (code, told["rows"]) == (0, 0)
    assert call("fill", str(FORM))[1]["error"]["code"] == "usage"
    assert call("fill", str(tmp_path / "没有.xlsx"), "-o", out)[1]["error"]["code"] == "no_file"


def test_the_ledgers_of_the_community_are_kept_like_any_other(call: Call, tmp_path: Path) -> None:
    meeting = {
        "name": "第三次议事会",
        "held_at": "2026-11-20T19:30",
        "kind": "居民议事会",
        "invited": 30,
        "present": 25,
    }
    assert call("add", "meeting", "--json-file", _file(tmp_path, meeting))[0] == 0
    topic = {"title": "加装充电桩", "meeting": {"name": "第三次议事会"}, "in_favour": 20, "against": 3, "abstained": 2}
    code, told = call("add", "topic", "--json-file", _file(tmp_path, topic))
    assert code == 0
    shown = call("show", "topic", told["ids"][0])[1]["fields"]
    assert call("show", "meeting", shown["meeting"])[1]["fields"]["present"] == 25
    assert call("set", "topic", told["ids"][0], "decision=通过")[1]["changed"] == ["decision"]
    assert {one["ledger"] for one in call("search", "充电桩")[1]["hits"]} == {"topic"}


def test_a_record_that_breaks_the_rules_of_its_ledger_is_kept_and_told(call: Call, tmp_path: Path) -> None:
    meeting = {"name": "第四次议事会", "invited": 3, "present": 5}
    code, told = call("add", "meeting", "--json-file", _file(tmp_path, meeting))
    assert code == 1
    assert [(one["field"], one["code"], one["value"]) for one in told["problems"]] == [("present", "check", "5")]
    assert call("set", "meeting", told["ids"][0], "present=3")[1]["problems"] == []
