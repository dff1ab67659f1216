"""Tab goes where the eye goes: whatever a page or dialog shows now is chained in the order of its layouts."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLayout, QScrollArea, QWidget

PLACED = "placed_by_hand"
"""Attribute of a widget that lays out its parts itself: the parts, in the order of Tab."""


class Dialog(QDialog):
    """Base of the dialogs; parts of them may come and go at any time.

    Gone once it is closed: dialogs that stayed would add up over a day and slow down every change of the look.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Chain anew before each step: nobody has to tell that something was arranged otherwise."""
        in_layout_order(self)
        return super().focusNextPrevChild(following)


def in_layout_order(form: QWidget) -> None:
    """Chain everything that can have the focus as it stands in the layouts."""
    for before, after in pairwise(_focusable(form)):
        QWidget.setTabOrder(before, after)


def _focusable(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
    if isinstance(widget, QScrollArea):
        yield from _focusable(widget.widget())
        return
    yield from getattr(widget, PLACED, ())
    layout = widget.layout()
    if layout is not None:
        yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        if (inner := item.widget()) is not None:
            yield from _focusable(inner)
        elif (nested := item.layout()) is not None:
            yield from _inside(nested)
