"""What forms lacked of a household and its people, kept on this laptop so that the next visit asks; gone once known."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gridworker.domain.ids import Id, from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services.naming import title_of_row
from gridworker.services.showing import age
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

if TYPE_CHECKING:
    from gridworker.services.form_plan import Plan  # writes forms: nothing a page that only asks should load

_KEPT: Final = "ask_next"
"""The setting: by field such as `resident.phone`, the records that lacked it."""
_MOST: Final = 20_000
"""Records kept of a field, the latest."""
_SCHOOL: Final = "resident.school"
_OLDEST_PUPIL: Final = 25


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Whom to ask, and for what."""

    id: Id
    ledger: str
    who: str
    fields: tuple[str, ...]
    """Labels of the fields."""


def remember(workspace: Workspace, plan: "Plan") -> None:
    """Keep what a form could not be told, for the next visits."""
    kept = _kept(workspace)
    for row in plan.rows:
        for record, column in row.asks:
            kept.setdefault(column, {})[to_text(record)] = None
    told = {column: list(records)[-_MOST:] for column, records in kept.items()}
    workspace.store.set(_KEPT, json.dumps(told))


def of_household(workspace: Workspace, home: Row, people: Iterable[Row]) -> tuple[ToAsk, ...]:
    """What is still not known of a household and of those who live there."""
    kept = {column: {from_text(one) for one in records} for column, records in _kept(workspace).items()}
    found = []
    for row in (home, *people):
        lacking = [column for column, records in kept.items() if row.id in records and _lacks(row, column)]
        columns = [one for one in lacking if one != _SCHOOL or _is_young(workspace, row)]
        if columns:
            who = _("本户") if row is home else title_of_row(row)
            of = ledger(row.ledger)
            names = (of.by_name[column.partition(".")[2]].label for column in columns)
            found.append(ToAsk(row.id, row.ledger, who, tuple(map(_, names))))
    return tuple(found)


def _lacks(row: Row, column: str) -> bool:
    owner, _dot, name = column.partition(".")
    return owner == row.ledger and name in ledger(owner).by_name and row.values.get(name) is None


def _is_young(workspace: Workspace, row: Row) -> bool:
    years = age(row.plain("birth"), workspace.today)
    return years is None or years <= _OLDEST_PUPIL


def _kept(workspace: Workspace) -> dict[str, dict[str, None]]:
    return {column: dict.fromkeys(records) for column, records in workspace.store.get_json(_KEPT, {}).items()}
