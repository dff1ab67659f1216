"""In which grid and by whom the records of a foreign sheet are: by a person's word, by what the sheet says of them all
as far as the roster knows it, else the grid of this laptop. Whatever is doubtful stays open and is asked once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from gridworker.domain.versions.entries import Value
from gridworker.exchange.context import Context, Fact, Kind, contradictory, grid_key, place, same_grid
from gridworker.exchange.mapping import YEAR
from gridworker.exchange.model import Problem
from gridworker.exchange.understood import ForeignSheet
from gridworker.i18n import _
from gridworker.services import foreign_lines, roster
from gridworker.services.roster import RosterLine
from gridworker.services.workspace import Workspace

GRID: Final = "household.grid"
WORKER: Final = "visit.worker"
_YEARS: Final = 8
"""Years that are offered, the next one first."""
WORKERS: Final = (WORKER, "need.worker")
"""Fields that say who walked or wrote it down."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that holds for all records of a sheet."""

    field: str
    value: str = ""
    """The code of a grid, the name of a worker; empty where it is left open."""
    told: str = ""
    """What the sheet says, and where."""
    by_hand: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    """What a person may choose: values, each with what it is called."""

    @property
    def is_year(self) -> bool:
        """Whether it is the year of days that are written without one."""
        return self.field == YEAR

    @property
    def shown(self) -> str:
        """What the value is called; empty where it is left open."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(slots=True)
class Settled:
    """What the records of one sheet get that their rows do not say."""

    said: list[Said] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    parts: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """By first row: what holds from there on, by field."""

    def at(self, row: int) -> dict[str, Value]:
        """What a row gets."""
        told = next((told for first, told in reversed(self.parts) if first <= row), {})
        return {column: foreign_lines.default(column, text) for column, text in told.items() if text}


class Whereabouts:
    """The grids and workers known here, and which of them a sheet means."""

    def __init__(self, workspace: Workspace) -> None:
        today = workspace.today.year
        self._own: str = workspace.store.get("grid") or ""
        self._grids = roster.roster(workspace)
        self._people = {name for names in roster.workers_by_grid(workspace).values() for name in names if name}
        self._choices = {
            GRID: tuple((one.code, f"{one.code} {one.name}") for one in self._grids),
            WORKER: tuple((name, name) for name in sorted(self._people)),
            YEAR: tuple((str(one), str(one)) for one in range(today + 1, today - _YEARS, -1)),
        }

    def settle(self, sheet: ForeignSheet) -> Settled:
        """What the records of a sheet get; a confirmed mapping tells more than the sheet."""
        found = Settled()
        held = {one.meaning.ledger for one in sheet.columns if one.meaning}
        mapped = set(sheet.mapped.values())
        whole = {name: text for name, text in sheet.defaults.items() if name != YEAR}
        parts: dict[int, dict[str, str]] = {0: {}}
        if any(map(foreign_lines.lies_in_a_grid, held)):
            blocks = [] if GRID in mapped else self._blocks(sheet, "grid", GRID, found)
            found.said.append(self._grid_of_blocks(sheet, blocks, found, parts) or self._grid(sheet, found, mapped))
            whole[GRID] = found.said[-1].value
        if held & {"visit", "need"} and not mapped.intersection(WORKERS):
            blocks = self._blocks(sheet, "worker", WORKER, found)
            for first, fact in blocks or ():
                parts.setdefault(first, {}).update(dict.fromkeys(WORKERS, fact.value))
            found.said.append(_of_blocks(WORKER, blocks) or self._worker(sheet))
            whole |= {name: sheet.defaults.get(name) or found.said[-1].value for name in WORKERS}
        if sheet.takes_year:
            said = Said(YEAR, str(sheet.year or ""), _words(sheet.context.of("year")), YEAR in sheet.defaults)
            found.said.append(said)
        found.said = [replace(one, choices=self._choices[one.field]) for one in found.said]
        told = whole
        for first in sorted(parts):
            told = told | parts[first]
            found.parts.append((first, told))
        return found

    def _blocks(self, sheet: ForeignSheet, kind: Kind, field: str, found: Settled) -> list[tuple[int, Fact]] | None:
        """What lines between the records say, unless a person said it for all; None, and asked, if unclear."""
        blocks = [] if field in sheet.defaults else sheet.context.blocks(kind)
        if blocks is None:
            found.problems.append(_unclear(sheet, sheet.context.between(kind)[0]))
        return blocks

    def _grid_of_blocks(
        self,
        sheet: ForeignSheet,
        blocks: list[tuple[int, Fact]] | None,
        found: Settled,
        parts: dict[int, dict[str, str]],
    ) -> Said | None:
        """The grids that lines between the records name, each for its rows."""
        for first, fact in blocks or ():
            fitting = self._meant([fact], sheet.context)
            if len(fitting) != 1 and not any(one.code == "unknown_grid" for one in found.problems):
                found.problems.append(_unknown(sheet, fact, fitting))
            parts.setdefault(first, {})[GRID] = fitting[0].code if len(fitting) == 1 else ""
        return _of_blocks(GRID, blocks)

    def _grid(self, sheet: ForeignSheet, found: Settled, mapped: set[str]) -> Said:
        """The grid of the rows that name none; where a column names it, that of this laptop is left for blank ones."""
        if GRID in sheet.defaults:
            return Said(GRID, sheet.defaults[GRID], by_hand=True)
        context = sheet.context
        if GRID in mapped:
            return Said(GRID, self._own)
        if any(one.kind == "grid" for one, _other in contradictory(context)):
            return Said(GRID, told=_words(context.of("grid")))
        named = [one for one in self._grids if one.code.upper() in context.codes]
        if facts := context.of("grid"):
            fitting = [one for one in self._meant(facts, context) if not named or one in named]
            if len(fitting) != 1:
                found.problems.append(_unknown(sheet, facts[0], fitting))
            return Said(GRID, fitting[0].code if len(fitting) == 1 else "", _words(facts))
        if len(named) == 1:
            return Said(GRID, named[0].code, f"{named[0].code}（{place('file')}）")
        return self._own_grid(sheet, found.problems)

    def _own_grid(self, sheet: ForeignSheet, problems: list[Problem]) -> Said:
        """The grid of this laptop, unless the sheet is about another community."""
        own = next((one for one in self._grids if one.code == self._own), None)
        facts = sheet.context.of("community")
        if own and own.community and facts and not any(_is_of(own.community, one.value) for one in facts):
            problems.append(_elsewhere(sheet, facts[0], own))
            return Said(GRID, told=_words(facts))
        return Said(GRID, self._own)

    def _meant(self, facts: Iterable[Fact], context: Context) -> list[RosterLine]:
        """The grids that all names of a sheet may mean, in its community; one that is called just so before others."""
        names = [one.value for one in facts]
        places = [one.value for one in context.of("community")]
        found = [
            one
            for one in self._grids
            if all(same_grid(name, one.name) or grid_key(name) == one.code.upper() for name in names)
            and (not places or not one.community or any(_is_of(one.community, said) for said in places))
        ]
        exact = [
            one for one in found if any(grid_key(name) in {grid_key(one.name), one.code.upper()} for name in names)
        ]
        return exact or found

    def _worker(self, sheet: ForeignSheet) -> Said:
        """Who walked: named as such, else a reporter or a word of the file's name that is a worker known here."""
        if WORKER in sheet.defaults:
            return Said(WORKER, sheet.defaults[WORKER], by_hand=True)
        context = sheet.context
        facts = context.of("worker")
        names = {one.value for one in facts}
        if not names:
            facts = [one for one in context.of("reporter") if one.value in self._people]
            names = {one.value for one in facts} or self._people.intersection(context.words)
        told = _words(facts) if facts else _("、").join(sorted(names))
        return Said(WORKER, next(iter(names)) if len(names) == 1 else "", told)


