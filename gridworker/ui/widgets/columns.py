"""Two columns of a page, of which one gives way when there is not room for both (look §7)."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

GAP = 12


class SideColumns(QWidget):
    """A main and a side column; `weights` share the width, the smallest width is that of the main column alone;
    `beside(bool)` when there came to be room for both or no longer. Without it the main column is seen, or the one
    `turn_to` was asked for.
    """

    beside = Signal(bool)

    def __init__(
        self, main: QWidget, side: QWidget, *, side_first: bool = False, weights: tuple[int, int] = (1, 0)
    ) -> None:
        super().__init__()
        self.main, self.side = main, side
        self._in_front, self._has_room, self._has_side = main, True, True
        across = self._across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP)
        pairs = [(main, weights[0]), (side, weights[1])]
        for part, weight in reversed(pairs) if side_first else pairs:
            across.addWidget(part, weight)
        across.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)

    def minimumSizeHint(self) -> QSize:
        """The main column's width; a height counts only while its column is seen."""
        seen = [self._least(part).height() for part in (self.main, self.side) if not part.isHidden()]
        return QSize(self._least(self.main).width(), max(seen))

    def offer_side(self, offered: bool) -> None:
        """Whether the side column has anything to show."""
        self._has_side = offered
        self._show_columns()

    def turn_to(self, part: QWidget) -> None:
        """See this column where there is not room for both."""
        self._in_front = part
        self._show_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew at every size whether both are seen."""
        super().resizeEvent(event)
        need = self._least(self.main).width() + GAP + self._least(self.side).width()
        before, self._has_room = self._has_room, self.width() >= need
        here = self.focusWidget()
        if before and here is not None and here.hasFocus() and self.main.isAncestorOf(here):
            self._in_front = self.main  # nothing goes from under a person's hands
        self._show_columns()
        if before != self._has_room:
            self.beside.emit(self._has_room)

    def _show_columns(self) -> None:
        parts = (self.main, self.side)
        in_front = self._in_front if self._has_side else self.main
        wanted = [self._has_room or in_front is self.main, self._has_side and (self._has_room or in_front is self.side)]
        if wanted == [part.isVisibleTo(self) for part in parts]:
            return
        for part, shown in sorted(zip(parts, wanted, strict=True), key=lambda pair: not pair[1]):
            part.setVisible(shown)  # the one that comes first: the window is never without a place for the focus
        self._across.activate()

    @staticmethod
    def _least(part: QWidget) -> QSize:
        fixed = part.minimumSize()
        return part.minimumSizeHint().expandedTo(fixed).boundedTo(part.maximumSize())
