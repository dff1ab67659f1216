"""吹哨清单: open needs that stand above the grid, as rows of the 汇总表 and as a paper for the meeting."""

from collections.abc import Iterable
from datetime import date

from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import escalation
from gridworker.domain.rules.escalation import LEVELS, Standing
from gridworker.domain.rules.need_states import is_open
from gridworker.exchange.level_sheets import WhistleLine
from gridworker.reports.statistics import Figure
from gridworker.services import escalating, papers
from gridworker.services.escalating import Escalated
from gridworker.services.out_rows import View
from gridworker.services.papers import Paper
from gridworker.services.roster import Names
from gridworker.services.summary import unit_name
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row


def open_above(workspace: Workspace, rows: Iterable[Row] | None = None) -> list[tuple[Row, Standing]]:
    """Open needs above the grid, the highest level first, then by grid and number."""
    passed = escalating.by_need(workspace)
    if rows is None:
        rows = queries.where(workspace.connection, "need", "closed_on is null")
    found = [(row, escalating.standing_by(passed.get(row.id, ()), row)) for row in rows if is_open(row.values)]
    above = [one for one in found if one[1].is_above_grid]
    return sorted(above, key=lambda one: (-escalation.rank(one[1].level), str(one[0].plain("number") or ""), one[0].id))


def lines(workspace: Workspace, rows: Iterable[Row], until: date, *, masked: bool) -> list[WhistleLine]:
    """The rows of the sheet, as this workbook shows them."""
    found = open_above(workspace, rows)
    names = Names(workspace)
    view = View(workspace, {"need": [row for row, _standing in found]}, masked=masked)
    return [_line(workspace, view, names, row, standing, until) for row, standing in found]


def _line(
    workspace: Workspace, view: View, names: Names, row: Row, standing: Standing, until: date
) -> WhistleLine:  # fmt: skip
    of, last = ledger("need"), _last(workspace, row)
    told = [view.text(of, row, name) for name in ("number", "kind", "content")]
    step = view.text(ledger("escalation"), last[1], "asked") if last else ""
    answer = view.text(ledger("escalation"), last[1], "answer") if last else ""
    due_on = last[0].due_on if last else str(row.plain("due_on") or "")
    late = max(0, (until - date.fromisoformat(due_on)).days) if due_on and (last is None or last[0].waits) else 0
    words = (
        told[0], names.grid(row), names.worker(row), told[1], told[2], standing.level, standing.since,
        last[0].receiver if last else view.text(of, row, "assigned_to"), last[0].paper_no if last else "", step,
        due_on, answer or view.text(of, row, "reply"),
    )  # fmt: skip
    return WhistleLine(words, late)


def _last(workspace: Workspace, row: Row) -> tuple[Escalated, Row] | None:
    steps = escalating.of_need(workspace, row.id)
    found = workspace.row("escalation", steps[-1].id) if steps else None
    return (steps[-1], found) if found else None


def paper(workspace: Workspace) -> Paper:
    """The list to be laid on the table: masked, secret needs counted and not named."""
    words = papers.form("whistles")
    every = [row for row, _standing in open_above(workspace)]
    shown = [row for row in every if not row.plain("confidential")]
    told = lines(workspace, shown, workspace.today, masked=True)
    counts = "　".join(
        f"{level} {count}" for level in reversed(LEVELS[1:]) if (count := sum(one.words[5] == level for one in told))
    )
    secret = words["secret"].format(count=len(every) - len(shown)) if len(every) > len(shown) else ""
    values = [
        dict(zip(words["names"], one.words, strict=True))
        | {"serial": str(number), "late": str(one.days_late) if one.days_late else ""}
        for number, one in enumerate(told, 1)
    ]  # fmt: skip
    return Paper(
        name=words["title"],
        head=(
            papers.title(words["title"]),
            papers.line(unit_name(workspace), f"{counts}{secret}", workspace.today.isoformat()),
            papers.headings(words["columns"]),
        ),
        rows=tuple(papers.table_row(words["columns"], one, words["height"]) for one in values)
        or (papers.line(words["none"]),),
        foot=words["foot"],
        logged=f"whistles {len(told)}",
        landscape=True,
    )


def settled(figures: dict[str, Figure]) -> tuple[int, int, int, int]:
    """How many needs were settled at each level, from the grid upwards."""
    grid, village, town, closed = (figures[name].numerator for name in ("in_grid", "in_village", "in_town", "closed"))
    return grid, village - grid, town - village, closed - town
