"""Laptops of a campaign: real encrypted stores, emptied for every history instead of made anew."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

from gridworker.domain import ids
from gridworker.domain.ids import Id, random_id, to_text
from gridworker.exchange import front_sheets, ours, raw, weekly
from gridworker.exchange.model import BookReading, RawBook
from gridworker.services import dump, intake
from gridworker.services import workspace as workspaces
from gridworker.services.import_report import FileReport
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import database, entries, taking
from gridworker.store.batches import BatchHead
from gridworker.store.database import transaction
from gridworker.store.deeds import deeds
from gridworker.store.session import Store
from gridworker.store.taking import Brought

PASSWORD = "campaign-only"
DAY = date(2026, 11, 25)
GRID = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
TOWNSHIP = Opening("township", "何静文", township="梅山镇")


@dataclass(frozen=True)
class File:
    """A file, and how its columns are to be read where a person said so."""

    path: Path
    mapping: str = ""
    is_ours: bool = False
    """Whether the program wrote it."""


@dataclass(eq=False)
class Device:
    """One laptop: its open store, every id it ever had, what it was told of the files it read."""

    workspace: Workspace
    ids: set[Id] = field(default_factory=set)
    reports: dict[File, FileReport] = field(default_factory=dict)
    """Of the first time each file was taken."""
    files: dict[Id, File] = field(default_factory=dict)
    """By batch: the file it brought."""

    def set_clock(self, dice: Random) -> None:
        """Laptop clocks are wrong, by days or by years."""
        self.workspace = Workspace(self.workspace.store, DAY + timedelta(days=dice.choice([0, 0, 0, -1, -40, 400])))

    def take(self, file: File) -> FileReport:
        """Import a file; whatever refuses it is a failure of the campaign."""
        options = intake.Options(password=PASSWORD, mapping=json.loads(file.mapping) if file.mapping else None)
        report = intake.take(self.workspace, [file.path], options).files[0]
        assert report.error is None, (file, report.error)
        assert report.cells.get("in", 0) == sum(count for name, count in report.cells.items() if name != "in")
        self.files[report.batch] = file
        return self.reports.setdefault(file, report)

    def own_entries(self) -> list[Brought]:
        """What was made here and is still here, ready for another store."""
        connection = self.workspace.connection
        marks = ",".join("?" * len(self.ids))
        sql = f"select e.key from entry e join deed d on d.no = e.deed where d.device in ({marks})"
        keys = {row[0] for row in connection.execute(sql, sorted(self.ids))}
        found = []
        for record in entries.load(connection, sorted({key >> entries.SHIFT for key in keys})).values():
            known = deeds(connection, {one.deed for one in record.entries})
            found += [Brought(record.ledger, one.entry, known[one.deed]) for one in record.entries if one.key in keys]
        return found

    def give(self, some: list[Brought]) -> None:
        """Entries of other laptops, as if they had always been here."""
        number = random_id()
        head = BatchHead(number, number, "", to_text(number), "ours", "", "", "", "")
        taking.take(self.workspace.connection, head, some, {})

    def dump(self) -> list[str]:
        """All shared facts and entries."""
        return list(dump.dump(self.workspace, versions=True))


class Pool:
    """Stores by role, opened once, wiped between histories."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free: dict[str, list[Workspace]] = {"worker": [], "township": []}
        self._used: list[Device] = []
        self._keys: dict[str, bytes] = {}
        for opening in (GRID, TOWNSHIP):
            target = folder / opening.role
            workspaces.create(target, PASSWORD, opening, DAY)[0].close()
            self._keys[opening.role] = database.unlock(target, PASSWORD)
        self._count = 0

    def device(self, role: str) -> Device:
        """An empty laptop with an id of its own."""
        free = self._free[role]
        workspace = free.pop() if free else self._open(role)
        _wipe(workspace, GRID if role == "worker" else TOWNSHIP)
        device = Device(workspace, {workspace.store.device})
        self._used.append(device)
        return device

    def take_back(self) -> None:
        """All laptops are free again."""
        for device in self._used:
            self._free[device.workspace.store.role].append(device.workspace)
        self._used = []

    def copy_of(self, device: Device) -> Path:
        """A backup: the file as it stands."""
        self._count += 1
        target = self._folder / f"backup{self._count}.db"
        device.workspace.connection.execute("pragma wal_checkpoint(truncate)")
        shutil.copy(device.workspace.store.folder / database.FILE, target)
        return target

    def restore(self, device: Device, backup: Path) -> None:
        """The backup in place of the store, which draws a new device id."""
        folder, role = device.workspace.store.folder, device.workspace.store.role
        device.workspace.close()
        for name in (database.FILE + "-wal", database.FILE + "-shm"):
            (folder / name).unlink(missing_ok=True)
        shutil.copy(backup, folder / database.FILE)
        device.workspace = Workspace(Store(folder, self._keys[role]), DAY)
        device.workspace.connection.execute("pragma synchronous = off")
        device.workspace.store.set("device", to_text(random_id()))
        device.ids.add(device.workspace.store.device)

    def _open(self, role: str) -> Workspace:
        self._count += 1
        target = self._folder / f"{role}{self._count}"
        shutil.copytree(self._folder / role, target)
        workspace = Workspace(Store(target, self._keys[role]), DAY)
        workspace.connection.execute("pragma synchronous = off")
        return workspace


