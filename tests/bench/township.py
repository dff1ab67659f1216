"""The township's pages over a filled store: the numbers of a week, the table of hand-ins, the queue, the 汇总表.

Only the rows are filled in, since nothing measured here looks behind them.
"""

import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from gridworker.domain.calendar import Week, week_of
from gridworker.services import collect, overview, review, roster, township_book, week_brief
from gridworker.services.workspace import Workspace, grid_id, worker_code, worker_id
from gridworker.store import counts
from gridworker.store.engine import Connection
from tests.bench.stores import TODAY, a_township, seconds

GRIDS, HOMES, VISITS, NEEDS = 40, 450, 20, 2_400
COUNTY = 14
"""A county is that many townships: 250 000 households, 5 million visits."""
KINDS = ("N01", "N02", "N03", "N04", "N05", "N11", "N13", "N18")


def run(folder: Path, county: bool) -> list[tuple[str, str, str]]:
    workspace, size = a_township(folder), COUNTY if county else 1
    homes = _fill(workspace, GRIDS * size)
    week, where = week_of(TODAY), f"{GRIDS * size} grids, {homes} households"
    pages = (
        (f"汇总, {where}", lambda: overview.read(workspace, week, "grid"), "≤ 1 s after an import"),
        ("汇总 by worker", lambda: overview.read(workspace, week, "worker"), "≤ 1 s"),
        ("汇总 by week", lambda: overview.read(workspace, week, "week"), "≤ 1 s"),
        ("汇总 by month", lambda: overview.read(workspace, week, "month"), "≤ 1 s"),
        ("the same week in raw SQL, due visits left out", lambda: _raw(workspace, week), "what there is to beat"),
        ("收表", lambda: collect.overview(workspace), "≤ 0.2 s"),
        ("审核", lambda: review.queue(workspace), "≤ 0.2 s"),
        ("one need", lambda: review.record(workspace, review.queue(workspace)[0].id), "≤ 0.2 s, the queue included"),
        ("汇总表 written", lambda: township_book.write(workspace, week, folder / "汇总.xlsx"), "beside the window"),
        ("周简报", lambda: week_brief.brief(workspace, week), "beside the window"),
    )
    told = [(what, _told(work), aim) for what, work, aim in pages]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*told, ("memory, at most", f"{most:.0f} MB", "≤ 500 MB")]


def _raw(workspace: Workspace, week: Week) -> None:
    """A week's visits and needs by grid, as one would ask a database."""
    first, last = week.first_day.isoformat(), f"{week.last_day}~"
    met = (
        "select grid, count(distinct household), count(*) from visit join household on household.id = visit.household"
        " where visited_at >= ? and visited_at < ? group by grid"
    )
    stock = (
        "select grid, sum(registered_at >= ?), sum(closed_on is null), sum(closed_on >= ?) from need"
        " where registered_at < ? group by grid"
    )
    for sql, values in ((met, (first, last)), (stock, (first, first, last))):
        workspace.connection.execute(sql, values).fetchall()


def _told(work: Callable[[], object]) -> str:
    """Both clocks: what else runs on the machine lengthens only the first."""
    busy = time.process_time()
    waited = seconds(work)
    return f"{waited:.2f} s, {time.process_time() - busy:.2f} s busy"


def _fill(workspace: Workspace, grids: int) -> int:
    dice = random.Random(7)
    codes = [f"JX{number:03d}" for number in range(grids)]
    for code in codes:
        roster.add_grid(workspace, code, f"{code}网格", f"{int(code[2:]) // 8}社区", f"某{code}")
    homes = [(number * 2 + 2, grid_id(codes[number % grids])) for number in range(grids * HOMES)]
    levels = ("red", "yellow", "green", "normal", "normal", "normal")
    sql = workspace.connection
    sql.execute("begin")
    _insert(sql, "household", ("id", "grid", "estate", "building", "unit", "room", "care_level"),
            ((id, grid, "金江西苑", "3", "2", str(id), dice.choice(levels)) for id, grid in homes))  # fmt: skip
    people = {grid_id(code): worker_id(worker_code(code, f"某{code}")) for code in codes}
    _insert(sql, "visit", ("id", "household", "visited_at", "mode", "outcome", "worker"), _visits(dice, homes, people))
    _insert(sql, "need", ("id", "number", "grid", "worker", "household", "registered_at", "kind", "content", "status",
                          "due_on", "closed_on"), _needs(dice, homes, people))  # fmt: skip
    counts.rebuild(sql)
    sql.execute("commit")
    sql.execute("analyze")
    return len(homes)


def _insert(sql: Connection, table: str, names: tuple[str, ...], lines: Iterator[tuple[object, ...]]) -> None:
    marks = ",".join("?" * len(names))
    columns = ",".join(f'"{name}"' for name in names)
    sql.executemany(f'insert into "{table}" (_deleted, {columns}) values (0, {marks})', lines)


def _day(dice: random.Random, weeks: int) -> date:
    return TODAY - timedelta(days=dice.randrange(weeks * 7))


def _visits(dice: random.Random, homes: list[tuple[int, int]], people: dict[int, int]) -> Iterator[tuple[object, ...]]:
    number = 0
    for home, grid in homes:
        for _visit in range(VISITS):
            number += 2
            outcome = "met" if dice.random() < 0.8 else "not_met"
            yield number, home, f"{_day(dice, 104)}T09:30", "home", outcome, people[grid]


def _needs(dice: random.Random, homes: list[tuple[int, int]], people: dict[int, int]) -> Iterator[tuple[object, ...]]:
    for number in range(NEEDS * len(homes) // (GRIDS * HOMES)):
        home, grid = dice.choice(homes)
        day = _day(dice, 52)
        closed = None if dice.random() < 0.15 else min(day + timedelta(days=dice.randrange(30)), TODAY).isoformat()
        status = "已销号" if closed else "已上报"
        yield (number * 2 + 2, f"JX-2026-A{number:06d}", grid, people[grid], home, f"{day}T10:00", dice.choice(KINDS),
               "下水道返味。", status, (day + timedelta(days=15)).isoformat(), closed)  # fmt: skip
