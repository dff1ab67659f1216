"""The list of needs: ids by filter, counts of the filters, lines for those on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.rules import need_states
from gridworker.domain.rules.need_states import CLOSED, ENDED, LEFT_OUT, PLANNED
from gridworker.domain.text.address import format_address
from gridworker.services import kinds, referring
from gridworker.services.naming import address_of, display_value
from gridworker.services.referring import Referred
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries
from gridworker.store.rows import Row

OPEN: Final = "open"
OVERDUE: Final = "overdue"
REPLIED: Final = "replied"
CALL_BACK: Final = "callback"
ALL: Final = "all"
ANSWER_LATE: Final = "answer_late"
"""Handed on, and the answer is past its limit."""
FILTERS: Final = (OPEN, OVERDUE, REPLIED, CALL_BACK, ALL, ANSWER_LATE)

_OVER: Final = ",".join(f"'{status}'" for status in sorted(ENDED | LEFT_OUT))
_OPEN: Final = f"coalesce(status, '') not in ({_OVER})"
_WHERE: Final = {
    OPEN: _OPEN,
    OVERDUE: f"{_OPEN} and due_on < :today and coalesce(status, '') <> '{PLANNED}'",
    REPLIED: f"{_OPEN} and (reply is not null or review = 'returned')",
    CALL_BACK: f"status = '{CLOSED}' and called_back_on is null",
    ALL: "1",
    ANSWER_LATE: f"{_OPEN} and id in ({referring.LATE})",
}
BY_DUE: Final = "due"
NEWEST: Final = "newest"
BY_KIND: Final = "kind"
BY_URGENCY: Final = "urgency"
ORDERS: Final = (BY_DUE, NEWEST, BY_KIND, BY_URGENCY)
_DUE: Final = f"({_OPEN}) desc, due_on is null, due_on, number"
_ORDER: Final = {
    BY_DUE: _DUE,
    NEWEST: "registered_at desc, number desc",
    BY_KIND: f"kind, {_DUE}",
    BY_URGENCY: f"case urgency when 'red' then 0 when 'yellow' then 1 else 2 end, {_DUE}",
}


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One need of the list; `state` is computed but for being late, which `due_on` says."""

    id: Id
    content: str
    kind: str
    who: str
    where: str
    number: str
    state: str
    status: str
    due_on: str
    urgency: str
    closed_on: str
    handed_to: str = ""
    """Who was asked and has not answered yet."""
    answer_late: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the list shall show: one of FILTERS, and, if given, one kind, one status, words in it; one of ORDERS."""

    which: str = OPEN
    kind: str = ""
    status: str = ""
    typed: str = ""
    order: str = BY_DUE


def ids(workspace: Workspace, wish: Wish) -> list[Id]:
    """The needs of a wish in its order; by due date, open ones come first."""
    where, values = _condition(workspace, wish)
    return lists.need_ids(workspace.connection, where, values, _ORDER[wish.order])


def _condition(workspace: Workspace, wish: Wish) -> tuple[str, list[str]]:
    where, values = [_WHERE[wish.which].replace(":today", "?")], []
    if wish.which in {OVERDUE, ANSWER_LATE}:
        values.append(workspace.today.isoformat())
    for name, value in (("kind", wish.kind), ("status", wish.status)):
        if value:
            where.append(f"{name} = ?")
            values.append(value)
    if wish.typed.strip():
        where.append("(instr(content, ?) or instr(number, ?) or instr(raised_by, ?))")
        values += [wish.typed.strip()] * 3
    return " and ".join(f"({one})" for one in where), values


def counts(workspace: Workspace) -> dict[str, int]:
    """How many needs each filter holds."""
    return {which: count(workspace, Wish(which)) for which in FILTERS}


def count(workspace: Workspace, wish: Wish) -> int:
    """How many needs a wish holds."""
    return queries.count(workspace.connection, "need", *_condition(workspace, wish))


def lines(workspace: Workspace, wanted: Sequence[Id]) -> list[NeedLine]:
    """The lines of some needs, in the order asked for."""
    rows = queries.by_ids(workspace.connection, "need", wanted)
    homes = queries.by_ids(
        workspace.connection,
        "household",
        [home for row in rows.values() if isinstance(home := row.plain("household"), int)],
    )
    handed = {one.need: one for one in reversed(referring.unanswered(workspace, wanted))}
    return [_line(row, homes.get(row.plain("household")), handed.get(id)) for id in wanted if (row := rows.get(id))]


def _line(row: Row, home: Row | None, handed: Referred | None) -> NeedLine:
    return NeedLine(
        id=row.id,
        content=display_value(row, "content"),
        kind=kinds.short(str(row.plain("kind") or "")),
        who=display_value(row, "raised_by") or (display_value(home, "head") if home else ""),
        where=format_address(address_of(home), short=True) if home else display_value(row, "place"),
        number=display_value(row, "number"),
        state=need_states.computed_state(row.values, date.min),
        status=str(row.plain("status") or ""),
        due_on=str(row.plain("due_on") or ""),
        urgency=str(row.plain("urgency") or ""),
        closed_on=str(row.plain("closed_on") or ""),
        handed_to=handed.receiver if handed else "",
        answer_late=bool(handed and handed.late),
    )
