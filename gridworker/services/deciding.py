"""Who is who, decided by a person: two records that are the same are joined, and parted again (versions.md §9).

Joining changes no record: both keep what they say, the row is the fold of both, and what differs waits for a choice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Kind, Ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services.naming import title_of_row, told
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import derive, entries, identity
from gridworker.store.database import transaction
from gridworker.store.door import Verdict
from gridworker.store.history import made_by


@dataclass(frozen=True, slots=True)
class Part:
    """One of the records that are one by now: how it calls itself, who entered it and when (ISO)."""

    id: Id
    title: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what every part says of it (numbers masked, '' for nothing), and whether they differ."""

    label: str
    values: tuple[str, ...]
    differs: bool


def join(workspace: Workspace, of: Ledger, one: Id, other: Id) -> Done:
    """Two records are the same. Raises UserError where they are already, or a standing decision keeps them apart."""
    _check_pair(workspace, of, one, other)
    if derive.name_of(workspace.connection, one) == derive.name_of(workspace.connection, other):
        raise UserError("already_joined", _("这两份资料已经合在一起。"), _("没有改动。"))
    together = {id for end in (one, other) for id in derive.members_of(workspace.connection, end)}
    with transaction(workspace.connection):
        written = workspace.decide("merge", Verdict(of, one, other, same=True))
        if together != set(derive.members_of(workspace.connection, one)):  # a joining was left out for an apart pair
            raise UserError(
                "kept_apart",
                _("其中有资料被判定过“不是同一个”，不能合在一起。"),
                _("请先核对原来的判定，没有改动。"),
            )
    return Done(written, verdicts=(Verdict(of, one, other, same=False),))


def part(workspace: Workspace, of: Ledger, one: Id, other: Id) -> Done:
    """Two records are not the same; the opposite decision takes it back where they were one before."""
    _check_pair(workspace, of, one, other)
    return _part(workspace, of, [(one, other)])


def take_out(workspace: Workspace, of: Ledger, record: Id) -> Done:
    """Part a record from all that it was joined with."""
    members = set(derive.members_of(workspace.connection, record))
    near = [one for one in identity.decided_same(workspace.connection, record) if one in members]
    return _part(workspace, of, [(record, one) for one in near or sorted(members - {record})[:1]])


def _part(workspace: Workspace, of: Ledger, pairs: Sequence[tuple[Id, Id]]) -> Done:
    were_one = [pair for pair in pairs if len({derive.name_of(workspace.connection, id) for id in pair}) == 1]
    written = workspace.decide("split", *(Verdict(of, *pair, same=False) for pair in pairs))
    return Done(written, verdicts=tuple(Verdict(of, *pair, same=True) for pair in were_one))


def record_named(workspace: Workspace, of: Ledger, id: Id) -> Id:
    """A record of a ledger, joined with another or not. Raises UserError."""
    found = entries.ledger_of(workspace.connection, id)
    if found is not of:
        raise UserError("unknown_record", _("没有这条记录。"), _("请先用 search 查找。"))
    return id


def _check_pair(workspace: Workspace, of: Ledger, one: Id, other: Id) -> None:
    if not of.keys_from:
        hint = _("诉求请用“已合并”并入另一件。") if of.name == "need" else _("只有住户和居民可以。")
        raise UserError("not_joined", _("{ledger}不能这样合并或分开。").format(ledger=_(of.label)), hint)
    for id in (one, other):
        record_named(workspace, of, id)
    if one == other:
        raise UserError("same_record", _("这是同一条记录。"), _("请写明两条不同的记录。"))


def parts(workspace: Workspace, record: Id) -> list[Part]:
    """The records that are one under this one's name, the naming one first; one alone is its only part."""
    return [_part_of(workspace, id) for id in derive.members_of(workspace.connection, record)]


def _part_of(workspace: Workspace, id: Id) -> Part:
    row, deed = derive.own_row(workspace.connection, id), made_by(workspace.connection, id)
    return Part(id, title_of_row(row) if row else "", deed.author if deed else "", deed.at if deed else "")


def compare(workspace: Workspace, of: Ledger, records: Sequence[Id]) -> list[Compared]:
    """What some records say field by field, joined or not; fields that none of them has are left out."""
    rows = [derive.own_row(workspace.connection, id) for id in records]
    found = []
    for one in of.fields:
        values = [row.values.get(one.name) if row else None for row in rows]
        if one.kind is Kind.REF or all(value is None for value in values):
            continue
        said = {str(value) for value in values if value is not None}
        words = tuple(told(one, value) if value is not None else "" for value in values)
        found.append(Compared(_(one.label), words, len(said) > 1))
    return found
