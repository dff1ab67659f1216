"""What a person sets up on this laptop: passwords, backups."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access
from gridworker.services.workspace import Workspace
from gridworker.store.database import exists
from gridworker.store.vault import SHORTEST

BACKUPS: Final = "backups"
_STAMP: Final = re.compile(r"gridworker-([0-9]{8}-[0-9]{6})\.gwbackup")
_POOR: Final = (
    "password",
    "qwerty",
    "admin",
    "woaini",
    "gridworker",
    "123456",
    "888888",
    "666666",
    "111111",
    "5201314",
)
IDLE_CHOICES: Final = (5, 10, 30)
"""Minutes without a touch that can be chosen."""
CODE_LENGTH: Final = 24
"""Signs of a recovery code without its dashes."""
STRONG: Final = 14
"""Signs, a Han character counted twice, from which on a password is simply strong."""


def has_store(folder: Path) -> bool:
    """Whether there is something to unlock."""
    return exists(folder)


@dataclass(frozen=True, slots=True)
class Strength:
    """How good a new password is: 0 … 1, whether it will do, and the sentence that says so."""

    share: float
    good: bool
    sentence: str


def strength(password: str, again: str | None = None) -> Strength:
    """Judge a password while it is being typed; `again` is its repetition once somebody started it."""
    size = sum(2 if sign > "\u2e7f" else 1 for sign in password)
    share = min(size / STRONG, 1.0)
    if size < SHORTEST:
        return Strength(share / 2, False, _("还差 {count} 位；汉字一个算两位").format(count=SHORTEST - size))
    if _is_poor(password):
        return Strength(0.2, False, _("太常见，别人一猜就中；换一句好记的话"))
    if again is not None and again != password:
        return Strength(share, False, _("两次输入的不一样"))
    word = _("够强") if size >= STRONG else _("可以")
    return Strength(share, again is not None, _("{word}，两次一致").format(word=word) if again else word)


def _is_poor(password: str) -> bool:
    """Few different signs, or a usual word with little around it."""
    folded = password.casefold()
    rest = min((len(folded.replace(word, "")) for word in _POOR if word in folded), default=len(folded))
    return len(set(folded)) < 4 or rest < 4 or folded in "0123456789012345" or folded in "abcdefghijklmnopqrstuvwxyz"


def report_password(workspace: Workspace) -> str:
    """The 上报密码; empty where none is known."""
    return workspace.store.get("report_password")


def set_report_password(workspace: Workspace, password: str) -> None:
    """Keep a 上报密码 and note that it changed. Raises UserError for a weak one."""
    judged = strength(password, password)
    if not judged.good:
        raise UserError("weak_passphrase", judged.sentence, "")
    workspace.store.set("report_password", password)
    access.note(workspace, "report_password")


def idle_minutes(workspace: Workspace) -> int:
    """After how many minutes without a touch the window locks itself."""
    return int(workspace.store.get("idle_minutes") or IDLE_CHOICES[1])


def idle_seconds(workspace: Workspace) -> float:
    """The same in seconds."""
    return idle_minutes(workspace) * 60.0


def set_idle_minutes(workspace: Workspace, minutes: int) -> None:
    """Lock sooner or later."""
    workspace.store.set("idle_minutes", str(minutes))


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file: when it was made, by its name, and its size in bytes."""

    file: Path
    at: datetime
    size: int


def backups(folder: Path) -> list[Backup]:
    """The backups of a data folder, newest first."""
    found = [backup_of(one) for one in (folder / BACKUPS).glob("*.gwbackup") if _STAMP.fullmatch(one.name)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def backup_of(file: Path) -> Backup:
    """A backup file; one that was renamed is as old as the file. Raises UserError where there is none."""
    try:
        size, touched = file.stat().st_size, file.stat().st_mtime
    except OSError as error:
        raise UserError(
            "bad_backup", _("找不到备份文件：{path}").format(path=file), _("请选 .gwbackup 文件。")
        ) from error
    stamp = _STAMP.fullmatch(file.name)
    at = datetime.strptime(stamp[1], "%Y%m%d-%H%M%S") if stamp else datetime.fromtimestamp(touched)
    return Backup(file, at, size)


def last_backup(folder: Path) -> datetime | None:
    """When the newest backup of a data folder was made."""
    return next((one.at for one in backups(folder)), None)


def backup_is_due(workspace: Workspace) -> bool:
    """Whether today has no backup yet."""
    last = last_backup(workspace.store.folder)
    return last is None or last.date() != workspace.today
