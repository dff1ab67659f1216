"""What was not understood goes back in the very file: cells marked, a column that says what to do (design §7)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

from gridworker.domain.ids import to_text
from gridworker.errors import UserError
from gridworker.exchange import form_fresh, marking, ours, pace, raw, raw_book, returned
from gridworker.exchange.marking import Table
from gridworker.exchange.model import Problem, RawBook
from gridworker.exchange.patch_parts import damage_told
from gridworker.exchange.returned import Mark, Told
from gridworker.exchange.weekly import encrypted, save
from gridworker.i18n import _
from gridworker.services import access, file_keys, foreign_lines, foreign_rows, reading
from gridworker.services.import_report import FileReport, GroupReport
from gridworker.services.workspace import Workspace

Progress = Callable[[float, int, str], object]


def untold(_done: float, _every: int, _name: str) -> None:
    """Nobody waits for it."""


def marked_name(path: Path) -> str:
    """What the marked copy of a file is called."""
    return _("{name}_检查结果.xlsx").format(name=path.stem)


def write_marked(
    workspace: Workspace, path: Path, report: FileReport, out: Path, password: str = "",
    mapping: dict[str, Any] | None = None, heed: Callable[[], object] = bool,
) -> None:  # fmt: skip
    """Write the marked copy of a file that was imported, under its password or the stored one. Raises UserError.

    `heed` is called ten times a second while the file is read and understood; it may raise to stop.
    """
    save(out, _marked(workspace, path, report, password, mapping, heed))


def _marked(
    workspace: Workspace, path: Path, report: FileReport, password: str, mapping: dict[str, Any] | None,
    heed: Callable[[], object],
) -> bytes:  # fmt: skip
    data = path.read_bytes()
    given = password or workspace.store.get("report_password")
    with raw.reader() as read:
        book = read(data, given or None, heed)
    is_ours = report.kind == "ours"
    with pace.kept(book, heed):
        plain = (
            (raw_book.unlocked(data, given) or data) if book.kind == "xlsx" else form_fresh.as_xlsx(book, as_form=False)
        )
        tables = _own_tables(book) if is_ours else _foreign_tables(workspace, book, path, data, mapping)
    with damage_told():
        done = marking.marked(plain, tables, [_placed(one) for one in report.problems if one.sheet or one.cell])
    return encrypted(done, given) if given else done


def _own_tables(book: RawBook) -> dict[str, Table]:
    """Our own workbook: its rows carry tokens that tell them apart when it comes back."""
    return {one.raw.name: Table(one.head_row or 1) for one in ours.own_sheets(book)}


def _foreign_tables(
    workspace: Workspace, book: RawBook, path: Path, data: bytes, mapping: Mapping[str, Any] | None
) -> dict[str, Table]:
    plain, before = returned.without_marks(book)
    understanding, mapping = foreign_rows.understood(workspace, plain, path.name, mapping)
    key = file_keys.key_of(workspace, hashlib.sha256(data).hexdigest())
    file = Told(key, foreign_rows.mapping_id(workspace, understanding, mapping))
    prints: dict[str, dict[Mark, str]] = {}
    heads: dict[str, int] = {}
    for sheet in understanding.sheets:
        if sheet.rows:
            heads.setdefault(sheet.name, sheet.header_rows[-1] if sheet.header_rows else 1)
            found = foreign_lines.prints(sheet, file.digest, before.get(sheet.name, returned.NONE))
            prints.setdefault(sheet.name, {}).update(found)
    return {
        name or form_fresh.NAMELESS: Table(
            heads[name], returned.table_of(before.get(name, returned.NONE), file, name, some)
        )
        for name, some in prints.items()
    }


def _placed(one: Problem) -> Problem:
    """A text has no sheets, and its copy has one."""
    return one if one.sheet else replace(one, sheet=form_fresh.NAMELESS)


def write(
    workspace: Workspace, group: GroupReport, paths: Sequence[Path], out: Path,
    passwords: Mapping[Path, str] | None = None, mapping: dict[str, Any] | None = None, progress: Progress = untold,
) -> list[Path]:  # fmt: skip
    """The check result: of one file its marked copy, of several a list and the marked copies beside it.

    `paths`: of the group's files, in their order. Returns what was written: all, or nothing where `progress`, which
    hears of each file and breath, raises to stop. Raises UserError.
    """
    known = passwords or {}
    access.note(workspace, "report", f"{to_text(group.group)} {len(group.files)}")
    files = zip(group.files, paths, strict=True)
    marked = [(one, path) for one, path in files if one.error is None and one.problems]
    is_one = len(group.files) == len(marked) == 1
    copies = [out] if is_one else _beside(out, [path for _one, path in marked])
    if {one.resolve() for one in (out, *copies)} & {path.resolve() for path in paths}:
        raise UserError("report_is_input", _("检查结果不能写在要导入的文件上。"), _("请另取一个文件名。"))
    done: list[bytes] = []
    for number, (one, path) in enumerate(marked):
        heed = partial(progress, number, len(marked), one.file)
        done.append(_marked(workspace, path, one, known.get(path, ""), mapping, heed))
    if not is_one:
        reading.write_report(group, out, next(filter(None, known.values()), workspace.store.get("report_password")))
    for copy, data in zip(copies, done, strict=True):
        save(copy, data)
    return copies if is_one else [out, *copies]


def _beside(out: Path, paths: Sequence[Path]) -> list[Path]:
    """What the marked copies are called, each otherwise: files of one name come from several folders."""
    found: list[Path] = []
    for path in paths:
        name = out.with_name(marked_name(path))
        again = (name.with_stem(f"{name.stem}({number})") for number in count(2))
        found.append(next(one for one in chain([name], again) if one not in {out, *found}))
    return found
