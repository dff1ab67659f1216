"""Pages that both roles have, each imported when it is first shown."""

from PySide6.QtWidgets import QWidget

from gridworker.services.workspace import Workspace
from gridworker.ui.refresh import Refresh
from gridworker.ui.tasks import Tasks


def households(workspace: Workspace, refresh: Refresh) -> QWidget:
    """住户."""
    from gridworker.ui.pages.households import HouseholdsPage

    return HouseholdsPage(workspace, refresh)


def affairs(workspace: Workspace, refresh: Refresh) -> QWidget:
    """社区事务."""
    from gridworker.ui.pages.affairs import AffairsPage

    return AffairsPage(workspace, refresh)


def mediation(workspace: Workspace, refresh: Refresh) -> QWidget:
    """调解, under 社区事务."""
    from gridworker.ui.pages.mediation import MediationPage

    return MediationPage(workspace, refresh)


def meeting(workspace: Workspace, refresh: Refresh) -> QWidget:
    """议事会, live."""
    from gridworker.ui.pages.meeting import MeetingPage

    return MeetingPage(workspace, refresh)


def fill(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> QWidget:
    """填表."""
    from gridworker.ui.pages.fill import FillPage

    return FillPage(workspace, refresh, tasks)
