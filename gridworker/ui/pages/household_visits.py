"""What the visit form of a household page does: save and go on along the row of due ones, empty, take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services import visiting
from gridworker.services.undoing import Done
from gridworker.services.visiting import NeedGiven
from gridworker.ui.page import Message
from gridworker.ui.pages.likely_dialog import ask_first
from gridworker.ui.widgets.date_field import stop_at_unread

if TYPE_CHECKING:
    from gridworker.ui.pages.households import HouseholdsPage


@dataclass(slots=True)
class DueRow:
    """Households to be seen one after the other, and those of them that are done."""

    homes: tuple[Id, ...] = ()
    done: set[Id] = field(default_factory=set)

    def position(self, household: Id) -> str:
        """Where a household stands in the row, in words; empty outside it."""
        if household not in self.homes:
            return ""
        place = self.homes.index(household) + 1
        return _("到期 {place} / {count}").format(place=place, count=len(self.homes))

    def following(self, household: Id) -> Id | None:
        """The next one that is not done yet, from the front again after the last."""
        if household not in self.homes:
            return None
        place = self.homes.index(household)
        around = (*self.homes[place + 1 :], *self.homes[:place])
        return next((one for one in around if one not in self.done), None)


class HouseholdVisits:
    """Belongs to the page of households; knows what was typed for the last visit saved."""

    def __init__(self, page: "HouseholdsPage") -> None:
        self._page = page
        self._form = page.form
        self._typed: dict[int, tuple[Id, dict[str, Any]]] = {}
        self.row = DueRow()

    def save(self) -> None:
        """Store the visit, or say beside the fields what is wrong; ask first about needs that are known already."""
        if stop_at_unread(self._form):
            return
        visit, needs = self._form.given()
        wrong = visiting.problems(self._page.workspace, visit, needs)
        self._form.show_problems(wrong)
        if wrong:
            return
        found = visiting.likely_needs(self._page.workspace, self._page.household, needs)
        ask_first(self._page.window(), found, partial(self._keep, visit, needs), self._page.open_known)

    def take_back(self, done: Done) -> None:
        """What was typed for a visit that is undone is on the form again."""
        typed = self._typed.pop(id(done), None)
        if typed is not None:
            self._bring_back(*typed)

    def empty(self) -> None:
        """Begin the form anew; what was typed comes back by the message."""
        household, body, whom = self._page.household, self._form.draft(), self._form.whom.text()
        self._page.drafts.drop()
        self._page.drafts.open_for(household, whom)
        self._form.begin()
        sentence = _("已清空 {whom} 的走访表").format(whom=whom)
        self._page.said.emit(Message("saved", sentence, act=lambda: self._bring_back(household, body)))

    def on_need_removed(self, place: int, given: NeedGiven) -> None:
        """Offer a need back that was taken out of the form."""
        household = self._page.household
        sentence = _("已去掉诉求 {number}").format(number=place + 1)
        self._page.said.emit(Message("saved", sentence, act=lambda: self._put_back_need(household, place, given)))

    def _put_back_need(self, household: Id, place: int, given: NeedGiven) -> None:
        """The need alone: what else was typed since stays."""
        if self._page.household != household:
            self._page.open_household(household)
        self._form.put_back_need(place, given)

    def _bring_back(self, household: Id, body: dict[str, Any]) -> None:
        self._page.open_household(household)
        self._form.set_draft(body)
        self._page.drafts.keep()
        self._form.begin()

    def _keep(self, visit: Mapping[str, Any], needs: Sequence[NeedGiven]) -> None:
        household, typed = self._page.household, self._form.draft()
        done = self._page.attempt(lambda: visiting.save(self._page.workspace, household, visit, needs))
        if done is None:
            return
        self._typed = {id(done): (household, typed)}
        self._page.drafts.drop()
        sentence = self._sentence(len(needs))
        self.row.done.add(household)
        self._go_on()
        self._page.tell_done(sentence, done)

    def _sentence(self, needs: int) -> str:
        whom = self._form.whom.text()
        if needs:
            return _("已保存 {whom} 的走访和 {count} 件诉求").format(whom=whom, count=needs)
        return _("已保存 {whom} 的走访").format(whom=whom)

    def _go_on(self) -> None:
        """To the next due household; stay where there is no row, home when it is done."""
        household = self._page.household
        following = self.row.following(household)
        if following is None and household in self.row.homes:
            self.row = DueRow()
            self._page.go_back()
            self._page.navigate.emit("today", None)
            return
        self._page.open_household(following or household)
        self._form.begin()
