"""Backups: one zip of the encrypted store and its two vaults; nothing in it is readable without the password."""

import os
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from gridworker import leftovers
from gridworker.domain.ids import random_id, to_text
from gridworker.errors import DataError, UserError
from gridworker.i18n import _
from gridworker.store import database, erased_beside, erasing, vault
from gridworker.store.engine import Connection, DatabaseError, OperationalError
from gridworker.store.session import Store

LEAST: Final = 2
SHARE: Final = 10
"""Backups may take one part in so many of the free space; at least `LEAST` are kept."""


Asked = Callable[[], bool]
NEVER: Final[Asked] = lambda: False  # noqa: E731
"""Nobody stops it."""
_STRIDE: Final = 1000
"""Steps of the database between two looks at whether to stop."""


def write(store: Store, target: Path, is_stopped: Asked = NEVER) -> None:
    """Write a checked copy beside its final name, then rename it."""
    with database.told_plainly():
        target.parent.mkdir(parents=True, exist_ok=True)
        vault.tend(store.folder)
        if vault.is_sound(store.folder / vault.PASSWORD) is False:  # nobody could open the backup
            raise vault.damage(vault.PASSWORD)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-gw") as folder:
            copy = Path(folder) / database.FILE
            _copy_database(store, copy, is_stopped)
            _prove(store, copy.parent)
            draft = Path(folder) / "backup.zip"
            with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as bundle:
                bundle.write(copy, database.FILE)
                for name in database.PARTS[:-1]:
                    bundle.write(store.folder / name, name)
            _prove_bundle(draft)
            leftovers.settle(draft)
            os.replace(draft, target)


def _prove(store: Store, folder: Path) -> None:
    """Every page of the copy is as it was written; a copy that is not would be found too late."""
    with closing(store.connection_to(folder)) as connection:
        if not is_sound(connection):
            raise DataError("damaged", _("备份核对不上，没有留下备份文件。"), _("请运行 check，再备份一次。"))
        database.gather(connection)


def _prove_bundle(file: Path) -> None:
    with zipfile.ZipFile(file) as bundle:
        if bundle.testzip() is not None:
            raise DataError("disk", _("备份核对不上，没有留下备份文件。"), _("请换一个磁盘再备份一次。"))


def _copy_database(store: Store, copy: Path, is_stopped: Asked) -> None:
    """A snapshot under the same key; its own connection, since a copy within a transaction never ends."""
    with closing(store.another_connection()) as source:
        source.set_progress_handler(is_stopped, _STRIDE)
        source.execute("vacuum into ?", (str(copy),))


def rotate(folder: Path, fresh: str = "") -> None:
    """Drop the oldest backups beyond their share of the free space; never the fresh one, whatever the clock says."""
    files = sorted(folder.glob("*.gwbackup"), key=lambda one: (one.name == fresh, one.name), reverse=True)
    room = shutil.disk_usage(folder).free // SHARE
    kept = 0
    for place, file in enumerate(files):
        kept += file.stat().st_size
        if place >= LEAST and kept > room:
            file.unlink()


def restore(folder: Path, file: Path, password: str) -> Path | None:
    """Put a backup in place and draw a new device id; the former store is moved aside. Returns where."""
    with database.told_plainly():
        with database.built_aside(folder) as fresh:
            unpack(file, fresh)
            key = vault.unseal(fresh, vault.PASSWORD, password)
            _renew_device(fresh, key)
            erase_again(fresh, key, erased_beside.of_folder(folder, key))
        return database.settle(folder)


def unpack(file: Path, fresh: Path) -> None:
    """Put the parts of a backup into a folder. Raises UserError for what is none."""
    try:
        with zipfile.ZipFile(file) as bundle:
            for part in database.PARTS:
                bundle.extract(part, fresh)
    except (FileNotFoundError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            "bad_backup", _("这不是完整的备份文件：{name}").format(name=file.name), _("请选 .gwbackup 文件。")
        ) from error


@contextmanager
def opened(file: Path, key: bytes) -> Iterator[Connection]:
    """The database of a backup, to look into; it is taken out into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="gridworker-") as name:
        unpack(file, Path(name))
        with closing(database.open_with_key(Path(name), key)) as connection:
            yield connection


@contextmanager
def opened_beside(store: Store, file: Path) -> Iterator[Connection]:
    """The database of a backup of this very store, to look into."""
    with tempfile.TemporaryDirectory(prefix="gridworker-") as name:
        unpack(file, Path(name))
        with closing(store.connection_to(Path(name))) as connection:
            yield connection


@contextmanager
def opened_now(store: Store) -> Iterator[Connection]:
    """The store itself on a connection of its own."""
    with closing(store.another_connection()) as connection:
        yield connection


def newer(now: Connection, then: Connection) -> Counter[str]:
    """By ledger: how many records one store tells more about than the other."""
    known = {id: count for id, _name, count in then.execute(_TOLD)}
    return Counter(name for id, name, count in now.execute(_TOLD) if count > known.get(id, 0))


_TOLD: Final = (
    "select r.id, r.ledger, count(*) from entry e join record r on r.no = e.key >> 20 where e.held > 0 group by r.no"
)
"""By record: how many entries count."""


def _renew_device(fresh: Path, key: bytes) -> None:
    with closing(database.open_with_key(fresh, key)) as connection:
        if not is_sound(connection):
            raise DataError("damaged", _("备份文件已损坏，没有恢复。"), _("请换一份备份。"))
        connection.execute("update setting set value = ? where name = 'device'", (to_text(random_id()),))
        database.gather(connection)


def erase_again(fresh: Path, key: bytes, erased: erased_beside.Erased) -> None:
    """What was erased after the backup was made goes from it before anybody can see it."""
    if not (erased.stones or erased.codes):
        return
    store = Store(fresh, key)
    try:
        erasing.remember_codes(store.connection, erased.codes.items())
        erasing.apply(store.connection, store.deed("erase"), erased.stones.values())
        erasing.scrub(store.connection)
        database.gather(store.connection)
    finally:
        store.close()


def is_sound(connection: Connection) -> bool:
    """Whether every page is what was written."""
    try:
        return not damaged_pages(connection) and connection.execute("pragma quick_check").fetchone()[0] == "ok"
    except DatabaseError:
        return False


def damaged_pages(connection: Connection) -> int:
    """How many pages are not what was written.

    A page that a pulled plug left half written stands whole in the write-ahead log, which comes first: the check of
    pages looks past it.
    """
    with suppress(OperationalError):
        connection.execute("pragma wal_checkpoint(full)")
    return len(connection.execute("pragma cipher_integrity_check").fetchall())
