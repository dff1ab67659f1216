"""What visits came to in whole weeks and months, from the sums that the store keeps."""

from collections import defaultdict
from collections.abc import Sequence, Set
from datetime import date

from gridworker.domain.ids import Id
from gridworker.domain.rules.visit_counts import ABOUT, ALL, HOMES, RED, Every
from gridworker.reports.statistics import VisitCounts
from gridworker.services.workspace import Workspace
from gridworker.store import counts

Sums = list[int]
"""The numbers that `ABOUT` names: first the households visited, those due, red ones."""


class Counted:
    """The sums of one week or month, put together for grids or for a worker."""

    def __init__(self, workspace: Workspace, every: Every, first: date) -> None:
        connection, number = workspace.connection, first.toordinal()
        self._known = (
            counts.homes_by_grid(connection, HOMES),
            counts.due_by_grid(connection, every, number),
            counts.homes_by_grid(connection, RED),
        )
        self._came: dict[Id, dict[Id, Sums]] = defaultdict(dict)
        for _first, worker, grid, *some in counts.visit_sums(connection, every, number):
            self._came[worker][grid] = some

    def of(self, grids: Set[Id], worker: Id | None = None) -> VisitCounts:
        """All of some grids, or what concerns a worker who walks them."""
        return self._of_worker(worker, grids) if worker else self._of_grids(grids)

    def _of_grids(self, grids: Set[Id]) -> VisitCounts:
        """All households of some grids, and whoever came to them."""
        came = self._came[ALL]
        return _sum(self._base(grids), [came[grid] for grid in grids if grid in came])

    def _of_worker(self, worker: Id, grids: Set[Id]) -> VisitCounts:
        """The households of a worker's grids and those visited elsewhere, and the visits of this worker."""
        came = self._came.get(worker, {})
        elsewhere = [some[: len(self._known)] for grid, some in came.items() if grid not in grids]
        base = [sum(one) for one in zip(self._base(grids), *elsewhere, strict=True)]
        return _sum(base, list(came.values()))

    def _base(self, grids: Set[Id]) -> list[int]:
        """Households of some grids, those due, and red ones."""
        return [sum(some.get(grid, 0) for grid in grids) for some in self._known]


def by_first(workspace: Workspace, every: Every, firsts: Sequence[date]) -> dict[date, VisitCounts]:
    """All households and visits here, by the first day of each week or month asked for."""
    connection = workspace.connection
    homes, red = (sum(counts.homes_by_grid(connection, what).values()) for what in (HOMES, RED))
    steps = counts.due_by_first(connection, every)
    found = {}
    for first in firsts:
        number = first.toordinal()
        due = sum(more for begin, more in steps if begin <= number)
        came = [some for _first, worker, _grid, *some in counts.visit_sums(connection, every, number) if worker == ALL]
        found[first] = _sum([homes, due, red], came)
    return found


def _sum(base: Sequence[int], came: Sequence[Sums]) -> VisitCounts:
    """Households as they are known, and whom and what came of visits added up."""
    sums = [sum(one) for one in zip(*came, strict=True)] or [0] * len(ABOUT)
    return VisitCounts(*base, *sums[len(base) :])
