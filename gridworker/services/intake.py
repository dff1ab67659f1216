"""Taking workbooks in: ours by their tokens, foreign ones by what is certain; each file is one batch (design §2.3)."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import Id, hashed_id, random_id, to_text
from gridworker.domain.ledgers import fingerprint
from gridworker.domain.text import json_text
from gridworker.errors import GridworkerError, UserError
from gridworker.exchange import gw, ours, pace, raw
from gridworker.exchange.model import Problem, RawBook
from gridworker.i18n import _
from gridworker.services import access, book_entries, erased_before, erasing, foreign_rows, log_check
from gridworker.services.import_report import FileReport, GroupReport
from gridworker.services.tally import tally
from gridworker.services.workspace import Workspace
from gridworker.store import batches, database, kept_books, queries, taking
from gridworker.store.batches import BatchHead, Heed
from gridworker.store.database import GaveWayError, rehearsal, transaction
from gridworker.store.deeds import Deed
from gridworker.store.taking import Brought, Taken

BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".html", ".htm", ".et"})


@dataclass(frozen=True, slots=True)
class Options:
    """How files are to be taken."""

    dry_run: bool = False
    mapping: dict[str, Any] | None = None
    password: str = ""
    even_erased: bool = False
    """Whether rows about whom was erased here come in too: a person said so."""
    progress: Callable[[float, int, str], None] = lambda _done, _all, _name: None
    """Hears how many files are done, in parts, of how many, and the file it is at; may raise to stop."""


@dataclass(slots=True)
class Readied:
    """A file that was read and understood, before the store knows of it; it can be pickled unless it failed."""

    report: FileReport
    digest: str = ""
    brought: list[Brought] = field(default_factory=list)
    kept: bytes = b""
    """The file itself where a newer program wrote it, with its password, to be read again after an upgrade."""
    password: str = ""
    cells: dict[str, int] = field(default_factory=dict)
    """What became of cells in the file alone: `unchanged`, `flagged`; the rest the store tells."""
    again: frozenset[str] = frozenset()
    """Keys by which it tells of whom was erased, where that is to come in."""
    did: "Did | None" = None
    """What taking it did, for those who look before they take."""


Marks = set[tuple[Id, str]]
"""Record and group of whatever waits for a person."""


@dataclass(slots=True)
class Did:
    """What taking a file changed: rows before and after, conflicts and proposals that are open since."""

    taken: Taken
    conflicts: Marks
    proposals: Marks


EVEN_ERASED: Final = "+again"
"""Ends what a file is known by that came in with rows about whom was erased before."""
READ: Final = 0.5
"""The share of a file's time that reading takes."""
_PATIENCE: Final = 3
"""How often an import lets others write first before it goes through."""


_PEEKED: Final = 4096
"""Bytes of a text within which a table has its first tab."""


def find_books(paths: Sequence[Path]) -> list[Path]:
    """The workbooks among files and folders, without the marks that open programs leave."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in sorted(path.rglob("*")) if one.is_file() and _is_book(one))
            found += [one for one in inside if not one.name.startswith(("~$", ".~lock", "."))]
        elif path.is_file():
            found.append(path)
        else:
            raise UserError("no_file", _("找不到文件：{path}").format(path=path), _("请核对文件名和位置。"))
    return found


def _is_book(path: Path) -> bool:
    """By its name; a text if it is a table, as Excel's “Unicode 文本” is; folders hold notes and passwords, too."""
    if path.suffix.lower() != ".txt":
        return path.suffix.lower() in BOOKS
    try:
        with path.open("rb") as file:
            return b"\t" in file.read(_PEEKED)
    except OSError:
        return True  # what cannot be read is told, like any other file


def take(workspace: Workspace, paths: Sequence[Path], options: Options | None = None) -> GroupReport:
    """Import workbooks; a bad file leaves the others in and says why."""
    options = options or Options()
    with raw.reader() as read:
        books = [(path.name, partial(ready, workspace, path, options, read)) for path in find_books(paths)]
        return enter(workspace, books, options)


