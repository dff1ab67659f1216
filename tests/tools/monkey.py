"""A monkey at the real window: seeded keys, clicks, words of an input method, wheel and sizes, over every page.

`python -m tests.tools.monkey --seed 1 --events 10000 --role worker`; exits 1 and tells what came before, where an
exception, a warning of Qt or the log, a dialog that does not go by Esc, or a damaged store was found.
"""

import argparse
import logging
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from gridworker.services import demos, keeping
from gridworker.services.look import Look
from gridworker.services.workspace import Workspace
from gridworker.ui import theme
from gridworker.ui.desk import Desk
from gridworker.ui.language import speak
from gridworker.ui.tasks import Tasks
from gridworker.ui.widgets.focus_ring import FocusRing

Key = Qt.Key
PLAIN, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
MOVES = (Key.Key_Tab, Key.Key_Backtab, Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_Home,
         Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)  # fmt: skip
DEEDS = (Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Space, Key.Key_Backspace, Key.Key_Delete)
FUNCTION_KEYS = (Key.Key_F1, Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F5, Key.Key_F6, Key.Key_F7, Key.Key_F8)
WITH_CTRL = (*(Qt.Key(ord(letter)) for letter in "ACEGHKMNOPVXZ"), Key.Key_Return, Key.Key_Delete)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-/. "
WORDS = (
    "李",
    "王桂芳",
    "3栋2单元502",
    "腿脚好多了，药还够吃两周。",
    "昨天",
    "金江西苑",
    "１３８",
    "𬱖",
    "报销",
    "\t",
    "",
)
SIZES = ((1366, 768), (1092, 574), (1920, 1080), (1366, 728), (1200, 700))
ODDS = {"move": 16, "deed": 18, "letter": 14, "word": 8, "compose": 2, "function": 5, "ctrl": 7, "page": 7, "click": 18,
        "double": 2, "wheel": 3, "size": 1}  # fmt: skip
STUCK = 12
"""Times that Esc is tried on a dialog that stays."""
STAY = 60
"""Events after which a dialog is asked to go, so that the whole window is seen."""


