"""An invented township: workers' stores of a few grids, their weekly workbooks really written and really taken in."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from gridworker.domain.calendar import Week, week_of
from gridworker.services import demo, demo_community, roster
from gridworker.services import workspace as workspaces
from gridworker.services.period import Period
from gridworker.services.workspace import Opening, Workspace

TOWNSHIP: Final = Opening("township", "何静文", township="梅山镇")
REPORT_PASSWORD: Final = "演示上报密码"
HOUSEHOLDS, WEEKS = 60, 6
BOOKS: Final = 3  # weeks handed in


@dataclass(frozen=True, slots=True)
class Grid:
    """One invented grid; `habits` say for the last weeks, oldest first: days after Friday, or None for no book."""

    code: str
    name: str
    community: str
    worker: str
    habits: tuple[int | None, ...]


GRIDS: Final = (
    Grid("HL01", "黄林1网格", "黄林社区", "单静", (0, 0, None)),
    Grid("JX03", "金江西苑3网格", "金江社区", "陈晓芸", (0, 0, 0)),
    Grid("XF02", "学府春天2网格", "学府社区", "区志明", (0, 2, 0)),
    Grid("YS01", "阅山悦府1网格", "阅山社区", "何玉兰", (None, 0, 0)),
)

Progress = Callable[[int, int, str], None]


def build(folder: Path, password: str, today: date, progress: Progress) -> Workspace:
    """A township's store in a folder, filled as its work would have filled it."""
    workspace = workspaces.create(folder, password, TOWNSHIP, today)[0]
    with ExitStack() as stopped, tempfile.TemporaryDirectory(prefix="gridworker-demo-") as name:
        stopped.callback(workspace.close)
        workspace.store.set("report_password", REPORT_PASSWORD)
        for grid in GRIDS:
            roster.add_grid(workspace, grid.code, grid.name, grid.community, grid.worker)
        for place, grid in enumerate(GRIDS):
            progress(place, len(GRIDS), grid.name)
            _hand_in(workspace, grid, place + 1, Path(name), today)
        stopped.pop_all()
    progress(len(GRIDS), len(GRIDS), "")
    return workspace


def _hand_in(township: Workspace, grid: Grid, seed: int, folder: Path, today: date) -> None:
    """One worker's books, week by week, each taken in on the day it came."""
    from gridworker.services import export, intake

    opening = Opening("worker", grid.worker, grid.code, grid.name, grid.community, TOWNSHIP.township)
    worker = workspaces.create(folder / grid.code, REPORT_PASSWORD, opening, today)[0]
    demo.fill(worker, HOUSEHOLDS, WEEKS, seed)
    demo_community.fill(worker, seed)
    for week, days in zip(_weeks(today), grid.habits, strict=True):
        if days is not None:
            book = folder / f"{grid.name}_{week.label}.xlsx"
            wish = export.Wish(full=True, reason="演示", password=REPORT_PASSWORD)
            export.export(worker, Period.of_week(week), book, wish)
            came_on = min(week.first_day + timedelta(days=4 + days), today)
            intake.take(Workspace(township.store, came_on), [book])
    worker.close()


def _weeks(today: date) -> list[Week]:
    return [week_of(today).shifted(-back) for back in range(BOOKS - 1, -1, -1)]
