"""Choosing another need: the one that a merged need goes into; the alike ones of its household first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import likely_same, needs_list
from gridworker.services.needs_list import Wish
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.widgets.row import Mark, Row

_OFFERED = 12


def pick_need(workspace: Workspace, parent: QWidget, need: Id, take: Callable[[Id], object]) -> None:
    """Ask which need this one is merged into."""
    hint = _("编号、内容、反映人")
    dialog = PickDialog(parent, _("并入哪一件诉求"), hint, partial(_fitting, workspace, need))
    dialog.picked.connect(take)
    dialog.open()


def _fitting(workspace: Workspace, need: Id, typed: str) -> list[Row]:
    row = workspace.row("need", need)
    if typed or row is None:
        found = needs_list.ids(workspace, Wish(needs_list.ALL, typed=typed))[: _OFFERED + 1]
        lines = needs_list.lines(workspace, [id for id in found if id != need])
        return [Row(one.content, " · ".join(filter(None, (one.kind, one.where, one.number))), one.id) for one in lines]
    given = {name: row.plain(name) for name in ("household", "kind", "content") if row.plain(name) is not None}
    alike = likely_same.likely(workspace, "need", given, need)
    return [Row(one.title, one.where, one.id, marks=(Mark(one.reasons[0], "amber"),)) for one in alike]
