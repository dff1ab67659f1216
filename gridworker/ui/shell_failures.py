"""What nobody caught: one sentence for the person, the place in the code for the log, no personal data."""

import faulthandler
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from gridworker.errors import GridworkerError
from gridworker.i18n import _

LOG = "gridworker.log"
LARGEST = 200_000  # bytes of log after which the older half goes


def sentence_for(error: BaseException) -> str:
    """What happened and what to do next."""
    from gridworker.services.keeping import plainly  # once something failed: nothing of it before the first paint

    told = plainly(error)
    if told is not None:
        return told.told
    return _("出了点问题，已记入日志；已保存的内容都在，请再试一次。")


class Failures(QObject):
    """The window's door for unexpected failures, from any thread; `happened` carries the sentence."""

    happened = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._log = folder / LOG
        self._stacks: IO[str] | None = None

    def install(self) -> None:
        """Catch what no slot, timer or thread caught, and keep Python's stack of a hard crash."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self.take(args.exc_value) if args.exc_value else None
        qInstallMessageHandler(self._on_qt_message)
        try:
            self._stacks = self._log.with_suffix(".stacks").open("w", encoding="utf-8")
            faulthandler.enable(self._stacks)
        except OSError:
            self._stacks = None

    def remove(self) -> None:
        """Give the hooks back: the next application in this process brings its own."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._stacks is not None:
            faulthandler.disable()
            self._stacks.close()

    def take(self, error: BaseException) -> None:
        """Note a failure and say it."""
        if not isinstance(error, GridworkerError):
            self._write(describe(error))
        self.happened.emit(sentence_for(error))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, stack: TracebackType | None
    ) -> None:  # fmt: skip
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, stack)
            return
        self.take(error)

    def _on_qt_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self._write(f"Qt: {text}")

    def _write(self, text: str) -> None:
        try:
            if self._log.exists() and self._log.stat().st_size > LARGEST:
                kept = self._log.read_text(encoding="utf-8", errors="replace")[-LARGEST // 2 :]
                self._log.write_text(kept, encoding="utf-8")
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}\n")
        except OSError:
            return


def describe(error: BaseException) -> str:
    """Kind and places only: an error's own words may hold a name or a number of somebody."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames))
    return f"{type(error).__name__} at {places or '?'}"
