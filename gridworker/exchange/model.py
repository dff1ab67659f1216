"""What the spreadsheet side gives and takes; plain data without any spreadsheet library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.rules.chain import Link
from gridworker.domain.rules.log_heads import LogHead
from gridworker.domain.versions.entries import Cell, Entry, Value

RawValue = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(slots=True)
class RawSheet:
    """One sheet as it lies in the file. Row and column numbers are 1-based everywhere outside `rows`."""

    name: str
    visible: bool = True
    rows: list[list[RawValue]] = field(default_factory=list)
    """`rows[r - 1][c - 1]`; trailing blanks may be missing."""
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that look blank but are not: `error_cell`, `formula_without_value`, `picture`, by row and column."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """Of xls and ods, with their `=`: those that stay within their sheet; an xlsx keeps its own."""
    lists: list[tuple[str, str]] = field(default_factory=list)
    """Of xls: areas of cells that offer words, and the words or the cells that hold them, as a formula."""


@dataclass(slots=True)
class RawBook:
    """One file as read, whatever its format."""

    kind: Literal["xlsx", "xls", "ods", "csv", "html"]
    sheets: list[RawSheet]
    encrypted: bool = False
    """Whether a password opened it."""
    modified_by: str = ""
    """Who saved it last, as the document says; empty where it says nothing."""
    notes: list[str] = field(default_factory=list)
    """Sentences worth telling: other files are referred to."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file that could not be taken as it stands."""

    sheet: str
    cell: str
    code: str
    message: str
    """What and what to do next, in the person's language."""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One entry a workbook makes, with where it stood. `ledger` names the record's ledger."""

    ledger: str
    entry: Entry
    sheet: str = ""
    cells: str = ""
    """Cells of an edit or row, such as `P9` or `B7:G7`."""
    counted: Mapping[str, int] = field(default_factory=dict)
    """By group: how many cells it speaks for."""
    author: str = ""
    """Of a version carried in full: who made it; empty for what stands in the file's cells."""
    at: str = ""
    deed: Id = 0
    device: Id = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row of our own book that no token speaks for: it is read like a row of somebody else's sheet."""

    sheet: str
    ledger: str
    row: int
    values: Mapping[str, Value]
    """By column name such as `visit.content`: what it says."""
    record: Id = 0
    """The record it still names; 0 for none."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """By column name: its letter."""
    flagged: int = 0
    """Cells that were not taken: masked, unreadable."""
    problems: Sequence[Problem] = ()


@dataclass(slots=True)
class BookReading:
    """All that one of our own workbooks says."""

    export: Id
    sender: str
    grid: str
    week: str
    first: str
    last: str
    masked: bool
    role: str
    """`worker` or `township`: who exported it."""
    past: tuple[Link, ...] = ()
    """The workbooks that left before it, oldest first."""
    nil: bool = False
    """Whether nothing happened in its days."""
    made: str = ""
    """The day it was exported."""
    log: LogHead = field(default_factory=LogHead)
    """Where the access log of the laptop stood."""
    logs: Mapping[Id, tuple[int, str]] = field(default_factory=dict)
    """By workbook before it: lines and chain value of that log then."""
    contributions: list[Contribution] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    edited: int = 0
    flagged: int = 0
    offered: int = 0
    """Cells of columns emptied as a whole, which a person is asked about."""
    loose: list[LooseRow] = field(default_factory=list)
    rows: int = 0
    modified_by: str = ""
    """Last-modified-by of the document: the likely author of edits."""
    absent: int = 0
    """Rows that left with the workbook and are not in it any more; nothing is deleted for that."""
    newer: bool = False
    """Whether a newer program wrote more than is understood here: the file is kept and read again after an upgrade."""

    @property
    def cells(self) -> int:
        """Cells of rows with a token that were looked at."""
        return self.unchanged + self.edited + self.flagged + self.offered


@dataclass(frozen=True, slots=True)
class OutRow:
    """One record as it goes into a data sheet."""

    record: Id
    values: Mapping[str, Value]
    """What each field shows here, already masked where the book is; fields never set are absent."""
    cells: Mapping[str, Cell]
    """By group: whose value is shown, what was known before it, what stands unshown (versions.md §3)."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """Texts for orientation, by column such as `household:address` or `=last_met`."""
    alarm: frozenset[str] = frozenset()
    """Columns to print in red: overdue, urgent."""
    held: frozenset[Id] | None = None
    """All entries held of the record: what is known of a group nobody ever set (versions.md §3.1)."""


@dataclass(frozen=True, slots=True)
class OutSheet:
    """One data sheet."""

    ledger: Ledger
    rows: Sequence[OutRow]
    columns: tuple[str, ...]
    """Columns in order, in the words of `Ledger.columns`; masked-away fields are already left out."""
    visible: bool = True
    total: str = ""
    """What the total row says, e.g. 期初 11 ＋ 本周新增 5 － 办结 3 ＝ 未办结 13 件."""
    name: str = ""
    """What its tab is called, if not like its ledger."""
    title: str = ""
    """What stands over it, if not its name."""
    to_fill: bool = False
    """Whether it is a form to fill in: its lists are offered to everybody."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the summary: numerator, denominator; a rate with denominator 0 prints as —."""

    label: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class KindLine:
    """One need kind of the summary: opening + new − closed = open."""

    label: str
    opening: int
    new: int
    closed: int
    overdue: int
    median_days: int | None


@dataclass(frozen=True, slots=True)
class OutBook:
    """A whole weekly workbook before it is a file."""

    export: Id
    title: str
    """E.g. 梅山镇金江社区 金江西苑3网格（JX03）."""
    grid: str
    """Code of the grid, empty from a township."""
    sender: str
    role: str
    week: str
    """`2026-W47`, or empty for a free range."""
    first: date
    last: date
    made_on: date
    masked: bool
    previous: Id | None
    log: LogHead
    """Where the access log stands."""
    sheets: Sequence[OutSheet]
    visits: Sequence[Measure] = ()
    needs: Sequence[Measure] = ()
    kinds: Sequence[KindLine] = ()
    weeks: Sequence[tuple[str, int]] = ()
    """Households met in each of the last eight weeks."""
    community: Sequence[Measure] = ()
    """What the community did in these days, if anything."""
    coordinate: Sequence[tuple[str, ...]] = ()
    """Lines of 需乡镇协调事项: number, content, kind, asked for, due."""
    carried: Sequence[Contribution] = ()
    """Entries for `_gw`: only in a full, encrypted workbook, in causal order per record."""
    withheld: int = 0
    """Secret needs that the summary counts and a masked book does not list."""
    units: Sequence[str] = ()
    """Names offered in the list of 交办单位."""
    past: Sequence[Link] = ()
    """The workbooks that left before it, oldest first, with their fingerprints."""
    logs: Mapping[Id, tuple[int, str]] = field(default_factory=dict)
    """By workbook before it: lines and chain value of the access log then, as the log says now."""
    nil: bool = False
    """A 零报告: nothing happened in its days."""
    only_replies: bool = False
    """A short workbook: the cover and the needs that were answered."""

    @property
    def predecessor(self) -> Link | None:
        """The workbook that left just before."""
        return self.past[-1] if self.past else None

    @property
    def replaces(self) -> Link | None:
        """The last workbook of the same week and form: this one is handed in in its place."""
        same = (one for one in reversed(self.past) if one.week == self.week and one.masked == self.masked)
        return next(same, None) if self.week else None
