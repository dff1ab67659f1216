"""A field of a form that names another record: Enter chooses one by typed words, Delete takes it out."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from gridworker.domain.ids import from_text, to_text
from gridworker.domain.ledgers import ledger
from gridworker.i18n import _
from gridworker.services import affairs, naming
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.pick_dialog import PickDialog
from gridworker.ui.widgets.button import Button
from gridworker.ui.widgets.row import Row


class ChosenField(Button):
    """Holds what was chosen as text; empty for nothing. `find(typed)`: what may be chosen; `words(held)`: what is held,
    in the words of people.
    """

    changed = Signal(object)

    def __init__(self, name: str, find: Callable[[str], list[Row]], words: Callable[[str], str]) -> None:
        super().__init__(gives_way=True)
        self._name, self._find, self._words = name, find, words
        self._held = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.choose)
        self.set_value(None)

    def value(self) -> str:
        """What it names; empty for nothing."""
        return self._held

    def set_value(self, value: Any) -> None:
        """Show without telling."""
        self._held = to_text(value) if isinstance(value, int) else str(value or "")
        words = self._words(self._held)
        self.show_face(words or _("选{name}").format(name=self._name), icon="search")
        self.setAccessibleName(" ".join(filter(None, (self._name, words))))

    def choose(self) -> None:
        """Ask for the record."""
        dialog = PickDialog(self, _("选{name}").format(name=self._name), _("输几个字来找"), self._find)
        dialog.picked.connect(lambda key: self._take(to_text(key) if isinstance(key, int) else str(key)))
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as a click does; Delete takes the record out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.choose()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take("")
        else:
            super().keyPressEvent(event)

    def _take(self, held: str) -> None:
        self.set_value(held)
        self.changed.emit(held)


def ref_field(name: str, ledger_name: str, workspace: Workspace) -> ChosenField:
    """Holds the id of a record as text, or text that names nobody known."""
    of = ledger(ledger_name)

    def find(typed: str) -> list[Row]:
        return [Row(one.title, one.second, one.id) for one in affairs.find(workspace, of.name, typed)]

    def words(held: str) -> str:
        try:
            return naming.title(workspace, of, from_text(held))
        except ValueError:
            return held

    return ChosenField(name, find, words)
