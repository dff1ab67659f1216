"""看演示: an invented worker's or township's data in a folder of their own, made once and then only opened."""

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

from gridworker.services import demo, demo_community, township_demo
from gridworker.services import workspace as workspaces
from gridworker.services.workspace import Opening, Workspace
from gridworker.store.database import exists

PASSWORD: Final = "演示数据"
WORKER: Final = Opening("worker", "陈晓芸", "JX03", "金江西苑3网格", "金江社区", "梅山镇")
SIZE: Final = (320, 6, 1)  # households, weeks, seed

Progress = Callable[[int, int, str], None]


def folder_of(data: Path, role: str) -> Path:
    """Where a role's demo lies: inside the data folder, beside nothing that is real."""
    return data / f"demo-{role}"


def open_or_make(data: Path, role: str, today: date | None, progress: Progress) -> Workspace:
    """The demo's workspace; it is made beside its place first, so that half a demo is never opened."""
    folder = folder_of(data, role)
    if not exists(folder):
        draft = folder.with_name(folder.name + ".partial")
        shutil.rmtree(draft, ignore_errors=True)
        _make(draft, role, today or date.today(), progress).close()
        os.replace(draft, folder)
    return workspaces.open_folder(folder, PASSWORD, today)


def _make(folder: Path, role: str, today: date, progress: Progress) -> Workspace:
    if role == "township":
        return township_demo.build(folder, PASSWORD, today, progress)
    workspace = workspaces.create(folder, PASSWORD, WORKER, today)[0]
    with ExitStack() as stopped:
        stopped.callback(workspace.close)
        demo.fill(workspace, *SIZE, progress)
        demo_community.fill(workspace, SIZE[2], progress)
        stopped.pop_all()
    return workspace