def enter(
    workspace: Workspace, books: Sequence[tuple[str, Callable[[Heed], Readied]]], options: Options
) -> GroupReport:
    """Take files as one group, each read when its turn comes."""
    group = GroupReport(random_id())
    with _noting(workspace, group, options):
        for done, (name, read) in enumerate(books):
            heed = partial(_tell, options, len(books), name, done)
            group.files.append(_settle_politely(workspace, group.group, read(heed), options, heed))
        if not options.dry_run:
            log_check.remark(workspace, group)
    options.progress(len(books), len(books), "")
    return group


@contextmanager
def _noting(workspace: Workspace, group: GroupReport, options: Options) -> Iterator[None]:
    """Whatever came in is logged, also when the import was stopped."""
    try:
        yield
    finally:
        if not options.dry_run:
            access.note(workspace, "import", f"{to_text(group.group)} {len(group.files)}")
            if any(one.erased for one in group.files):
                erasing.settle(workspace)


def _tell(options: Options, every: int, name: str, done: int, share: float) -> None:
    options.progress(done + share, every, name)


def ready(workspace: Workspace, path: Path, options: Options, read: raw.Read, heed: Heed) -> Readied:
    """Read and understand one file; what stands in the way is told in its report."""
    report = FileReport(path.name)
    readied = Readied(report)
    heed(0)
    try:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        readied.digest = _batch_digest(digest, options)
        if batches.known_batch(workspace.connection, readied.digest) is None:
            readied.password = options.password or workspace.store.get("report_password")
            book = read(data, readied.password or None, lambda: heed(READ / 2))
            heed(READ / 2)
            with pace.kept(book, lambda: heed(READ / 2)):
                _understand(workspace, digest, book, readied, options)
            _hold_back(workspace, readied, options)
            readied.kept = data if report.newer else b""
            readied.cells = report.cells
    except GridworkerError as error:
        _fail(report, error)
    except OSError as error:
        sentence = _("读不了文件：{name}").format(name=path.name) + str(error.strerror or "")
        _fail(report, UserError("unreadable", sentence, _("请关掉正在打开它的程序后再试。")))
    return readied


def _settle_politely(workspace: Workspace, group: Id, readied: Readied, options: Options, heed: Heed) -> FileReport:
    """Take one file that was read; whoever saves meanwhile goes first, a few times."""

    def polite(share: float) -> None:
        heed(share)
        database.give_way()

    for _time in range(_PATIENCE):
        try:
            return settle(workspace, group, readied, polite, dry_run=options.dry_run)
        except GaveWayError:
            database.let_others_write()
    return settle(workspace, group, readied, heed, dry_run=options.dry_run)


def settle(workspace: Workspace, group: Id, readied: Readied, heed: Heed, *, dry_run: bool = False) -> FileReport:
    """Take one file that was read, all of it or nothing; `heed` may raise."""
    report = readied.report
    try:
        if report.error or _seen_before(workspace, readied.digest, report, dry_run):
            return report
        with rehearsal(workspace.connection) if dry_run else nullcontext():
            readied.did = _enter(workspace, group, readied, lambda share: heed(READ + share * (1 - READ)))
    except GridworkerError as error:
        _fail(report, error)
    if dry_run and not report.known:
        report.batch = 0
    return report


def _fail(report: FileReport, error: GridworkerError) -> None:
    report.error, report.cells = error, {}
    report.problems.append(Problem("", "", error.code, error.told))


def _seen_before(workspace: Workspace, digest: str, report: FileReport, dry_run: bool) -> bool:
    """The same bytes again change nothing, or bring a withdrawn import back."""
    known = batches.known_batch(workspace.connection, digest)
    if known is None:
        return False
    no, id, kind, state = known
    report.batch, report.kind, report.known = id, kind, state
    if state == "in" and not dry_run:
        batches.came_again(workspace.connection, no, workspace.now.isoformat(timespec="seconds"), report.file)
    entries = len(batches.keys_of(workspace.connection, no))
    if state == "undone" and not dry_run:
        batches.set_state(workspace.connection, [no], "in")
        report.changed = entries
    else:
        report.unchanged = entries
    return True


def _batch_digest(digest: str, options: Options) -> str:
    """What makes two imports the same: the bytes, and the mapping by which they were read."""
    if options.even_erased:
        return _batch_digest(digest, replace(options, even_erased=False)) + EVEN_ERASED
    if options.mapping is None:
        return digest
    mapping = json.dumps(options.mapping, sort_keys=True, ensure_ascii=False)
    return f"{digest}+{hashlib.sha256(mapping.encode()).hexdigest()[:16]}"


