"""One of our own workbooks in the words of `read`: headings, values by field, problems by cell (design §6)."""

from typing import Any

from gridworker.domain import values
from gridworker.exchange.layout import Column, column_letter
from gridworker.exchange.model import BookReading, RawBook, RawValue
from gridworker.exchange.ours import OwnSheet, own_sheets
from gridworker.exchange.own_rows import OwnRow, plain_raw


def as_read(book: RawBook, reading: BookReading) -> list[dict[str, Any]]:
    """Every data sheet; sheets without records are listed by name only."""
    problems: dict[tuple[str, int], list[dict[str, str]]] = {}
    for one in reading.problems:
        row = int("".join(sign for sign in one.cell if sign.isdigit()) or 0)
        told = {"cell": one.cell, "code": one.code, "message": one.message}
        problems.setdefault((one.sheet, row), []).append(told)
    found = {sheet.raw.name: sheet for sheet in own_sheets(book)}
    return [
        _sheet(found[raw.name], problems) if raw.name in found else _other(raw.name)
        for raw in book.sheets
        if raw.visible
    ]


def _other(name: str) -> dict[str, Any]:
    return {"sheet": name, "header_rows": [], "columns": {}, "rows": [], "ignored_rows": {}}


def _sheet(sheet: OwnSheet, problems: dict[tuple[str, int], list[dict[str, str]]]) -> dict[str, Any]:
    of = sheet.rows[0].token.ledger.name if sheet.rows else ""
    fields = {number: column for number, column in sheet.columns.items() if column.field}
    known = {row.number for row in sheet.rows}
    rest = [number for number, row in enumerate(sheet.raw.rows, start=1) if any(row) and number not in known]
    return {
        "sheet": sheet.raw.name,
        "header_rows": [sheet.head_row] if sheet.head_row else [],
        "columns": {column_letter(number): f"{of}.{column.name}" for number, column in fields.items()},
        "rows": [_row(sheet, fields, row, of, problems) for row in sheet.rows],
        "ignored_rows": {str(number): _reason(sheet, number) for number in rest if number != sheet.head_row},
    }


def _row(
    sheet: OwnSheet,
    fields: dict[int, Column],
    row: OwnRow,
    of: str,
    problems: dict[tuple[str, int], list[dict[str, str]]],
) -> dict[str, Any]:
    told = {f"{of}.{column.name}": _value(column, row, number) for number, column in fields.items()}
    return {"row": row.number, "values": told, "problems": problems.get((sheet.raw.name, row.number), [])}


def _value(column: Column, row: OwnRow, number: int) -> object:
    raw: RawValue = row.cells[number - 1] if number <= len(row.cells) else None
    if column.name in row.token.masked:
        return {"masked": "" if raw is None else str(raw)}
    assert column.field is not None
    return values.to_json(column.field, values.parse(column.field, plain_raw(raw)).value)


def _reason(sheet: OwnSheet, number: int) -> str:
    if number < sheet.head_row:
        return "note"
    first = next((str(value) for value in sheet.raw.rows[number - 1] if value), "")
    return "total" if first.startswith("合计") else "sign" if first.startswith("填表人") else "note"
