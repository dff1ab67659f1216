"""What stands in a backup, and what going back to it would take away."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gridworker.domain.ledgers import ledgers
from gridworker.i18n import _
from gridworker.services import rescue
from gridworker.services.workspace import Workspace
from gridworker.store import copies, queries
from gridworker.store.engine import Connection

_EDITS = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """A backup in numbers: records by ledger, its last deeds, and what is newer now."""

    counts: Counter[str]
    edits: tuple[tuple[str, str], ...]
    """The last deeds, newest first: when and who."""
    newer: Counter[str]

    def lines(self) -> list[str]:
        """The same in sentences."""
        told = [_("里面有：{words}。").format(words=rescue.in_words(self.counts))]
        if self.edits:
            at, who = self.edits[0]
            told.append(_("最后一次记录：{at} {who}。").format(at=at[:16].replace("T", " "), who=who))
        if self.newer:
            told.append(_("恢复它会少掉此后的：{words}。").format(words=rescue.in_words(self.newer)))
        else:
            told.append(_("此后没有记过别的。"))
        return told


def preview(workspace: Workspace, file: Path) -> Preview:
    """Look into a backup of this store. Raises GridworkerError for a broken one, or one of another store."""
    with copies.opened_beside(workspace.store, file) as then, copies.opened_now(workspace.store) as now:
        counts = Counter({name: queries.count(then, name) for name in ledgers() if _has(then, name)})
        sql = "select at, author from deed order by no desc limit ?"
        edits = tuple((str(at), str(who)) for at, who in then.execute(sql, (_EDITS,)))
        return Preview(+counts, edits, copies.newer(now, then))


def _has(connection: Connection, table: str) -> bool:
    """An older release made no table for a ledger it did not know."""
    return connection.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone() is not None
