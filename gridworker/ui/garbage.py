"""Python's rubbish is collected between events on the main thread: a widget that dies anywhere else takes all with it.

Python collects whenever enough was made: in a job beside the window, where destroying a widget locks up (measured),
or while Qt walks a list of widgets, which is then told of one that is gone (a crash, measured).
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # ms between two looks


class Collector(QObject):
    """Takes Python's place as collector for as long as it lives; make it on the main thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=INTERVAL)
        self._timer.timeout.connect(collect)
        self._timer.start()


def collect() -> None:
    """Collect the oldest generation that is due by Python's own limits."""
    for generation, (made, limit) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if 0 < limit < made:
            gc.collect(generation)
            return


@contextmanager
def held() -> Iterator[None]:
    """What is rubbish now goes now, and nothing more inside `with`."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
