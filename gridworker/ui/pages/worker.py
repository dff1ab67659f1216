"""The pages of a worker's window; each is imported and made when it is first shown."""

from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import PageSpec
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks


def worker_pages(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> list[PageSpec]:
    """今日, 住户, 诉求, 周报上报.

    Keys: `household` takes an id or a HouseholdKey, `need` an id or a filter of needs_list, `weekly` a path to import.
    """

    def today() -> QWidget:
        from gridworker.ui.pages.today import TodayPage

        return TodayPage(workspace, refresh)

    def household() -> QWidget:
        from gridworker.ui.pages.households import HouseholdsPage

        return HouseholdsPage(workspace, refresh)

    def need() -> QWidget:
        from gridworker.ui.pages.needs import NeedsPage

        return NeedsPage(workspace, refresh)

    def weekly() -> QWidget:
        from gridworker.ui.pages.weekly import WeeklyPage

        return WeeklyPage(workspace, refresh, tasks)

    return [
        PageSpec("today", _("今日"), "calendar-check", today),
        PageSpec("household", _("住户"), "users", household),
        PageSpec("need", _("诉求"), "message-square-warning", need),
        PageSpec("weekly", _("周报上报"), "send", weekly),
    ]
