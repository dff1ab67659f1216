"""A short run of the campaign belongs to the suite; `make campaign N=10000` plays the long one."""

from pathlib import Path

from tests.campaign.__main__ import play


def test_no_law_is_broken_in_some_random_histories(tmp_path: Path) -> None:
    assert play(tmp_path, range(1, 7)) == ""
