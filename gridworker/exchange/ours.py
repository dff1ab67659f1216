"""What one of our own workbooks says, as a pure function of the file: statements, edits, problems (versions.md §11)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id, from_text
from gridworker.domain.ledgers import ledgers
from gridworker.domain.versions.entries import Reading, Statement
from gridworker.exchange import gw, newer
from gridworker.exchange.clearings import without_mass_clearings
from gridworker.exchange.copied_rows import of_one_record
from gridworker.exchange.layout import FURNITURE, ID_HEAD, TOKEN_HEAD, Column, all_columns, cell_name, fold_head
from gridworker.exchange.misaligned import put_right
from gridworker.exchange.model import BookReading, Contribution, Problem, RawBook, RawSheet, RawValue
from gridworker.exchange.own_rows import OwnRow, RowReading, words
from gridworker.exchange.token import DamagedToken, NewerToken, RowToken, decode_token, from_cell, looks_like_token
from gridworker.i18n import _

_HEADS_ENOUGH: Final = 5
"""Headings of one ledger that make a row its heading."""


@dataclass(slots=True)
class OwnSheet:
    """A data sheet of ours: where its heading stands, what its columns are, its rows."""

    raw: RawSheet
    head_row: int
    columns: dict[int, Column] = field(default_factory=dict)
    """By column number, from 1."""
    rows: list[OwnRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False
    """Whether a newer program wrote more than is understood here."""


def read_ours(raw: RawBook, digest: str) -> BookReading | None:
    """All that a workbook of ours says; None for a book without any token of ours."""
    sheets = list(own_sheets(raw))
    head = next((gw.read_head(one) for one in raw.sheets if one.name == gw.SHEET), {})
    if not any(one.rows or one.problems for one in sheets) and not head.get("export") and not _has_our_frame(raw):
        return None
    reading = _head(head, sheets)
    reading.modified_by = raw.modified_by
    reading.newer = any(one.newer for one in sheets)
    for one in sheets:
        _read_sheet(reading, one, digest)
    reading.problems += _tokens_lost(raw, {one.raw.name for one in sheets})
    _carried(reading, raw, head)
    return reading


def own_sheets(raw: RawBook) -> Iterator[OwnSheet]:
    """The sheets that hold tokens, whatever they are called now."""
    for sheet in raw.sheets:
        if sheet.name != gw.SHEET:
            found = _own_sheet(sheet)
            if found:
                yield found


def _own_sheet(sheet: RawSheet) -> OwnSheet | None:
    tokens = list(_tokens(sheet))
    if not tokens:
        return None
    first = tokens[0][0]
    waiting = [row for row, _column, token in tokens if isinstance(token, NewerToken)]
    problems = [_damaged(sheet, row, column) for row, column, token in tokens if isinstance(token, DamagedToken)]
    problems += [newer.rows_wait(sheet, waiting)] if waiting else []
    ledger = next((token.ledger for _row, _column, token in tokens if isinstance(token, RowToken)), None)
    if ledger is None:
        return OwnSheet(sheet, first, problems=problems, newer=bool(waiting))
    head_row = _head_row(sheet, first, set(all_columns(ledger)))
    found = OwnSheet(sheet, head_row, problems=problems, newer=bool(waiting))
    known = all_columns(ledger)
    for number, text in enumerate(sheet.rows[head_row - 1] if head_row else (), start=1):
        column = known.get(fold_head(text)) if isinstance(text, str) else None
        if column and column not in found.columns.values():
            found.columns[number] = column
    for row, _column, token in tokens:
        if isinstance(token, RowToken):
            found.rows.append(OwnRow(row, token, _with_ids(found.columns, sheet.rows[row - 1])))
    _tell_newer(found, known)
    found.problems += _without_token(sheet, head_row or first, {row for row, _column, _token in tokens})
    found.problems += _without_column(found)
    return found


def _tell_newer(sheet: OwnSheet, known: dict[str, Column]) -> None:
    """Columns of a newer program; what it shows for orientation is then more than can be compared here."""
    if not any(row.token.newer for row in sheet.rows):
        return
    sheet.newer = True
    sheet.columns = {number: one for number, one in sheet.columns.items() if one.sort != "shown"}
    heads = newer.unknown_heads(sheet.raw, sheet.head_row, known)
    if heads:
        sheet.problems.append(newer.columns_wait(sheet.raw, sheet.head_row, heads))


def _with_ids(columns: dict[int, Column], row: list[RawValue]) -> list[RawValue]:
    """A row whose references stand in the signs of an id again."""
    ids = {number for number, one in columns.items() if one.hidden}
    return [from_cell(raw) if place in ids and isinstance(raw, str) else raw for place, raw in enumerate(row, start=1)]


def _tokens_lost(raw: RawBook, known: set[str]) -> list[Problem]:
    """Sheets of ours whose hidden columns were deleted: what stands there is not taken, and told."""
    problems = []
    for sheet in raw.sheets:
        head = next((number for number, row in enumerate(sheet.rows[:10], 1) if _is_own_head(row)), 0)
        rows = len([row for row in sheet.rows[head:] if any(map(_says, row)) and not _is_furniture(row)])
        if sheet.name not in known and sheet.name != gw.SHEET and rows and head:
            message = _("这张表两边隐藏的列被删掉了，{rows} 行都没有导入；请在原文件里填写，或重新导出一份。")
            problems.append(Problem(sheet.name, cell_name(head, 1), "tokens_lost", message.format(rows=rows)))
    return problems


def _has_our_frame(raw: RawBook) -> bool:
    """Whether a sheet has our hidden columns, though no row of it does: a workbook about nothing."""
    frame = {fold_head(ID_HEAD), fold_head(TOKEN_HEAD)}
    heads = (row for sheet in raw.sheets for row in sheet.rows[:10])
    return any(frame <= {fold_head(text) for text in row if isinstance(text, str)} for row in heads)


def _is_own_head(row: list[RawValue]) -> bool:
    """Whether a row is the heading of a data sheet of ours."""
    heads = {fold_head(text) for text in row if isinstance(text, str)}
    return any(len(heads & set(all_columns(one))) >= _HEADS_ENOUGH for one in ledgers().values() if one.sheet)


def _tokens(sheet: RawSheet) -> Iterator[tuple[int, int, RowToken | DamagedToken | NewerToken]]:
    """Row, column and token of every row that has one; for one that says nothing here, why."""
    for number, row in enumerate(sheet.rows, start=1):
        for column in range(len(row), 0, -1):
            text = row[column - 1]
            if looks_like_token(text):
                try:
                    yield number, column, decode_token(from_cell(str(text).strip()))
                except (DamagedToken, NewerToken) as fault:
                    yield number, column, fault
                break


def _head_row(sheet: RawSheet, first: int, known: set[str]) -> int:
    """The row above the first token that holds most of our headings; 0 if none does."""
    best, most = 0, 1
    for number in range(1, first):
        count = sum(isinstance(text, str) and fold_head(text) in known for text in sheet.rows[number - 1])
        if count > most:
            best, most = number, count
    return best


def _without_column(sheet: OwnSheet) -> list[Problem]:
    """Columns that left with the workbook and are not found again: they say nothing, and that is told."""
    present = {column.name for column in sheet.columns.values() if column.field}
    gone = dict.fromkeys(
        row.token.ledger.by_name[name].label for row in sheet.rows for name in row.token.hashes if name not in present
    )
    if not gone:
        return []
    message = _("找不到这些栏：{heads}；这几栏没有读，其余照常。标题被改过的，请改回原样再导入。").format(
        heads="、".join(gone)
    )
    return [Problem(sheet.raw.name, cell_name(sheet.head_row or 1, 1), "column_missing", message)]


def _damaged(sheet: RawSheet, row: int, column: int) -> Problem:
    message = _("这一行的校验被改动过，认不出是哪条记录；请在程序里核对这一行。")
    return Problem(sheet.name, cell_name(row, column), "damaged_token", message)


def _without_token(sheet: RawSheet, head_row: int, known: set[int]) -> list[Problem]:
    """Rows that somebody typed below or between ours."""
    problems = []
    for number in range(head_row + 1, len(sheet.rows) + 1):
        row = sheet.rows[number - 1]
        if number in known or not any(_says(value) for value in row) or _is_furniture(row):
            continue
        message = _("这一行是新写的，没有记录编号；请在程序里登记，或让网格员核对后登记。")
        first = next(place for place, value in enumerate(row, start=1) if _says(value))
        problems.append(Problem(sheet.name, cell_name(number, first), "row_without_token", message, words(row)))
    return problems


def _says(value: RawValue) -> bool:
    return value is not None and str(value).strip() != ""


def _is_furniture(row: list[RawValue]) -> bool:
    """Totals and signatures of our own, also where their mark was lost."""
    first = next((str(value).strip() for value in row if _says(value)), "")
    return any(value == FURNITURE for value in row) or first.startswith(("合计", "填表人", "审核人"))


def _head(head: gw.Head, sheets: list[OwnSheet]) -> BookReading:
    export: Id = 0
    if head.get("export"):
        try:
            export = from_text(from_cell(head["export"]))
        except ValueError:
            export = 0
    export = export or next((row.token.export for one in sheets for row in one.rows), 0)
    masked = head.get("masked", "1") == "1"
    names = ("sender", "grid", "week", "first", "last")
    sender, grid, week, first, last = (head.get(name, "") for name in names)
    role, nil, made = head.get("role", ""), head.get("nil") == "1", head.get("made", "")
    return BookReading(export, sender, grid, week, first, last, masked, role, gw.read_past(head), nil, made)


def _read_sheet(reading: BookReading, sheet: OwnSheet, digest: str) -> None:
    reading.problems += sheet.problems
    rows, problems = put_right(sheet.raw, sheet.columns, sheet.rows, digest)
    reading.problems += problems
    by_record: dict[Id, list[tuple[OwnRow, RowReading]]] = {}
    for row, found in rows:
        by_record.setdefault(row.token.record, []).append((row, found))
    readings = [one for some in by_record.values() for one in of_one_record(sheet.raw, some)]
    for one in without_mass_clearings(sheet.raw, sheet.columns, readings):
        reading.rows += 1
        reading.cells += one.unchanged + one.edited + one.flagged
        reading.unchanged += one.unchanged
        reading.edited += one.edited
        reading.flagged += one.flagged
        reading.problems += one.problems
        reading.contributions += one.contributions


def _carried(reading: BookReading, raw: RawBook, head: gw.Head) -> None:
    """The entries a full workbook carries besides its cells; only an encrypted one may."""
    for sheet in raw.sheets:
        if sheet.name == gw.SHEET:
            try:
                every = [None] if gw.is_newer(head) else list(gw.read_entries(sheet))
            except (ValueError, KeyError, IndexError, TypeError):
                message = _("随表的完整记录已损坏，只采用了看得见的单元格；请让对方重新导出。")
                reading.problems.append(Problem(sheet.name, "A1", "damaged_entries", message))
                continue
            carried = [one for one in every if one is not None]
            reading.contributions[:0] = carried
            _keep_rows_foreign(reading, carried)
            reading.newer |= None in every
            if None in every or any(map(newer.is_unknown, carried)):
                reading.problems.append(newer.entries_wait(sheet))


def _keep_rows_foreign(reading: BookReading, carried: list[Contribution]) -> None:
    """A foreign row that is carried as it was read stays one: its line in our sheet must not make it our own record."""
    rows = {one.entry.record for one in carried if isinstance(one.entry, Reading)}
    reading.contributions = [
        one for one in reading.contributions if not (isinstance(one.entry, Statement) and one.entry.record in rows)
    ]
