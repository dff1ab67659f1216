"""The history of each field of a record: every word on it, whose it is, what it changed, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, is_foreign, to_text
from gridworker.domain.ledger import DELETED, Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.versions.claims import best_values, claims_by_group, is_full
from gridworker.domain.versions.entries import GroupValue
from gridworker.domain.versions.fold import GroupState
from gridworker.i18n import _
from gridworker.services import access
from gridworker.services.naming import label_of, title, title_of_row
from gridworker.services.workspace import Workspace
from gridworker.store import derive, queries
from gridworker.store.derive import Component
from gridworker.store.history import Said, of_component
from gridworker.store.rows import Row

SHOWN: Final = "shown"
UNCONFIRMED: Final = "unconfirmed"
"""Shown, found in a book, and not confirmed by the township."""
STANDS: Final = "stands"
"""Stands against what is shown; nobody has chosen yet."""
PROPOSED: Final = "proposed"
OVERRULED: Final = "overruled"
SETTLED: Final = "settled"
"""A foreign value that somebody has seen and not taken, or that says the same."""
UNKNOWN: Final = "unknown"
"""Stands and is known here as a mask only."""
WITHDRAWN: Final = "withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """One word on a group: its value, what its author had before him, and what became of it."""

    said: Said
    value: GroupValue
    before: tuple[GroupValue, ...]
    state: str


@dataclass(frozen=True, slots=True)
class GroupHistory:
    """All that was said on the fields that move together, newest first."""

    ledger: Ledger
    group: str
    label: str
    told: tuple[Told, ...]


def of_record(workspace: Workspace, record: Id) -> list[GroupHistory]:
    """The history of every field anybody ever said something about, in the ledger's order; looking is logged."""
    found = derive.states_of(workspace.connection, record)
    if found is None:
        return []
    component, states = found
    access.note(workspace, "show", f"{component.ledger.name}/{to_text(component.id)}")
    said = of_component(workspace.connection, component)
    groups = dict.fromkeys(component.ledger.group_of(name) for one in said for name in one.patch)
    order = {name: place for place, name in enumerate((*component.ledger.group_names, DELETED))}
    return [
        GroupHistory(component.ledger, group, label_of_group(component.ledger, group), told)
        for group in sorted(groups, key=lambda group: order.get(group, len(order)))
        if (told := _told(component, group, said, states.get(group)))
    ]


def label_of_group(of: Ledger, group: str) -> str:
    """The fields that move together, by their labels."""
    if group == DELETED:
        return _("删除")
    return _("、").join(label_of(of, name) for name in of.members(group))


def _told(component: Component, group: str, said: Sequence[Said], state: GroupState | None) -> tuple[Told, ...]:
    members = frozenset(component.ledger.members(group))
    words = [one for one in said if members & one.patch.keys()]
    values = _values(component, group)
    return tuple(
        Told(one, values[one.version], _past(one, words, values), _became(one, values[one.version], state))
        for one in reversed(words)
        if one.version in values
    )


def _values(component: Component, group: str) -> Mapping[Id, GroupValue]:
    """By version: its whole value, also of those that imports taken back had brought."""
    held = [one.entry for record in component.records for one in record.entries]
    return best_values(claims_by_group(component.ledger, held, is_foreign).get(group, ()))


def _past(one: Said, words: Iterable[Said], values: Mapping[Id, GroupValue]) -> tuple[GroupValue, ...]:
    """The values that stood before its author: of all he had seen, those that none of the others had seen."""
    seen = {each.version: each for each in words if each.version in one.over}
    former = {id for each in seen.values() for id in each.over}
    return tuple(dict.fromkeys(values[id] for id in seen if id not in former and id in values))


def _became(one: Said, value: GroupValue, state: GroupState | None) -> str:
    if not one.counts:
        return WITHDRAWN
    past = SETTLED if is_foreign(one.version) else OVERRULED
    if state is None:
        return past
    places = (
        (UNCONFIRMED if state.unconfirmed else SHOWN, one.version in state.of),
        (STANDS, any(one.version in some for _value, some in state.conflicts)),
        (PROPOSED, any(one.version == id for id, _value in state.proposals)),
        (UNKNOWN, one.version in state.hidden and not is_full(value)),
    )
    return next((name for name, is_so in places if is_so), past)


def common_past(component: Component, group: str, said: Sequence[Said], sides: Iterable[Id]) -> GroupValue | None:
    """What everybody had who wrote one of the sides; None where that is not known, or was not one value."""
    members = frozenset(component.ledger.members(group))
    words = [one for one in said if one.counts and members & one.patch.keys()]
    authors = [one for one in words if one.version in set(sides)]
    if not authors:
        return None
    values = _values(component, group)
    past = {value for one in authors for value in _past(one, words, values)}
    return past.pop() if len(past) == 1 else None


_ABOUT: Final = {
    "household": (("resident", "household"), ("need", "household"), ("visit", "household")),
    "need": (("followup", "need"),),
}
"""Records whose history is asked for on the page of another, by the field that refers to it."""
_NEWEST: Final = 60


def subjects(workspace: Workspace, of: Ledger, record: Id) -> list[tuple[str, Id]]:
    """A record and what belongs to it, each by its name, the newest of each ledger first."""
    found = [(f"{_(of.label)} {title(workspace, of, record)}", record)]
    for name, field in _ABOUT.get(of.name, ()):
        rows = queries.where(workspace.connection, name, f"{field} = ?", [record], f"id desc limit {_NEWEST}")
        found += [(_subject(row), row.id) for row in sorted(rows, key=_when, reverse=True)]
    return found


def _when(row: Row) -> str:
    return str(row.plain("visited_at") or row.plain("done_on") or row.plain("registered_at") or "")


def _subject(row: Row) -> str:
    return " ".join(word for word in (_(ledger(row.ledger).label), _when(row)[:10], title_of_row(row)) if word)
