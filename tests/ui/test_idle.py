"""Nobody at the keyboard: the window locks itself as if somebody had pressed 锁定; a touch puts it off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gridworker.services import settings
from gridworker.services.look import Look
from gridworker.ui import idle
from gridworker.ui.idle import IdleWatch
from gridworker.ui.pages.unlock import Unlock
from gridworker.ui.shell import Options, Shell
from tests.conftest import PASSWORD, TODAY


def test_a_touch_puts_it_off_and_silence_tells_once(qtbot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(idle, "monotonic", lambda: now[0])
    field = QWidget()
    qtbot.addWidget(field)
    watch, told = IdleWatch(lambda: 60.0, field, look=1), []
    watch.idle.connect(lambda: told.append(now[0]))
    now[0] = 59
    QTest.keyClick(field, Qt.Key.Key_A)
    now[0] = 118
    qtbot.wait(20)
    assert told == []
    now[0] = 119
    qtbot.waitUntil(lambda: bool(told))
    now[0] = 500
    qtbot.wait(20)
    assert told == [119]


@pytest.fixture
def shell(qtbot, worker):
    settings.set_idle_minutes(worker, 5)
    worker.store.connection.close()
    made = Shell(Options(worker.store.folder, TODAY, PASSWORD), Look("light"))
    made.begin()
    qtbot.waitUntil(lambda: made.desk is not None, timeout=10_000)
    yield made
    made._end()


def test_the_window_is_gone_and_asks_for_the_password(qtbot, shell):
    assert settings.idle_seconds(shell.desk.workspace) == 300
    window = shell.desk.window
    shell.watch.idle.emit()
    qtbot.waitUntil(lambda: shell.desk is None)
    assert not window.isVisible()
    assert isinstance(shell.gate.part(), Unlock)
    assert shell.watch is None
