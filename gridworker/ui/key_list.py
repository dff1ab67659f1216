"""Every key that a page, a dialog or the window declares, read where it is declared: buttons, legends, shortcuts."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from gridworker.services.help_texts import KEYS, Part
from gridworker.ui import keys
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.key_cap import KeyLegend


def key_parts(root: QWidget, told: Sequence[Part] = (), *, deep: bool = True) -> list[Part]:
    """What is declared below a widget, or by it alone; each key once, and none that was told already."""
    known = {key for part in told for key in part.keys}
    made = []
    for some, word in _declared(root) if deep else _bound(root, Qt.FindChildOption.FindDirectChildrenOnly):
        if word and not set(some) <= known:
            known |= set(some)
            made.append(Part(KEYS, word, some))
    return made


def _declared(root: QWidget) -> Iterator[tuple[tuple[str, ...], str]]:
    """Keys with their word; what is worn by a button or a legend first, as that is what a person sees."""
    for legend in root.findChildren(KeyLegend):
        yield from ((tuple(some.split()), word) for some, word in legend.pairs)
    for button in root.findChildren(Button):
        if button.key():
            yield (button.key(),), button.text() or button.accessibleName()
    yield from _bound(root, Qt.FindChildOption.FindChildrenRecursively)


def _bound(root: QWidget, depth: Qt.FindChildOption) -> Iterator[tuple[tuple[str, ...], str]]:
    for shortcut in root.findChildren(QShortcut, options=depth):
        yield (keys.spoken(shortcut),), shortcut.whatsThis()
