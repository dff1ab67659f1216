"""Looking before taking: what workbooks would do, rehearsed in the order they would come in, file by file."""

import json
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ids import Id, random_id
from gridworker.domain.ledger import DELETED, Ledger, Privacy
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Value
from gridworker.domain.versions.packing import unpack_value
from gridworker.exchange import raw
from gridworker.i18n import _
from gridworker.services import column_memory, intake
from gridworker.services.import_report import FileReport, GroupReport
from gridworker.services.intake import Did, Options, Readied
from gridworker.services.naming import label_of, said, title_of_row
from gridworker.services.workspace import Workspace
from gridworker.store import database, queries
from gridworker.store.batches import Heed
from gridworker.store.rows import Row

Tell = Callable[[float, int, str], None]
"""Hears how many files are done, in parts, of how many, and the file; may raise to stop."""

OURS: Final = "ours"
FOREIGN: Final = "foreign"
KNOWN: Final = "known"
RETURNING: Final = "returning"
LOCKED: Final = "locked"
BROKEN: Final = "broken"

_READING: Final = 0.5
"""The share of the whole that reading takes; the rest is the rehearsal."""

_PART: Final = 100
"""Entries packed together."""

CHANGED: Final = ""
CONFLICT: Final = "conflict"
PROPOSAL: Final = "proposal"


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that a workbook would change; or a conflict it opens, or a proposal it makes."""

    label: str
    before: str
    after: str
    township: bool = False
    state: str = CHANGED


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that a workbook would change or bring."""

    ledger: str
    id: Id
    title: str
    is_new: bool
    fields: tuple[Altered, ...]


@dataclass(slots=True)
class Looked:
    """One file that was looked at: counts and problems at hand, readings and changes packed small.

    The counts are what this file alone does after those before it in the list; they stay when another is left out.
    """

    path: Path
    report: FileReport
    parts: tuple[bytes, ...] = field(default=(), repr=False)
    """What `readied` unpacks, part by part: unpacking all at once would hold the window for a moment."""
    packed: bytes = field(default=b"", repr=False)
    """What `touched` unpacks."""
    password: str = field(default="", repr=False)
    """What opened it, if it was asked for."""
    corrected: bool = False
    """Whether a person said what its columns hold."""

    @property
    def kind(self) -> str:
        """OURS or FOREIGN, KNOWN or RETURNING for bytes imported before, LOCKED or BROKEN if it cannot be read."""
        error = self.report.error
        if error is not None:
            return LOCKED if error.wants_password else BROKEN
        if self.report.known:
            return KNOWN if self.report.known == "in" else RETURNING
        return OURS if self.report.kind == "ours" else FOREIGN

    @property
    def is_takable(self) -> bool:
        """Whether it could be read; a file known to the byte is taken too: that it came again is worth knowing."""
        return self.report.error is None

    def touched(self) -> tuple[Touched, ...]:
        """What it would change, record by record."""
        return tuple(_unpack(self.packed)) if self.packed else ()

    def readied(self) -> Readied:
        """The file as it was read."""
        if not self.parts:
            return Readied(self.report)
        report, digest, again = _unpack(self.parts[0])
        return Readied(report, digest, [one for part in self.parts[1:] for one in _unpack(part)], again=again)


def look(workspace: Workspace, paths: Sequence[Path], tell: Tell, password: str = "") -> list[Looked]:
    """Read files and folders and rehearse their import; nothing is kept. Raises UserError for a missing file."""
    found = read(
        workspace, intake.find_books(paths), lambda done, every, name: tell(done * _READING, every, name), password
    )
    rehearse(workspace, found, lambda done, every, name: tell(every * _READING + done * (1 - _READING), every, name))
    return found


def read(workspace: Workspace, paths: Sequence[Path], tell: Tell, password: str = "") -> list[Looked]:
    """Read and understand files without the store; one that cannot be read says why."""
    options, found = Options(password=password), []
    with raw.reader() as reader:
        for done, path in enumerate(paths):
            heed = partial(_part, tell, done, len(paths), path.name)
            readied = intake.ready(workspace, path, options, reader, heed)
            found.append(looked_at(path, readied, password))
    return found


def looked_at(path: Path, readied: Readied, password: str = "", *, corrected: bool = False) -> Looked:
    """A file that was read, packed small; not rehearsed yet."""
    parts = () if readied.report.error else _parts(readied)
    return Looked(path, readied.report, parts, password=password, corrected=corrected)


def unlock(workspace: Workspace, some: Sequence[Looked], password: str, tell: Tell) -> list[Looked]:
    """The same files, those that want a password tried with this one, all rehearsed anew."""
    locked = [one.path for one in some if one.kind == LOCKED]
    half = len(some) * _READING
    opened = {
        one.path: one
        for one in read(
            workspace, locked, lambda done, every, name: tell(done * half / every, len(some), name), password
        )
    }
    found = [opened.get(one.path, one) for one in some]
    rehearse(workspace, found, lambda done, every, name: tell(half + done * (1 - _READING), every, name))
    return found


def _part(tell: Tell, done: int, every: int, name: str, share: float) -> None:
    tell(done + share, every, name)


