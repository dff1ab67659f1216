"""Nobody at the keyboard: the window locks itself as if somebody had pressed 锁定; a touch puts it off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gridworker.services import access_lines, pins, settings
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


def test_a_laptop_that_slept_as_long_locks_when_it_wakes_up(qtbot, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(idle, "time", lambda: now[0])
    parent = QWidget()
    qtbot.addWidget(parent)
    watch = IdleWatch(lambda: 60.0, parent, look=1)
    now[0] += 59
    qtbot.wait(20)
    with qtbot.waitSignal(watch.idle):
        now[0] += 61


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


def test_a_pin_opens_it_again_and_after_five_wrong_ones_only_the_password(qtbot, shell):
    pins.choose(shell.desk.workspace, PASSWORD, "290517")
    shell.watch.idle.emit()
    part = shell.gate.part()
    assert shell.desk is None
    assert part.pin.isVisible()
    QTest.keyClicks(part.pin.field, "290517")
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    shell.watch.idle.emit()
    part = shell.gate.part()
    for left in (4, 3, 2, 1):
        QTest.keyClicks(part.pin.field, "290518")
        qtbot.waitUntil(lambda left=left: f"{left} 次" in part.pin.error._sentence.text() and part.pin.isEnabled())
    QTest.keyClicks(part.pin.field, "290518")
    qtbot.waitUntil(part.password.isVisible)
    part.pin_given.emit("290517")  # not even the right one, by whatever way
    qtbot.waitUntil(lambda: "PIN" in part.password.error._sentence.text() and part.password.isEnabled())
    assert shell.desk is None
    part.password_given.emit(PASSWORD)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=10_000)
    (line,) = [one for one in access_lines.newest(shell.desk.workspace) if one.act == "密码输错"]
    assert "6" in line.what
