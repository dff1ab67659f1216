"""What 今日 shows besides the plan of the day: how far the day and the week have come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from gridworker.domain.calendar import week_of
from gridworker.domain.ids import Id
from gridworker.domain.text.address import format_address
from gridworker.services import due, needs_list
from gridworker.services.due import Plan
from gridworker.services.naming import ADDRESS, address_of, display_value
from gridworker.services.workspace import Workspace
from gridworker.store import lists, queries, waiting

WEEK = 7


@dataclass(frozen=True, slots=True)
class Place:
    """Who lives where, in a few words."""

    head: str
    address: str


@dataclass(frozen=True, slots=True)
class Today:
    """The plan, visits of the last seven days by day, households visited today and since Monday, open needs, places
    by household, how many households there are, and how much is written differently and waits for a choice.
    """

    plan: Plan
    week: Mapping[date, int]
    visited: frozenset[Id]
    this_week: frozenset[Id]
    open_needs: int
    places: Mapping[Id, Place]
    households: int
    undecided: int


def read(workspace: Workspace) -> Today:
    """Everything the page shows."""
    today = workspace.today
    first = today - timedelta(days=WEEK - 1)
    visits = lists.visits_in(workspace.connection, first.isoformat(), today.isoformat())
    week = {first + timedelta(days=step): 0 for step in range(WEEK)}
    for day, _household, _outcome in visits:
        week[date.fromisoformat(day)] += 1
    plan = due.plan(workspace)
    visited, this_week = (
        frozenset(household for day, household, _outcome in visits if day >= since.isoformat())
        for since in (today, week_of(today).first_day)
    )
    open_needs = len(needs_list.ids(workspace, needs_list.Wish()))
    households = queries.count(workspace.connection, "household")
    return Today(
        plan,
        week,
        visited,
        this_week,
        open_needs,
        _places(workspace, plan),
        households,
        waiting.count(workspace.connection),
    )


def _places(workspace: Workspace, plan: Plan) -> dict[Id, Place]:
    homes = [one.household for one in plan.followups] + [one.household for one in plan.callbacks]
    wanted = [one for one in homes if one]
    rows = queries.by_ids(workspace.connection, "household", wanted, (*ADDRESS, "head"))
    return {
        id: Place(display_value(row, "head"), format_address(address_of(row), short=True)) for id, row in rows.items()
    }
