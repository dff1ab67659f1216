"""Window tests: offscreen, one font, one scale, no blinking cursor; typing of Chinese and a probe for stalls."""

import gc
import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from types import ModuleType

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gridworker.ui import garbage, theme
from gridworker.ui.widgets.focus_ring import FocusRing


@pytest.fixture(scope="session", autouse=True)
def _window_look(qapp: QApplication) -> None:
    qapp.setCursorFlashTime(0)
    garbage.Collector(qapp)
    theme.apply(theme.LIGHT, bundled_font=True)
    FocusRing.install(qapp)


@pytest.fixture(scope="module", autouse=True)
def _little_to_collect() -> None:
    """What earlier tests left is no rubbish of a window: it is not gone through whenever the look changes."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _light_again() -> Iterator[None]:
    yield
    garbage.collect()
    if (theme.current().scheme, theme.current().scale) != (theme.LIGHT, 1.0):
        theme.apply(theme.LIGHT, bundled_font=True)


@pytest.fixture(autouse=True)
def _nothing_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test left in front is put away before its store is closed: a draft of it would be kept in a later test.

    What is gone already goes for good: no change of look and no search among all widgets comes to it any more.
    """
    if "open_copy" in request.fixturenames:
        request.getfixturevalue("open_copy")
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for left in QApplication.topLevelWidgets():
        left.hide()
        for timer in left.findChildren(QTimer):
            timer.stop()


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """A part that a test shows by itself wears the look as in a window."""
    add = qtbot.addWidget

    def dressed(widget: QWidget) -> None:
        add(widget)
        if widget.parentWidget() is None and not widget.styleSheet():
            theme.dress(widget)

    monkeypatch.setattr(qtbot, "addWidget", dressed)
    return qtbot


def _send(widget: QWidget, preedit: str, committed: str) -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(committed)
    QApplication.sendEvent(widget, event)


@pytest.fixture(autouse=True)
def _no_file_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers a file dialog here: one that a test did not expect would wait for ever."""

    def refuse(*_given: object) -> None:
        raise AssertionError("a file dialog nobody expected")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, refuse)


@pytest.fixture
def commit_text() -> Callable[[QWidget, str], None]:
    """Type text as an input method does; `keyClicks` with Chinese aborts the process (gui.md §11)."""
    return lambda widget, text: _send(widget, "", text)


@pytest.fixture
def compose_text() -> Callable[[QWidget, str], None]:
    """Hold text in the input method without committing it."""
    return lambda widget, text: _send(widget, text, "")


class LatencyProbe(QObject):
    """Measures the longest gap in the event loop while inside `with`, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self.worst = 0.0
        self._last = 0.0
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> "LatencyProbe":
        self._last = perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000 - 5)
        self._last = now


@pytest.fixture
def latency_probe() -> LatencyProbe:
    """`with latency_probe: …` then assert on `.worst`."""
    return LatencyProbe()


@pytest.fixture(scope="session")
def gallery() -> ModuleType:
    """The mock pages of tests/tools/gallery.py."""
    file = Path(__file__).parents[1] / "tools" / "gallery.py"
    spec = importlib.util.spec_from_file_location("gallery", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
