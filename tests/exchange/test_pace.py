"""What understanding one file may take, and that it stops whenever somebody wants it to."""

import pytest

from gridworker.errors import UserError
from gridworker.exchange import foreign, pace
from gridworker.exchange.model import RawBook, RawSheet

ROWS = [[f"第{number}行", number, None] for number in range(2000)]


class StoppedError(Exception):
    """Somebody pressed 取消."""


@pytest.fixture
def book():
    return RawBook("xlsx", [RawSheet("表", rows=ROWS)])


def test_understanding_hears_of_a_stop(book):
    def stop():
        raise StoppedError

    with pytest.raises(StoppedError), pace.kept(book, stop):
        foreign.understand(book)


def test_a_file_that_takes_too_much_is_told(book, monkeypatch):
    monkeypatch.setattr(pace, "SECONDS", -1)
    monkeypatch.setattr(pace, "FOR_EACH_CELL", 0)
    with pytest.raises(UserError) as caught:
        foreign.understand(book)
    assert caught.value.code == "too_slow"
    assert "文件太大或太复杂" in caught.value.message


def test_each_cell_gives_some_time(book, monkeypatch):
    monkeypatch.setattr(pace, "SECONDS", -1)
    monkeypatch.setattr(pace, "FOR_EACH_CELL", 0.01)
    assert foreign.understand(book).sheets


def test_outside_of_such_work_a_breath_is_nothing():
    pace.breathe()
