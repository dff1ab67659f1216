"""The township's word on needs: reviewed, answered, confirmed, and sent home as one workbook per grid."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gridworker.domain import ids
from gridworker.domain.calendar import week_of
from gridworker.domain.codes import code_list
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import facts, records
from gridworker.services import outgoing as post
from gridworker.services.outgoing import REPLY_FIELDS
from gridworker.services.period import Period
from gridworker.services.roster import Names
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.door import Change
from gridworker.store.rows import Row

if TYPE_CHECKING:
    from gridworker.services.export import Exported, Wish


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


def save_many(workspace: Workspace, needs: Sequence[Id], word: Reply) -> int:
    """Accept or return many needs with one comment, and give all of them the unit, due date and answer that are filled
    in; where one of these is empty, what was said to each before stays. Raises UserError.
    """
    if word.review == "returned" and not word.review_note:
        raise UserError("note_needed", _("退回要写明原因"), _("请在审核说明里写一句。"))
    of, told = ledger("need"), word.fields()
    verdict: dict[str, Value] = {"review": word.review or None, "review_note": word.review_note or None}
    more = {name: str(told[name]) for name in ("assigned_to", "due_on", "reply") if told[name]}
    changes = [Change(of, {**verdict, **more}, id) for id in needs]
    return len(workspace.write("set", *changes).changed)


def take_back(workspace: Workspace, id: Id, before: Reply, *, owed: bool) -> None:
    """Undo a save: the former word again, and out of the outgoing post if it was not there."""
    records.change(workspace, ledger("need"), id, before.fields())
    if not owed:
        post.sent(workspace.store, [id])


def confirm(workspace: Workspace, id: Id) -> None:
    """Stand by everything a book said in the township's name."""
    row = records.get(workspace, ledger("need"), ids.to_text(id))
    of = ledger("need")
    groups = unconfirmed_groups(workspace).get(id, [])
    given = {name: row.plain(name) or "" for group in groups for name in of.members(group)}
    if given:
        records.change(workspace, of, id, given)


def is_owed(workspace: Workspace, id: Id) -> bool:
    """Whether a need's reply waits to be sent."""
    return id in post.owed(workspace.store)


def outgoing(workspace: Workspace) -> Mapping[str, int]:
    """By grid code: how many replies were given since the last sending."""
    names = Names(workspace)
    found: dict[str, int] = {}
    for row in _needs(workspace, post.owed(workspace.store)):
        code = names.grid(row)
        if code:
            found[code] = found.get(code, 0) + 1
    return dict(sorted(found.items()))


Progress = Callable[[int, int, str], None]


def send(workspace: Workspace, folder: Path, progress: Progress, wish: "Wish | None" = None) -> list["Exported"]:
    """One short workbook of replies per grid, into a folder; what went into it leaves the outgoing post."""
    from gridworker.services import export

    period = Period.current(workspace.today)
    codes = list(outgoing(workspace))
    done = []
    for place, code in enumerate(codes):
        progress(place, len(codes), code)
        name = _("{grid}_{week}_回复.xlsx").format(grid=code, week=week_of(workspace.today).label)
        done.append(
            export.export(workspace, period, folder / name, replace(wish or export.Wish(), grid=code, replies=True))
        )
    progress(len(codes), len(codes), "")
    return done


def units(workspace: Workspace) -> list[str]:
    """Names offered as 交办单位: the township's list, then those used before."""
    known = list(workspace.store.get_json("units", []))
    rows = queries.where(workspace.connection, "need", "assigned_to is not null", order="registered_at desc limit 50")
    usual = [str(code_list("need_kind").extra(code, "unit") or "") for code in code_list("need_kind").codes()]
    used = [str(row.plain("assigned_to") or "") for row in rows]
    return [one for one in dict.fromkeys((*known, *used, *usual)) if one]


def _needs(workspace: Workspace, wanted: list[Id]) -> list[Row]:
    return list(queries.by_ids(workspace.connection, "need", wanted).values())
