"""What all tests share; no Qt here."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from gridworker.domain.ids import random_id, to_text
from gridworker.exchange import raw
from gridworker.exchange.child import Child
from gridworker.i18n import use_language
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import database, vault
from gridworker.store.session import Store

TODAY = date(2026, 11, 25)
PASSWORD = "三栋楼下桂花香"

IN_MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free there: containers often have but a little."""

settings.register_profile("quick", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("GRIDWORKER_HYPOTHESIS", "quick"))


def pytest_configure() -> None:
    """Folders of tests lie in memory where there is room: thousands of little stores wait on a disk for long."""
    if IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.fixture(scope="session", autouse=True)
def _reading_processes_stay() -> Iterator[None]:
    """A process that reads workbooks is started once and goes on for the next test: starting it is slow."""
    idle: list[Child] = []

    @contextmanager
    def reader() -> Iterator[raw.Read]:
        child = idle.pop() if idle else Child()
        try:
            yield child.read
        finally:
            idle.append(child)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raw, "reader", reader)
        yield
    for child in idle:
        child.close()


@pytest.fixture(scope="session", autouse=True)
def _a_vault_is_opened_once() -> Iterator[None]:
    """Deriving a key from a password is slow on purpose: what the same bytes gave to the same words is remembered."""
    unseal, known = vault.unseal, {}

    def remembered(folder: Path, name: str, secret: str) -> bytes:
        which = ((folder / name).read_bytes() if (folder / name).is_file() else b"", secret)
        if which not in known:
            known[which] = unseal(folder, name, secret)
        return known[which]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault, "unseal", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def _workbooks_are_quickly_locked() -> Iterator[None]:
    """A hundredth of the rounds that make guessing passwords slow: each workbook tells its number to who opens it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ECMA376Agile, "encrypt", staticmethod(partial(ECMA376Agile.encrypt, spin_count=1000)))
        yield


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


A_WORKER = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
A_TOWNSHIP = Opening("township", "何静文", township="梅山镇")


@dataclass(frozen=True)
class Made:
    """A store made once, with its data key: deriving the key from a password is slow on purpose."""

    folder: Path
    key: bytes


@pytest.fixture(scope="session")
def stores_of_tests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """By role: an empty store."""
    folder = tmp_path_factory.mktemp("stores")
    found = {}
    for opening in (A_WORKER, A_TOWNSHIP):
        workspaces.create(folder / opening.role, PASSWORD, opening, TODAY)[0].close()
        found[opening.role] = Made(folder / opening.role, database.unlock(folder / opening.role, PASSWORD))
    return found


@pytest.fixture
def open_copy(stores_of_tests: dict[str, Made], tmp_path: Path) -> Iterator["OpenCopy"]:
    """Fresh copies of the empty stores, as many as a test wants; each with a device of its own."""
    maker = OpenCopy(stores_of_tests, tmp_path)
    yield maker
    for workspace in maker.opened:
        workspace.close()


class OpenCopy:
    """Opens fresh stores."""

    def __init__(self, made: dict[str, Made], folder: Path) -> None:
        self._made = made
        self._folder = folder
        self.opened: list[Workspace] = []

    def __call__(self, role: str = "worker", today: date = TODAY) -> Workspace:
        """A fresh store of a role."""
        target = self._folder / f"{role}{len(self.opened)}"
        shutil.copytree(self._made[role].folder, target)
        workspace = Workspace(Store(target, self._made[role].key), today)
        workspace.store.set("device", to_text(random_id()))
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
