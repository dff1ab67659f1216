"""Workbooks of ours saved by WPS come home with nothing changed, and with an edit as exactly that edit."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gridworker.services import dump, intake
from gridworker.services.workspace import Workspace
from tests.exchange.week import NEEDS, Week
from tests.exchange.wps import HABITS, Habit, saved_by_wps, typed

SETS = [[habit] for habit in HABITS] + [HABITS]
NAMES = [habit.__name__ for habit in HABITS] + ["all_of_them"]


@pytest.fixture
def sender(week_left: Week, tmp_path: Path) -> Iterator[Workspace]:
    worker = week_left.reopen(tmp_path)
    yield worker
    worker.close()


@pytest.mark.parametrize("habits", SETS, ids=NAMES)
def test_saved_again_changes_nothing(sender: Workspace, week_left: Week, tmp_path: Path, habits: list[Habit]) -> None:
    before = list(dump.dump(sender))
    back = tmp_path / "wps.xlsx"
    back.write_bytes(saved_by_wps(week_left.book.read_bytes(), habits))
    report = intake.take(sender, [back]).files[0]
    assert [(one.sheet, one.cell, one.code) for one in report.problems] == []
    assert report.cells["in"] == report.cells["unchanged"] > 500
    assert list(dump.dump(sender)) == before


@pytest.mark.parametrize("habits", SETS, ids=NAMES)
def test_an_edit_among_them_applies(sender: Workspace, week_left: Week, tmp_path: Path, habits: list[Habit]) -> None:
    row = week_left.rows(NEEDS, "承办单位")[0]
    edit = typed(week_left.sheets.sheetnames.index(NEEDS) + 1, week_left.cell(NEEDS, "承办单位", row), "物业公司")
    before = {json.loads(line)["id"]: json.loads(line)["fields"] for line in dump.dump(sender)}
    back = tmp_path / "wps.xlsx"
    back.write_bytes(saved_by_wps(week_left.book.read_bytes(), [edit, *habits]))
    report = intake.take(sender, [back]).files[0]
    assert (report.problems, report.cells["applied"]) == ([], 1)
    after = {json.loads(line)["id"]: json.loads(line)["fields"] for line in dump.dump(sender)}
    need = week_left.record(NEEDS, row)
    assert after == before | {need: before[need] | {"unit": "物业公司"}}
