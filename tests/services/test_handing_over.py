"""Laws of the roster: a grid handed over or split moves nothing by accident; two laptops are one worker."""

import json
from datetime import date

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.services import collect, dump, figures, handing_over, intake, records, roster, setup_file
from gridworker.services.period import Period
from gridworker.services.workspace import grid_id
from gridworker.store import queries
from tests.services import township_books as books

PERIOD = Period.of_week(parse_week(books.THIS_WEEK))


def facts(workspace, *without):
    lines = [json.loads(line) for line in dump.dump(workspace)]
    return [line for line in lines if line["ledger"] not in without]


@pytest.fixture
def taken(township, open_copy, tmp_path):
    """A township with one grid and its worker's book; the worker's store and the book."""
    roster.add_grid(township, "JX03", "金江西苑3网格", "金江社区", "陈晓芸")
    worker = books.filled(open_copy)
    book = books.book(worker, tmp_path)
    intake.take(township, [book])
    return township, worker, book


def test_a_grid_handed_over_keeps_every_record_and_number(taken, tmp_path):
    township, _worker, _book = taken
    before, numbers = facts(township, "worker"), figures.table(township, PERIOD, "grid").as_json()
    of_worker = figures.table(township, PERIOD, "worker").as_json()["rows"][0]
    handing_over.hand_over(township, "JX03", "区志明", date(2026, 11, 25))
    assert facts(township, "worker") == before
    assert figures.table(township, PERIOD, "grid").as_json() == numbers
    assert of_worker in figures.table(township, PERIOD, "worker").as_json()["rows"]
    assert [line.workers for line in roster.roster(township)] == ["区志明"]
    assert roster.workers_by_grid(township, date(2026, 11, 24)) == {"JX03": ["陈晓芸"]}
    (line,) = collect.overview(township).lines
    assert (line.worker, line.cells[-1].state) == ("区志明", "in")
    setup_file.write(township, tmp_path / "开户.gwsetup")
    assert setup_file.read(tmp_path / "开户.gwsetup").worker_of("JX03") == "区志明"


def test_the_old_worker_hands_in_later_and_the_grid_stays_handed_over(taken, tmp_path):
    township, worker, _book = taken
    handing_over.hand_over(township, "JX03", "区志明", date(2026, 11, 25))
    intake.take(township, [books.book(worker, tmp_path, name="晚到.xlsx")])
    assert [line.workers for line in roster.roster(township)] == ["区志明"]


def test_of_a_worker_with_two_grids_only_the_one_goes(township):
    roster.add_grid(township, "JX03", "三网格", "金江社区", "")
    roster.add_grid(township, "JX04", "四网格", "金江社区", "")
    records.add(township, ledger("worker"), [{"code": "W1", "name": "陈晓芸", "grids": "JX03、JX04"}])
    handing_over.hand_over(township, "JX04", "区志明", date(2026, 11, 25))
    assert roster.workers_by_grid(township, date(2026, 11, 26)) == {"JX03": ["陈晓芸"], "JX04": ["区志明"]}
    handing_over.hand_over(township, "JX04", "区志明", date(2026, 11, 26))
    assert len(queries.every(township.connection, "worker")) == 2
    for code, name in (("XX99", "单静"), ("JX03", " ")):
        with pytest.raises(UserError):
            handing_over.hand_over(township, code, name, date(2026, 11, 25))


def test_a_grid_split_moves_only_the_households_that_are_named(taken):
    township, worker, book = taken
    before = facts(township, "worker", "grid")
    roster.add_grid(township, "JX03B", "金江西苑3网格东", "金江社区", "区志明")
    assert facts(township, "worker", "grid") == before
    homes = [id for _place, some in handing_over.buildings(township, "JX03") for id in some][:3]
    assert handing_over.move(township, homes, "JX03B") == 3
    after = facts(township, "worker", "grid")
    changed = [one for one, other in zip(before, after, strict=True) if one != other]
    assert {one["ledger"] for one in changed} <= {"household", "need"}
    assert sum(one["ledger"] == "household" for one in changed) == 3
    intake.take(township, [book, books.book(worker, book.parent, name="再交.xlsx")])
    stand = {row.id for row in queries.every(township.connection, "household") if row.plain("grid") == grid_id("JX03B")}
    assert stand == set(homes)


def test_one_worker_with_two_laptops_is_one_worker_in_any_order(open_copy, tmp_path):
    laptops = [books.filled(open_copy, 6, seed) for seed in (1, 2)]
    found = [books.book(one, tmp_path, name=f"电脑{place}.xlsx") for place, one in enumerate(laptops)]
    told = []
    for order in (found, found[::-1]):
        township = open_copy("township")
        for book in order:
            intake.take(township, [book])
        told.append(facts(township))
        assert [row.plain("name") for row in queries.every(township.connection, "worker")] == ["陈晓芸"]
        (line,) = figures.table(township, PERIOD, "worker").lines_
        assert line.measures["visits"].numerator == sum(
            figures.table(one, PERIOD, "worker").lines_[0].measures["visits"].numerator for one in laptops
        )
        (grid,) = collect.overview(township).lines
        assert grid.cells[-1].state == "broken"
        assert any("电脑" in words for words in grid.cells[-1].words)
    assert told[0] == told[1]
