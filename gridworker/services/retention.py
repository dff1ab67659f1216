"""到期清理: records that have been kept long enough, for a person to look through; nothing is erased by itself."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gridworker.domain.ids import Id, to_text
from gridworker.domain.rules import retention
from gridworker.domain.rules.residence import LEFT as LEFT_STATES
from gridworker.domain.rules.retention import CAMPAIGN, LEFT, VISITED, Rule, before, is_over, rule_of_need
from gridworker.services import naming
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.history import history
from gridworker.store.rows import Row

_KEPT: Final = "retention_kept"
_CHOSEN: Final = "retention_months"
_ASK_AGAIN: Final = 12
"""Months after which what was kept on purpose is asked about again."""


@dataclass(frozen=True, slots=True)
class Expired:
    """A record whose time is over: why, and the day (ISO) from which it was counted."""

    ledger: str
    id: Id
    title: str
    rule: Rule
    since: str

    def as_json(self) -> dict[str, str]:
        """A line of the command."""
        return {"ledger": self.ledger, "id": to_text(self.id), "rule": self.rule.name, "since": self.since}


def expired(workspace: Workspace) -> list[Expired]:
    """All of them, the strictest rule first; what a person kept within the year is left out."""
    kept = workspace.store.get_json(_KEPT, {})
    asked = before(workspace.today, _ASK_AGAIN)
    order = {rule: place for place, rule in enumerate(retention.RULES)}
    found = [
        Expired(row.ledger, row.id, naming.title_of_row(row), rule, since[:10])
        for row, rule, since in (*_left(workspace), *_needs(workspace), *_visits(workspace), *_campaigns(workspace))
        if is_over(rule, since, workspace.today, chosen(workspace)) and kept.get(to_text(row.id), "") <= asked
    ]
    return sorted(found, key=lambda one: (order[one.rule], one.since, one.id))


def chosen(workspace: Workspace) -> dict[str, int]:
    """Months by rule where somebody chose others than the shipped ones."""
    found: dict[str, int] = workspace.store.get_json(_CHOSEN, {})
    return found


def choose(workspace: Workspace, rule: Rule, months: int) -> None:
    """Keep such records so many months from now on."""
    workspace.store.set(_CHOSEN, json.dumps(chosen(workspace) | {rule.name: months}))


def keep(workspace: Workspace, records: Iterable[Id]) -> None:
    """A person looked at these and keeps them; they are asked about again in a year."""
    kept = workspace.store.get_json(_KEPT, {})
    day = workspace.today.isoformat()
    workspace.store.set(_KEPT, json.dumps(kept | {to_text(one): day for one in records}))


def _left(workspace: Workspace) -> Iterator[tuple[Row, Rule, str]]:
    """People who moved away or died, since somebody last said so."""
    marks = ",".join("?" * len(LEFT_STATES))
    for row in queries.where(workspace.connection, "resident", f"residence in ({marks})", sorted(LEFT_STATES)):
        said = [one.deed.at for one in history(workspace.connection, row.id) if "residence" in one.patch and one.counts]
        yield row, LEFT, max(said, default="")


def _needs(workspace: Workspace) -> Iterator[tuple[Row, Rule, str]]:
    ends = before(workspace.today, 0)
    closed = queries.where(workspace.connection, "need", "closed_on <= ? and closed_on <> ''", [ends])
    people = queries.by_ids(workspace.connection, "resident", [one for row in closed if (one := row.plain("resident"))])
    for row in closed:
        person = people.get(row.plain("resident") or 0)
        born = person.plain("birth") if person else ""
        rule = rule_of_need(row.plain("kind"), row.plain("child"), born, workspace.today)
        yield row, rule, str(row.plain("closed_on"))


def _visits(workspace: Workspace) -> Iterator[tuple[Row, Rule, str]]:
    """Visits out of time, but the newest of each household, which its rhythm is counted from."""
    ends = before(workspace.today, retention.months_of(VISITED, chosen(workspace)))
    newest = queries.latest_visits(workspace.connection, workspace.today.isoformat())
    for row in queries.where(workspace.connection, "visit", "visited_at <= ?", [ends + "~"]):
        when = str(row.plain("visited_at"))[:10]
        if newest.get(row.plain("household") or 0, ("",))[0] != when:
            yield row, VISITED, when


def _campaigns(workspace: Workspace) -> Iterator[tuple[Row, Rule, str]]:
    ended = {row.id: str(row.plain("until_on") or "") for row in queries.every(workspace.connection, "campaign")}
    for row in queries.every(workspace.connection, "campaign_entry"):
        yield row, CAMPAIGN, ended.get(row.plain("campaign") or 0, "")
