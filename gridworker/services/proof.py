"""核对表: the records behind one number of one line, with the files and cells they came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gridworker.domain import values
from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.masking import masked
from gridworker.exchange import proof_sheet
from gridworker.i18n import _
from gridworker.reports import statistics
from gridworker.reports.proof import proofs
from gridworker.reports.statistics import Days, Facts, Figure
from gridworker.services import access, facts, figures, out_names, spans
from gridworker.services.figures import Line, Scope
from gridworker.services.period import Period
from gridworker.services.workspace import Workspace
from gridworker.store import queries
from gridworker.store.history import history

DEFINITIONS: Final = {
    "coverage": "期内见到面的户 ÷ 期末在册的户（一户只算一次）",
    "due_visits": "应访户里期内见到面的 ÷ 到期应访的户",
    "red_met": "期内见到面的红户 ÷ 红户",
    "not_met": "没见到面的走访 ÷ 走访次数",
    "refused": "拒访的走访 ÷ 走访次数",
    "visits": "期内的走访次数",
    "opening": "期初还没办结的诉求",
    "new": "期内登记的诉求",
    "closed": "期内办结的诉求",
    "open": "期末还没办结的诉求",
    "closing": "期内办结 ÷（期初＋新增）",
    "closing_cumulative": "到期末已办结 ÷ 到期末登记过的",
    "timeliness": "按时限办结 ÷ 期内办结（没有时限的算按时）",
    "overdue": "期末过了时限的 ÷ 期末没办结的",
    "days": "期内办结的，从登记到办结的工作日，取中位数",
    "callback": "已回访 ÷ 期内办结",
    "in_grid": "没报出网格就办结的 ÷ 期内办结",
    "in_village": "在网格、社区办结的 ÷ 期内办结（没报到乡镇，乡镇也没有答复、交办）",
    "in_town": "在网格、社区、乡镇办结的 ÷ 期内办结（没报到县）",
    "satisfaction": "（非常满意＋满意＋基本满意）÷ 有评价的回访",
}
"""How each number is counted (field.md §9.6), as it stands under a table."""
_SHOWN: Final = {
    "need": ("number", "kind", "registered_at", "due_on", "closed_on", "called_back_on", "satisfaction"),
    "visit": ("visited_at", "outcome", "mode"),
    "household": ("estate", "building", "unit", "room", "care_level"),
}
"""What tells a record apart without telling who it is about."""


VISITS: Final = frozenset({"coverage", "due_visits", "red_met", "not_met", "refused", "visits"})
"""Numbers that rest on visits and households; the others rest on needs."""
_WHOLE: Final = "closing_cumulative"
"""The number that rests on every need there ever was."""
ALL: Final = "all"
"""In place of a way to list: everything on the roster at once."""
WIDE: Final = 2000
"""Households from which on the numbers of a whole township are first proved by those of its grids."""


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A record, whether it counts above the line, and where it was read."""

    id: Id
    counts: bool
    words: str
    places: tuple[tuple[str, str], ...]
    """File, and sheet with cells; none for what was entered here."""


@dataclass(frozen=True, slots=True)
class ProofTable:
    """All records of one number, those above the line first; `figure` is what they come to.

    What is too wide to be looked through has `grids` in place of records: each with what it adds to the number.
    """

    label: str
    measure: str
    ledger: str
    figure: Figure
    records: tuple[Id, ...]
    above: frozenset[Id]
    grids: tuple[Line, ...] = ()


def read(workspace: Workspace, period: Period, by: str, key: str, measure: str) -> ProofTable:
    """The records behind a number of the line `key`; nothing of a line that is not there."""
    access.note(workspace, "proof", f"{by}/{key}/{measure}")
    scope = _scope(workspace, period, by, key) or Scope(key, key)
    if by in (*spans.SPANS, ALL) and queries.are_more(workspace.connection, "household", WIDE):
        return _wide(workspace, period, scope, by, measure)
    found = _facts(workspace, period, scope, by, measure)
    told = proofs(found, workspace.today)[measure]
    whole = statistics.measures(found, workspace.today)[measure]
    records = sorted(told.records, key=lambda id: id not in told.above)
    return ProofTable(scope.label, measure, told.ledger, whole, tuple(records), told.above)


def _wide(workspace: Workspace, period: Period, scope: Scope, by: str, measure: str) -> ProofTable:
    whole, lines = _known(workspace, period, by) if measure == _WHOLE else _counted(workspace, period, by, measure)
    some = tuple(line for line in lines if _size(line.measures[measure]))
    return ProofTable(scope.label, measure, "grid", whole, (), frozenset(), some)


def _counted(workspace: Workspace, period: Period, by: str, measure: str) -> tuple[Figure, list[Line]]:
    needs = () if measure in VISITS else facts.every_need(workspace, *_stock(period, measure))
    whole, lines = (
        figures.lines(workspace, period.first, period.last, one, needs, visits=measure in VISITS)
        for one in (by, "grid")
    )
    return whole[0].measures[measure], lines