def _wipe(workspace: Workspace, opening: Opening) -> None:
    connection = workspace.connection
    tables = [
        name
        for (name,) in connection.execute("select name from sqlite_master where type = 'table'")
        if not name.startswith(("search", "sqlite", "setting", "_sqlite"))
    ]
    with transaction(connection):
        for table in tables:
            connection.execute(f'delete from "{table}"')
        connection.execute("delete from search")
        connection.execute("delete from setting where name = 'identity'")
    workspace.store.set("device", to_text(random_id()))
    if opening.grid:
        workspaces.enter_grid(workspace, opening)


def opened(data: bytes, password: str) -> bytes:
    """The workbook inside an encrypted one."""
    from msoffcrypto.format.ooxml import OOXMLFile

    source, target = OOXMLFile(io.BytesIO(data)), io.BytesIO()
    source.load_key(password=password)
    source.decrypt(target)
    return target.getvalue()


@contextmanager
def read_once_each() -> Iterator[None]:
    """Reading a file is a pure function of its bytes: here each is read once, and not in a child process."""
    books: dict[bytes, RawBook] = {}
    readings: dict[str, BookReading | None] = {}

    def read(data: bytes, password: str | None = None, _heed: Callable[[], None] = lambda: None) -> RawBook:
        if data not in books:
            books[data] = raw.read_book_here(data, password)
        return books[data]

    def read_ours(book: RawBook, digest: str) -> BookReading | None:
        if digest not in readings:
            readings[digest] = plain(book, digest)
        return readings[digest]

    @contextmanager
    def reader() -> Iterator[raw.Read]:
        yield read

    plain, plain_reader = ours.read_ours, raw.reader
    ours.read_ours, raw.reader = read_ours, reader
    try:
        yield
    finally:
        ours.read_ours, raw.reader = plain, plain_reader


@contextmanager
def in_short() -> Iterator[None]:
    """Workbooks without encryption, cover, summary and help: these cost more than all else and have their own tests."""
    faces = ("write_cover", "write_summary", "write_coordinate", "write_help")
    with ExitStack() as stack:
        stack.enter_context(patch.object(weekly, "encrypted", lambda data, _password: data))
        for name in faces:
            stack.enter_context(patch.object(front_sheets, name, lambda *_some: None))
        yield


@contextmanager
def ids_by(seed: int) -> Iterator[None]:
    """Ids from a seed instead of the system's chance, so that a seed always tells the same story."""
    before, ids.secrets = ids.secrets, Dice(seed)
    try:
        yield
    finally:
        ids.secrets = before


class Dice(Random):
    """What `ids` asks of `secrets`."""

    randbits = Random.getrandbits
