"""How a foreign workbook is understood: a pure function of the file and the confirmed mapping (excel.md §5)."""

from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Any, Final

from gridworker.domain.text.dates import DateContext
from gridworker.exchange import mapping as mappings
from gridworker.exchange import pace
from gridworker.exchange.anchors import OF_NOBODY
from gridworker.exchange.boxes import answered
from gridworker.exchange.columns import Column
from gridworker.exchange.context import LONGEST, Context, Fact, context_facts, contradictory, furniture, place
from gridworker.exchange.foreign_cells import context_of
from gridworker.exchange.headings import Meaning, is_serial
from gridworker.exchange.laid_out import LaidOut, lay_out
from gridworker.exchange.layout import cell_name
from gridworker.exchange.mapping import SheetMapping
from gridworker.exchange.member_blocks import NAME, member_blocks
from gridworker.exchange.members import read_members, tells_home
from gridworker.exchange.model import Problem, RawBook, RawSheet, RawValue
from gridworker.exchange.recognise import recognise
from gridworker.exchange.row_reader import RowReader
from gridworker.exchange.set_aside import hidden_with_records, remarks
from gridworker.exchange.structure import Grid, Heading, Table
from gridworker.exchange.subjects import is_of_needs
from gridworker.exchange.ticks import spread, with_ticks
from gridworker.exchange.totals import wrong_totals
from gridworker.exchange.two_in_one import parted
from gridworker.exchange.understood import ForeignSheet, State, Understanding
from gridworker.i18n import _

_TITLES: Final = 3
"""Rows at the top of a sheet in which its year is looked for."""
_NEAR: Final = 2
"""Texts right above a table: its own title, where others stand above."""
_BEGIN: Final = 200
"""Rows of a hidden sheet that tell whether it holds records."""
_SAMPLED: Final = 500
_SAMPLES: Final = 80
"""So many cells among the first rows decide whether the values of a column fit its heading."""


def understand(raw: RawBook, mapping: Mapping[str, Any] | None = None, file_name: str = "") -> Understanding:
    """Every sheet of a workbook. A confirmed mapping wins over recognition. Raises UserError for a bad mapping."""
    told = mappings.parse(mapping) if mapping is not None else None
    with pace.kept(raw):
        sheets: list[ForeignSheet] = []
        for one in raw.sheets:
            found = _understand_sheet(one, told, file_name)
            if any(each.takes_year and each.year is None for each in found) and (year := _year_beside(raw, one)):
                found = [
                    _with_year_beside(each, year) for each in _understand_sheet(one, told, f"{file_name} {year}年")
                ]
            sheets += found
        return Understanding(file_name, sheets, remarks(raw, sheets))


def _year_beside(raw: RawBook, sheet: RawSheet) -> int | None:
    """The year that all other visible sheets of a book that tell one tell in their titles; None for none or several."""
    others = (one for one in raw.sheets if one.visible and one is not sheet)
    titles = ([str(value) for row in one.rows[:_TITLES] for value in row if isinstance(value, str)] for one in others)
    years = {context_of(texts).year for texts in titles} - {None}
    return years.pop() if len(years) == 1 else None


def _with_year_beside(sheet: ForeignSheet, year: int) -> ForeignSheet:
    """Days without a year were read in that of the sheets beside, which is told."""
    if sheet.takes_year and sheet.year == year and mappings.YEAR not in sheet.defaults:
        message = _("这张表没写年份，没写年份的日期照同一文件里别的工作表的{year}年读了；请核对。")
        sheet.problems.append(Problem(sheet.name, "", "year_beside", message.format(year=year)))
    return sheet


def _understand_sheet(raw: RawSheet, told: list[SheetMapping] | None, file_name: str) -> list[ForeignSheet]:
    """The main table of a sheet, then the others that hold records."""
    confirmed = mappings.of_sheet(told, raw.name) if told is not None else None
    state = _state(raw, told, confirmed)
    tables = lay_out(raw, confirmed.header_rows if confirmed else ()) if state == "read" else []
    found: list[ForeignSheet] = []
    for laid in (parted(answered(one)) for one in tables):
        about = [text[:LONGEST] for text in (*laid.table.above, raw.name, file_name)]
        if laid.goes_on and found:
            _go_on(laid, found[0], about)
            continue
        if laid.part and told is not None:
            confirmed = mappings.of_sheet(told, f"{raw.name}!{laid.part}", alone=True) or SheetMapping(None)
        sheet = ForeignSheet(raw.name, part=laid.part, defaults=dict(confirmed.defaults) if confirmed else {})
        _read_table(laid, sheet, about, _meant(laid, confirmed) if confirmed else None)
        sheet.context = _context(raw, sheet, file_name)
        sheet.problems += [
            _apart(sheet, *one)
            for one in contradictory(sheet.context, years=sheet.takes_year and mappings.YEAR not in sheet.defaults)
            if _is_needed(sheet, one[0])
        ]
        if not laid.part or (sheet.mapped and (told is not None or not _is_of_nobody(sheet, laid))):
            if found:
                _live_with(sheet, found[0])
            found.append(sheet)
        elif laid.table.records:
            _leave(laid, found[0])
    if state == "hidden" and _holds_records(raw, file_name):
        return [ForeignSheet(raw.name, state, problems=[hidden_with_records(raw.name)])]
    return found or [ForeignSheet(raw.name, "no_table" if state == "read" else state)]


