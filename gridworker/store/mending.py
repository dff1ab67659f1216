"""What is left of a damaged store fits together again: nothing names what is gone, no number is given twice."""

from collections.abc import Iterable
from typing import Final

from gridworker.domain.ids import random_id
from gridworker.domain.versions.entries import Version
from gridworker.i18n import _
from gridworker.store import batches, entries
from gridworker.store.engine import Connection
from gridworker.store.torn import Gap

_LONG_AGO: Final = "2000-01-01T00:00:00"


def make_whole(target: Connection, gaps: list[Gap]) -> int:
    """Mend what hangs on what is lost; returns of how many records not even the name is known."""
    unknown = "select distinct key >> 20 from entry where key >> 20 not in (select no from record)"
    count = len(target.execute(unknown).fetchall())
    target.execute("delete from entry where key >> 20 not in (select no from record)")
    target.execute("delete from source where key not in (select key from entry)")
    for no in edges(gaps):
        record = entries.load_torn(target, no)
        if record is not None:
            entries.rewrite(target, record)
    _deeds(target)
    _keys(target)
    _who(target)
    target.execute("update export set no = (select count(*) from export e where e.at <= export.at) where no = 0")
    return count


def edges(gaps: Iterable[Gap]) -> set[int]:
    """The numbers of the records at the ends of what did not read: some of their entries may be among it."""
    ends = {end for gap in gaps if gap.table == "entry" for end in (gap.first, gap.last) if end is not None}
    return {end >> entries.SHIFT for end in ends}


def _deeds(target: Connection) -> None:
    """Somebody did what a lost deed stands for; and no number of a lost one, which a workbook knows, comes again."""
    sql = "select deed from entry union select deed from export where deed > 0 except select no from deed order by 1"
    for (no,) in target.execute(sql).fetchall():
        at = target.execute("select max(at) from deed where no < ?", (no,)).fetchone()[0] or _LONG_AGO
        target.execute(
            "insert into deed(no, id, author, side, at, kind) values(?,?,?,'worker',?,'salvage')",
            (no, random_id(), _("不详"), at),
        )


def _keys(target: Connection) -> None:
    """Keys that are gone may be given again: no import and no workbook has brought what will lie there then."""
    there = {row[0] for row in target.execute("select key from entry")}
    for table, column in (("batch", "entries"), ("export", "held")):
        for number, blob in target.execute(
            f"select rowid, {column} from {table} where {column} is not null"
        ).fetchall():
            keys = list(batches.unpack_keys(blob))
            kept = [key for key in keys if key in there]
            if len(kept) < len(keys):
                target.execute(f"update {table} set {column} = ? where rowid = ?", (batches.pack_keys(kept), number))


def _who(target: Connection) -> None:
    """Who sits here, where the settings are lost: who made the store."""
    if target.execute("select 1 from setting where name = 'role'").fetchone():
        return
    sql = "select no, author, side from deed where kind in ('init', 'setup', 'salvage') or no = 1 order by no limit 1"
    no, author, side = target.execute(sql).fetchone() or (0, _("不详"), "worker")
    settings = {"role": side, "name": author}
    sql = "select r.id from entry e join record r on r.no = e.key >> 20 where e.deed = ? and r.ledger = 'grid'"
    for (id,) in target.execute(sql, (no,)).fetchall():
        record = entries.load_torn(target, entries.number_of(target, id) or 0)
        if record is not None:
            codes = [one.patch.get("code") for one in record.taking_part() if isinstance(one, Version)]
            settings["grid"] = str(next(filter(None, codes), ""))
    target.executemany("insert or ignore into setting values(?,?)", list(settings.items()))
