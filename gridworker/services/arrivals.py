"""Files coming in at the township: importing them, listing the imports, taking one back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.store import batches

if TYPE_CHECKING:
    from gridworker.services.import_report import FileReport, GroupReport
    from gridworker.services.preview import Looked

Progress = Callable[[float, int, str], None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an import of many files did, and where each file lies, for another try."""

    group: "GroupReport"
    paths: Sequence[Path]
    """Of each report, in their order: names may be the same in two folders."""
    passwords: Mapping[Path, str] = field(default_factory=dict, repr=False)
    """By file: what opened it, where it was asked for."""

    @property
    def reports(self) -> "list[FileReport]":
        """One report per file."""
        return self.group.files

    def total(self, name: str) -> int:
        """A number of the reports, over all files: created, changed, unchanged, conflicts."""
        return sum(getattr(one, name) for one in self.reports)

    @property
    def problems(self) -> int:
        """How many cells and files ask for a hand."""
        return sum(len(one.problems) for one in self.reports)

    def asks_for_more(self) -> bool:
        """Whether something waits for a person now."""
        return bool(self.total("conflicts") or self.problems)

    def title(self) -> str:
        """How many files came in."""
        came = sum(one.error is None for one in self.reports)
        return _("导入 {files} 个文件").format(files=came)

    def counts(self) -> str:
        """What they did, in six counts."""
        words = _(
            "新增 {created}，改动 {changed}，两边都改过 {conflicts}，待确认 {proposals}，缺行 {absent}，问题 {problems}"
        )
        names = ("created", "changed", "conflicts", "proposals", "absent")
        return words.format(**{name: self.total(name) for name in names}, problems=self.problems)

    def sentence(self) -> str:
        """Both in one line."""
        return _("{title}：{counts}").format(title=self.title(), counts=self.counts())


def take(workspace: Workspace, paths: Sequence[Path], progress: Progress, password: str = "") -> Arrival:
    """Import files and folders."""
    from gridworker.services import intake

    books = intake.find_books(paths)
    done = intake.take(workspace, books, intake.Options(password=password, progress=progress))
    return Arrival(done, books)


def take_looked_at(workspace: Workspace, chosen: "Sequence[Looked]", progress: Progress) -> Arrival:
    """Import files exactly as they were looked at."""
    from gridworker.services import preview

    done = preview.take(workspace, chosen, progress)
    passwords = {one.path: one.password for one in chosen if one.password}
    return Arrival(done, [one.path for one in chosen], passwords)


def report_name(arrival: Arrival) -> str:
    """What the check result is called before somebody names it otherwise."""
    from gridworker.services import feedback

    return feedback.marked_name(arrival.paths[0]) if len(arrival.paths) == 1 else _("检查结果.xlsx")


def write_report(workspace: Workspace, arrival: Arrival, out: Path, progress: Progress) -> int:
    """The check result: the marked copy of a file, of several also a list; returns how many files were written.

    `progress` hears of each file and breath; it may raise to stop, and nothing is written then.
    """
    from gridworker.services import feedback

    return len(feedback.write(workspace, arrival.group, arrival.paths, out, arrival.passwords, progress=progress))


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
    created: int | None
    """None for an import of before this was counted."""
    changed: int | None


def imports(workspace: Workspace, count: int = 200) -> list[Import]:
    """The newest imports, newest first."""
    return [_import(one) for one in batches.listing(workspace.connection)[:count]]


def _import(one: batches.Batch) -> Import:
    told = json.loads(one.report)
    return Import(
        one.id, one.group, one.file, one.grid, _label(one.week), one.sender, one.at, one.state != "in",
        int(told.get("problems", 0)), told.get("created"), told.get("changed"),
    )  # fmt: skip


def _label(week: str) -> str:
    return parse_week(week).label if week else ""


def undo(workspace: Workspace, batch_or_group: Id) -> str:
    """Take an import back; the sentence says what went and what stayed."""
    from gridworker.services import imports

    done = imports.undo(workspace, batch_or_group)
    if done.later_edits:
        words = _("已撤回 {gone} 条；有 {count} 处后来的改动留着")
        return words.format(gone=done.withdrawn, count=len(done.later_edits))
    return _("已撤回 {gone} 条").format(gone=done.withdrawn)
