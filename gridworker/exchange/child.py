"""A child process that reads workbooks, one after the other; its death is a sentence, not ours."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from typing import Any, Final

from gridworker.errors import UserError
from gridworker.exchange.model import RawBook
from gridworker.i18n import _

PATIENCE: Final = 60.0
"""Seconds for one workbook."""
MEMORY: Final = 2_000_000_000
"""Bytes of address space for the child, where the system can limit it."""


class Child:
    """Starts the process when it is first needed and again after it died."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Connection | None = None

    def read(self, data: bytes, kind: str) -> RawBook:
        """One workbook. Raises UserError."""
        pipe = self._started()
        try:
            pipe.send((data, kind))
            if not pipe.poll(PATIENCE):
                raise TimeoutError
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise _unreadable() from error
        if isinstance(answer, RawBook):
            return answer
        raise _unreadable()

    def close(self) -> None:
        """End the process."""
        self._stop()

    def _started(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            self._stop()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
            self._pipe = None


def _unreadable() -> UserError:
    return UserError(
        "damaged_file", _("这个文件读不下去，可能已损坏。"), _("请用 WPS 或 Excel 打开，另存为 xlsx 后再试。")
    )


def serve(pipe: Connection) -> None:
    """The child's life: read what comes, answer with a book or with None."""
    _limit_memory()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic may print what it read
    from gridworker.exchange import sheets

    while True:
        try:
            data, kind = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = sheets.read(data, kind)
        except BaseException:  # the door of this process: the reader's panics are no exceptions of ours
            answer = None
        pipe.send(answer)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the preflight has looked at sizes
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
