"""Stores and clocks for the benches."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace

TODAY = date(2026, 11, 25)
PASSWORD = "bench-only-password"


def a_worker(folder: Path, name: str = "worker", grid: str = "JX03") -> Workspace:
    opening = Opening("worker", "测试员", grid, "金江西苑3网格", "金江社区", "梅山镇")
    return workspaces.create(folder / name, PASSWORD, opening, TODAY)[0]


def a_township(folder: Path, name: str = "township") -> Workspace:
    return workspaces.create(folder / name, PASSWORD, Opening("township", "测试镇"), TODAY)[0]


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def best_of(times: int, work: Callable[[], object]) -> float:
    return min(seconds(work) for _round in range(times))


def percentile(some: list[float], share: float) -> float:
    ordered = sorted(some)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
