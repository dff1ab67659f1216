"""The workbooks of workers as the batches hold them: what each says of itself, and where it stands in its chain."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledgers import ledgers
from gridworker.domain.rules.chain import Link, Received
from gridworker.exchange.model import BookReading
from gridworker.store.batches import Batch

Touched = Sequence[tuple[str, Id, tuple[str, ...]]]


def told(reading: BookReading, touched: Touched) -> dict[str, object]:
    """What an import keeps of a workbook's own words; `touched` are the edits found in its cells."""
    return {
        "export": to_text(reading.export),
        "role": reading.role,
        "masked": reading.masked,
        "nil": reading.nil,
        "made": reading.made,
        "first": reading.first,
        "last": reading.last,
        "edited": sum(_is_own(name, field) for name, _record, fields in touched for field in fields),
        "log": [reading.log.lines, reading.log.value],
        "logs": [[to_text(id), *head] for id, head in sorted(reading.logs.items())],
        "past": [[to_text(one.export), one.digest, one.week, one.masked] for one in reading.past],
    }


def _is_own(ledger_name: str, field: str) -> bool:
    """Whether a column is the worker's and not a reply's."""
    of = ledgers()[ledger_name]
    return not of.is_township(of.group_of(field))


def listed(one: Batch) -> dict[str, object]:
    """What the list of imports says of a workbook of ours: who sent it, in which form, which one it follows."""
    report = json.loads(one.report)
    book = report.get("book")
    if not book:
        return {}
    past = book.get("past") or [[None, None]]
    told = {name: book.get(name) for name in ("role", "masked", "nil", "edited")}
    chain = {"export_id": book.get("export"), "previous": past[-1][0], "previous_sha256": past[-1][1]}
    return told | chain | {"came_again": len(report.get("again", ()))}


@dataclass(frozen=True, slots=True)
class HandIn(Received):
    """A worker's workbook with the file and the moment that brought it."""

    file: str = ""
    at: str = ""
    grid: str = ""
    made: str = ""
    """The day it was exported."""
    first: str = ""
    last: str = ""
    problems: int = 0


def hand_ins(found: Iterable[Batch]) -> list[HandIn]:
    """The workbooks of workers among imports that stand."""
    return [made for one in found if one.kind == "ours" and one.state == "in" and (made := _hand_in(one))]


def _hand_in(one: Batch) -> HandIn | None:
    report = json.loads(one.report)
    book = report.get("book", {})
    if book.get("role") == "township" or not one.grid:
        return None
    export = from_text(book["export"]) if book.get("export") else one.id
    link = Link(export, one.digest.partition("+")[0], one.week, bool(book.get("masked")))
    past = tuple(Link(from_text(id), digest, week, masked) for id, digest, week, masked in book.get("past", ()))
    came = [(one.at, one.file), *map(tuple, report.get("again", ()))]
    days = tuple(sorted(at[:10] for at, _file in came))
    file = min(file for at, file in came if at[:10] == days[0])
    lines, value = book.get("log") or (0, "")
    logs = {from_text(id): (int(count), str(head)) for id, count, head in book.get("logs", ())}
    first, last, made = (str(book.get(name, "")) for name in ("first", "last", "made"))
    return HandIn(
        link, past, one.sender, days, bool(book.get("nil")), int(book.get("edited", 0)),
        lines, value, logs, file, min(came)[0], one.grid, made, first, last, int(report.get("problems", 0)),
    )  # fmt: skip
