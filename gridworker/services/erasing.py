"""Erasing a record for good: what goes with it, what is only cleared of it, what stays, and what is beyond reach."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import Field, Kind, Ledger
from gridworker.domain.ledgers import ledger, ledgers
from gridworker.domain.versions.entries import Tombstone
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import access, erased_traces, keeping, naming, settings
from gridworker.services.workspace import Workspace
from gridworker.store import derive, erased_beside, erasing, exports, queries
from gridworker.store.database import transaction
from gridworker.store.taking import Brought

REASONS: Final[Mapping[str, str]] = {
    "request": "本人要求删除", "mistake": "登记错误", "expired": "保存期已到", "purpose": "已不需要",
}  # fmt: skip
"""Why a record is erased, by code: the access log keeps the code and no words of anybody."""
_PERSONAL: Final = frozenset({"household", "resident"})
_ABOUT_PEOPLE: Final = frozenset({"need", "campaign_entry", "participant"})
"""Ledgers whose records are about the household or person that they name, though they need not name one."""


@dataclass(frozen=True, slots=True)
class Going:
    """A record that goes, or of which only some groups do."""

    ledger: str
    id: Id
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A text that stays and still names the person: where a person may look."""

    ledger: str
    id: Id
    title: str
    label: str


@dataclass(slots=True)
class Plan:
    """What erasing a record would do."""

    of: Ledger
    id: Id
    title: str
    going: list[Going] = field(default_factory=list)
    """Whole records, the asked one first."""
    cleared: list[Going] = field(default_factory=list)
    """Fields of records that stay, which name the person or point to what goes."""
    mentions: list[Mention] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    """Copies of the whole store that still hold it."""
    handed_out: int = 0
    """Workbooks that left this machine: nobody can call them back."""

    @property
    def counts(self) -> dict[str, int]:
        """By ledger, how many records go."""
        found: dict[str, int] = {}
        for one in self.going:
            found[one.ledger] = found.get(one.ledger, 0) + 1
        return found

    def as_json(self) -> dict[str, object]:
        """What the command line tells."""
        return {
            "ledger": self.of.name,
            "id": to_text(self.id),
            "erased": self.counts,
            "cleared": [[one.ledger, to_text(one.id), sorted(one.groups)] for one in self.cleared],
            "mentions": [[one.ledger, to_text(one.id), one.label] for one in self.mentions],
            "backups": [one.name for one in self.backups],
            "handed_out": self.handed_out,
        }


def plan(workspace: Workspace, of: Ledger, id: Id, *, keep_needs: bool = False) -> Plan:
    """What would go. Raises UserError for what cannot be erased."""
    if of.name in erasing.LASTING:
        raise UserError(
            "not_erasable", _("{ledger}不能这样删除，别的记录都靠它。").format(ledger=_(of.label)), _("没有改动。")
        )
    id = derive.name_of(workspace.connection, id)
    row = workspace.row(of.name, id)
    if row is None:
        raise UserError("unknown_record", _("没有这条记录。"), _("请先用 search 查找。"))
    found = Plan(of, id, naming.title_of_row(row))
    found.going = _closure(workspace, Going(of.name, id), keep_needs=keep_needs and of.name != "need")
    gone = {one.id for one in found.going}
    words = erased_traces.words_of(workspace, [one.id for one in found.going if one.ledger in _PERSONAL])
    traces = erased_traces.find(workspace, row, gone, words) if of.name == "resident" else erased_traces.Traces()
    cleared: dict[tuple[str, Id], set[str]] = {}
    for name, record, group in (*_pointing(workspace, found.going), *traces.fields):
        if record not in gone:
            cleared.setdefault((name, record), set()).add(group)
    found.cleared = [Going(name, record, frozenset(groups)) for (name, record), groups in cleared.items()]
    found.mentions = [
        Mention(name, record, naming.title(workspace, ledger(name), record), label)
        for name, record, label in traces.texts
    ]
    found.backups = old_copies(workspace)
    found.handed_out = exports.count(workspace.connection)
    return found


