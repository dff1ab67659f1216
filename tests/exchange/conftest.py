"""What exchange tests share: the real spreadsheet program."""

import os
from collections.abc import Iterator

import pytest

from tests import office as real
from tests.conftest import Made, OpenCopy
from tests.exchange.week import Week, leave


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[real.Office]:
    """LibreOffice, one process per session; missing it skips here and fails in CI."""
    if not real.is_installed():
        if os.environ.get("CI"):
            pytest.fail("LibreOffice and python3-uno are required in CI")
        pytest.skip("LibreOffice with python3-uno is not installed")
    opened = real.Office(tmp_path_factory.mktemp("office"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def week_left(stores_of_tests: dict[str, Made], tmp_path_factory: pytest.TempPathFactory) -> Week:
    """A worker's week, made once."""
    folder = tmp_path_factory.mktemp("week")
    return leave(OpenCopy(stores_of_tests, folder), stores_of_tests["worker"].key, folder / "week.xlsx")
