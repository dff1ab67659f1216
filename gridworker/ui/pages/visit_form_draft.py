"""The draft of a visit: kept while one types, back when its household is opened again."""

from PySide6.QtCore import QObject

from gridworker.domain.ids import Id
from gridworker.services import drafts
from gridworker.services.workspace import Workspace
from gridworker.ui.pages import wording
from gridworker.ui.pages.today import DRAFTS
from gridworker.ui.pages.visit_form import VisitForm
from gridworker.ui.widgets.draft_timer import DraftTimer


class DraftKeeper(QObject):
    """Stands between the form and the store."""

    def __init__(self, workspace: Workspace, form: VisitForm) -> None:
        super().__init__(form)
        self._workspace, self._form = workspace, form
        self._household: Id = 0
        self._timer = DraftTimer(self, self.keep)
        self.flush = self._timer.flush
        form.changed.connect(self._timer.soon)

    def open_for(self, household: Id, whom: str) -> None:
        """Bring the form to a household, with its draft if there is one."""
        self.flush()
        self._household = household
        self._form.open_for(household, whom)
        found = drafts.find(self._workspace, self._name())
        if found:
            self._form.set_draft(found[0])
            self._form.draft_mark.show_saved(wording.clock_of(found[1]))

    def keep(self) -> None:
        """Keep what the form holds now."""
        self._timer.stop()
        drafts.keep(self._workspace, self._name(), self._form.draft())
        self._form.draft_mark.show_saved(self._workspace.now)

    def drop(self) -> None:
        """Forget the draft: it was saved or is not wanted."""
        self._timer.stop()
        drafts.drop(self._workspace, self._name())

    def _name(self) -> str:
        return f"{DRAFTS}{self._household}"
