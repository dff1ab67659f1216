"""收表: who handed in which week, in time or not; taking files in and remembering what came again (field.md §2.8)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.domain.ids import Id
from gridworker.domain.rules.need_states import is_open
from gridworker.i18n import _
from gridworker.services.roster import workers_by_grid
from gridworker.services.workspace import Workspace
from gridworker.store import batches, collecting, queries
from gridworker.store.batches import Batch

WEEKS: Final = 8
DEADLINE: Final = 5
"""The weekday (ISO) until whose end a week's workbook is in time, unless the township sets another; 8 is the Monday
after."""
NAMED: Final = 12
"""How many missing grids the sentence for the chat names."""

IN: Final = "in"
LATE: Final = "late"
ZERO: Final = "zero"
SAME: Final = "same"
REPLACED: Final = "replaced"
AGAIN: Final = "again"
MISSING: Final = "missing"
WAITING: Final = "waiting"
NONE: Final = "none"
HANDED_IN: Final = frozenset({IN, LATE, ZERO, REPLACED, AGAIN})


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid in one week: its state, and the file and moment that made it so."""

    state: str
    file: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class GridLine:
    """One grid: who walks it, its weeks oldest first, problem cells of its newest file, open needs."""

    code: str
    name: str
    community: str
    worker: str
    cells: tuple[Cell, ...]
    problems: int
    open_needs: int

    @property
    def state(self) -> str:
        """The state of the running week."""
        return self.cells[-1].state

    @property
    def same_weeks(self) -> int:
        """How many weeks up to now brought nothing new."""
        count = 0
        for cell in reversed(self.cells):
            if cell.state != SAME:
                break
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole table: weeks oldest first, grids by code, the last day of the running week's deadline."""

    weeks: tuple[Week, ...]
    lines: tuple[GridLine, ...]
    deadline: date
    conflicts: int

    def count(self, *states: str) -> int:
        """How many grids are in one of these states in the running week."""
        return sum(line.state in states for line in self.lines)

    @property
    def lacking(self) -> list[GridLine]:
        """Grids whose workbook of the running week is not here, the unchanged ones too."""
        return [line for line in self.lines if line.state in {MISSING, WAITING, SAME}]


def overview(workspace: Workspace, weeks: int = WEEKS) -> Overview:
    """The table up to the running week."""
    now = week_of(workspace.today)
    shown = tuple(now.shifted(-back) for back in range(weeks - 1, -1, -1))
    reader = _Reader(workspace, shown)
    lines = tuple(
        reader.line(row.plain("code") or "", row.plain("name") or "", row.plain("community") or "", row.id)
        for row in queries.every(workspace.connection, "grid", "code")
    )
    return Overview(shown, lines, deadline_of(workspace, now), collecting.conflict_count(workspace.connection))


def deadline_of(workspace: Workspace, week: Week) -> date:
    """The last day on which a week's workbook is in time."""
    return week.first_day + timedelta(days=int(workspace.store.get("deadline") or DEADLINE) - 1)


def set_deadline(workspace: Workspace, weekday: int) -> None:
    """Another last day: 1 … 7 of the week itself, 8 the Monday after."""
    workspace.store.set("deadline", str(weekday))


@dataclass(slots=True)
class _Reader:
    """What the table is read from, gathered once."""

    workspace: Workspace
    weeks: tuple[Week, ...]
    books: dict[tuple[str, str], list[Batch]] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)
    active: set[tuple[Id, str]] = field(default_factory=set)
    open: Mapping[Id, int] = field(default_factory=dict)
    again: list[list[str]] = field(default_factory=list)
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        connection = self.workspace.connection
        for one in reversed(batches.listing(connection)):
            if one.kind == "ours" and one.state == "in" and one.grid and one.week:
                self.books.setdefault((one.grid, one.week), []).append(one)
                self.begun[one.grid] = min(one.week, self.begun.get(one.grid, one.week))
        self.active = _active(self.workspace, self.weeks)
        self.open = _open_needs(self.workspace)
        self.again = self.workspace.store.get_json("again", [])
        self.people = workers_by_grid(self.workspace)

    def line(self, code: str, name: str, community: str, grid: Id) -> GridLine:
        """One grid's line."""
        cells = tuple(self._cell(code, grid, week) for week in self.weeks)
        newest = self.books.get((code, str(self.weeks[-1])))
        problems = int(json.loads(newest[-1].report).get("problems", 0)) if newest else 0
        worker = _("、").join(self.people.get(code, ()))
        return GridLine(code, name, community, worker, cells, problems, self.open.get(grid, 0))

    def _cell(self, code: str, grid: Id, week: Week) -> Cell:
        found = self.books.get((code, str(week)))
        if not found:
            return self._absent(code, week)
        newest = found[-1]
        state = self._state(code, grid, week, newest)
        if state == IN and len(found) > 1:
            state = REPLACED
        return Cell(state, newest.file, newest.at)

    def _state(self, code: str, grid: Id, week: Week, newest: Batch) -> str:
        if (grid, str(week)) not in self.active:
            return ZERO
        first = self.books[code, str(week)][0]
        if first.at[:10] > deadline_of(self.workspace, week).isoformat():
            return LATE
        return AGAIN if [code, str(week), str(week)] in self.again else IN

    def _absent(self, code: str, week: Week) -> Cell:
        if any(grid == code and came == str(week) for grid, _of, came in self.again):
            return Cell(SAME)
        begun = self.begun.get(code) or min(self.begun.values(), default=str(self.weeks[-1]))
        if str(week) < begun:
            return Cell(NONE)
        late = self.workspace.today > deadline_of(self.workspace, week)
        return Cell(MISSING if late else WAITING)


def _active(workspace: Workspace, weeks: Sequence[Week]) -> set[tuple[Id, str]]:
    """Grid and week of everything done in these weeks: visits, needs registered or closed."""
    first, last = weeks[0].first_day.isoformat(), weeks[-1].last_day.isoformat()
    days = collecting.days_with_visits(workspace.connection, first, last)
    days |= collecting.days_with_needs(workspace.connection, first, last)
    return {(grid, str(week_of(date.fromisoformat(day)))) for grid, day in days}


def _open_needs(workspace: Workspace) -> dict[Id, int]:
    found: dict[Id, int] = {}
    for grid, status, count in collecting.unsettled(workspace.connection):
        if is_open({"status": status}):
            found[grid] = found.get(grid, 0) + count
    return found


def missing_sentence(table: Overview) -> str:
    """Who is still missing, ready for the chat; nobody is named twice and nothing is ranked."""
    lacking = table.lacking
    week = table.weeks[-1].label
    if not lacking:
        return _("{week} 全部 {count} 个网格都交了，辛苦大家。").format(week=week, count=len(table.lines))
    names = _("、").join(f"{line.code} {line.worker}".strip() for line in lacking[:NAMED])
    more = _("等 {count} 个网格").format(count=len(lacking)) if len(lacking) > NAMED else ""
    return _("{week} 还差：{names}{more}").format(week=week, names=names, more=more)
