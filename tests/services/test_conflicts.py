"""两边都改过，请选一个: from the double edit to the decision, and the decision's way home."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import from_text
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import choosing, conflicts, dump, export, intake, records
from gridworker.services.export import Wish
from gridworker.services.import_report import FileReport
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from tests import invented

WEEK = Period.of_week(parse_week("2026-W47"))
NEED = ledger("need")


@pytest.fixture
def exchange(tmp_path: Path) -> Callable[[Workspace, Workspace], FileReport]:
    """Hand a full workbook from one store to another."""
    count = iter(range(100))

    def send(sender: Workspace, reader: Workspace) -> FileReport:
        book = tmp_path / f"{next(count)}.xlsx"
        export.export(sender, WEEK, book, Wish(full=True, reason="测试", password="上报密码2026"))
        return intake.take(reader, [book], intake.Options(password="上报密码2026")).files[0]

    return send


def a_need(workspace: Workspace) -> int:
    for line in dump.dump(workspace):
        fact = json.loads(line)
        if fact["ledger"] == "need" and fact["fields"]["status"] == "已上报":
            return from_text(fact["id"])
    raise AssertionError


def test_from_double_edit_to_decision_and_home(
    worker: Workspace, township: Workspace, exchange: Callable[..., FileReport]
) -> None:
    invented.fill(worker, 20, 5, 4)
    exchange(worker, township)
    need = a_need(worker)
    records.change(worker, NEED, need, {"content": "网格员的说法", "unit": "物业公司"})
    records.change(township, NEED, need, {"content": "乡镇的说法", "reply": "已安排"})
    report = exchange(worker, township)
    assert report.conflicts == 1
    (found,) = conflicts.conflicts(township)
    assert found.name.endswith("/content")
    told = found.as_json()
    assert told["shown"] == "网格员的说法"
    assert {side["value"] for side in told["values"]} == {"网格员的说法", "乡镇的说法"}  # type: ignore[attr-defined]
    assert all(side["author"] and side["at"] for side in told["values"])  # type: ignore[attr-defined]
    row = township.row("need", need)
    assert row is not None
    assert (row.plain("unit"), row.plain("reply")) == ("物业公司", "已安排")
    theirs = next(side.version for side in found.sides if side.value == ("乡镇的说法",))
    choosing.take(township, [(found, theirs)])
    assert not conflicts.conflicts(township)
    exchange(township, worker)
    assert not conflicts.conflicts(worker)
    row = worker.row("need", need)
    assert row is not None
    assert (row.plain("content"), row.plain("reply"), row.plain("unit")) == ("乡镇的说法", "已安排", "物业公司")


def test_a_third_value_and_what_cannot_be_taken(
    worker: Workspace, township: Workspace, exchange: Callable[..., FileReport]
) -> None:
    invented.fill(worker, 20, 5, 4)
    exchange(worker, township)
    need = a_need(worker)
    for workspace, unit in ((worker, "甲"), (township, "乙")):
        records.change(workspace, NEED, need, {"unit": unit})
    exchange(township, worker)
    (found,) = conflicts.conflicts(worker)
    with pytest.raises(UserError):
        choosing.take(worker, [(found, 2)])
    choosing.settle(worker, [found], "丙")
    row = worker.row("need", need)
    assert row is not None
    assert row.plain("unit") == "丙"
    assert not conflicts.conflicts(worker)


def test_groups_are_chosen_whole(worker: Workspace, township: Workspace, exchange: Callable[..., FileReport]) -> None:
    invented.fill(worker, 20, 5, 4)
    exchange(worker, township)
    need = a_need(worker)
    records.change(worker, NEED, need, {"status": "已办结", "result": "已解决"})
    records.change(township, NEED, need, {"status": "办理中"})
    exchange(township, worker)
    (found,) = conflicts.conflicts(worker)
    assert found.group == "status"
    assert all(set(side["value"]) == {"status", "result", "closed_on"} for side in found.as_json()["values"])  # type: ignore[attr-defined]


def test_two_stores_with_the_same_facts_dump_the_same_bytes(
    worker: Workspace, open_copy: Callable[..., Workspace], tmp_path: Path
) -> None:
    invented.fill(worker, 20, 5, 4)
    books = []
    for turn in range(3):
        records.change(worker, NEED, a_need(worker), {"note": f"第{turn}次"})
        books.append(tmp_path / f"{turn}.xlsx")
        export.export(worker, WEEK, books[-1], Wish(full=turn != 1, reason="测试", password="上报密码2026"))
    dumps = set()
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (0, 2, 1, 0)):
        reader = open_copy("township")
        intake.take(reader, [books[turn] for turn in order], intake.Options(password="上报密码2026"))
        dumps.add("\n".join(dump.dump(reader, versions=True)))
    assert len(dumps) == 1
