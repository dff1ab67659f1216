"""Files coming in at the township: importing them, listing the imports, taking one back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import batches

if TYPE_CHECKING:
    from gridworker.services.intake import FileReport, GroupReport

Progress = Callable[[float, int, str], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an import of many files did, and where each file lies, for another try."""

    group: "GroupReport"
    paths: Mapping[str, Path]

    @property
    def reports(self) -> "list[FileReport]":
        """One report per file."""
        return self.group.files

    def total(self, name: str) -> int:
        """A number of the reports, over all files: created, changed, unchanged, conflicts."""
        return sum(getattr(one, name) for one in self.reports)


def take(workspace: Workspace, paths: Sequence[Path], progress: Progress, password: str = "") -> Arrival:
    """Import files and folders."""
    from gridworker.services import intake

    books = intake.find_books(paths)
    done = intake.take(workspace, books, intake.Options(password=password, progress=progress))
    return Arrival(done, {one.name: one for one in books})


def write_report(arrival: Arrival, out: Path, password: str = "") -> None:
    """The check result as a workbook: every cell that asks for a hand."""
    from gridworker.services import reading

    reading.write_report(arrival.group, out, password)


@dataclass(frozen=True, slots=True)
class Import:
    """One import as the history lists it."""

    id: Id
    group: Id
    file: str
    grid: str
    week: str
    sender: str
    at: str
    undone: bool
    problems: int


def imports(workspace: Workspace, count: int = 200) -> list[Import]:
    """The newest imports, newest first."""
    return [
        Import(
            one.id, one.group, one.file, one.grid, _label(one.week), one.sender, one.at, one.state != "in",
            int(json.loads(one.report).get("problems", 0)),
        )
        for one in batches.listing(workspace.connection)[:count]
    ]  # fmt: skip


def _label(week: str) -> str:
    return parse_week(week).label if week else ""


def undo(workspace: Workspace, batch_or_group: Id) -> str:
    """Take an import back; the sentence says what went and what stayed."""
    from gridworker.services import intake

    done = intake.undo(workspace, batch_or_group)
    if done.later_edits:
        words = _("已撤回 {gone} 条；有 {count} 处后来的改动留着")
        return words.format(gone=done.withdrawn, count=len(done.later_edits))
    return _("已撤回 {gone} 条").format(gone=done.withdrawn)
