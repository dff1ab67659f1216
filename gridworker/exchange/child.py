"""A child process that reads workbooks, one after the other; its death is a sentence, not ours."""

import multiprocessing
import os
from multiprocessing.connection import Connection
from typing import Any, Final

from gridworker.exchange.model import RawBook
from gridworker.exchange.raw_errors import Unreadable
from gridworker.i18n import _

PATIENCE: Final = 60.0
"""Seconds for one workbook."""


class Child:
    """Starts the process when it is first needed and again after it died."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: Any = None
        self._pipe: Connection | None = None

    def read(self, data: bytes, password: str | None = None) -> RawBook:
        """One workbook. Raises UserError."""
        answer = self._ask(data, password)
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

    def _ask(self, data: bytes, password: str | None) -> RawBook | Unreadable:
        pipe = self._started()
        try:
            pipe.send((data, password))
            if not pipe.poll(self._patience):
                self.close()
                return Unreadable("too_slow")
            answer: RawBook | Unreadable = pipe.recv()
        except (EOFError, OSError):
            self.close()
            return Unreadable("died")
        return answer

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


def _sentence(note: str) -> str:
    """What the child noted, in words."""
    sentences = {
        "external_links": _("这个文件引用了别的文件，读到的是保存时的内容。"),
        "hidden_rows": _("表里有隐藏的行，也一起读了。"),
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
        answer: RawBook | Unreadable
        raw_memory.limit_for(len(data))
        try:
            answer = raw_book.read(data, password)
        except Unreadable as unreadable:
            answer = unreadable
        except (MemoryError, RecursionError):
            answer = Unreadable("died")
        pipe.send(answer)
