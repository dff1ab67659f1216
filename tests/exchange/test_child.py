"""The reading process: what it reads arrives whole, and it can be stopped while it reads."""

from time import monotonic

import pytest
import xlsxwriter

from gridworker.exchange import child, raw


class StopError(Exception):
    """Somebody pressed Esc."""


@pytest.fixture
def long_file(tmp_path):
    path = tmp_path / "长.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    for name, count in (("一", 1203), ("空", 0), ("二", 3)):
        sheet = book.add_worksheet(name)
        for row in range(count):
            sheet.write_row(row, 0, [f"{name}{row}", row])
    book.close()
    return path.read_bytes()


def test_rows_handed_over_in_parts_are_all_there(long_file):
    got, here = raw.read_book(long_file), raw.read_book_here(long_file)
    assert got == here
    assert [len(sheet.rows) for sheet in got.sheets] == [1203, 0, 3]


def test_one_child_reads_several_files(long_file):
    with raw.reader() as read:
        assert read(long_file) == read(long_file)


def test_a_stop_ends_the_reading_at_once(long_file, monkeypatch):
    reader = child.Child()
    began = monotonic()

    def stop():
        raise StopError

    with pytest.raises(StopError):
        reader.read(long_file, None, stop)  # the process only starts: it cannot have answered yet
    reader.close()
    assert reader._pipe is None
    assert monotonic() - began < 5


def test_after_a_stop_the_next_file_gets_its_own_answer(long_file, tmp_path):
    short = tmp_path / "短.xlsx"
    with xlsxwriter.Workbook(short) as book:
        book.add_worksheet("短").write_row(0, 0, ["甲", "乙"])

    def stop():
        raise StopError

    with raw.reader() as read:
        with pytest.raises(StopError):
            read(long_file, None, stop)
        assert [sheet.name for sheet in read(short.read_bytes()).sheets] == ["短"]
