"""The pages of a worker's window; each is imported and made when it is first shown."""

from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import PageSpec
from gridworker.ui.pages import shared
from gridworker.ui.pages.worker_page import SHEET_KEY
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks


def worker_pages(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> list[PageSpec]:
    """今日, 住户, 诉求, 社区事务, 周报上报; under 今日 the evening sheet, by F3 from anywhere.

    Keys: `households` takes an id or a HouseholdKey, `needs` an id or a filter of needs_list, `weekly` a path.
    """

    def today() -> QWidget:
        from gridworker.ui.pages.today import TodayPage

        return TodayPage(workspace, refresh)

    def needs() -> QWidget:
        from gridworker.ui.pages.needs import NeedsPage

        return NeedsPage(workspace, refresh)

    def weekly() -> QWidget:
        from gridworker.ui.pages.weekly import WeeklyPage

        return WeeklyPage(workspace, refresh, tasks)

    def sheet() -> QWidget:
        from gridworker.ui.pages.sheet import SheetPage

        return SheetPage(workspace, refresh)

    return [
        PageSpec("today", _("今日"), "calendar-check", today),
        PageSpec("households", _("住户"), "users", partial(shared.households, workspace, refresh)),
        PageSpec("needs", _("诉求"), "message-square-warning", needs),
        PageSpec("affairs", _("社区事务"), "landmark", partial(shared.affairs, workspace, refresh)),
        PageSpec("meeting", _("议事会"), "vote", partial(shared.meeting, workspace, refresh), under="affairs"),
        PageSpec("weekly", _("周报上报"), "send", weekly),
        *shared.about_buildings(workspace, refresh),
        shared.verify(workspace, refresh, tasks),
        PageSpec("fill", _("填表"), "file-spreadsheet", partial(shared.fill, workspace, refresh, tasks)),
        PageSpec("sheet", _("补录"), "file-pen-line", sheet, under="today", key=SHEET_KEY),
        PageSpec("mediation", _("调解"), "scale", partial(shared.mediation, workspace, refresh), under="affairs"),
    ]