def _is_of_nobody(sheet: ForeignSheet, laid: LaidOut) -> bool:
    """Whether a further table says neither who asked nor when, and no title of its own speaks of needs."""
    return {*sheet.mapped.values()} <= OF_NOBODY and not is_of_needs(laid.table.above[-_NEAR:])


def _context(raw: RawSheet, sheet: ForeignSheet, file_name: str) -> Context:
    """What is said around the records of a table; above a card, all that stands there."""
    records = [one.row for one in sheet.rows]
    if not records:
        return Context()
    above = range(1, min(records)) if not sheet.header_rows else ()
    rows = sorted({*above, *furniture(sheet.ignored_rows)})
    return context_facts(raw, rows, (min(records), max(records)), file_name)


def _is_needed(sheet: ForeignSheet, fact: Fact) -> bool:
    """Whether records get what is said of them all: neither a column nor a person tells it."""
    if fact.kind == "year":
        return True
    told = {f"{ledger}.{fact.kind}" for ledger in ("household", "visit", "need")}
    held = {one.ledger for column in sheet.columns if (one := column.meaning)}
    takes = {"household", "need"} if fact.kind == "grid" else {"visit", "need"}
    return bool(held & takes) and not told & {*sheet.mapped.values(), *sheet.defaults}


def _apart(sheet: ForeignSheet, one: Fact, other: Fact) -> Problem:
    """Two places that say otherwise: neither is taken; of years the nearest, since a day without one says nothing."""
    if one.kind == "year":
        message = _("{place}写的是{value}年，{other_place}写的是{other}年；没写年份的日期照{value}年读了，请核对。")
    else:
        message = _(
            "{place}写的是“{value}”，{other_place}写的是“{other}”，不知道按哪个算，都没有采用；请在“栏目对应”里选定。"
        )
    told = message.format(place=place(one.at), value=one.value, other_place=place(other.at), other=other.value)
    return Problem(sheet.name, one.at if one.row else "", "contradictory_context", told, other.value)


def _holds_records(raw: RawSheet, file_name: str) -> bool:
    """Whether the beginning of a hidden sheet would be read as records."""
    begin = replace(raw, visible=True, rows=raw.rows[:_BEGIN])
    return any(one.rows for one in _understand_sheet(begin, None, file_name))


def _live_with(sheet: ForeignSheet, form: ForeignSheet) -> None:
    """A list of relatives below a form of one household lives there."""
    held = {one.meaning.column for one in sheet.columns if one.meaning}
    is_theirs = {NAME, "resident.relation"} <= held and not any(name.startswith("household.") for name in held)
    begin = sheet.header_rows[0] if sheet.header_rows else 0
    above = [one for one in form.rows if one.row < begin and not one.block]
    if is_theirs and not form.header_rows and above and tells_home(above[-1]):
        for row in sheet.rows:
            row.home = above[-1].mark


def _leave(laid: LaidOut, main: ForeignSheet) -> None:
    """Tell of a table that nobody understood."""
    table = laid.table
    main.unread.append(laid.part)
    own = {*main.header_rows, *(row.row for row in main.rows)}
    rows = table.ignored | dict.fromkeys((*table.header_rows, *table.records), "note") | main.ignored_rows
    main.ignored_rows = {row: rows[row] for row in sorted(rows.keys() - own)}


