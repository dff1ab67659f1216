"""What the worker's pages have in common: the workspace, failures as sentences, saving with a way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from PySide6.QtCore import QTimer

from gridworker.domain.ids import Id
from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services import access, undoing
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message, Page
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.top_bar import Action, Heading

Result = TypeVar("Result")

SHEET_KEY: Final = "F3"
"""Shows the evening sheet, from anywhere in the window."""
RESTING: Final = 600  # ms after which a record that was passed in a list counts as looked at
BUILDINGS_KEY: Final = "F9"
"""Shows the buildings, from anywhere in the window."""
VERIFY_KEY: Final = "F10"
"""Shows what is to be looked at again, from anywhere in the window."""
NEW_HOUSEHOLD: Final = "new"
"""Key of the households page: write a new one."""
BRING_ROSTER: Final = "roster"
"""Key of the weekly page: choose a workbook with households."""


@dataclass(frozen=True, slots=True)
class HouseholdKey:
    """Which household to open, the row of due ones it stands in, whether a visit or a need is to be written; or which
    of its people to show.
    """

    household: Id
    queue: tuple[Id, ...] = ()
    visit: bool = False
    need: bool = False
    resident: Id = 0


@dataclass(frozen=True, slots=True)
class CampaignKey:
    """Key of the buildings: how their doors stand in a campaign."""

    campaign: Id


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """Key of the page with the choices: go to them, first to those of one record."""

    record: Id = 0


class WorkerPage(Page):
    """A page over the workspace; `bus` tells the other pages what changed."""

    def __init__(self, heading: Heading, workspace: Workspace, bus: Refresh, action: Action | None = None) -> None:
        super().__init__(heading, action)
        self.workspace = workspace
        self.bus = bus
        self._looked = QTimer(self, interval=RESTING, singleShot=True)
        self._looked.timeout.connect(self._note_rest)
        self._rests: tuple[str, Id] = ("", 0)

    def note_look(self, ledger: str, id: Id) -> None:
        """Write into the access log that a record was opened."""
        self.attempt(lambda: access.note_look(self.workspace, ledger, id))

    def rest_on(self, ledger: str, id: Id) -> None:
        """The same of a record passed in a list, if it stays in sight."""
        self._rests = (ledger, id)
        self._looked.start()

    def _note_rest(self) -> None:
        if self.isVisible():
            self.note_look(*self._rests)

    def attempt(self, work: Callable[[], Result]) -> Result | None:
        """Do something that may fail in the world; a failure becomes one sentence with the next step."""
        try:
            return work()
        except GridworkerError as error:
            self.said.emit(Message("failure", error.told))
            return None

    def tell_done(self, sentence: str, done: Done) -> None:
        """Say what was saved, with 撤销, and let every page hear of it."""
        self.said.emit(Message("saved", sentence, act=lambda: self.take_back(done)))
        self.bus.changed.emit(done.written)

    def take_back(self, done: Done) -> None:
        """Undo a save."""
        written = self.attempt(lambda: undoing.undo(self.workspace, done))
        if written is not None:
            self.said.emit(Message("saved", _("已撤销，内容恢复到保存前。")))
            self.bus.changed.emit(written)
