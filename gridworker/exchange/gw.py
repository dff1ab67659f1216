"""The hidden sheet `_gw`: what a workbook says of itself, and in full ones every entry of its records."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gridworker import __version__
from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.rules.chain import Link
from gridworker.domain.rules.log_heads import LogHead
from gridworker.domain.text import json_text
from gridworker.domain.text.numbers import plain
from gridworker.domain.versions.entries import Version
from gridworker.domain.versions.packing import SIDES, EntryKind, dumps, kind_of, pack, unpack
from gridworker.exchange.model import Contribution, OutBook, RawSheet
from gridworker.exchange.token import from_cell, in_cell

SHEET: Final = "_gw"
SUMMARY_SHEET: Final = "_gw_summary"
"""A hidden sheet by which the program knows its own 汇总表, which never comes in."""
FORMAT: Final = "gridworker 1"
"""Raised when the lines of entries change their shape; a new kind of entry alone does not."""
_KINDS: Final = frozenset(map(int, EntryKind))
_ENTRY: Final = "entry"
_MORE: Final = "more"
_ROWS: Final = "rows."
_ID: Final = 11
_LISTED: Final = 2_500
"""Records named in one cell."""
_LONGEST: Final = 30_000
"""Characters of one cell; a longer line goes on in the next row."""


def lines(book: OutBook) -> Iterator[tuple[str, str]]:
    """Key and value of every row."""
    yield "format", FORMAT
    yield "program", __version__
    yield "export", in_cell(to_text(book.export))
    yield "previous", in_cell(to_text(book.previous)) if book.previous else ""
    yield "previous_sha256", book.predecessor.digest if book.predecessor else ""
    yield "replaces", in_cell(to_text(book.replaces.export)) if book.replaces else ""
    yield "replaces_sha256", book.replaces.digest if book.replaces else ""
    yield "past", in_cell(dumps([[to_text(one.export), one.digest, one.week, int(one.masked)] for one in book.past]))
    yield "role", book.role
    yield "sender", book.sender
    yield "grid", book.grid
    yield "week", book.week
    yield "first", book.first.isoformat()
    yield "last", book.last.isoformat()
    yield "made", book.made_on.isoformat()
    yield "nil", "1" if book.nil else "0"
    yield "masked", "1" if book.masked else "0"
    yield "chain", book.log.value
    yield "chain_lines", str(book.log.lines)
    yield "chain_day", book.log.day
    yield "chains", in_cell(dumps([[to_text(id), lines, value] for id, (lines, value) in sorted(book.logs.items())]))
    yield from _listed(book)
    for text in _packed(book.carried):
        yield _ENTRY, text[:_LONGEST]
        for start in range(_LONGEST, len(text), _LONGEST):
            yield _MORE, text[start : start + _LONGEST]


def _listed(book: OutBook) -> Iterator[tuple[str, str]]:
    """The records of each data sheet, so that rows taken out are noticed: `rows.n.0` for the first needs."""
    for sheet in book.sheets:
        records = [to_text(row.record) for row in sheet.rows if sheet.visible]
        for start in range(0, len(records), _LISTED):
            yield f"{_ROWS}{sheet.ledger.letter}.{start // _LISTED}", in_cell("".join(records[start : start + _LISTED]))


def read_rows(head: "Head") -> dict[str, set[Id]]:
    """By letter of the ledger the records whose rows left; nothing where the list is gone or damaged."""
    found: dict[str, set[Id]] = {}
    for key, text in head.items():
        if key.startswith(_ROWS):
            letter, told = key[len(_ROWS) : len(_ROWS) + 1], from_cell(text)
            try:
                some = {from_text(told[start : start + _ID]) for start in range(0, len(told), _ID)}
            except ValueError:
                continue
            found.setdefault(letter, set()).update(some)
    return found


def _packed(carried: Iterable[Contribution]) -> Iterator[str]:
    """One JSON line per entry; `seen` as a difference to the entries before it of the same record."""
    seen: dict[Id, frozenset[Id]] = {}
    record: Id | None = None
    for one in carried:
        entry = one.entry
        here = getattr(entry, "record", 0)
        if here != record:
            seen, record = {}, here
        side = SIDES.index(entry.side) if isinstance(entry, Version) else 0
        id = getattr(entry, "id", 0)
        deed = [to_text(one.deed), one.author, one.at, one.kind, to_text(one.device) if one.device else ""]
        line = dumps([one.ledger, int(kind_of(entry)), id, here, side, pack(entry, seen), deed])
        yield line.replace("_", "\\u005f")  # see in_cell
        if isinstance(entry, Version):
            seen[entry.id] = entry.seen


def read_head(sheet: RawSheet) -> dict[str, str]:
    """What a workbook says of itself."""
    return {
        str(row[0]): str(row[1] if len(row) > 1 and row[1] is not None else "") for row in sheet.rows if _is_head(row)
    }


def read_past(head: "Head") -> tuple[Link, ...]:
    """The workbooks that left before this one, oldest first; nothing where the list is damaged."""
    try:
        told = json_text.told(from_cell(head.get("past") or "[]"))
        return tuple(Link(from_text(export), digest, week, bool(masked)) for export, digest, week, masked in told)
    except (ValueError, TypeError):
        return ()


def read_log(head: "Head") -> LogHead:
    """Where the access log of the laptop stood; nothing where that is damaged or from before it was told."""
    lines = plain(head.get("chain_lines", ""))
    return LogHead() if lines is None else LogHead(lines, head.get("chain", ""), head.get("chain_day", ""))


def read_logs(head: "Head") -> dict[Id, tuple[int, str]]:
    """By workbook before this one: lines and chain value of the log then; nothing where the list is damaged."""
    try:
        told = json_text.told(from_cell(head.get("chains") or "[]"))
        return {from_text(id): (int(lines), str(value)) for id, lines, value in told}
    except (ValueError, TypeError):
        return {}


def _is_head(row: list[Any]) -> bool:
    return bool(row) and isinstance(row[0], str) and row[0] not in {_ENTRY, _MORE}


def is_newer(head: "Head") -> bool:
    """Whether a newer program wrote the lines in a shape of its own."""
    word, _blank, number = head.get("format", "").partition(" ")
    return word == "gridworker" and (plain(number) or 0) > int(FORMAT.partition(" ")[2])


def read_entries(sheet: RawSheet) -> Iterator[Contribution | None]:
    """The entries a full workbook carries, None for a kind unknown here. Raises ValueError for a damaged line."""
    seen: dict[Id, frozenset[Id]] = {}
    record: Id | None = None
    for text in _joined(sheet):
        name, kind, id, here, side, body, deed = json_text.told(text)
        if kind not in _KINDS:
            yield None
            continue
        if here != record:
            seen, record = {}, here
        entry = unpack(EntryKind(kind), id, here, side, body, seen)
        if isinstance(entry, Version):
            seen[entry.id] = entry.seen
        yield _contribution(name, entry, deed)


def _contribution(name: str, entry: Any, deed: list[str]) -> Contribution:
    number, author, at, kind, device = deed
    return Contribution(
        name, entry, author=author, at=at, deed=from_text(number), device=from_text(device) if device else 0, kind=kind
    )


def _joined(sheet: RawSheet) -> Iterator[str]:
    text = ""
    for row in sheet.rows:
        key = row[0] if row else None
        if key == _ENTRY and text:
            yield text
        if key == _ENTRY:
            text = str(row[1])
        elif key == _MORE:
            text += str(row[1])
    if text:
        yield text


Head = Mapping[str, str]
