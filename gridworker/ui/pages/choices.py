"""All that waits for a person: what is written differently, then who may be whom; the pages put it over their work."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridworker.domain.ids import Id
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import page_column
from gridworker.ui.pages.choices_card import ChoicesCard
from gridworker.ui.pages.choices_questions import QuestionsCard
from gridworker.ui.tasks import Tasks


class Choices(QWidget):
    """`decided(what)` after each decision, `said(Message)`, and `emptied` once nothing is left."""

    decided = Signal(object)
    said = Signal(object)
    emptied = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.card, self.questions = ChoicesCard(workspace, tasks), QuestionsCard(workspace)
        column = page_column()
        self.setLayout(column)
        for part in (self.card, self.questions):
            column.addWidget(part)
            part.said.connect(self.said)
            part.decided.connect(self._on_decided)

    def refresh(self) -> None:
        """Read what waits."""
        self.card.refresh()
        self.questions.refresh()
        waits = self.questions.count()
        self.card.show_note(_("另有 {count} 处要认是不是同一个").format(count=waits) if waits else "")
        self.questions.setVisible(waits > 0 and not self.card.count())  # one card at a time: the window may be low
        self.setFocusProxy(self.card if self.card.count() else self.questions)
        self.setVisible(bool(self.count()))

    def count(self) -> int:
        """How many wait."""
        return self.card.count() + self.questions.count()

    def show_record(self, record: Id) -> None:
        """Go to what is written differently about one record."""
        self.card.show_record(record)

    def _on_decided(self, what: object) -> None:
        """The pages hear of it; then the next one has the focus, or the page has it again."""
        self.decided.emit(what)
        self.refresh()
        if self.count():
            self.setFocus()
        else:
            self.emptied.emit()
