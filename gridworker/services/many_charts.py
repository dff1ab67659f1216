"""Many small pictures beside each other: the needs of every grid by week, and new needs by kind and month."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gridworker.domain.calendar import Week
from gridworker.domain.codes import code_list
from gridworker.domain.pictures import Picture, Series
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.services import facts, figures, spans
from gridworker.services.naming import word
from gridworker.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Panel:
    """One grid: its code, its name, its picture."""

    key: str
    label: str
    picture: Picture


@dataclass(frozen=True, slots=True)
class HeatTable:
    """New needs by kind (a code) and month (2026-11); a kind nobody had is left out."""

    months: tuple[str, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The months in words."""
        return tuple(_("{month}月").format(month=int(month[5:])) for month in self.months)

    @property
    def lines(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The counts under the words of their kinds."""
        return tuple((word("need_kind", code), numbers) for code, numbers in self.counts)


def read(workspace: Workspace, last: Week, by: str = "grid") -> tuple[list[Panel], HeatTable]:
    """Both pictures of the weeks up to one, from one reading of the needs."""
    needs = facts.every_need(workspace)
    return _by_week(workspace, needs, last, by), _by_month(needs, last)


def _by_week(workspace: Workspace, every: Iterable[statistics.Need], last: Week, by: str) -> list[Panel]:
    """Every grid (or community) in its order and to one scale: open, new and closed needs of the last weeks."""
    needs: dict[object, list[statistics.Need]] = defaultdict(list)
    for one in every:
        needs[one.grid].append(one)
    weeks = weeks_up_to(last)
    days = [(week.first_day, week.last_day) for week in weeks]
    labels = [_("{number}周").format(number=week.number) for week in weeks]
    found = []
    for scope in figures.scopes(workspace, by):
        own = [one for grid in scope.grids for one in needs.get(grid, ())]
        new, closed, still = zip(*statistics.flow(own, days), strict=True)
        series = (
            Series(_("未办结"), still, "amber"), Series(_("新增"), new), Series(_("办结"), closed, "blue", dashed=True),
        )  # fmt: skip
        found.append((scope, series))
    most = max((value or 0 for _scope, series in found for each in series for value in each.values), default=1)
    return [
        Panel(scope.key, scope.label, Picture("lines", labels, series, most, has_legend=False))
        for scope, series in found
    ]


def weeks_up_to(last: Week) -> list[Week]:
    """The weeks that a chart shows."""
    return [last.shifted(-back) for back in range(spans.WEEKS - 1, -1, -1)]


def _by_month(needs: Iterable[statistics.Need], last: Week) -> HeatTable:
    """New needs of each kind in the last months, the kinds in the order of their list."""
    days = spans.shown(last, "month")
    months = [key for key, *_span in spans.split(days.first, days.last, "month")]
    counts = Counter((one.kind, f"{one.registered:%Y-%m}") for one in needs)
    lines = [(code, tuple(counts[code, month] for month in months)) for code in code_list("need_kind").codes()]
    return HeatTable(tuple(months), tuple(one for one in lines if any(one[1])))
