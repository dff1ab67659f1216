"""Any spreadsheet as it lies in the file, opened by content and never by extension (excel.md §2, §6).

The reading itself happens in a child process: the reader's library ends its process on some hostile files.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from gridworker.exchange.child import Child
from gridworker.exchange.model import RawBook


class Read(Protocol):
    """Reads one file's bytes under a password; `heed` is called ten times a second and may raise to stop it."""

    def __call__(self, data: bytes, password: str | None = None, heed: Callable[[], object] = bool) -> RawBook:
        """One file. Raises UserError."""


@contextmanager
def reader() -> Iterator[Read]:
    """A reader for many files; one child process serves them all, and another takes over when it dies."""
    child = Child()
    try:
        yield child.read
    finally:
        child.close()


def read_book(data: bytes, password: str | None = None) -> RawBook:
    """One file. Raises UserError with one sentence for whatever it cannot read."""
    with reader() as read:
        return read(data, password)


def read_book_here(data: bytes, password: str | None = None) -> RawBook:
    """One file without the protection of a child process: what the child itself runs. Raises UserError."""
    from gridworker.exchange import raw_book

    return raw_book.read(data, password)
