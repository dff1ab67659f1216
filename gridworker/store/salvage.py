"""A fresh store from what a damaged one and its newest good backup still tell (store.md §6)."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import random_id, to_text
from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.store import copies, database, derive, entries, erased_beside, schema, vault
from gridworker.store.database import damage
from gridworker.store.engine import Connection
from gridworker.store.mending import edges, make_whole
from gridworker.store.torn import BY_ID, BY_LEDGER, Gap, Table, Torn, columns_of, copy

_DERIVED: Final = ("mark", "natural_key", "visit_count", "home_count", "_sqlite_migrations")
_ORDER: Final = ("setting", "record", "entry")
"""What is read first, as the rest hangs on it."""


@dataclass(slots=True)
class Found:
    """What came out of a damaged store."""

    recovered: Counter[str] = field(default_factory=Counter)
    """By ledger: records of which something reads."""
    from_backup: Counter[str] = field(default_factory=Counter)
    """By ledger: of these, records that only the backup could tell something of."""
    lost: Counter[str] = field(default_factory=Counter)
    """By ledger: records known to have been there, of which nothing reads."""
    torn: Counter[str] = field(default_factory=Counter)
    """By ledger: records of which some former values may be missing."""
    unknown: int = 0
    """Records of which not even the name is known."""
    newer: Counter[str] | None = None
    """By ledger: records of which more reads than the backup knows; None without a backup of this store."""
    kept: Path | None = None
    """Where the damaged store lies now."""


def look(folder: Path, key: bytes, backup: Path | None = None) -> Found:
    """What `salvage` would find; nothing is changed."""
    with database.told_plainly(), tempfile.TemporaryDirectory(dir=folder, prefix=".restore-gw") as name:
        (fresh := Path(name) / "store").mkdir()
        return _rescue(folder, fresh, key, backup)


def salvage(folder: Path, key: bytes, backup: Path | None = None) -> Found:
    """Put a fresh store in the place of a damaged one; what does not read comes from a backup, if it knows it."""
    with database.told_plainly():
        with database.built_aside(folder) as fresh:
            for part in (one for one in vault.NAMES if (folder / one).exists()):
                shutil.copyfile(folder / part, fresh / part)
            database.write_sidecar(fresh)
            found = _rescue(folder, fresh, key, backup)
            copies.erase_again(fresh, key, erased_beside.of_folder(folder, key))
        found.kept = database.settle(folder)
    return found


def _rescue(folder: Path, fresh: Path, key: bytes, backup: Path | None) -> Found:
    found = Found()
    with (
        tempfile.TemporaryDirectory(dir=fresh.parent) as name,
        closing(database.open_new(fresh, key)) as target,
    ):
        copy(folder, Path(name))
        schema.migrate(target)
        _fill(target, Path(name), key, backup, found)
        if not copies.is_sound(target):
            raise damage(_("救出的记录写不进新文件，什么也没有改动。"))
        database.gather(target)
    return found


def _fill(target: Connection, torn_folder: Path, key: bytes, backup: Path | None, found: Found) -> None:
    target.execute("begin")
    drawn = target.execute("select name, value from setting").fetchall()
    target.execute("delete from setting")  # the codes of whom was erased are under the key that the damaged store drew
    with closing(Torn(torn_folder, key)) as torn:
        gaps = _read_all(target, torn)
    own = set(_told_of(target))
    if not own:
        raise damage(_("一条记录也读不出来，只能恢复备份。"))
    if backup is not None:
        with copies.opened(backup, key) as source:
            if _is_of_the_same(source, target):
                found.newer = copies.newer(target, source)
                _fill_gaps(target, source, gaps)
    target.executemany("insert or ignore into setting values(?,?)", drawn)
    if gaps:
        found.unknown = make_whole(target, gaps)
    derive.rebuild(target)
    target.execute("insert or replace into setting values('device', ?)", (to_text(random_id()),))
    target.execute("commit")
    _count(target, gaps, own, found)


def _told_of(target: Connection) -> dict[int, str]:
    """The numbers of records of which something is told, with their ledgers."""
    sql = "select distinct r.no, r.ledger from entry e join record r on r.no = e.key >> 20"
    return dict(target.execute(sql))


def _count(target: Connection, gaps: list[Gap], own: set[int], found: Found) -> None:
    told = _told_of(target)
    every = dict(target.execute("select no, ledger from record"))
    found.recovered = Counter(told.values())
    found.from_backup = Counter(name for no, name in told.items() if no not in own)
    found.lost = Counter(name for no, name in every.items() if no not in told)
    found.torn = Counter(told[no] for no in edges(gaps) if no in own and no in told)


def _read_all(target: Connection, torn: Torn) -> list[Gap]:
    for table in _tables(target, torn.columns):
        _insert(target, table, torn.rows(table))
        if table.name == "record":
            if any(gap.table == "record" for gap in torn.gaps):
                _records_by_index(target, torn)
            last = target.execute("select coalesce(max(no), 0) + 1 from record").fetchone()[0]
            torn.bounds |= dict.fromkeys(("entry", "source"), last << entries.SHIFT)
    return torn.gaps


def _tables(target: Connection, columns: Callable[[str], list[str]]) -> Iterable[Table]:
    """The tables that cannot be derived, as far as the damaged store has them."""
    names = [row[0] for row in target.execute("select name from sqlite_master where type = 'table'")]
    names = [one for one in names if one not in ledgers() and one not in _DERIVED and not one.startswith("search")]
    for name in sorted(names, key=lambda one: (_ORDER.index(one) if one in _ORDER else len(_ORDER), one)):
        theirs = columns(name)
        ours = target.execute(f'pragma table_info("{name}")').fetchall()
        keys = sorted((row[5], row[1], row[2]) for row in ours if row[5])
        if theirs and not name.startswith("sqlite_"):
            number = keys[0][2].lower() == "integer"
            yield Table(name, tuple(row[1] for row in ours if row[1] in theirs), keys[0][1], number)


def _insert(target: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    marks, named = ", ".join("?" * len(table.columns)), ", ".join(f'"{one}"' for one in table.columns)
    target.executemany(f'insert or ignore into "{table.name}"({named}) values({marks})', rows)


def _records_by_index(target: Connection, torn: Torn) -> None:
    """The table of records has two indexes that together say the same."""
    ids = {no: id for id, no in torn.by_index("record", BY_ID, "id, no")}
    named = {no: name for name, no in torn.by_index("record", BY_LEDGER, "ledger, no")}
    rows = [(no, ids[no], name) for no, name in named.items() if no in ids]
    target.executemany("insert or ignore into record(no, id, ledger) values(?,?,?)", rows)


def _is_of_the_same(source: Connection, target: Connection) -> bool:
    """Whether numbers mean the same records in both: a store that went back to a backup goes another way since."""
    named = dict(source.execute("select no, id from record"))
    return all(named.get(no, id) == id for no, id in target.execute("select no, id from record"))


def _fill_gaps(target: Connection, source: Connection, gaps: list[Gap]) -> None:
    """What a backup knows within the gaps; what was erased since stays erased."""
    gone = {row[0] for row in target.execute("select key >> 20 from entry where kind = 4")}
    for table in _tables(target, lambda name: columns_of(source, name)):
        for gap in gaps:
            if gap.table == table.name:
                _insert(target, table, _within(source, table, gap, gone))


def _within(source: Connection, table: Table, gap: Gap, gone: set[int]) -> Iterable[tuple[Any, ...]]:
    for row in source.execute(*table.query(gap.first, gap.last)):
        if table.name != "entry" or row[table.place] >> entries.SHIFT not in gone:
            yield row