def _read_table(
    laid: LaidOut, sheet: ForeignSheet, about: list[str], meant: Mapping[int, Meaning] | None
) -> ForeignSheet:
    """What a table holds. `meant`: the columns that a person confirmed; None where they are to be recognised."""
    sheet.header_rows, sheet.ignored_rows = laid.table.header_rows, dict(laid.table.ignored)
    ticked, groups = with_ticks(laid, meant)
    blocks = member_blocks(ticked.table.headings)
    others = {column for block in blocks for column in block}.union(*(group.others for group in groups))
    sheet.columns = _columns(ticked, about, meant, others)
    context = context_of([*about, *_signed(laid)])
    unnamed = context_of([*about[:-1], *_signed(laid)])
    sheet.dated_by_name = f"{context.year} {context.month} {context.until}" if context != unnamed else ""
    if mappings.YEAR in sheet.defaults:
        context, sheet.dated_by_name = _of_year(context, sheet.defaults[mappings.YEAR]), ""
    sheet.year = context.year
    if sheet.mapped:
        RowReader(ticked, sheet, context).read()
    sheet.columns = spread(laid, sheet.columns, groups)
    if blocks:
        read_members(laid, sheet, blocks, meant, context)
    if sheet.mapped:
        sheet.problems += [_wrong_total(sheet.name, *one) for one in wrong_totals(laid.grid, laid.table)]
    return sheet


def _of_year(context: DateContext, chosen: str) -> DateContext:
    """The time of the report in the year that a person chose; empty for none known."""
    year = int(chosen) if chosen else None
    return context if context.year == year else DateContext(year)


def _signed(laid: LaidOut) -> list[str]:
    """What stands beside the signatures: the day of a sheet that tells none above."""
    rows = [row for row, reason in laid.table.ignored.items() if reason == "sign"]
    return [str(value) for row in rows for value in laid.grid.filled(row, range(1, laid.grid.width + 1)).values()]


def _wrong_total(name: str, row: int, column: int, told: str, right: str) -> Problem:
    message = _("合计写的是{told}，上面各行加起来是{right}；请核对是漏了行还是算错了。")
    return Problem(name, cell_name(row, column), "wrong_total", message.format(told=told, right=right), told)


def _go_on(laid: LaidOut, main: ForeignSheet, about: list[str]) -> None:
    """The same table once more beside itself: its columns mean the same, its records follow."""
    pairs = list(zip(main.columns, laid.table.headings, strict=False))
    meant = {number: one.meaning for one, number in pairs if one.meaning}
    sheet = _read_table(laid, ForeignSheet(main.name), about, meant)
    before = {number: one for one, number in pairs}
    for one in sheet.columns:
        if one.number in before:
            one.confidence, one.doubt = before[one.number].confidence, before[one.number].doubt
    main.columns += sheet.columns
    main.rows += sheet.rows
    main.problems += sheet.problems


def read_rows(raw: RawSheet, table: Table, sheet: ForeignSheet, about: list[str]) -> None:
    """Read the records of a table whose columns are known into its sheet."""
    RowReader(LaidOut(Grid(raw), table), sheet, context_of(about), named=True).read()


def _state(raw: RawSheet, told: object, confirmed: SheetMapping | None) -> State:
    if not raw.rows:
        return "empty"
    if confirmed or (told is None and raw.visible):
        return "read"
    return "not_mapped" if raw.visible else "hidden"


def _columns(
    laid: LaidOut, about: list[str], meant: Mapping[int, Meaning] | None, others: Set[int] = frozenset()
) -> list[Column]:
    """What the columns hold; `others`: those that are not columns of the row's own."""
    grid, table = laid.grid, laid.table
    headings = {column: one for column, one in table.headings.items() if column not in others}
    rows = table.records[:_SAMPLED]
    shown: dict[int, list[RawValue]] = {column: grid.shown_below(rows, column) for column in headings}
    told = {column: [*zip(rows, raws, strict=True)] for column, raws in shown.items()}
    faults = {cell for cell, fault in grid.sheet.faults.items() if fault == "two_facts"}
    samples = {
        column: [raw for row, raw in pairs if raw is not None and (row, column) not in faults][:_SAMPLES]
        for column, pairs in told.items()
    }
    if meant is None:
        found = recognise(headings, samples, " ".join(about), " ".join(table.above[-_NEAR:]))
    else:
        every = sorted(headings.keys() | meant.keys() - {0} - others)
        found = [Column(column, headings.get(column, Heading()), meant.get(column), 1.0) for column in every]
        for one in found:
            one.doubt = "serial" if one.meaning is None and is_serial(one.heading.leaf) else ""
    for one in found:
        one.name, head = laid.name(one.number), (table.header_rows[-1:] or (0,))[0]
        one.heading_at = laid.cell(head, one.number) if (head, one.number) in laid.cells and not laid.names else ""
        one.samples = [*samples.get(one.number, ())[:3]]
    return found


def _meant(laid: LaidOut, confirmed: SheetMapping) -> dict[int, Meaning]:
    return {laid.number(name): meaning for name, meaning in confirmed.columns.items()}
