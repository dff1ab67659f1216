"""Columns to be ticked below one question: 诉求类别 over 就业 | 入学 | 医疗; the ticked one's heading answers it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from gridworker.domain.ledger import Kind
from gridworker.domain.text.yes_no import parse_yes_no
from gridworker.exchange.columns import Column
from gridworker.exchange.headings import Meaning, fold, meanings, rooted
from gridworker.exchange.laid_out import LaidOut
from gridworker.exchange.model import RawSheet, RawValue
from gridworker.exchange.row_kinds import hold_mostly
from gridworker.exchange.structure import Grid, Heading
from gridworker.exchange.typing_values import acceptor, plain

_KINDS: Final = frozenset({Kind.CODE, Kind.MULTI, Kind.BOOL})
_KNOWN: Final = 0.5
"""Share of headings that are answers of a field, from which the columns are about it."""
_MARKS: Final = 0.6
"""Share of marks among what is filled, from which columns are there to be ticked."""
_LONGEST_QUESTION: Final = 40
"""Characters in which a question ends a heading of several rows; a longer text says more than it."""


@dataclass(frozen=True, slots=True)
class TickGroup:
    """Columns below one question."""

    question: str
    answers: dict[int, str]
    """By column: the answer it stands for."""
    several: bool
    """Whether more than one may be ticked."""

    @property
    def first(self) -> int:
        """The column that stands for all of them."""
        return min(self.answers)

    @property
    def others(self) -> set[int]:
        """The rest of them."""
        return self.answers.keys() - {self.first}


def with_ticks(laid: LaidOut, meant: Mapping[int, Meaning] | None) -> tuple[LaidOut, list[TickGroup]]:
    """A table with one column of answers for each group of ticked ones. `meant`: what a person confirmed."""
    groups = list(_groups(laid, meant))
    if not groups:
        return laid, []
    sheet, cells = _answered(laid, groups)
    headings = dict(laid.table.headings)
    for group in groups:
        for column in group.answers:
            del headings[column]
        headings[group.first] = Heading("", group.question)
    table = replace(laid.table, headings=dict(sorted(headings.items())))
    return replace(laid, grid=Grid(sheet), table=table, cells=laid.cells | cells), groups


def spread(laid: LaidOut, columns: list[Column], groups: list[TickGroup]) -> list[Column]:
    """The columns of the file: those of a group all hold what its answers are read as."""
    by_first = {group.first: group for group in groups}
    found = []
    for one in columns:
        group = by_first.get(one.number)
        for number in group.answers if group else ():
            heading = laid.table.headings[number]
            found.append(replace(one, number=number, heading=heading, name=laid.name(number), ticks=heading.group))
        found += [] if group else [one]
    return found


def _groups(laid: LaidOut, meant: Mapping[int, Meaning] | None) -> Iterator[TickGroup]:
    by_group: dict[str, list[int]] = {}
    for column, heading in laid.table.headings.items():
        if heading.group and heading.leaf:
            by_group.setdefault(heading.group, []).append(column)
    for group, columns in by_group.items():
        leaves = {column: laid.table.headings[column].leaf for column in columns}
        is_apart = len(columns) > 1 and len(set(leaves.values())) == len(columns) == columns[-1] - columns[0] + 1
        if is_apart and _is_ticked(laid, leaves):
            question, fields = _question(group, leaves) if meant is None else _confirmed(group, columns, meant)
            has_heads = any(_is_heading(group, leaf) for leaf in leaves.values())
            is_told = bool(fields) and (meant is not None or bool(laid.table.records) or not has_heads)
            if is_told or (meant is None and not has_heads):
                several = bool(fields) and all(one.field.kind is Kind.MULTI for one in fields)
                answers = {column: _answer(leaf, fields) for column, leaf in leaves.items()}
                yield TickGroup(question, answers, several)


def _is_ticked(laid: LaidOut, leaves: Mapping[int, str]) -> bool:
    """Whether the cells hold marks; numbers beyond 1 are counted things."""
    columns = [laid.grid.shown_below(laid.table.records, one) for one in leaves]
    told = [
        (raw, leaf) for cells, leaf in zip(columns, leaves.values(), strict=True) for raw in cells if raw is not None
    ]
    counted = any(isinstance(raw, (int, float)) and raw not in (0, 1) for raw, _leaf in told)
    mark = lru_cache(maxsize=1024, typed=True)(_mark)
    marks = (mark(raw, leaf) is not None for raw, leaf in told)
    return not counted and hold_mostly(marks, len(told), _MARKS * len(told))


def _mark(raw: RawValue, leaf: str) -> bool | None:
    """Whether a cell is ticked: by a sign, or by the answer itself written out; None for what is no mark."""
    if raw is None or (isinstance(raw, str) and fold(raw) == fold(leaf) and not _says_no(leaf)):
        return raw is not None
    found = parse_yes_no(plain(raw))
    return None if found.issue else bool(found.value)


def _says_no(leaf: str) -> bool:
    return parse_yes_no(leaf).value is False


def _question(group: str, leaves: Mapping[int, str]) -> tuple[str, tuple[Meaning, ...]]:
    """What the answers belong to: the group, or the last words of a heading of several rows."""
    starts = range(max(1, len(group) - _LONGEST_QUESTION), len(group) - 1)
    for start in (0, *starts):
        text = group[start:]
        fields = tuple(one for one in (meanings("", text) or rooted("", text)) if _fits(one, leaves))
        if fields:
            return text, fields
    return group, ()


def _fits(one: Meaning, leaves: Mapping[int, str]) -> bool:
    fitting = sum(map(acceptor(one.field), leaves.values()))
    return one.field.kind in _KINDS and fitting >= _KNOWN * len(leaves)


def _confirmed(group: str, columns: list[int], meant: Mapping[int, Meaning]) -> tuple[str, tuple[Meaning, ...]]:
    """The one field that a person gave all columns of the group."""
    fields = {meant[one].column: meant[one] for one in columns if one in meant}
    is_one = len(fields) == 1 and all(one in meant for one in columns)
    return group, tuple(one for one in fields.values() if is_one and one.field.kind in _KINDS)


def _is_heading(group: str, leaf: str) -> bool:
    return bool(meanings(group, leaf) or rooted(group, leaf))


def _answer(leaf: str, fields: tuple[Meaning, ...]) -> str:
    """The heading, without its brackets where the field only takes it so."""
    bare = fold(leaf, with_brackets=False)
    takes = [acceptor(one.field) for one in fields]
    needs_bare = fields and not any(take(leaf) for take in takes)
    return bare if needs_bare and any(take(bare) for take in takes) else leaf


def _answered(laid: LaidOut, groups: list[TickGroup]) -> tuple[RawSheet, dict[tuple[int, int], tuple[int, int]]]:
    """The sheet with the answers in the first columns, and where in the file they were ticked."""
    sheet = replace(laid.grid.sheet, rows=list(laid.grid.sheet.rows), faults=dict(laid.grid.sheet.faults))
    cells: dict[tuple[int, int], tuple[int, int]] = {}
    for row in laid.table.records:
        values = sheet.rows[row - 1] = list(sheet.rows[row - 1])
        values += [None] * (max(group.first for group in groups) - len(values))
        for group in groups:
            value, fault, place = _ticked(laid, group, row)
            for column in group.answers:
                sheet.faults.pop((row, column), None)
            values[group.first - 1] = value
            cells[row, group.first] = laid.cells.get((row, place), (row, place))
            if fault:
                sheet.faults[row, group.first] = fault
    return sheet, cells


def _ticked(laid: LaidOut, group: TickGroup, row: int) -> tuple[RawValue, str, int]:
    """The answer of a row, what is wrong with it, and its column."""
    ticked: list[int] = []
    for column, answer in group.answers.items():
        raw, fault = laid.grid.shown(row, column), laid.grid.sheet.faults.get(laid.grid.origin(row, column))
        mark = _mark(raw, laid.table.headings[column].leaf or answer)
        if fault or mark is None:
            return raw, fault or "unknown_mark", column
        ticked += [column] if mark else []
    told = "、".join(group.answers[one] for one in ticked)
    fault = "several_ticks" if len(ticked) > 1 and not group.several else ""
    return told or None, fault, ticked[0] if ticked else group.first
