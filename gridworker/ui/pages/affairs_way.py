"""How far a proposal has come: its steps, by when it is to be answered, and the tasks it led to."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridworker.i18n import _
from gridworker.services.affairs import Line
from gridworker.services.proposals import Task, Way
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import LINK, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.label import ElidedLabel, label
from gridworker.ui.widgets.pill import Pill
from gridworker.ui.widgets.steps import Steps


class WayBox(QWidget):
    """`opened(Line)` for a task, which is a need."""

    opened = Signal(object)

    def __init__(self, way: Way, today: date) -> None:
        super().__init__()
        self._today = today
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(6)
        steps = Steps()
        steps.show_steps(way.words, way.place)
        down.addWidget(steps)
        down.addWidget(self._limit(way))
        if way.tasks:
            down.addWidget(label(_("任务 {count}").format(count=len(way.tasks)), "card_title"))
        for one in way.tasks:
            down.addLayout(self._task(one))

    def _limit(self, way: Way) -> QWidget:
        if way.answered_on:
            words = _("{day} 已答复提出人").format(day=wording.day(way.answered_on, self._today))
            return label(words, "second", "amber" if way.late else "green")
        if way.late:
            return label(_("答复已超期，时限 {day}").format(day=wording.day(way.due_on, self._today)), "second", "red")
        day = wording.day(way.due_on, self._today)
        return label(_("{day}前答复提出人").format(day=day) if day else _("还没有答复时限"), "second")

    def _task(self, one: Task) -> QHBoxLayout:
        go = Button(one.content, LINK, gives_way=True)
        go.setToolTip(one.content)
        go.clicked.connect(lambda: self.opened.emit(Line("need", one.need, one.content)))
        told = " · ".join(filter(None, (one.responsible, wording.day(one.due_on, self._today))))
        made = row(go, ElidedLabel(told, "second"))
        made.setStretch(1, 1)
        made.addWidget(Pill(_(one.state), "red" if one.late else "blue" if one.is_open else "green"))
        return made
