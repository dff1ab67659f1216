"""What is done at the doors of a campaign besides its keys: its own columns, its sheets on paper and as a workbook."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gridworker.domain.ids import Id, to_text
from gridworker.domain.ledger import OWN
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import campaign_sheets, canvassing, editing
from gridworker.services.buildings import Building
from gridworker.services.campaign_sheets import Part
from gridworker.services.campaigns import Roll
from gridworker.ui.page import Message
from gridworker.ui.pages.record_dialog import RecordDialog
from gridworker.ui.pages.worker_page import WorkerPage


def edit_entry(page: WorkerPage, roll: Roll, building: Building, home: Id) -> None:
    """The campaign's own columns for one door."""
    of, campaign = ledger("campaign_entry"), roll.campaign
    entry = canvassing.entry_of(roll, building, home)
    known = editing.stored(page.workspace, of.name, entry) if entry else {}
    blank = canvassing.blank(page.workspace, roll, building, home)
    given = known or {name: to_text(value) if isinstance(value, int) else value for name, value in blank.items()}
    fixed = tuple((_(of.by_name[name].label), (name,)) for name in ("state", "done_on", "note"))
    own = tuple((column, (OWN + column,)) for column in campaign.columns)
    shape = (campaign.name, (*fixed[:2], *own, fixed[2]), ())
    dialog = RecordDialog(page, page.workspace, of.name, entry, given, shape, f"{campaign.id} {home}")
    dialog.saved.connect(partial(page.tell_done, _("已保存{ledger}").format(ledger=_(of.label))))
    dialog.open()


def print_sheet(page: WorkerPage, roll: Roll, building: Building, _home: Id) -> None:
    """The sheet of this building to go from door to door with; those of the others can be chosen."""
    from gridworker.ui.printing.choices import campaign_sheet

    campaign_sheet(page.workspace, page, roll.campaign, building).open()


def ask_sheet(page: WorkerPage, roll: Roll, building: Building, _home: Id) -> None:
    """The same as a workbook, which finds home when it was filled in."""
    folder = Path(page.workspace.store.get("export_folder") or Path.home())
    part = campaign_sheets.part_of(page.workspace, roll.campaign, building)
    name = campaign_sheets.default_name(roll.campaign, part)
    path, _kind = QFileDialog.getSaveFileName(page, _("导出登记表"), str(folder / name), "(*.xlsx)")
    if path:
        write_sheet(page, roll, part, Path(path))


def write_sheet(page: WorkerPage, roll: Roll, part: Part, path: Path) -> None:
    """Write it, say so, and let every page hear of the records made for its lines."""
    made = page.attempt(lambda: campaign_sheets.write(page.workspace, roll.campaign, [part], path))
    if made is not None:
        told = _("登记表已导出，用上报密码打开；填好后拖进窗口，各户自己对上：{name}").format(name=path.name)
        page.said.emit(Message("saved", told))
        page.bus.changed.emit(made)
