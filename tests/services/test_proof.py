"""核对表: where there is too much to list, a number is proved by those of its grids, and they are the same numbers."""

import pytest

from gridworker.domain.calendar import parse_week
from gridworker.services import figures, intake, proof, spans
from tests import invented
from tests.services import township_books as books

WEEK = parse_week(books.THIS_WEEK)


@pytest.fixture
def filled(township, open_copy, tmp_path):
    """A township that took a masked workbook in, so that some rows do not say all there is."""
    worker = open_copy("worker")
    invented.fill(worker, 12, 6, 1)
    intake.take(township, [books.book(worker, tmp_path)], intake.Options())
    return township


@pytest.mark.parametrize(("by", "key"), [("week", str(WEEK)), ("month", "2026-10"), ("all", "")])
def test_a_number_of_a_whole_township_is_that_of_its_table_and_of_its_grids(filled, monkeypatch, by, key):
    monkeypatch.setattr(proof, "WIDE", 0)
    period = spans.period_of(WEEK, by, key)
    (whole,) = figures.lines(filled, period.first, period.last, by)
    lines = {one.key: one for one in figures.lines(filled, period.first, period.last, "grid")}
    for measure in figures.MEASURES:
        told = proof.read(filled, period, by, key, measure)
        assert told.figure == whole.measures[measure]
        assert told.ledger == "grid"
        assert all(one.measures[measure] == lines[one.key].measures[measure] for one in told.grids)
        assert bool(told.grids) or not proof._size(told.figure)
    assert whole.measures["closing_cumulative"].denominator


def test_some_rows_of_a_masked_book_say_less_than_there_is(filled):
    (odd,) = filled.connection.execute("select count(*) from need where _state is not null").fetchone()
    assert odd
