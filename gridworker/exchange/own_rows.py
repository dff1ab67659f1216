"""One row of our own workbook: each visible cell is as it left, or an edit, or something to ask about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Final

from gridworker.domain import masking, values
from gridworker.domain.ids import Id, hashed_id
from gridworker.domain.ledger import DELETED, Field, Kind, Ledger, Privacy
from gridworker.domain.text.parsed import Parsed
from gridworker.domain.versions.entries import MISSING, Cell, Masked, Statement, Value, Version
from gridworker.exchange.deletions import deletion, wants_deletion
from gridworker.exchange.layout import FULL_ONLY, OWN_FIELDS, Column, cell_name
from gridworker.exchange.model import Contribution, Problem, RawSheet, RawValue
from gridworker.exchange.token import RowToken
from gridworker.i18n import _

_PLAIN: Final = frozenset({Kind.TEXT, Kind.LONG, Kind.REF, Kind.CODE, Kind.MULTI})
"""Kinds whose canonical text may stand in the cell; of codes those that this program does not know."""
_TAKEN: Final = frozenset({"multiple", "ambiguous"})
"""Readings of a cell that give a value and still a question."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row with its token."""

    number: int
    token: RowToken
    cells: list[RawValue]


@dataclass(slots=True)
class RowReading:
    """What one row comes to; every cell of a field counts once."""

    unchanged: int = 0
    edited: int = 0
    flagged: int = 0
    offered: int = 0
    """Cells that ask to be cleared by the column."""
    problems: list[Problem] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    edited_fields: set[str] = field(default_factory=set)
    cleared: dict[str, str] = field(default_factory=dict)
    """By field emptied: its cell."""
    renamed: dict[str, str] = field(default_factory=dict)
    """By field that names the record, said something and says something else now: its cell."""
    moved: bool = False
    """Whether the cells shown for orientation are not as they left."""


@dataclass(slots=True)
class _Group:
    """The cells of one group in one row."""

    shown: dict[str, Value] = field(default_factory=dict)
    """By visible member: the value its cell holds now."""
    edited: dict[str, str] = field(default_factory=dict)
    """By edited member: its cell."""
    cells: int = 0
    broken: bool = False


def read_row(sheet: RawSheet, columns: Mapping[int, Column], row: OwnRow, digest: str) -> RowReading:
    """All that a row says: one statement of what is as it left, one version per edited group."""
    found = RowReading()
    of = row.token.ledger
    groups: dict[str, _Group] = {}
    for number, column in columns.items():
        if column.field and row.token.shows(column.name):
            group = groups.setdefault(of.group_of(column.name), _Group())
            _read_cell(sheet, row, number, column, group, found)
    stated: dict[str, Cell] = {}
    for name, group in groups.items():
        _settle(sheet, row, name, group, digest, found, stated)
    if stated:
        cells = f"{cell_name(row.number, min(columns))}:{cell_name(row.number, max(columns))}"
        found.contributions.insert(0, Contribution(of.name, Statement(row.token.record, stated), sheet.name, cells))
    _orientation(sheet, columns, row, found)
    _read_deletion(sheet, columns, row, found)
    if not row.token.hashes:
        message = _("这一行改动次数太多，表里带不下；表里改的没有采用，请在程序里改。")
        found.problems.append(Problem(sheet.name, cell_name(row.number, 1), "not_comparable", message))
    return found


def _read_cell(sheet: RawSheet, row: OwnRow, number: int, column: Column, group: _Group, found: RowReading) -> None:
    """Most cells are as they left, and that is quickly seen."""
    group.cells += 1
    raw = row.cells[number - 1] if number <= len(row.cells) else None
    if (row.number, number) not in sheet.faults and _as_it_left(row.token, column, raw):
        masked = column.name in row.token.masked
        group.shown[column.name] = _unseen(str(raw or "")) if masked else _value(column, raw)
    else:
        _read_closely(sheet, row, number, column, group, found)


def _read_closely(sheet: RawSheet, row: OwnRow, number: int, column: Column, group: _Group, found: RowReading) -> None:
    """A day without its year is asked about: whether 1月20日 was or will be, no sheet can tell."""
    assert column.field is not None
    where = cell_name(row.number, number)
    raw = row.cells[number - 1] if number <= len(row.cells) else None
    fault = sheet.faults.get((row.number, number))
    if fault:
        _flag(sheet, where, group, found, fault, _FAULTS[fault](), raw)
        return
    parsed = values.parse(column.field, plain_raw(raw))
    text = values.canonical_text(column.field, parsed.value)
    unread = parsed.value is None and bool(parsed.issue)
    if not unread and not row.token.edited(column.name, text):
        group.shown[column.name] = _unseen(text) if column.name in row.token.masked else parsed.value
        return
    refusal = _refusal(row.token, column, raw, parsed)
    if refusal:
        _flag(sheet, where, group, found, *refusal, raw)
        return
    group.shown[column.name] = parsed.value
    group.edited[column.name] = where
    if parsed.value is None:
        found.cleared[column.name] = where
    _note_renaming(row, column, group, found)
    code = parsed.issue or ("unknown_code" if values.unknown_words(column.field, parsed.value) else "")
    if code:
        message = _explained(column.field, raw, parsed, "invalid" if code == "unknown_code" else code)
        found.problems.append(Problem(sheet.name, where, code, message, str(raw)))


