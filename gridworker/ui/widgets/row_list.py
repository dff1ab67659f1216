"""A list of two-line rows that scrolls a hundred thousand as smoothly as ten (gui.md §5).

A table view of one column, not a list view: that asks the model for every row before it shows the first
(200 ms for 100 000), the table's row heights are arithmetic.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QVBoxLayout, QWidget

from gridworker.ui import theme
from gridworker.ui.widgets.row import Row, RowModel
from gridworker.ui.widgets.row_delegate import Column, RowDelegate


class RowList(QTableView):
    """Rows to read and open.

    `chosen(key)` when the current row changes (None: there is none), `opened(key)` on Enter or a double click,
    `acted(key)` when the verb of a row is clicked.
    """

    chosen = Signal(object)
    opened = Signal(object)
    acted = Signal(object)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column] = (),
        *,
        height: int = 48,
        bold: bool = True,
        select_first: bool = True,
        least: int = 180,
        lines: int = 1,
    ) -> None:
        super().__init__()
        self._select_first = select_first
        self._least = least  # px of width at scale 1.0
        self._rows = RowModel()
        self._headings: list[int] = []
        self._painter = RowDelegate(columns, height=height, bold=bold, lines=lines)
        self.setAccessibleName(name)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self._set_up_headers()
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._rows.row(index.row()).key))

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current one stays current if its key is among them."""
        kept = self.current_key()
        self._painter.has_lead = any(row.dot or row.icon for row in rows)
        self._rows.set_rows(rows)
        for number in self._headings:  # the header remembers heights across models
            if number < len(rows):
                self.setRowHeight(number, self._painter.height())
        self._headings = [number for number, row in enumerate(rows) if row.heading]
        self._set_row_heights()
        self._choose_again(kept)

    def set_source(
        self, count: int, fetch: Callable[[int], Row], keys: Sequence[Any] = (), *, lead: bool = True
    ) -> None:
        """Show `count` rows fetched as they come into view; `lead` keeps room for dots or icons.

        The current row stays current if its key is among the `keys` given.
        """
        kept = self.current_key() if keys else None
        self._painter.has_lead = lead
        self._headings = []
        self._rows.set_source(count, fetch, keys)
        self._choose_again(kept)

    def renew(self, key: Any) -> None:
        """Fetch the row with this key again, leaving all others and the choice alone."""
        number = self._rows.number_of(key)
        if number is not None:
            self._rows.renew(number)

    def count(self) -> int:
        """How many rows there are."""
        return self._rows.rowCount()

    def current_key(self) -> Any:
        """The key of the current row, or None."""
        index = self.currentIndex()
        return self._rows.row(index.row()).key if index.isValid() else None

    def selected_keys(self) -> list[Any]:
        """The keys of all selected rows, from above; more than one where the list lets many be selected."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._rows.row(number).key for number in numbers]

    def select_key(self, key: Any) -> bool:
        """Make the row with this key current; false if it is not there (of fetched rows, not among those seen)."""
        number = self._rows.number_of(key)
        return number is not None and self.select_number(number)

    def select_number(self, number: int) -> bool:
        """Make a row current by its place, scrolled into view."""
        index = self._rows.index(number, 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        return index.isValid()

    def step(self, step: int) -> None:
        """Make the next (+1) or previous (-1) row current, passing headings."""
        self._go(self.currentIndex().row() + step, step)

    def _choose_again(self, kept: Any) -> None:
        if (kept is None or not self.select_key(kept)) and self._select_first:
            self._select_first_row()

    def _select_first_row(self) -> None:
        """An empty list chooses None, so that what shows the choice is emptied too."""
        if self.count():
            self._go(0, 1)
        else:
            self.chosen.emit(None)

    def _go(self, number: int, step: int) -> None:
        while 0 <= number < self.count() and self._rows.row(number).heading:
            number += step
        if 0 <= number < self.count():
            self.select_number(number)

    def heading_width(self) -> int:
        """Room before the words, for a head above the list."""
        return self._painter.lead()

    def columns(self) -> tuple[Column, ...]:
        """The trailing columns."""
        return self._painter.columns

    def sizeHint(self) -> QSize:
        """Six rows high; lists usually get a stretch."""
        return QSize(theme.px(320), theme.px(48) * 6)

    def minimumSizeHint(self) -> QSize:
        """Two rows, and the least width that was asked for."""
        return QSize(theme.px(self._least), theme.px(48) * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Home and End go to the ends; printable keys go on to the page."""
        ends = {Qt.Key.Key_Home: (0, 1), Qt.Key.Key_End: (self.count() - 1, -1)}
        if event.key() in ends and not event.modifiers():
            self._go(*ends[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.current_key())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a verb acts."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        row = self._rows.row(index.row())
        if row.verb and self._painter.verb_rect(self.visualRect(index), row).contains(event.position().toPoint()):
            self.acted.emit(row.key)

    def changeEvent(self, event: QEvent) -> None:
        """A new font scale means new row heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_row_heights()

    def _set_up_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(1)
        self._set_row_heights()

    def _set_row_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._painter.height())
        for number in self._headings:
            self.setRowHeight(number, self._painter.height(self._rows.row(number)))

    def _on_current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._rows.row(now.row()).key)


class RowHead(QWidget):
    """The line of headings above a RowList, aligned with its columns."""

    def __init__(self, title: str, rows: RowList) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """27 px high."""
        return QSize(0, theme.px(27))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Headings in text2 on surface2."""
        flags = Qt.AlignmentFlag
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface2"))
            painter.drawRoundedRect(self.rect(), 7, 7)
            painter.setPen(theme.color("text2"))
            painter.setFont(theme.font(12))
            left = theme.px(10) + self._rows.heading_width()
            painter.drawText(self.rect().adjusted(left, 0, 0, 0), flags.AlignVCenter, self._title)
            right = self._rows.viewport().width() - theme.px(10) - 1
            for column in reversed(self._rows.columns()):
                width = theme.px(column.width)
                box = QRect(right - width + 1, 0, width, self.height())
                side = flags.AlignRight if column.right else flags.AlignLeft
                painter.drawText(box, flags.AlignVCenter | side, column.heading)
                right -= width + 10


def headed(title: str, rows: RowList) -> QWidget:
    """A RowList under its headings."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(RowHead(title, rows))
    column.addWidget(rows, 1)
    return box
