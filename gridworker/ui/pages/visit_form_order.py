"""Tab goes where the eye goes: forms whose parts come and go are chained anew in the order of their layouts."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def tab_in_layout_order(form: QWidget) -> None:
    """Chain everything that can have the focus as it stands in the layouts."""
    for before, after in pairwise(_focusable(form)):
        QWidget.setTabOrder(before, after)


def _focusable(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    if isinstance(widget, QScrollArea):
        yield from _focusable(widget.widget())
        return
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        yield widget
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