def _closure(workspace: Workspace, first: Going, *, keep_needs: bool) -> list[Going]:
    """A record with all that makes no sense without it."""
    found = {first.id: first}
    waiting = [first]
    while waiting:
        one = waiting.pop()
        for of, name in _belonging(one.ledger):
            if keep_needs and of == "need":
                continue
            for id in queries.pointing(workspace.connection, of, name, one.id):
                if id not in found:
                    found[id] = Going(of, id)
                    waiting.append(found[id])
    return list(found.values())


def _belonging(name: str) -> list[tuple[str, str]]:
    """Ledger and reference field of whatever goes along with a record of a ledger."""
    return [
        (of.name, one.name) for of in ledgers().values() for one in of.fields if one.of == name and goes_along(of, one)
    ]


def goes_along(of: Ledger, one: Field) -> bool:
    """Whether a record of a ledger makes no sense without the one that this field of it names."""
    return one.kind is Kind.REF and (one.required or (of.name in _ABOUT_PEOPLE and one.of in _PERSONAL))


def _pointing(workspace: Workspace, going: Iterable[Going]) -> Iterable[tuple[str, Id, str]]:
    """Ledger, record and group of every reference to what goes."""
    for one in going:
        for of in ledgers().values():
            for name in (known.name for known in of.fields if known.kind is Kind.REF and known.of == one.ledger):
                for id in queries.pointing(workspace.connection, of.name, name, one.id):
                    yield of.name, id, of.group_of(name)


def erase(workspace: Workspace, wanted: Plan, reason: str) -> None:
    """Erase for ever what a plan names, and every trace on this machine but old backups. Raises UserError."""
    erase_all(workspace, [wanted], reason)


def erase_all(workspace: Workspace, plans: Iterable[Plan], reason: str) -> None:
    """The same for several: all or nothing. Raises UserError."""
    if reason not in REASONS:
        raise UserError("reason_needed", _("删除要写明原因。"), _("、").join(REASONS))
    with transaction(workspace.connection):
        for one in plans:
            _erase(workspace, one, reason)
    settle(workspace)


def _erase(workspace: Workspace, wanted: Plan, reason: str) -> None:
    connection = workspace.connection
    words = erased_traces.words_of(workspace, [one.id for one in wanted.going if one.ledger in _PERSONAL])
    with transaction(connection):
        every = [
            (member, one.groups)
            for one in (*wanted.going, *wanted.cleared)
            for member in derive.members_of(connection, one.id)
        ]
        erased_traces.forget(workspace, {member for member, groups in every if not groups}, words)
        erasing.erase(connection, workspace.store.deed("erase", workspace.now), every)
        access.note(workspace, "erase", f"{wanted.of.name}/{to_text(wanted.id)}/{reason}")


def brings_any(workspace: Workspace, brought: Iterable[Brought]) -> bool:
    """Whether a file would erase something here that is not erased yet."""
    stones = {one.entry.id for one in brought if isinstance(one.entry, Tombstone)}
    return bool(stones - {one.entry.id for one in erasing.stones(workspace.connection)}) if stones else False


def settle(workspace: Workspace) -> bool:
    """After something was erased: tell it beside the store, and leave no byte of it in the file."""
    erased_beside.write(workspace.store.folder, workspace.connection)
    return erasing.scrub(workspace.connection)


def old_copies(workspace: Workspace) -> list[Path]:
    """Backups and replaced stores in the data folder, oldest first: each holds whatever was here at its time."""
    folder = workspace.store.folder
    backups = [one.file for one in reversed(settings.backups(folder))]
    return [*sorted(folder.glob("before-restore-*")), *backups]


def renew_backups(workspace: Workspace) -> tuple[Path, int]:
    """A new backup in place of all older copies; returns it and how many went."""
    old = old_copies(workspace)
    fresh = keeping.backup(workspace)
    gone = [one for one in old if one != fresh]
    for one in gone:
        shutil.rmtree(one) if one.is_dir() else one.unlink()
    access.note(workspace, "old_backups", str(len(gone)))
    return fresh, len(gone)
