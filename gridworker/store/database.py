"""Opening the encrypted file, transactions, and sentences for what can go wrong with disks."""

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from gridworker import leftovers
from gridworker.errors import DataError, UserError
from gridworker.i18n import _
from gridworker.store import schema, tries, vault
from gridworker.store.engine import Connection, DatabaseError, IntegrityError, connect

FILE: Final = "store.db"
BACKUPS: Final = vault.COPIES
SIDECAR: Final = "store.json"
PARTS: Final = (*vault.NAMES, SIDECAR, FILE)
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
    """Whether a store lives in this folder: its data, its vault without them, or a new one that waits for its place."""
    return any((folder / name).exists() for name in (FILE, vault.PASSWORD)) or any(folder.glob(READY + "*"))


def refuse_existing(folder: Path) -> None:
    """Nothing is made over data that are there, nor over what a lost data file left. Raises UserError."""
    if exists(folder):
        raise UserError("store_exists", _("这个文件夹里已经有数据。"), _("请换一个文件夹，或直接打开已有的数据。"))


@contextmanager
def built_aside(folder: Path) -> Iterator[Path]:
    """A folder in which to make a whole store; made, it waits to be put in its place, which `settle` does. Killed
    meanwhile, it was never a store.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    leftovers.sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restore-gw") as name:
        fresh = Path(name) / "store"
        fresh.mkdir(mode=0o700)
        yield fresh
        for part in PARTS:
            leftovers.settle(fresh / part)
        os.replace(fresh, folder / f"{READY}{datetime.now():%Y%m%d-%H%M%S}")


def gather(connection: Connection) -> None:
    """Everything into the one file that will be moved; it fails where that cannot be."""
    connection.execute("pragma journal_mode=delete")


def create(folder: Path, password: str) -> tuple[bytes, str]:
    """A new encrypted store with its two vaults in an empty folder. Returns the data key and the recovery code."""
    key, code = vault.new_key(), vault.new_recovery_code()
    vault.seal(folder, vault.PASSWORD, password, key)
    vault.seal(folder, vault.RECOVERY, vault.clean_code(code), key)
    write_sidecar(folder)
    with closing(open_new(folder, key)) as connection:
        schema.migrate(connection)
    return key, code


def write_sidecar(folder: Path) -> None:
    """What this folder holds, in words that need no password."""
    (folder / SIDECAR).write_text(json.dumps({"store": "gridworker", "version": schema.VERSION}), encoding="utf-8")


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
        leftovers.sweep(place)
    if not exists(folder):
        raise UserError(
            "no_store", _("这里还没有数据：{folder}").format(folder=folder), _("请先用 init 建立，或检查 --data。")
        )
    return tries.unseal(folder, vault.PASSWORD, password)


def open_with_key(folder: Path, key: bytes) -> Connection:
    """A connection to the store; every thread needs its own, and the raw key costs no key derivation."""
    file = folder / FILE
    if not file.exists():
        raise DataError("damaged", _("数据文件 store.db 不见了，密码文件还在。"), _("请放回原处，或恢复备份。"))
    if not file.stat().st_size:  # an engine would take it for a new one
        raise damage(_("数据文件是空的。"))
    return open_new(folder, key)


def open_new(folder: Path, key: bytes) -> Connection:
    """A connection to a store that is there, or is made by it."""
    connection = keyed(folder, key)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")
    except DatabaseError as error:
        connection.close()
        told = explained(error)
        raise (told if isinstance(told, DataError) else damage(_("数据文件打不开，可能已损坏。"))) from error
    return connection


def keyed(folder: Path, key: bytes) -> Connection:
    """A connection that has its key and has read nothing yet."""
    connection = connect(str(folder / FILE), check_same_thread=False)
    connection.execute("pragma cipher_log_level = none")
    connection.execute(f"pragma key = \"x'{key.hex()}'\"")
    return connection


def damage(sentence: str) -> DataError:
    """The data file is not as it was written."""
    return DataError("damaged", sentence, _("别的都没有动。可以恢复备份，或救出还读得出的记录（salvage）。"))


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
    except (DatabaseError, OSError) as error:
        raise explained(error) from error


def explained(error: Exception) -> Exception:
    """The sentence for what disks and locks do; any other error as it is."""
    if isinstance(error, OSError):
        return leftovers.of_disk(error)
    text = str(error) if isinstance(error, DatabaseError) else ""
    return next((tell() for words, tell in _TOLD if any(word in text for word in words)), error)


_TOLD: Final[tuple[tuple[tuple[str, ...], Callable[[], DataError]], ...]] = (
    (("full",), lambda: DataError(
        "disk_full", _("磁盘满了，这一次没有保存，原来的数据都在。"), _("请腾出空间后再保存一次。"))),
    (("readonly", "read-only"), lambda: DataError(
        "read_only", _("数据文件夹不能写入。"), _("请检查权限，或换一个文件夹。"))),
    (("locked", "busy"), lambda: DataError(
        "locked", _("另一个程序窗口正在写入。"), _("请关掉另一个窗口后再试。"))),
    (("unable to open",), lambda: DataError(
        "disk", _("数据文件打不开，磁盘或 U 盘可能拔掉了。"), _("请接好后再试一次。"))),
    (("disk I/O",), lambda: DataError(
        "disk", _("读写磁盘出错，这一次没有保存。"), _("请检查磁盘，再试一次。"))),
    (("malformed", "not a database"), lambda: damage(_("数据文件有损坏的页。"))),
)  # fmt: skip
"""By words of the engine's error: the sentence for a person."""
