"""The township's 汇总表: the numbers of the page 汇总, what is open, who handed in; masked unless under a password."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import Week
from gridworker.domain.codes import code_list
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules import restricted
from gridworker.exchange import township_book, weekly
from gridworker.exchange.level_sheets import LevelLine
from gridworker.exchange.township_book import ListLine, TownshipBook
from gridworker.exchange.trend_sheets import UnitTrend
from gridworker.exchange.unit_table import UnitLine
from gridworker.reports import statistics
from gridworker.services import (
    access,
    collect,
    export,
    facts,
    many_charts,
    out_names,
    overview,
    roster,
    summary,
    whistling,
)
from gridworker.services.figures import Line
from gridworker.services.hand_in_states import (
    AGAIN,
    BROKEN,
    EDITED,
    IN,
    LATE,
    MISSING,
    NONE,
    REPLACED,
    SAME,
    WAITING,
    ZERO,
)
from gridworker.services.out_rows import View
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.rows import Row

MOST_UNITS: Final = 60
"""Grids that have a chart each; more are shown by community."""
_STAYS: Final = "（不写进汇总表）"
_NO_COMMUNITY: Final = "未写社区"
_STATES: Final = {
    IN: "已交", LATE: "迟交", ZERO: "零报告", SAME: "未变", REPLACED: "替换", AGAIN: "重复交", EDITED: "改过",
    BROKEN: "接不上", MISSING: "未交", WAITING: "待交", NONE: "—",
}  # fmt: skip
"""In a workbook everything is Chinese."""
_WORDS: Final = (
    "number", "grid", "worker", "kind", "urgency", "content", "status", "registered_at", "unit", "assigned_to",
    "due_on", "reply",
)  # fmt: skip
_COUNTS: Final = {
    "homes": ("coverage", True), "met": ("coverage", False), "due": ("due_visits", True),
    "due_done": ("due_visits", False), "visits": ("visits", False), "not_met": ("not_met", False),
    "opening": ("opening", False), "new": ("new", False), "closed": ("closed", False), "open": ("open", False),
    "overdue": ("overdue", False), "in_time": ("timeliness", False), "called": ("callback", False),
    "answered": ("satisfaction", True), "satisfied": ("satisfaction", False),
}  # fmt: skip
"""By count of the table: the figure it is taken from, and whether it is what stands below its line."""

Step = Callable[[float, float], object]


@dataclass(frozen=True, slots=True)
class Written:
    """What left."""

    file: Path
    week: Week
    masked: bool
    grids: int
    open: int
    overdue: int

    def as_json(self) -> dict[str, object]:
        """What the command line says."""
        told = {"file": str(self.file), "week": str(self.week), "masked": self.masked}
        return told | {"grids": self.grids, "open": self.open, "overdue": self.overdue}


def default_name(workspace: Workspace, week: Week) -> str:
    """A file name without people."""
    return f"{workspace.store.get('township') or '乡镇'}_第{week.number}周_汇总表.xlsx"


def write(
    workspace: Workspace, week: Week, out: Path, wish: export.Wish | None = None, step: Step = lambda _done, _all: None
) -> Written:  # fmt: skip
    """Write the 汇总表 of a week and log that it left. Raises UserError when a full one lacks its password."""
    wish = wish or export.Wish(full=False)
    password, masked = export.protection(workspace, wish)
    if masked:
        out_names.check(workspace, out)
    step(0, 3)
    book = gather(workspace, week, masked=masked)
    step(1, 3)
    data = township_book.workbook_bytes(book)
    step(2, 3)
    weekly.save(out, weekly.encrypted(data, password) if password else data)
    access.note(workspace, "export", f"summary {'masked' if masked else 'full'}")
    late = sum(one.days_late > 0 for one in book.needs) + book.withheld_late
    return Written(out, week, masked, len(book.lines), len(book.needs) + book.withheld, late)


def gather(workspace: Workspace, week: Week, *, masked: bool) -> TownshipBook:
    """Everything the workbook shows."""
    found = overview.read(workspace, week, "grid")
    hands = collect.overview(workspace)
    by = "grid" if len(found.lines) <= MOST_UNITS else "community"
    panels, months = many_charts.read(workspace, week, by)
    shown, secret = _open_needs(workspace, week, masked=masked)
    listing = _Listing(workspace, week, shown, masked=masked)
    return TownshipBook(
        title=summary.unit_name(workspace),
        week=f"第{week.number}周",
        first=week.first_day,
        last=week.last_day,
        made_on=workspace.today,
        sender=workspace.store.author,
        masked=masked,
        units=_units(found, hands),
        needs=listing.lines(),
        withheld=len(secret),
        withheld_late=sum(listing.days_late(row) > 0 for row in secret),
        trend=_trend(found.trend),
        kinds=[(one.label, one.new, one.before) for one in found.kinds],
        hand_ins=[_hand_in(line) for line in hands.lines],
        levels=[_levels(line, found) for line in found.lines],
        whistles=whistling.lines(workspace, shown, min(week.last_day, workspace.today), masked=masked),
        hand_in_weeks=[f"第{one.number}周" for one in hands.weeks],
        weeks=[f"{one.number}周" for one in many_charts.weeks_up_to(week)],
        trends=[_unit_trend(one) for one in panels],
        months=[f"{int(key[5:])}月" for key in months.months],
        kinds_by_month=[(code_list("need_kind").label(kind), counts) for kind, counts in months.counts],
    )


def _units(found: overview.Overview, hands: collect.Overview) -> list[tuple[str, list[UnitLine]]]:
    of_grid = {line.code: line for line in hands.lines}
    units: dict[str, list[UnitLine]] = {}
    for line in found.lines:
        known = of_grid.get(line.key)
        cells = dict(zip(hands.weeks, known.cells, strict=True)) if known else {}
        state = cells[found.week].state if found.week in cells else IN
        lacking = line.key in found.missing
        made = UnitLine(
            line.key, line.label, known.worker if known else "", _counts(line), lacking,
            "" if state in {IN, NONE} else _STATES[state],
        )  # fmt: skip
        units.setdefault((known.community if known else "") or _NO_COMMUNITY, []).append(made)
    return list(units.items())


def _levels(line: Line, found: overview.Overview) -> LevelLine:
    """What a grid settled at each level; unknown, not nought, where nothing was handed in."""
    settled = whistling.settled(line.measures)
    unknown = line.key in found.missing and not sum(settled)
    return LevelLine(line.key, line.label, None if unknown else settled)


def _counts(line: Line) -> dict[str, int]:
    found = {}
    for count, (name, below) in _COUNTS.items():
        figure = line.measures[name]
        found[count] = (figure.denominator or 0) if below else figure.numerator
    return found


def _trend(found: overview.Trend) -> list[tuple[str, int, int, int]]:
    parts = zip(found.weeks, found.new, found.closed, found.open, strict=True)
    return [(f"{week.number}周", new, closed, still) for week, new, closed, still in parts]


def _unit_trend(one: many_charts.Panel) -> UnitTrend:
    lines = [[int(number or 0) for number in each.values] for each in one.picture.series]
    return UnitTrend(one.key if one.key != one.label else "", one.label, lines)


def _hand_in(line: collect.GridLine) -> tuple[str, ...]:
    return (line.code, line.name, line.worker, *(_STATES[cell.state] for cell in line.cells))


def _open_needs(workspace: Workspace, week: Week, *, masked: bool) -> tuple[list[Row], list[Row]]:
    """Needs that were open at the week's end: those that are listed, and secret ones that are only counted."""
    rows = queries.needs_in(workspace.connection, week.first_day.isoformat(), week.last_day.isoformat())
    counted = statistics.stock(facts.needs_of(rows), week.first_day, week.last_day, workspace.today).open
    ids = {one.id for one in counted}
    still = [row for row in rows if row.id in ids]
    secret = [row for row in still if masked and row.plain("confidential")]
    return [row for row in still if row not in secret], secret


