"""What a household proposed and what became of it, to be told at the door."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from gridworker.i18n import _
from gridworker.services.proposals import Raised
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import LINK, Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.label import label
from gridworker.ui.widgets.pill import Pill


class ProposalsCard(Card):
    """A line for each proposal, its answer below; `opened(id)` for one."""

    opened = Signal(object)

    def __init__(self, some: Sequence[Raised], today: date) -> None:
        open_ones = sum(not one.answered_on for one in some)
        super().__init__(_("提议"), _("见面时告诉一声") if open_ones else _("都已答复"))
        for one in some:
            title = Button(one.title, LINK, gives_way=True)
            title.setToolTip(one.title)
            title.clicked.connect(partial(self.opened.emit, one.id))
            made = row(Pill(one.step, "green" if one.answered_on else "blue"), title, 1)
            if one.answered_on:
                made.addWidget(label(wording.day(one.answered_on, today), "second"))
            else:
                mark = wording.due_mark(one.due_on, today)
                made.addWidget(Pill(mark.text, mark.tone) if mark.tone else label(mark.text, "second"))
            self.add(made)
            if one.answer:
                self.add(label(one.answer, "second", wrap=True))
