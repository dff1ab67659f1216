"""What a newer program wrote into a workbook of ours: it waits, kept whole, for an upgrade; that is told here."""

from collections.abc import Collection, Sequence
from typing import Final

from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions.entries import Version
from gridworker.exchange.layout import cell_name, fold_head
from gridworker.exchange.model import Contribution, Problem, RawSheet
from gridworker.i18n import _

CODE: Final = "newer_fields"


def unknown_heads(sheet: RawSheet, head_row: int, known: Collection[str]) -> list[str]:
    """Headings of a data sheet that this program has no field for."""
    heads = sheet.rows[head_row - 1] if head_row else []
    return [text for text in heads if isinstance(text, str) and text.strip() and fold_head(text) not in known]


def columns_wait(sheet: RawSheet, head_row: int, heads: Sequence[str]) -> Problem:
    """Some columns are of a newer program; the others were read."""
    message = _("“{heads}”是更新版本的程序写的，本程序还不认识：已原样保留，其余照常；升级本程序后自动补上。")
    return Problem(sheet.name, cell_name(head_row or 1, 1), CODE, message.format(heads="、".join(heads)))


def rows_wait(sheet: RawSheet, rows: Sequence[int]) -> Problem:
    """Some rows are in a form or of a ledger that only a newer program reads."""
    message = _("这张表有 {rows} 行由更新版本的程序写成，本程序还读不了：已原样保留；请升级本程序，升级后自动补上。")
    return Problem(sheet.name, cell_name(rows[0], 1), CODE, message.format(rows=len(rows)))


def is_unknown(one: Contribution) -> bool:
    """Whether an entry speaks of a ledger or a field that this program does not know; the store keeps it as it came."""
    if not isinstance(one.entry, Version):
        return False
    of = ledgers().get(one.ledger)
    return of is None or not of.knows(one.entry.patch)


def entries_wait(sheet: RawSheet) -> Problem:
    """Some of the entries carried along are of a newer program."""
    message = _("随表的完整记录由更新版本的程序写成，本程序没有全部读懂：已原样保留；请升级本程序，升级后自动补上。")
    return Problem(sheet.name, "A1", CODE, message)
