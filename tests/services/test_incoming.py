"""The inbox: files come in by themselves once they lie still, and only what is safely in may be deleted."""

import os

from gridworker.services import arrivals, collect, imports, incoming, roster
from gridworker.services.export import Wish
from tests.services.township_books import book, filled, nothing


def test_a_file_is_news_once_it_stops_growing_and_again_when_it_changes(tmp_path):
    watch, file = incoming.Watch(), tmp_path / "表.xlsx"
    assert watch.news(tmp_path / "没有") == []
    file.write_bytes(b"1")
    assert watch.news(tmp_path) == []
    file.write_bytes(b"12")
    assert watch.news(tmp_path) == []
    assert watch.news(tmp_path) == [file]
    assert watch.news(tmp_path) == []
    file.write_bytes(b"123")
    os.utime(file, ns=(1, 1))
    assert (watch.news(tmp_path), watch.news(tmp_path)) == ([], [file])


def test_workbooks_come_in_others_wait_and_nothing_comes_twice(township, open_copy, tmp_path):
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    ours, foreign = book(filled(open_copy), tmp_path), tmp_path / "名册.csv"
    foreign.write_text("姓名,电话\n李某,13800000000\n", encoding="utf-8")
    done = incoming.pick_up(township, [ours, foreign], nothing)
    assert done.others == (foreign,)
    assert [one.file for one in done.arrival.reports] == [ours.name]
    assert collect.overview(township).lines[0].state == "in"
    assert incoming.pick_up(township, [ours], nothing) == incoming.PickedUp(None, ())
    imports.undo(township, done.arrival.group.group)
    assert incoming.pick_up(township, [ours], nothing) == incoming.PickedUp(None, ())
    assert collect.overview(township).lines[0].state != "again"


def test_only_open_files_that_are_wholly_in_are_deleted(township, open_copy, tmp_path):
    worker = filled(open_copy)

    open_one = book(worker, tmp_path, name="开.xlsx")
    changed = book(worker, tmp_path, week="2026-W47", name="后来改过.xlsx")
    locked = book(worker, tmp_path, name="锁.xlsx", wish=Wish(True, "周报", "一二三四五六"))
    arrival = arrivals.take(township, [open_one, changed, locked], nothing, "一二三四五六")
    assert incoming.plain_files(township, arrival) == [open_one, changed]
    changed.write_bytes(changed.read_bytes() + b"\n")
    assert incoming.delete(township, [open_one, changed, locked]) == 1
    assert [one.exists() for one in (open_one, changed, locked)] == [False, True, True]
