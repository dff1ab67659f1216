"""What an import tells of itself: by file and by group, for windows and for the command line (design §6)."""

from dataclasses import dataclass, field

from gridworker.domain.ids import Id, to_text
from gridworker.errors import GridworkerError
from gridworker.exchange.model import Problem
from gridworker.services.columns import Plans


@dataclass(slots=True)
class FileReport:
    """What one file did."""

    file: str
    kind: str = "ours"
    batch: Id = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    conflicts: int = 0
    proposals: int = 0
    absent: int = 0
    erased: int = 0
    """Records that the file erased here for ever."""
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    """What nobody has to answer: sheets that were not taken, hidden rows that were."""
    touched: list[tuple[str, Id, tuple[str, ...]]] = field(default_factory=list)
    """Ledger, record and fields of every edit found in the cells, for a preview."""
    sender: str = ""
    grid: str = ""
    week: str = ""
    cells: dict[str, int] = field(default_factory=dict)
    """in = unchanged + applied + conflicting + flagged + proposals, by count (see `tally`)."""
    book: dict[str, object] = field(default_factory=dict)
    """What a workbook of ours says of itself and of those before it."""
    error: GridworkerError | None = None
    newer: bool = False
    """Whether a newer program wrote more into it than is understood here."""
    columns: Plans = ()
    """Of a foreign file: its tables, and what each column was read as."""
    mapping: str = ""
    """Of a foreign file: the id of the mapping by which it was read."""
    key: str = ""
    """Of a foreign file: what it is called by in ids."""
    known: str = ""
    """`in` or `undone` for bytes that were imported before, as that import stood."""

    def kept(self) -> dict[str, object]:
        """What a batch keeps of it."""
        told: dict[str, object] = {"problems": len(self.problems), "book": self.book}
        return told | ({"mapping": self.mapping, "key": self.key} if self.mapping else {})

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        told: dict[str, object] = {
            "file": self.file,
            "batch": to_text(self.batch) if self.batch else None,
            "kind": self.kind,
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "conflicts": self.conflicts,
            "proposals": self.proposals,
            "absent": self.absent,
            "cells": self.cells,
            "problems": [problem_json(one) for one in self.problems],
        }
        told |= {"remarks": [problem_json(one) for one in self.remarks]} if self.remarks else {}
        return told | ({"error": self.error.as_json()} if self.error else {})


def problem_json(one: Problem) -> dict[str, str]:
    """A problem of a file on the command line."""
    return {"sheet": one.sheet, "cell": one.cell, "code": one.code, "message": one.message, "value": one.value}


@dataclass(slots=True)
class GroupReport:
    """What an import of one or many files did."""

    group: Id
    files: list[FileReport] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """The shape of design §6."""
        return {"group": to_text(self.group), "files": [one.as_json() for one in self.files]}
