"""Rows of forms that count: the figures of field.md §9.6 for each grid, worker or community."""

from collections.abc import Iterable, Mapping, Set

from gridworker.reports.statistics import Figure
from gridworker.services import figures
from gridworker.services.form_facts import Facts
from gridworker.services.form_rows import Choice, Chooser
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store.rows import Row

Line = tuple[Facts, Mapping[str, Figure]]


def by(asked: Set[str]) -> str:
    """What each row counts for, by the columns that name it."""
    if asked & {"grid.name", "grid.code", "household.grid", "need.grid"}:
        return "grid"
    return "worker" if any(one.endswith((".worker", "worker.name")) for one in asked) else "community"


def lines(workspace: Workspace, period: Period, by: str, where: Iterable[tuple[str, str]] = ()) -> list[Line]:
    """The rows with their figures, in the order of their codes; no ranking."""
    measured = {one.key: one for one in figures.table(workspace, period, by).lines_}
    if by == "community":
        return [
            (Facts(row, {"grid": row, "household": row}), line.measures)
            for line in measured.values()
            for row in [Row(0, "grid", {"community": line.label, "name": line.label})]
        ]
    chosen = Chooser(workspace, Choice(by, tuple(where))).rows()
    return [(facts, measured[code].measures) for facts in chosen if (code := facts.record.plain("code")) in measured]
