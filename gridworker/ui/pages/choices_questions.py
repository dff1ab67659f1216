"""是不是同一个: a row of a list that may be several of ours; a digit says which one, 0 says none of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.errors import GridworkerError
from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.page import Message
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend, key_cap
from gridworker.ui.widgets.label import ElidedLabel
from gridworker.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from gridworker.services.questions import Question


class QuestionsCard(Card):
    """Hidden while nobody is in question; `decided(what)` after each answer."""

    decided = Signal(object)
    said = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("是不是同一个"))
        self._workspace = workspace
        self._asked: list[Question] = []
        self._place = 0
        self._count = Pill("", "amber")
        self._heading = ElidedLabel("", "strong")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(5)
        self.add_mark(self._count)
        self.add_action(KeyLegend([("1 2", _("就是这个")), ("0", _("都不是")), ("S", _("先放着"))]))
        self.add(self._heading)
        self.add(self._lines)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", 10)
        self.setAccessibleName(_("是不是同一个"))
        self.hide()

    def refresh(self) -> None:
        """Read who is in question."""
        from gridworker.services import questions

        self._asked = questions.questions(self._workspace)
        self._place = min(self._place, max(len(self._asked) - 1, 0))
        self._show()

    def count(self) -> int:
        """How many are in question."""
        return len(self._asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers, S passes on."""
        text = event.text().lower()
        if not self._asked:
            super().keyPressEvent(event)
        elif text.isdecimal() and int(text) <= len(self._asked[self._place].candidates):
            self.answer(int(text) - 1)
        elif text == "s":
            self._place = (self._place + 1) % len(self._asked)
            self._show()
        else:
            super().keyPressEvent(event)

    def answer(self, place: int) -> None:
        """It is the one at a place; -1: none of them."""
        from gridworker.services import questions

        one = self._asked[self._place]
        try:
            if place >= 0:
                questions.decide(self._workspace, one.record, one.candidates[place][0], same=True)
            else:
                for other, _title in one.candidates:
                    questions.decide(self._workspace, one.record, other, same=False)
        except GridworkerError as error:
            self.said.emit(Message("failure", error.told))
            return
        self.said.emit(Message("saved", _("已记下，两条的内容按此合看。") if place >= 0 else _("已记下，各是各的。")))
        self.refresh()
        self.decided.emit(one)

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.setVisible(bool(self._asked))
        if not self._asked:
            return
        one = self._asked[self._place]
        self._count.show_state(_("还有 {count} 处").format(count=len(self._asked)), "amber")
        self._heading.setText(_("表里的“{title}”是下面的哪一个？").format(title=one.title))
        for place, (_record, title) in enumerate(one.candidates):
            self._lines.addWidget(self._line(place, title, _("就是这个")))
        self._lines.addWidget(self._line(-1, "", _("都不是")))

    def _line(self, place: int, title: str, verb: str) -> QWidget:
        take = Button(verb, small=True)
        take.setAccessibleName(f"{title} {verb}".strip())
        take.clicked.connect(lambda: self.answer(place))
        across = row(key_cap(str(place + 1)), ElidedLabel(title), take)
        across.setStretch(1, 1)
        made = QWidget()
        made.setLayout(across)
        return made
