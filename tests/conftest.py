"""What all tests share; no Qt here."""

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gridworker.i18n import use_language
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace

TODAY = date(2026, 11, 25)
PASSWORD = "三栋楼下桂花香"

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("GRIDWORKER_HYPOTHESIS", "quick"))


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Every test starts in Chinese."""
    use_language("zh_CN")


@pytest.fixture(autouse=True)
def no_log_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log fails the test."""
    yield
    loud = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert not loud


@pytest.fixture(scope="session")
def vault_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One empty worker store and one township store, made once: key derivation is slow on purpose."""
    folder = tmp_path_factory.mktemp("stores")
    workspaces.create(folder / "worker", PASSWORD, A_WORKER, TODAY)[0].close()
    workspaces.create(folder / "township", PASSWORD, A_TOWNSHIP, TODAY)[0].close()
    return folder


A_WORKER = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
A_TOWNSHIP = Opening("township", "何静文", township="梅山镇")


@pytest.fixture
def open_copy(vault_of_tests: Path, tmp_path: Path) -> Iterator["OpenCopy"]:
    """Fresh copies of the empty stores, as many as a test wants; each with a device of its own."""
    maker = OpenCopy(vault_of_tests, tmp_path)
    yield maker
    for workspace in maker.opened:
        workspace.close()


class OpenCopy:
    """Opens fresh stores."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self.opened: list[Workspace] = []

    def __call__(self, role: str = "worker", today: date = TODAY) -> Workspace:
        """A fresh store of a role."""
        target = self._folder / f"{role}{len(self.opened)}"
        shutil.copytree(self._source / role, target)
        workspace = workspaces.reopen_as_new_device(target, PASSWORD, today)
        self.opened.append(workspace)
        return workspace


@pytest.fixture
def worker(open_copy: OpenCopy) -> Workspace:
    """A worker's fresh store."""
    return open_copy("worker")


@pytest.fixture
def township(open_copy: OpenCopy) -> Workspace:
    """A township's fresh store."""
    return open_copy("township")
