"""Half files: never under a final name, swept when nobody writes on them any more, and only our own."""

import errno
import os
from pathlib import Path

import pytest

from gridworker.leftovers import STALE, draft_of, of_disk, sweep


def test_a_failing_draft_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "week.xlsx"
    out.write_bytes(b"old")
    with pytest.raises(OSError, match="gone"):
        _fail_half_way(out)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("week.xlsx", b"old")]


def _fail_half_way(out: Path) -> None:
    with draft_of(out) as draft:
        draft.write_bytes(b"half")
        raise OSError(errno.EIO, "gone")


def test_only_our_own_old_half_files_are_swept(tmp_path: Path) -> None:
    kept = (".new.xlsx.gwpartial", "film.partial", "week.xlsx")
    for name in (".old.xlsx.gwpartial", *kept):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".backup-gw1").mkdir()
    for name in (".old.xlsx.gwpartial", ".backup-gw1", *kept[1:]):
        os.utime(tmp_path / name, (0, 0))
    sweep(tmp_path, STALE)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(kept)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EIO, "disk")]
)
def test_what_a_disk_refuses_is_told_apart(number: int, code: str) -> None:
    assert of_disk(OSError(number, "x")).code == code
