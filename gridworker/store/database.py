"""Opening the encrypted file, transactions, and sentences for what can go wrong with disks."""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from gridworker.errors import DataError, UserError
from gridworker.i18n import _
from gridworker.leftovers import of_disk, sweep
from gridworker.store import schema, tries, vault
from gridworker.store.engine import Connection, DatabaseError, IntegrityError, connect

FILE: Final = "store.db"
BACKUPS: Final = "backups"
SIDECAR: Final = "store.json"
PARTS: Final = (vault.PASSWORD, vault.RECOVERY, SIDECAR, FILE)
READY: Final = "restore-ready-"
"""A folder of this name holds a whole store that takes the place of the one beside it, whatever happens meanwhile."""
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "cache_size=-64000",
    "journal_size_limit=67108864",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
)


def exists(folder: Path) -> bool:
    """Whether a store lives in this folder, or a restored one waits to be put in its place."""
    return (folder / FILE).exists() or any(folder.glob(READY + "*"))


def create(folder: Path, password: str) -> tuple[bytes, str]:
    """A new encrypted store with its two vaults. Returns the data key and the recovery code."""
    if exists(folder):
        raise UserError("store_exists", _("这个文件夹里已经有数据。"), _("请换一个文件夹，或直接打开已有的数据。"))
    vault.check_password(password)
    key, code = vault.new_key(), vault.new_recovery_code()
    with told_plainly():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        vault.seal(folder, vault.PASSWORD, password, key)
        vault.seal(folder, vault.RECOVERY, vault.clean_code(code), key)
        (folder / SIDECAR).write_text(json.dumps({"store": "gridworker", "version": schema.VERSION}), encoding="utf-8")
        connection = open_with_key(folder, key)
        schema.migrate(connection)
        connection.close()
    return key, code


def settle(folder: Path) -> Path | None:
    """Finish a restore that came as far as a whole store beside the old one, which goes aside. Returns where to."""
    for ready in sorted(folder.glob(READY + "*")):
        aside = folder / ready.name.replace(READY, "before-restore-")
        if (ready / FILE).exists():
            for name in (*(FILE + tail for tail in ("-wal", "-shm")), *PARTS):
                _exchange(folder / name, ready / name, aside / name)
        shutil.rmtree(ready)
        return aside if aside.exists() else None
    return None


def _exchange(here: Path, ready: Path, aside: Path) -> None:
    """A part goes aside and its successor comes in; done again after a pulled plug, only what is left to do."""
    is_old = ready.exists() or here.name.startswith(FILE + "-")
    if is_old and here.exists():
        aside.parent.mkdir(exist_ok=True)
        os.replace(here, aside)
    if ready.exists():
        os.replace(ready, here)


def unlock(folder: Path, password: str) -> bytes:
    """The data key of a store under its password. Raises UserError."""
    with told_plainly():
        settle(folder)
    for place in (folder, folder / BACKUPS):
        sweep(place)
    if not exists(folder):
        raise UserError(
            "no_store", _("这里还没有数据：{folder}").format(folder=folder), _("请先用 init 建立，或检查 --data。")
        )
    return tries.unseal(folder, vault.PASSWORD, password)


def open_with_key(folder: Path, key: bytes) -> Connection:
    """A connection to the store; every thread needs its own, and the raw key costs no key derivation."""
    connection = connect(str(folder / FILE), check_same_thread=False)
    try:
        connection.execute("pragma cipher_log_level = none")
        connection.execute(f"pragma key = \"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")
    except DatabaseError as error:
        connection.close()
        raise DataError("damaged", _("数据文件打不开，可能已损坏。"), _("请从备份恢复。")) from error
    return connection


class GaveWayError(Exception):
    """Long work stopped and was rolled back, since somebody else in this program waits to write."""


class _Waiting:
    """How many in this program wait for the one place to write."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def add(self, step: int) -> None:
        """One more or one less; threads may meet here."""
        with self._lock:
            self.count += step


_waiting: Final = _Waiting()
_TURN: Final = 5.0
"""Seconds after which somebody who waits to write has given up."""


def give_way() -> None:
    """Called inside long transactions that can be done again. Raises GaveWayError when somebody waits to write."""
    if _waiting.count:
        raise GaveWayError


def let_others_write() -> None:
    """Wait, outside of any transaction, until nobody waits to write any more."""
    until = monotonic() + _TURN
    while _waiting.count and monotonic() < until:
        sleep(0.005)


def _begin(connection: Connection) -> None:
    _waiting.add(1)
    try:
        connection.execute("begin immediate")
    finally:
        _waiting.add(-1)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing; nested use joins the outer one."""
    if connection.in_transaction:
        yield
        return
    with told_plainly():
        _begin(connection)
        try:
            yield
            connection.execute("commit")
        except BaseException:
            _roll_back(connection)
            raise


def _roll_back(connection: Connection) -> None:
    """A full or failing disk has rolled back by itself."""
    if connection.in_transaction:
        connection.execute("rollback")


@contextmanager
def rehearsal(connection: Connection) -> Iterator[None]:
    """Do everything as for real, then take it all back: for previews."""
    with told_plainly():
        _begin(connection)
        try:
            yield
        finally:
            _roll_back(connection)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what disks and locks do into one sentence with the next step."""
    try:
        yield
    except IntegrityError:
        raise
    except DatabaseError as error:
        raise _explained(error) from error
    except OSError as error:
        raise of_disk(error) from error


def _explained(error: Exception) -> Exception:
    text = str(error)
    if "full" in text:
        return DataError("disk_full", _("磁盘满了，这一次没有保存，原来的数据都在。"), _("请腾出空间后再保存一次。"))
    if "readonly" in text or "read-only" in text:
        return DataError("read_only", _("数据文件夹不能写入。"), _("请检查权限，或换一个文件夹。"))
    if "locked" in text or "busy" in text:
        return DataError("locked", _("另一个程序窗口正在写入。"), _("请关掉另一个窗口后再试。"))
    if "disk I/O" in text:
        return DataError("disk", _("读写磁盘出错，这一次没有保存。"), _("请检查磁盘，再试一次。"))
    if "malformed" in text or "not a database" in text:
        return DataError("damaged", _("数据文件有损坏的页，这一次没有保存。"), _("请从最近的备份恢复。"))
    return error