def _known(workspace: Workspace, period: Period, by: str) -> tuple[Figure, list[Line]]:
    """What rests on every need there ever was is counted by the store."""
    known = facts.known_by(workspace, period.last)
    scopes = figures.scopes(workspace, "grid")
    lines = [
        Line(one.key, one.label, {_WHOLE: _sum(known[grid] for grid in one.grids & known.keys())}) for one in scopes
    ]
    return _sum(known.values()) if by != ALL else _sum(line.measures[_WHOLE] for line in lines), lines


def _sum(some: Iterable[Figure]) -> Figure:
    told = list(some)
    return Figure(sum(one.numerator for one in told), sum(one.denominator or 0 for one in told))


def _stock(period: Period, measure: str) -> tuple[str, list[object]]:
    """A condition on the needs that a number of a period can rest on: not those closed before it, but for one."""
    where, days = "registered_at < ?", [f"{period.last}~"]
    if measure != _WHOLE:
        where += " and (closed_on is null or closed_on >= ? or registered_at >= ?)"
        days += [str(period.first)] * 2
    return where, list(days)


def _size(figure: Figure) -> int:
    return figure.numerator if figure.denominator is None else figure.denominator


def _scope(workspace: Workspace, period: Period, by: str, key: str) -> Scope | None:
    """What a line is about; None where there is none of this key."""
    if by in spans.SPANS:
        told = spans.split(period.first, period.last, by)
        return next((Scope(key, label) for one, label, *_days in told if one == key), None)
    return next((one for one in figures.scopes(workspace, by) if one.key == key), None)


def _facts(workspace: Workspace, period: Period, scope: Scope, by: str, measure: str) -> Facts:
    """Only what the number counts is read."""
    first, last = period.first, period.last
    if measure not in VISITS:
        where, days = _stock(period, measure)
        own, ids = ("1", []) if by in spans.SPANS else _needs_of(scope)
        return Facts(first, last, needs=facts.every_need(workspace, f"{where} and {own}", [*days, *ids]))
    if by in spans.SPANS:
        return Facts(first, last, *facts.visiting(workspace, first, last))
    if scope.worker:
        return Facts(first, last, *facts.walked_by(workspace, first, last, scope.worker, scope.grids))
    return Facts(first, last, *facts.of_grids(workspace, first, last, scope.grids))


def _needs_of(scope: Scope) -> tuple[str, list[object]]:
    if scope.kind:
        return "kind = ?", [scope.kind]
    if scope.worker:
        return "worker = ?", [scope.worker]
    nowhere = " or grid is null" if None in scope.grids else ""
    return f"(grid in ({','.join('?' * len(scope.grids))}){nowhere})", list(scope.grids)


def lines(workspace: Workspace, table: ProofTable, wanted: Sequence[Id]) -> list[ProofLine]:
    """Some of the records of a table in words, masked, with the files and cells they came from."""
    of = ledger(table.ledger)
    rows = queries.by_ids(workspace.connection, table.ledger, wanted)
    found = []
    for row in (rows[id] for id in wanted if id in rows):
        shown = ((of.by_name[name], row.values.get(name)) for name in _SHOWN[table.ledger])
        texts = (values.display(one, masked(one, value)) for one, value in shown)
        words = " ".join(text for text in texts if text)
        found.append(ProofLine(row.id, row.id in table.above, words, _places(workspace, of, row.id)))
    return found


def _places(workspace: Workspace, of: Ledger, id: Id) -> tuple[tuple[str, str], ...]:
    said = [one for one in history(workspace.connection, id) if one.counts and one.deed.file]
    told = ((Path(one.deed.file or "").name, one.place or of.sheet) for one in reversed(said))
    return tuple(dict.fromkeys(told))


def write(workspace: Workspace, table: ProofTable, period: Period, out: Path) -> None:
    """The table as a workbook: masked, Chinese in every language, one row per record and place, or per grid."""
    about = f"{figures.MEASURES[table.measure]}　{table.label}　{period.first} 至 {period.last}"
    shown = out_names.masking_of(workspace)
    told = [
        ("计入" if one.counts else "只在分母", one.words, shown(file), place)
        for one in lines(workspace, table, table.records)
        for file, place in one.places or (("在本机登记", ""),)
    ]
    told += [(in_words(one.measures[table.measure]), f"{one.key} {one.label}", "", "") for one in table.grids]
    proof_sheet.write(out, f"{about}　{in_words(table.figure)}", DEFINITIONS[table.measure], told)


def in_words(figure: Figure) -> str:
    """3 / 20, a count by itself, a median as 中位数 5 天（12 件）."""
    if isinstance(figure, Days):
        days = "—" if figure.value is None else figure.value
        return _("中位数 {days} 天（{count} 件）").format(days=days, count=figure.numerator)
    return str(figure.numerator) if figure.denominator is None else f"{figure.numerator} / {figure.denominator}"
