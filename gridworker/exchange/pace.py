"""How long one file may be thought about, and breaths meanwhile, so that it can be stopped at any moment.

Whoever walks over rows breathes; whoever starts such work says how much there is to do and who wants to hear.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, thread_time
from typing import Final

from gridworker.exchange.model import RawBook
from gridworker.exchange.raw_errors import Unreadable

SECONDS: Final = 10.0
"""What any file may take of the processor: other programs at work make none too complex."""
FOR_EACH_CELL: Final = 0.0002
"""Seconds more for each cell that holds something; a long list may take as long as its rows need."""
_BREATH: Final = 0.1
"""Seconds between two looks at the clock and whether to go on."""


class _Pace:
    """One file's time."""

    def __init__(self, seconds: float, heed: Callable[[], object]) -> None:
        self._until = thread_time() + seconds
        self._heed = heed
        self._next = 0.0

    def breathe(self) -> None:
        """Look around, if it is time to. Raises Unreadable when too much was taken, and whatever `heed` raises."""
        now = monotonic()
        if now < self._next:
            return
        self._next = now + _BREATH
        self._heed()
        if thread_time() > self._until:
            raise Unreadable("too_slow")


_PACE: Final[ContextVar[_Pace | None]] = ContextVar("pace", default=None)


def breathe() -> None:
    """Called for every row by whoever walks over many. Raises Unreadable, and whatever stops the work."""
    pace = _PACE.get()
    if pace is not None:
        pace.breathe()


@contextmanager
def kept(book: RawBook, heed: Callable[[], object] = bool) -> Iterator[None]:
    """Understand a file in its time; inside of another such work, in what is left of that one's."""
    if _PACE.get() is not None:
        yield
        return
    before = _PACE.set(_Pace(SECONDS + FOR_EACH_CELL * _cells(book), heed))
    is_swept = gc.isenabled()
    gc.disable()  # cells and readings make no rings, and a sweep looks at all of them again and again
    try:
        yield
    finally:
        _PACE.reset(before)
        if is_swept:
            gc.enable()


def _cells(book: RawBook) -> int:
    return sum(len(row) - row.count(None) for sheet in book.sheets for row in sheet.rows)
