"""A damaged data file at the gate: both choices with what each of them costs, and doing them by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from gridworker.domain.ledgers import ledger
from gridworker.services import dump, keeping, records
from gridworker.services.look import Look
from gridworker.ui.pages.rescue import RescuePart
from gridworker.ui.pages.unlock import Unlock
from gridworker.ui.shell import Options, Shell
from tests import invented
from tests.conftest import PASSWORD, TODAY
from tests.store.damage import flipped, pages_of_entries, spoil


@pytest.fixture
def folder(worker, stores_of_tests):
    """A closed store with a backup, something entered after it, and then a damaged page."""
    invented.fill(worker, 24, 2)
    keeping.backup(worker)
    records.add(worker, ledger("household"), [{"estate": "金江西苑", "building": "9", "room": "901"}])
    folder = worker.store.folder
    worker.store.connection.close()
    spoil(folder, flipped, pages_of_entries(folder, stores_of_tests["worker"].key)[2:3])
    return folder


@pytest.fixture
def shell(qtbot, folder):
    made = Shell(Options(folder, TODAY, PASSWORD), Look("light"))
    made.begin()
    yield made
    made._end()


def words_of(part):
    return " ".join(one.text() for one in part.findChildren(QLabel))


def test_damage_is_told_in_the_open_window_and_leads_to_the_choice_by_its_password(qtbot, shell):
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    bar = shell.desk.window.message_bar
    qtbot.waitUntil(lambda: bar.sentence().startswith("数据文件有损坏"), timeout=10_000)
    bar._verb.click()
    qtbot.waitUntil(lambda: shell.gate is not None and isinstance(shell.gate.part(), Unlock), timeout=10_000)
    shell.gate.part().password_given.emit(PASSWORD)
    qtbot.waitUntil(lambda: shell.gate is not None and isinstance(shell.gate.part(), RescuePart), timeout=20_000)
    part = shell.gate.part()
    assert "1 页读不出来" in words_of(part)
    assert "少掉此后的：住户 1" in words_of(part)
    qtbot.waitUntil(part.window().isActiveWindow)
    QTest.keyClick(part, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=20_000)
    assert shell.desk.window.message_bar.sentence().startswith("救出 ")
    assert keeping.check(shell.desk.workspace).ok
    homes = [line for line in dump.dump(shell.desk.workspace) if '"ledger":"household"' in line]
    assert len(homes) == 25
