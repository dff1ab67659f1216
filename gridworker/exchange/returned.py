"""A marked copy that comes back: what we added to it is taken out again, and each row knows which row it was."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gridworker.domain.versions.entries import Value
from gridworker.exchange.model import RawBook, RawSheet, RawValue

CHECK_HEAD: Final = "导入检查结果"
LIST_SHEET: Final = "导入检查清单"
ORIGIN_MARK: Final = "gw-check "
TEXT_MARK: Final = "gw-check-text "
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_ORIGIN: Final = re.compile(r"([0-9]{1,7})!([0-9a-f]{8})!([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that a row was, and a short print of what it said then."""

    row: int
    print: str
    turn: int
    """Which of the files said it: 0 the first one, 1 its first corrected copy."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The files a sheet was a copy of, oldest first, and its rows by where they stand now."""

    digests: tuple[str, ...] = ()
    nameless: bool = False
    """Whether the first file was a text, whose sheet has no name."""
    rows: Mapping[int, Origin] = field(default_factory=dict)


NONE: Final = Origins()


def table_of(before: Origins, digest: str, sheet: str, said: Mapping[int, Mapping[str, Value]]) -> Origins:
    """What the hidden column says of the rows of a file: which row each was at first, and which file said it so."""
    digests, name = (*before.digests, digest), "" if before.nameless else sheet
    rows = {}
    for row, told in said.items():
        old = before.rows.get(row)
        print_now = print_of(digests[0], name, old.row if old else row, told)
        if old is None and before.digests:
            continue  # a row that somebody added has no first file: it is read as a new one each time
        is_same = old is not None and old.print == print_now
        rows[row] = old if old and is_same else Origin(old.row if old else row, print_now, len(digests) - 1)
    return Origins(digests, not name, rows)


def token(origin: Origin) -> str:
    """An origin as it stands in a cell."""
    return f"{origin.row}!{origin.print}!{origin.turn}"


def print_of(digest: str, sheet: str, row: int, said: Mapping[str, Value]) -> str:
    """A short print of what a row says, of use in its own file only."""
    told = json.dumps([digest, sheet, row, dict(said)], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(told.encode(), digest_size=4).hexdigest()


def without_marks(book: RawBook) -> tuple[RawBook, dict[str, Origins]]:
    """The book as it was sent to be corrected, and by sheet where its rows come from."""
    origins = {sheet.name: found for sheet in book.sheets if (found := _origins(sheet))}
    marked = any(_check_place(sheet) for sheet in book.sheets)
    if not marked and not origins:
        return book, {}
    sheets = [_plain(sheet) for sheet in book.sheets if sheet.name != LIST_SHEET]
    return replace(book, sheets=sheets), origins


def _check_place(sheet: RawSheet) -> tuple[int, int] | None:
    """Row and place of our heading, counted from 0."""
    for number, row in enumerate(sheet.rows[:60]):
        for place, value in enumerate(row):
            if value == CHECK_HEAD:
                return number, place
    return None


def _plain(sheet: RawSheet) -> RawSheet:
    found = _check_place(sheet)
    if found is None:
        return sheet
    first = found[1]
    taken = {first, first + 1} if _is_origin(_at(sheet.rows[found[0]], first + 1)) else {first}
    rows: list[list[RawValue]] = [
        [None if place in taken else value for place, value in enumerate(row)] for row in sheet.rows
    ]
    return replace(sheet, rows=[_trimmed(row) for row in rows])


def _trimmed(row: list[RawValue]) -> list[RawValue]:
    while row and row[-1] is None:
        row.pop()
    return row


def _origins(sheet: RawSheet) -> Origins | None:
    found = _check_place(sheet)
    head = _at(sheet.rows[found[0]], found[1] + 1) if found else None
    if found is None or not _is_origin(head):
        return None
    rows = {}
    taken = set()
    for number, row in enumerate(sheet.rows, start=1):
        told = _ORIGIN.fullmatch(str(_at(row, found[1] + 1) or ""))
        if told and told[1] not in taken:  # a row that was copied is a new one
            taken.add(told[1])
            rows[number] = Origin(int(told[1]), told[2], int(told[3]))
    return Origins(_digests(head), str(head).startswith(TEXT_MARK), rows)


def _is_origin(value: RawValue) -> bool:
    return isinstance(value, str) and value.startswith((ORIGIN_MARK, TEXT_MARK)) and bool(_digests(value))


def _digests(value: RawValue) -> tuple[str, ...]:
    words = str(value).split()[1:]
    return tuple(words) if all(map(_DIGEST.fullmatch, words)) else ()


def head_of(origins: Origins) -> str:
    """What stands above the hidden column."""
    return (TEXT_MARK if origins.nameless else ORIGIN_MARK) + " ".join(origins.digests)


def _at(row: list[RawValue], place: int) -> RawValue:
    return row[place] if place < len(row) else None
