"""A damaged store: what there is to choose from, and doing it (store.md §6)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gridworker.domain.ledgers import ledgers
from gridworker.errors import DataError, GridworkerError, UserError
from gridworker.i18n import _
from gridworker.services import settings
from gridworker.store import copies, database, salvage
from gridworker.store.salvage import Found


@dataclass(frozen=True, slots=True)
class Damage:
    """How a store is damaged and what can be done."""

    pages: int
    """Damaged pages; 0 where they could not be counted."""
    backup: settings.Backup | None
    """The newest backup that is sound."""
    found: Found | None
    """What salvage would bring; None where nothing can be read."""

    @property
    def sentence(self) -> str:
        """What is wrong."""
        if self.pages:
            return _("数据文件有 {count} 页读不出来。").format(count=self.pages)
        return _("数据文件读不出来。")


def look(folder: Path, password: str, chosen: Path | None = None) -> Damage:
    """What a damaged store still tells, and its newest sound backup, or a chosen one; nothing is changed."""
    key = _key_of_damaged(folder, password)
    backup = _sound(folder, key, chosen)
    try:
        found = salvage.look(folder, key, backup.file if backup else None)
    except DataError as error:
        if error.code != "damaged":
            raise
        found = None
    return Damage(_pages(folder, key), backup, found)


def rescue(folder: Path, password: str, chosen: Path | None = None) -> Found:
    """Put what still reads, filled up from the newest sound backup, in the place of a damaged store, which is kept."""
    key = _key_of_damaged(folder, password)
    backup = _sound(folder, key, chosen)
    return salvage.salvage(folder, key, backup.file if backup else None)


def _key_of_damaged(folder: Path, password: str) -> bytes:
    key = database.unlock(folder, password)
    if not _is_damaged(folder, key):
        raise UserError("sound", _("数据完好，不需要救。"), _("没有改动。"))
    return key


def _is_damaged(folder: Path, key: bytes) -> bool:
    try:
        connection = database.open_with_key(folder, key)
    except DataError as error:
        if error.code != "damaged":
            raise
        return True
    try:
        return not copies.is_sound(connection)
    finally:
        connection.close()


def _pages(folder: Path, key: bytes) -> int:
    try:
        connection = database.open_with_key(folder, key)
    except DataError:
        return 0
    try:
        return copies.damaged_pages(connection)
    finally:
        connection.close()


def _sound(folder: Path, key: bytes, chosen: Path | None) -> settings.Backup | None:
    """The newest backup that opens and is sound."""
    for one in [settings.backup_of(chosen)] if chosen else settings.backups(folder):
        try:
            with copies.opened(one.file, key) as connection:
                if copies.is_sound(connection):
                    return one
        except GridworkerError:
            continue
    return None


def in_words(counts: Mapping[str, int]) -> str:
    """Counts by ledger in the words of people, the most frequent first."""
    known = ledgers()
    told = [(_(known[name].label), count) for name, count in counts.items() if name in known and count]
    rest = sum(count for name, count in counts.items() if name not in known)
    told.sort(key=lambda one: -one[1])
    return _("、").join(f"{name} {count}" for name, count in [*told, *([(_("其他"), rest)] if rest else [])])


def age_words(at: datetime, now: datetime) -> str:
    """How old a backup is, briefly."""
    days = (now.date() - at.date()).days
    if days < 0:
        return _("时间在今天以后，请看看电脑的日期")
    return _("今天") if not days else _("昨天") if days == 1 else _("{count} 天前").format(count=days)


def lines(found: Found) -> Iterable[str]:
    """What was recovered and what was not, a sentence each."""
    yield _("救出 {count} 条：{words}。").format(count=found.recovered.total(), words=in_words(found.recovered))
    if found.from_backup:
        words = _("其中 {count} 条由备份补上，可能不是最新：{words}。")
        yield words.format(count=found.from_backup.total(), words=in_words(found.from_backup))
    if found.lost:
        yield _("{count} 条读不出来：{words}。").format(count=found.lost.total(), words=in_words(found.lost))
    if found.torn:
        words = _("{count} 条可能少了以前的改动，请核对：{words}。")
        yield words.format(count=found.torn.total(), words=in_words(found.torn))
    if found.unknown:
        yield _("还有 {count} 条连是什么都读不出来。").format(count=found.unknown)


def as_json(found: Found) -> dict[str, object]:
    """The same for programs."""
    counts = ("recovered", "from_backup", "lost", "torn", "newer")
    told: dict[str, object] = {name: _plain(getattr(found, name)) for name in counts}
    return told | {"unknown": found.unknown, "kept": str(found.kept) if found.kept else None}


def _plain(counts: Counter[str] | None) -> dict[str, int] | None:
    return dict(sorted(counts.items())) if counts is not None else None


def is_whole(found: Found) -> bool:
    """Whether nothing is missing as far as can be known."""
    return not (found.lost or found.torn or found.unknown or found.from_backup)
