"""Columns that hold a person and the telephone in one cell: 姓名（手机）, 户主及电话. They are read as two columns."""

import re
from dataclasses import replace
from typing import Final

from gridworker.domain.text import phone
from gridworker.exchange.headings import fold, names_person
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Grid, Heading

_BOTH: Final = re.compile(
    r"(?P<who>[一-鿿]{1,6}?)\s*(?:[(（/、和及与]|\s)\s*(?P<phone>(?:联系|本人)?(?:电话|手机|方式|号码)(?:号码?)?)\s*[)）]?"
)
_PARTED: Final = re.compile(
    r"\s*(?P<who>[一-鿿·][一-鿿·\s]{1,8}?)\s*[(（:：、,，/\s]*(?P<phone>\+?[0-9][0-9\s-]{5,18}[0-9])\s*[)）]?\s*"
)
_SHARE: Final = 0.6
"""Share of cells that hold both from which a column does whose heading names nobody but the person."""
_SAMPLED: Final = 20
"""Records that are looked at first."""
_ANYBODY: Final = frozenset({"姓名", "名字", "联系人"})


def parted(laid: LaidOut) -> LaidOut:
    """The table with a column more for the telephones of each column of people that holds them, too."""
    if laid.cells:
        return laid
    for column, heading in list(laid.table.headings.items()):
        both = _BOTH.fullmatch(heading.leaf.strip())
        who = both["who"] if both else heading.leaf
        if names_person(f"{who}姓名" if both else who) and (found := _found(laid, column, is_told=both is not None)):
            laid = _part(laid, column, replace(heading, leaf=who), found)
    return laid


def _found(laid: LaidOut, column: int, *, is_told: bool) -> dict[int, re.Match[str]]:
    """By row the name and the telephone of its cell; nothing where few cells hold both, unless the heading says so."""
    records = laid.table.records
    if not any(_both(laid.grid.value(row, column)) for row in records[:_SAMPLED]):
        return {}
    told = {row: raw for row in records if (raw := laid.grid.value(row, column)) is not None}
    found = {row: one for row, raw in told.items() if (one := _both(raw))}
    return found if is_told or len(found) >= _SHARE * len(told) else {}


def _both(raw: RawValue) -> re.Match[str] | None:
    found = _PARTED.fullmatch(raw) if isinstance(raw, str) else None
    return found if found and phone.parse(found["phone"]).value is not None else None


def _part(laid: LaidOut, column: int, heading: Heading, found: dict[int, re.Match[str]]) -> LaidOut:
    table, sheet = laid.table, laid.grid.sheet
    added = max(laid.grid.width, *table.headings) + 1
    rows: list[list[RawValue]] = list(sheet.rows)
    for row, one in found.items():
        own = rows[row - 1]
        rows[row - 1] = [*own, *[None] * (added - len(own))]
        rows[row - 1][column - 1], rows[row - 1][added - 1] = one["who"], one["phone"]
    phones = Heading("", "本人电话" if fold(heading.leaf) in _ANYBODY else f"{heading.leaf}电话")
    headings = table.headings | {column: heading, added: phones}
    cells = laid.cells | {(row, added): (row, column) for row in table.records}
    return replace(laid, grid=Grid(replace(sheet, rows=rows)), table=replace(table, headings=headings), cells=cells)
