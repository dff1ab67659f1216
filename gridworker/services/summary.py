"""The numbers and sentences of a weekly workbook; like the workbook they are Chinese, whatever the window speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from gridworker.domain import values
from gridworker.domain.calendar import Week, week_of
from gridworker.domain.codes import code_list
from gridworker.domain.ledger import Kind, Ledger
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.need_states import REPORTED, is_open
from gridworker.exchange.model import KindLine, Measure
from gridworker.reports import statistics
from gridworker.reports.statistics import Figure
from gridworker.services import community_week, facts
from gridworker.services.out_rows import View
from gridworker.services.workspace import Workspace, grid_id
from gridworker.store.rows import Row

WEEKS = 8
VISIT_LABELS = {
    "coverage": "见面户 / 在册户",
    "due_visits": "应访完成 / 应访户",
    "red_met": "红户见面 / 红户",
    "not_met": "未见面 / 走访次数",
    "refused": "拒访 / 走访次数",
}
NEED_LABELS = {
    "closing": "办结 /（期初＋新增）",
    "timeliness": "按时办结 / 办结",
    "overdue": "超期未办 / 未办结",
    "callback": "回访 / 办结",
    "satisfaction": "满意 / 有评价回访",
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the 汇总 sheet shows."""

    visits: Sequence[Measure]
    needs: Sequence[Measure]
    kinds: Sequence[KindLine]
    weeks: Sequence[tuple[str, int]]
    community: Sequence[Measure]
    """What the community did, if anything."""


def numbers(workspace: Workspace, period: "HasDays", grid: str = "") -> Numbers:
    """All numbers of a period for the whole store or one grid."""
    found = facts.gather(workspace, period.first, period.last, grid_id(grid) if grid else None)
    measured = statistics.measures(found, workspace.today)
    community = community_week.measures(workspace, period.first, period.last, {grid_id(grid)} if grid else ())
    return Numbers(
        _measures(measured, VISIT_LABELS), _measures(measured, NEED_LABELS), _kinds(workspace, found), _weeks(found),
        community,
    )  # fmt: skip


class HasDays(Protocol):
    """Anything with a first and a last day."""

    @property
    def first(self) -> date:
        """The first day."""

    @property
    def last(self) -> date:
        """The last day."""


def _measures(found: dict[str, Figure], labels: dict[str, str]) -> list[Measure]:
    return [Measure(label, found[name].numerator, found[name].denominator or 0) for name, label in labels.items()]


def _kinds(workspace: Workspace, found: statistics.Facts) -> list[KindLine]:
    names = code_list("need_kind")
    lines = []
    for kind in [code for code in names.codes() if any(need.kind == code for need in found.needs)]:
        part = statistics.stock(
            [need for need in found.needs if need.kind == kind], found.first, found.last, workspace.today
        )
        if part.opening or part.new:
            days = statistics.median_days(part.closed)
            lines.append(
                KindLine(names.label(kind), len(part.opening), len(part.new), len(part.closed), len(part.overdue), days)
            )
    return lines


def _weeks(found: statistics.Facts) -> list[tuple[str, int]]:
    weeks = [week_of(found.last - timedelta(weeks=back)) for back in range(WEEKS - 1, -1, -1)]
    met = {week: set() for week in weeks}  # type: dict[Week, set[int | None]]
    for visit in found.visits:
        week = week_of(visit.on)
        if visit.outcome == "met" and week in met:
            met[week].add(visit.household)
    return [(_week_words(week), len(met[week])) for week in weeks]


def _week_words(week: Week) -> str:
    return f"第{week.number}周"


def total_line(workspace: Workspace, period: HasDays, name: str, some: Sequence[Row]) -> str:
    """What the total row of a data sheet says."""
    if name == "need":
        found = statistics.stock(facts.needs_of(some), period.first, period.last, workspace.today)
        flow = f"期初 {len(found.opening)} ＋ 本周新增 {len(found.new)} － 办结 {len(found.closed)}"
        return f"{flow} ＝ 未办结 {len(found.open)} 件，其中超期 {len(found.overdue)} 件"
    if name == "visit":
        met = len({row.values.get("household") for row in some if row.plain("outcome") == "met"})
        return f"走访 {len(some)} 次，见面 {met} 户"
    if name == "household":
        return f"在册 {len(some)} 户"
    return "，".join((f"共 {len(some)} 条", *_amounts(ledger(name), some)))


def _amounts(of: Ledger, some: Sequence[Row]) -> Iterator[str]:
    """The sum of each column of money."""
    for one in of.fields:
        told = [row.plain(one.name) for row in some] if one.kind is Kind.MONEY and one.name in of.columns else []
        if any(isinstance(fen, int) for fen in told):
            fen = sum(fen for fen in told if isinstance(fen, int))
            yield f"{one.label.removesuffix('（元）')}合计 {values.display(one, fen)} 元"


def unit_name(workspace: Workspace, grid: str = "") -> str:
    """Who reports: township, community, grid."""
    code = grid or workspace.store.get("grid")
    row = workspace.row("grid", grid_id(code)) if code else None
    if row is None:
        return workspace.store.get("township") or workspace.store.author
    place = "".join(str(row.plain(name) or "") for name in ("township", "community"))
    return f"{place} {row.plain('name') or ''}（{code}）".strip()


def coordinate(view: View, needs: Sequence[Row]) -> list[tuple[str, ...]]:
    """需乡镇协调事项: open needs reported upwards, without an answer yet."""
    of = ledger("need")
    wanted = [row for row in needs if is_open(row.values) and row.plain("status") == REPORTED]
    return [
        tuple(view.text(of, row, name) for name in ("number", "kind", "content", "unit", "due_on")) for row in wanted
    ]


def chat_sentence(workspace: Workspace, first: date, last: date) -> str:
    """A ready sentence for the chat, counts only: 第47周 走访86户 新增诉求5件 办结3件."""
    found = statistics.measures(facts.gather(workspace, first, last), workspace.today)
    week = week_of(first)
    days = f"{first.month}月{first.day}日至{last.month}月{last.day}日"
    return "{when} 走访{met}户 新增诉求{new}件 办结{closed}件".format(
        when=_week_words(week) if (week.first_day, week.last_day) == (first, last) else days,
        met=found["coverage"].numerator,
        new=found["new"].numerator,
        closed=found["closed"].numerator,
    )
