"""A marked copy that comes back: what we added to it is taken out again, and each row knows which row it was."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.versions.entries import Value
from gridworker.exchange.model import RawBook, RawSheet, RawValue

CHECK_HEAD: Final = "导入检查结果"
LIST_SHEET: Final = "导入检查清单"
ORIGIN_MARK: Final = "gw-check "
TEXT_MARK: Final = "gw-check-text "
_FILE: Final = re.compile(r"([0-9a-f]{64})(?::([0-9a-f]{16}))?")
_ORIGIN: Final = re.compile(r"([A-Z]{0,3})([0-9]{0,7})!([0-9a-f]{8})!([0-9]{1,3})")

Mark = int | str
"""What tells a record of a sheet: its row; of a card or a table beside its first cell; of a turned table its column."""
Place = tuple[str, str, Mark]
"""What a record is called by for good: the file that told it first, the sheet, the mark there."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The record that a record was, and a short print of what it said then."""

    mark: Mark
    print: str
    turn: int
    """Which of the files said it: 0 the first one, 1 its first corrected copy."""


@dataclass(frozen=True, slots=True)
class Told:
    """A file that came before, and the mapping under which it was read."""

    digest: str
    mapping: Id = 0
    """0 where an older program wrote the copy."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The files a sheet was a copy of, oldest first, and its records by where they stand now."""

    files: tuple[Told, ...] = ()
    nameless: bool = False
    """Whether the first file was a text, whose sheet has no name."""
    rows: Mapping[Mark, Origin] = field(default_factory=dict)

    def place(self, digest: str, sheet: str, mark: Mark) -> Place:
        """What a record of a file is called by; one that somebody added to a copy is the copy's own."""
        origin = self.rows.get(mark)
        return (self.files[0].digest, "" if self.nameless else sheet, origin.mark) if origin else (digest, sheet, mark)

    def cells(self, head_row: int) -> dict[int, str]:
        """The hidden column: by row what stands there."""
        names = (f"{one.digest}:{one.mapping:016x}" if one.mapping else one.digest for one in self.files)
        found = {head_row: [(TEXT_MARK if self.nameless else ORIGIN_MARK) + " ".join(names)]}
        for mark, one in self.rows.items():
            found.setdefault(_row_of(mark) or head_row, []).append(f"{one.mark}!{one.print}!{one.turn}")
        return {row: " ".join(words) for row, words in found.items()}


NONE: Final = Origins()


def table_of(before: Origins, file: Told, sheet: str, prints: Mapping[Mark, str]) -> Origins:
    """What the hidden column says of the records of a file: which each was at first, and which file said it so."""
    rows = {}
    for mark, print_now in prints.items():
        old = before.rows.get(mark)
        if old is None and before.files:
            continue  # a row that somebody added has no first file: it is read as a new one each time
        is_same = old is not None and old.print == print_now
        rows[mark] = old if old and is_same else Origin(old.mark if old else mark, print_now, len(before.files))
    return Origins((*before.files, file), before.nameless or not sheet, rows)


def print_of(place: Place, said: Mapping[str, Value], *more: object) -> str:
    """A short print of what a record says, and of what else its readings depend on; of use in its own file only."""
    told = [*place, dict(said), *(more if any(more) else ())]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


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
    rows: dict[Mark, Origin] = {}
    taken = set()
    for number, row in enumerate(sheet.rows, start=1):
        for told in map(_ORIGIN.fullmatch, str(_at(row, found[1] + 1) or "").split()):
            was = told and _mark(told[1], told[2])
            if told and was and was not in taken:  # a row that was copied is a new one
                taken.add(was)
                rows[_mark(told[1], told[2] and str(number))] = Origin(was, told[3], int(told[4]))
    return Origins(_files(head), str(head).startswith(TEXT_MARK), rows)


def _mark(letters: str, number: str) -> Mark:
    return f"{letters}{number}" if letters or not number else int(number)


def _row_of(mark: Mark) -> int:
    """The row that a mark names; 0 for a column."""
    return mark if isinstance(mark, int) else int(mark.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


def _is_origin(value: RawValue) -> bool:
    return isinstance(value, str) and value.startswith((ORIGIN_MARK, TEXT_MARK)) and bool(_files(value))


def _files(value: RawValue) -> tuple[Told, ...]:
    words = [word for word in str(value).split()[1:] if not _ORIGIN.fullmatch(word)]
    found = [told for told in map(_FILE.fullmatch, words) if told]
    return tuple(Told(one[1], int(one[2] or "0", 16)) for one in found) if len(found) == len(words) else ()


def _at(row: list[RawValue], place: int) -> RawValue:
    return row[place] if place < len(row) else None
