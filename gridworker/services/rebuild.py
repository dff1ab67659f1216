"""从交过的周报恢复: a worker's own workbooks read into a new laptop; what is in them, and what no file can give."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gridworker.domain.calendar import parse_week
from gridworker.domain.ids import Id
from gridworker.domain.rules import chain
from gridworker.domain.rules.chain import REMEMBERED, Link
from gridworker.errors import GridworkerError, UserError
from gridworker.exchange import ours, raw
from gridworker.i18n import _
from gridworker.services import choosing, conflicts, intake
from gridworker.services.hand_ins import HandIn, hand_ins
from gridworker.services.import_report import GroupReport
from gridworker.services.intake import Options
from gridworker.services.workspace import Workspace
from gridworker.store import batches, deeds, exports, queries
from gridworker.store.history import history


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came back: the weeks that are in, those that left and were not found, the last day that was handed in."""

    group: GroupReport
    weeks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    until: str = ""
    masked: int = 0
    """Workbooks of which only the visible part could come back."""
    records: int = 0
    failed: tuple[str, ...] = field(default=())
    """Files that could not be read."""

    def as_json(self) -> dict[str, object]:
        """For the command line."""
        return self.group.as_json() | {
            "weeks": list(self.weeks),
            "missing": list(self.missing),
            "until": self.until or None,
            "masked": self.masked,
            "records": self.records,
        }

    def lines(self) -> list[str]:
        """What a person must know, most important first."""
        said = [_("恢复了 {count} 条记录，来自 {weeks}。").format(count=self.records, weeks=_labels(self.weeks))]
        if self.missing:
            said.append(_("没找到的周报：{weeks}。找到后导入一次即可补上。").format(weeks=_labels(self.missing)))
        if self.masked:
            words = _("其中 {count} 份是遮住版，只能恢复看得见的部分；有完整版的请再导入。")
            said.append(words.format(count=self.masked))
        if self.failed:
            said.append(_("读不了的文件：{files}").format(files=_("、").join(self.failed)))
        if self.until:
            day = date.fromisoformat(self.until)
            words = _("最后一份是 {month}月{day}日导出的；此后录入的没有交过，找不回来。")
            said.append(words.format(month=day.month, day=day.day))
        return said


def _labels(weeks: Sequence[str]) -> str:
    return _("、").join(parse_week(one).label for one in weeks)


def _nothing() -> UserError:
    return UserError("nothing_to_rebuild", _("这里没有这个网格交过的周报，或密码不对。"), _("请核对文件夹和上报密码。"))


def look(paths: Sequence[Path], grid: str, password: str) -> None:
    """Make sure that there is a workbook of this grid before a store is made for it. Raises UserError for none."""
    with raw.reader() as read:
        if not any(_is_of(path, grid, password, read) for path in intake.find_books(paths)):
            raise _nothing()


def _is_of(path: Path, grid: str, password: str, read: raw.Read) -> bool:
    try:
        found = ours.read_ours(read(path.read_bytes(), password or None, lambda: None), "")
    except (GridworkerError, OSError):
        return False
    return found is not None and found.grid == grid


def rebuild(workspace: Workspace, paths: Sequence[Path], options: Options | None = None) -> Rebuilt:
    """Read a worker's own workbooks into a fresh store and go on with their chain. Raises UserError for none."""
    before = _own_words(workspace)
    group = intake.take(workspace, paths, options)
    failed = tuple(one.file for one in group.files if one.error)
    came = [one for one in hand_ins(batches.listing(workspace.connection)) if _is_mine(workspace, one)]
    if not came:
        raise _nothing()
    _yield_to_the_files(workspace, before)
    last = chain.newest(came, came)
    _go_on(workspace, last, came)
    weeks = {one.link.week for one in came} - {""}
    return Rebuilt(
        group,
        tuple(sorted(weeks)),
        tuple(sorted(chain.lost(came).keys() - weeks)),
        max((one.made for one in came), default=""),
        sum(one.link.masked for one in came),
        sum(one.created for one in group.files),
        failed,
    )


def _is_mine(workspace: Workspace, one: HandIn) -> bool:
    return one.grid == workspace.store.get("grid")


def _own_words(workspace: Workspace) -> set[Id]:
    """The versions that setting up this laptop made: what was typed then is older than any workbook."""
    rows = [row for name in ("grid", "worker") for row in queries.every(workspace.connection, name)]
    return {one.version for row in rows for one in history(workspace.connection, row.id)}


def _yield_to_the_files(workspace: Workspace, own: set[Id]) -> None:
    """Where the set-up said something else, the workbooks are right."""
    chosen = []
    for conflict in conflicts.conflicts(workspace):
        others = [side.version for side in conflict.sides if not own & set(side.versions)]
        if conflict.kind == conflicts.CONFLICT and len(others) < len(conflict.sides) and others:
            chosen.append((conflict, min(others)))
    if chosen:
        choosing.take(workspace, chosen)


def _go_on(workspace: Workspace, last: HandIn, came: Sequence[HandIn]) -> None:
    """Put the chain into the log of what left, so that the next workbook names it and nothing counts as unreported."""
    if exports.links(workspace.connection, "", 1):
        return
    by_export = {one.link.export: one for one in came}
    previous: Id | None = None
    for link in last.lineage[-REMEMBERED:]:
        exports.keep(workspace.connection, _row(workspace, link, by_export.get(link.export), previous))
        previous = link.export


def _row(workspace: Workspace, link: Link, one: HandIn | None, previous: Id | None) -> exports.Row:
    week = parse_week(link.week) if link.week else None
    first, last = (week.first_day.isoformat(), week.last_day.isoformat()) if week else ("", "")
    return exports.Row(
        link.export, one.made if one else "", one.file if one else "", one.first if one else first,
        one.last if one else last, link.masked, "", previous, "", {}, link.week, link.digest,
        deeds.last_number(workspace.connection),
    )  # fmt: skip
