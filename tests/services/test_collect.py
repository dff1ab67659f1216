"""收表: who handed in which week, told by real workbooks and by batches where weeks must lie apart."""

import shutil

import openpyxl
import pytest

from gridworker.domain.calendar import parse_week, week_of
from gridworker.domain.ids import random_id
from gridworker.services import arrivals, collect, feedback, imports, roster
from gridworker.services.hand_in_states import AGAIN, HANDED_IN, IN, LATE, MISSING, NONE, REPLACED, SAME, WAITING, ZERO
from gridworker.store import taking
from gridworker.store.batches import BatchHead
from tests.services.township_books import LAST_WEEK, THIS_WEEK, TODAY, book, filled, nothing

FRIDAY, SATURDAY = "2026-11-20T16:00:00", "2026-11-21T08:00:00"


@pytest.fixture
def grids(township):
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    roster.add_grid(township, "YS01", "阅山悦府1网格", "阅山社区", "何玉兰")
    return township


def hand_in(workspace, grid, week, at, file="周报.xlsx", *, nil=False):
    head = BatchHead(random_id(), random_id(), file, str(random_id()), "ours", "某人", grid, week, at)
    taking.take(workspace.connection, head, [], {"problems": 1, "cells": {}, "book": {"nil": nil}})
    return head.id


def states(workspace, grid):
    table = collect.overview(workspace)
    return [cell.state for line in table.lines if line.code == grid for cell in line.cells]


def test_a_book_that_came_is_in_and_names_its_file(grids, open_copy, tmp_path):
    file = book(filled(open_copy), tmp_path)
    arrivals.take(grids, [file], nothing)
    line = next(line for line in collect.overview(grids).lines if line.code == "JX03")
    assert line.state == IN
    assert line.cells[-1].file == file.name
    assert line.worker == "陈晓芸"
    assert line.open_needs > 0


def test_before_the_deadline_a_grid_is_waited_for_and_after_it_missing(grids):
    hand_in(grids, "JX03", LAST_WEEK, FRIDAY)
    assert states(grids, "YS01")[-2:] == [MISSING, WAITING]


def test_weeks_before_the_first_book_are_nobodys_fault(grids):
    hand_in(grids, "JX03", "2026-W46", "2026-11-13T16:00:00")
    assert states(grids, "JX03")[:5] == [NONE] * 5
    assert states(grids, "JX03")[5:] == [IN, MISSING, WAITING]


def test_late_is_after_the_day_of_the_deadline(grids):
    hand_in(grids, "JX03", LAST_WEEK, SATURDAY)
    assert states(grids, "JX03")[-2] == LATE
    collect.set_deadline(grids, 6)
    assert states(grids, "JX03")[-2] == IN
    assert collect.deadline_of(grids, parse_week(LAST_WEEK)).isoformat() == "2026-11-21"


def test_a_week_without_anything_is_a_zero_report_that_counts_as_handed_in(grids, open_copy, tmp_path):
    worker = open_copy("worker")
    file = book(worker, tmp_path)
    cover = [[cell.value for cell in row] for row in openpyxl.load_workbook(file)["封面"].iter_rows()]
    assert any(row[1:] == ["零报告", "是，本期没有走访、诉求和办理"] for row in cover)
    arrivals.take(grids, [file], nothing)
    table = collect.overview(grids)
    line = next(line for line in table.lines if line.code == "JX03")
    assert line.state == ZERO
    assert line not in table.lacking
    assert table.count(*HANDED_IN) == 1


def test_a_second_book_of_a_week_replaces_the_first(grids, open_copy, tmp_path):
    worker = filled(open_copy)
    arrivals.take(grids, [book(worker, tmp_path, name="一.xlsx"), book(worker, tmp_path, name="二.xlsx")], nothing)
    line = next(line for line in collect.overview(grids).lines if line.code == "JX03")
    assert (line.state, line.cells[-1].file) == (REPLACED, "二.xlsx")


def test_the_same_file_in_the_same_week_came_again(grids, open_copy, tmp_path):
    file = book(filled(open_copy), tmp_path)
    copy = shutil.copy(file, tmp_path / "又一份.xlsx")
    arrivals.take(grids, [file], nothing)
    arrivals.take(grids, [tmp_path / "又一份.xlsx"], nothing)
    assert copy
    assert states(grids, "JX03")[-1] == AGAIN


def test_last_weeks_file_this_week_is_unchanged_and_asked_for(grids, open_copy, tmp_path):
    file = book(filled(open_copy), tmp_path, LAST_WEEK)
    arrivals.take(grids, [file], nothing)
    arrivals.take(grids, [file], nothing)
    table = collect.overview(grids)
    line = next(line for line in table.lines if line.code == "JX03")
    assert (line.state, line.same_weeks) == (SAME, 1)
    assert "JX03 陈晓芸" in collect.missing_sentence(table)


def test_an_undone_import_no_longer_counts(grids, open_copy, tmp_path):
    arrival = arrivals.take(grids, [book(filled(open_copy), tmp_path)], nothing)
    said = arrivals.undo(grids, arrival.group.group)
    assert "已撤回" in said
    assert states(grids, "JX03")[-1] in {WAITING, MISSING}
    assert [one.undone for one in arrivals.imports(grids)] == [True]


def test_the_sentence_for_the_chat(grids):
    hand_in(grids, "JX03", THIS_WEEK, FRIDAY)
    assert collect.missing_sentence(collect.overview(grids)) == "第48周 还差：YS01 何玉兰"
    hand_in(grids, "YS01", THIS_WEEK, FRIDAY)
    assert "全部 2 个网格都交了" in collect.missing_sentence(collect.overview(grids))


def test_a_long_list_names_some_and_counts_all(grids):
    for number in range(20):
        roster.add_grid(grids, f"AA{number:02d}", f"{number}网格", "", f"某{number}")
    assert collect.missing_sentence(collect.overview(grids)).endswith("等 22 个网格")


def test_an_arrival_sums_its_files_and_knows_their_places(grids, open_copy, tmp_path):
    file = book(filled(open_copy), tmp_path)
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    arrival = arrivals.take(grids, [tmp_path], nothing)
    assert file in arrival.paths
    assert arrival.total("created") == next(one.created for one in arrival.reports if one.file == file.name)
    assert [one.file for one in arrival.reports if one.error] == ["坏.xlsx"]
    arrivals.write_report(grids, arrival, tmp_path / "结果.xlsx", feedback.untold)
    assert (tmp_path / "结果.xlsx").stat().st_size > 0


def test_progress_stops_an_import_between_files(grids, open_copy, tmp_path):
    class Stop(Exception):
        pass

    worker = filled(open_copy)
    files = [book(worker, tmp_path, LAST_WEEK), book(worker, tmp_path)]

    def stop_at_the_second(done, total, name):
        if done == 1:
            raise Stop

    with pytest.raises(Stop):
        arrivals.take(grids, files, stop_at_the_second)
    assert len(arrivals.imports(grids)) == 1


def test_the_table_ends_with_the_running_week(grids):
    table = collect.overview(grids, weeks=3)
    assert [str(week) for week in table.weeks] == ["2026-W46", LAST_WEEK, str(week_of(TODAY))]
    assert table.count(WAITING, MISSING) == len(table.lines) == 2
    assert table.conflicts == 0
    assert imports.listing(grids) == []
