"""住户: the list, filtered as one types, and the page of one household with its quick visit form."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gridworker.domain.ids import Id
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import household_page, resident_page
from gridworker.services.household_page import Event, HouseholdPage
from gridworker.services.likely_same import Likely
from gridworker.services.undoing import Done
from gridworker.services.workspace import Workspace
from gridworker.ui import keys
from gridworker.ui.pages import household, household_edit, need_edit, resident
from gridworker.ui.pages.field_history import open_history
from gridworker.ui.pages.household import HouseholdView
from gridworker.ui.pages.household_deeds import HouseholdDeeds
from gridworker.ui.pages.household_visits import DueRow, HouseholdVisits
from gridworker.ui.pages.households_list import HouseholdsList
from gridworker.ui.pages.need_new import NewNeedDialog
from gridworker.ui.pages.resident import ResidentView
from gridworker.ui.pages.rights import Rights
from gridworker.ui.pages.visit_form_draft import DraftKeeper
from gridworker.ui.pages.worker_page import BRING_ROSTER, NEW_HOUSEHOLD, ChoiceKey, HouseholdKey, WorkerPage
from gridworker.ui.refresh import Refresh
from gridworker.ui.widgets.top_bar import VISIT_KEY, Action, Heading


class HouseholdsPage(WorkerPage):
    """List and household on one page; the word before the title leads back. The township looks, it does not visit."""

    def __init__(self, workspace: Workspace, bus: Refresh) -> None:
        self._own = Heading(_("住户"))
        self._can_visit = not workspace.is_township
        visit = Action(_("记录走访"), self._record_visit, key=VISIT_KEY) if self._can_visit else None
        super().__init__(self._own, workspace, bus, visit)
        self.household: Id = 0
        self._resident: Id = 0
        self.list = HouseholdsList(workspace, can_add=self._can_visit)
        self.view = HouseholdView(workspace)
        self.form = self.view.form
        self.drafts = DraftKeeper(workspace, self.form)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.view)
        self.person = ResidentView(workspace)
        self._stack.addWidget(self.person)
        self.deeds = HouseholdDeeds(self)
        self.rights = Rights(self)
        self.visits = HouseholdVisits(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    def first_focus(self) -> QWidget:
        """The manner of the visit on a household, else the list."""
        if self._resident:
            return self.person.edit
        if not self.household:
            return self.list.first_focus()
        return self.view.first_focus() if self._can_visit else self.view

    def refresh(self) -> None:
        """Read the person, the household or the list anew."""
        if self._resident:
            self._show_resident(self._resident)
        elif self.household:
            self._show(self.household)
        else:
            self.list.refresh()

    def open_key(self, key: object) -> None:
        """Show a household, by its id or a HouseholdKey, or write a new one."""
        if key == NEW_HOUSEHOLD:
            self.go_back()
            self._new_household()
            return
        wanted = key if isinstance(key, HouseholdKey) else HouseholdKey(int(str(key)))
        if wanted.queue != self.visits.row.homes:
            self.visits.row = DueRow(wanted.queue)
        self.open_household(wanted.household)
        if wanted.resident:
            self._show_resident(wanted.resident)
        if wanted.visit:
            self.view.turn_to_form()
        if wanted.need and self.household and self._can_visit:
            self.form.add_need()

    def go_back(self) -> None:
        """Back to the household from a person, to the list from a household."""
        if self._resident and self.household:
            self.open_household(self.household)
            self.first_focus().setFocus()
            return
        self.drafts.flush()
        self._resident = 0
        self.household = 0
        self.list.refresh()
        self._stack.setCurrentWidget(self.list)
        self.set_heading(self._own)
        self.list.first_focus().setFocus()

    def hideEvent(self, event: Any) -> None:
        """Leaving the page keeps the draft at once."""
        self.drafts.flush()
        super().hideEvent(event)

    def take_back(self, done: Done) -> None:
        """Undo a save; what was typed for a visit is on the form again."""
        super().take_back(done)
        self.visits.take_back(done)

    def _connect(self) -> None:
        self.list.opened.connect(self._open_from_list)
        self.list.new_asked.connect(self._new_household)
        self.list.sheet_asked.connect(lambda: self.navigate.emit("sheet", None))
        self.list.import_asked.connect(lambda: self.navigate.emit("weekly", BRING_ROSTER))
        self.view.need_asked.connect(lambda need: self.navigate.emit("needs", need))
        self.view.choice_asked.connect(lambda: self.navigate.emit("weekly", ChoiceKey(self.household)))
        self.view.edit_asked.connect(self._edit_household)
        self.view.member_asked.connect(self._edit_member)
        self.view.proposal_asked.connect(lambda topic: self.navigate.emit("affairs", ("topic", topic)))
        self.view.event_asked.connect(self._edit_event)
        self.view.person_asked.connect(self._open_resident)
        self.view.deed_asked.connect(self._do_deed)
        self.person.asked.connect(self._on_person_asked)
        keys.bind(self.view, "Ctrl+M", self.view.open_menu)
        keys.bind(self.view, "Ctrl+N", partial(self._edit_member, 0))
        if not self._can_visit:
            return
        self.form.submitted.connect(self.visits.save)
        self.form.emptied.connect(self.visits.empty)
        self.form.need_removed.connect(self.visits.on_need_removed)
        keys.bind(self.view, "Ctrl+Enter", self._save_visit)
        keys.bind(self.view, "F4", self.form.add_need)
        keys.bind(self.list, "Ctrl+N", self._new_household)
        keys.bind(self, "Ctrl+P", self._print_blank)

    def _open_from_list(self, household: Id) -> None:
        self.visits.row = DueRow()
        self.open_household(household)
        self.first_focus().setFocus()

    def open_household(self, household: Id) -> None:
        """Show a household with its form, and the draft of it if there is one."""
        page = self.attempt(lambda: household_page.read(self.workspace, household))
        if page is None:
            return
        self.household, self._resident = page.id, 0
        self.view.turn_to_cards()
        self._stack.setCurrentWidget(self.view)
        self._show_page(page)
        self.note_look("household", page.id)
        self.drafts.open_for(page.id, f"{page.head} {page.short_address}".strip())
        self.form.show_next_in_row(self.visits.row.following(page.id) is not None)

    def _show(self, household: Id) -> None:
        page = self.attempt(lambda: household_page.read(self.workspace, household))
        if page is None:
            self.go_back()
        else:
            self._show_page(page)

    def _show_page(self, page: HouseholdPage) -> None:
        self.household = page.id
        title = _("{head} 户").format(head=page.head) if page.head else page.short_address
        self.set_heading(Heading(title, _("住户")))
        self.view.show_household(page, self.visits.row.position(page.id))

    def _open_resident(self, resident: Id) -> None:
        self._show_resident(resident)
        self.first_focus().setFocus()

    def _show_resident(self, resident: Id) -> None:
        page = self.attempt(lambda: resident_page.read(self.workspace, resident))
        self._resident = page.id if page else 0
        if page is None:
            self.go_back()
            return
        self.drafts.flush()
        self.household = page.household
        self._stack.setCurrentWidget(self.person)
        self.set_heading(Heading(page.name, page.home or _("住户")))
        self.person.show_resident(page)
        self.note_look("resident", page.id)

    def _on_person_asked(self, what: str, argument: object) -> None:
        people = ledger("resident")
        acts: dict[str, Callable[[], object]] = {
            resident.EDIT: lambda: self._edit_member(self._resident),
            resident.MOVE: lambda: self.deeds.move(self._resident),
            resident.JOIN: lambda: self.deeds.join(people, self._resident),
            resident.SOURCES: lambda: self.deeds.sources(people, self._resident),
            resident.LEFT: lambda: self.deeds.leave(self._resident, str(argument)),
            resident.CHOICE: lambda: self.navigate.emit("weekly", ChoiceKey(self._resident)),
            resident.NEED: lambda: self.navigate.emit("needs", argument),
            resident.HOME: self.go_back,
            resident.HISTORY: self._show_history,
            resident.REGISTER: self._register_need,
            resident.ERASE: lambda: self.rights.erase(people, self._resident),
            resident.COPY: lambda: self.rights.copy(self._resident),
        }
        acts[what]()

    def _register_need(self) -> None:
        """A need of the person shown."""
        dialog = NewNeedDialog(self, self.workspace, self._resident, self.household)
        dialog.saved.connect(lambda done: self.tell_done(_("已登记诉求"), done))
        dialog.known_asked.connect(self.open_known)
        dialog.open()

    def _show_history(self) -> None:
        """Everything ever said about the person."""
        open_history(self, self.workspace, [(self.heading.title, self._resident)])

    def _do_deed(self, deed: str) -> None:
        homes = ledger("household")
        acts: dict[str, Callable[[], object]] = {
            household.JOIN: lambda: self.deeds.join(homes, self.household),
            household.SOURCES: lambda: self.deeds.sources(homes, self.household),
            household.BUILDING: lambda: self.navigate.emit("buildings", self.household),
            household.HAND_OVER: lambda: self.deeds.hand_over(self.household),
            household.PROPOSE: lambda: self.deeds.propose(self.household),
            household.ERASE: lambda: self.rights.erase(homes, self.household),
        }
        acts[deed]()

    def open_known(self, known: Likely) -> None:
        """What is there already, instead of another one; what was typed stays a draft."""
        if known.ledger == "need":
            self.navigate.emit("needs", known.id)
        else:
            row = self.workspace.row(known.ledger, known.id)
            self._open_from_list(known.id if known.ledger == "household" or row is None else row.plain("household"))

    def _record_visit(self) -> None:
        if self._resident:
            self.open_household(self.household)
        if not self.household and self.list.rows.current_key() is not None:
            self._open_from_list(self.list.rows.current_key())
        elif self.household:
            self.form.begin()
        else:
            self.list.first_focus().setFocus()

    def _save_visit(self) -> None:
        """Never what one does not see."""
        if self.form.isHidden():
            self.form.begin()
        else:
            self.visits.save()

    def _print_blank(self) -> None:
        """The visit form of the building one is looking at."""
        from gridworker.ui.printing.choices import visit_form

        dialog = visit_form(self.workspace, self, self.household or self.list.rows.current_key() or 0)
        if dialog is not None:
            dialog.open()

    def _new_household(self) -> None:
        dialog = household_edit.new_household(self.workspace, self)
        dialog.saved.connect(self._on_household_made)
        dialog.known_asked.connect(self.open_known)
        dialog.open()

    def _on_household_made(self, done: Done) -> None:
        self.tell_done(_("已建新住户"), done)
        self._open_from_list(done.written.ids[0])

    def _edit_household(self) -> None:
        dialog = household_edit.edit_household(self.workspace, self, self.household)
        dialog.saved.connect(lambda done: self.tell_done(_("已保存住户资料"), done))
        dialog.known_asked.connect(self.open_known)
        dialog.open()

    def _edit_event(self, event: Event) -> None:
        edit = need_edit.edit_visit if event.sort == household_page.VISIT else need_edit.edit_step
        dialog = edit(self.workspace, self, event.own or 0)
        dialog.saved.connect(lambda done: self.tell_done(_("已改记录"), done))
        dialog.open()

    def _edit_member(self, resident: Id) -> None:
        dialog = household_edit.edit_resident(self.workspace, self, self.household, resident)
        dialog.saved.connect(lambda done: self.tell_done(_("已保存成员资料"), done))
        dialog.next_asked.connect(partial(self._edit_member, 0))
        dialog.known_asked.connect(self.open_known)
        dialog.open()
