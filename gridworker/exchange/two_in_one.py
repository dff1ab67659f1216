"""Columns that hold a person and one fact more in a cell, 姓名（手机）, 户主及电话, 姓名（性别）: read as two."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final

from gridworker.domain.text import phone
from gridworker.domain.text.blanks import is_blank, is_ditto
from gridworker.exchange.headings import meanings, names_person, rooted
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import RawValue
from gridworker.exchange.structure import Grid, Heading

_MORE: Final = r"(?:联系|本人)?(?:电话|手机|方式|号码)(?:号码?)?|性别|男[/、]?女"
_AND: Final = r"\s*(?:[(（/、和及与]|\s)\s*"
_BOTH: Final = re.compile(
    rf"(?P<who>[一-鿿]{{1,6}}?){_AND}(?:{_MORE})\s*[)）]?|(?:{_MORE}){_AND}(?P<then>[一-鿿]{{1,6}})\s*[)）]?"
)
_WHO: Final = r"(?P<who>[一-鿿·][一-鿿·\s]{1,8}?)"
_CALLED: Final = r"(?:的?(?:联系|手机)?(?:电话|手机|号码|号))?"
_NUMBER: Final = r"(?P<more>\+?[0-9][0-9\s-]{5,18}[0-9])"
_PHONE: Final = re.compile(rf"\s*{_WHO}\s*[(（:：、,，/\s]*{_CALLED}[:：\s]*{_NUMBER}\s*[)）]?\s*")
_PHONE_FIRST: Final = re.compile(rf"\s*{_NUMBER}\s*[(（:：、,，/\s]*{_WHO}\s*[)）]?\s*")
_GENDER: Final = re.compile(rf"\s*{_WHO}\s*[(（:：、,，/·\s]\s*(?P<more>男|女)\s*[)）]?\s*")
_GLUED: Final = re.compile(r"\s*(?P<who>[一-鿿·]{2,8})(?P<more>男|女)\s*")
"""A name with nothing between, 刘洋女: only where every cell under a heading that asks for both ends so."""
_NAME: Final = re.compile(r"[一-鿿]{2,4}|[一-鿿]\s+[一-鿿]|[一-鿿]+(?:·[一-鿿]+)+")
_KIN: Final = re.compile(
    "(?:[父母爸妈妻夫媳嫂婿转]|[儿孙外]子|[孙外]?女儿|孙女|爱人|老伴|家属|邻居|本人|房东|租客|村委会?|社区)$"
)
"""What ends a text that may tell whose the telephone is, not who is named."""
_ALONE: Final = re.compile(r"\s*(?P<who>[^(（]+?)\s*(?:[(（][^()（）男女0-9]{1,12}[)）])?\s*")
"""A name without a second fact; what else is in brackets is asked about with it."""
_SHARE: Final = 0.6
"""Share of cells that hold both from which a column does whose heading names nobody but the person."""
_SAMPLED: Final = 20
"""Records that are looked at first."""
_GENDERS: Final = frozenset("男女")
_ASKS_GENDER: Final = re.compile("性别|女")
_PHONES: Final = {"household.head": "户主电话", "resident.name": "本人电话", "need.raised_by": "反映人电话"}
"""By whom a heading names: what heads their telephones."""

_OURS: Final = frozenset({"household", "resident", "need"})

_Found = dict[int, re.Match[str]]
_Way = tuple[Callable[[str], re.Match[str] | None], float]


def parted(laid: LaidOut) -> LaidOut:
    """The table with a column more for what each column of people holds, too: telephones, or who is a woman."""
    if laid.cells:
        return laid
    for column, heading in list(laid.table.headings.items()):
        both = _BOTH.fullmatch(heading.leaf.strip())
        who = (both["who"] or both["then"]) if both else heading.leaf
        if not both and not names_person(who):
            continue
        for holds, share in _ways(heading.leaf, is_told=both is not None):
            if found := _found(laid, column, holds, share):
                doubtful = _doubtful(laid, column, found) if names_person(who) else set()
                laid = _part(laid, column, replace(heading, leaf=who), found, doubtful)
    return laid


def _ways(leaf: str, *, is_told: bool) -> list[_Way]:
    """What to look for, and in what share of the cells it must stand; `is_told`: the heading asks for both."""
    least = 0 if is_told else _SHARE
    glued: list[_Way] = [(_holds_gender, 1)] if is_told and _ASKS_GENDER.search(leaf) else []
    return [(_holds_phone, least), *glued, (_GENDER.fullmatch, least)]


def _found(laid: LaidOut, column: int, holds: Callable[[str], re.Match[str] | None], least: float) -> _Found:
    """By row the name and what else its cell holds; nothing where a smaller share than `least` holds both."""
    records = laid.table.records
    told = {row: raw for row in records if isinstance(raw := laid.grid.value(row, column), str)}
    if not any(holds(raw) for raw in islice(told.values(), _SAMPLED)):
        return {}
    found = {row: one for row, raw in told.items() if (one := holds(raw))}
    return found if len(found) >= least * len(told) else {}


def _holds_phone(text: str) -> re.Match[str] | None:
    found = _PHONE.fullmatch(text) or _PHONE_FIRST.fullmatch(text)
    return found if found and phone.parse(found["more"]).value is not None else None


def _holds_gender(text: str) -> re.Match[str] | None:
    return _GENDER.fullmatch(text) or _GLUED.fullmatch(text)


def _doubtful(laid: LaidOut, column: int, found: _Found) -> set[int]:
    """The rows whose cell names nobody for sure, or may tell whose the telephone is: they are asked about."""
    texts = {row: raw for row in laid.table.records if isinstance(raw := laid.grid.value(row, column), str)}
    tells_gender = any(one["more"] in _GENDERS for one in found.values())
    named = {row: one["who"] if (one := found.get(row) or _ALONE.fullmatch(raw)) else "" for row, raw in texts.items()}
    glued = {row for row, who in named.items() if row not in found and tells_gender and _GENDERS & {who[:1], who[-1:]}}
    asked = {row for row, who in named.items() if not _NAME.fullmatch(who) or _KIN.search(who)}
    return {row for row in asked | glued if not is_blank(texts[row]) and not is_ditto(texts[row])}


def _heading(heading: Heading, found: _Found) -> Heading:
    """What heads the second facts: under a group that says whose they are, 联系电话, else the person's."""
    if next(iter(found.values()))["more"] in _GENDERS:
        return Heading(heading.group, "性别")
    if heading.group:
        return Heading(heading.group, "联系电话")
    named = {one.column for one in meanings("", heading.leaf) or rooted("", heading.leaf)}
    return Heading("", next((called for column, called in _PHONES.items() if column in named), f"{heading.leaf}电话"))


