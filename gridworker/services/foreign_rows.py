"""Rows of somebody else's sheet as readings: what each row says, under ids that only the file decides (design §2.4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gridworker.domain.ids import Id, from_text, hashed_id
from gridworker.domain.ledger import Kind, Ledger
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Reading, Value
from gridworker.exchange import foreign
from gridworker.exchange.layout import cell_name
from gridworker.exchange.model import Contribution, Problem, RawBook
from gridworker.exchange.recognise import Column
from gridworker.i18n import _
from gridworker.services.workspace import Workspace, grid_id

PARENTS = {"resident": "household", "visit": "household", "need": "household"}
"""Ledgers whose rows in one line of a sheet belong to the household of that line."""


@dataclass(slots=True)
class ForeignRows:
    """What a foreign sheet contributes."""

    contributions: list[Contribution] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def contributions(
    workspace: Workspace, book: RawBook, digest: str, file: str, mapping: dict[str, Any] | None
) -> ForeignRows:
    """The readings of all rows under a confirmed mapping, or of the columns recognised with certainty."""
    grid = workspace.store.get("grid")
    confirmed = json.dumps([mapping or "certain", grid], sort_keys=True, ensure_ascii=False)
    found = ForeignRows()
    for sheet in foreign.understand(book, mapping, file).sheets:
        defaults = {"household.grid": grid} | sheet.defaults
        columns = {name: letter for letter, name in sheet.mapped.items()}
        found.problems += [_unmapped(sheet, one) for one in sheet.unmapped]
        for row in sheet.rows:
            found.problems += row.problems
            found.contributions += _row(row, sheet.name, digest, hashed_id("mapping", confirmed), defaults, columns)
    if not found.contributions:
        message = _("这个文件里没有看懂的记录，什么也没有导入；请核对是不是发错了文件，或写明每一栏是哪一项。")
        found.problems.append(Problem("", "", "nothing_understood", message))
    return found


def _unmapped(sheet: foreign.ForeignSheet, column: Column) -> Problem:
    """A column that was not taken in: told once, at its heading."""
    message = _("“{heading}”这一栏没有认出来，没有导入；要导入请在对列文件里写明它是哪一项。")
    where = cell_name(sheet.header_rows[-1] if sheet.header_rows else 1, column.number)
    return Problem(sheet.name, where, "unmapped_column", message.format(heading=str(column.heading)))


def _row(
    row: foreign.ForeignRow,
    sheet: str,
    digest: str,
    mapping_id: Id,
    defaults: Mapping[str, str],
    columns: Mapping[str, str],
) -> list[Contribution]:
    by_ledger = _by_ledger(row.values)
    made = {name: hashed_id(digest, sheet, row.row, name, foreign=True) for name in by_ledger}
    found = []
    for name, values in by_ledger.items():
        of = ledger(name)
        for field_name, text in _defaults_of(defaults, name).items():
            values.setdefault(field_name, _reference(of, field_name, text))
        parent = PARENTS.get(name)
        if parent in made:
            values.setdefault(parent, made[parent])
        reading = Reading(hashed_id(made[name], mapping_id, foreign=True), made[name], values)
        letters = sorted(letter for column, letter in columns.items() if column.startswith(f"{name}."))
        cells = f"{letters[0]}{row.row}:{letters[-1]}{row.row}" if letters else f"A{row.row}"
        found.append(Contribution(name, reading, sheet, cells))
    return found


def _by_ledger(values: Mapping[str, Any]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for column, value in values.items():
        block, _dot, name = column.partition(".")
        of = block if block in ledgers() else _ledger_of_block(block)
        if value is not None and of and name in ledger(of).by_name:
            found.setdefault(of, {})[name] = ",".join(value) if isinstance(value, list) else value
    return found


def _ledger_of_block(block: str) -> str:
    return next((name for name, one in ledgers().items() if block in one.blocks), "")


def _defaults_of(defaults: Mapping[str, str], name: str) -> dict[str, str]:
    return {
        column.partition(".")[2]: text for column, text in defaults.items() if column.startswith(f"{name}.") and text
    }


def _reference(of: Ledger, name: str, text: str) -> Value:
    one = of.by_name[name]
    if one.kind is Kind.REF and one.of == "grid":
        return grid_id(text)
    if one.kind is Kind.REF:
        try:
            return from_text(text)
        except ValueError:
            return text
    return text
