"""One person as the page shows it: what is known, what is open, what happened; numbers masked until asked for."""

from dataclasses import dataclass
from typing import Final

from gridworker.domain import values
from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import need_states, residence
from gridworker.domain.text.address import format_address
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.services import household_page, naming, own_fields, undoing
from gridworker.services.household_page import Event, OpenNeed
from gridworker.services.naming import address_of, display_value
from gridworker.services.showing import age
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.store import derive, queries
from gridworker.store.door import Change
from gridworker.store.history import made_by
from gridworker.store.rows import Row

_FACTS: Final = (
    "gender", "birth", "work_status", "school", "insurance", "residence", "politics", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResidentPage:
    """Everything the page shows of a person; `left` where he moved out or died, `parts` if joined of several."""

    id: Id
    household: Id
    home: str
    name: str
    relation: str
    age: int | None
    left: str
    tags: tuple[str, ...]
    phone: str
    id_no: str
    facts: tuple[tuple[str, str], ...]
    undecided: int
    parts: int
    needs: tuple[OpenNeed, ...]
    events: tuple[Event, ...]


def read(workspace: Workspace, resident: Id) -> ResidentPage:
    """The page of a person, by what he is called since he was joined. Raises UserError for one that is not here."""
    resident = derive.name_of(workspace.connection, resident)
    row = _row(workspace, resident)
    home = workspace.row("household", row.plain("household")) if isinstance(row.plain("household"), int) else None
    needs = queries.where(workspace.connection, "need", "resident = ?", [resident], "due_on, id")
    of = ledger("resident")
    return ResidentPage(
        id=resident,
        household=home.id if home else 0,
        home=" ".join(filter(None, (format_address(address_of(home)), display_value(home, "head")))) if home else "",
        name=display_value(row, "name"),
        relation=display_value(row, "relation"),
        age=age(row.plain("birth"), workspace.today),
        left=display_value(row, "residence") if residence.has_left(row.values) else "",
        tags=tuple(naming.word("care_tags", code) for code in values.split_multi(row.plain("care_tags"))),
        phone=household_page.masked(row, "phone"),
        id_no=household_page.masked(row, "id_no"),
        facts=(
            *((_(of.by_name[name].label), text) for name in _FACTS if (text := display_value(row, name))),
            *own_fields.facts(row),
        ),
        undecided=household_page.undecided(workspace, resident),
        parts=len(derive.members_of(workspace.connection, resident)),
        needs=tuple(household_page.open_need(workspace, one) for one in needs if need_states.is_open(one.values)),
        events=_events(workspace, row, needs),
    )


def leave(workspace: Workspace, resident: Id, state: str) -> Done:
    """A person moved out or died: a state, no deletion; the history stays."""
    row = _row(workspace, resident)
    if row.plain("residence") == state:
        raise UserError("no_news", _("已经是这个状态。"), _("没有改动。"))
    return undoing.write(workspace, "set", Change(ledger("resident"), {"residence": state}, resident))


def _row(workspace: Workspace, resident: Id) -> Row:
    row = workspace.row("resident", resident)
    if row is None or row.deleted:
        raise UserError("unknown_record", _("找不到这个人。"), _("请回到住户页重新选。"))
    return row


def _events(workspace: Workspace, row: Row, needs: list[Row]) -> tuple[Event, ...]:
    """Newest first."""
    found = [event for need in needs for event in household_page.events_of_need(workspace, need)]
    visits = queries.of_household(workspace.connection, "visit", row.plain("household") or 0)
    found += [household_page.event_of_visit(workspace, one) for one in visits]
    found += household_page.changes_of(workspace, row)
    if deed := made_by(workspace.connection, row.id):
        found.append(Event(deed.at, household_page.CHANGE, "resident", (_("登记资料"),), "", deed.author))
    return tuple(sorted(found, key=lambda one: (one.at[:10], one.sort != household_page.CHANGE, one.at), reverse=True))
