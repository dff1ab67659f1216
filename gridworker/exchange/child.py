"""A child process that reads workbooks, one after the other; its death is a sentence, not ours."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, Final

from gridworker.exchange.model import RawBook
from gridworker.exchange.raw_errors import Unreadable
from gridworker.i18n import _

PATIENCE: Final = 15.0
"""Seconds for one workbook."""
_FOR_EACH_BYTE: Final = 5e-6
"""Seconds more for each byte of it: a long list may take as long as its rows need."""
_BREATH: Final = 0.1
"""Seconds between two looks at whether to go on."""
_ROWS: Final = 500
"""Rows handed over at a time, so that taking them never holds the program for long."""


class Child:
    """Starts the process when it is first needed and again after it died."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: Any = None
        self._pipe: Connection | None = None

    def read(self, data: bytes, password: str | None = None, heed: Callable[[], object] = bool) -> RawBook:
        """One workbook. Raises UserError, and whatever `heed` raises, which is called ten times a second."""
        answer = self._ask(data, password, heed)
        if isinstance(answer, Unreadable):
            raise answer
        answer.notes = [_sentence(note) for note in answer.notes]
        return answer

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
            self._process.close()
            self._pipe = None

    def _ask(self, data: bytes, password: str | None, heed: Callable[[], object]) -> RawBook | Unreadable:
        pipe = self._started()
        until = monotonic() + self._patience + _FOR_EACH_BYTE * len(data)
        try:
            pipe.send((data, password))
            while not pipe.poll(_BREATH):
                heed()
                if monotonic() > until:
                    self.close()
                    return Unreadable("too_slow")
            return _received(pipe, heed)
        except (EOFError, OSError):
            self.close()
            return Unreadable("died")
        except BaseException:  # stopped: what is still on its way is no answer to the next file
            self.close()
            raise

    def _started(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            self.close()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs,), daemon=True)
            self._process.start()
            theirs.close()
            self._pipe = ours
        return self._pipe


def _received(pipe: Connection, heed: Callable[[], object]) -> RawBook | Unreadable:
    """What the child sends: a book without its rows and then the rows, or why it cannot be read."""
    answer: RawBook | Unreadable = pipe.recv()
    if isinstance(answer, RawBook):
        for sheet in answer.sheets:
            while some := pipe.recv():
                sheet.rows += some
                heed()
    return answer


def _send(pipe: Connection, answer: RawBook | Unreadable) -> None:
    """The other end of `_received`."""
    if isinstance(answer, Unreadable):
        pipe.send(answer)
        return
    pipe.send(replace(answer, sheets=[replace(sheet, rows=[]) for sheet in answer.sheets]))
    for sheet in answer.sheets:
        for start in range(0, len(sheet.rows), _ROWS):
            pipe.send(sheet.rows[start : start + _ROWS])
        pipe.send([])


def _sentence(note: str) -> str:
    """What the child noted, in words."""
    sentences = {
        "external_links": _("这个文件引用了别的文件，读到的是保存时的内容。"),
    }
    return sentences[note]


def serve(pipe: Connection) -> None:
    """The child's life: answer each file with a book or with why not; a panic of the library ends it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a panic may print what it read
    from gridworker.exchange import raw_book, raw_memory

    while True:
        try:
            data, password = pipe.recv()
        except (EOFError, OSError):
            return
        raw_memory.limit_for(len(data))
        _send(pipe, _answer(data, password, raw_book.read))
        del data  # nothing of a file stays while the next one is read


def _answer(data: bytes, password: str | None, read: Callable[[bytes, str | None], RawBook]) -> RawBook | Unreadable:
    try:
        return read(data, password)
    except Unreadable as unreadable:
        return unreadable
    except (MemoryError, RecursionError):
        return Unreadable("died")