def _understand(workspace: Workspace, digest: str, book: RawBook, readied: Readied, options: Options) -> None:
    """What a file says, and in its report what it is."""
    report, at = readied.report, workspace.now.isoformat(timespec="seconds")
    if any(sheet.name == gw.SUMMARY_SHEET for sheet in book.sheets):
        raise UserError(
            "summary_book",
            _("这是汇总表，里面没有可以导入的记录。"),
            _("请导入网格员交来的周报；汇总表只供上报和打印。"),
        )
    reading = ours.read_ours(book, digest)
    if reading is not None:
        readied.brought = book_entries.said_by(reading, report, digest, at)
        return
    report.kind = "foreign"
    found = foreign_rows.contributions(workspace, book, digest, report.file, options.mapping)
    report.problems += found.problems
    report.remarks += found.remarks
    report.columns, report.mapping, report.key = found.plans, to_text(found.mapping), found.key
    report.cells = {"flagged": found.flagged}
    deed = Deed(report.file, "book", at, "foreign", None, report.file, hashed_id("deed", digest, "foreign"))
    readied.brought = [book_entries.brought_by(one, deed) for one in found.contributions]


def _hold_back(workspace: Workspace, readied: Readied, options: Options) -> None:
    """Rows about whom was erased here wait for a person's word."""
    held = erased_before.hold_back(workspace, readied.brought)
    if options.even_erased:
        readied.again = held.signs
    else:
        readied.brought = held.brought
        readied.report.problems += held.problems
        readied.report.cells["flagged"] = readied.report.cells.get("flagged", 0) + held.cells


def _enter(workspace: Workspace, group: Id, readied: Readied, heed: Heed) -> Did:
    """Give a file's entries to the store and count what they did."""
    report, before = readied.report, _open_marks(workspace)
    head = BatchHead(
        random_id(), group, report.file, readied.digest, report.kind, report.sender, report.grid, report.week,
        workspace.now.isoformat(timespec="seconds"),
    )  # fmt: skip
    with transaction(workspace.connection):
        erased_before.let_in(workspace, readied.again)
        taken = taking.take(workspace.connection, head, readied.brought, report.kept(), heed)
        if readied.kept:
            kept_books.keep(workspace.connection, taken.no, readied.kept, readied.password, fingerprint())
    after = _open_marks(workspace)
    did = Did(taken, after[0] - before[0], after[1] - before[1])
    report.batch = head.id
    report.erased = taken.erased
    report.remarks += _erased(taken)
    report.created, report.changed, report.unchanged = len(taken.created), len(taken.changed), taken.unchanged
    report.conflicts = len(did.conflicts)
    report.proposals = len(did.proposals)
    report.cells = tally(workspace.connection, readied.brought, readied.cells)
    return did


def _erased(taken: Taken) -> Iterator[Problem]:
    """What the file erased here for ever, and what it told of although it is erased."""
    if taken.erased:
        message = _("带来 {count} 条永久删除：这里的这些记录也一并清除，撤销导入不会恢复。")
        yield Problem("", "", "erased", message.format(count=taken.erased))
    if taken.refused:
        message = _("有 {count} 条记录已经永久删除，表里的旧内容没有收。")
        yield Problem("", "", "already_erased", message.format(count=taken.refused))


def _open_marks(workspace: Workspace) -> tuple[Marks, Marks]:
    """Open conflicts and proposals."""
    marks = queries.open_marks(workspace.connection)
    conflicts = {(record, group) for record, group, conflict, _proposal in marks if conflict}
    proposals = {(record, group) for record, group, _conflict, proposal in marks if proposal}
    return conflicts, proposals


def load_mapping(path: Path) -> dict[str, Any]:
    """A mapping file. Raises UserError."""
    try:
        mapping = json_text.told(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("bad_mapping", _("读不懂对列文件：{path}").format(path=path), _("它应是 JSON。")) from error
    if not isinstance(mapping, dict) or not isinstance(mapping.get("sheets"), list):
        raise UserError(
            "bad_mapping", _("对列文件里没有 sheets：{path}").format(path=path), _("请照说明书里的样子写。")
        )
    return mapping