def rehearse(workspace: Workspace, some: Sequence[Looked], tell: Tell) -> None:
    """Take all that could be read, in order, tell what each did, and take it all back; whoever saves goes first."""

    def polite(done: float, every: int, name: str) -> None:
        tell(done, every, name)
        database.give_way()

    while True:
        try:
            with database.rehearsal(workspace.connection):
                for done, one in enumerate(some):
                    _rehearse(workspace, one, partial(_part, polite, done, len(some), one.path.name))
            return
        except database.GaveWayError:
            database.let_others_write()


def _rehearse(workspace: Workspace, one: Looked, heed: Heed) -> None:
    if one.report.error:
        return
    readied = one.readied()
    one.report = intake.settle(workspace, random_id(), readied, heed)
    one.packed = _pack(list(_changes(workspace, readied.did))) if readied.did else b""


def take(workspace: Workspace, chosen: Sequence[Looked], tell: Tell) -> GroupReport:
    """Import files exactly as they were looked at; those that cannot be read stay out and say why again."""
    books = [(one.path.name, partial(_again, one)) for one in chosen]
    done = intake.enter(workspace, books, Options(progress=tell))
    for one in chosen:
        if one.corrected:
            column_memory.remember(workspace, one.report.columns)
    return done


def _again(one: Looked, _heed: Heed) -> Readied:
    return one.readied()


def _pack(what: object) -> bytes:
    return zlib.compress(pickle.dumps(what), 1)


def _unpack(packed: bytes) -> Any:
    return pickle.loads(zlib.decompress(packed))


def _parts(readied: Readied) -> tuple[bytes, ...]:
    some = (readied.brought[start : start + _PART] for start in range(0, len(readied.brought), _PART))
    return (_pack((readied.report, readied.digest, readied.again)), *map(_pack, some))


def _changes(workspace: Workspace, did: Did) -> Iterator[Touched]:
    """What a file did, ledger by ledger; a record with a question in it comes before the others."""
    taken, asked = did.taken, _questions(workspace, did)
    order = {name: place for place, name in enumerate(ledgers())}
    rows = {(row.ledger, id): row for id, row in taken.after.items()}
    wanted = sorted({**asked, **rows}, key=lambda one: (order[one[0]], one not in asked))
    for name, id in wanted:
        row, old = taken.after.get(id) or workspace.row(name, id), taken.before.get(id)
        fields = (*asked.get((name, id), ()), *_fields(row, old if id in taken.after else row))
        if row is not None and (fields or old is None):
            yield Touched(name, id, title_of_row(row), id in taken.after and old is None, fields)


def _questions(workspace: Workspace, did: Did) -> dict[tuple[str, Id], list[Altered]]:
    """By record: the conflicts and proposals that are open since."""
    asked: dict[tuple[str, Id], list[Altered]] = {}
    for record in sorted({record for record, _group in did.conflicts | did.proposals}):
        for _record, group, name, conflicts, _incomplete, _unconfirmed, proposals in queries.marks(
            workspace.connection, record
        ):
            shown = workspace.row(name, record)
            for marks, packed, state in ((did.conflicts, conflicts, CONFLICT), (did.proposals, proposals, PROPOSAL)):
                if (record, group) in marks:
                    told = _asked(ledger(name), group, json.loads(packed), shown, state)
                    asked.setdefault((name, record), []).append(told)
    return asked


def _fields(row: Row | None, old: Row | None) -> Iterable[Altered]:
    if row is None:
        return
    of, before = ledger(row.ledger), old.values if old else {}
    names = (*of.by_name, *sorted(row.values.keys() - of.by_name.keys()))
    for one in filter(None, map(of.field, names)):
        if old is None and (one.privacy is Privacy.SENSITIVE or one.name == "phone"):
            continue  # nothing to compare with: no need to lay it open
        if one.kind != "ref" and row.values.get(one.name) != before.get(one.name):
            yield Altered(_(one.label), _word(of, one.name, before), _word(of, one.name, row.values), one.township)
    if old is not None and old.deleted != row.deleted:
        yield Altered(_("删除"), "", _("是") if row.deleted else _("否"))


def _asked(of: Ledger, group: str, packed: list[list[Any]], row: Row | None, state: str) -> Altered:
    """A conflict with all values that stand, or a proposal with the value shown and those proposed."""
    if group == DELETED:
        return Altered(_("删除"), "", "", state=state)
    values = [[unpack_value(value) for value in one[0 if state == CONFLICT else 1]] for one in packed]
    members = of.members(group)
    told = [_words(of, members, dict(zip(members, value, strict=True))) for value in values]
    shown = _words(of, members, row.values) if row else ""
    is_township = of.is_township(group)
    others = [one for one in dict.fromkeys(told) if one != shown]
    return Altered(label_of(of, members[0]), shown, _(" ／ ").join(others), is_township, state)


def _words(of: Ledger, members: Sequence[str], values: Mapping[str, Value]) -> str:
    return " ".join(word for name in members if (word := _word(of, name, values)))


def _word(of: Ledger, name: str, values: Mapping[str, Value]) -> str:
    field = of.field(name)
    return said(field, values.get(name)) if field else str(values.get(name) or "")