def leaves_grid_open(sheet: ForeignSheet) -> bool:
    """Whether a household, a need or another record of a sheet lies in a grid that its row does not name."""
    for row in sheet.rows:
        told = foreign_lines.told(row)
        placed = filter(foreign_lines.lies_in_a_grid, map(foreign_lines.ledger_of, told))
        if GRID not in told and any(name == "need" or f"{name}.grid" not in told for name in placed):
            return True
    return False


def _words(facts: Iterable[Fact]) -> str:
    """What facts say, each with its place."""
    return _("；").join(dict.fromkeys(f"{one.value}（{place(one.at)}）" for one in facts))


def _is_of(community: str, said: str) -> bool:
    short = sorted((community, said), key=len)
    return short[0].removesuffix("社区").removesuffix("村") in short[1]


def _of_blocks(field: str, blocks: list[tuple[int, Fact]] | None) -> Said | None:
    """What lines between the records say, for a person to see; None where none do."""
    return Said(field, told=_words(fact for _first, fact in blocks or ())) if blocks != [] else None


def _unclear(sheet: ForeignSheet, fact: Fact) -> Problem:
    message = _(
        "{place}写的是“{value}”，看不出说的是上面几行还是下面几行，没有采用；请在“栏目对应”里选定，或加一列写明。"
    )
    return Problem(
        sheet.name, fact.at, "unclear_line", message.format(place=place(fact.at), value=fact.value), fact.value
    )


def _unknown(sheet: ForeignSheet, fact: Fact, fitting: list[RosterLine]) -> Problem:
    if fitting:
        names = _("、").join(f"{one.code} {one.name}" for one in fitting)
        message = _("{place}写的网格“{value}”可能是{names}，没有采用；请在“栏目对应”里选定。")
    else:
        names = ""
        message = _(
            "{place}写的网格“{value}”不在网格名单里，这张表的记录先不归网格；请在“栏目对应”里选定，或先登记这个网格。"
        )
    told = message.format(place=place(fact.at), value=fact.value, names=names)
    return Problem(sheet.name, fact.at if fact.row else "", "unknown_grid", told, fact.value)


def _elsewhere(sheet: ForeignSheet, fact: Fact, own: RosterLine) -> Problem:
    message = _("{place}写的是“{value}”，不是本网格所在的{own}，这张表的记录先不归网格；请在“栏目对应”里选定。")
    told = message.format(place=place(fact.at), value=fact.value, own=own.community)
    return Problem(sheet.name, fact.at if fact.row else "", "other_community", told, fact.value)


def as_told(settled: Settled, *, grid: bool) -> list[list[object]]:
    """What of it the readings of a sheet depend on; `grid`: whether some row takes it."""
    return [
        [first, sorted((name, text) for name, text in told.items() if text and (grid or name != GRID))]
        for first, told in settled.parts
    ]


def of_sheets(workspace: Workspace, sheets: Iterable[ForeignSheet]) -> Mapping[str, Settled]:
    """By key of a sheet: what its records get."""
    where = Whereabouts(workspace)
    return {one.key: where.settle(one) for one in sheets}
