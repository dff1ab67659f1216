"""A field of a form that names another record: Enter chooses one by typed words, Delete takes it out."""

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
    """Holds what was chosen as text; empty for nothing."""

    changed = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__(gives_way=True)
        self._name = name
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
        self.show_face(self._words() or _("选{name}").format(name=self._name), icon="search")
        self.setAccessibleName(" ".join(filter(None, (self._name, self._words()))))

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

    def _find(self, typed: str) -> list[Row]:
        """What may be chosen, by typed words."""
        raise NotImplementedError

    def _words(self) -> str:
        """What is held in the words of people."""
        raise NotImplementedError


class RefField(ChosenField):
    """Holds the id of a record as text, or text that names nobody known."""

    def __init__(self, name: str, ledger_name: str, workspace: Workspace) -> None:
        self._of, self._workspace = ledger(ledger_name), workspace
        super().__init__(name)

    def _find(self, typed: str) -> list[Row]:
        return [Row(one.title, one.second, one.id) for one in affairs.find(self._workspace, self._of.name, typed)]

    def _words(self) -> str:
        try:
            return naming.title(self._workspace, self._of, from_text(self._held))
        except ValueError:
            return self._held
