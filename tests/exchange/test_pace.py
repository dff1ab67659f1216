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


@pytest.mark.parametrize("text", [" " * 200_000, "金江社区" * 8000, "1月" * 10_000, "姓名： " * 8000, "1" * 30_000])
def test_no_text_of_a_file_is_pondered_without_end(text):
    """Not where cards are looked for, nor in titles and names: a cell of blanks alone once took minutes."""
    rows = [[text], ["住址", text, "备注", text], ["户主", "小区", "门牌"], ["王大明", text, text]]
    found = foreign.understand(RawBook("xlsx", [RawSheet(text, rows=rows), RawSheet("表", rows=rows[:2])]))
    assert found.sheets[0].name == text
