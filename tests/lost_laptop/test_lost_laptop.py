"""A small week of marked values at the command line leaves none of them in the data folder; a planted one is found."""

from pathlib import Path

import pytest

from tests.lost_laptop import traces
from tests.lost_laptop.commands import Worker
from tests.lost_laptop.marks import Marks


def test_a_week_leaves_no_value_in_any_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary, data, outside = (tmp_path / name for name in ("tmp", "data", "outside"))
    for folder in (temporary, data, outside):
        folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    marks = Marks()
    worker = Worker(data, outside, marks)
    worker.begin()
    worker.live(2)
    assert len(marks.planted) > 30
    assert len(list(data.rglob("*.gwbackup"))) == 1
    assert traces.found({"data": data, "tmp": temporary}, marks.planted) == []


@pytest.mark.parametrize("encoding", traces.ENCODINGS)
def test_a_value_that_lies_there_is_found_in_bytes_and_names(tmp_path: Path, encoding: str) -> None:
    marks = Marks()
    name, phone = marks.name("a note"), marks.phone("a name of a file")
    (tmp_path / "x.bin").write_bytes(b"\x00\xff" + name.encode(encoding) + b"\x00")
    (tmp_path / f"{phone}.txt").touch()
    assert traces.found({"x": tmp_path}, marks.planted) == [
        (f"x/{phone}.txt", phone, "a name of a file"),
        ("x/x.bin", name, "a note"),
    ]
