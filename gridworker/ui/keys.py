"""Keyboard shortcuts, bound in one way: half-typed input-method text is committed before the slot runs (gui.md §7)."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_SPOKEN: Final = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


def bind(
    owner: QWidget, keys: str, slot: Callable[[], object], word: str = "", *, whole_window: bool = False
) -> list[QShortcut]:
    """Run a slot on a key such as `Ctrl+Enter`, while the focus is inside the owner or anywhere in its window.

    The word is what F1 says of it where neither a button nor a legend wears the key.
    """

    def run() -> None:
        QGuiApplication.inputMethod().commit()
        slot()

    context = Qt.ShortcutContext
    where = context.WindowShortcut if whole_window else context.WidgetWithChildrenShortcut
    made = [QShortcut(QKeySequence(each), owner) for each in _spellings(keys)]
    for shortcut in made:
        shortcut.setContext(where)
        shortcut.setWhatsThis(word)
        shortcut.activated.connect(run)
    return made


def spoken(shortcut: QShortcut) -> str:
    """The key of a shortcut as a person calls it: both of Qt's are Enter."""
    name = shortcut.key().toString()
    return _SPOKEN.get(name, name).replace("Return", "Enter")


def _spellings(keys: str) -> list[str]:
    """A person's Enter is two keys to Qt: the main one and the keypad's."""
    if not keys.endswith("Enter"):
        return [keys]
    return [keys, keys.removesuffix("Enter") + "Return"]
