"""What one of our own workbooks says, as a pure function of the file: statements, edits, problems (versions.md §11)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gridworker.domain.ids import Id, from_text
from gridworker.domain.text.dates import DateContext
from gridworker.exchange import gw
from gridworker.exchange.clearings import without_mass_clearings
from gridworker.exchange.layout import FURNITURE, Column, all_columns, cell_name, fold_head
from gridworker.exchange.model import BookReading, Problem, RawBook, RawSheet, RawValue
from gridworker.exchange.own_rows import OwnRow, RowReading, read_row
from gridworker.exchange.token import DamagedToken, RowToken, decode_token, looks_like_token
from gridworker.i18n import _


@dataclass(slots=True)
class OwnSheet:
    """A data sheet of ours: where its heading stands, what its columns are, its rows."""

    raw: RawSheet
    head_row: int
    columns: dict[int, Column] = field(default_factory=dict)
    """By column number, from 1."""
    rows: list[OwnRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_ours(raw: RawBook, digest: str) -> BookReading | None:
    """All that a workbook of ours says; None for a book without any token of ours."""
    sheets = list(own_sheets(raw))
    head = next((gw.read_head(one) for one in raw.sheets if one.name == gw.SHEET), {})
    if not any(one.rows or one.problems for one in sheets) and not head.get("export"):
        return None
    reading = _head(head, sheets)
    for one in sheets:
        _read_sheet(reading, one, digest)
    _carried(reading, raw)
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
    ledger = next((token.ledger for _row, _column, token in tokens if isinstance(token, RowToken)), None)
    if ledger is None:
        problems = [_damaged(sheet, row, column) for row, column, _token in tokens]
        return OwnSheet(sheet, first, problems=problems)
    head_row = _head_row(sheet, first, set(all_columns(ledger)))
    found = OwnSheet(sheet, head_row)
    known = all_columns(ledger)
    for number, text in enumerate(sheet.rows[head_row - 1] if head_row else (), start=1):
        column = known.get(fold_head(text)) if isinstance(text, str) else None
        if column and column not in found.columns.values():
            found.columns[number] = column
    for row, column_number, token in tokens:
        if isinstance(token, RowToken):
            found.rows.append(OwnRow(row, token, sheet.rows[row - 1]))
        else:
            found.problems.append(_damaged(sheet, row, column_number))
    found.problems += _without_token(sheet, head_row, {row for row, _column, _token in tokens})
    return found


def _tokens(sheet: RawSheet) -> Iterator[tuple[int, int, RowToken | None]]:
    """Row, column and token of every row that has one; None for a damaged one."""
    for number, row in enumerate(sheet.rows, start=1):
        for column in range(len(row), 0, -1):
            text = row[column - 1]
            if looks_like_token(text):
                try:
                    yield number, column, decode_token(str(text).strip())
                except DamagedToken:
                    yield number, column, None
                break


def _head_row(sheet: RawSheet, first: int, known: set[str]) -> int:
    """The row above the first token that holds most of our headings; 0 if none does."""
    best, most = 0, 1
    for number in range(1, first):
        count = sum(isinstance(text, str) and fold_head(text) in known for text in sheet.rows[number - 1])
        if count > most:
            best, most = number, count
    return best


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
        problems.append(Problem(sheet.name, cell_name(number, first), "row_without_token", message, _words(row)))
    return problems


def _says(value: RawValue) -> bool:
    return value is not None and str(value).strip() != ""


def _is_furniture(row: list[RawValue]) -> bool:
    """Totals and signatures of our own, also where their mark was lost."""
    first = next((str(value).strip() for value in row if _says(value)), "")
    return any(value == FURNITURE for value in row) or first.startswith(("合计", "填表人", "审核人"))


def _words(row: list[RawValue]) -> str:
    return " | ".join(str(value) for value in row if _says(value))[:200]


def _head(head: gw.Head, sheets: list[OwnSheet]) -> BookReading:
    export: Id = 0
    if head.get("export"):
        try:
            export = from_text(head["export"])
        except ValueError:
            export = 0
    export = export or next((row.token.export for one in sheets for row in one.rows), 0)
    masked = head.get("masked", "1") == "1"
    names = ("sender", "grid", "week", "first", "last")
    sender, grid, week, first, last = (head.get(name, "") for name in names)
    return BookReading(export, sender, grid, week, first, last, masked, head.get("role", ""))


def _read_sheet(reading: BookReading, sheet: OwnSheet, digest: str) -> None:
    reading.problems += sheet.problems
    reading.flagged += 0
    context = _context(reading)
    by_record: dict[Id, list[tuple[OwnRow, RowReading]]] = {}
    for row in sheet.rows:
        found = read_row(sheet.raw, sheet.columns, row, digest, context)
        by_record.setdefault(row.token.record, []).append((row, found))
    readings = [one for some in by_record.values() for one in _of_one_record(sheet.raw, some)]
    for one in without_mass_clearings(sheet.raw, sheet.columns, readings):
        reading.rows += 1
        reading.cells += one.unchanged + one.edited + one.flagged
        reading.unchanged += one.unchanged
        reading.edited += one.edited
        reading.flagged += one.flagged
        reading.problems += one.problems
        reading.contributions += one.contributions


def _context(reading: BookReading) -> DateContext:
    last = reading.last or reading.first
    return DateContext(year=date.fromisoformat(last).year) if last else DateContext()


def _of_one_record(sheet: RawSheet, some: list[tuple[OwnRow, RowReading]]) -> list[RowReading]:
    """Copies of a row: untouched ones say nothing new; of edited ones, those that name somebody else are new rows."""
    if len(some) == 1:
        return [some[0][1]]
    edited = [one for one in some if one[1].edited]
    if not edited:
        return [some[0][1]]
    kept: list[RowReading] = []
    for row, found in edited:
        if kept and _names_another(row, found):
            message = _("这一行像是复制后改成了另一户或另一件；原记录没有动，请在程序里另行登记。")
            problem = Problem(sheet.name, cell_name(row.number, 1), "copied_row", message, _words(row.cells))
            kept.append(RowReading(flagged=found.unchanged + found.edited + found.flagged, problems=[problem]))
        else:
            kept.append(found)
    return kept


def _names_another(row: OwnRow, found: RowReading) -> bool:
    return bool(found.edited_fields & set(row.token.ledger.title))


def _carried(reading: BookReading, raw: RawBook) -> None:
    """The entries a full workbook carries besides its cells; only an encrypted one may."""
    for sheet in raw.sheets:
        if sheet.name == gw.SHEET:
            try:
                reading.contributions[:0] = list(gw.read_entries(sheet))
            except (ValueError, KeyError, IndexError, TypeError):
                message = _("随表的完整记录已损坏，只采用了看得见的单元格；请让对方重新导出。")
                reading.problems.append(Problem(sheet.name, "A1", "damaged_entries", message))
