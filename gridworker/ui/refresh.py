"""One signal for the whole window: what an operation changed (style.md §6.4)."""

from PySide6.QtCore import QObject, Signal


class Refresh(QObject):
    """Pages emit `changed` with what a service returned; every page hears it."""

    changed = Signal(object)
