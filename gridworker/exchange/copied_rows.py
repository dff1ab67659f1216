"""Rows of a workbook that share one record: copies of a row, of which one may be an edit (excel.md §4)."""

from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import Contribution, Problem, RawSheet
from gridworker.exchange.own_rows import OwnRow, RowReading, words
from gridworker.i18n import _

Read = tuple[OwnRow, RowReading]


def of_one_record(sheet: RawSheet, some: list[Read]) -> list[RowReading]:
    """Untouched copies say nothing new; the first edit stands; a copy made over into another record is asked about."""
    if len(some) == 1:
        return [some[0][1]]
    named_alike = [one for one in some if not _names_another(one)]
    edits = [one for one in named_alike or some[:1] if one[1].edited]
    kept = (edits or named_alike or some)[0]
    others = (one for one in some if one is not kept and not _says_the_same(one[1], kept[1]))
    return [kept[1], *(_asked_about(sheet, one) for one in others)]


def _names_another(one: Read) -> bool:
    row, found = one
    return bool(found.edited_fields & set(row.token.ledger.title))


def _says_the_same(one: RowReading, kept: RowReading) -> bool:
    """Whether a copy adds nothing to the row that stands; problems of its own always do."""
    return not one.problems and (not one.edited or _patches(one) == _patches(kept))


def _patches(found: RowReading) -> list[object]:
    return [(one.entry.record, dict(one.entry.patch)) for one in found.contributions if _is_edit(one)]  # type: ignore[union-attr]


def _is_edit(one: Contribution) -> bool:
    return bool(one.cells)


def _asked_about(sheet: RawSheet, one: Read) -> RowReading:
    row, found = one
    message = _("这一行与另一行是同一条记录，改得却不一样；没有采用，是新记录的请在程序里登记。")
    problem = Problem(sheet.name, cell_name(row.number, 1), "copied_row", message, words(row.cells))
    problems = [*found.problems, problem] if found.edited else found.problems
    return RowReading(unchanged=found.unchanged, flagged=found.edited + found.flagged, problems=problems)
