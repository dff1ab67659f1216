"""核对表: the records behind one number of one line, with the files and cells they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from gridworker.domain.ids import Id
from gridworker.domain.ledger import Ledger
from gridworker.domain.ledgers import ledger
from gridworker.exchange import proof_sheet
from gridworker.reports.proof import Proof, proofs
from gridworker.reports.statistics import Facts, Figure
from gridworker.services import access, facts, figures, spans
from gridworker.services.out_rows import View
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


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A record, whether it counts above the line, and where it was read."""

    id: Id
    counts: bool
    words: str
    places: tuple[tuple[str, str], ...]
    """File and sheet, with the cell where the file was not one of ours; none for what was entered here."""


@dataclass(frozen=True, slots=True)
class ProofTable:
    """All records of one number; `figure` is what they come to."""

    label: str
    measure: str
    ledger: str
    figure: Figure
    lines: tuple[ProofLine, ...]


def read(workspace: Workspace, period: Period, by: str, key: str, measure: str) -> ProofTable:
    """The records behind a number of the line `key`, masked; nothing of a line that is not there."""
    label, part = _part(workspace, period, by, key)
    told = proofs(part, workspace.today)[measure] if part else Proof("need", frozenset())
    below = None if told.below is None else len(told.below)
    lines = tuple(sorted(_lines(workspace, told), key=lambda one: not one.counts))
    access.note(workspace, "proof", f"{by}/{key}/{measure}")
    return ProofTable(label, measure, told.ledger, Figure(len(told.above), below), lines)


def _part(workspace: Workspace, period: Period, by: str, key: str) -> tuple[str, Facts | None]:
    """The name of a line and the facts it counts."""
    found = facts.gather(workspace, period.first, period.last, look_back=timedelta(0))
    if by in spans.SPANS:
        label = next((label for one, label, *_days in spans.split(period.first, period.last, by) if one == key), key)
        return label, found
    part = next((one for one in figures.parts(workspace, found, by) if one.key == key), None)
    return (part.label, part.facts) if part else (key, None)


def _lines(workspace: Workspace, told: Proof) -> Iterator[ProofLine]:
    of, view = ledger(told.ledger), View(workspace, {}, masked=True)
    wanted = set(told.records)
    for row in queries.every(workspace.connection, told.ledger):
        if row.id in wanted:
            texts = (view.text(of, row, name) for name in _SHOWN[told.ledger])
            words = " ".join(text for text in texts if text)
            yield ProofLine(row.id, row.id in told.above, words, _places(workspace, of, row.id))


def _places(workspace: Workspace, of: Ledger, id: Id) -> tuple[tuple[str, str], ...]:
    said = [one for one in history(workspace.connection, id) if one.counts and one.deed.file]
    cells = [one for one in said if one.place] or said
    told = ((Path(one.deed.file or "").name, one.place or of.sheet) for one in reversed(cells))
    return tuple(dict.fromkeys(told))


def write(table: ProofTable, period: Period, out: Path) -> None:
    """The table as a workbook: masked, Chinese in every language, one row per record and place."""
    about = f"{figures.MEASURES[table.measure]}　{table.label}　{period.first} 至 {period.last}"
    rate = table.figure
    sum_ = str(rate.numerator) if rate.denominator is None else f"{rate.numerator} / {rate.denominator}"
    lines = [
        ("计入" if one.counts else "只在分母", one.words, file, place)
        for one in table.lines
        for file, place in one.places or (("在本机登记", ""),)
    ]
    proof_sheet.write(out, f"{about}　{sum_}", DEFINITIONS[table.measure], lines)
