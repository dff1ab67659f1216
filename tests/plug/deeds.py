"""The deeds at which the plug is pulled: what they do to a folder, and what counts as before and as after."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import parse_week
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.exchange import raw
from gridworker.services import dump, export, intake, keeping, records, rereading
from gridworker.services import workspace as workspaces
from gridworker.services.export import Wish
from gridworker.services.period import Period
from gridworker.services.workspace import Opening, Workspace, grid_id
from gridworker.store import copies, database, vault
from gridworker.store.session import Store

TODAY: Final = date(2026, 11, 25)
OLD, NEW = "三栋楼下桂花香", "另一句好记的话"
A_WORKER: Final = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
HOME: Final = {"estate": "金江西苑", "building": "9", "unit": "1", "room": "101", "head": "诸葛小亮"}


@dataclass(frozen=True)
class Scene:
    """A folder to try in: its store in `store`, what is read and written beside it, and the key."""

    folder: Path
    key: bytes

    @property
    def store(self) -> Path:
        """Where the store lies."""
        return self.folder / "store"

    def open(self) -> Workspace:
        """The store as the program opens it, without deriving the key anew."""
        database.settle(self.store)
        return Workspace(Store(self.store, self.key), TODAY)


def save(scene: Scene) -> None:
    """A household is entered."""
    workspace = scene.open()
    records.add(workspace, ledger("household"), [HOME])
    workspace.close()


def take(scene: Scene) -> None:
    """A workbook is imported."""
    workspace = scene.open()
    done = intake.take(workspace, [scene.folder / "book.xlsx"], intake.Options())
    workspace.close()
    for one in done.files:
        if one.error is not None:
            raise one.error


def hand_out(scene: Scene) -> None:
    """The week's workbook is exported."""
    workspace = scene.open()
    export.export(workspace, Period.of_week(parse_week("2026-W48")), scene.folder / "out" / "week.xlsx", Wish())
    workspace.close()


def back_up(scene: Scene) -> None:
    """A backup is made."""
    workspace = scene.open()
    keeping.backup(workspace)
    workspace.close()


def restore(scene: Scene) -> None:
    """A backup takes the place of what is there."""
    keeping.restore(scene.store, scene.folder / "one.gwbackup", OLD)


def migrate(scene: Scene) -> None:
    """The store of an earlier release is opened."""
    workspace = scene.open()
    rereading.read_kept_books(workspace)
    workspace.close()


def rekey(scene: Scene) -> None:
    """The password is changed."""
    keeping.rekey(scene.store, OLD, "", NEW)


def create(scene: Scene) -> None:
    """A store is made beside."""
    workspaces.create(scene.folder / "new", OLD, A_WORKER, TODAY)[0].close()


def facts(scene: Scene) -> str:
    """What the store says, without the ids that are drawn anew; and that it is sound."""
    workspace = scene.open()
    try:
        health = keeping.check(workspace)
        assert health.ok, health.faults
        said = (json.loads(line) for line in dump.dump(workspace))
        return json.dumps(sorted(json.dumps([one["ledger"], one["fields"]], sort_keys=True) for one in said))
    finally:
        workspace.close()


def with_device(scene: Scene) -> str:
    """What the store says and whether it is still the same laptop's."""
    workspace = scene.open()
    is_same = workspace.store.get("device") == (scene.folder / "device").read_text(encoding="utf-8")
    workspace.close()
    return f"{is_same} {facts(scene)}"


def with_week(scene: Scene) -> str:
    """What the store says, and whether the workbook stands there whole."""
    file = scene.folder / "out" / "week.xlsx"
    if file.exists():
        raw.read_book_here(file.read_bytes(), None)
    return f"{file.exists()} {facts(scene)}"


def with_backup(scene: Scene) -> str:
    """What the store says, and whether the backup stands there whole."""
    files = list((scene.store / "backups").glob("*.gwbackup"))
    for file in files:
        with zipfile.ZipFile(file) as bundle:
            bundle.extractall(scene.folder / "proof")
        connection = database.open_with_key(scene.folder / "proof", scene.key)
        assert copies.is_sound(connection)
        connection.close()
    return f"{len(files)} {facts(scene)}"


def with_password(scene: Scene) -> str:
    """What the store says, and under which password: exactly one opens it."""
    opens = []
    for secret in (OLD, NEW):
        try:
            opens.append(vault.unseal(scene.store, vault.PASSWORD, secret) == scene.key)
        except UserError:
            opens.append(False)
    return f"{opens} {facts(scene)}"


def with_new(scene: Scene) -> str:
    """Whether the new store is there, and then whole: never half of one."""
    new = scene.folder / "new"
    if not database.exists(new):
        return "none"
    workspace = workspaces.open_folder(new, OLD, TODAY)
    said = f"{workspace.store.role} {workspace.row('grid', grid_id('JX03')) is not None} {keeping.check(workspace).ok}"
    workspace.close()
    return said


@dataclass(frozen=True)
class Deed:
    """One deed and how what is found afterwards is told."""

    name: str
    do: Callable[[Scene], None]
    look: Callable[[Scene], str]


DEEDS: Final = (
    Deed("save", save, facts), Deed("import", take, facts), Deed("export", hand_out, with_week),
    Deed("backup", back_up, with_backup), Deed("restore", restore, with_device), Deed("migration", migrate, facts),
    Deed("rekey", rekey, with_password), Deed("create", create, with_new),
)  # fmt: skip
