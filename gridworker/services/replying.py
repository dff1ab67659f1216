"""The township's word on needs: reviewed, answered, confirmed, and sent home as one workbook per grid."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gridworker.domain import ids
from gridworker.domain.calendar import week_of
from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import facts, records
from gridworker.services.roster import Names
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

if TYPE_CHECKING:
    from gridworker.services.export import Exported

REPLY_FIELDS: Final = ("review", "review_note", "assigned_to", "due_on", "reply")


@dataclass(frozen=True, slots=True)
class Reply:
    """The township's word on a need."""

    review: str = ""
    review_note: str = ""
    assigned_to: str = ""
    due_on: date | None = None
    reply: str = ""

    def fields(self) -> dict[str, object]:
        """The word as it is entered; what is empty clears."""
        due_on = self.due_on.isoformat() if self.due_on else ""
        return {name: getattr(self, name) for name in REPLY_FIELDS} | {"due_on": due_on}


def reply_of(row: Row) -> Reply:
    """What the township has said so far."""
    word = {name: row.plain(name) or "" for name in REPLY_FIELDS}
    return Reply(
        word["review"], word["review_note"], word["assigned_to"], facts.day_of(row, "due_on"), word["reply"]
    )  # fmt: skip


def unconfirmed_groups(workspace: Workspace) -> dict[Id, list[str]]:
    """By need: the township's groups that were found in a book and no township store has confirmed yet."""
    found: dict[Id, list[str]] = {}
    for record, group, name, _conflicts, _incomplete, unconfirmed, _proposals in queries.marks(workspace.connection):
        if name == "need" and unconfirmed:
            found.setdefault(record, []).append(group)
    return found


def save(workspace: Workspace, id: Id, word: Reply) -> None:
    """Enter the township's word; saying again what a book said confirms it. Raises UserError."""
    if word.review == "returned" and not (word.review_note or word.reply):
        raise UserError("note_needed", _("退回要写明原因"), _("请在审核说明里写一句。"))
    records.change(workspace, ledger("need"), id, word.fields())
    _owe(workspace, id, owed=True)


def take_back(workspace: Workspace, id: Id, before: Reply, *, owed: bool) -> None:
    """Undo a save: the former word again, and out of the outgoing post if it was not there."""
    records.change(workspace, ledger("need"), id, before.fields())
    _owe(workspace, id, owed=owed)


def confirm(workspace: Workspace, id: Id) -> None:
    """Stand by everything a book said in the township's name."""
    row = records.get(workspace, ledger("need"), ids.to_text(id))
    of = ledger("need")
    groups = unconfirmed_groups(workspace).get(id, [])
    given = {name: row.plain(name) or "" for group in groups for name in of.members(group)}
    if given:
        records.change(workspace, of, id, given)
        _owe(workspace, id, owed=True)


def is_owed(workspace: Workspace, id: Id) -> bool:
    """Whether a need's reply waits to be sent."""
    return ids.to_text(id) in workspace.store.get_json("outgoing", [])


def _owe(workspace: Workspace, id: Id, *, owed: bool) -> None:
    kept = [one for one in workspace.store.get_json("outgoing", []) if one != ids.to_text(id)]
    workspace.store.set("outgoing", json.dumps([*kept, ids.to_text(id)] if owed else kept))


def outgoing(workspace: Workspace) -> Mapping[str, int]:
    """By grid code: how many replies were given since the last sending."""
    names = Names(workspace)
    found: dict[str, int] = {}
    for row in _needs(workspace, [ids.from_text(one) for one in workspace.store.get_json("outgoing", [])]):
        code = names.grid(row)
        if code:
            found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items()))


Progress = Callable[[int, int, str], None]


def send(workspace: Workspace, folder: Path, progress: Progress) -> list["Exported"]:
    """One workbook per grid with replies, into a folder; sent replies leave the outgoing post."""
    from gridworker.services import export

    period = export.Period.current(workspace.today)
    codes = list(outgoing(workspace))
    done = []
    for place, code in enumerate(codes):
        progress(place, len(codes), code)
        name = _("{grid}_{week}_回复.xlsx").format(grid=code, week=week_of(workspace.today).label)
        done.append(export.export(workspace, period, folder / name, export.Wish(grid=code)))
        _clear(workspace, code)
    progress(len(codes), len(codes), "")
    return done


def _clear(workspace: Workspace, code: str) -> None:
    """Take a grid's replies out of the outgoing post."""
    names, kept = Names(workspace), workspace.store.get_json("outgoing", [])
    rows = _needs(workspace, [ids.from_text(one) for one in kept])
    sent = {ids.to_text(row.id) for row in rows if names.grid(row) == code}
    workspace.store.set("outgoing", json.dumps([one for one in kept if one not in sent]))


def units(workspace: Workspace) -> list[str]:
    """Names offered as 交办单位: the township's list, then those used before."""
    known = list(workspace.store.get_json("units", []))
    rows = queries.where(workspace.connection, "need", "assigned_to is not null", order="registered_at desc limit 50")
    usual = [str(code_list("need_kind").extra(code, "unit") or "") for code in code_list("need_kind").codes()]
    used = [str(row.plain("assigned_to") or "") for row in rows]
    return [one for one in dict.fromkeys((*known, *used, *usual)) if one]


def _needs(workspace: Workspace, wanted: list[Id]) -> list[Row]:
    return list(queries.by_ids(workspace.connection, "need", wanted).values())