def overdue(workspace: Workspace, week: Week) -> list[tuple[Row, int]]:
    """Needs that were open and late at the week's end, with the days, the longest first."""
    until = min(week.last_day, workspace.today)
    late = [(row, _days_late(row, until)) for row in _open_needs(workspace, week, masked=False)[0]]
    return sorted((one for one in late if one[1]), key=lambda one: (-one[1], str(one[0].plain("number"))))


def _days_late(row: Row, until: date) -> int:
    due_on = facts.day_of(row, "due_on")
    return max(0, (until - due_on).days) if due_on else 0


class _Listing:
    """Open needs in the words of the workbook, most urgent first within a grid."""

    def __init__(self, workspace: Workspace, week: Week, needs: Sequence[Row], *, masked: bool) -> None:
        self._needs, self._today = needs, min(week.last_day, workspace.today)
        self._view = View(workspace, {"need": list(needs)}, masked=masked)
        self._names = roster.Names(workspace)

    def lines(self) -> list[ListLine]:
        """By grid, the longest overdue first."""
        ordered = sorted(
            self._needs,
            key=lambda row: (self._names.grid(row), -self.days_late(row), str(row.plain("number") or ""), row.id),
        )
        return [
            ListLine(self._names.grid(row, "community") or _NO_COMMUNITY, self._words(row), self.days_late(row))
            for row in ordered
        ]

    def days_late(self, row: Row) -> int:
        """Days past the due date at the week's end, 0 for none."""
        return _days_late(row, self._today)

    def _words(self, row: Row) -> tuple[str, ...]:
        told = {"grid": self._names.grid(row), "worker": self._names.worker(row)}
        return tuple(told[name] if name in told else self._said(row, name) for name in _WORDS)

    def _said(self, row: Row, name: str) -> str:
        text = self._view.text(ledger("need"), row, name)
        if restricted.speaks_of(text):  # as in the weekly workbooks: such a text stays where it was written
            return _STAYS
        return text[:10] if name == "registered_at" else text
