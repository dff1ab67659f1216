"""Files that get their name only when they are whole, and what a pulled plug may leave of them."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import Final

from gridworker.errors import DataError
from gridworker.i18n import _

_MARK: Final = ".gwpartial"
_SORTS: Final = (".backup-gw*", ".restore-gw*", ".*" + _MARK + "*")
_GONE: Final = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, errno.ENOENT})
"""What a disk says that is there no longer."""
STALE: Final = 3600.0
"""Seconds after which nobody writes on such a file any more: another program may be at it now."""


@contextmanager
def draft_of(out: Path) -> Iterator[Path]:
    """A path to write to; what was written there gets the name `out` in one step, or goes."""
    draft = out.with_name(f".{out.name}{_MARK}")
    try:
        yield draft
        settle(draft)
        os.replace(draft, out)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def settle(file: Path) -> None:
    """Wait until a file is on the disk, before its name says that it is whole."""
    with file.open("r+b") as written:
        os.fsync(written.fileno())


def sweep(folder: Path, older_than: float = STALE) -> None:
    """Remove half files that a killed program left here; what cannot be removed stays for the next time."""
    for sort in _SORTS:
        for one in folder.glob(sort):
            with suppress(OSError):
                if _touched(one) < time() - older_than:
                    shutil.rmtree(one) if one.is_dir() else one.unlink()


def _touched(path: Path) -> float:
    return max(one.stat().st_mtime for one in (path, *path.rglob("*")))


def of_disk(error: OSError) -> DataError:
    """What a disk refused, as one sentence with the next step."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataError("disk_full", _("磁盘满了，这一次没有保存，原来的数据都在。"), _("请腾出空间后再保存一次。"))
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return DataError("read_only", _("这个文件夹不能写入。"), _("请检查权限，或换一个文件夹。"))
    if error.errno in _GONE:
        return DataError("disk", _("磁盘或 U 盘读写不了，可能拔掉了。"), _("请接好后再试一次。"))
    return DataError("disk", _("读写磁盘出错：{what}").format(what=error.strerror), _("请检查磁盘和权限。"))
