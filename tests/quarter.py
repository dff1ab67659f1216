"""A simulated quarter, by hand: `python -m tests.quarter` (40 workers × 13 weeks), or with WORKERS WEEKS HOUSEHOLDS.

Workers hand in real workbooks, in time, late, not at all, twice, edited with another program, and after the township
sent something back; then every number of every line is counted again from the dump (`tests.recount`) and compared.
"""

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path

import openpyxl

from gridworker.domain.calendar import Week, week_of
from gridworker.domain.ids import random_id, to_text
from gridworker.domain.ledgers import ledger
from gridworker.domain.rules.escalation import LEVELS
from gridworker.reports.statistics import Figure
from gridworker.services import demo, export, figures, intake, overview, proof, records, replying, roster, spans
from gridworker.services import workspace as workspaces
from gridworker.services.period import Period
from gridworker.services.replying import Reply
from gridworker.services.workspace import Opening, Workspace
from gridworker.store import database, queries
from gridworker.store.session import Store
from tests.recount import Recount

TODAY = date(2026, 11, 29)
COMMUNITIES = ("金江社区", "阅山社区", "学府社区", "黄林社区")
Make = Callable[[], Workspace]


@dataclass
class Told:
    """How many numbers were equal, which were not, how many were proved by their records."""

    equal: int = 0
    proved: int = 0
    different: list[str] = field(default_factory=list)


def build(make: Make, folder: Path, workers: int, weeks: int, households: int) -> Workspace:
    """The township's store after the last week."""
    township = make()
    people = [_worker(make(), number, households, weeks) for number in range(workers)]
    for worker in people:
        code = worker.store.get("grid")
        roster.add_grid(township, code, f"{code}网格", _community(code), worker.store.get("name"))
    dice = random.Random(7)
    for week in [week_of(TODAY).shifted(-back) for back in range(weeks - 1, -1, -1)]:
        for place, worker in enumerate(people):
            _hand_in(township, worker, week, folder, dice.random() if place else 0.5)
        _send_back(township, people, folder / str(week), week.last_day)
    return township


def _worker(workspace: Workspace, number: int, households: int, weeks: int) -> Workspace:
    code, name = f"WG{number:02d}", f"网格员{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number // 10 or ''}"
    for key, value in {"role": "worker", "name": name, "grid": code}.items():
        workspace.store.set(key, value)
    opening = Opening("worker", name, code, f"{code}网格", _community(code), "梅山镇")
    workspaces.enter_grid(workspace, opening)
    worker = Workspace(workspace.store, TODAY)
    demo.fill(worker, households, weeks + 2, number + 1)
    return worker


def _community(code: str) -> str:
    return COMMUNITIES[int(code[2:]) % len(COMMUNITIES)]


def _hand_in(township: Workspace, worker: Workspace, week: Week, folder: Path, luck: float) -> None:
    """One in eight is missing, one late, one repeated under another name, one edited; the rest comes in time."""
    if luck < 1 / 8:
        return
    book = folder / f"{worker.store.get('grid')}_{week}.xlsx"
    _pass_up(Workspace(worker.store, week.last_day), week)
    export.export(Workspace(worker.store, week.last_day), Period.of_week(week), book, export.Wish())
    came = week.last_day + timedelta(days=5 if luck < 2 / 8 else -1)
    books = [book]
    if luck < 3 / 8:
        books.append(book.with_name(f"{book.stem}（1）.xlsx"))
        books[-1].write_bytes(book.read_bytes())
    elif luck < 5 / 8:
        _edit(book, week)
    for one in books:
        for report in intake.take(Workspace(township.store, min(came, TODAY)), [one]).files:
            assert report.error is None, report.error


def _pass_up(worker: Workspace, week: Week) -> None:
    """What was settled in a week had been at the community, at the township, or at the county, which gave it back."""
    rows = queries.every(worker.connection, "need", "number")
    settled = [row for row in rows if str(week.first_day) <= str(row.plain("closed_on")) <= str(week.last_day)]
    for place, row in enumerate(settled):
        told = {"need": to_text(row.id), "sent_on": str(row.plain("registered_at"))[:10]}
        for low, high in pairwise(LEVELS[: place % 4 + 1]):
            back = {"outcome": "退回", "answered_on": told["sent_on"]} if (high, place % 8) == ("县", 7) else {}
            records.add(worker, ledger("escalation"), [told | {"from_level": low, "to_level": high} | back])


