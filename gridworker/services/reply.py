"""The reply that comes home: what a workbook would change, seen before it is taken; taking it, and taking it back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gridworker.domain.ids import Id
from gridworker.domain.ledger import DELETED
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.i18n import _
from gridworker.services import conflicts, intake
from gridworker.services.conflicts import Conflict
from gridworker.services.intake import FileReport, GroupReport, Options, Undone
from gridworker.services.naming import said, title_of_row
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.database import rehearsal
from gridworker.store.rows import Row

Tell = Callable[[float, int, str], None]


@dataclass(frozen=True, slots=True)
class Altered:
    """One field that a workbook would change."""

    label: str
    before: str
    after: str
    township: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """One record that a workbook would change or bring."""

    ledger: str
    id: Id
    title: str
    is_new: bool
    fields: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file would do; nothing has been changed yet."""

    path: Path
    report: FileReport
    touched: tuple[Touched, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def altered(self) -> int:
        """How many fields would change."""
        return sum(len(one.fields) for one in self.touched)


def preview(workspace: Workspace, path: Path, tell: Tell, password: str = "") -> Preview:
    """Take a file in for rehearsal and tell the difference. Raises GridworkerError for a file that cannot be read."""
    known = {one.name for one in conflicts.conflicts(workspace)}
    with rehearsal(workspace.connection):
        report = intake.take(workspace, [path], Options(password=password, progress=tell)).files[0]
        if report.error:
            raise report.error
        after = _rows(workspace, lists.records_of_batch(workspace.connection, report.batch))
        fresh = tuple(one for one in conflicts.conflicts(workspace) if one.name not in known)
    touched = [_touched(workspace, row, name) for (name, _id), row in after.items()]
    return Preview(path, report, tuple(one for one in touched if one is not None), fresh)


def take(workspace: Workspace, path: Path, tell: Tell, password: str = "") -> GroupReport:
    """Take a file in."""
    return intake.take(workspace, [path], Options(password=password, progress=tell))


def take_back(workspace: Workspace, group: Id) -> Undone:
    """Undo an import."""
    return intake.undo(workspace, group)


def _rows(workspace: Workspace, records: Iterable[tuple[str, Id]]) -> Mapping[tuple[str, Id], Row]:
    by_ledger: dict[str, list[Id]] = {}
    for name, id in records:
        by_ledger.setdefault(name, []).append(id)
    return {
        (name, id): row
        for name, some in by_ledger.items()
        for id, row in queries.by_ids(workspace.connection, name, some).items()
    }


def _touched(workspace: Workspace, row: Row, name: str) -> Touched | None:
    """What differs from how the record stands now; None for no difference."""
    before = workspace.row(name, row.id)
    of = ledger(name)
    old = before.values if before else {}
    fields = [
        Altered(_(one.label), _word(of.name, one.name, old), _word(of.name, one.name, row.values), one.township)
        for one in of.fields
        if one.kind != "ref" and row.values.get(one.name) != old.get(one.name)
    ]
    hidden = before is not None and before.deleted != row.deleted
    if hidden:
        fields.append(Altered(_("删除"), "", _("是") if row.deleted else _("否"), township=False))
    if not fields and before is not None:
        return None
    return Touched(name, row.id, title_of_row(row) or title_of_row(before or row), before is None, tuple(fields))


def _word(ledger_name: str, name: str, row: Mapping[str, Value]) -> str:
    return said(ledger(ledger_name).by_name[name], row.get(name))


def words(conflict: Conflict, side: int) -> list[tuple[str, str]]:
    """Label and value of each field of a conflict's side."""
    if conflict.group == DELETED:
        return [(_("删除"), _("是") if conflict.sides[side].value == (True,) else _("否"))]
    of = conflict.ledger
    members = of.members(conflict.group)
    return [
        (_(of.by_name[name].label), said(of.by_name[name], value))
        for name, value in zip(members, conflict.sides[side].value, strict=True)
    ]


def title(workspace: Workspace, conflict: Conflict) -> str:
    """The record of a conflict in a few words."""
    row = workspace.row(conflict.ledger.name, conflict.record)
    return title_of_row(row) if row else ""