@dataclass
class Findings:
    """What went wrong, and how long each event took in milliseconds until the window had painted again."""

    faults: list[str] = field(default_factory=list)
    taken: list[tuple[float, str]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def report(self) -> str:
        """Counts, the slowest events, the faults."""
        times = sorted(each for each, _what in self.taken)
        p99 = times[int(len(times) * 0.99)]
        slow = sorted(self.taken, reverse=True)[:8]
        middle, over = times[len(times) // 2], sum(each > 100 for each in times)
        lines = [
            f"{len(times)} events {dict(self.kinds)}",
            f"p50 {middle:.1f}  p99 {p99:.1f}  worst {times[-1]:.1f} ms; over 100 ms {over}",
        ]
        lines += [f"  {each:7.1f} ms  {what}" for each, what in slow]
        return "\n".join([*lines, f"{len(self.faults)} faults", *self.faults])


class Monkey:
    """Does one thing after the other to whatever is open."""

    def __init__(self, desk: Desk, seed: int, findings: Findings) -> None:
        self._desk, self._dice, self._findings = desk, random.Random(seed), findings
        self.trail: deque[str] = deque(maxlen=16)
        self._loop = QEventLoop()
        self._left = self._faults = self._stayed = 0
        self._begun = 0.0
        self._language = "zh_CN"
        self._dialog: QWidget | None = None

    def wear(self, look: Look) -> None:
        """What the shell does with a look asked for in the settings, without keeping it for the next start."""
        if look.language != self._language:
            self._language = look.language
            speak(look.language)
            self._desk.rebuild(look)

    def go(self, events: int) -> None:
        """Do a number of things; each waits for its turn in the event loop, also in the loop of a menu."""
        self._left = events
        QTimer.singleShot(0, self._step)
        self._loop.exec()

    def _step(self) -> None:
        self._tell()
        self._watch_dialog()
        if self._left <= 0 and self._dialog is None:
            self._loop.quit()
            return
        QTimer.singleShot(0, self._step)
        self._left -= 1
        kind = "dismiss" if self._stayed > STAY else self._dice.choices(list(ODDS), list(ODDS.values()))[0]
        self._findings.kinds[kind] += 1
        self._begun = time.perf_counter()
        self.trail.append(f"{self._desk.window.current_page()} {kind}")
        getattr(self, f"_{kind}")()

    def _watch_dialog(self) -> None:
        dialog = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        self._stayed = self._stayed + 1 if dialog is self._dialog is not None else 0
        if self._left <= 0:
            self._stayed = max(self._stayed, STAY + 1)
        self._dialog = dialog

    def _dismiss(self) -> None:
        """A dialog that was open for long is asked to go, as at the end."""
        if self._stayed <= STAY + STUCK:
            self._press(Key.Key_Escape)
        elif self._dialog is not None:
            self._findings.faults.append(f"{type(self._dialog).__name__} does not go by Esc")
            self._dialog.close()

    def _tell(self) -> None:
        """How long the last thing kept the window from the next one, and what went wrong meanwhile."""
        if self.trail:
            self._findings.taken.append((1000 * (time.perf_counter() - self._begun), self.trail[-1]))
        for number in range(self._faults, len(self._findings.faults)):
            self._findings.faults[number] += "\n    after: " + " | ".join(self.trail)
        self._faults = len(self._findings.faults)

    def _top(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._desk.window

    def _here(self) -> QWidget:
        top = self._top()
        if QApplication.activeWindow() is None:
            top.window().activateWindow()  # as every desktop does when a dialog went
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.isVisible() and focus.window() is top.window() else top

    def _note(self, what: str) -> None:
        self.trail[-1] += f" {what}"

    def _press(self, key: Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        here = self._here()
        self._note(f"{key.name} {modifiers.name} on {_named(here)}")
        QTest.keyClick(here, key, modifiers)

    def _move(self) -> None:
        self._press(self._dice.choice(MOVES), self._dice.choice((PLAIN, PLAIN, PLAIN, SHIFT)))

    def _deed(self) -> None:
        self._press(self._dice.choice(DEEDS))

    def _function(self) -> None:
        self._press(self._dice.choice(FUNCTION_KEYS))

    def _ctrl(self) -> None:
        self._press(self._dice.choice(WITH_CTRL), CTRL)

    def _page(self) -> None:
        self._press(Qt.Key(Key.Key_1 + self._dice.randrange(7)), ALT)

    def _letter(self) -> None:
        here, letters = self._here(), "".join(self._dice.choices(LETTERS, k=self._dice.randint(1, 4)))
        self._note(f"{letters!r} on {_named(here)}")
        for letter in letters:
            QTest.keyClick(self._here(), letter)

    def _word(self) -> None:
        here, word = self._here(), self._dice.choice(WORDS)
        self._note(f"word {word} on {_named(here)}")
        _send_words(here, "", word)

    def _compose(self) -> None:
        here = self._here()
        self._note(f"composing on {_named(here)}")
        _send_words(here, "ni'hao", "")

    def _spot(self) -> tuple[QWidget, QPoint]:
        """A part that shows, as a person would aim; half of the time any point."""
        top = self._top()
        parts = [part for part in top.findChildren(QWidget) if part.isVisible() and part.isEnabled()]
        if not parts or self._dice.random() < 0.5:
            at = QPoint(self._dice.randrange(max(1, top.width())), self._dice.randrange(max(1, top.height())))
        else:
            part = self._dice.choice(parts)
            at = part.mapTo(top, part.rect().center()) if part.window() is top else top.rect().center()
        under = top.childAt(at) or top
        return under, under.mapFrom(top, at)

    def _click(self) -> None:
        under, at = self._spot()
        self._note(f"click on {_named(under)} {at.toTuple()}")
        button = self._dice.choice((Qt.MouseButton.LeftButton,) * 9 + (Qt.MouseButton.RightButton,))
        QTest.mouseClick(under, button, PLAIN, at)

    def _double(self) -> None:
        under, at = self._spot()
        self._note(f"double click on {_named(under)} {at.toTuple()}")
        QTest.mouseDClick(under, Qt.MouseButton.LeftButton, PLAIN, at)

    def _wheel(self) -> None:
        under, at = self._spot()
        turn = QPoint(0, self._dice.choice((-360, -120, 120, 360)))
        event = QWheelEvent(QPointF(at), QPointF(under.mapToGlobal(at)), QPoint(), turn, Qt.MouseButton.NoButton, PLAIN,
                            Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        self._note(f"wheel {turn.y()} on {_named(under)}")
        QApplication.sendEvent(under, event)

    def _size(self) -> None:
        size = self._dice.choice(SIZES)
        self._note(f"to {size}")
        self._desk.window.resize(*size)


def _send_words(widget: QWidget, composing: str, word: str) -> None:
    """As an input method does, which speaks only to what takes words."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
        event = QInputMethodEvent(composing, [])
        event.setCommitString(word)
        QApplication.sendEvent(widget, event)


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or widget.objectName()}".strip()


@contextmanager
def watching(findings: Findings) -> Iterator[None]:
    """Everything that is said to nobody becomes a fault; file and print dialogs answer that nobody wants anything."""

    def on_exception(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        findings.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def on_message(kind: QtMsgType, _context: object, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and "This plugin does not support" not in text:
            findings.faults.append(f"Qt: {text}\n" + "".join(traceback.format_stack(limit=6)))

    class Loud(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            findings.faults.append(f"log: {record.getMessage()}")

    loud = Loud(logging.WARNING)
    with ExitStack() as undone:
        undone.enter_context(mock.patch.object(sys, "excepthook", on_exception))
        for name, answer in _REFUSALS.items():
            undone.enter_context(mock.patch.object(QFileDialog, name, return_value=answer))
        undone.enter_context(mock.patch.object(QPrintDialog, "exec", return_value=0))
        before = qInstallMessageHandler(on_message)
        undone.callback(qInstallMessageHandler, before)
        logging.getLogger().addHandler(loud)
        undone.callback(logging.getLogger().removeHandler, loud)
        yield


_REFUSALS: dict[str, Any] = {
    "getOpenFileName": ("", ""), "getOpenFileNames": ([], ""), "getSaveFileName": ("", ""), "getExistingDirectory": "",
}  # fmt: skip


def run(workspace: Workspace, seed: int, events: int) -> Findings:
    """Let the monkey loose on a workspace; the store is checked afterwards."""
    findings, tasks = Findings(), Tasks()
    look = Look(theme.LIGHT)
    with watching(findings):
        desk = Desk(workspace, tasks, look)
        desk.window.resize(1366, 768)
        desk.show()
        QApplication.processEvents()
        monkey = Monkey(desk, seed, findings)
        desk.look_changed.connect(monkey.wear)
        monkey.go(events)
        tasks.close()
        QApplication.processEvents()
        findings.faults += [f"store: {fault}" for fault in keeping.check(workspace).faults]
        desk.put_away()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return findings


def main() -> int:
    """Seeds one after the other, each on invented people of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.monkey")
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--role", choices=["worker", "township"], default="worker")
    given = parser.parse_args()
    app = QApplication([])
    app.setCursorFlashTime(0)
    FocusRing.install(app)
    found = 0
    for seed in given.seed:
        theme.apply(theme.LIGHT, bundled_font=True)
        speak("zh_CN")
        with tempfile.TemporaryDirectory(prefix="gridworker-monkey-") as folder:
            nothing: Callable[..., None] = lambda *_told: None  # noqa: E731
            workspace = demos.open_or_make(Path(folder), given.role, date(2026, 11, 25), nothing)
            findings = run(workspace, seed, given.events)
        print(f"seed {seed} as {given.role}: {findings.report()}", flush=True)
        found += len(findings.faults)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