def _edit(book: Path, week: Week) -> None:
    """Somebody gives the last need of the sheet another due date, in another program."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["诉求台账"]
    head = next(cell for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "办理时限")
    filled = [row for row in range(head.row + 1, sheet.max_row + 1) if sheet.cell(row, head.column).value]
    if filled:
        sheet.cell(filled[-1], head.column).value = week.last_day
        workbook.save(book)


def _send_back(township: Workspace, people: list[Workspace], folder: Path, day: date) -> None:
    """One open need is returned; the worker takes the reply in, so that the next book answers it."""
    desk = Workspace(township.store, day)
    rows = [row for row in queries.every(desk.connection, "need") if not row.plain("closed_on")]
    if rows:
        replying.save(desk, rows[0].id, Reply("returned", "请写明联系过谁", "", day, "请再核实"))
    for sent in replying.send(desk, folder, lambda *_: None):
        for worker in people:
            if sent.file.name.startswith(worker.store.get("grid")):
                intake.take(Workspace(worker.store, day), [sent.file])


def check(township: Workspace, weeks: int, proved_weeks: int = 1) -> Told:
    """Every number of the page and of the command line, counted again from the dump; its records as many as it says."""
    desk, told = Workspace(township.store, TODAY), Told()
    plain = Recount(desk, TODAY)
    for back in range(weeks):
        week = week_of(TODAY).shifted(-back)
        for by in ("grid", "worker", "community", "kind"):
            lines = overview.read(desk, week, by).lines if by != "worker" else ()
            for line in lines or figures.table(desk, Period.of_week(week), by).lines_:
                _compare(told, f"{week} {by} {line.key}", line.measures, plain, week.first_day, week.last_day, by)
        total = overview.read(desk, week, "grid").total
        _compare(told, f"{week} 合计 ", total, plain, week.first_day, week.last_day, "")
    _check_spans(desk, plain, told, weeks)
    _check_proofs(desk, told, proved_weeks)
    return told


def _check_spans(desk: Workspace, plain: Recount, told: Told, weeks: int) -> None:
    last = week_of(TODAY)
    whole = Period(last.shifted(1 - weeks).first_day, last.last_day)
    for by in spans.SPANS:
        lines = figures.table(desk, whole, by).lines_
        for line in lines:
            first, end = plain.span(line.key, whole.first, whole.last)
            _compare(told, f"{by} {line.key}", line.measures, plain, first, end, "")
        shown = spans.shown(last, by)
        for line in overview.read(desk, last, by).lines:
            first, end = plain.span(line.key, shown.first, shown.last)
            _compare(told, f"汇总 {by} {line.key}", line.measures, plain, first, end, "")
    trend = overview.trend(desk, last, weeks)
    for place, week in enumerate(trend.weeks):
        found = {name: Figure(getattr(trend, name)[place]) for name in ("new", "closed", "open")}
        _compare(told, f"趋势 {week}", found, plain, week.first_day, week.last_day, "")


def _check_proofs(desk: Workspace, told: Told, weeks: int) -> None:
    for back in range(weeks):
        period = Period.of_week(week_of(TODAY).shifted(-back))
        for line in figures.table(desk, period, "grid").lines_[:2]:
            for name, figure in line.measures.items():
                table = proof.read(desk, period, "grid", line.key, name)
                above, rows = len(table.above), len(table.records)
                rest = figure.numerator if figure.denominator is None else figure.denominator
                if (table.figure, above, rows) == (figure, figure.numerator, rest):
                    told.proved += rows
                else:
                    told.different.append(f"proof {line.key} {name}: {figure} {table.figure} {above} {rows}")


def _compare(
    told: Told, where: str, found: dict[str, Figure], plain: Recount, first: date, last: date, by: str
) -> None:
    counted = plain.numbers(first, last, by, where.rpartition(" ")[2] if by else "")
    for name, figure in found.items():
        told_twice = (figure.numerator, figure.value if name == "days" else figure.denominator)
        if counted[name] == told_twice:
            told.equal += 1
        else:
            told.different.append(f"{where} {name}: {figure} but the dump says {counted[name]}")


def _maker(folder: Path) -> Make:
    """Copies of one empty store: deriving a key from a password is slow on purpose."""
    opening = Opening("township", "何静文", township="梅山镇")
    workspaces.create(folder / "empty", "模拟一个季度", opening, TODAY)[0].close()
    key, numbers = database.unlock(folder / "empty", "模拟一个季度"), count()

    def make() -> Workspace:
        target = folder / f"store{next(numbers)}"
        shutil.copytree(folder / "empty", target)
        workspace = Workspace(Store(target, key), TODAY)
        workspace.store.set("device", to_text(random_id()))
        workspace.connection.execute("pragma synchronous = off")
        return workspace

    return make


def main(workers: int = 40, weeks: int = 13, households: int = 30) -> int:
    """Print what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.monotonic()
        township = build(_maker(folder), folder, workers, weeks, households)
        built = time.monotonic()
        told = check(township, weeks, weeks)
        print(f"{workers} workers × {weeks} weeks: built in {built - begun:.0f} s,", end=" ")
        print(f"{told.equal} numbers equal, {len(told.different)} different, {told.proved} records proved")
        print(f"checked in {time.monotonic() - built:.0f} s")
        print(*told.different[:20], sep="\n")
    return 1 if told.different else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
