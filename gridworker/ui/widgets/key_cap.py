"""Key caps and the line of keys at the foot of a list (at most six, look §4)."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from gridworker.ui.widgets.label import label


def key_cap(key: str) -> QLabel:
    """One key as a small cap."""
    made = label(key, "key")
    made.setIndent(0)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class KeyLegend(QWidget):
    """Keys with their meaning in one line: pairs of caps (`↑ ↓`, split at spaces) and word."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.pairs = tuple(pairs)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for keys, meaning in self.pairs:
            for key in keys.split():
                row.addWidget(key_cap(key))
            row.addWidget(label(meaning, "second"))
            row.addSpacing(4)
