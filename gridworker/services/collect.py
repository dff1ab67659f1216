"""收表: who handed in which week, in time or not; taking files in and remembering what came again (field.md §2.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.domain.ids import Id
from gridworker.domain.rules.need_states import is_open
from gridworker.i18n import _
from gridworker.services.hand_in_states import MISSING, NONE, SAME, WAITING, Books, Cell
from gridworker.services.hand_ins import HandIn, hand_ins
from gridworker.services.roster import workers_by_grid
from gridworker.services.workspace import Workspace
from gridworker.store import batches, collecting, queries

WEEKS: Final = 8
DEADLINE: Final = 5
"""The weekday (ISO) until whose end a week's workbook is in time, unless the township sets another; 8 is the Monday
after."""
NAMED: Final = 12
"""How many missing grids the sentence for the chat names."""


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

    def as_json(self, weeks: Sequence[Week]) -> dict[str, object]:
        """A line of `batches --weeks`."""
        told = zip(weeks, self.cells, strict=True)
        return {
            "grid": self.code,
            "name": self.name,
            "worker": self.worker,
            "weeks": [
                {"week": str(week), "state": cell.state, "file": cell.file or None, "words": list(cell.words)}
                for week, cell in told
            ],
        }

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

    def as_json(self) -> dict[str, object]:
        """The shape of `batches --weeks`."""
        return {
            "weeks": [str(week) for week in self.weeks],
            "deadline": self.deadline.isoformat(),
            "grids": [line.as_json(self.weeks) for line in self.lines],
        }

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
    books: dict[str, list[HandIn]] = field(default_factory=dict)
    open: Mapping[Id, int] = field(default_factory=dict)
    people: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deadlines: Mapping[Week, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in hand_ins(batches.listing(self.workspace.connection)):
            self.books.setdefault(one.grid, []).append(one)
        self.open = _open_needs(self.workspace)
        self.people = workers_by_grid(self.workspace, self.workspace.today)
        self.deadlines = {week: deadline_of(self.workspace, week) for week in self.weeks}

    def line(self, code: str, name: str, community: str, grid: Id) -> GridLine:
        """One grid's line."""
        books = Books(self.books.get(code, ()))
        cells = tuple(self._cell(books, week) for week in self.weeks)
        problems = books.problems(str(self.weeks[-1]))
        worker = _("、").join(self.people.get(code, ()))
        return GridLine(code, name, community, worker, cells, problems, self.open.get(grid, 0))

    def _cell(self, books: Books, week: Week) -> Cell:
        deadline = self.deadlines[week]
        cell = books.cell(week, deadline)
        if cell.state != MISSING:
            return cell
        begun = books.begun or min((Books(one).begun for one in self.books.values()), default=str(self.weeks[-1]))
        if str(week) < begun and not cell.words:
            return Cell(NONE)
        return Cell(MISSING if self.workspace.today > deadline else WAITING, words=cell.words)


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
