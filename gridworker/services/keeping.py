"""Keeping data: backup, restore, check, a new password or recovery code."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from gridworker.errors import GridworkerError, UserError
from gridworker.i18n import _
from gridworker.services import access
from gridworker.services import dump as dump_service
from gridworker.services.workspace import RECOVERY_UNWRITTEN, Workspace
from gridworker.store import copies, counts, tries, vault
from gridworker.store.database import exists, explained, rehearsal, told_plainly


def backup(workspace: Workspace, out: Path | None = None, is_stopped: copies.Asked = copies.NEVER) -> Path:
    """One file with the encrypted store and both vaults; it opens with the same password. Stopped, it leaves none."""
    day = workspace.now.strftime("%Y%m%d-%H%M%S")
    target = out or workspace.store.folder / "backups" / f"gridworker-{day}.gwbackup"
    copies.write(workspace.store, target, is_stopped)
    if out is None:
        copies.rotate(target.parent, target.name)
    return target


def restore(folder: Path, file: Path, password: str) -> Path | None:
    """Put a backup in place; the store it replaces is kept beside it. Returns that folder."""
    return copies.restore(folder, file, password)


def rekey(folder: Path, old: str, recovery_code: str, new: str) -> None:
    """A new password over the same data key, proved by the old password or the recovery code."""
    if not exists(folder):
        raise UserError("no_store", _("这里还没有数据：{folder}").format(folder=folder), _("请检查 --data。"))
    vault.check_password(new)
    if recovery_code:
        key = tries.unseal(folder, vault.RECOVERY, vault.clean_code(recovery_code))
    else:
        key = tries.unseal(folder, vault.PASSWORD, old)
    with told_plainly():
        vault.seal(folder, vault.PASSWORD, new, key)
    vault.tend(folder)


def prove(workspace: Workspace, password: str) -> None:
    """Whether the person who asks knows the password. Raises UserError."""
    tries.unseal(workspace.store.folder, vault.PASSWORD, password)


def new_recovery_code(workspace: Workspace, password: str) -> str:
    """Another recovery code over the same data key, proved by the password; the old one opens nothing from now on."""
    folder, code = workspace.store.folder, vault.new_recovery_code()
    key = tries.unseal(folder, vault.PASSWORD, password)
    workspace.store.set(RECOVERY_UNWRITTEN, "yes")
    with told_plainly():
        vault.seal(folder, vault.RECOVERY, vault.clean_code(code), key)
    vault.tend(folder)
    access.note(workspace, "recovery_code")
    return code


def recovery_written(workspace: Workspace) -> None:
    """Somebody has the recovery code on paper."""
    workspace.store.set(RECOVERY_UNWRITTEN, "")


def recovery_unwritten(workspace: Workspace) -> bool:
    """Whether nobody has confirmed yet that the recovery code stands on paper."""
    return bool(workspace.store.get(RECOVERY_UNWRITTEN))


def pages_are_sound(workspace: Workspace) -> bool:
    """Whether every page of the file is as it was written; on a connection of its own, for work beside the window."""
    with closing(workspace.store.another_connection()) as connection:
        return not copies.damaged_pages(connection)


def plainly(error: BaseException) -> GridworkerError | None:
    """What went wrong as a sentence, where it can be told: by ourselves, by the disk, by a damaged file."""
    told = explained(error) if isinstance(error, Exception) else None
    return told if isinstance(told, GridworkerError) else None


@dataclass(slots=True)
class Health:
    """What a check found."""

    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def check(workspace: Workspace, cover: str = "") -> Health:
    """Pages, access log, and the law that every row equals the fold of its entries.

    With the access log as a cover shows it, also whether this log still has that line.
    """
    health = Health()
    if not copies.is_sound(workspace.connection):
        health.faults.append(_("数据文件有损坏的页。请用 salvage 救出还读得出的记录，或恢复备份。"))
        return health
    vault.tend(workspace.store.folder)
    damaged = [one for one in vault.NAMES if vault.is_sound(workspace.store.folder / one) is False]
    health.faults += [vault.damage(one).told for one in damaged]
    broken = access.verify(workspace)
    if broken is not None:
        health.faults.append(_("访问日志从第 {no} 行起对不上：有人改过或删过。请联系上级核对。").format(no=broken))
    elif cover and not access.contains(workspace, cover):
        health.faults.append(_("访问日志里没有封面上的那一行：改过，或恢复过旧备份。请联系上级核对。"))
    before, sums = list(dump_service.dump(workspace)), counts.every_sum(workspace.connection)
    with rehearsal(workspace.connection):
        dump_service.rebuild(workspace)
        after, sums_after = list(dump_service.dump(workspace)), counts.every_sum(workspace.connection)
    if before != after:
        health.faults.append(_("有 {count} 条记录与它的历史对不上。").format(count=len(set(before) ^ set(after))))
    elif sums != sums_after:
        health.faults.append(_("汇总的数与记录对不上。"))
    return health
