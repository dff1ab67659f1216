"""What can be printed from where: the visit form building by building, papers of a need and of the community."""

from functools import partial

from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import affair_papers, campaign_sheets, mediation_papers, need_papers, visit_papers
from gridworker.services.buildings import Building
from gridworker.services.campaigns import Campaign
from gridworker.services.workspace import Workspace
from gridworker.ui.printing.preview import PrintDialog


def visit_form(workspace: Workspace, parent: QWidget, household: Id = 0) -> PrintDialog | None:
    """The blank form, first that of the building a household stands in; None where there are no households."""
    found = visit_papers.buildings(workspace)
    if not found:
        return None
    here = visit_papers.building_of(workspace, household)
    places = [(one.estate, one.building) for one in found]
    choices = [(_("{place}，{count} 户").format(place=one.label, count=one.households),
                partial(visit_papers.blank_form, workspace, one)) for one in found]  # fmt: skip
    return PrintDialog(parent, workspace, _("走访登记表"), choices, places.index(here) if here in places else 0)


def slip_of_referral(workspace: Workspace, parent: QWidget, need: Id, referral: Id) -> PrintDialog:
    """The slip that goes with a referral."""
    choices = [(_("转办交办单"), partial(need_papers.referral_slip, workspace, need, referral))]
    return PrintDialog(parent, workspace, _("打印"), choices)


def need_paper(workspace: Workspace, parent: QWidget, need: Id) -> PrintDialog:
    """The referral slip, and the list of materials where the need asks for some."""
    choices = [(_("转办交办单"), partial(need_papers.referral_slip, workspace, need))]
    if need_papers.has_materials(workspace, need):
        choices.append((_("材料清单"), partial(need_papers.material_list, workspace, need)))
    return PrintDialog(parent, workspace, _("打印"), choices)


def campaign_sheet(workspace: Workspace, parent: QWidget, campaign: Campaign, here: Building) -> PrintDialog:
    """The sheets of a campaign, first that of the building shown."""
    found = campaign_sheets.choices(workspace, campaign.id)
    names = [one.name for one in campaign_sheets.parts(workspace, campaign)]
    place = names.index(campaign_sheets.part_of(workspace, campaign, here).name) if names else 0
    return PrintDialog(parent, workspace, campaign.name, found, place)


def mediation_paper(workspace: Workspace, parent: QWidget, need: Id) -> PrintDialog:
    """The register of a dispute, and the agreements it came to."""
    return PrintDialog(parent, workspace, _("打印"), mediation_papers.choices(workspace, need))


def affair_paper(workspace: Workspace, parent: QWidget, ledger_name: str, id: Id, word: str = "") -> PrintDialog:
    """The papers of a record of the community, first the one called by a word."""
    found = affair_papers.choices(workspace, ledger_name, id)
    words = [one for one, _make in found]
    return PrintDialog(parent, workspace, _("打印"), found, words.index(word) if word in words else 0)
