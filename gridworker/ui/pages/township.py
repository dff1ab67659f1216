"""The township's pages, in the order of its week; each is imported and made when it is first shown."""

from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import PageSpec
from gridworker.ui.pages import shared
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks

CHOICES = "choices"  # the key that opens what both sides changed, on 收表


def township_pages(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> list[PageSpec]:
    """收表, 审核, 汇总, 住户, 社区事务.

    Keys: `collect` takes the id of a grid or CHOICES, `review` that of a need, `households` that of a household.
    """

    def collect() -> QWidget:
        from gridworker.ui.pages.collect import CollectPage

        return CollectPage(workspace, refresh, tasks)

    def review() -> QWidget:
        from gridworker.ui.pages.review import ReviewPage

        return ReviewPage(workspace, refresh, tasks)

    def summary() -> QWidget:
        from gridworker.ui.pages.summary import SummaryPage

        return SummaryPage(workspace, refresh, tasks)

    return [
        PageSpec("collect", _("收表"), "inbox", collect),
        PageSpec("review", _("审核"), "clipboard-check", review),
        PageSpec("summary", _("汇总"), "chart-column", summary),
        PageSpec("households", _("住户"), "users", partial(shared.households, workspace, refresh)),
        PageSpec("affairs", _("社区事务"), "landmark", partial(shared.affairs, workspace, refresh)),
        PageSpec("meeting", _("议事会"), "vote", partial(shared.meeting, workspace, refresh), under="affairs"),
        *shared.about_buildings(workspace, refresh),
        shared.verify(workspace, refresh, tasks),
        PageSpec("fill", _("填表"), "file-spreadsheet", partial(shared.fill, workspace, refresh, tasks)),
        PageSpec("mediation", _("调解"), "scale", partial(shared.mediation, workspace, refresh), under="affairs"),
    ]
