"""Ways in which a disk spoils pages of a store, and where its entries lie."""

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final

from gridworker.store import database
from gridworker.store.engine import DatabaseError

PAGE: Final = 4096
Way = Callable[[BinaryIO, int], None]


def zeroed(file: BinaryIO, page: int) -> None:
    """The page reads as zeros."""
    file.seek(page * PAGE)
    file.write(bytes(PAGE))


def flipped(file: BinaryIO, page: int) -> None:
    """One bit of the page is another."""
    file.seek(page * PAGE + 1234)
    (byte,) = file.read(1)
    file.seek(-1, 1)
    file.write(bytes([byte ^ 4]))


def cut(file: BinaryIO, page: int) -> None:
    """The file ends within the page."""
    file.truncate(page * PAGE + 99)


def spoil(folder: Path, way: Way, pages: Iterable[int]) -> None:
    """Damage pages of a closed store's file."""
    with (folder / database.FILE).open("r+b") as file:
        for page in pages:
            way(file, page)


def pages_of_entries(folder: Path, key: bytes) -> list[int]:
    """The pages of a closed store without which entries do not read, while all else does."""
    found = []
    with (folder / database.FILE).open("r+b") as file:
        for page in range(1, file.seek(0, 2) // PAGE):
            file.seek(page * PAGE)
            former = file.read(PAGE)
            zeroed(file, page)
            file.flush()
            if _fails(folder, key, "select max(body) from entry") and not _fails(folder, key, "select 1 from setting"):
                found.append(page)
            file.seek(page * PAGE)
            file.write(former)
    return found


def _fails(folder: Path, key: bytes, sql: str) -> bool:
    with closing(database.keyed(folder, key)) as connection:
        try:
            connection.execute(sql).fetchall()
        except DatabaseError:
            return True
    return False
