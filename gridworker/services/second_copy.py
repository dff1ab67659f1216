"""A second copy of each automatic backup, in a folder or on a stick: a laptop that is gone takes its backups with it.

Where to and since when lies in a small open file beside the store: it holds no word of anybody.
"""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from gridworker.domain.ids import to_text
from gridworker.errors import GridworkerError, UserError
from gridworker.i18n import _
from gridworker.leftovers import draft_of, sweep
from gridworker.services.workspace import Workspace
from gridworker.store import copies
from gridworker.store.database import told_plainly

FILE: Final = "second_copy.json"
PATIENCE: Final = 7
"""Days without a second copy after which a person is reminded."""


@dataclass(frozen=True, slots=True)
class Second:
    """Where second copies go, and the day of the last one, or of the choice."""

    folder: Path
    at: date
    copied: bool = False


def chosen(workspace: Workspace) -> Second | None:
    """Where second copies go; None while nobody chose a place."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((workspace.store.folder / FILE).read_text(encoding="utf-8"))
        return Second(Path(told["folder"]), date.fromisoformat(told["at"]), bool(told["copied"]))
    return None


def choose(workspace: Workspace, folder: Path | None) -> None:
    """From now on second copies go there, or nowhere. Raises UserError for the folder of the data themselves."""
    if folder is None:
        (workspace.store.folder / FILE).unlink(missing_ok=True)
        return
    if folder.resolve().is_relative_to(workspace.store.folder.resolve()):
        raise UserError("second_copy", _("第二份不能放在数据文件夹里面。"), _("请选 U 盘或另一块磁盘上的文件夹。"))
    _keep(workspace, Second(folder, workspace.today))


def follow(workspace: Workspace, backup: Path) -> Path | None:
    """Copy a backup to the chosen place, proved byte for byte; None where there is none, or it is not plugged in."""
    second = chosen(workspace)
    if second is None or not second.folder.is_dir():
        return None
    store = workspace.store
    place = second.folder / f"gridworker-{store.get('grid') or store.role}-{to_text(store.device)[:4]}"
    with told_plainly():
        place.mkdir(exist_ok=True)
        sweep(place)
        with draft_of(place / backup.name) as draft:
            shutil.copyfile(backup, draft)
            if _digest(draft) != _digest(backup):
                raise OSError(_("第二份与备份不一样"))
        copies.rotate(place, backup.name)
        _keep(workspace, Second(second.folder, workspace.today, copied=True))
    return place / backup.name


def followed(workspace: Workspace, backup: Path) -> str:
    """Copy a backup, and say what became of it in a few words; empty while nobody wants a second copy."""
    try:
        copy = follow(workspace, backup)
    except GridworkerError as error:
        return _("第二份没有拷成：{why}").format(why=error.message)
    if copy is not None:
        return _("第二份已拷到 {folder}").format(folder=copy.parent)
    return _("放第二份的地方没有接上，这次没有拷") if chosen(workspace) else ""


def reminder(workspace: Workspace) -> str:
    """A sentence once the last second copy is a week old; empty before."""
    second = chosen(workspace)
    days = (workspace.today - second.at).days if second else 0
    if second is None or days < PATIENCE:
        return ""
    return _("备份已有 {count} 天没有拷第二份，请接上 U 盘。").format(count=days)


def _keep(workspace: Workspace, second: Second) -> None:
    with told_plainly(), draft_of(workspace.store.folder / FILE) as draft:
        draft.write_text(
            json.dumps({"folder": str(second.folder), "at": second.at.isoformat(), "copied": second.copied}),
            encoding="utf-8",
        )


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
