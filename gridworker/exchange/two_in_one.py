"""Columns that hold a person and one fact more in a cell, 姓名（手机）, 户主及电话, 姓名（性别）: read as two."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final

from gridworker.domain.text import phone
from gridworker.exchange.headings import meanings, names_person, rooted
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Grid, Heading

_BOTH: Final = re.compile(
    r"(?P<who>[一-鿿]{1,6}?)\s*(?:[(（/、和及与]|\s)\s*"
    r"(?P<more>(?:联系|本人)?(?:电话|手机|方式|号码)(?:号码?)?|性别|男[/、]?女)\s*[)）]?"
)
_WHO: Final = r"\s*(?P<who>[一-鿿·][一-鿿·\s]{1,8}?)\s*"
_PHONE: Final = re.compile(_WHO + r"[(（:：、,，/\s]*(?P<more>\+?[0-9][0-9\s-]{5,18}[0-9])\s*[)）]?\s*")
_GENDER: Final = re.compile(_WHO + r"[(（:：、,，/\s]\s*(?P<more>男|女)\s*[)）]?\s*")
_SHARE: Final = 0.6
"""Share of cells that hold both from which a column does whose heading names nobody but the person."""
_SAMPLED: Final = 20
"""Records that are looked at first."""
_PHONES: Final = {"household.head": "户主电话", "resident.name": "本人电话", "need.raised_by": "反映人电话"}
"""By whom a heading names: what heads their telephones."""

_Found = dict[int, re.Match[str]]


def parted(laid: LaidOut) -> LaidOut:
    """The table with a column more for what each column of people holds, too: telephones, or who is a woman."""
    if laid.cells:
        return laid
    for column, heading in list(laid.table.headings.items()):
        both = _BOTH.fullmatch(heading.leaf.strip())
        who = both["who"] if both else heading.leaf
        if not both and not names_person(who):
            continue
        for holds in (_holds_phone, _GENDER.fullmatch):
            if found := _found(laid, column, holds, is_told=both is not None):
                laid = _part(laid, column, replace(heading, leaf=who), _heading(who, found), found)
    return laid


def _found(laid: LaidOut, column: int, holds: Callable[[str], re.Match[str] | None], *, is_told: bool) -> _Found:
    """By row the name and what else its cell holds; nothing where few hold both, unless the heading says so."""
    records = laid.table.records
    told = {row: raw for row in records if isinstance(raw := laid.grid.value(row, column), str)}
    if not any(holds(raw) for raw in islice(told.values(), _SAMPLED)):
        return {}
    found = {row: one for row, raw in told.items() if (one := holds(raw))}
    return found if is_told or len(found) >= _SHARE * len(told) else {}


def _holds_phone(text: str) -> re.Match[str] | None:
    found = _PHONE.fullmatch(text)
    return found if found and phone.parse(found["more"]).value is not None else None


def _heading(who: str, found: _Found) -> Heading:
    if next(iter(found.values()))["more"] in {"男", "女"}:
        return Heading("", "性别")
    return Heading("", next((phone for column, phone in _PHONES.items() if column in _named(who)), f"{who}电话"))


def _named(who: str) -> set[str]:
    return {one.column for one in meanings("", who) or rooted("", who)}


def _part(laid: LaidOut, column: int, heading: Heading, more: Heading, found: _Found) -> LaidOut:
    table, sheet = laid.table, laid.grid.sheet
    added = max(laid.grid.width, *table.headings) + 1
    rows: list[list[RawValue]] = list(sheet.rows)
    for row, one in found.items():
        own = rows[row - 1]
        rows[row - 1] = [*own, *[None] * (added - len(own))]
        rows[row - 1][column - 1], rows[row - 1][added - 1] = one["who"], one["more"]
    headings = table.headings | {column: heading, added: more}
    cells = laid.cells | {(row, added): (row, column) for row in (*table.header_rows, *table.records)}
    return replace(laid, grid=Grid(replace(sheet, rows=rows)), table=replace(table, headings=headings), cells=cells)