def _refusal(token: RowToken, column: Column, raw: RawValue, parsed: Parsed) -> tuple[str, str] | None:
    """Why an edit cannot be taken: code and sentence; None when it can."""
    assert column.field is not None
    masked = column.name in token.masked
    if masked and "*" in str(raw):
        return "masked_edit", _("这一格原来是遮住的，改后还带着星号，没有采用；请写全再导入。")
    if parsed.value is None and not parsed.issue and (masked or column.field.required):
        return "cleared_unseen", _("这一格被清空，但原内容这里看不全或必须有，没有采用；要清空请在程序里改。")
    if parsed.issue and parsed.issue not in _TAKEN:
        return parsed.issue, _explained(column.field, raw, parsed, parsed.issue)
    return None


def _explained(one: Field, raw: RawValue, parsed: Parsed, issue: str) -> str:
    return values.explain(one, plain_raw(raw), parsed.value, issue)


def _unseen(text: str) -> Value:
    """What a cell says that was marked as not showing its value: the mask, or nothing at all."""
    return Masked(text.strip()) if text.strip() else MISSING


def _as_it_left(token: RowToken, column: Column, raw: RawValue) -> bool:
    """The quick way for most cells: nothing, or the very text that left, which is canonical for these kinds."""
    if raw is None:
        return not token.edited(column.name, "")
    if not isinstance(raw, str) or (column.field and column.field.kind not in _PLAIN):
        return False
    return not token.edited(column.name, raw)


def _value(column: Column, raw: RawValue) -> Value:
    assert column.field is not None
    if raw is None:
        return None
    return values.parse(column.field, plain_raw(raw)).value if column.field.kind is Kind.REF else str(raw)


def canonical_texts(columns: Mapping[int, Column], row: OwnRow) -> dict[str, str]:
    """By field: the canonical text of its cell as it stands now."""
    texts = {}
    for number, column in columns.items():
        if column.field:
            raw = row.cells[number - 1] if number <= len(row.cells) else None
            same = (
                isinstance(raw, str) and _as_it_left(row.token, column, raw) if row.token.shows(column.name) else False
            )
            value = values.parse(column.field, plain_raw(raw)).value
            texts[column.name] = str(raw) if same else values.canonical_text(column.field, value)
    return texts


def words(row: list[RawValue]) -> str:
    """The beginning of a row in one line."""
    return " | ".join(str(value) for value in row if value is not None and str(value).strip())[:200]


def plain_raw(raw: RawValue) -> values.Raw:
    """What the parsers take; a bare time of day or a duration is text to them."""
    return str(raw) if isinstance(raw, (time, timedelta)) else raw


def _error_cell() -> str:
    return _("这一格是公式错误，没有采用；请改成值再导入。")


def _no_value() -> str:
    return _("这一格的公式没有算出值；请在 Excel 或 WPS 里打开、存盘后再导入。")


def _picture() -> str:
    return _("这一格是图片，没有采用；请把内容写成文字。")


_FAULTS: Final = {"error_cell": _error_cell, "formula_without_value": _no_value, "picture": _picture}


def _flag(
    sheet: RawSheet, where: str, group: _Group, found: RowReading, code: str, message: str, raw: RawValue
) -> None:
    group.broken = True
    found.problems.append(Problem(sheet.name, where, code, message, "" if raw is None else str(raw)))


def _settle(
    sheet: RawSheet, row: OwnRow, name: str, group: _Group, digest: str, found: RowReading, stated: dict[str, Cell]
) -> None:
    """A group with a broken cell says nothing; an edited one is a version; else it states whose value it shows."""
    token = row.token
    if group.broken:
        found.flagged += group.cells
        return
    of = token.of.get(name, frozenset())
    if not group.edited:
        found.unchanged += group.cells
        if of:
            value = tuple(group.shown.get(member, MISSING) for member in token.ledger.members(name))
            stated[name] = Cell(of, value, token.over(name), token.hidden.get(name, frozenset()))
        return
    found.edited += group.cells
    found.edited_fields |= group.edited.keys()
    version = _version(sheet, token, name, group, digest, of)
    cells, counted = ",".join(group.edited.values()), {name: group.cells}
    found.contributions.append(Contribution(token.ledger.name, version, sheet.name, cells, counted))


