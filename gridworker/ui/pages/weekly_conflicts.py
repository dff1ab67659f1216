"""两边都改过，请选一个: one conflict at a time, both sides beside each other, one key chooses (look 11)."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from gridworker.i18n import _
from gridworker.services.workspace import Workspace
from gridworker.ui.pages import wording
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.card import Card, row
from gridworker.ui.widgets.key_cap import KeyLegend, key_cap
from gridworker.ui.widgets.label import ElidedLabel, label, line
from gridworker.ui.widgets.pill import Pill

if TYPE_CHECKING:
    from gridworker.services.conflicts import Conflict


class ConflictsCard(Card):
    """Hidden while nothing waits; `chosen(conflict, version)` for a decision."""

    chosen = Signal(object, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("两边都改过，请选一个"))
        self._workspace = workspace
        self._waiting: list[Conflict] = []
        self._place = 0
        self._count = Pill("", "amber")
        self._title = ElidedLabel("", "strong")
        self._sides = QHBoxLayout()
        self._sides.setSpacing(10)
        self.add_mark(self._count)
        self.add_action(KeyLegend([("1 2", _("选一边")), ("S", _("先放着"))]))
        self.add(self._title)
        self.add(self._sides)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", 10)
        self.setAccessibleName(_("两边都改过，请选一个"))
        self.hide()

    def refresh(self) -> None:
        """Read what waits."""
        from gridworker.services import conflicts

        self._waiting = conflicts.conflicts(self._workspace)
        self._place = min(self._place, max(len(self._waiting) - 1, 0))
        self._show()

    def count(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, S passes on."""
        text = event.text()
        if not self._waiting:
            super().keyPressEvent(event)
        elif text.isdigit() and 1 <= int(text) <= len(self._waiting[self._place].sides):
            self._choose(int(text) - 1)
        elif text in {"s", "S"}:
            self._place = (self._place + 1) % len(self._waiting)
            self._show()
        else:
            super().keyPressEvent(event)

    def _choose(self, side: int) -> None:
        conflict = self._waiting[self._place]
        self.chosen.emit(conflict, conflict.sides[side].version)

    def _show(self) -> None:
        self.setVisible(bool(self._waiting))
        while (item := self._sides.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        if not self._waiting:
            return
        from gridworker.services import reply

        conflict = self._waiting[self._place]
        self._count.show_state(_("还有 {count} 处").format(count=len(self._waiting)), "amber")
        self._title.setText(f"{_(conflict.ledger.label)} · {reply.title(self._workspace, conflict)}")
        for number in range(len(conflict.sides)):
            self._sides.addWidget(self._side(conflict, number), 1)

    def _side(self, conflict: "Conflict", number: int) -> QFrame:
        from gridworker.services import reply

        side = conflict.sides[number]
        box = QFrame()
        box.setProperty("frame", "inset")
        column = QVBoxLayout(box)
        column.setContentsMargins(12, 9, 12, 10)
        column.setSpacing(5)
        for name, value in reply.words(conflict, number):
            words = label(value or "—", "strong", wrap=True)
            line_of = row(label(name, "second"), words)
            line_of.setStretch(1, 1)
            column.addLayout(line_of)
        column.addStretch(1)
        column.addWidget(line())
        column.addWidget(ElidedLabel(self._source(conflict, number), "second"))
        take = Button(_("用这个"), small=True)
        take.clicked.connect(lambda: self._choose(number))
        shown = Pill(_("现在显示"), "grey") if side.value == conflict.shown else label()
        column.addLayout(row(key_cap(str(number + 1)), take, 1, shown))
        return box

    def _source(self, conflict: "Conflict", number: int) -> str:
        said = conflict.sides[number].said
        if said is None:
            return _("来处不详")
        day = wording.moment(said.deed.at, self._workspace.today)
        cell = f"{said.sheet}!{said.cell}" if said.cell else ""
        return " · ".join(part for part in (said.deed.author, day, cell) if part)
