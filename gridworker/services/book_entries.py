"""What a workbook of ours brings to the store: its entries, each with the deed that it came by (design §2.2)."""

from collections.abc import Iterator
from dataclasses import replace

from gridworker.domain.ids import hashed_id
from gridworker.domain.versions.entries import Statement, Version
from gridworker.exchange.model import BookReading, Contribution
from gridworker.services import foreign_rows, hand_ins
from gridworker.services.import_report import FileReport
from gridworker.store.deeds import Deed
from gridworker.store.taking import Brought


def said_by(reading: BookReading, report: FileReport, digest: str, at: str) -> list[Brought]:
    """The entries of a workbook of ours that came in at a time, and in the report what it says of itself."""
    reading = replace(reading, contributions=[*reading.contributions, *foreign_rows.of_own_book(reading, digest)])
    _head_of(reading, report)
    return list(_brought(reading, report.file, digest, at))


def _head_of(reading: BookReading, report: FileReport) -> None:
    report.sender, report.grid, report.week = reading.sender, reading.grid, reading.week
    report.problems += reading.problems
    flagged = reading.flagged + sum(one.flagged for one in reading.loose)
    report.cells = {"unchanged": reading.unchanged, "flagged": flagged}
    for one in reading.contributions:
        if isinstance(one.entry, Version) and one.cells:
            report.touched.append((one.ledger, one.entry.record, tuple(one.entry.patch)))
    report.book = hand_ins.told(reading, report.touched)
    report.newer = reading.newer
    report.absent = reading.absent


def _brought(reading: BookReading, file: str, digest: str, at: str) -> Iterator[Brought]:
    editor = f"{file} · {reading.modified_by}" if reading.modified_by else file
    edits = Deed(editor, "book", at, "book_edit", None, file, hashed_id("deed", digest, "edits"))
    cells = Deed(reading.sender, "book", at, "book", None, file, hashed_id("deed", digest, "cells"))
    for one in reading.contributions:
        is_edit = one.cells and not isinstance(one.entry, Statement)
        deed = _carried_deed(one) if one.deed else edits if is_edit else cells
        yield brought_by(one, deed)


def brought_by(one: Contribution, deed: Deed) -> Brought:
    """A contribution as an entry that came by a deed."""
    return Brought(one.ledger, one.entry, deed, one.sheet, one.cells, one.counted)


def _carried_deed(one: Contribution) -> Deed:
    side = one.entry.side if isinstance(one.entry, Version) else "worker"
    return Deed(one.author, side, one.at, one.kind, one.device or None, None, one.deed)
