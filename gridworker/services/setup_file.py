"""The township's 开户文件: grids, workers, units, 办事指南 and the 上报密码, so that a worker need not type them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gridworker.domain.ledgers import ledger
from gridworker.domain.text import json_text
from gridworker.domain.versions.entries import Value
from gridworker.errors import UserError
from gridworker.i18n import _
from gridworker.leftovers import draft_of
from gridworker.services import file_keys, policy
from gridworker.services.records import fields_json
from gridworker.services.workspace import Workspace, grid_id, worker_id
from gridworker.store import queries
from gridworker.store.door import Change

FORMAT: Final = "gridworker-setup 1"


@dataclass(slots=True)
class SetUp:
    """What a set-up file says."""

    township: str = ""
    grids: list[dict[str, Any]] = field(default_factory=list)
    workers: list[dict[str, Any]] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    report_password: str = ""
    guide: dict[str, Any] = field(default_factory=dict)
    salt: str = ""
    """For the ids of rows of foreign files."""

    def grid(self, code: str) -> dict[str, Any]:
        """A grid by its code, empty when it is not listed."""
        return next((one for one in self.grids if one.get("code") == code), {})

    def worker_of(self, grid: str) -> str:
        """The name of the only worker of a grid who has not left it, else nothing."""
        there = [one for one in self.workers if not one.get("until")]
        names = [one["name"] for one in there if grid in str(one.get("grids", "")).split("、")]
        return names[0] if len(names) == 1 else ""


def write(workspace: Workspace, out: Path) -> None:
    """Write what this store knows of grids, workers and units. Keep the file like a key: it holds the 上报密码."""
    connection = workspace.connection
    told = {
        "format": FORMAT,
        "township": workspace.store.get("township"),
        "grids": [fields_json(row) for row in queries.every(connection, "grid", "code")],
        "workers": [fields_json(row) for row in queries.every(connection, "worker", "code")],
        "units": workspace.store.get_json("units", []),
        "report_password": workspace.store.get("report_password"),
        "salt": file_keys.salt_for_setup(workspace),
        "guide": policy.for_setup(workspace),
    }
    with draft_of(out) as draft:
        draft.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def read(path: Path) -> SetUp:
    """A set-up file. Raises UserError."""
    try:
        told = json_text.told(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError("bad_setup", _("读不了开户文件：{path}").format(path=path), _("请向乡镇再要一份。")) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise UserError("bad_setup", _("这不是开户文件：{path}").format(path=path), _("请选乡镇发的开户文件。"))
    grids, workers, units = (told.get(name) for name in ("grids", "workers", "units"))
    lists = [one for one in (grids, workers) if isinstance(one, list)]
    named = all(isinstance(one, dict) and one.get("code") and one.get("name") for some in lists for one in some)
    if len(lists) < 2 or not named or not isinstance(units, list):
        raise UserError("bad_setup", _("开户文件不完整：{path}").format(path=path), _("请向乡镇再要一份。"))
    township, password = (str(told.get(name) or "") for name in ("township", "report_password"))
    return SetUp(township, lists[0], lists[1], units, password, told.get("guide") or {}, str(told.get("salt") or ""))


def applied(shared: SetUp | None) -> Callable[[Workspace], object]:
    """What a new store begins with: a set-up file, if there is one."""
    return lambda workspace: apply(workspace, shared) if shared else None


def apply(workspace: Workspace, shared: SetUp) -> None:
    """Enter the roster and keep units, 上报密码 and the township's 办事指南."""
    changes = []
    for name, some, id_of in (("grid", shared.grids, grid_id), ("worker", shared.workers, worker_id)):
        of = ledger(name)
        for one in some:
            patch: dict[str, Value] = {key: value for key, value in one.items() if key in of.by_name}
            changes.append(Change(of, patch, id_of(str(one["code"]))))
    workspace.write("setup", *changes)
    workspace.store.set("units", json.dumps(shared.units, ensure_ascii=False))
    workspace.store.set("report_password", shared.report_password)
    file_keys.take_salt(workspace, shared.salt)
    policy.take_setup(workspace, shared.guide)
