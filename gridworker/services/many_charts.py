"""Many small pictures beside each other: the needs of every grid by week, and new needs by kind and month."""

from collections import Counter, defaultdict
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
    """Counts by line and column; a line nobody had is left out."""

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def grids_by_week(workspace: Workspace, last: Week) -> list[Panel]:
    """Every grid by its code, without a ranking: open, new and closed needs of the last weeks."""
    needs: dict[object, list[statistics.Need]] = defaultdict(list)
    for one in facts.every_need(workspace):
        needs[one.grid].append(one)
    weeks = [last.shifted(-back) for back in range(spans.WEEKS - 1, -1, -1)]
    days = [(week.first_day, week.last_day) for week in weeks]
    labels = [_("{number}周").format(number=week.number) for week in weeks]
    panels = []
    for scope in figures.scopes(workspace, "grid"):
        own = [one for grid in scope.grids for one in needs.get(grid, ())]
        new, closed, still = zip(*statistics.flow(own, days), strict=True)
        series = (
            Series(_("未办结"), still, "amber"), Series(_("新增"), new), Series(_("办结"), closed, "blue", dashed=True),
        )  # fmt: skip
        panels.append(Panel(scope.key, scope.label, Picture("lines", labels, series)))
    return panels


def kinds_by_month(workspace: Workspace, last: Week) -> HeatTable:
    """New needs of each kind in the last months, the kinds in the order of their list."""
    days = spans.shown(last, "month")
    months = [key for key, *_span in spans.split(days.first, days.last, "month")]
    counts = Counter((one.kind, f"{one.registered:%Y-%m}") for one in facts.every_need(workspace))
    lines = [
        (word("need_kind", code), tuple(counts[code, month] for month in months))
        for code in code_list("need_kind").codes()
    ]
    names = [_("{month}月").format(month=int(month[5:])) for month in months]
    return HeatTable(tuple(names), tuple(one for one in lines if any(one[1])))