def _version(sheet: RawSheet, token: RowToken, name: str, group: _Group, digest: str, of: frozenset[Id]) -> Version:
    """The edit of one group; members masked or out of sight stay those of the head it was made from (§7)."""
    members = token.ledger.members(name)
    patch = {one: value for one, value in group.shown.items() if value is not MISSING and not isinstance(value, Masked)}
    partial = len(patch) < len(members) and of
    origin = {name: min(of)} if partial else {}
    id = _edit_id(token, sheet, name, digest, patch)
    return Version(id, token.record, "book", of | token.over(name), patch, origin)


def _edit_id(token: RowToken, sheet: RawSheet, name: str, digest: str, patch: Mapping[str, Value]) -> Id:
    """The same for re-saved copies where every member is plain; a private value must not leave as a hash (§10)."""
    if all(_field(token.ledger, one).privacy is Privacy.PLAIN for one in token.ledger.members(name)):
        texts = (f"{one}={_canonical(token.ledger, one, value)}" for one, value in sorted(patch.items()))
        return hashed_id("edit", token.export, token.record, name, *texts)
    return hashed_id("edit", digest, sheet.name, token.record, name)


def _canonical(of: Ledger, name: str, value: Value) -> str:
    return values.canonical_text(_field(of, name), value)


def _field(of: Ledger, name: str) -> Field:
    """A field that has a column here."""
    found = of.field(name)
    assert found is not None
    return found


def _note_renaming(row: OwnRow, column: Column, group: _Group, found: RowReading) -> None:
    """A name written out where its mask stood is the same name."""
    name, token = column.name, row.token
    value = group.shown.get(name)
    if name not in token.ledger.title or value is None or not token.was_filled(name):
        return
    assert column.field is not None
    masked = values.canonical_text(column.field, masking.masked(column.field, value))
    if not (name in token.masked and not token.edited(name, masked)):
        found.renamed[name] = group.edited[name]


def _read_deletion(sheet: RawSheet, columns: Mapping[int, Column], row: OwnRow, found: RowReading) -> None:
    number = next((number for number, one in columns.items() if one.sort == "deletion"), 0)
    raw = row.cells[number - 1] if 0 < number <= len(row.cells) else None
    fault = sheet.faults.get((row.number, number))
    wanted = False if raw is None else wants_deletion(raw)
    if fault or wanted is None:
        message = _FAULTS[fault]() if fault else _("“删除”栏里这样写认不出意思，没有采用；要删除请填“是”，不删请留空。")
        problem = Problem(
            sheet.name, cell_name(row.number, number), fault or "deletion_unclear", message, str(raw or "")
        )
        found.problems.append(problem)
        found.flagged += 1
    elif wanted:
        edits = [one.entry.id for one in found.contributions if isinstance(one.entry, Version)]
        where, counted = cell_name(row.number, number), {DELETED: 1}
        entry = deletion(row.token, edits)
        found.contributions.append(Contribution(row.token.ledger.name, entry, sheet.name, where, counted))
        found.edited += 1
    elif raw is not None:
        found.unchanged += 1


def _orientation(sheet: RawSheet, columns: Mapping[int, Column], row: OwnRow, found: RowReading) -> None:
    """Cells shown for orientation belong to other records: a change there is not taken, and told."""
    shown = [number for number, one in columns.items() if one.sort == "shown"]
    texts = orientation_texts(columns, row)
    if row.token.orientation_edited(texts) and texts and texts.keys() - {OWN_FIELDS} == _oriented_by(row.token):
        found.moved = True
        message = _("住址、姓名等由程序填写的栏被改过，没有采用；请在原记录里改。")
        found.problems.append(Problem(sheet.name, cell_name(row.number, min(shown)), "orientation_changed", message))


def _oriented_by(token: RowToken) -> set[str]:
    """The columns that were shown for orientation; a row that shows nothing sensitive left masked."""
    of = token.ledger
    full = any(token.shows(one.name) for one in of.fields if one.privacy is Privacy.SENSITIVE)
    return {name for name in of.columns if name not in of.by_name and (full or name not in FULL_ONLY)}


def orientation_texts(columns: Mapping[int, Column], row: OwnRow) -> dict[str, str]:
    """By column shown for orientation: its text as it stands now."""
    cells = {one.name: row.cells[number - 1 : number] for number, one in columns.items() if one.sort == "shown"}
    return {name: "" if not some or some[0] is None else str(some[0]) for name, some in cells.items()}