def _part(laid: LaidOut, column: int, heading: Heading, found: _Found, doubtful: set[int]) -> LaidOut:
    """The names alone, and the rest in a column of its own, or in the one beside that is there for it.

    A doubtful cell, or one that says otherwise than the column beside, stays whole and is asked about.
    """
    table, sheet, more = laid.table, laid.grid.sheet, _heading(heading, found)
    beside = next((one for one, other in table.headings.items() if one != column and _is_same(other, more)), 0)
    added = beside or max(laid.grid.width, *table.headings) + 1
    rows: list[list[RawValue]] = list(sheet.rows)
    cells = dict(laid.cells)
    faults = sheet.faults | {(row, column): "two_facts" for row in doubtful}
    for row, one in found.items():
        if row in doubtful:
            continue
        own = [*rows[row - 1], *[None] * (added - len(rows[row - 1]))]
        if own[added - 1] is None:
            own[added - 1], cells[row, added] = one["more"], (row, column)
        elif not _says_the_same(own[added - 1], one["more"]):
            continue
        own[column - 1] = one["who"]
        rows[row - 1] = own
    headings = table.headings | {column: heading} | ({} if beside else {added: more})
    if not beside:
        cells |= {(row, added): (row, column) for row in (*table.header_rows, *table.records)}
    return replace(
        laid, grid=Grid(replace(sheet, rows=rows, faults=faults)), table=replace(table, headings=headings), cells=cells
    )


def _is_same(other: Heading, more: Heading) -> bool:
    """Whether a heading that is there asks for what would be added: a telephone of whom the row is about, a gender."""
    known = meanings(other.group, other.leaf)
    wanted = "gender" if more.leaf == "性别" else "phone"
    return any(one.field.name == wanted and one.ledger in _OURS for one in known)


def _says_the_same(raw: RawValue, told: str) -> bool:
    return str(raw).strip() == told or phone.parse(raw).value == phone.parse(told).value is not None
