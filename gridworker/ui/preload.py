"""Pages are imported when first shown; what they need is read before, bit by bit while the window waits."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

PAUSE: Final = 40
"""Milliseconds between two modules, in which keys and paints have their turn."""
_PAGES: Final = "gridworker.ui.pages."
_HOUSEHOLDS: Final = (
    "gridworker.services.household_page", _PAGES + "visit_form_need", _PAGES + "visit_form", _PAGES + "household",
    _PAGES + "resident", _PAGES + "households",
)  # fmt: skip
WORKER: Final = (*_HOUSEHOLDS, _PAGES + "needs", _PAGES + "sheet", _PAGES + "settings")
TOWNSHIP: Final = (_PAGES + "review", _PAGES + "summary", *_HOUSEHOLDS, _PAGES + "settings")
"""By role: modules in the order in which their pages are likely to be opened, the parts of heavy ones first.

周报上报 and 填表 are left out: they bring the spreadsheet libraries, whose memory a cheap laptop misses all day.
"""


class Preload(QObject):
    """Imports one module at a time, each in a turn of its own of the event loop."""

    def __init__(self, modules: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(reversed(modules))
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self._read_next)

    def start(self) -> None:
        """Begin once the window was painted."""
        self._timer.start()

    def is_done(self) -> bool:
        """Whether nothing is left to read."""
        return not self._left

    def _read_next(self) -> None:
        if self._left:
            import_module(self._left.pop())
        else:
            self._timer.stop()
