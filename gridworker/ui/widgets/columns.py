"""Two columns of a page, of which the side one gives way when there is not room for both (look §7)."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

GAP = 12


class SideColumns(QWidget):
    """A main and a side column; `weights` share the width, the smallest width is that of the main column alone;
    `side_shown(bool)` when the side one came or went.
    """

    side_shown = Signal(bool)

    def __init__(
        self, main: QWidget, side: QWidget, *, side_first: bool = False, weights: tuple[int, int] = (1, 0)
    ) -> None:
        super().__init__()
        self.main, self.side = main, side
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        pairs = [(main, weights[0]), (side, weights[1])]
        for part, weight in reversed(pairs) if side_first else pairs:
            across.addWidget(part, weight)
        across.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)

    def minimumSizeHint(self) -> QSize:
        """The main column's; the side's height counts only while it is seen."""
        least = self._least(self.main)
        if not self.side.isHidden():
            least.setHeight(max(least.height(), self._least(self.side).height()))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the side column when both do not fit."""
        super().resizeEvent(event)
        need = self._least(self.main).width() + GAP + self._least(self.side).width()
        room = self.width() >= need
        if room != self.side.isVisibleTo(self):
            self.side.setVisible(room)
            self._across.activate()
            self.side_shown.emit(room)

    @staticmethod
    def _least(part: QWidget) -> QSize:
        fixed = part.minimumSize()
        return part.minimumSizeHint().expandedTo(fixed).boundedTo(part.maximumSize())
