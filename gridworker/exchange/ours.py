"""What one of our own workbooks says, as a pure function of the file: statements, edits, problems (versions.md §11)."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from gridworker.domain.ids import Id, from_text
from gridworker.domain.ledger import OWN, Ledger, own_label
from gridworker.domain.versions.entries import Entry, Reading, Statement
from gridworker.exchange import gw, newer, pace
from gridworker.exchange.clearings import with_mass_clearings_proposed
from gridworker.exchange.copied_rows import Read, of_one_record, told_as_new
from gridworker.exchange.layout import (
    ID_HEAD,
    TOKEN_HEAD,
    Column,
    all_columns,
    cell_name,
    fold_head,
    ledger_of_heads,
    own_column,
)
from gridworker.exchange.loose_rows import (
    OwnTable,
    read_loose,
    rows_without_token,
    told_damaged,
    told_row_by_row,
    told_without_tokens,
)
from gridworker.exchange.misaligned import put_right
from gridworker.exchange.model import BookReading, Contribution, Problem, RawBook, RawSheet, RawValue
from gridworker.exchange.own_rows import OwnRow, RowReading
from gridworker.exchange.token import DamagedToken, NewerToken, RowToken, decode_token, from_cell, looks_like_token
from gridworker.i18n import _

AnyToken = RowToken | DamagedToken | NewerToken
_HEADS_WITHIN: Final = 10
"""Rows in which the heading of a sheet without tokens is looked for."""


@dataclass(slots=True)
class OwnSheet:
    """A data sheet of ours: where its heading stands, what its columns are, its rows."""

    raw: RawSheet
    ledger: Ledger | None
    """None where only a newer program knows it, or no row tells."""
    head_row: int
    columns: dict[int, Column] = field(default_factory=dict)
    """By column number, from 1."""
    rows: list[OwnRow] = field(default_factory=list)
    damaged: dict[int, int] = field(default_factory=dict)
    """By number of a row whose token was tampered with: the token's column."""
    waiting: frozenset[int] = frozenset()
    """Numbers of rows that only a newer program reads."""
    problems: list[Problem] = field(default_factory=list)
    newer: bool = False
    """Whether a newer program wrote more than is understood here."""

    @property
    def has_tokens(self) -> bool:
        """Whether the hidden columns are there."""
        return bool(self.rows or self.damaged or self.waiting)


def read_ours(raw: RawBook, digest: str) -> BookReading | None:
    """All that a workbook of ours says; None for a book without any token of ours."""
    sheets = list(own_sheets(raw))
    head = next((gw.read_head(one) for one in raw.sheets if one.name == gw.SHEET), {})
    if not any(one.has_tokens for one in sheets) and not head.get("export") and not _has_our_frame(raw):
        return None
    reading = _head(head, sheets)
    reading.modified_by = raw.modified_by
    reading.newer = any(one.newer for one in sheets)
    for one in sheets:
        _read_sheet(reading, one, digest)
    reading.absent = _count_absent(sheets, reading, gw.read_rows(head))
    _carried(reading, raw, head)
    return reading


def _count_absent(sheets: Sequence[OwnSheet], reading: BookReading, left: Mapping[str, set[Id]]) -> int:
    """Rows that left and are gone while others of their sheet are here; filtered copies look the same."""
    named = {one.record for one in reading.loose}
    count = 0
    for one in sheets:
        present = {row.token.record for row in one.rows}
        if present and one.ledger:
            unread = len(one.damaged) + len(one.waiting)
            count += max(len(left.get(one.ledger.letter, set()) - present - named) - unread, 0)
    return count


def own_sheets(raw: RawBook) -> Iterator[OwnSheet]:
    """The data sheets of ours, by their tokens or their headings, whatever they are called now."""
    for sheet in raw.sheets:
        if sheet.name != gw.SHEET:
            found = _own_sheet(sheet)
            if found:
                yield found


def _own_sheet(sheet: RawSheet) -> OwnSheet | None:
    tokens = list(_tokens(sheet))
    heads = ((number, ledger_of_heads(row)) for number, row in enumerate(sheet.rows[:_HEADS_WITHIN], start=1))
    head_row, headed = next((one for one in heads if one[1]), (0, None))
    ledger = next((token.ledger for _row, _column, token in tokens if isinstance(token, RowToken)), headed)
    if ledger is None and not tokens:
        return None
    known = all_columns(ledger) if ledger else {}
    if tokens:
        head_row = _head_row(sheet, tokens[0][0], set(known))
    found = OwnSheet(sheet, ledger, head_row)
    for number, text in enumerate(sheet.rows[head_row - 1] if head_row else (), start=1):
        column = known.get(fold_head(text)) if isinstance(text, str) else None
        if column and column not in found.columns.values():
            found.columns[number] = column
    _add_own_columns(found, tokens)
    _hold(found, tokens)
    _tell_newer(found, known)
    return found


def _add_own_columns(sheet: OwnSheet, tokens: Sequence[tuple[int, int, AnyToken]]) -> None:
    """Columns of fields that people added, where a row says that it has a cell of one under this heading."""
    told = [token for _row, _column, token in tokens if isinstance(token, RowToken) and token.own]
    for number, text in enumerate(sheet.raw.rows[sheet.head_row - 1] if told and sheet.head_row else (), start=1):
        column = own_column(OWN + own_label(text)) if isinstance(text, str) and number not in sheet.columns else None
        if column and any(token.knowing([column.name]).shows(column.name) for token in told):
            sheet.columns[number] = column


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


