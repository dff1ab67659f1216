"""At the township: whether the access logs of the laptops still contain the heads that were handed in before."""

from gridworker.domain.ids import to_text
from gridworker.exchange.model import Problem
from gridworker.services.hand_in_states import Books, log_words
from gridworker.services.hand_ins import hand_ins
from gridworker.services.import_report import GroupReport
from gridworker.services.workspace import Workspace
from gridworker.store import batches


def remark(workspace: Workspace, group: GroupReport) -> None:
    """Say it at every file of an import with which a log turns out to be rewritten."""
    told = {str(one.book.get("export")): one for one in group.files if one.book.get("role") == "worker"}
    for grid in sorted({one.grid for one in told.values()} - {""}) if workspace.is_township else ():
        for export in Books(hand_ins(batches.of_grid(workspace.connection, grid))).rewritten:
            if report := told.get(to_text(export)):
                report.remarks.append(Problem("", "", "log_rewritten", log_words()))
