"""Choosing another need: the one that a merged need goes into; the alike ones of its household first."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import likely_same, naming, needs_list
from gridworker.services.needs_list import Wish
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.pages.sure_dialog import ask_whether
from gridworker.ui.widgets.row import Mark, Row

_OFFERED = 12


def pick_need(workspace: Workspace, parent: QWidget, need: Id, take: Callable[[Id], object]) -> None:
    """Ask which need this one is merged into."""
    hint = _("编号、内容、反映人")
    dialog = PickDialog(parent, _("并入哪一件诉求"), hint, partial(_fitting, workspace, need))
    dialog.picked.connect(take)
    dialog.open()


def merge_into(workspace: Workspace, parent: QWidget, need: Id, take: Callable[[Id], object]) -> None:
    """Ask which need this one is merged into, and once more where that is another household's."""

    def picked(other: Id) -> None:
        doors = [naming.home_of(workspace, id) for id in (need, other)]
        if all(doors) and doors[0] != doors[1]:
            words = _("这一件是{one}的，那一件是{other}的。不是同一户，并了以后这一户不再单独办理。仍要并吗？")
            sentence = words.format(one=doors[0], other=doors[1])
            ask_whether(parent, _("不是同一户"), sentence, _("照样并入"), partial(take, other))
        else:
            take(other)

    pick_need(workspace, parent, need, picked)


def _fitting(workspace: Workspace, need: Id, typed: str) -> list[Row]:
    row = workspace.row("need", need)
    if typed or row is None:
        found = needs_list.ids(workspace, Wish(needs_list.ALL, typed=typed))[: _OFFERED + 1]
        lines = needs_list.lines(workspace, [id for id in found if id != need])
        return [Row(one.content, " · ".join(filter(None, (one.kind, one.where, one.number))), one.id) for one in lines]
    given = {name: row.plain(name) for name in ("household", "kind", "content") if row.plain(name) is not None}
    alike = likely_same.likely(workspace, "need", given, need)
    return [Row(one.title, one.where, one.id, marks=(Mark(one.reasons[0], "amber"),)) for one in alike]
