"""Pages that both roles have, each imported when it is first shown."""

from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import PageSpec
from gridworker.ui.pages.worker_page import BUILDINGS_KEY, VERIFY_KEY
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


def buildings(workspace: Workspace, refresh: Refresh) -> QWidget:
    """楼栋."""
    from gridworker.ui.pages.buildings import BuildingsPage

    return BuildingsPage(workspace, refresh)


def participation(workspace: Workspace, refresh: Refresh) -> QWidget:
    """参与, under 社区事务."""
    from gridworker.ui.pages.participation import ParticipationPage

    return ParticipationPage(workspace, refresh)


def about_buildings(workspace: Workspace, refresh: Refresh) -> list[PageSpec]:
    """楼栋, by its key from anywhere, and 参与, both under 社区事务."""
    doors, people = partial(buildings, workspace, refresh), partial(participation, workspace, refresh)
    return [
        PageSpec("buildings", _("楼栋"), "building-2", doors, under="affairs", key=BUILDINGS_KEY),
        PageSpec("participation", _("参与"), "users", people, under="affairs"),
    ]


def verify(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> PageSpec:
    """核实, by its key from anywhere, under 社区事务."""

    def make() -> QWidget:
        from gridworker.ui.pages.verify import VerifyPage

        return VerifyPage(workspace, refresh, tasks)

    return PageSpec("verify", _("核实"), "shield-check", make, under="affairs", key=VERIFY_KEY)


def fill(workspace: Workspace, refresh: Refresh, tasks: Tasks) -> QWidget:
    """填表."""
    from gridworker.ui.pages.fill import FillPage

    return FillPage(workspace, refresh, tasks)