def _has_our_frame(raw: RawBook) -> bool:
    """Whether a sheet has our hidden columns, though no row of it does: a workbook about nothing."""
    frame = {fold_head(ID_HEAD), fold_head(TOKEN_HEAD)}
    heads = (row for sheet in raw.sheets for row in sheet.rows[:_HEADS_WITHIN])
    return any(frame <= {fold_head(text) for text in row if isinstance(text, str)} for row in heads)


def _hold(sheet: OwnSheet, tokens: Sequence[tuple[int, int, AnyToken]]) -> None:
    """The rows by what their tokens are."""
    own = [one.name for one in sheet.columns.values() if one.name.startswith(OWN)]
    for row, column, token in tokens:
        if isinstance(token, RowToken):
            cells = _with_ids(sheet.columns, sheet.raw.rows[row - 1])
            sheet.rows.append(OwnRow(row, token.knowing(own), cells))
        elif isinstance(token, DamagedToken):
            sheet.damaged[row] = column
    sheet.waiting = frozenset(row for row, _column, token in tokens if isinstance(token, NewerToken))
    sheet.newer = bool(sheet.waiting)
    sheet.problems += [newer.rows_wait(sheet.raw, sorted(sheet.waiting))] if sheet.waiting else []


def _tokens(sheet: RawSheet) -> Iterator[tuple[int, int, AnyToken]]:
    """Row, column and token of every row that has one; for one that says nothing here, why."""
    for number, row in enumerate(sheet.rows, start=1):
        pace.breathe()
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
    if any(row.token.own for row in sheet.rows):
        gone[_("自定义项")] = None
    if not gone:
        return []
    message = _("找不到这些栏：{heads}；这几栏没有读，其余照常。标题被改过的，请改回原样再导入。").format(
        heads="、".join(gone)
    )
    return [Problem(sheet.raw.name, cell_name(sheet.head_row or 1, 1), "column_missing", message)]


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
    log, logs = gw.read_log(head), gw.read_logs(head)
    return BookReading(export, sender, grid, week, first, last, masked, role, gw.read_past(head), nil, made, log, logs)


def _read_sheet(reading: BookReading, sheet: OwnSheet, digest: str) -> None:
    reading.problems += [*sheet.problems, *_without_column(sheet)]
    rows, readings = put_right(sheet.raw, sheet.columns, sheet.rows, digest)
    by_record: dict[Id, list[tuple[OwnRow, RowReading]]] = {}
    for row, found in rows:
        by_record.setdefault(row.token.record, []).append((row, found))
    made_over: list[Read] = []
    for some in by_record.values():
        pace.breathe()
        kept, others = of_one_record(sheet.raw, sheet.columns, some, digest)
        readings += kept
        made_over += others
        reading.problems += [told_as_new(sheet.raw, row, copied=len(some) > 1) for row, _found in others]
    tokens = [row.token for row, _found in rows]
    for one in with_mass_clearings_proposed(sheet.raw, sheet.columns, readings, tokens):
        _add(reading, one)
    _add_loose(reading, sheet, made_over)


def _add(reading: BookReading, one: RowReading) -> None:
    reading.rows += 1
    reading.unchanged += one.unchanged
    reading.edited += one.edited
    reading.flagged += one.flagged
    reading.offered += one.offered
    reading.problems += one.problems
    reading.contributions += one.contributions


def _add_loose(reading: BookReading, sheet: OwnSheet, made_over: Sequence[Read]) -> None:
    """The rows that no token speaks for, and why they are none of the others."""
    reading.problems += [told_damaged(sheet.raw, row, column) for row, column in sheet.damaged.items()]
    if sheet.ledger is None:
        return
    table = OwnTable(sheet.raw, sheet.ledger, sheet.head_row, sheet.columns)
    fresh = rows_without_token(table, {row.number for row in sheet.rows} | sheet.damaged.keys() | sheet.waiting)
    loose = read_loose(table, sorted([*fresh, *sheet.damaged]), named=True)
    if sheet.has_tokens:
        reading.problems += told_row_by_row(table, fresh)
    else:  # visits and steps without any id cannot be told from those known: read again, they would all be doubled
        loose = [one for one in loose if one.values and (one.record or sheet.ledger.keys_from)]
        reading.problems += told_without_tokens(table, fresh, len(loose))
    staying = {row.number for row, found in made_over if not found.moved}
    loose += read_loose(table, [row.number for row, _found in made_over], named=False, referring=staying)
    reading.problems += [problem for one in loose for problem in one.problems]
    reading.loose += loose


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
            _keep_rows_foreign(reading, carried)
            reading.contributions[:0] = carried
            reading.newer |= None in every
            if None in every or any(map(newer.is_unknown, carried)):
                reading.problems.append(newer.entries_wait(sheet))


def _keep_rows_foreign(reading: BookReading, carried: list[Contribution]) -> None:
    """A foreign row that is carried as it was read is all its line in our sheet could say."""
    known = {one.entry.id for one in carried if isinstance(one.entry, Reading)}
    reading.contributions = [one for one in reading.contributions if not _repeats_rows(one.entry, known)]


def _repeats_rows(entry: Entry, known: AbstractSet[Id]) -> bool:
    named = {id for cell in entry.cells.values() for id in cell.of} if isinstance(entry, Statement) else set[Id]()
    return bool(named) and named <= known
