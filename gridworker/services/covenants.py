"""规约 in versions: a new version supersedes the one it revises; the meeting that passed it counts the votes."""

from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import named_refs
from gridworker.services.naming import display_value
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

_VOTES: Final = ("in_favour", "against", "abstained")
_KEPT: Final = ("estate", "name", "kind", "clauses")
"""What a new version starts from."""
_DIGITS: Final = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Covenant:
    """One version: its clauses, what it revises, by which version it was superseded, how it was passed."""

    clauses: tuple[str, ...]
    meeting: str
    replaces: str
    replaced_by: str
    votes: dict[str, str]


def read(workspace: Workspace, id: Id) -> Covenant:
    """A version of a covenant. Raises UserError for one that is not here."""
    row = one(workspace, id)
    clauses = tuple(line for line in display_value(row, "clauses").splitlines() if line.strip())
    meeting = _referred(workspace, row, "meeting")
    before = _referred(workspace, row, "replaces")
    newer = _newer(workspace, id)
    return Covenant(
        clauses,
        display_value(meeting, "name") if meeting else _words(row, "meeting"),
        _version(before) if before else _words(row, "replaces"),
        _version(newer) if newer else "",
        _votes(workspace, row, meeting),
    )


def revised(workspace: Workspace, id: Id) -> dict[str, Value]:
    """What the next version starts from. Raises UserError where this one was revised before."""
    row = one(workspace, id)
    newer = _newer(workspace, id)
    if newer:
        words = _("这一版已由“{version}”替代").format(version=_version(newer))
        raise UserError("superseded", words, _("请在最新的一版上修订。"))
    kept = {name: row.plain(name) for name in _KEPT if row.plain(name)}
    versions = 1
    seen = {row.id}
    while (before := _referred(workspace, row, "replaces")) and before.id not in seen:
        seen.add(before.id)
        row, versions = before, versions + 1
    return {**kept, "replaces": to_text(id), "version": _next_version(versions)}


def _next_version(versions: int) -> str:
    number = _DIGITS[versions + 1] if versions + 1 < len(_DIGITS) else str(versions + 1)
    return f"第{number}版"


def _newer(workspace: Workspace, id: Id) -> Row | None:
    found = queries.where(workspace.connection, "covenant", "replaces = ?", [id], "passed_on desc, id desc")
    return found[0] if found else None


def _votes(workspace: Workspace, row: Row, meeting: Row | None) -> dict[str, str]:
    """The votes on the topic of its meeting that names it."""
    name = str(row.plain("name") or "")
    if meeting is None or not name:
        return {}
    meant = [meeting.id, meeting.plain(named_refs.name_field(ledger("meeting"))) or "", name]
    where = "meeting in (?, ?) and instr(title, ?) and decision = '通过' and in_favour is not null"
    topics = queries.where(workspace.connection, "topic", where, meant)
    if len(topics) != 1:
        return {}
    counted = {one: display_value(topics[0], one) or "0" for one in _VOTES}
    return counted | {"present": str(sum(int(one) for one in counted.values()))}


def _version(row: Row) -> str:
    return display_value(row, "version") or display_value(row, "name")


def _words(row: Row, name: str) -> str:
    value = row.plain(name)
    return value if isinstance(value, str) else ""


def _referred(workspace: Workspace, row: Row, name: str) -> Row | None:
    id = row.plain(name)
    found = workspace.row(ledger(row.ledger).by_name[name].of, id) if isinstance(id, int) else None
    return None if found is None or found.deleted else found


def one(workspace: Workspace, id: Id) -> Row:
    """The version. Raises UserError for one that is not here."""
    found = workspace.row("covenant", id)
    if found is None or found.deleted:
        raise UserError("unknown_record", _("找不到这份规约。"), _("请回到列表重新选。"))
    return found
