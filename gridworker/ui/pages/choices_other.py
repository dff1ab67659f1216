"""另写: neither of the sides, but what a person writes, in the editors of the form it belongs to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridworker.domain.ledger import DELETED, Kind
from gridworker.i18n import _
from gridworker.services import naming
from gridworker.services.workspace import Workspace
from gridworker.ui.pages.form_editors import editor_for, read, show
from gridworker.ui.widgets.button import PRIMARY, Button
from gridworker.ui.widgets.card import row
from gridworker.ui.widgets.date_field import stop_at_unread
from gridworker.ui.widgets.field import ErrorLine, FieldRow

if TYPE_CHECKING:
    from gridworker.services.conflicts import Conflict

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OtherValue(QWidget):
    """`given({field: value})` on Enter, `left` on Esc; starts from what is shown."""

    given = Signal(object)
    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.editors: dict[str, QWidget] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._error = ErrorLine()
        keep, leave = Button(_("用我写的"), PRIMARY, icon="check", key="Enter"), Button(_("不写了"), key="Esc")
        keep.clicked.connect(self.submit)
        leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addWidget(self._error)
        column.addLayout(row(1, leave, keep))

    def open_for(self, conflict: "Conflict") -> bool:
        """Editors for the fields of a choice; false where nothing can be written, as for a deletion."""
        of = conflict.ledger
        members = of.members(conflict.group)
        fields = [of.field(name) for name in members]
        if conflict.group == DELETED or any(one is None or one.kind is Kind.REF for one in fields):
            return False
        while (item := self._rows.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.editors = {one.name: editor_for(one, self._workspace) for one in fields if one}
        for name, value in zip(members, conflict.shown, strict=True):
            show(self.editors[name], value if isinstance(value, (str, int)) else None)
            self._rows.addWidget(FieldRow(naming.label_of(of, name), self.editors[name]))
        self._error.show_sentence("")
        self.show()
        self.editors[members[0]].setFocus()
        return True

    def submit(self) -> None:
        """Give what was written."""
        if not stop_at_unread(self):
            self.given.emit({name: read(editor) for name, editor in self.editors.items()})

    def show_problem(self, sentence: str) -> None:
        """Say what could not be taken."""
        self._error.show_sentence(sentence)

    def event(self, event: QEvent) -> bool:
        """Enter and Esc belong to what is being written, not to the page around it."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives, Esc leaves; no other key reaches the choice behind."""
        if event.key() in _ENTER:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()


def _is_ours(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (*_ENTER, Qt.Key.Key_Escape)
