"""Rows that no longer are the record whose token they carry: copies made over, rows reused (excel.md §4).

Whether a row speaks of another household or another need, its identity tells: what names the record to people and
was filled when the workbook left. One thing of it changed is a correction; two, or one in a copy, make another record.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from gridworker.domain.ledger import Kind, Ledger
from gridworker.exchange.layout import Column, cell_name
from gridworker.exchange.model import Problem, RawSheet
from gridworker.exchange.own_rows import OwnRow, RowReading, read_row
from gridworker.i18n import _

Read = tuple[OwnRow, RowReading]
_REUSED: Final = 2
"""Things of one row's identity from which it is another record."""


def of_one_record(
    sheet: RawSheet, columns: Mapping[int, Column], some: Sequence[Read], digest: str
) -> tuple[list[RowReading], list[Read]]:
    """What the rows of one record say of it, and those that are made over into another.

    Untouched copies add nothing; copies edited apart are siblings, all of which stand. Where every copy names another
    record, the one changed least is the edit.
    """
    ranked = sorted(some, key=lambda one: (len(_things(one)), one[1].edited, one[0].number))
    least = len(_things(ranked[0]))
    staying = [one for one in some if not _things(one)] or (ranked[:1] if least < _REUSED else [])
    made_over = [one for one in some if all(one is not stays for stays in staying)]
    kept: list[RowReading] = []
    for row, found in sorted(staying, key=lambda one: not one[1].edited):
        if not kept:
            kept.append(found)
        elif found.problems or (found.edited and all(_patches(found) != _patches(one) for one in kept)):
            kept.append(_beside(sheet, columns, row, digest))
    for found in kept:
        found.problems += _corrections(sheet, some[0][0].token.ledger, found)
    return kept, made_over


def _beside(sheet: RawSheet, columns: Mapping[int, Column], row: OwnRow, digest: str) -> RowReading:
    """A further copy, whose edits have ids of their own and whose unedited cells say nothing once more."""
    found = read_row(sheet, columns, row, f"{digest}:{row.number}")
    found.contributions = [one for one in found.contributions if one.counted]
    return found


def _patches(found: RowReading) -> list[object]:
    return [one.entry.patch for one in found.contributions if one.counted]  # type: ignore[union-attr]


def _things(one: Read) -> frozenset[str]:
    """What of a row's identity is another: its address, its person, its text, its day, the place shown beside it."""
    row, found = one
    of = row.token.ledger
    refers = any(":" in name for name in of.columns)
    things = {_thing(of, name) for name in found.renamed} | ({"place"} if found.moved and refers else set())
    return frozenset(things - {""})


def _thing(of: Ledger, name: str) -> str:
    """States do not tell records apart, and days are one thing."""
    kind = of.by_name[name].kind
    return "" if kind is Kind.CODE else "day" if kind in {Kind.DATE, Kind.TIME} else of.group_of(name)


def _corrections(sheet: RawSheet, of: Ledger, found: RowReading) -> list[Problem]:
    """A name, door or number that changed is taken, and told."""
    names = [name for name in found.renamed if of.by_name[name].kind is Kind.TEXT]
    message = _("“{label}”改了，已按更正采用；如果这一行其实换成了别的记录，请撤回后另起一行填写。")
    return [
        Problem(sheet.name, found.renamed[name], "identity_changed", message.format(label=of.by_name[name].label))
        for name in names[:1]
    ]


def told_as_new(sheet: RawSheet, row: OwnRow, *, copied: bool) -> Problem:
    """Why a row with a token is read as a new one."""
    if copied:
        message = _("这一行是复制另一行改成的，已按新的一行读入；请核对，是同一条记录的请在程序里合并。")
        return Problem(sheet.name, cell_name(row.number, 1), "copied_row", message)
    message = _("这一行的名称几处都换了，像是改写成了另一条记录：已按新的一行读入，原来的记录没有动；请核对。")
    return Problem(sheet.name, cell_name(row.number, 1), "row_reused", message)
